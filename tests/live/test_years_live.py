"""Every day since the first reading, out of a real InfluxDB, beside the physics."""

from collections.abc import Iterator
from datetime import timedelta
from unittest.mock import patch

from homeassistant.core import HomeAssistant
import pytest
from pytest_homeassistant_custom_component.typing import WebSocketGenerator

from custom_components.heatpump_dashboard.const import DOMAIN
from tests.support.influx import Influx

from .conftest import MakeCollector
from .home import PUMP, coordinator_of, load_entry, poll
from .test_truth_live import truth_of

YEARS = "custom_components.heatpump_dashboard.history.years"
DAYS = 50
# A day of whole degrees is not as sure as a month of them.
A_DAY, ALL_DAYS = 0.02, 0.003


@pytest.fixture(autouse=True)
def hurry(hass: HomeAssistant) -> Iterator[None]:
    """Begin at once; the pauses are what they are."""
    with patch(f"{YEARS}.FIRST_LOOK_S", 0.0):
        yield


async def test_every_day_is_that_of_the_physics(
    hass: HomeAssistant,
    hass_ws_client: WebSocketGenerator,
    influx: Influx,
    make_collector: MakeCollector,
    figures: list[str],
) -> None:
    collector = make_collector("thermia")
    collector.begin(timedelta(days=DAYS))
    entry = await load_entry(hass, influx, collector)
    coordinator = coordinator_of(entry)
    entry.async_on_unload(coordinator.async_add_listener(lambda: None))
    assert coordinator.pump.history.whole
    begun = hass.loop.time()
    await poll(hass)
    assert coordinator.years.store is not None
    figures.append(f"{DAYS} days on disk after {hass.loop.time() - begun:.1f} s")

    client = await hass_ws_client(hass)
    first, last = collector.written.index[[0, -1]]
    await client.send_json_auto_id(
        {
            "type": f"{DOMAIN}/calendar",
            "pump": PUMP,
            "unit": "day",
            "start_time": first.isoformat(),
            "end_time": last.isoformat(),
        }
    )
    rows = (await client.receive_json())["result"]["rows"]

    assert len(rows) in (DAYS, DAYS + 1, DAYS + 2)
    heat = [0.0, 0.0]
    # The first day has a beginning, the last one no end.
    for row in rows[1:-1]:
        true, found = truth_of(collector, row["start"], row["end"] - 1), row["totals"]
        assert found["heat_kwh"] == pytest.approx(true.heat, rel=A_DAY, abs=0.2)
        assert found["electricity_kwh"] == pytest.approx(true.electricity, rel=0.005)
        assert found["starts"] == pytest.approx(true.starts, abs=1)
        heat = [heat[0] + found["heat_kwh"], heat[1] + true.heat]
    assert heat[0] == pytest.approx(heat[1], rel=ALL_DAYS)
    assert sum(row["totals"]["starts"] for row in rows[1:-1]) == pytest.approx(
        sum(truth_of(collector, r["start"], r["end"] - 1).starts for r in rows[1:-1]),
        abs=1,
    )
