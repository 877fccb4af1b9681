"""How a connection to the real InfluxDB is checked, and what its failures are called."""

from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from datetime import datetime

from pandas.testing import assert_frame_equal
import pytest

from custom_components.heatpump_dashboard.sources import (
    Bucket,
    CannotConnect,
    InvalidAuth,
    NotFound,
)
from custom_components.heatpump_dashboard.sources.influx.flux import FluxSource
from tests.live.conftest import MakeSource
from tests.live.questions import NASTY, key_of, read
from tests.support.collector import series
from tests.support.influx import Influx
from tests.support.samples import sample

type MakeBucket = Callable[[], str]
type Away = Callable[[], AbstractAsyncContextManager[None]]


async def test_a_good_connection_passes_the_check(source: FluxSource) -> None:
    await source.check()


@pytest.mark.parametrize("token", ["wrong", ""])
async def test_a_wrong_token_is_told(
    make_source: MakeSource, bucket: str, token: str
) -> None:
    source = make_source(token=token)
    for asking in (source.check(), source.buckets(), source.first_time(bucket)):
        with pytest.raises(InvalidAuth) as caught:
            await asking
        assert caught.value.key == "invalid_auth"
    assert await key_of(source, bucket) == (InvalidAuth, "invalid_auth")


@pytest.mark.parametrize(
    "organization", ["wrong", "", "0123456789abcdef", 'wr"ong ${}']
)
async def test_a_wrong_organization_is_told(
    make_source: MakeSource, bucket: str, organization: str
) -> None:
    source = make_source(organization=organization)
    for asking in (source.check(), source.list_series(bucket)):
        with pytest.raises(NotFound) as caught:
            await asking
        assert caught.value.key == "organization_not_found"
    assert await key_of(source, bucket) == (NotFound, "organization_not_found")


@pytest.mark.parametrize("organization", ["wrong", "0123456789abcdef"])
async def test_a_wrong_organization_has_no_list_of_buckets(
    make_source: MakeSource, organization: str
) -> None:
    with pytest.raises(NotFound) as caught:
        await make_source(organization=organization).buckets()
    assert caught.value.key == "organization_not_found"


@pytest.mark.parametrize("name", ["nowhere", *NASTY])
async def test_a_wrong_bucket_is_told(source: FluxSource, name: str) -> None:
    for asking in (source.list_series(name), source.first_time(name)):
        with pytest.raises(NotFound) as caught:
            await asking
        assert caught.value.key == "bucket_not_found"
    assert await key_of(source, name) == (NotFound, "bucket_not_found")


async def test_a_token_for_one_bucket_is_enough_and_shows_no_other(
    influx: Influx, make_source: MakeSource, bucket: str, start: datetime
) -> None:
    name = f"only {bucket}"
    token = influx.make_token([influx.make_bucket(name)])
    written = sample("thermia", start)
    influx.write("thermia", written, name)
    source = make_source(token=token)
    await source.check()
    assert await source.buckets() == [Bucket(name, has_readings=True)]
    assert len(await read(source, name, series("thermia"), written)) == len(written)
    assert await key_of(source, bucket) == (NotFound, "bucket_not_found")


async def test_https_where_http_is_spoken_is_told(
    influx: Influx, make_source: MakeSource, bucket: str
) -> None:
    source = make_source(url=influx.url.replace("http:", "https:"))
    assert await key_of(source, bucket) == (CannotConnect, "tls")


async def test_a_server_that_comes_back_is_read_again(
    influx: Influx,
    influx_away: Away,
    source: FluxSource,
    bucket: str,
    start: datetime,
) -> None:
    written = sample("ivt", start)
    influx.write("ivt", written, bucket)
    before = await read(source, bucket, series("ivt"), written)
    async with influx_away():
        assert await key_of(source, bucket) == (CannotConnect, "refused")
    after = await read(source, bucket, series("ivt"), written)
    assert_frame_equal(after, before)


@pytest.mark.parametrize("spelled", [str.lower, str.upper])
@pytest.mark.parametrize("limited", [False, True], ids=["all", "one_bucket"])
async def test_an_organization_may_be_given_by_its_id(
    influx: Influx,
    make_source: MakeSource,
    make_bucket: MakeBucket,
    start: datetime,
    spelled: Callable[[str], str],
    limited: bool,
) -> None:
    name = f"with id {make_bucket()}"
    bucket_id = influx.make_bucket(name)
    influx.write("ivt", sample("ivt", start), name)
    token = influx.make_token([bucket_id]) if limited else influx.token
    source = make_source(organization=spelled(influx.organization_id), token=token)
    await source.check()
    assert Bucket(name, has_readings=True) in await source.buckets()
    assert await source.list_series(name)
    assert await source.first_time(name) == start
    found = await read(source, name, series("ivt"), sample("ivt", start))
    assert len(found) == len(sample("ivt", start))
