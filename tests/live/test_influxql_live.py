"""InfluxqlSource against the real InfluxDB 1.8, filled the way the collector does."""

import asyncio
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pandas as pd
from pandas.testing import assert_frame_equal
import pytest

from custom_components.heatpump_dashboard.profiles import recognise
from custom_components.heatpump_dashboard.sources import (
    Bucket,
    CannotConnect,
    InvalidAuth,
    NotFound,
    QueryFailed,
    SeriesInfo,
    SourceError,
)
from custom_components.heatpump_dashboard.sources.demo.physics import stored
from custom_components.heatpump_dashboard.sources.influx import influxql_query
from custom_components.heatpump_dashboard.sources.influx.influxql import InfluxqlSource
from tests.live.conftest import MakeInfluxql
from tests.support.collector import escaped, series
from tests.support.influx import Influx
from tests.support.influx1 import Influx1
from tests.support.samples import sample

BRANDS = ("thermia", "ivt", "nibe")
NASTY = (
    "a' OR 1=1; DROP DATABASE x --",
    'a" OR true',
    "back\\slash\\'",
    "\\' OR time > 0 --",
    "comma, equals = space",
    "Värme °C 熱 🔥",
    "time",
    "_time",
    "%20+&?#;",
    "/^.*$/",
    "$param",
)
HOUR = timedelta(hours=1)
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


@pytest.fixture
def start() -> datetime:
    """Return a moment of yesterday, as ragged as the collector's."""
    yesterday = datetime.now(UTC) - timedelta(days=1)
    return yesterday.replace(microsecond=123456)


async def read(
    source: InfluxqlSource, bucket: str, names: Sequence[str], written: pd.DataFrame
) -> pd.DataFrame:
    """Read a little more than was written."""
    margin = timedelta(minutes=5)
    begin, end = written.index[0], written.index[-1]
    return await source.readings(bucket, names, [(begin - margin, end + margin)])


async def failure(source: InfluxqlSource, bucket: str) -> SourceError:
    """Return how reading fails."""
    now = datetime.now(UTC)
    with pytest.raises(SourceError) as caught:
        await source.readings(bucket, ["a"], [(now - HOUR, now)])
    return caught.value


async def key_of(source: InfluxqlSource, bucket: str) -> tuple[type[SourceError], str]:
    """Return how reading fails, in short."""
    failed = await failure(source, bucket)
    return type(failed), failed.key


def line(name: str, value: object, time: datetime) -> str:
    """Return a point of a series of any name."""
    return (
        f"heatpump,name={escaped(name)} value={value} {int(time.timestamp())}000000000"
    )


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


@pytest.mark.parametrize(
    ("username", "password"),
    [("test", "wrong"), ("nobody", "secret"), ("", ""), ("", "wrong"), ("ä:ö", "x")],
)
async def test_a_wrong_login_is_told(
    make_influxql: MakeInfluxql, database: str, username: str, password: str
) -> None:
    source = make_influxql(username=username, password=password)
    for asking in (source.check(), source.buckets(), source.first_time(database)):
        with pytest.raises(InvalidAuth) as caught:
            await asking
        assert caught.value.key == "invalid_auth"
    assert await key_of(source, database) == (InvalidAuth, "invalid_auth")


async def test_a_user_sees_what_may_be_read_and_nothing_else(
    influx1: Influx1, make_influxql: MakeInfluxql, database: str, start: datetime
) -> None:
    influx1.ask(f'CREATE DATABASE "only {database}"')
    influx1.make_user(f"läsare {database}", "lösen:ord", f"only {database}")
    written = sample("thermia", start)
    influx1.write("thermia", written, f"only {database}")
    source = make_influxql(username=f"läsare {database}", password="lösen:ord")
    await source.check()
    only = f"only {database}"
    assert await source.buckets() == [Bucket(only, has_readings=True)]
    assert len(await read(source, only, series("thermia"), written)) == len(written)
    for bucket in (database, f"no {database}"):
        assert await key_of(source, bucket) == (NotFound, "bucket_not_found")


@pytest.mark.parametrize("name", ["nowhere", *NASTY])
async def test_a_wrong_database_is_told(
    influxql: InfluxqlSource, database: str, name: str
) -> None:
    for bucket in (name, f"{database}/{name}"):
        for asking in (influxql.list_series(bucket), influxql.first_time(bucket)):
            with pytest.raises(NotFound) as caught:
                await asking
            assert caught.value.key == "bucket_not_found"
        failed = await failure(influxql, bucket)
        assert (type(failed), failed.key) == (NotFound, "bucket_not_found")
        assert failed.placeholders["bucket"] == bucket


async def test_a_database_that_is_dropped_and_made_again_is_followed(
    influx1: Influx1, influxql: InfluxqlSource, database: str, start: datetime
) -> None:
    written = sample("ivt", start)
    influx1.write("ivt", written, database)
    assert len(await read(influxql, database, series("ivt"), written)) == len(written)
    influx1.ask(f'DROP DATABASE "{database}"')
    assert await key_of(influxql, database) == (NotFound, "bucket_not_found")
    influx1.ask(f'CREATE DATABASE "{database}"')
    assert (await read(influxql, database, series("ivt"), written)).empty


async def test_a_statement_it_does_not_take_is_told(
    influxql: InfluxqlSource, database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for wrong in ("SELECT", "SELECT mean(a, b, c) FROM d", "SELECT a"):
        monkeypatch.setattr(influxql_query, "newest", lambda wrong=wrong: (wrong,))
        with pytest.raises(QueryFailed) as caught:
            await influxql.list_series(database)
        assert caught.value.key == "query_failed"
        assert caught.value.placeholders["reason"]


async def test_https_where_http_is_spoken_is_told(
    influx1: Influx1, make_influxql: MakeInfluxql, database: str
) -> None:
    source = make_influxql(url=influx1.url.replace("http:", "https:"))
    assert await key_of(source, database) == (CannotConnect, "tls")


async def test_a_server_that_comes_back_is_read_again(
    influx1: Influx1, influxql: InfluxqlSource, database: str, start: datetime
) -> None:
    written = sample("ivt", start)
    influx1.write("ivt", written, database)
    before = await read(influxql, database, series("ivt"), written)
    await asyncio.to_thread(influx1.stop)
    try:
        assert await key_of(influxql, database) == (CannotConnect, "refused")
    finally:
        await asyncio.to_thread(influx1.start)
    after = await read(influxql, database, series("ivt"), written)
    assert_frame_equal(after, before)


async def test_a_server_without_login_and_with_a_limit_of_rows_is_read_in_parts(
    influxd1: str,
    tmp_path: Path,
    make_influxql: MakeInfluxql,
    start: datetime,
    socket_enabled: None,
) -> None:
    """As the owner of a small machine has set it; 1.0 and 1.1 came with 10,000."""
    with Influx1(influxd1, tmp_path, auth=False, most_rows=1000) as careful:
        careful.ask("CREATE DATABASE heatpump")
        written = stored("ivt", start - 5 * HOUR, start)
        careful.write("ivt", written, "heatpump")
        source = make_influxql(url=careful.url, username="", password="")
        await source.check()
        found = await read(source, "heatpump", series("ivt"), written)
        assert_frame_equal(
            found,
            written.dropna(how="all").dropna(axis="columns", how="all"),
            check_freq=False,
            check_like=True,
        )


# The same questions put to InfluxDB 2.


@pytest.fixture
def mapped(influx: Influx, make_influxql: MakeInfluxql) -> InfluxqlSource:
    """Return a source that asks InfluxDB 2, with a token as the password."""
    return make_influxql(url=influx.url, username="", password=influx.token)


async def test_influxdb_2_answers_as_version_1(
    influx: Influx, mapped: InfluxqlSource, bucket: str, start: datetime
) -> None:
    written = sample("thermia", start)
    influx.write("thermia", written, bucket)
    await mapped.check()
    assert Bucket(bucket, has_readings=True) in await mapped.buckets()
    assert {info.name for info in await mapped.list_series(bucket)} <= set(
        series("thermia")
    )
    assert await mapped.first_time(bucket) == start
    found = await read(mapped, bucket, series("thermia"), written)
    assert_frame_equal(found, written, check_freq=False)


async def test_a_bucket_of_influxdb_2_with_a_slash_is_read(
    influx: Influx, mapped: InfluxqlSource, bucket: str, start: datetime
) -> None:
    name = f"{bucket}/of a/kind"
    influx.make_bucket(name)
    influx.send(name, [line("a", 1.5, start), line("b", 4, start)])
    assert Bucket(name, has_readings=True) in await mapped.buckets()
    found = await mapped.readings(name, ["a", "b"], [(start - HOUR, start + HOUR)])
    assert found.to_dict("list") == {"a": [1.5], "b": [4.0]}


async def test_whole_numbers_without_a_sign_are_read_of_influxdb_2(
    influx: Influx, mapped: InfluxqlSource, bucket: str, start: datetime
) -> None:
    """Version 1 has none."""
    influx.send(bucket, [line("a", "4u", start)])
    found = await mapped.readings(bucket, ["a"], [(start - HOUR, start + HOUR)])
    assert found.to_dict("list") == {"a": [4.0]}
    assert [info.last_value for info in await mapped.list_series(bucket)] == [4.0]


@pytest.mark.parametrize("user", ["", "whoever"])
async def test_a_token_of_influxdb_2_may_be_a_password(
    influx: Influx, make_influxql: MakeInfluxql, bucket: str, user: str
) -> None:
    bucket_id = influx.make_bucket(f"only {bucket}")
    token = influx.make_token([bucket_id])
    source = make_influxql(url=influx.url, username=user, password=token)
    await source.check()
    names = [found.name for found in await source.buckets()]
    assert names == [f"only {bucket}"]
    influx.revoke(token)
    with pytest.raises(InvalidAuth):
        await source.check()
    assert await key_of(source, f"only {bucket}") == (InvalidAuth, "invalid_auth")


async def test_what_is_no_bucket_of_influxdb_2_is_told(
    influx: Influx, mapped: InfluxqlSource
) -> None:
    assert await key_of(mapped, "nowhere") == (NotFound, "bucket_not_found")
