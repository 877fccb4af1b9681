"""Periods over the websocket: the local calendar, from what the coordinator knows."""

from collections.abc import Generator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any
from unittest.mock import patch
from zoneinfo import ZoneInfo

from freezegun.api import FrozenDateTimeFactory
from homeassistant.core import HomeAssistant
import pandas as pd
import pytest
from pytest_homeassistant_custom_component.typing import WebSocketGenerator

from custom_components.heatpump_dashboard.analysis.prices import Prices
from tests.support.memory_source import MemorySource, thermia
from tests.support.pump_entry import NOW, PUMP, add_entry, served_by, set_up

DAY = timedelta(days=1)
# The compressor runs half of the time, at 3 kW; at rest 0.1 kW.
KW = 1.55


STOCKHOLM = ZoneInfo("Europe/Stockholm")


@pytest.fixture(autouse=True)
def frozen(freezer: FrozenDateTimeFactory) -> Generator[None]:
    """Stop the clock before any token is made, and keep connections over its jumps."""
    freezer.move_to(NOW)
    with patch("aiohttp.web_ws.WebSocketResponse._reset_heartbeat"):
        yield


def ms(text: str) -> int:
    """Return a local time in ms."""
    return round(pd.Timestamp(text, tz="Europe/Stockholm").timestamp() * 1000)


async def ask(
    hass: HomeAssistant, hass_ws_client: WebSocketGenerator, pump: str = PUMP
) -> dict[str, Any]:
    client = await hass_ws_client(hass)
    await client.send_json_auto_id({"type": "heatpump_dashboard/periods", "pump": pump})
    answer: dict[str, Any] = await client.receive_json()
    return answer


async def test_periods_of_a_month_that_is_known(
    hass: HomeAssistant, hass_ws_client: WebSocketGenerator
) -> None:
    await hass.config.async_set_time_zone("Europe/Stockholm")
    entry = add_entry(hass)
    with served_by(MemorySource(thermia(NOW - 70 * DAY, NOW, step_s=300))):
        coordinator = await set_up(hass, entry)
        coordinator.pump.prices = Prices.fixed(2.0)
        periods = (await ask(hass, hass_ws_client))["result"]["periods"]
        await hass.config_entries.async_unload(entry.entry_id)

    last = ms("2026-01-22 15:30")
    assert {name: (p["start"], p["end"]) for name, p in periods.items()} == {
        "today": (ms("2026-01-22"), last),
        "yesterday": (ms("2026-01-21"), ms("2026-01-22")),
        "this_week": (ms("2026-01-19"), last),
        "last_week": (ms("2026-01-12"), ms("2026-01-19")),
        "this_month": (ms("2026-01-01"), last),
        "last_month": (ms("2025-12-01"), ms("2026-01-01")),
    }
    for name, period in periods.items():
        totals = period["totals"]
        hours = (period["end"] - period["start"]) / 3_600_000
        assert period["complete"] == (period["end"] < last), name
        assert totals["coverage"] == 1, name
        assert totals["electricity_kwh"] == pytest.approx(KW * hours, rel=0.02), name
        assert totals["cost"] == pytest.approx(2 * totals["electricity_kwh"], abs=1e-3)
        assert totals["cost_per_heat_kwh"] == pytest.approx(
            totals["cost"] / totals["heat_kwh"], abs=1e-3
        )
        assert totals["starts"] == pytest.approx(hours * 1.5, abs=1)


@pytest.mark.parametrize(("day", "hours"), [("2026-03-29", 23), ("2026-10-25", 25)])
async def test_a_day_in_which_the_clock_changes(
    hass: HomeAssistant, freezer: FrozenDateTimeFactory, day: str, hours: int
) -> None:
    noon = (pd.Timestamp(f"{day} 12:00", tz="Europe/Stockholm") + DAY).to_pydatetime()
    now = noon.astimezone(UTC)
    freezer.move_to(now)
    await hass.config.async_set_time_zone("Europe/Stockholm")
    entry = add_entry(hass)
    with served_by(MemorySource(thermia(now - 5 * DAY, now))):
        figures = (await set_up(hass, entry)).pump.figures()
        yesterday = figures.periods(now, STOCKHOLM)["yesterday"]
        await hass.config_entries.async_unload(entry.entry_id)
    assert yesterday["end"] - yesterday["start"] == hours * 3_600_000
    assert yesterday["totals"]["covered_s"] == pytest.approx(hours * 3600)


async def test_a_past_that_has_not_been_read_has_no_figures(
    hass: HomeAssistant,
) -> None:
    await hass.config.async_set_time_zone("Europe/Stockholm")
    entry = add_entry(hass)
    with served_by(MemorySource(thermia(NOW - 10 * DAY, NOW))):
        figures = (await set_up(hass, entry)).pump.figures()
        await hass.config_entries.async_unload(entry.entry_id)
    reading = replace(figures, whole=False)
    known = {n for n, p in reading.periods(NOW, STOCKHOLM).items() if p["totals"]}
    assert known == {"today", "yesterday", "this_week"}
    assert reading.period("this_month", NOW, STOCKHOLM) == {}

    # Nothing more to be read: what there is, is shown with its coverage.
    month = figures.periods(NOW, STOCKHOLM)["this_month"]["totals"]
    assert month["coverage"] == pytest.approx(10 / 21.65, abs=0.01)
    before = figures.periods(NOW, STOCKHOLM)["last_month"]["totals"]
    assert before["electricity_kwh"] is None
    assert before["coverage"] == 0


async def test_readings_that_stopped_are_a_gap_up_to_now(
    hass: HomeAssistant, freezer: FrozenDateTimeFactory
) -> None:
    now = datetime(2026, 1, 22, 13, tzinfo=UTC)
    freezer.move_to(now)
    await hass.config.async_set_time_zone("Europe/Stockholm")
    entry = add_entry(hass)
    with served_by(MemorySource(thermia(now - 3 * DAY, now - DAY / 24))):
        figures = (await set_up(hass, entry)).pump.figures()
        today = figures.periods(now, STOCKHOLM)["today"]
        await hass.config_entries.async_unload(entry.entry_id)
    assert today["end"] == round(now.timestamp() * 1000)
    assert today["totals"]["coverage"] == pytest.approx(13 / 14, abs=0.01)


async def test_a_pump_that_is_not_there_has_no_periods(
    hass: HomeAssistant, hass_ws_client: WebSocketGenerator
) -> None:
    entry = add_entry(hass)
    with served_by(MemorySource(thermia(NOW - 3 * DAY, NOW))):
        await set_up(hass, entry)
        answer = await ask(hass, hass_ws_client, "another")
        assert answer["error"]["code"] == "not_found"
        await hass.config_entries.async_unload(entry.entry_id)
        answer = await ask(hass, hass_ws_client)
        assert answer["error"]["code"] == "not_found"
        assert "not loaded" in answer["error"]["message"]
