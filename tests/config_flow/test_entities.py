"""The step that asks which entity is what: options, guesses, refusals, units."""

from datetime import UTC, datetime, timedelta

from freezegun.api import FrozenDateTimeFactory
from homeassistant.config_entries import ConfigFlowResult
from homeassistant.core import HomeAssistant
from homeassistant.data_entry_flow import FlowResultType
from homeassistant.helpers import device_registry as dr, entity_registry as er
from homeassistant.util.unit_system import (
    METRIC_SYSTEM,
    US_CUSTOMARY_SYSTEM,
    UnitSystem,
)
import numpy as np
import pandas as pd
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.heatpump_dashboard.setup_flow.entities import (
    converted_series,
    entities_schema,
    refusals,
    units,
    with_entities,
    with_mapping,
)
from custom_components.heatpump_dashboard.sources import QueryFailed, SeriesInfo
from tests.support.fake_source import FakeSource

from .common import options, submit, suggested, to_brand

# When the fake source has its last values.
WRITTEN = datetime(2026, 11, 24, tzinfo=UTC)


async def to_entities(hass: HomeAssistant) -> ConfigFlowResult:
    """Go to the step that asks which entity is what."""
    result = await submit(hass, await to_brand(hass, "home"), {"name": "Cellar"})
    assert result["step_id"] == "entities"
    return result


async def test_likely_entities_are_preselected_and_unsure_ones_left_empty(
    hass: HomeAssistant, source: FakeSource
) -> None:
    chosen = {k: v for k, v in suggested(await to_entities(hass)).items() if v}
    assert chosen == {
        "supply_temp": "sensor.supply",
        "return_temp": "sensor.return",
        "compressor": "binary_sensor.compressor",
    }


async def test_readings_tell_candidates_apart(
    hass: HomeAssistant, source: FakeSource
) -> None:
    """Where what is called return is the warmer one, it is the supply."""
    index = pd.date_range(WRITTEN, periods=240, freq="1min", name="time")
    on = np.arange(240) % 60 < 40
    source.rows = pd.DataFrame(
        {
            "binary_sensor.compressor": on.astype(float),
            "sensor.supply": np.where(on, 30.0, 28.0),
            "sensor.return": np.where(on, 36.0, 28.0),
        },
        index=index,
    )
    chosen = {k: v for k, v in suggested(await to_entities(hass)).items() if v}
    assert chosen == {
        "supply_temp": "sensor.return",
        "return_temp": "sensor.supply",
        "compressor": "binary_sensor.compressor",
    }


async def test_names_are_gone_by_where_readings_cannot_be_read(
    hass: HomeAssistant, source: FakeSource
) -> None:
    result = await to_brand(hass, "home")
    source.fail("too_large", QueryFailed)
    result = await submit(hass, result, {"name": "Cellar"})
    assert result["step_id"] == "entities"
    assert not result["errors"]
    assert suggested(result)["supply_temp"] == "sensor.supply"


async def test_an_option_tells_value_unit_age_and_what_the_entity_is_called(
    hass: HomeAssistant, source: FakeSource, freezer: FrozenDateTimeFactory
) -> None:
    freezer.move_to(WRITTEN + timedelta(minutes=7))
    hass.states.async_set("sensor.supply", "34", {"friendly_name": "Supply line (BT2)"})
    result = await to_entities(hass)
    assert options(result, "supply_temp") == [
        {
            "value": "sensor.supply",
            "label": "Supply line (BT2) · 1.5 °C · 7 min · sensor.supply",
        },
        {"value": "sensor.return", "label": "sensor.return · 1.5 °C · 7 min"},
    ]
    assert {
        "value": "sensor.speed",
        "label": "sensor.speed · 1.5 Hz · 7 min",
    } in options(result, "compressor")
    assert {
        "value": "sensor.mode=Hot Water",
        "label": "sensor.mode · Hot Water = 0 · 7 min",
    } in (options(result, "hot_water_valve"))


async def test_beside_a_guess_stands_its_value_of_now(
    hass: HomeAssistant, source: FakeSource, freezer: FrozenDateTimeFactory
) -> None:
    """A field shows what is chosen by its name alone."""
    freezer.move_to(WRITTEN + timedelta(hours=3))
    hass.states.async_set("sensor.return", "1", {"friendly_name": "Return line"})
    result = await to_entities(hass)
    beside = result["description_placeholders"]
    assert beside is not None
    assert beside["supply_temp"] == "sensor.supply · 1.5 °C · 3 h"
    assert beside["compressor"] == "binary_sensor.compressor · 1.5 · 3 h"
    assert beside["return_temp"] == "Return line · 1.5 °C · 3 h"
    assert beside["power"] == ""


async def test_what_is_chosen_is_stored_with_the_unit_that_is_another(
    hass: HomeAssistant, source: FakeSource
) -> None:
    mapping = {
        "supply_temp": "sensor.supply",
        "return_temp": "sensor.return",
        "power": "sensor.power",
        "compressor": "sensor.speed",
        "hot_water_valve": "sensor.mode=Hot Water",
        "indoor_temp": "sensor.of_tomorrow",
    }
    result = await submit(hass, await to_entities(hass), mapping)
    assert result["type"] is FlowResultType.CREATE_ENTRY
    (pump,) = result["result"].subentries.values()
    assert pump.data["brand"] == "generic"
    assert pump.data["series"] == mapping
    assert pump.data["units"] == {"power": "kW"}


@pytest.mark.parametrize(
    ("metric", "name", "error"),
    [
        ("supply_temp", "sensor.humidity", "not_temperature"),
        ("compressor", "sensor.supply", "not_state"),
        ("auxiliary_percent", "sensor.speed", "not_percent"),
        ("power", "sensor.supply", "not_power"),
        ("energy", "sensor.power", "not_energy"),
        ("flow", "sensor.power", "not_number"),
        ("alarm_code", "sensor.power", "not_code"),
        ("compressor", "sensor.mode", "not_words"),
        ("supply_temp", "sensor.mode", "not_number"),
        ("supply_temp", "sensor.mode=Heat", "not_number"),
        ("return_temp", "sensor.supply", "same_series"),
    ],
)
async def test_what_cannot_be_the_metric_is_refused_and_mended(
    hass: HomeAssistant, source: FakeSource, metric: str, name: str, error: str
) -> None:
    right = {"supply_temp": "sensor.supply", "return_temp": "sensor.return"}
    result = await submit(hass, await to_entities(hass), right | {metric: name})
    assert result["errors"] == {metric: error}
    assert suggested(result)[metric] == name
    result = await submit(hass, result, right)
    assert result["type"] is FlowResultType.CREATE_ENTRY


@pytest.mark.parametrize("grows", [True, False])
async def test_what_only_counts_is_refused_as_what_is_on_or_off(
    hass: HomeAssistant, source: FakeSource, grows: bool
) -> None:
    """A counter of starts has no unit, and is above 0 for ever."""
    result = await to_entities(hass)
    starts = "binary_sensor.compressor"
    index = pd.date_range(WRITTEN, periods=48, freq="1h", name="time")
    counted = 3000.0 + np.arange(48) // 4
    source.rows = pd.DataFrame({starts: counted if grows else counted % 5}, index=index)
    right = {"supply_temp": "sensor.supply", "return_temp": "sensor.return"}
    result = await submit(hass, result, right | {"compressor": starts})
    assert result["type"] is (
        FlowResultType.FORM if grows else FlowResultType.CREATE_ENTRY
    )
    if grows:
        assert result["errors"] == {"compressor": "not_state"}


@pytest.mark.parametrize(
    ("system", "unit", "converted"),
    [(METRIC_SYSTEM, "°C", {}), (US_CUSTOMARY_SYSTEM, "°F", {"hot_water_temp": "°F"})],
)
async def test_temperatures_in_attributes_are_told_in_home_assistants_own_unit(
    hass: HomeAssistant, system: UnitSystem, unit: str, converted: dict[str, str]
) -> None:
    """The export writes none, and in °F they would be taken for °C."""
    hass.config.units = system
    names = ("water_heater.tank#current_temperature", "climate.hp#hvac_action")
    exported = [
        SeriesInfo(names[0], None, WRITTEN, 120.0),
        SeriesInfo(names[1], None, WRITTEN, np.nan, words=("idle",)),
    ]
    series, _, _ = with_entities(hass, exported)
    assert [info.unit for info in series] == [unit, None]
    mapping = {"hot_water_temp": names[0]}
    assert refusals(series, mapping) == {}
    assert units(series, mapping, {}) == converted
    fields = entities_schema(series, {}, WRITTEN).schema
    offered = {
        str(field): selector.config["options"] for field, selector in fields.items()
    }
    assert [one["value"] for one in offered["hot_water_temp"]] == [names[0]]
    assert offered["power"] == []


async def test_entities_of_one_device_belong_together(
    hass: HomeAssistant,
    source: FakeSource,
    device_registry: dr.DeviceRegistry,
    entity_registry: er.EntityRegistry,
) -> None:
    """Then power is that of the heat pump, which its name alone does not say."""
    entry = MockConfigEntry(domain="some_pump")
    entry.add_to_hass(hass)
    device = device_registry.async_get_or_create(
        config_entry_id=entry.entry_id, identifiers={("some_pump", "1")}
    )
    for entity in ("supply", "return", "power"):
        entity_registry.async_get_or_create(
            "sensor",
            "some_pump",
            entity,
            suggested_object_id=entity,
            device_id=device.id,
            config_entry=entry,
        )
    chosen = {k: v for k, v in suggested(await to_entities(hass)).items() if v}
    assert chosen == {
        "supply_temp": "sensor.supply",
        "return_temp": "sensor.return",
        "power": "sensor.power",
    }


@pytest.mark.parametrize("linked", ["by a device", "by the entry", "not at all"])
async def test_one_heat_pump_may_be_several_devices(
    hass: HomeAssistant,
    source: FakeSource,
    device_registry: dr.DeviceRegistry,
    entity_registry: er.EntityRegistry,
    linked: str,
) -> None:
    platform = "mqtt" if linked != "by the entry" else "some_pump"
    entry = MockConfigEntry(domain=platform)
    entry.add_to_hass(hass)
    parts = {
        "water": [("sensor", "supply"), ("sensor", "return")],
        "machine": [("binary_sensor", "compressor"), ("sensor", "power")],
    }
    ids: dict[str, str] = {}
    for part, entities in parts.items():
        via = ids.get("water") if linked == "by a device" else None
        device = device_registry.async_get_or_create(
            config_entry_id=entry.entry_id,
            identifiers={(platform, part)},
            via_device_id=via,
        )
        ids[part] = device.id
        for domain, entity in entities:
            entity_registry.async_get_or_create(
                domain,
                platform,
                entity,
                suggested_object_id=entity,
                device_id=device.id,
                config_entry=entry,
            )
    chosen = {k: v for k, v in suggested(await to_entities(hass)).items() if v}
    whole = {
        "supply_temp": "sensor.supply",
        "return_temp": "sensor.return",
        "compressor": "binary_sensor.compressor",
        "power": "sensor.power",
    }
    assert (chosen == whole) == (linked != "not at all")


@pytest.mark.parametrize(
    ("one", "other", "unit"),
    [
        ("energy", "heat_energy", "kWh"),
        ("power", "auxiliary_power", "kW"),
        ("brine_in_temp", "brine_out_temp", "°C"),
        ("supply_temp", "hot_water_temp", "°C"),
        ("auxiliary_step_1", "auxiliary_step_2", None),
    ],
)
def test_one_series_is_not_two_that_differ(
    one: str, other: str, unit: str | None
) -> None:
    told = SeriesInfo("sensor.a", unit, WRITTEN, 1.0)
    errors = refusals([told], {one: "sensor.a", other: "sensor.a"})
    assert list(errors.values()) == ["same_series"]
    assert errors.keys() < {one, other}


def test_air_may_be_what_the_heat_is_taken_from() -> None:
    told = SeriesInfo("sensor.a", "°C", WRITTEN, 1.0)
    mapping = {"outdoor_temp": "sensor.a", "brine_in_temp": "sensor.a"}
    assert refusals([told], mapping) == {}


@pytest.mark.parametrize(
    ("before", "now", "kept"),
    [("W", "kW", "W"), ("l/min", "m³/h", "l/min"), ("W", "%", None), ("W", None, "W")],
)
def test_what_is_on_by_an_amount_goes_on_in_its_unit(
    before: str, now: str | None, kept: str | None
) -> None:
    """Each value is converted into it: another one would have the past read again."""
    stored = {"series": {"brine_pump": "sensor.a"}, "units": {"brine_pump": before}}
    series = [SeriesInfo("sensor.a", now, WRITTEN, 1.0)]
    mapping = {"brine_pump": "sensor.a"}
    converted = converted_series(series)
    changed = with_mapping(stored, series, mapping, {}, converted)
    assert changed.get("units", {}).get("brine_pump") == kept


async def test_what_an_integration_calls_its_entity_in_no_language_is_known(
    hass: HomeAssistant, entity_registry: er.EntityRegistry
) -> None:
    entity_registry.async_get_or_create(
        *("sensor", "vicare", "1"),
        suggested_object_id="vorlauf",
        translation_key="supply_temperature",
    )
    told = [
        SeriesInfo(f"sensor.{name}", "°C", WRITTEN, 1.0)
        for name in ("vorlauf", "other")
    ]
    series, _, _ = with_entities(hass, told)
    assert [info.key for info in series] == ["vicare.supply_temperature", None]
