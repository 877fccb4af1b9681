"""Binary sensors: those of each demo heat pump, and what they show."""

from collections.abc import AsyncGenerator
from dataclasses import replace
from typing import Any
from unittest.mock import patch

from freezegun.api import FrozenDateTimeFactory
from homeassistant.const import (
    STATE_OFF,
    STATE_ON,
    STATE_UNAVAILABLE,
    STATE_UNKNOWN,
    Platform,
)
from homeassistant.core import HomeAssistant
from homeassistant.helpers import entity_registry as er
import pytest
from pytest_homeassistant_custom_component.common import (
    MockConfigEntry,
    snapshot_platform,
)
from syrupy.assertion import SnapshotAssertion

from custom_components.heatpump_dashboard.pump.present import AlarmState

NOW = "2026-01-22 14:30:10+00:00"


@pytest.fixture
async def entry(
    hass: HomeAssistant, demo_entry: MockConfigEntry, freezer: FrozenDateTimeFactory
) -> AsyncGenerator[MockConfigEntry]:
    """Return the demo, set up with its binary sensors at a moment that stays."""
    freezer.move_to(NOW)
    await hass.config.async_set_time_zone("Europe/Stockholm")
    with patch(
        "custom_components.heatpump_dashboard.PLATFORMS", [Platform.BINARY_SENSOR]
    ):
        assert await hass.config_entries.async_setup(demo_entry.entry_id)
        await hass.async_block_till_done()
        yield demo_entry
        await hass.config_entries.async_unload(demo_entry.entry_id)


async def states(
    hass: HomeAssistant, entry: MockConfigEntry, pump: str, **changes: Any
) -> dict[str, str]:
    """Return the states of a pump's binary sensors after a change of its data."""
    coordinator = entry.runtime_data.coordinators[pump]
    coordinator.async_set_updated_data(replace(coordinator.data, **changes))
    await hass.async_block_till_done()
    prefix = f"binary_sensor.demo_{pump}_"
    return {
        found.entity_id.removeprefix(prefix): found.state
        for found in hass.states.async_all("binary_sensor")
        if found.entity_id.startswith(prefix)
    }


async def test_binary_sensors_of_all_brands(
    hass: HomeAssistant,
    entry: MockConfigEntry,
    entity_registry: er.EntityRegistry,
    snapshot: SnapshotAssertion,
) -> None:
    await snapshot_platform(hass, entity_registry, snapshot, entry.entry_id)


async def test_states_follow_the_readings(
    hass: HomeAssistant, entry: MockConfigEntry
) -> None:
    found = await states(
        hass,
        entry,
        "thermia",
        metrics={
            "compressor": 1.0,
            "brine_pump": 1.0,
            "circulation_pump": 0.0,
        },
        auxiliary=False,
        hot_water=True,
        alarm=AlarmState(active=True, code=1),
    )
    assert found == {
        "compressor": STATE_ON,
        "brine_pump": STATE_ON,
        "circulation_pump": STATE_OFF,
        "hot_water_charging": STATE_ON,
        "auxiliary_heater": STATE_OFF,
        "alarm": STATE_ON,
        "attention": STATE_UNKNOWN,
    }


async def test_what_is_not_known_is_neither_on_nor_off(
    hass: HomeAssistant, entry: MockConfigEntry
) -> None:
    found = await states(
        hass,
        entry,
        "thermia",
        metrics={},
        auxiliary=None,
        hot_water=None,
        alarm=AlarmState(),
    )
    assert len(found) == 7
    assert set(found.values()) == {STATE_UNKNOWN}


async def test_old_readings_make_them_unavailable(
    hass: HomeAssistant, entry: MockConfigEntry
) -> None:
    found = await states(hass, entry, "thermia", stale=True)
    # What days say stays true.
    assert found.pop("attention") == STATE_UNKNOWN
    assert set(found.values()) == {STATE_UNAVAILABLE}
