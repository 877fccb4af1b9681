"""A real Home Assistant beside a database that takes every question and never answers."""

from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
import socket
import threading
import time

from homeassistant.const import CONF_TOKEN, CONF_URL, CONF_VERIFY_SSL
import pytest

from custom_components.heatpump_dashboard.const import (
    CONF_BRAND,
    CONF_BUCKET,
    CONF_ORGANIZATION,
    CONF_SOURCE,
    SOURCE_INFLUXDB,
)
from tests.support.home_assistant import HomeAssistant, entry, pump
from tests.support.influx import free_port

ROOT = Path(__file__).parents[2]
COMPONENT = ROOT / "custom_components" / "heatpump_dashboard"
# There without the panel, which need not be built for this.
FIRST_PAGE = "manifest.json"
SOON_S = 300.0
# An integration that notes when Home Assistant has started. Beside it no question is
# given up, however busy the machine is.
NOTE = "started_note"
NOTES = """\
from importlib import import_module
from pathlib import Path

from homeassistant.helpers.start import async_at_started

FLUX = "custom_components.heatpump_dashboard.sources.influx.flux"


async def async_setup(hass, config):
    flux = await hass.async_add_import_executor_job(import_module, FLUX)
    flux.QUERY_TIMEOUT_S = 900.0

    def note(hass):
        Path(hass.config.path("started")).touch()

    async_at_started(hass, note)
    return True
"""


class Silent:
    """Takes connections on a free port of 127.0.0.1, and says nothing on them.

    `begun`: when each began. `ended`: when the other side closed each, by its number.
    """

    def __init__(self) -> None:
        """Listen."""
        self.begun: list[float] = []
        self.ended: dict[int, float] = {}
        self._socket = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self._socket.getsockname()[1]}"
        self._threads = [threading.Thread(target=self._listen)]
        self._threads[0].start()

    def close(self) -> None:
        """Listen no more; whoever was connected has gone."""
        self._socket.shutdown(socket.SHUT_RDWR)
        self._socket.close()
        for thread in self._threads:
            thread.join()

    def open(self) -> list[int]:
        """Return the connections that nobody has closed, by number."""
        return [n for n in range(len(self.begun)) if n not in self.ended]

    def _listen(self) -> None:
        with suppress(OSError):
            while True:
                connection, _ = self._socket.accept()
                self.begun.append(time.monotonic())
                arguments = (connection, len(self.begun) - 1)
                self._threads.append(
                    threading.Thread(target=self._hold, args=arguments)
                )
                self._threads[-1].start()

    def _hold(self, connection: socket.socket, number: int) -> None:
        with connection, suppress(OSError):
            while connection.recv(65536):
                pass
        self.ended[number] = time.monotonic()


@pytest.fixture
def silent(socket_enabled: None) -> Iterator[Silent]:
    server = Silent()
    yield server
    server.close()


@pytest.fixture
def home(tmp_path: Path, silent: Silent) -> Iterator[HomeAssistant]:
    """Return a Home Assistant whose database is silent; it does not run yet."""
    data = {
        CONF_SOURCE: SOURCE_INFLUXDB,
        CONF_URL: silent.url,
        CONF_TOKEN: "token",
        CONF_ORGANIZATION: "home",
        CONF_VERIFY_SSL: True,
    }
    pumps = [pump("pump", "Cellar", {CONF_BUCKET: "pump", CONF_BRAND: "thermia"})]
    home = HomeAssistant(tmp_path, free_port())
    home.seed([entry("silent", "InfluxDB", "silent", data, pumps)], COMPONENT)
    note = home.folder / "custom_components" / NOTE
    note.mkdir()
    (note / "__init__.py").write_text(NOTES, encoding="utf-8")
    manifest = f'{{"domain": "{NOTE}", "name": "Note", "version": "1.0.0"}}'
    (note / "manifest.json").write_text(manifest, encoding="utf-8")
    with (home.folder / "configuration.yaml").open("a", encoding="utf-8") as file:
        file.write(f"{NOTE}:\n")
    yield home
    home.stop()


def has_started(home: HomeAssistant) -> bool:
    return (home.folder / "started").exists()


def test_neither_start_nor_stop_waits_for_a_silent_database(
    home: HomeAssistant, silent: Silent, figures: list[str]
) -> None:
    """Home Assistant has started, and has ended, while no question is given up."""
    begin = time.monotonic()
    home.start(FIRST_PAGE)
    while not (has_started(home) and silent.begun):
        assert time.monotonic() - begin < SOON_S, "It never started"
        time.sleep(0.05)
    started = time.monotonic()
    assert silent.open()
    assert silent.ended == {}

    process = home._process
    assert process is not None
    home.stop()
    figures.append(
        f"a silent database: started after {started - begin:.1f} s,"
        f" stopped after {time.monotonic() - started:.1f} s"
    )
    # One that waits for the answer is killed in the end.
    assert process.returncode == 0
