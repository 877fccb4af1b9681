"""InfluxqlSource against the real InfluxDB 1.8, filled the way the collector does."""

from datetime import UTC, datetime, timedelta

import pandas as pd
from pandas.testing import assert_frame_equal
import pytest

from custom_components.heatpump_dashboard.profiles import recognise
from custom_components.heatpump_dashboard.sources import Bucket, SeriesInfo
from custom_components.heatpump_dashboard.sources.demo.physics import stored
from custom_components.heatpump_dashboard.sources.influx import influxql_query
from custom_components.heatpump_dashboard.sources.influx.influxql import InfluxqlSource
from tests.support.collector import series
from tests.support.influx1 import Influx1
from tests.support.samples import sample

from .influxql import HOUR, NASTY, line, read

BRANDS = ("thermia", "ivt", "nibe")
# A value of each type, and what it means.
TYPES = {
    "integer": ("3i", 3.0),
    "float": ("5.5", 5.5),
    "number_in_text": ('" 6.5"', 6.5),
    "word": ('"cold"', None),
    "yes_in_text": ('"true"', None),
    "yes": ("true", 1.0),
    "no": ("false", 0.0),
}


@pytest.mark.parametrize("brand", BRANDS)
async def test_readings_are_exactly_what_was_written(
    influx1: Influx1,
    influxql: InfluxqlSource,
    database: str,
    start: datetime,
    brand: str,
) -> None:
    written = sample(brand, start)
    influx1.write(brand, written, database)
    found = await read(influxql, database, series(brand), written)
    assert_frame_equal(found, written, check_freq=False)


async def test_some_days_of_a_heat_pump_are_read_as_the_collector_stored_them(
    influx1: Influx1, influxql: InfluxqlSource, database: str, start: datetime
) -> None:
    written = stored("thermia", start - timedelta(hours=50), start)
    influx1.write("thermia", written, database)
    names = [str(name) for name in written]
    found = await read(influxql, database, names, written)
    assert len(found) > 5800
    assert_frame_equal(found, written.dropna(how="all"), check_freq=False)


async def test_start_belongs_to_the_span_and_stop_does_not(
    influx1: Influx1, influxql: InfluxqlSource, database: str, start: datetime
) -> None:
    written = sample("ivt", start, cycles=3)
    influx1.write("ivt", written, database)
    first, second, _ = written.index
    found = await influxql.readings(database, ["compressor_status"], [(first, second)])
    assert found.index.tolist() == [first]


async def test_several_spans_are_read_in_the_order_of_time_and_once(
    influx1: Influx1, influxql: InfluxqlSource, database: str, start: datetime
) -> None:
    written = sample("ivt", start)
    influx1.write("ivt", written, database)
    times = written.index
    spans = [(times[10], times[15]), (times[2], times[4]), (times[8], times[12])]
    found = await influxql.readings(database, series("ivt"), spans)
    wanted = written.iloc[[2, 3, *range(8, 15)]]
    assert_frame_equal(found, wanted.dropna(axis=1, how="all"), check_freq=False)


async def test_only_what_is_asked_for_and_there_is_read(
    influx1: Influx1, influxql: InfluxqlSource, database: str, start: datetime
) -> None:
    written = sample("thermia", start)
    influx1.write("thermia", written, database)
    wanted = ["outdoor_temp", "no_such_series", "alarm_code", "un\rspeakable", ""]
    found = await read(influxql, database, wanted, written)
    assert list(found) == ["outdoor_temp", "alarm_code"]


async def test_one_name_under_two_types_is_one_series(
    influx1: Influx1, influxql: InfluxqlSource, database: str, start: datetime
) -> None:
    names = ["operating_mode", "max_additional_heat"]
    written = sample("nibe", start)[names].ffill()
    influx1.write("nibe", written.iloc[:10], database, "early")
    influx1.write("nibe", written.iloc[10:], database)
    found = await read(influxql, database, names, written)
    assert_frame_equal(found, written.dropna(how="all"), check_freq=False)
    assert [(s.name, s.last_value) for s in await influxql.list_series(database)] == [
        ("max_additional_heat", written["max_additional_heat"].iloc[-1]),
        ("operating_mode", written["operating_mode"].iloc[-1]),
    ]


async def test_what_others_write_to_the_database_is_left_alone(
    influx1: Influx1, influxql: InfluxqlSource, database: str, start: datetime
) -> None:
    time = int(start.timestamp()) * 10**9
    influx1.send(
        database,
        [
            f"weather,name=outdoor_temp value=1 {time}",
            f"heatpump,name=outdoor_temp other=2 {time}",
            f'heatpump,name=outdoor_temp text="three" {time}',
        ],
    )
    assert await influxql.list_series(database) == []
    assert await influxql.first_time(database) is None
    span = (start - HOUR, start + HOUR)
    assert (await influxql.readings(database, ["outdoor_temp"], [span])).empty


async def test_an_empty_database_is_no_error(
    influxql: InfluxqlSource, database: str, start: datetime
) -> None:
    span = (start, start + timedelta(days=3))
    found = await influxql.readings(database, ["a"], [span])
    assert found.shape == (0, 0)
    assert str(found.index.dtype) == "datetime64[ns, UTC]"
    assert await influxql.list_series(database) == []
    assert await influxql.first_time(database) is None
    assert Bucket(database, has_readings=False) in await influxql.buckets()


@pytest.mark.parametrize("brand", BRANDS)
async def test_the_series_of_a_brand_are_listed_and_recognised(
    influx1: Influx1,
    influxql: InfluxqlSource,
    database: str,
    start: datetime,
    brand: str,
) -> None:
    written = sample(brand, start).ffill()
    influx1.write(brand, written, database)
    found = {info.name: info for info in await influxql.list_series(database)}
    assert sorted(found) == sorted(series(brand))
    assert recognise(list(found)) == brand
    last = written.index[-1].to_pydatetime(warn=False)
    assert found["compressor_status"] == SeriesInfo(
        "compressor_status", None, last, written["compressor_status"].iloc[-1]
    )
    assert found["indoor_temp"].unit == "°C"


async def test_what_ended_long_ago_is_not_listed_but_is_the_first(
    influx1: Influx1, influxql: InfluxqlSource, database: str, start: datetime
) -> None:
    old = start - timedelta(days=400)
    influx1.write("thermia", sample("thermia", old), database, "early")
    assert await influxql.list_series(database) == []
    assert Bucket(database, has_readings=False) in await influxql.buckets()
    influx1.write("thermia", sample("thermia", start), database)
    assert await influxql.first_time(database) == old
    day = timedelta(days=1)
    between = (old + 60 * day, old + 90 * day)
    series = list(sample("thermia", old))
    assert await influxql.has_nothing(database, series, between)
    for there in ((old, old + day), (between[0], start + day)):
        assert not await influxql.has_nothing(database, series, there)
    found = await influxql.buckets()
    assert Bucket(database, has_readings=True) in found
    assert found == sorted(found, key=lambda b: (not b.has_readings, b.name))
    assert not any(bucket.name.startswith("_") for bucket in found)


async def test_each_retention_policy_is_a_bucket_of_its_own(
    influx1: Influx1, influxql: InfluxqlSource, database: str, start: datetime
) -> None:
    influx1.ask(
        f'CREATE RETENTION POLICY "for; a \\"while" ON "{database}"'
        " DURATION 8w REPLICATION 1"
    )
    other = f'{database}/for; a "while'
    written, thinned = sample("ivt", start), sample("ivt", start, cycles=2)
    influx1.write("ivt", written, database)
    influx1.write("ivt", thinned, database, policy='for; a "while')
    found = await influxql.buckets()
    assert {b.name for b in found if b.has_readings} >= {database, other}
    for bucket, there in ((database, written), (other, thinned)):
        assert len(await read(influxql, bucket, series("ivt"), written)) == len(there)
        assert await influxql.first_time(bucket) == start
        assert await influxql.list_series(bucket)


@pytest.mark.parametrize("name", NASTY)
async def test_a_series_may_have_any_name(
    influx1: Influx1,
    influxql: InfluxqlSource,
    database: str,
    start: datetime,
    name: str,
) -> None:
    influx1.send(database, [line(name, 1.5, start), line("other", 2.5, start)])
    found = await influxql.readings(database, [name], [(start - HOUR, start + HOUR)])
    assert list(found) == [name]
    assert found[name].tolist() == [1.5]
    listed = await influxql.list_series(database)
    assert {info.name for info in listed} == {name, "other"}


@pytest.mark.parametrize("name", [n for n in NASTY if not {"/", "\\"} & set(n)])
async def test_a_database_may_have_any_name(
    influx1: Influx1, influxql: InfluxqlSource, start: datetime, name: str
) -> None:
    name = f"d {name} {start.timestamp()}"
    influx1.ask(f"CREATE DATABASE {influxql_query.name(name)}")
    influx1.send(name, [line("a", 1.5, start)])
    found = await influxql.readings(name, ["a"], [(start - HOUR, start + HOUR)])
    assert found["a"].tolist() == [1.5]
    assert Bucket(name, has_readings=True) in await influxql.buckets()


def test_influxql_reads_every_literal_as_it_was_meant(
    influx1: Influx1, database: str, start: datetime
) -> None:
    characters = [chr(code) for code in range(1, 0x300) if chr(code) not in "\r\n"]
    pairs = [f"{one}{other}" for one in "\\'\"$" for other in "\\'\"$n;x"]
    wanted = [*characters, *pairs, *NASTY, "".join(pairs), "two\nlines"]
    time = f"{int(start.timestamp())}000000000"
    influx1.send(
        database,
        [
            f"texts n={number}i,v={field(value)} {time[:-6]}{number:06}"
            for number, value in enumerate(wanted)
        ],
    )
    for number, value in enumerate(wanted):
        wanted_text = influxql_query.text(value)
        told = influx1.ask(
            f"SELECT n FROM texts WHERE v = {wanted_text}",  # noqa: S608
            database,
        )
        rows = [row[1] for row in told["results"][0]["series"][0]["values"]]
        assert rows == [number], value


def field(value: str) -> str:
    """Return a text as line protocol wants it in a field."""
    return '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"'


@pytest.mark.parametrize("after", TYPES)
@pytest.mark.parametrize("before", TYPES)
async def test_every_value_on_both_sides_of_a_change_of_type_is_read(
    influx1: Influx1, influxql: InfluxqlSource, database: str, before: str, after: str
) -> None:
    influx1.ask(f'ALTER RETENTION POLICY autogen ON "{database}" SHARD DURATION 1h')
    border = datetime.now(UTC).replace(minute=0, second=0, microsecond=0) - 5 * HOUR
    early, late = TYPES[before], TYPES[after]
    influx1.send(database, [line("a", early[0], border - HOUR / 60)])
    influx1.send(database, [line("a", late[0], border)])
    found = await influxql.readings(database, ["a"], [(border - HOUR, border + HOUR)])
    meant = [value for _, value in (early, late) if value is not None]
    assert found.get("a", pd.Series()).tolist() == meant
    (info,) = await influxql.list_series(database)
    assert info.last_time == border
    assert info.last_value == late[1] or late[1] is None
    assert await influxql.first_time(database) == border - HOUR / 60
    assert Bucket(database, has_readings=True) in await influxql.buckets()
