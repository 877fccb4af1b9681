"""An entry with all its platforms: what the coordinator learns is in the states."""

from collections.abc import Callable
from datetime import datetime, timedelta

from freezegun.api import FrozenDateTimeFactory
from homeassistant.config_entries import ConfigEntryState
from homeassistant.const import STATE_OFF, STATE_ON, STATE_UNAVAILABLE, STATE_UNKNOWN
from homeassistant.core import HomeAssistant, State
from homeassistant.helpers import entity_registry as er
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.heatpump_dashboard.sources import SourceError
from tests.support.held_source import HeldSource
from tests.support.memory_source import EMPTY, MemorySource, thermia
from tests.support.pump_entry import (
    DOWN,
    NOW,
    add_entry,
    pass_time,
    served_by,
    settle,
    state_of,
)

from .common import REFUSED_TOKEN

type StateOf = Callable[[str], str]


@pytest.fixture
def entities() -> bool:
    return True


async def set_up(hass: HomeAssistant, entry: MockConfigEntry) -> None:
    assert await hass.config_entries.async_setup(entry.entry_id)
    await settle(hass)


def states(hass: HomeAssistant, entry: MockConfigEntry) -> dict[str, State]:
    """Return the states of all entities that are enabled, by their keys."""
    found = {}
    for entity in er.async_entries_for_config_entry(er.async_get(hass), entry.entry_id):
        if entity.disabled:
            continue
        state = hass.states.get(entity.entity_id)
        assert state is not None, entity.entity_id
        key = entity.unique_id.removeprefix(f"{entry.entry_id}_pump_")
        found[key] = state
    return found


@pytest.fixture
def state(hass: HomeAssistant, entry: MockConfigEntry) -> StateOf:
    """Return what tells an entity's state by its key."""
    return lambda key: states(hass, entry)[key].state


async def test_the_present_is_in_the_states(
    hass: HomeAssistant, entry: MockConfigEntry, state: StateOf
) -> None:
    await set_up(hass, entry)

    # Minute 30 of a cycle of 40, at rest; 15 h 30 min after midnight in Stockholm.
    assert float(state("supply_temp")) == 30
    assert float(state("power")) == 100
    assert state("compressor") == STATE_OFF
    assert state("mode") == "idle"
    assert float(state("compressor_starts_today")) == 23
    assert float(state("compressor_runtime_today")) == pytest.approx(7.67, abs=0.05)
    assert {found.domain for found in states(hass, entry).values()} == {
        "binary_sensor",
        "event",
        "sensor",
    }
    found = states(hass, entry).values()
    assert STATE_UNAVAILABLE not in {each.state for each in found}


async def test_the_states_follow_the_polls_without_any_viewer(
    hass: HomeAssistant,
    entry: MockConfigEntry,
    source: MemorySource,
    freezer: FrozenDateTimeFactory,
    state: StateOf,
) -> None:
    await set_up(hass, entry)
    # The next cycle begins at 14:40.
    source.write(thermia(NOW, NOW + timedelta(minutes=12)))
    await pass_time(hass, freezer, 720)

    assert state("compressor") == STATE_ON
    assert float(state("supply_temp")) == 40
    assert float(state("power")) == 3000
    assert float(state("compressor_starts_today")) == 24


@pytest.mark.parametrize("failure", [DOWN, REFUSED_TOKEN], ids=lambda err: err.key)
async def test_a_source_that_fails_makes_all_unavailable_until_it_is_back(
    hass: HomeAssistant,
    entry: MockConfigEntry,
    source: MemorySource,
    freezer: FrozenDateTimeFactory,
    failure: SourceError,
) -> None:
    await set_up(hass, entry)
    before = {key: found.state for key, found in states(hass, entry).items()}
    source.failure = failure
    await pass_time(hass, freezer)
    assert {s.state for s in states(hass, entry).values()} == {STATE_UNAVAILABLE}

    source.failure = None
    await hass.config_entries.async_reload(entry.entry_id)
    await settle(hass)
    after = {key: found.state for key, found in states(hass, entry).items()}
    assert after == before


async def test_readings_that_are_too_old_make_all_unavailable(
    hass: HomeAssistant,
    entry: MockConfigEntry,
    source: MemorySource,
    freezer: FrozenDateTimeFactory,
    state: StateOf,
) -> None:
    await set_up(hass, entry)
    for _ in range(25):
        await pass_time(hass, freezer)
    assert state("supply_temp") == STATE_UNAVAILABLE
    assert state("compressor") == STATE_UNAVAILABLE

    later = NOW + timedelta(minutes=14)
    source.write(thermia(NOW, later))
    await pass_time(hass, freezer)
    assert float(state("supply_temp")) == 40
    assert state("compressor") == STATE_ON


async def test_points_that_come_late_are_in_the_figures_of_the_day(
    hass: HomeAssistant,
    entry: MockConfigEntry,
    source: MemorySource,
    freezer: FrozenDateTimeFactory,
    state: StateOf,
) -> None:
    await set_up(hass, entry)
    # Starts at 14:40, 15:20 and 16:00, of which two come when all three are over.
    later = thermia(NOW, NOW + timedelta(minutes=120))
    source.write(later[later.index >= NOW + timedelta(minutes=80)])
    await pass_time(hass, freezer, 5700)
    heat = float(state("heat_today"))
    assert float(state("compressor_starts_today")) == 24

    source.write(later)
    for _ in range(37):
        await pass_time(hass, freezer)

    assert float(state("compressor_starts_today")) == 26
    # Two runs of 20 min that were missing, and 15 min since; 13.5 kW.
    assert float(state("heat_today")) == pytest.approx(heat + 13.5 * 55 / 60, abs=0.5)


async def test_the_day_begins_anew_at_midnight_of_the_home(
    hass: HomeAssistant,
    entry: MockConfigEntry,
    source: MemorySource,
    freezer: FrozenDateTimeFactory,
    state: StateOf,
) -> None:
    await set_up(hass, entry)
    midnight = datetime.fromisoformat("2026-01-23T00:00:00+01:00")
    passing = midnight - NOW + timedelta(minutes=3)
    source.write(thermia(NOW, NOW + passing))
    await pass_time(hass, freezer, passing.total_seconds())

    assert float(state("compressor_starts_today")) <= 1
    assert float(state("heat_today")) < 1
    assert float(state("compressor_runtime_today")) < 0.1


async def test_a_set_up_that_failed_has_its_entities_when_it_succeeds(
    hass: HomeAssistant,
    entry: MockConfigEntry,
    source: MemorySource,
    freezer: FrozenDateTimeFactory,
    state: StateOf,
) -> None:
    source.failure = DOWN
    assert not await hass.config_entries.async_setup(entry.entry_id)
    assert state_of(entry) is ConfigEntryState.SETUP_RETRY
    assert states(hass, entry) == {}

    source.failure = None
    await pass_time(hass, freezer, 10)
    assert state_of(entry) is ConfigEntryState.LOADED
    assert float(state("supply_temp")) == 30


async def test_entities_of_an_empty_bucket_wait_for_its_first_reading(
    hass: HomeAssistant,
    entry: MockConfigEntry,
    source: MemorySource,
    freezer: FrozenDateTimeFactory,
    state: StateOf,
) -> None:
    source.stored = EMPTY
    await set_up(hass, entry)
    assert {s.state for s in states(hass, entry).values()} == {STATE_UNAVAILABLE}

    source.write(thermia(NOW - timedelta(minutes=1), NOW + timedelta(minutes=1)))
    await pass_time(hass, freezer)
    assert float(state("supply_temp")) == 30


async def test_unloading_takes_all_states_away(
    hass: HomeAssistant,
    entry: MockConfigEntry,
    source: MemorySource,
    freezer: FrozenDateTimeFactory,
) -> None:
    await set_up(hass, entry)
    assert await hass.config_entries.async_unload(entry.entry_id)
    assert {s.state for s in states(hass, entry).values()} == {STATE_UNAVAILABLE}
    source.asked.clear()
    await pass_time(hass, freezer)
    assert not source.asked


async def test_sums_of_the_past_come_behind_the_present(
    hass: HomeAssistant, freezer: FrozenDateTimeFactory
) -> None:
    """The month is not known before it has been read; the day is."""
    freezer.move_to(NOW)
    past = NOW - timedelta(days=40)
    source = HeldSource(thermia(past, NOW, step_s=300, cycle_min=60))
    entry = add_entry(hass)
    with served_by(source, entities=True):
        assert await hass.config_entries.async_setup(entry.entry_id)
        await source.asked_for_past.wait()
        before = states(hass, entry)
        assert float(before["cop_today"].state) == pytest.approx(4.5, abs=0.3)
        assert before["cop_this_month"].state == STATE_UNKNOWN

        source.past.set()
        await settle(hass)
        await pass_time(hass, freezer)
        after = states(hass, entry)
        assert float(after["cop_this_month"].state) == pytest.approx(4.5, abs=0.3)
        await hass.config_entries.async_unload(entry.entry_id)
