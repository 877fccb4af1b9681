"""A real Home Assistant with the integration, its entry not loaded yet, and the probe."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
import subprocess
import tempfile

from custom_components.heatpump_dashboard.const import DOMAIN
from script.measure.database import BRAND
from tests.support.home_assistant import HomeAssistant, entry, pump
from tests.support.influx import Influx, free_port

ROOT = Path(__file__).parents[2]
PROBE = Path(__file__).with_name("heatpump_probe")
ENTRY = "bench"
PUMP = "bench_pump"


@contextmanager
def running(server: Influx) -> Iterator[HomeAssistant]:
    """Run a Home Assistant whose entry is disabled: whoever measures enables it."""
    with tempfile.TemporaryDirectory(prefix="heatpump-bench-") as folder:
        home = HomeAssistant(Path(folder).resolve(), free_port())
        home.seed(
            [_entry(server) | {"disabled_by": "user"}],
            ROOT / "custom_components" / DOMAIN,
        )
        _add_probe(home.folder)
        home.start(page="manifest.json")
        try:
            yield home
        finally:
            home.stop()


def memory_mb(pid: int) -> float:
    """Return the resident memory of a process in megabytes."""
    shown = subprocess.run(
        ["ps", "-o", "rss=", "-p", str(pid)],
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    return int(shown.stdout) * 1024 / 1e6


def _entry(server: Influx) -> dict[str, object]:
    """Return the config entry of an InfluxDB with one heat pump."""
    data = {
        "source": "influxdb",
        "url": server.url,
        "token": server.token,
        "organization": server.organization,
        "verify_ssl": True,
    }
    pumps = [pump(PUMP, "Bench", {"bucket": BRAND, "brand": BRAND})]
    return entry(ENTRY, "InfluxDB", server.url, data, pumps)


def _add_probe(folder: Path) -> None:
    (folder / "custom_components" / PROBE.name).symlink_to(PROBE)
    with (folder / "configuration.yaml").open("a", encoding="utf-8") as configuration:
        configuration.write(f"{PROBE.name}:\n")
