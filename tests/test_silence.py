"""What falls silent is not known: in no entity is it off, none or idle."""

from collections.abc import Generator
from datetime import timedelta
from typing import Any
from unittest.mock import patch

from freezegun.api import FrozenDateTimeFactory
from homeassistant.const import STATE_OFF, STATE_ON, STATE_UNKNOWN, Platform
from homeassistant.core import HomeAssistant
import numpy as np
import pandas as pd
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry
from pytest_homeassistant_custom_component.typing import WebSocketGenerator

from tests.support.memory_source import MemorySource, thermia
from tests.support.pump_entry import NOW, PUMP, add_entry, served_by, set_up
from tests.support.receiver import subscribe

COMPONENT = "custom_components.heatpump_dashboard"
PLATFORMS = [Platform.BINARY_SENSOR, Platform.SENSOR, Platform.EVENT]
# In the demo of a Thermia an alarm is 8 × 10: too little brine.
ALARM = {"alarm_status": 1.0, "alarm_code": 80.0}


@pytest.fixture(autouse=True)
def frozen(freezer: FrozenDateTimeFactory) -> Generator[None]:
    """Stop the clock before any token is made."""
    freezer.move_to(NOW)
    with patch("aiohttp.web_ws.WebSocketResponse._reset_heartbeat"):
        yield


async def shown(
    hass: HomeAssistant, stored: pd.DataFrame, *keys: str
) -> tuple[dict[str, str], MockConfigEntry]:
    """Return the states of a heat pump's entities by what these readings say."""
    entry = add_entry(hass)
    with (
        served_by(MemorySource(stored)),
        patch(f"{COMPONENT}.PLATFORMS", PLATFORMS),
    ):
        await set_up(hass, entry)
    states = {
        state.entity_id.partition(".cellar_pump_")[2]: state.state
        for state in hass.states.async_all()
    }
    return {key: states[key] for key in keys}, entry


def silent(minutes: float, **last: float) -> pd.DataFrame:
    """Return six hours of readings whose series say this, then nothing until NOW."""
    stored = thermia(NOW - timedelta(hours=6), NOW)
    gone = stored.index >= NOW - timedelta(minutes=minutes)
    before = (stored.index >= NOW - timedelta(minutes=60)) & ~gone
    for name, value in last.items():
        stored.loc[before, name] = value
        stored.loc[gone, name] = np.nan
    return stored


@pytest.mark.parametrize(
    ("minutes", "series", "expected"),
    [
        (3, ALARM, (STATE_ON, "Brine flow too low (8)", "8")),
        (7, ALARM, (STATE_UNKNOWN, STATE_UNKNOWN, STATE_UNKNOWN)),
        (90, ALARM, (STATE_UNKNOWN, STATE_UNKNOWN, STATE_UNKNOWN)),
    ],
)
async def test_an_alarm_that_falls_silent(
    hass: HomeAssistant,
    minutes: float,
    series: dict[str, float],
    expected: tuple[str, str, str],
) -> None:
    keys = ("alarm", "alarm_text", "alarm_code")
    found, entry = await shown(hass, silent(minutes, **series), *keys)
    await hass.config_entries.async_unload(entry.entry_id)

    assert tuple(found[key] for key in keys) == expected


async def test_one_sign_of_an_alarm_is_enough_and_one_silent_too_little(
    hass: HomeAssistant,
) -> None:
    keys = ("alarm", "alarm_text", "alarm_code")
    by_status = silent(7, alarm_code=80.0)
    by_status.loc[NOW - timedelta(minutes=60) :, "alarm_status"] = 1.0
    found, entry = await shown(hass, by_status, *keys)
    await hass.config_entries.async_remove(entry.entry_id)
    assert list(found.values()) == [STATE_ON, "Alarm", STATE_UNKNOWN]

    no_status = silent(7, alarm_status=0.0)
    found, entry = await shown(hass, no_status, *keys)
    await hass.config_entries.async_remove(entry.entry_id)
    assert list(found.values()) == [STATE_UNKNOWN, STATE_UNKNOWN, "0"]


async def test_an_alarm_that_is_over_is_none(hass: HomeAssistant) -> None:
    keys = ("alarm", "alarm_text", "alarm_code")
    found, entry = await shown(hass, silent(0), *keys)
    await hass.config_entries.async_unload(entry.entry_id)

    assert list(found.values()) == [STATE_OFF, "none", "0"]


@pytest.mark.parametrize(
    ("series", "unknown"),
    [
        ({"compressor_status": 0.0}, {"compressor", "mode", "hot_water_charging"}),
        ({"brine_pump_status": 1.0}, {"brine_pump"}),
        ({"radiator_pump_status": 1.0}, {"circulation_pump"}),
        # At rest it may be the heater alone, or nothing.
        ({"additional_heat_percent": 33.0}, {"auxiliary_heater", "mode"}),
        ({"additional_heat_percent": 0.0}, {"auxiliary_heater", "mode"}),
        # A compressor that rests heats no hot water, wherever the valve is.
        ({"switch_valve_status": 1.0}, set()),
    ],
)
async def test_states_that_fall_silent(
    hass: HomeAssistant,
    hass_ws_client: WebSocketGenerator,
    series: dict[str, float],
    unknown: set[str],
) -> None:
    keys = {
        *("compressor", "brine_pump", "circulation_pump", "mode"),
        *("auxiliary_heater", "hot_water_charging"),
    }
    found, entry = await shown(hass, silent(7, **series), *keys)
    client = await hass_ws_client(hass)
    status = (await subscribe(client, PUMP, range="1h")).snapshot["status"]
    await hass.config_entries.async_unload(entry.entry_id)

    assert {key for key, state in found.items() if state == STATE_UNKNOWN} == unknown
    assert (status["mode"] is None) == ("mode" in unknown)
    assert unknown.isdisjoint(status["since"])


async def test_a_silent_valve_leaves_open_what_a_running_compressor_heats(
    hass: HomeAssistant, freezer: FrozenDateTimeFactory
) -> None:
    now = NOW.replace(minute=18)
    freezer.move_to(now)
    stored = thermia(now - timedelta(hours=6), now)
    assert stored["compressor_status"].iloc[-1] == 1
    stored.loc[now - timedelta(minutes=7) :, "switch_valve_status"] = np.nan
    found, entry = await shown(hass, stored, "compressor", "hot_water_charging", "mode")
    await hass.config_entries.async_unload(entry.entry_id)

    assert found == {
        "compressor": STATE_ON,
        "hot_water_charging": STATE_UNKNOWN,
        "mode": STATE_UNKNOWN,
    }


async def test_the_status_tells_an_unknown_alarm_from_none(
    hass: HomeAssistant, hass_ws_client: WebSocketGenerator
) -> None:
    _, entry = await shown(hass, silent(7, **ALARM))
    client = await hass_ws_client(hass)
    status: dict[str, Any] = (await subscribe(client, PUMP, range="1h")).snapshot[
        "status"
    ]
    await hass.config_entries.async_unload(entry.entry_id)

    assert status["alarm"] == {"active": None, "code": None, "text": None}
    assert "alarm" not in status["since"]
