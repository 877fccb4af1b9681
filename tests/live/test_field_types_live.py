"""Values of every type, and types that change where shards meet: the real InfluxDB."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

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
