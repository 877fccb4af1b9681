"""What InfluxDB 1.8 and the door to 2 refuse, limit, and do otherwise."""

import asyncio
from datetime import datetime
from pathlib import Path

from pandas.testing import assert_frame_equal
import pytest

from custom_components.heatpump_dashboard.sources import (
    Bucket,
    CannotConnect,
    InvalidAuth,
    NotFound,
    QueryFailed,
)
from custom_components.heatpump_dashboard.sources.demo.physics import stored
from custom_components.heatpump_dashboard.sources.influx import influxql_query
from custom_components.heatpump_dashboard.sources.influx.influxql import InfluxqlSource
from tests.live.conftest import MakeInfluxql
from tests.support.collector import series
from tests.support.influx import Influx
from tests.support.influx1 import Influx1
from tests.support.samples import sample

from .influxql import HOUR, NASTY, failure, key_of, line, read


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
