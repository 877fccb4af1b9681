"""A real InfluxDB for every test in this folder: one server, a bucket per test."""

import asyncio
from collections.abc import AsyncIterator, Callable, Iterator, Mapping
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from datetime import UTC, datetime, timedelta
from itertools import count
import os
from pathlib import Path
import ssl
import subprocess
from typing import Any

import aiohttp
from homeassistant.core import HomeAssistant
import pytest
from pytest_homeassistant_custom_component.typing import (
    MockHAClientWebSocket,
    WebSocketGenerator,
)
import pytest_socket

from custom_components.heatpump_dashboard import loading
from custom_components.heatpump_dashboard.sources import Source
from custom_components.heatpump_dashboard.sources.influx.flux import FluxSource
from custom_components.heatpump_dashboard.sources.influx.flux_server import FluxServer
from custom_components.heatpump_dashboard.sources.influx.influxql import InfluxqlSource
from tests.support.influx import Influx
from tests.support.influx1 import Influx1
from tests.support.running_collector import RunningCollector

from .home import load_entry

ROOT = Path(__file__).parents[2]
BUILD_S = 1800
# Days: more than the dashboard reads.
PAST = {"thermia": 31, "ivt": 31, "nibe": 31}
FIGURES = pytest.StashKey[list[str]]()

type MakeBucket = Callable[[], str]
# A source, a bucket of it, and the connection of an export to that.
type Store = tuple[Source, str, dict[str, Any]]
type MakeSource = Callable[..., FluxSource]
type MakeInfluxql = Callable[..., InfluxqlSource]
type MakeCollector = Callable[[str], RunningCollector]
type Away = Callable[[], AbstractAsyncContextManager[None]]

_numbers = count(1)


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what lies in this folder; where it runs side by side, a past is filled once.

    What waits longest begins first, so that others run meanwhile.
    """
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.live)
        if "collectors_session" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.xdist_group("collectors"))
    items.sort(key=lambda item: item.get_closest_marker("waits") is None)


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Hand the figures to who prints them, where tests run side by side."""
    output = getattr(session.config, "workeroutput", None)
    if output is not None:
        output["figures"] = session.config.stash.get(FIGURES, [])


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: Any) -> None:
    """Take the figures of one that has run tests."""
    told = getattr(node, "workeroutput", {}).get("figures", [])
    node.config.stash.setdefault(FIGURES, []).extend(told)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Print the figures that tests have found, also where all is well."""
    if figures := terminalreporter.config.stash.get(FIGURES, []):
        terminalreporter.section("figures")
        terminalreporter.write("".join(f"{line}\n" for line in figures))


@pytest.fixture(autouse=True)
def patient_set_up(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a set-up wait for its first data also where the machine is busy.

    What it does when it has waited long enough is no subject here.
    """
    monkeypatch.setattr(loading, "FIRST_DATA_TIMEOUT_S", 300.0)


@pytest.fixture
def figures(pytestconfig: pytest.Config) -> list[str]:
    """Return the lines that are printed at the end of the session."""
    return pytestconfig.stash.setdefault(FIGURES, [])


@pytest.fixture(scope="session")
def influxd() -> str:
    """Return a server's program, or its address where one runs already.

    `script/influxd` finds or builds it. Without any, the tests are skipped on a
    user's machine and fail where `CI` is set.
    """
    return os.environ.get("HEATPUMP_INFLUXD") or _brought()


@pytest.fixture(scope="session")
def influxd1() -> str:
    """Return the program of a server of version 1."""
    return os.environ.get("HEATPUMP_INFLUXD_1") or _brought("1.8.10")


def _brought(*version: str) -> str:
    """Return what `script/influxd` has found or built."""
    found = subprocess.run(
        [ROOT / "script" / "influxd", *version],
        stdout=subprocess.PIPE,
        text=True,
        timeout=BUILD_S,
        check=False,
    )
    if found.returncode:
        missing = pytest.fail if os.environ.get("CI") else pytest.skip
        missing("NOT RUN: script/influxd found no InfluxDB and could not build one")
    return found.stdout.strip()


@pytest.fixture(scope="session")
def influx_session(
    influxd: str, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Influx]:
    """Run the one server of the test session. Tests ask for `influx`."""
    pytest_socket.enable_socket()
    with Influx(influxd, tmp_path_factory.mktemp("influx")) as server:
        yield server


@pytest.fixture(scope="session")
def influx1_session(
    influxd1: str, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Influx1]:
    """Run the one server of version 1 of the test session. Tests ask for `influx1`."""
    pytest_socket.enable_socket()
    with Influx1(influxd1, tmp_path_factory.mktemp("influx1")) as server:
        yield server


@pytest.fixture
def influx1(influx1_session: Influx1, socket_enabled: None) -> Influx1:
    """Return the server of version 1, which lets in only whom it knows."""
    return influx1_session


@pytest.fixture
def influx(influx_session: Influx, socket_enabled: None) -> Influx:
    """Return the server, with its `url`, `token`, `organization`, `write()` and more."""
    return influx_session


@pytest.fixture
def influx_away(influx: Influx) -> Away:
    """Return what stops the server for the length of an `async with` block.

    The event loop goes on meanwhile, and sees the connections close.
    """
    if not influx.ours:
        pytest.skip("the server at HEATPUMP_INFLUXDB_URL is not ours to stop")

    @asynccontextmanager
    async def away() -> AsyncIterator[None]:
        await asyncio.to_thread(influx.stop)
        try:
            yield
        finally:
            await asyncio.to_thread(influx.start)

    return away


@pytest.fixture
def make_bucket(influx: Influx) -> MakeBucket:
    """Return what makes one more empty bucket and returns its name."""

    def make() -> str:
        name = f"bucket {next(_numbers)} of {os.getpid()}"
        influx.make_bucket(name)
        return name

    return make


@pytest.fixture
def bucket(make_bucket: MakeBucket) -> str:
    """Return the name of an empty bucket."""
    return make_bucket()


@pytest.fixture(scope="session")
def collectors_session(influx_session: Influx) -> Mapping[str, RunningCollector]:
    """Fill a bucket of each brand with its past. Tests ask for `collectors`."""
    # Every test begins with sockets shut, and this comes before its `socket_enabled`.
    pytest_socket.enable_socket()
    collectors = {}
    for brand, days in PAST.items():
        bucket = f"{brand} of {os.getpid()}"
        collectors[brand] = RunningCollector(influx_session, brand, bucket)
        collectors[brand].begin(timedelta(days=days))
    return collectors


@pytest.fixture
def collectors(
    collectors_session: Mapping[str, RunningCollector], influx: Influx
) -> Mapping[str, RunningCollector]:
    """Return collectors of all brands that have run for days, until just now."""
    for collector in collectors_session.values():
        collector.catch_up()
    return collectors_session


@pytest.fixture
def veteran(collectors: Mapping[str, RunningCollector], brand: str) -> RunningCollector:
    """Return the collector of the test's brand that has run for days."""
    return collectors[brand]


@pytest.fixture
async def onlooker(
    hass: HomeAssistant,
    hass_ws_client: WebSocketGenerator,
    influx: Influx,
    veteran: RunningCollector,
) -> MockHAClientWebSocket:
    """Return a client of a Home Assistant that has read all of the veteran's past."""
    await load_entry(hass, influx, veteran)
    return await hass_ws_client(hass)


@pytest.fixture
def make_collector(influx: Influx) -> MakeCollector:
    """Return what starts a collector with an empty bucket of its own."""

    def make(brand: str = "thermia") -> RunningCollector:
        bucket = f"bucket {next(_numbers)} of {os.getpid()}"
        return RunningCollector(influx, brand, bucket)

    return make


@pytest.fixture
def collector(make_collector: MakeCollector) -> RunningCollector:
    """Return a collector of a Thermia that has run for three hours."""
    collector = make_collector("thermia")
    collector.begin(timedelta(hours=3))
    return collector


async def run[*Ts, T](func: Callable[[*Ts], T], *args: *Ts) -> T:
    """Run where we are: what runs in the executor is not this file's subject."""
    return func(*args)


@pytest.fixture
async def make_source(influx: Influx) -> AsyncIterator[MakeSource]:
    """Return what makes a source for the server; anything can be made wrong."""
    made: list[FluxSource] = []
    async with aiohttp.ClientSession() as session:

        def make(**wrong: str) -> FluxSource:
            right = {
                "url": influx.url,
                "token": influx.token,
                "organization": influx.organization,
            }
            server = FluxServer(
                session=session,
                ssl_context=ssl.create_default_context(),
                run=run,
                **(right | wrong),
            )
            source = FluxSource(server)
            made.append(source)
            return source

        yield make
        for source in made:
            await source.close()


@pytest.fixture
async def make_influxql(influx1: Influx1) -> AsyncIterator[MakeInfluxql]:
    """Return what makes a source for the server of version 1, or for another."""
    made: list[InfluxqlSource] = []
    async with aiohttp.ClientSession() as session:

        def make(**other: str) -> InfluxqlSource:
            right = {
                "url": influx1.url,
                "username": influx1.user,
                "password": influx1.password,
            }
            source = InfluxqlSource(
                session=session,
                ssl_context=ssl.create_default_context(),
                run=run,
                **(right | other),
            )
            made.append(source)
            return source

        yield make
        for source in made:
            await source.close()


@pytest.fixture
def influxql(make_influxql: MakeInfluxql) -> InfluxqlSource:
    return make_influxql()


@pytest.fixture
def database(influx1: Influx1) -> str:
    """Return the name of an empty database."""
    return influx1.make_bucket(f"database {next(_numbers)}")


@pytest.fixture(params=["influxdb", "influxql"])
def exported_to(
    request: pytest.FixtureRequest, influx: Influx, influx1: Influx1
) -> Store:
    """Return a source, a bucket of it, and the export's connection to that."""
    if request.param == "influxql":
        database = request.getfixturevalue("database")
        connection = {
            "api_version": "1",
            "host": "127.0.0.1",
            "port": influx1.port,
            "username": influx1.user,
            "password": influx1.password,
            "database": database,
            "ssl": False,
            "verify_ssl": False,
        }
        return request.getfixturevalue("influxql"), database, connection
    bucket = request.getfixturevalue("bucket")
    connection = {
        "api_version": "2",
        "url": influx.url,
        "token": influx.token,
        "organization": influx.organization,
        "bucket": bucket,
        "verify_ssl": False,
    }
    return request.getfixturevalue("source"), bucket, connection


@pytest.fixture
def start() -> datetime:
    """Return a moment of yesterday, as ragged as the collector's."""
    yesterday = datetime.now(UTC) - timedelta(days=1)
    return yesterday.replace(microsecond=123456)


@pytest.fixture
def source(make_source: MakeSource) -> FluxSource:
    return make_source()
