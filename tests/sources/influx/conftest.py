"""A source that asks a misbehaving server."""

from collections.abc import AsyncIterator, Callable
import ssl

import aiohttp
import pytest

from custom_components.heatpump_dashboard.sources.influx.flux import FluxSource
from custom_components.heatpump_dashboard.sources.influx.flux_server import FluxServer
from custom_components.heatpump_dashboard.sources.influx.influxql import InfluxqlSource
from tests.support.misbehaving import Misbehaving, misbehaving

from .in_place import run
from .influxql_answers import make

TOKEN = "token-that-must-not-be-seen"

type MakeSource = Callable[..., FluxSource]


@pytest.fixture
async def session(socket_enabled: None) -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession() as shared:
        yield shared
        assert not shared.closed


@pytest.fixture
async def influx(socket_enabled: None) -> AsyncIterator[Misbehaving]:
    async with misbehaving() as behaviour:
        yield behaviour


@pytest.fixture
async def make_source(
    session: aiohttp.ClientSession,
) -> AsyncIterator[MakeSource]:
    made: list[FluxSource] = []

    def make(url: str, **changed: object) -> FluxSource:
        words = {
            "session": session,
            "ssl_context": ssl.create_default_context(),
            "token": TOKEN,
            "organization": "thermia",
            "run": run,
        }
        server = FluxServer(url=url, **(words | changed))  # type: ignore[arg-type]
        made.append(FluxSource(server))
        return made[-1]

    yield make
    for source in made:
        await source.close()


@pytest.fixture
def flux_source(influx: Misbehaving, make_source: MakeSource) -> FluxSource:
    return make_source(influx.url)


@pytest.fixture
def influxql_source(
    influx: Misbehaving, session: aiohttp.ClientSession
) -> InfluxqlSource:
    return make(session, influx.url)
