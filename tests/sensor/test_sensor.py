"""Sensors: those of each demo heat pump, and what they show when something is odd."""

from collections.abc import AsyncGenerator, Mapping
from dataclasses import replace
from typing import Any
from unittest.mock import patch

from freezegun.api import FrozenDateTimeFactory
from homeassistant.config_entries import ConfigSubentryDataWithId
from homeassistant.const import STATE_UNAVAILABLE, STATE_UNKNOWN, Platform
from homeassistant.core import HomeAssistant
from homeassistant.helpers import device_registry as dr, entity_registry as er
import pytest
from pytest_homeassistant_custom_component.common import (
    MockConfigEntry,
    snapshot_platform,
)
from syrupy.assertion import SnapshotAssertion

from custom_components.heatpump_dashboard.const import CONF_SOURCE, DOMAIN, SOURCE_DEMO
from custom_components.heatpump_dashboard.coordinator import HeatPumpCoordinator
from custom_components.heatpump_dashboard.profiles import alarm_text, load
from custom_components.heatpump_dashboard.pump.present import AlarmState
from custom_components.heatpump_dashboard.setup_flow.demo import demo_pump

# A cold Thursday afternoon.
NOW = "2026-01-22 14:30:10+00:00"


@pytest.fixture
async def entry(
    hass: HomeAssistant, demo_entry: MockConfigEntry, freezer: FrozenDateTimeFactory
) -> AsyncGenerator[MockConfigEntry]:
    """Return the demo, set up with its sensors at a moment that does not pass."""
    freezer.move_to(NOW)
    await hass.config.async_set_time_zone("Europe/Stockholm")
    with patch("custom_components.heatpump_dashboard.PLATFORMS", [Platform.SENSOR]):
        assert await hass.config_entries.async_setup(demo_entry.entry_id)
        await hass.async_block_till_done()
        yield demo_entry
        await hass.config_entries.async_unload(demo_entry.entry_id)


@pytest.fixture
def thermia(entry: MockConfigEntry) -> HeatPumpCoordinator:
    """Return the coordinator of the Thermia."""
    coordinator: HeatPumpCoordinator = entry.runtime_data.coordinators["thermia"]
    return coordinator


def state(hass: HomeAssistant, key: str) -> str:
    """Return the state of a sensor of the Thermia."""
    found = hass.states.get(f"sensor.demo_thermia_{key}")
    assert found is not None
    return found.state


def attributes(hass: HomeAssistant, key: str) -> Mapping[str, Any]:
    found = hass.states.get(f"sensor.demo_thermia_{key}")
    assert found is not None, key
    return found.attributes


async def show(
    hass: HomeAssistant, coordinator: HeatPumpCoordinator, **changes: Any
) -> None:
    """Show the coordinator's data with some of them changed."""
    coordinator.async_set_updated_data(replace(coordinator.data, **changes))
    await hass.async_block_till_done()


@pytest.mark.usefixtures("all_entities_enabled")
async def test_sensors_of_all_brands(
    hass: HomeAssistant,
    entry: MockConfigEntry,
    entity_registry: er.EntityRegistry,
    snapshot: SnapshotAssertion,
) -> None:
    await snapshot_platform(hass, entity_registry, snapshot, entry.entry_id)


async def test_each_pump_is_a_device_of_its_subentry(
    hass: HomeAssistant, entry: MockConfigEntry, device_registry: dr.DeviceRegistry
) -> None:
    devices = dr.async_entries_for_config_entry(device_registry, entry.entry_id)
    found = {(d.name, d.manufacturer, d.config_subentry_id) for d in devices}
    assert found == {
        ("Demo Thermia", "Thermia", "thermia"),
        ("Demo IVT", "IVT", "ivt"),
        ("Demo NIBE", "NIBE", "nibe"),
    }


@pytest.mark.parametrize(("pump", "digits"), [("thermia", 0), ("ivt", 1)])
async def test_temperatures_show_the_decimals_their_sensors_have(
    entry: MockConfigEntry,
    entity_registry: er.EntityRegistry,
    pump: str,
    digits: int,
) -> None:
    found = entity_registry.async_get(f"sensor.demo_{pump}_supply_temperature")
    assert found is not None
    assert found.options["sensor"]["suggested_display_precision"] == digits


async def test_noisy_ones_are_off_until_wanted(
    hass: HomeAssistant, entry: MockConfigEntry, entity_registry: er.EntityRegistry
) -> None:
    entries = er.async_entries_for_config_entry(entity_registry, entry.entry_id)
    off = {e.translation_key for e in entries if e.disabled}
    assert off == {
        "avoidable_auxiliary",
        "brine_difference",
        "compressor_cop_today",
        "compressor_electricity",
        "compressor_speed",
        "cop_deviation",
        "cop_last_month",
        "cop_this_year",
        "cost_last_month",
        "cost_this_year",
        "days_since_60",
        "electricity_last_month",
        "electricity_this_year",
        "full_load_temp",
        "heat_last_month",
        "heat_loss",
        "heat_this_year",
        "hot_gas_temp",
        "supply_return_difference",
    }


async def test_identity_outlives_the_subentry(
    hass: HomeAssistant, entry: MockConfigEntry, entity_registry: er.EntityRegistry
) -> None:
    """A pump that is removed and added again gets the same entities."""
    entries = er.async_entries_for_config_entry(entity_registry, entry.entry_id)
    unique_ids = {e.unique_id for e in entries if e.config_subentry_id == "thermia"}
    assert "demo_thermia_cop" in unique_ids
    assert all(unique_id.startswith("demo_thermia_") for unique_id in unique_ids)


@pytest.mark.parametrize(
    ("language", "text"), [("sv", "Högtryck (1)"), ("de", "High pressure (1)")]
)
async def test_alarm_is_told_in_the_language_of_the_home(
    hass: HomeAssistant, thermia: HeatPumpCoordinator, language: str, text: str
) -> None:
    hass.config.language = language
    alarm = AlarmState(
        active=True, code=1, texts={"en": "High pressure (1)", "sv": "Högtryck (1)"}
    )
    await show(hass, thermia, alarm=alarm)
    assert state(hass, "alarm_text") == text
    assert state(hass, "alarm_code") == "1"

    await show(hass, thermia, alarm=AlarmState(active=False, code=1))
    assert state(hass, "alarm_text") == "none"

    await show(hass, thermia, alarm=AlarmState(code=1))
    assert state(hass, "alarm_text") == STATE_UNKNOWN
    assert state(hass, "alarm_code") == "1"


async def test_more_alarms_than_a_state_has_room_for_are_cut_between_two(
    hass: HomeAssistant, thermia: HeatPumpCoordinator
) -> None:
    text = alarm_text(load("thermia"), 65535.0, active=True, language="en")
    assert text is not None
    alarms = text.split(", ")
    await show(
        hass, thermia, alarm=AlarmState(active=True, code=65535, texts={"en": text})
    )
    *told, more = state(hass, "alarm_text").split(", ")
    assert more == "…"
    assert told == alarms[: len(told)]
    assert 200 < len(state(hass, "alarm_text")) <= 255


@pytest.mark.parametrize(
    ("value", "shown"), [(2.0, "heat_pump_only"), (0.0, "off"), (9.0, STATE_UNKNOWN)]
)
async def test_operating_mode_has_a_name_or_none(
    hass: HomeAssistant, thermia: HeatPumpCoordinator, value: float, shown: str
) -> None:
    await show(hass, thermia, metrics={"operating_mode": value})
    assert state(hass, "operating_mode") == shown


async def test_what_is_not_known_is_not_shown(
    hass: HomeAssistant, thermia: HeatPumpCoordinator
) -> None:
    """No valid value is no number, never 0."""
    await show(hass, thermia, metrics={}, cop=None, power=None, mode=None, today={})
    for key in (
        "cop",
        "cop_today",
        "power",
        "supply_temperature",
        "mode",
        "compressor_runtime_today",
        "compressor_starts_today",
        "auxiliary_heater_share_today",
    ):
        assert state(hass, key) == STATE_UNKNOWN, key


async def test_share_of_the_auxiliary_heater_is_of_the_time_that_is_known(
    hass: HomeAssistant, thermia: HeatPumpCoordinator
) -> None:
    day = {"covered_s": 36000.0, "auxiliary_on_s": 900.0, "auxiliary_known_s": 18000.0}
    await show(hass, thermia, today=day)
    assert float(state(hass, "auxiliary_heater_share_today")) == 5.0


@pytest.mark.usefixtures("all_entities_enabled")
async def test_a_cop_that_is_unknown_says_why(
    hass: HomeAssistant, thermia: HeatPumpCoordinator
) -> None:
    day = {**thermia.data.today, "cop_system": None, "cop_compressor": None}
    why = {"cop_system_reason": "negative_heat", "cop_reason": "too_little"}
    await show(
        hass,
        thermia,
        cop=None,
        cop_reason="just_started",
        today=day | why,
        this_month={},
    )
    reasons = {
        key: attributes(hass, key)["reason"]
        for key in ("cop", "cop_today", "compressor_cop_today", "cop_this_month")
    }
    assert reasons == {
        "cop": "just_started",
        "cop_today": "negative_heat",
        "compressor_cop_today": "too_little",
        "cop_this_month": "not_read",
    }


@pytest.mark.usefixtures("all_entities_enabled")
async def test_differences_need_both_temperatures(
    hass: HomeAssistant, thermia: HeatPumpCoordinator
) -> None:
    await show(
        hass,
        thermia,
        metrics={"supply_temp": 34.1, "return_temp": 30.2, "brine_in_temp": 3.0},
    )
    assert float(state(hass, "supply_return_difference")) == 3.9
    assert state(hass, "brine_difference") == STATE_UNKNOWN


@pytest.mark.usefixtures("all_entities_enabled")
@pytest.mark.parametrize(("compressor", "shown"), [(1.0, STATE_UNKNOWN), (0.0, "65.0")])
async def test_a_difference_that_cannot_be_is_not_shown(
    hass: HomeAssistant,
    thermia: HeatPumpCoordinator,
    compressor: float,
    shown: str,
) -> None:
    metrics = {"supply_temp": 100.0, "return_temp": 35.0, "compressor": compressor}
    await show(hass, thermia, metrics=metrics)
    assert state(hass, "supply_return_difference") == shown


async def test_old_readings_make_sensors_unavailable(
    hass: HomeAssistant, thermia: HeatPumpCoordinator
) -> None:
    await show(hass, thermia, stale=True)
    assert state(hass, "supply_temperature") == STATE_UNAVAILABLE
    await show(hass, thermia, stale=False)
    assert state(hass, "supply_temperature") != STATE_UNAVAILABLE


async def test_failed_poll_makes_sensors_unavailable(
    hass: HomeAssistant, thermia: HeatPumpCoordinator
) -> None:
    thermia.async_set_update_error(RuntimeError("gone"))
    await hass.async_block_till_done()
    assert state(hass, "supply_temperature") == STATE_UNAVAILABLE
    other = hass.states.get("sensor.demo_ivt_supply_temperature")
    assert other is not None
    assert other.state != STATE_UNAVAILABLE


async def test_a_pump_mapped_by_hand_has_what_is_mapped(
    hass: HomeAssistant,
    freezer: FrozenDateTimeFactory,
    entity_registry: er.EntityRegistry,
    device_registry: dr.DeviceRegistry,
) -> None:
    freezer.move_to(NOW)
    mapping = {"supply_temp": "radiator_forward", "operating_mode": "operating_mode"}
    settings = {**demo_pump(load("generic"))["data"], "bucket": "thermia"}
    pump = ConfigSubentryDataWithId(
        data={**settings, "series": mapping},
        subentry_id="hand",
        subentry_type="heat_pump",
        title="By hand",
        unique_id="thermia",
    )
    entry = MockConfigEntry(
        domain=DOMAIN, data={CONF_SOURCE: SOURCE_DEMO}, subentries_data=[pump]
    )
    entry.add_to_hass(hass)
    assert await hass.config_entries.async_setup(entry.entry_id)
    await hass.async_block_till_done()

    shown = {
        e.translation_key
        for e in er.async_entries_for_config_entry(entity_registry, entry.entry_id)
    }
    # A mode whose numbers have no names is no enum; a power is configured, but
    # without a return temperature there is no heat and so no COP.
    assert shown == {"supply_temp", "power", "attention", "verdict"}
    (device,) = dr.async_entries_for_config_entry(device_registry, entry.entry_id)
    assert device.manufacturer is None
