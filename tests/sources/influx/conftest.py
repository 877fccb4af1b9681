"""A source that asks a misbehaving server."""

from collections.abc import AsyncIterator, Callable
import ssl

import aiohttp
import pytest

from custom_components.heatpump_dashboard.sources.influx.flux import FluxSource
from tests.support.misbehaving import Misbehaving, misbehaving

TOKEN = "token-that-must-not-be-seen"

type MakeSource = Callable[..., FluxSource]


async def run[*Ts, T](func: Callable[[*Ts], T], *args: *Ts) -> T:
    """Run where we are: what runs in the executor is not this file's subject."""
    return func(*args)


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
        made.append(FluxSource(url=url, **(words | changed)))  # type: ignore[arg-type]
        return made[-1]

    yield make
    for source in made:
        await source.close()


@pytest.fixture
def flux_source(influx: Misbehaving, make_source: MakeSource) -> FluxSource:
    return make_source(influx.url)
