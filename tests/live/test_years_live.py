"""Every day since the first reading, out of a real InfluxDB, beside the physics."""

import asyncio
from collections.abc import Iterator
from datetime import timedelta
from typing import Any
from unittest.mock import patch

from homeassistant.core import HomeAssistant
from homeassistant.util import dt as dt_util
import pytest
from pytest_homeassistant_custom_component.common import async_fire_time_changed
from pytest_homeassistant_custom_component.typing import (
    MockHAClientWebSocket,
    WebSocketGenerator,
)

from custom_components.heatpump_dashboard.const import DOMAIN, POLL_INTERVAL
from tests.support.influx import Influx
from tests.support.physics_source import Truth
from tests.support.running_collector import CYCLE, RunningCollector

from .conftest import Away, MakeCollector
from .home import PUMP, coordinator_of, load_entry, poll
from .test_truth_live import truth_of

YEARS = "custom_components.heatpump_dashboard.history.years"
DAYS = 50
# A day of whole degrees is not as sure as a month of them.
A_DAY, ALL_DAYS = 0.02, 0.003
EXACT = 0.002
# So many days are on disk when the server goes away, for five minutes of polls.
IN_THE_MIDDLE = 6
POLLS_AWAY = 10
POLLS_UNTIL_TRIED = 8


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

    rows = await calendar(await hass_ws_client(hass), collector)

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


async def test_an_outage_of_minutes_in_the_middle_of_the_walk(
    hass: HomeAssistant,
    hass_ws_client: WebSocketGenerator,
    influx: Influx,
    influx_away: Away,
    make_collector: MakeCollector,
) -> None:
    """Of an IVT, which tells tenths of degrees: each day is that of the physics."""
    collector = make_collector("ivt")
    collector.begin(timedelta(days=DAYS))
    entry = await load_entry(hass, influx, collector)
    coordinator = coordinator_of(entry)
    entry.async_on_unload(coordinator.async_add_listener(lambda: None))
    years = coordinator.years
    async_fire_time_changed(
        hass, dt_util.utcnow() + POLL_INTERVAL + timedelta(seconds=1)
    )
    while years.store is None or len(years.store.days) < IN_THE_MIDDLE:
        await asyncio.sleep(0.05)
    async with influx_away():
        for _ in range(POLLS_AWAY):
            await poll(hass)
        assert not coordinator.last_update_success
        assert not years.whole
    found = len(years.store.days)
    collector.catch_up()
    for _ in range(POLLS_UNTIL_TRIED):
        await poll(hass)

    assert years.whole
    assert not years.left_out
    assert len(years.store.days) > found
    rows = await calendar(await hass_ws_client(hass), collector)
    first, last = collector.written.index[[0, -1]]
    truth = Truth(collector.written.index, collector.truth(first, last + CYCLE / 2))
    for row in rows[1:-1]:
        true, totals = truth.of(row["start"], row["end"]), row["totals"]
        assert totals["heat_kwh"] == pytest.approx(true.heat, rel=EXACT)
        assert totals["electricity_kwh"] == pytest.approx(true.electricity, rel=EXACT)
        assert totals["starts"] == pytest.approx(true.starts, abs=1)
        assert totals["hot_water_charges"] == pytest.approx(true.charges, abs=1)
    for name in ("starts", "hot_water_charges"):
        exact = truth.of(rows[1]["start"], rows[-1]["start"])
        true_number = exact.starts if name == "starts" else exact.charges
        found_number = sum(row["totals"][name] for row in rows[1:-1])
        assert found_number == pytest.approx(true_number, abs=1)


async def calendar(
    client: MockHAClientWebSocket, collector: RunningCollector
) -> list[dict[str, Any]]:
    """Return the days of all that was written."""
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
    rows: list[dict[str, Any]] = (await client.receive_json())["result"]["rows"]
    return rows
