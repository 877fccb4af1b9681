"""A real Home Assistant that is killed, as by a power cut."""

from collections.abc import Callable, Iterator
from datetime import datetime
import json
from pathlib import Path
import time
from typing import Any

import pytest

from custom_components.heatpump_dashboard.const import CONF_SOURCE, SOURCE_DEMO
from custom_components.heatpump_dashboard.profiles import load
from custom_components.heatpump_dashboard.setup_flow.demo import demo_pump
from tests.support.home_assistant import HomeAssistant, entry, pump
from tests.support.influx import free_port

ROOT = Path(__file__).parents[2]
COMPONENT = ROOT / "custom_components" / "heatpump_dashboard"
# There without the panel, which need not be built for this.
FIRST_PAGE = "manifest.json"
SOON_S = 300.0


@pytest.fixture
def home(tmp_path: Path, socket_enabled: None) -> Iterator[HomeAssistant]:
    """Return a Home Assistant with the demo in it, which does not run yet."""
    home = HomeAssistant(tmp_path, free_port())
    data = demo_pump(load("thermia"))["data"]
    pumps = [pump("thermia", "Thermia", data)]
    demo = {CONF_SOURCE: SOURCE_DEMO}
    home.seed([entry("demo", "Demo", SOURCE_DEMO, demo, pumps)], COMPONENT)
    yield home
    home.stop()


def totals(home: HomeAssistant) -> dict[str, Any]:
    """Return what is on disk of the growing totals."""
    path = home.folder / ".storage" / "heatpump_dashboard.totals.demo"
    if not path.exists():
        return {}
    stored: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))["data"]
    return stored


def soon(home: HomeAssistant, is_there: Callable[[dict[str, Any]], bool]) -> None:
    last = time.monotonic() + SOON_S
    while not is_there(totals(home)):
        assert time.monotonic() < last, "It was never written"
        time.sleep(0.05)


def test_totals_outlive_a_kill_right_after_the_first_set_up(
    home: HomeAssistant,
) -> None:
    home.start(FIRST_PAGE)
    soon(home, lambda stored: len(stored) >= 4)
    home.kill()
    told = totals(home)

    home.start(FIRST_PAGE)
    seen = {name: datetime.fromisoformat(each["seen"]) for name, each in told.items()}
    soon(
        home,
        lambda stored: all(
            datetime.fromisoformat(stored[name]["seen"]) > then
            for name, then in seen.items()
        ),
    )
    home.kill()
    again = totals(home)
    assert again.keys() == told.keys()
    for name, each in told.items():
        assert again[name]["begun"] == each["begun"], name
        assert abs(again[name]["reported"] - each["reported"]) < 0.5, name
