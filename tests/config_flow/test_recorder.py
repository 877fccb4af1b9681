"""Home Assistant's own recorder as a source, from the menu to a heat pump."""

import threading
from typing import Any

from homeassistant.components.recorder import Recorder
from homeassistant.core import HomeAssistant
from homeassistant.data_entry_flow import FlowResultType
from homeassistant.helpers import entity_registry as er
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry
from pytest_homeassistant_custom_component.components.recorder.common import (
    async_wait_recording_done,
)

from custom_components.heatpump_dashboard.const import DOMAIN
from custom_components.heatpump_dashboard.setup_flow import heat_pump

from .common import options, start, submit, suggested

DEGREES = {"unit_of_measurement": "°C", "device_class": "temperature"}
MAPPING = {
    "supply_temp": "sensor.cellar_supply_line",
    "return_temp": "sensor.cellar_return_line",
    "compressor": "binary_sensor.cellar_compressor",
}


async def record(hass: HomeAssistant) -> None:
    """Let Home Assistant have a heat pump."""
    hass.states.async_set("sensor.cellar_supply_line", "38", DEGREES)
    hass.states.async_set("sensor.cellar_return_line", "33", DEGREES)
    hass.states.async_set("binary_sensor.cellar_compressor", "on")
    await async_wait_recording_done(hass)


async def test_from_the_menu_to_a_heat_pump(
    recorder_mock: Recorder, hass: HomeAssistant
) -> None:
    await record(hass)
    result = await start(hass, "recorder")
    assert result["step_id"] == "brand"
    assert suggested(result)["name"] == "Heat pump"
    result = await submit(hass, result, {"name": "Cellar"})
    assert result["step_id"] == "entities"
    likely = suggested(result)
    assert {metric: likely[metric] for metric in MAPPING} == MAPPING
    result = await submit(hass, result, MAPPING)
    assert result["type"] is FlowResultType.CREATE_ENTRY
    assert result["title"] == "Home Assistant"
    assert result["data"] == {"source": "recorder"}
    (pump,) = result["result"].subentries.values()
    assert pump.title == "Cellar"
    assert pump.unique_id == "Home Assistant binary_sensor.cellar_compressor"
    assert pump.data["series"] == MAPPING


async def test_what_is_off_at_the_moment_is_told_in_words_all_the_same(
    recorder_mock: Recorder, hass: HomeAssistant
) -> None:
    """As a number it would be 0 now and nothing ever after: never on."""
    await record(hass)
    priority, status = "sensor.cellar_priority", "sensor.cellar_status_compressor"
    for state in ("runs", "off"):
        hass.states.async_set(status, state)
        await async_wait_recording_done(hass)
    hass.states.async_remove("binary_sensor.cellar_compressor")
    hass.states.async_set(priority, "off", {"options": ["off", "heating", "hot_water"]})
    await async_wait_recording_done(hass)
    result = await submit(hass, await start(hass, "recorder"), {"name": "Cellar"})
    likely = suggested(result)
    assert likely["compressor"] == f"{status}=runs"
    assert likely["hot_water_valve"] == f"{priority}=hot_water"
    offered = {one["value"] for one in options(result, "compressor")}
    assert status not in offered
    result = await submit(
        hass, result, {"compressor": status, "hot_water_valve": priority}
    )
    assert result["errors"] == {
        "compressor": "not_words",
        "hot_water_valve": "not_words",
    }


async def test_our_own_entities_are_no_readings(
    recorder_mock: Recorder, hass: HomeAssistant, entity_registry: er.EntityRegistry
) -> None:
    await record(hass)
    ours = entity_registry.async_get_or_create(
        "sensor", DOMAIN, "ours", suggested_object_id="cellar_supply_temperature"
    )
    hass.states.async_set(ours.entity_id, "38", DEGREES)
    await async_wait_recording_done(hass)
    result = await submit(hass, await start(hass, "recorder"), {"name": "Cellar"})
    assert suggested(result)["supply_temp"] == MAPPING["supply_temp"]
    offered = {one["value"] for one in options(result, "supply_temp")}
    assert offered == {MAPPING["supply_temp"], MAPPING["return_temp"]}


async def test_there_is_only_one_recorder(
    recorder_mock: Recorder, hass: HomeAssistant
) -> None:
    MockConfigEntry(domain=DOMAIN, unique_id="recorder").add_to_hass(hass)
    result = await start(hass, "recorder")
    assert result["reason"] == "already_configured"


async def test_one_more_heat_pump_has_entities_of_its_own(
    recorder_mock: Recorder, hass: HomeAssistant
) -> None:
    await record(hass)
    result = await submit(hass, await start(hass, "recorder"), {"name": "Cellar"})
    entry = (await submit(hass, result, MAPPING))["result"]
    flow = await hass.config_entries.subentries.async_init(
        (entry.entry_id, "heat_pump"), context={"source": "user"}
    )
    for form in ({"name": "Attic"}, MAPPING):
        flow = await hass.config_entries.subentries.async_configure(
            flow["flow_id"], form
        )
    assert flow["errors"] == {"compressor": "already_added"}
    attic = {"supply_temp": "sensor.attic", "compressor": "binary_sensor.attic"}
    await hass.config_entries.subentries.async_configure(flow["flow_id"], attic)
    assert {pump.unique_id for pump in entry.subentries.values()} == {
        "Home Assistant binary_sensor.cellar_compressor",
        "Home Assistant binary_sensor.attic",
    }


async def test_nothing_is_recorded_yet(
    recorder_mock: Recorder, hass: HomeAssistant
) -> None:
    result = await start(hass, "recorder")
    assert result["reason"] == "no_entities"


async def test_there_is_no_recorder(hass: HomeAssistant) -> None:
    result = await start(hass, "recorder")
    assert result["reason"] == "recorder_missing"


async def test_a_recorder_has_no_connection_to_change(hass: HomeAssistant) -> None:
    entry = MockConfigEntry(
        domain=DOMAIN, unique_id="recorder", data={"source": "recorder"}
    )
    entry.add_to_hass(hass)
    result = await entry.start_reconfigure_flow(hass)
    assert result["reason"] == "nothing_to_reconfigure"


async def test_what_is_no_entitys_name_is_refused_and_blanks_around_one_do_not_count(
    recorder_mock: Recorder, hass: HomeAssistant
) -> None:
    """Nothing would ever be read of it, and nothing say so."""
    await record(hass)
    result = await submit(hass, await start(hass, "recorder"), {"name": "Cellar"})
    typed = {
        "supply_temp": f" {MAPPING['supply_temp']} ",
        "return_temp": "Sensor.Cellar_return_line",
        "compressor": "cellar compressor",
        "power": " ",
    }
    result = await submit(hass, result, typed)
    assert result["errors"] == {
        "return_temp": "not_entity",
        "compressor": "not_entity",
    }
    right = {"return_temp": MAPPING["return_temp"], "compressor": MAPPING["compressor"]}
    result = await submit(hass, result, {**typed, **right})
    (pump,) = result["result"].subentries.values()
    assert pump.data["series"] == MAPPING


async def test_the_last_word_of_what_is_unavailable_is_not_told_as_that_of_now(
    recorder_mock: Recorder, hass: HomeAssistant
) -> None:
    await record(hass)
    for state in ("runs", "off", "unavailable"):
        hass.states.async_set("sensor.cellar_status", state)
        await async_wait_recording_done(hass)
    result = await submit(hass, await start(hass, "recorder"), {"name": "Cellar"})
    labels = {one["value"]: one["label"] for one in options(result, "compressor")}
    for word in ("off", "runs"):
        label = labels[f"sensor.cellar_status={word}"]
        assert f"{word} = ?" in label
        assert " = 1" not in label


@pytest.mark.parametrize("name", ["recognise_preset", "named", "ranked"])
async def test_a_large_house_is_looked_through_beside_the_event_loop(
    recorder_mock: Recorder,
    hass: HomeAssistant,
    monkeypatch: pytest.MonkeyPatch,
    name: str,
) -> None:
    """A house has thousands of entities, each looked at for every metric."""
    await record(hass)
    entity = er.async_get(hass).async_get_or_create(
        "sensor", "maker", "x", suggested_object_id="cellar_outdoor"
    )
    hass.states.async_set(entity.entity_id, "3", DEGREES)
    threads: list[int] = []
    pure = getattr(heat_pump, name)

    def noted(*args: Any) -> Any:
        threads.append(threading.get_ident())
        return pure(*args)

    monkeypatch.setattr(heat_pump, name, noted)
    monkeypatch.setattr(heat_pump, "heat_pumps", lambda places, known: {})
    monkeypatch.setattr(
        heat_pump, "with_entities", lambda hass, listed: (listed, {"x": None}, {"x"})
    )
    await submit(hass, await start(hass, "recorder"), {"name": "Cellar"})
    assert threads
    assert threading.get_ident() not in threads
