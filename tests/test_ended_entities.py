"""When exported entities ended: what is noted of it, and when an entry is read anew."""

from collections.abc import Generator
from datetime import timedelta
from unittest.mock import patch

from freezegun.api import FrozenDateTimeFactory
from homeassistant.config_entries import ConfigEntryState
from homeassistant.core import CoreState, HomeAssistant
from homeassistant.helpers import entity_registry as er
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.heatpump_dashboard.ended_entities import EndedEntities
from custom_components.heatpump_dashboard.mapped_entities import FollowedEnds, ends_of
from tests.support.mapped import BEGIN, COMPRESSOR, MAPPING, RETURN, SUPPLY
from tests.support.pump_entry import add_entry, pump

SERIES = tuple(MAPPING.values())


class Exporting:
    """A Home Assistant that exports, and what is followed of it."""

    def __init__(self, hass: HomeAssistant, freezer: FrozenDateTimeFactory) -> None:
        self.hass = hass
        self._freezer = freezer
        self.registry = er.async_get(hass)
        self.registry.async_get_or_create(
            "sensor", "demo", "hp_supply", suggested_object_id="hp_supply"
        )
        self.entry: MockConfigEntry = add_entry(
            hass, pump(brand="generic", series=MAPPING)
        )
        self.entry.mock_state(hass, ConfigEntryState.LOADED)
        self.ended = EndedEntities(hass)
        self._follow = FollowedEnds(hass, self.entry, self.ended)
        self.read_anew = 0

    def shows(self, *entities: str) -> None:
        """Let these entities be there, and no others."""
        for entity_id in SERIES:
            if entity_id in entities:
                self.hass.states.async_set(entity_id, "1")
            else:
                self.hass.states.async_remove(entity_id)

    def asked(self, minutes: float) -> None:
        """Ask what has ended at a poll, so long after the beginning."""
        self._freezer.move_to(BEGIN + timedelta(minutes=minutes))
        reload = patch.object(self.hass.config_entries, "async_schedule_reload")
        with reload as scheduled:
            self._follow(SERIES)
        self.read_anew += scheduled.call_count

    def ends(self) -> dict[str, float]:
        """Return what has ended, and how long after the beginning, min."""
        found = ends_of(self.hass, self.entry, self.ended, SERIES)
        return {name: (end - BEGIN).total_seconds() / 60 for name, end in found.items()}


@pytest.fixture
def exporting(
    hass: HomeAssistant, freezer: FrozenDateTimeFactory
) -> Generator[Exporting]:
    freezer.move_to(BEGIN)
    hass.config.components.add("influxdb")
    exporting = Exporting(hass, freezer)
    exporting.shows(*SERIES)
    yield exporting
    exporting.entry.mock_state(hass, ConfigEntryState.NOT_LOADED)


def test_what_was_noted_counts_while_home_assistant_starts_not_for_anothers_export(
    hass: HomeAssistant, exporting: Exporting
) -> None:
    exporting.registry.async_remove(SUPPLY)
    exporting.shows(RETURN, COMPRESSOR)
    assert exporting.ends() == {SUPPLY: 0}
    # Of none of them anything is here: another Home Assistant exports.
    exporting.shows()
    assert exporting.ends() == {}
    hass.set_state(CoreState.starting)
    assert exporting.ends() == {SUPPLY: 0}


def test_what_is_there_again_has_not_ended_at_a_start(
    hass: HomeAssistant, exporting: Exporting
) -> None:
    by_user = er.RegistryEntryDisabler.USER
    exporting.registry.async_update_entity(SUPPLY, disabled_by=by_user)
    exporting.shows(RETURN, COMPRESSOR)
    assert exporting.ends() == {SUPPLY: 0}
    exporting.registry.async_update_entity(SUPPLY, disabled_by=None)
    exporting.shows()
    hass.set_state(CoreState.starting)
    assert exporting.ends() == {}


def test_an_end_that_polls_find_is_not_read_anew(exporting: Exporting) -> None:
    """Its state may go minutes after its entry of the registry."""
    exporting.registry.async_remove(SUPPLY)
    exporting.asked(3.5)
    exporting.shows(RETURN, COMPRESSOR)
    exporting.asked(4)
    assert exporting.read_anew == 0


def test_an_earlier_end_is_read_anew_once(exporting: Exporting) -> None:
    exporting.registry.async_remove(SUPPLY)
    exporting.asked(5)
    exporting.shows(RETURN, COMPRESSOR)
    exporting.asked(6)
    exporting.asked(7)
    assert exporting.read_anew == 1


def test_an_end_that_is_not_told_for_a_while_is_not_read_anew(
    exporting: Exporting,
) -> None:
    exporting.registry.async_remove(SUPPLY)
    exporting.shows(RETURN, COMPRESSOR)
    exporting.asked(1)
    exporting.shows()
    exporting.asked(10)
    exporting.shows(RETURN, COMPRESSOR)
    exporting.asked(20)
    assert exporting.read_anew == 0


def test_an_entry_that_is_being_loaded_is_read_anew_after_it(
    hass: HomeAssistant, exporting: Exporting
) -> None:
    exporting.registry.async_remove(SUPPLY)
    exporting.asked(5)
    exporting.shows(RETURN, COMPRESSOR)
    exporting.entry.mock_state(hass, ConfigEntryState.SETUP_IN_PROGRESS)
    exporting.asked(6)
    assert exporting.read_anew == 0
    exporting.entry.mock_state(hass, ConfigEntryState.LOADED)
    exporting.asked(7)
    assert exporting.read_anew == 1
