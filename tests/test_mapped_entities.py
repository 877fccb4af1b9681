"""Entities of heat pumps that are renamed, and such as tell nothing any more."""

from datetime import timedelta
from typing import Any

from freezegun.api import FrozenDateTimeFactory
from homeassistant.components.recorder import Recorder
from homeassistant.core import CoreState, HomeAssistant
from homeassistant.helpers import entity_registry as er, issue_registry as ir
from homeassistant.util import dt as dt_util
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry
from pytest_homeassistant_custom_component.components.recorder.common import (
    async_wait_recording_done,
)
from pytest_homeassistant_custom_component.typing import WebSocketGenerator

from custom_components.heatpump_dashboard.const import DOMAIN
from custom_components.heatpump_dashboard.mapped_entities import (
    PROBLEMS,
    MappedEntities,
    former_names,
    renamed,
)
from custom_components.heatpump_dashboard.profiles import load, map_series
from custom_components.heatpump_dashboard.setup_flow.entities import former_series
from custom_components.heatpump_dashboard.sources import SeriesInfo
from tests.support.mapped import (
    BEGIN,
    CELSIUS,
    COMPRESSOR,
    MAPPING,
    NEW,
    RETURN,
    SUPPLY,
)
from tests.support.pump_entry import (
    PUMP,
    coordinator_of,
    pass_time,
    pump,
    set_up,
    settle,
)


def test_a_renamed_entity_is_another_name_of_the_same_series() -> None:
    data = {
        "series": {
            "supply_temp": "climate.hp#current_temperature",
            "compressor": "climate.hp#hvac_action=heating",
            "power": "sensor.power",
        },
        "price_entity": "climate.hp",
    }
    once = renamed(data, "climate.hp", "climate.cellar", series=True)
    assert once == {
        "series": {
            "supply_temp": "climate.cellar#current_temperature",
            "compressor": "climate.cellar#hvac_action=heating",
            "power": "sensor.power",
        },
        "former_series": {
            "climate.cellar#current_temperature": ["climate.hp#current_temperature"],
            "climate.cellar#hvac_action=heating": ["climate.hp#hvac_action=heating"],
        },
        "price_entity": "climate.cellar",
    }
    twice = renamed(once, "climate.cellar", "climate.house", series=True)
    assert twice["former_series"]["climate.house#current_temperature"] == [
        "climate.hp#current_temperature",
        "climate.cellar#current_temperature",
    ]


def test_another_home_assistants_entities_are_not_renamed_by_ours() -> None:
    data = {"series": {"power": "sensor.power"}, "price_entity": "sensor.power"}
    assert renamed(data, "sensor.power", "sensor.new", series=False) == {
        **data,
        "price_entity": "sensor.new",
    }
    assert renamed(data, "sensor.other", "sensor.new", series=True) == data
    tariff = {"house_energy": "sensor.house", "peak_price": 45.0}
    house = renamed({"power_tariff": tariff}, "sensor.house", "sensor.h", series=False)
    assert house == {"power_tariff": {**tariff, "house_energy": "sensor.h"}}


class Home:
    """A Home Assistant with a heat pump's entities, and our entry that records them."""

    def __init__(self, hass: HomeAssistant, freezer: FrozenDateTimeFactory) -> None:
        self.hass = hass
        self.freezer = freezer
        self.registry = er.async_get(hass)
        for entity_id in MAPPING.values():
            domain, name = entity_id.split(".")
            self.registry.async_get_or_create(
                domain, "demo", name, suggested_object_id=name
            )
        self.entry = MockConfigEntry(
            domain=DOMAIN,
            entry_id="entry",
            data={"source": "recorder"},
            subentries_data=[
                pump(bucket="Home Assistant", brand="generic", series=MAPPING)
            ],
        )
        self.entry.add_to_hass(hass)

    async def say(
        self, supply: float, running: str, entity_id: str = SUPPLY, **more: Any
    ) -> None:
        told = CELSIUS | more
        self.hass.states.async_set(entity_id, str(supply), told)
        self.hass.states.async_set(RETURN, str(supply - 5), CELSIUS)
        self.hass.states.async_set(COMPRESSOR, running)
        await async_wait_recording_done(self.hass)

    @property
    def settings(self) -> dict[str, Any]:
        return dict(self.entry.subentries[PUMP].data)

    @property
    def told(self) -> dict[str, str]:
        """Return the entities that issues name, by their keys."""
        return {
            issue.translation_key: issue.translation_placeholders["entities"]
            for (domain, _), issue in ir.async_get(self.hass).issues.items()
            if domain == DOMAIN
            and issue.translation_key
            and issue.translation_placeholders
            and "entities" in issue.translation_placeholders
        }


@pytest.fixture
async def home(
    recorder_mock: Recorder, hass: HomeAssistant, freezer: FrozenDateTimeFactory
) -> Home:
    freezer.move_to(BEGIN - timedelta(hours=3))
    home = Home(hass, freezer)
    for minutes in range(0, 180, 10):
        freezer.move_to(BEGIN - timedelta(minutes=180 - minutes))
        await home.say(35 + minutes % 20, "on" if minutes % 20 else "off")
    freezer.move_to(BEGIN)
    return home


async def test_a_renamed_entity_is_followed_with_all_its_past(home: Home) -> None:
    coordinator = await set_up(home.hass, home.entry)
    before = coordinator.pump.figures().present(dt_util.utcnow())
    covered = coordinator.pump.records.readings["supply_temp"].count()
    made_with = coordinator.made_with
    assert covered > 10

    home.registry.async_update_entity(SUPPLY, new_entity_id=NEW)
    home.hass.states.async_remove(SUPPLY)
    await home.say(41, "on", NEW)
    await settle(home.hass)

    assert home.settings["series"]["supply_temp"] == NEW
    assert home.settings["former_series"] == {NEW: [SUPPLY]}
    coordinator = coordinator_of(home.entry)
    readings = coordinator.pump.records.readings["supply_temp"]
    assert readings.count() >= covered
    assert coordinator.made_with == made_with
    assert coordinator.pump.figures().present(dt_util.utcnow()) >= before
    await pass_time(home.hass, home.freezer)
    assert coordinator.data.metrics["supply_temp"] == 41
    assert home.told == {}


async def test_a_rename_is_followed_while_the_entry_is_not_loaded(home: Home) -> None:
    await set_up(home.hass, home.entry)
    assert await home.hass.config_entries.async_unload(home.entry.entry_id)
    home.registry.async_update_entity(RETURN, new_entity_id="sensor.cellar_return")
    await settle(home.hass)
    assert home.settings["series"]["return_temp"] == "sensor.cellar_return"


async def _remove(home: Home) -> None:
    home.registry.async_remove(SUPPLY)
    home.hass.states.async_remove(SUPPLY)


async def _disable(home: Home) -> None:
    home.registry.async_update_entity(SUPPLY, disabled_by=er.RegistryEntryDisabler.USER)
    home.hass.states.async_remove(SUPPLY)


async def _unload(home: Home) -> None:
    home.hass.states.async_set(SUPPLY, "unavailable", {"restored": True})


async def _change(home: Home) -> None:
    home.hass.states.async_set(SUPPLY, "5", {"unit_of_measurement": "kWh"})


@pytest.mark.parametrize(
    ("happens", "problem"),
    [
        (_remove, "removed"),
        (_disable, "disabled"),
        (_unload, "not_provided"),
        (_change, "other_unit"),
    ],
)
async def test_an_entity_that_tells_nothing_is_named_until_it_does(
    home: Home,
    happens: Any,
    problem: str,
    hass_ws_client: WebSocketGenerator,
) -> None:
    await set_up(home.hass, home.entry)
    await happens(home)
    await home.hass.async_block_till_done()
    await pass_time(home.hass, home.freezer)
    assert home.told == {}, "an integration may be loaded again"
    await pass_time(home.hass, home.freezer, 11 * 60)
    assert home.told == {f"entity_{problem}": SUPPLY}

    client = await hass_ws_client(home.hass)
    await client.send_json_auto_id({"type": f"{DOMAIN}/info"})
    (told,) = (await client.receive_json())["result"]["pumps"]
    assert told["problems"] == [
        {"metric": "supply_temp", "entity": SUPPLY, "why": problem}
    ]

    home.registry.async_get_or_create(
        "sensor", "demo", "hp_supply", suggested_object_id="hp_supply"
    )
    if home.registry.async_get(SUPPLY).disabled:
        home.registry.async_update_entity(SUPPLY, disabled_by=None)
    await home.say(36, "on")
    await pass_time(home.hass, home.freezer)
    assert home.told == {}


async def test_what_the_recorder_leaves_out_is_named(
    home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    await set_up(home.hass, home.entry)
    recorded = "homeassistant.components.recorder.is_entity_recorded"
    monkeypatch.setattr(recorded, lambda hass, entity_id: entity_id != SUPPLY)
    await pass_time(home.hass, home.freezer)
    await pass_time(home.hass, home.freezer, 11 * 60)
    assert home.told == {"entity_not_recorded": SUPPLY}


async def test_unavailable_is_no_reason_to_choose_another(home: Home) -> None:
    await set_up(home.hass, home.entry)
    home.hass.states.async_set(SUPPLY, "unavailable")
    await pass_time(home.hass, home.freezer)
    await pass_time(home.hass, home.freezer, 3600)
    assert home.told == {}


async def test_a_constant_entity_is_not_named_after_a_reload(home: Home) -> None:
    """The recorder has a row of what changes; it is read again before that is known."""
    home.hass.states.async_set(SUPPLY, "35", CELSIUS)
    coordinator = await set_up(home.hass, home.entry)
    coordinator.entities.told.clear()
    coordinator.entities.async_look(dt_util.utcnow(), alive=True)
    assert coordinator.entities.problems == {}


def test_what_another_series_had_before_it_is_gone_is_not_lost() -> None:
    def listed(*names: str) -> list[SeriesInfo]:
        return [SeriesInfo(name, None, BEGIN, 1.0) for name in names]

    before, now = {"power": "sensor.a"}, {"power": "sensor.b"}
    assert former_series(listed("sensor.b"), before, now, {}) == {
        "sensor.b": ["sensor.a"]
    }
    again = former_series(
        listed("sensor.c"), now, {"power": "sensor.c"}, {"sensor.b": ["sensor.a"]}
    )
    assert again == {"sensor.c": ["sensor.a", "sensor.b"]}
    # One that is still there was the wrong one.
    assert former_series(listed("sensor.a", "sensor.b"), before, now, {}) == {}
    assert former_series([], before, now, {}) == {}


@pytest.mark.parametrize(
    ("options", "problem"),
    [
        (["Läuft", "Aus"], "other_words"),
        (["Off", "Running"], None),
        (["Off", "Starts"], None),
        ([], None),
    ],
)
async def test_an_entity_that_has_none_of_the_chosen_words_any_more_is_named(
    hass: HomeAssistant, options: list[str], problem: str | None
) -> None:
    """It would seem to be off for ever, as after a change of a cloud's language."""
    entry = MockConfigEntry(domain=DOMAIN, data={"source": "recorder"})
    profile = map_series(
        load("generic"), {"compressor": "sensor.hp_status=Running|Starts"}
    )
    entities = MappedEntities(hass, entry, profile)
    hass.states.async_set("sensor.hp_status", "Läuft", {"options": options})
    for minutes in (0, 11):
        entities.async_look(BEGIN + timedelta(minutes=minutes), alive=True)
    assert entities.problems == ({} if problem is None else {"compressor": problem})


async def test_what_is_surely_over_was_looked_at_for_a_while(
    hass: HomeAssistant,
) -> None:
    """Not at once, nor by the time of a start, in which nobody looks."""
    entry = MockConfigEntry(domain=DOMAIN, data={"source": "recorder"})
    entities = MappedEntities(hass, entry, map_series(load("generic"), MAPPING))
    for entity_id in MAPPING.values():
        hass.states.async_set(entity_id, "1", CELSIUS)

    def over(minutes: int) -> frozenset[str]:
        entities.async_look(BEGIN + timedelta(minutes=minutes), alive=True)
        return entities.over

    assert over(0) == frozenset()
    assert over(9) == frozenset()
    assert over(10) == {*PROBLEMS}
    hass.set_state(CoreState.starting)
    assert over(20) == over(40) == frozenset()
    hass.set_state(CoreState.running)
    assert over(49) == frozenset()
    assert over(50) == {*PROBLEMS}


async def test_a_former_name_is_not_read_once_an_entity_without_an_id_has_it(
    hass: HomeAssistant,
) -> None:
    """One of YAML is not in the registry."""
    data = {"former_series": {NEW: [SUPPLY]}}
    assert former_names(hass, data) == {NEW: (SUPPLY, [SUPPLY])}
    hass.states.async_set(SUPPLY, "35")
    assert former_names(hass, data) == {NEW: (SUPPLY, [])}
