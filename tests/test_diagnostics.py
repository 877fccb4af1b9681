"""Diagnostics: enough to help, nothing that is secret."""

import json

from freezegun.api import FrozenDateTimeFactory
from homeassistant.components.diagnostics import REDACTED
from homeassistant.core import HomeAssistant
from homeassistant.setup import async_setup_component
import pytest
from pytest_homeassistant_custom_component.common import (
    MockConfigEntry,
    get_system_health_info,
)
from pytest_homeassistant_custom_component.components.diagnostics import (
    get_diagnostics_for_config_entry,
)
from pytest_homeassistant_custom_component.typing import ClientSessionGenerator

from custom_components.heatpump_dashboard.const import DOMAIN

NOW = "2026-01-22 14:30:10+00:00"


@pytest.fixture
async def entry(
    hass: HomeAssistant, demo_entry: MockConfigEntry, freezer: FrozenDateTimeFactory
) -> MockConfigEntry:
    """Return the demo, set up."""
    freezer.move_to(NOW)
    assert await hass.config_entries.async_setup(demo_entry.entry_id)
    await hass.async_block_till_done()
    return demo_entry


async def test_every_pump_says_what_it_knows(
    hass: HomeAssistant, entry: MockConfigEntry, hass_client: ClientSessionGenerator
) -> None:
    found = await get_diagnostics_for_config_entry(hass, hass_client, entry)
    assert found["source"] == {"source": "demo"}
    thermia, ivt, nibe = found["pumps"]
    assert thermia["settings"]["brand"] == "thermia"
    assert thermia["series"]["supply_temp"] == "radiator_forward"
    assert ivt["series"]["supply_temp"] == "heat_carrier_forward"
    assert "power" not in nibe["series"]
    assert thermia["source"] == "ok"
    assert thermia["time"].startswith("2026-01-22T14:")
    assert thermia["metrics"]["supply_temp"] == round(thermia["metrics"]["supply_temp"])
    assert thermia["today"]["covered_s"] > 0


async def test_an_entry_that_is_not_loaded_tells_its_settings(
    hass: HomeAssistant, entry: MockConfigEntry, hass_client: ClientSessionGenerator
) -> None:
    assert await hass.config_entries.async_unload(entry.entry_id)
    found = await get_diagnostics_for_config_entry(hass, hass_client, entry)
    assert found["state"] == "not_loaded"
    assert [pump["settings"]["brand"] for pump in found["pumps"]] == [
        "thermia",
        "ivt",
        "nibe",
    ]


async def test_no_secret_is_in_it(
    hass: HomeAssistant, entry: MockConfigEntry, hass_client: ClientSessionGenerator
) -> None:
    data = {
        **entry.data,
        "url": "http://influx.local:8086",
        "token": "top-secret",
        "organization": "family",
        "username": "grandmother",
        "password": "hush-hush",
    }
    entry.runtime_data.coordinators["thermia"].async_set_update_error(
        RuntimeError("http://influx.local:8086 says no to top-secret")
    )
    hass.config_entries.async_update_entry(entry, data=data)
    found = await get_diagnostics_for_config_entry(hass, hass_client, entry)
    text = json.dumps(found)
    assert found["source"]["token"] == REDACTED
    for secret in ("top-secret", "influx.local", "family", "grandmother", "hush-hush"):
        assert secret not in text


async def test_system_health_tells_how_old_the_readings_are(
    hass: HomeAssistant, entry: MockConfigEntry
) -> None:
    assert await async_setup_component(hass, "system_health", {})
    await hass.async_block_till_done()
    info = await get_system_health_info(hass, DOMAIN)
    assert info["heat_pumps"] == 3
    assert info["last_reading"].startswith("2026-01-22T14:")
