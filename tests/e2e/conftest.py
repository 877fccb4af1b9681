"""A real Home Assistant with the packed integration, a real InfluxDB, a real browser."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
import json
import os
from pathlib import Path
import shutil
import subprocess
import zipfile

from playwright.sync_api import Browser, ViewportSize, expect, sync_playwright
import pytest
import pytest_socket

from custom_components.heatpump_dashboard.const import DOMAIN
from custom_components.heatpump_dashboard.profiles import load
from custom_components.heatpump_dashboard.setup_flow.demo import demo_pump
from custom_components.heatpump_dashboard.sources.demo.physics import stored
from tests.live.conftest import influx_session, influxd, influxd1
from tests.support.home_assistant import HomeAssistant, entry, pump
from tests.support.influx import Influx, free_port

from .reader import add_reader, logged_in
from .themes import add_themes
from .watched import PAINTED_MS, Watched

__all__ = ["influx_session", "influxd", "influxd1"]

ROOT = Path(__file__).parents[2]
BRANDS = ("thermia", "ivt", "nibe")
DAYS = 3
# A NIBE without power, which stopped some hours ago.
MODEST = "modest"
SILENT = timedelta(hours=3)
ARTIFACTS = ROOT / "artifacts"
# Looked at by whoever changes what is seen; far too long for every run.
collect_ignore = [] if os.environ.get("HEATPUMP_MATRIX") else ["test_matrix.py"]
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)

type Open = Callable[..., Watched]

expect.set_options(timeout=PAINTED_MS)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what lies in this folder."""
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.e2e)


# Playwright's synchronous interface has a loop of its own, and no test here has a Home
# Assistant inside: what prepares a loop for one stands aside.
@pytest.fixture(scope="session", autouse=True)
def configure_session_event_loop() -> None:
    """Leave the session without a loop."""


@pytest.fixture(autouse=True)
def configure_event_loop() -> None:
    """Leave the test without a loop."""


@pytest.fixture(autouse=True)
def enable_event_loop_debug() -> None:
    """Leave the test without a loop."""


@pytest.fixture(autouse=True)
def verify_cleanup() -> None:
    """Check no loop that is not there."""


@pytest.fixture(autouse=True)
def sockets(socket_enabled: None) -> None:
    """Let the tests talk to what they start, on 127.0.0.1."""


@pytest.fixture(scope="session")
def component(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the integration as HACS unpacks it."""
    packed = subprocess.run(
        [ROOT / "script" / "package"], stdout=subprocess.PIPE, text=True, check=True
    )
    folder = tmp_path_factory.mktemp("packed") / DOMAIN
    with zipfile.ZipFile(packed.stdout.strip().splitlines()[-1]) as archive:
        archive.extractall(folder)
    return folder


@dataclass
class Collectors:
    """Those of all brands, and until when they have written."""

    influx: Influx
    until: datetime
    # That of the heat pump which stopped.
    ended: datetime

    def catch_up(self) -> None:
        """Write what has happened since."""
        now = datetime.now(UTC)
        for brand in BRANDS:
            self.influx.write(brand, stored(brand, self.until, now), brand)
        self.until = now


@pytest.fixture(scope="session")
def collectors(influx_session: Influx) -> Collectors:
    """Fill a bucket of each brand with three days, and one that ends before now."""
    now = datetime.now(UTC)
    for brand in BRANDS:
        influx_session.make_bucket(brand)
    collectors = Collectors(influx_session, now - timedelta(days=DAYS), now - SILENT)
    collectors.catch_up()
    influx_session.make_bucket(MODEST)
    readings = stored("nibe", now - timedelta(days=1), collectors.ended)
    influx_session.write("nibe", readings, MODEST)
    return collectors


@pytest.fixture(scope="session")
def influx(collectors: Collectors) -> Influx:
    """Return a server with a bucket of each brand."""
    return collectors.influx


@pytest.fixture(scope="session")
def new_home(
    component: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[HomeAssistant]:
    """Run a Home Assistant that has the integration, but no entry of it."""
    pytest_socket.enable_socket()
    home = HomeAssistant(tmp_path_factory.mktemp("new"), free_port())
    home.seed([], component)
    home.start(page="manifest.json")
    yield home
    home.stop()


@pytest.fixture
def home(running_home: HomeAssistant, collectors: Collectors) -> HomeAssistant:
    """Return the Home Assistant of the session, its readings as fresh as can be."""
    collectors.catch_up()
    return running_home


@pytest.fixture(scope="session")
def running_home(
    component: Path, influx: Influx, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[HomeAssistant]:
    """Run a Home Assistant with a heat pump of each brand on the InfluxDB."""
    pytest_socket.enable_socket()
    home = HomeAssistant(tmp_path_factory.mktemp("home"), free_port())
    home.seed([influxdb_entry(influx)], component)
    add_reader(home)
    add_themes(home)
    home.start()
    yield home
    home.stop()


@pytest.fixture(scope="session")
def empty_home(
    component: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[HomeAssistant]:
    """Run a Home Assistant that has an entry, but no heat pump in it."""
    pytest_socket.enable_socket()
    home = HomeAssistant(tmp_path_factory.mktemp("empty"), free_port())
    home.seed([entry("demo", "Demo", "demo", {"source": "demo"}, [])], component)
    add_reader(home)
    home.start()
    yield home
    home.stop()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Run the system's Chromium."""
    program = os.environ.get("HEATPUMP_CHROMIUM") or shutil.which("chromium")
    if program is None:
        missing = pytest.fail if os.environ.get("CI") else pytest.skip
        missing(
            "NOT RUN: there is no Chromium; script/setup browser says how to get it"
        )
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(
            executable_path=program, args=FLAGS, timeout=PAINTED_MS
        )
        yield chromium
        chromium.close()


@pytest.fixture
def open_page(browser: Browser) -> Iterator[Open]:
    """Return what opens a window; at the end nothing may have gone wrong in any."""
    opened: list[Watched] = []

    def open_(
        home: HomeAssistant,
        *,
        width: int = 1440,
        height: int = 900,
        dark: bool = False,
        reader: bool = False,
        still: bool = False,
    ) -> Watched:
        context = browser.new_context(
            color_scheme="dark" if dark else "light",
            has_touch=width < 700,
            reduced_motion="reduce" if still else "no-preference",
            timezone_id="Europe/Stockholm",
            viewport=ViewportSize(width=width, height=height),
        )
        if reader:
            tokens = json.dumps(json.dumps(logged_in(home)))
            context.add_init_script(f"localStorage.hassTokens = {tokens}")
        watched = Watched(context.new_page(), home.url, ARTIFACTS)
        opened.append(watched)
        return watched

    yield open_
    for watched in opened:
        watched.page.context.close()
    for watched in opened:
        watched.assert_quiet()


def influxdb_entry(influx: Influx) -> dict[str, object]:
    """Return the config entry of the server with a heat pump of each brand."""
    data = {
        "source": "influxdb",
        "url": influx.url,
        "token": influx.token,
        "organization": influx.organization,
        "verify_ssl": True,
    }
    pumps = [
        pump(brand, load(brand).name, demo_pump(load(brand))["data"])
        for brand in BRANDS
    ]
    modest = dict(demo_pump(load("nibe"))["data"]) | {"bucket": MODEST}
    del modest["compressor_power"]
    pumps.append(pump(MODEST, "Modest NIBE", modest))
    identity = f"{influx.url} {influx.organization}"
    return entry("influxdb", "InfluxDB", identity, data, pumps)
