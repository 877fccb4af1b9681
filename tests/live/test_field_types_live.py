"""Values of every type, and types that change where shards meet: the real InfluxDB."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from itertools import permutations

import pytest

from custom_components.heatpump_dashboard.sources import Bucket
from custom_components.heatpump_dashboard.sources.demo.physics import stored
from custom_components.heatpump_dashboard.sources.influx.flux import FluxSource
from tests.support.collector import series
from tests.support.influx import Influx

# A value of each type, and what it means.
TYPES = {
    "integer": ("3i", 3.0),
    "unsigned": ("4u", 4.0),
    "float": ("5.5", 5.5),
    "number_in_text": ('" 6.5"', 6.5),
    "word": ('"cold"', None),
    "yes_in_text": ('"true"', None),
    "yes": ("true", 1.0),
    "no": ("false", 0.0),
}
HOUR = timedelta(hours=1)


def points(names: Sequence[str], values: Sequence[str], first: datetime) -> list[str]:
    """Return a point of each name every minute."""
    return [
        f"heatpump,name={name} value={value} {int(time.timestamp())}000000000"
        for number, value in enumerate(values)
        for time in [first + timedelta(minutes=number)]
        for name in names
    ]


@pytest.mark.parametrize("days", [1 / 24, 7])
@pytest.mark.parametrize("after", TYPES)
@pytest.mark.parametrize("before", ["integer", "float", "number_in_text", "yes"])
async def test_every_value_on_both_sides_of_a_change_of_type_is_read(
    influx: Influx, source: FluxSource, before: str, after: str, days: float
) -> None:
    shard = timedelta(days=days)
    bucket = f"{before} {after} {days} {datetime.now(UTC).timestamp()}"
    influx.make_bucket(bucket, shard=shard)
    old = datetime(1, 1, 1, tzinfo=UTC)
    border = datetime.now(UTC) - timedelta(days=8)
    border -= (border - old) % shard
    # One ends before the change, one begins after it, one goes on.
    early, late = TYPES[before], TYPES[after]
    influx.send(
        bucket,
        points(["ends", "stays"], [early[0]] * 3, border - timedelta(minutes=3)),
    )
    influx.send(bucket, points(["begins", "stays"], [late[0]] * 3, border))
    wanted = ["begins", "ends", "stays"]
    spans = [
        [(border - 2 * HOUR, border + 2 * HOUR)],
        [(border - 25 * HOUR, border + HOUR)],
        [(border - HOUR, border + 25 * HOUR)],
        [(border, border + HOUR), (border - HOUR, border)],
        [(border - timedelta(seconds=61), border + timedelta(minutes=1))],
    ]
    for asked in spans[:4]:
        found = await source.readings(bucket, wanted, asked)
        told = found.reindex(columns=wanted)
        values = {name: told[name].dropna().tolist() for name in wanted}
        olds = [] if early[1] is None else [early[1]] * 3
        news = [] if late[1] is None else [late[1]] * 3
        assert values == {"begins": news, "ends": olds, "stays": olds + news}, asked
    listed = {info.name: info for info in await source.list_series(bucket)}
    assert list(listed) == wanted
    assert listed["ends"].last_time == border - timedelta(minutes=1)
    assert listed["stays"].last_time == border + timedelta(minutes=2)
    lasts = (("ends", early), ("begins", late), ("stays", late))
    for name, (_, meant) in lasts:
        assert meant in (None, listed[name].last_value)
    few = await source.readings(bucket, ["stays"], spans[4])
    assert len(few) == 1 + (late[1] is not None)


async def test_a_live_poll_goes_on_behind_a_change_of_type(
    influx: Influx, source: FluxSource
) -> None:
    bucket = f"live {datetime.now(UTC).timestamp()}"
    influx.make_bucket(bucket, shard=HOUR)
    border = datetime.now(UTC).replace(minute=0, second=0, microsecond=0)
    influx.send(bucket, points(["a", "b"], ["1i"] * 10, border - HOUR / 6))
    influx.send(bucket, points(["a", "b"], ["1.5"] * 10, border))
    span = (border - timedelta(minutes=6), border + timedelta(minutes=10))
    found = await source.readings(bucket, ["a", "b"], [span])
    assert len(found) == 16
    assert found.iloc[-1].tolist() == [1.5, 1.5]
    with_slice = [span, (border - 3 * HOUR, border - timedelta(minutes=8))]
    assert len(await source.readings(bucket, ["a", "b"], with_slice)) == 18


async def test_several_changes_of_type_within_a_day_are_read(
    influx: Influx, source: FluxSource
) -> None:
    bucket = f"many {datetime.now(UTC).timestamp()}"
    influx.make_bucket(bucket, shard=HOUR)
    first = datetime.now(UTC).replace(minute=0, second=0, microsecond=0) - 30 * HOUR
    kinds = [kind for kind, (_, meant) in TYPES.items() if meant is not None]
    for number, kind in enumerate(kinds):
        influx.send(
            bucket, points(["a"], [TYPES[kind][0]] * 3, first + 3 * number * HOUR)
        )
    found = await source.readings(bucket, ["a"], [(first - HOUR, first + 25 * HOUR)])
    meant = [value for kind in kinds for value in [TYPES[kind][1]] * 3]
    assert found["a"].tolist() == meant


async def test_a_healthy_day_and_a_healthy_poll_are_one_question(
    influx: Influx, source: FluxSource, bucket: str
) -> None:
    now = datetime.now(UTC)
    written = stored("thermia", now - timedelta(hours=60), now)
    influx.write("thermia", written, bucket)
    names = series("thermia")
    last = written.index[-1].to_pydatetime(warn=False)
    await source.readings(bucket, names, [(now - HOUR, now)])
    before = influx.queries()
    await source.readings(bucket, names, [(last - timedelta(minutes=5), now)])
    await source.readings(bucket, names, [(now - 50 * HOUR, now - 24 * HOUR)])
    assert influx.queries() - before == 2


async def test_series_that_ended_before_several_changes_of_type_are_listed(
    influx: Influx, source: FluxSource
) -> None:
    """But none that ended more than a month ago, in a shard that reaches into it."""
    bucket = f"ended {datetime.now(UTC).timestamp()}"
    influx.make_bucket(bucket, shard=timedelta(days=7))
    now = datetime.now(UTC).replace(microsecond=0)
    influx.send(bucket, points(["old"], ["1.5"] * 3, now - timedelta(days=31)))
    for days, value in ((22, "1i"), (15, "2.5"), (8, '"3"'), (0.5, "4i")):
        names = [f"ends {days}".replace(" ", "_"), "stays"]
        influx.send(bucket, points(names, [value], now - timedelta(days=days)))
    listed = {info.name: info.last_value for info in await source.list_series(bucket)}
    assert listed == {
        "ends_0.5": 4,
        "ends_15": 2.5,
        "ends_22": 1,
        "ends_8": 3,
        "stays": 4,
    }


@pytest.mark.parametrize("emptied", [False, True])
@pytest.mark.parametrize("types", list(permutations(("1.5", "2i", '"x"'))))
async def test_the_first_time_is_that_of_a_reading_of_the_heat_pump(
    influx: Influx, source: FluxSource, types: Sequence[str], emptied: bool
) -> None:
    """The earliest shard may hold nothing of it, or nothing any more, of any type."""
    bucket = f"first {datetime.now(UTC).timestamp()}"
    bucket_id = influx.make_bucket(bucket, shard=timedelta(days=1))
    now = datetime.now(UTC).replace(microsecond=0)
    old, first = now - timedelta(days=100), now - timedelta(days=50)
    seconds = int(old.timestamp())
    influx.send(bucket, [f"weather value={types[0]} {seconds}000000000"])
    influx.send(bucket, [f"heatpump,name=a raw={types[0]} {seconds}000000000"])
    if emptied:
        influx.send(bucket, points(["a", "b"], [types[0]], old))
        influx.delete(bucket_id, old - HOUR, old + HOUR)
    influx.send(bucket, points(["a"], [types[1]], first))
    influx.send(bucket, points(["b"], [types[2]], now - HOUR))
    assert await source.first_time(bucket) == first


async def test_series_of_every_type_are_listed(
    influx: Influx, source: FluxSource
) -> None:
    for kind, (value, meant) in TYPES.items():
        bucket = f"list {kind} {datetime.now(UTC).timestamp()}"
        influx.make_bucket(bucket)
        time = datetime.now(UTC).replace(microsecond=0) - HOUR
        influx.send(bucket, points(["a"], [value], time))
        (info,) = await source.list_series(bucket)
        assert (info.name, info.last_time) == ("a", time)
        if meant is not None:
            assert info.last_value == meant
        assert await source.first_time(bucket) == time
        assert Bucket(bucket, has_readings=True) in await source.buckets()
