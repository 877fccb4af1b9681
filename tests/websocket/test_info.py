"""What is told of the heat pumps before any data."""

from datetime import UTC, datetime, timedelta

from freezegun.api import FrozenDateTimeFactory
from homeassistant.core import HomeAssistant
from homeassistant.helpers import entity_registry as er
from pytest_homeassistant_custom_component.common import MockConfigEntry
from pytest_homeassistant_custom_component.typing import WebSocketGenerator

from custom_components.heatpump_dashboard.const import DOMAIN
from custom_components.heatpump_dashboard.entity import identity
from tests.support.memory_source import MemorySource, thermia
from tests.support.pump_entry import NOW, PUMP, add_entry, served_by, set_up

from .common import info_of, ms


def source_start() -> datetime:
    return datetime(2026, 1, 20, 12, 30, 30, tzinfo=UTC)


async def test_info_describes_the_pumps(
    hass: HomeAssistant, entry: MockConfigEntry, hass_ws_client: WebSocketGenerator
) -> None:
    client = await hass_ws_client(hass)
    (info,) = await info_of(client)

    assert (info["id"], info["name"], info["brand"]) == (PUMP, "Cellar pump", "thermia")
    assert info["metrics"]["supply_temp"] == {
        "unit": "°C",
        "series": "radiator_forward",
    }
    assert info["metrics"]["compressor"]["unit"] is None
    assert info["views"] == {
        view: {"available": True}
        for view in (
            "sankey",
            "cop",
            "runtime",
            "temperature",
            "performance",
            "power",
            "valve",
        )
    }
    assert info["first_reading"] == ms(source_start())
    assert info["last_reading"] == ms(NOW - timedelta(seconds=10))
    assert info["settings"] == {
        "currency": "EUR",
        "price": None,
        "flow_factor": 2.7,
        "flow_factor_measured": False,
        "auxiliary_power": 9.0,
        "compressor_power": None,
        "digits": dict.fromkeys(info["metrics"], 0),
        "heat_pump_type": "ground",
        "boundary": "H4",
        "count_kwh": 0.0,
        "heat_count_kwh": 0.0,
        "brand_name": "Thermia",
    }


async def test_info_says_why_a_view_is_missing(
    hass: HomeAssistant,
    freezer: FrozenDateTimeFactory,
    hass_ws_client: WebSocketGenerator,
) -> None:
    stored = thermia(NOW - timedelta(hours=3), NOW).drop(
        columns=["power_consumption", "radiator_return", "switch_valve_status"]
    )
    with served_by(MemorySource(stored)):
        entry = add_entry(hass)
        await set_up(hass, entry)
        client = await hass_ws_client(hass)
        (info,) = await info_of(client)
        await hass.config_entries.async_unload(entry.entry_id)

    missing = {view: state.get("reason") for view, state in info["views"].items()}
    assert missing == {
        "sankey": "no_heat",
        "cop": "no_heat",
        "runtime": None,
        "temperature": None,
        "performance": None,
        "power": "no_power",
        "valve": None,
    }


async def test_info_names_the_enabled_entities(
    hass: HomeAssistant, entry: MockConfigEntry, hass_ws_client: WebSocketGenerator
) -> None:
    registry = er.async_get(hass)
    for key, disabled_by, subentry in (
        ("outdoor_temp", None, PUMP),
        ("supply_temp", er.RegistryEntryDisabler.USER, PUMP),
        ("outdoor_temp_2", None, None),
    ):
        registry.async_get_or_create(
            "sensor",
            DOMAIN,
            f"{identity(entry, entry.subentries[PUMP])}_{key}",
            config_entry=entry,
            config_subentry_id=subentry,
            disabled_by=disabled_by,
            suggested_object_id="frost",
        )
    client = await hass_ws_client(hass)
    (info,) = await info_of(client)

    # Neither one that is switched off, nor one of another pump.
    assert info["entities"] == {"outdoor_temp": "sensor.frost"}
