"""Entities whose values an export has stored: renamed, gone, or silent."""

from datetime import timedelta
from typing import Any

from freezegun.api import FrozenDateTimeFactory
from homeassistant.core import CoreState, HomeAssistant
from homeassistant.helpers import entity_registry as er, issue_registry as ir
import numpy as np
import pandas as pd
import pytest
from pytest_homeassistant_custom_component.common import (
    MockConfigEntry,
    async_fire_time_changed,
)

from custom_components.heatpump_dashboard.const import DOMAIN
from custom_components.heatpump_dashboard.ended_entities import EndedEntities
from custom_components.heatpump_dashboard.mapped_entities import ends_of
from tests.support.issues import as_after_a_restart, is_ignored
from tests.support.mapped import (
    BEGIN,
    CELSIUS,
    COMPRESSOR,
    MAPPING,
    NEW,
    RETURN,
    SUPPLY,
)
from tests.support.memory_source import MemorySource
from tests.support.pump_entry import (
    PUMP,
    add_entry,
    coordinator_of,
    pass_time,
    pump,
    served_by,
    set_up,
    settle,
)


def minutes_of(count: int, **columns: Any) -> pd.DataFrame:
    """Return rows of every minute up to now."""
    times = pd.date_range(end=BEGIN, periods=count, freq="min", name="time")
    return pd.DataFrame(columns, index=times, dtype="float64")


@pytest.fixture
def exporting(hass: HomeAssistant, freezer: FrozenDateTimeFactory) -> MockConfigEntry:
    """Return an entry of what this Home Assistant exports."""
    freezer.move_to(BEGIN)
    hass.config.components.add("influxdb")
    return add_entry(hass, pump(brand="generic", series=MAPPING))


async def test_an_export_is_read_on_under_both_names(
    hass: HomeAssistant, freezer: FrozenDateTimeFactory, exporting: MockConfigEntry
) -> None:
    """What was stored stays as it was called then."""
    registry = er.async_get(hass)
    registry.async_get_or_create(
        "sensor", "demo", "hp_supply", suggested_object_id="hp_supply"
    )
    states = {RETURN: 30, COMPRESSOR: 1}
    source = MemorySource(minutes_of(60, **{SUPPLY: 35, **states}))
    with served_by(source):
        coordinator = await set_up(hass, exporting)
        made_with = coordinator.made_with
        registry.async_update_entity(SUPPLY, new_entity_id=NEW)
        await settle(hass)
        freezer.tick(timedelta(minutes=1))
        source.write(minutes_of(1, **{NEW: 36, **states}).shift(1, "min"))
        coordinator = coordinator_of(exporting)
        await coordinator.async_refresh()
        supply = coordinator.pump.records.stored["supply_temp"].dropna()
        assert coordinator.made_with == made_with
        assert supply.tolist() == [*[35.0] * 60, 36.0]
        # Another entity that takes the old name is another one.
        registry.async_get_or_create(
            "sensor", "demo", "other", suggested_object_id="hp_supply"
        )
        await hass.config_entries.async_reload(exporting.entry_id)
        await settle(hass)
        coordinator = coordinator_of(exporting)
        supply = coordinator.pump.records.stored["supply_temp"].dropna()
        assert coordinator.made_with == made_with
        assert supply.tolist() == [36.0]


@pytest.mark.parametrize("how", ["disabled", "removed", "unavailable", "elsewhere"])
async def test_an_exported_entity_that_is_gone_has_no_value_from_then_on(
    hass: HomeAssistant,
    freezer: FrozenDateTimeFactory,
    exporting: MockConfigEntry,
    how: str,
) -> None:
    """The registry says when; an export of another Home Assistant it knows nothing of."""
    registry = er.async_get(hass)
    registry.async_get_or_create(
        "sensor", "demo", "hp_supply", suggested_object_id="hp_supply"
    )
    for entity_id in MAPPING.values():
        hass.states.async_set(entity_id, "1")
    states = {RETURN: 30, COMPRESSOR: 1}
    source = MemorySource(minutes_of(60, **{SUPPLY: 35, **states}))
    with served_by(source):
        coordinator = await set_up(hass, exporting)
        freezer.tick(timedelta(seconds=10))
        if how == "disabled":
            disabled_by = er.RegistryEntryDisabler.USER
            registry.async_update_entity(SUPPLY, disabled_by=disabled_by)
        if how != "unavailable":
            hass.states.async_remove(SUPPLY)
        if how in ("removed", "elsewhere"):
            registry.async_remove(SUPPLY)
        if how == "elsewhere":
            hass.states.async_remove(RETURN)
            hass.states.async_remove(COMPRESSOR)
        freezer.tick(timedelta(minutes=1))
        source.write(minutes_of(1, **states).shift(1, "min"))
        await coordinator.async_refresh()
        stored = coordinator.pump.records.stored["supply_temp"]
        ended = stored.index[np.isinf(stored)]
        gone = [BEGIN + timedelta(seconds=10)] if how in ("disabled", "removed") else []
        assert ended.to_pydatetime().tolist() == gone


@pytest.mark.parametrize("late", ["the export", "the states", "nothing"])
@pytest.mark.parametrize("seen", [False, True])
async def test_what_ended_before_a_start_has_no_value_from_then_on(
    hass: HomeAssistant,
    freezer: FrozenDateTimeFactory,
    exporting: MockConfigEntry,
    late: str,
    seen: bool,
) -> None:
    """Also where Home Assistant knows only later that it is the one that exports.

    `seen`: its end was known before the start.
    """
    registry = er.async_get(hass)
    registry.async_get_or_create(
        "sensor", "demo", "hp_supply", suggested_object_id="hp_supply"
    )
    states = {RETURN: 30, COMPRESSOR: 1}
    for entity_id in states:
        hass.states.async_set(entity_id, "1")
    registry.async_remove(SUPPLY)
    gone = BEGIN
    source = MemorySource(minutes_of(600, **{SUPPLY: 35, **states}))
    freezer.tick(timedelta(hours=6))
    source.write(minutes_of(360, **states).shift(360, "min"))
    if seen:
        ends = await EndedEntities.async_of(hass)
        assert ends_of(hass, exporting, ends, [*MAPPING.values()]) == {SUPPLY: gone}
    # A start: others are not there yet.
    hass.set_state(CoreState.starting)
    if late == "the export":
        hass.config.components.remove("influxdb")
    elif late == "the states":
        for entity_id in states:
            hass.states.async_remove(entity_id)

    def ended() -> list[Any]:
        stored = coordinator_of(exporting).pump.records.stored["supply_temp"]
        return stored.index[np.isinf(stored)].to_pydatetime().tolist()

    with served_by(source):
        first = await set_up(hass, exporting)
        end = [gone + timedelta(milliseconds=1)]
        assert ended() == (end if seen or late == "nothing" else [])
        hass.config.components.add("influxdb")
        for entity_id in states:
            hass.states.async_set(entity_id, "1")
        hass.set_state(CoreState.running)
        for minute in range(361, 364):
            freezer.tick(timedelta(minutes=1))
            source.write(minutes_of(1, **states).shift(minute, "min"))
            await coordinator_of(exporting).async_refresh()
            await settle(hass)
        assert ended() == end
        was_right = seen or late == "nothing"
        assert (coordinator_of(exporting) is first) is was_right, "read anew once"
        assert "supply_temp" not in coordinator_of(exporting).data.metrics
        await hass.config_entries.async_unload(exporting.entry_id)


@pytest.mark.parametrize("later", ["named", "renamed", "restarted", "forgotten"])
async def test_what_is_done_to_an_entity_that_has_ended_moves_its_end_no_more(
    hass: HomeAssistant,
    freezer: FrozenDateTimeFactory,
    exporting: MockConfigEntry,
    later: str,
) -> None:
    registry = er.async_get(hass)
    registry.async_get_or_create(
        "sensor", "demo", "hp_supply", suggested_object_id="hp_supply"
    )
    for entity_id in MAPPING.values():
        hass.states.async_set(entity_id, "1")
    ends = await EndedEntities.async_of(hass)
    assert ends_of(hass, exporting, ends, [*MAPPING.values()]) == {}

    by_user = er.RegistryEntryDisabler.USER
    if later == "forgotten":
        registry.async_remove(SUPPLY)
    else:
        registry.async_update_entity(SUPPLY, disabled_by=by_user)
    hass.states.async_remove(SUPPLY)
    assert ends_of(hass, exporting, ends, [*MAPPING.values()]) == {SUPPLY: BEGIN}

    freezer.tick(timedelta(days=40))
    name = SUPPLY
    if later == "renamed":
        name = NEW
        registry.async_update_entity(SUPPLY, new_entity_id=NEW)
    elif later == "forgotten":
        async_fire_time_changed(hass)
        registry.async_purge_expired_orphaned_entities()
        assert not registry.deleted_entities
    else:
        registry.async_update_entity(SUPPLY, name="Another name")
    if later in ("restarted", "forgotten"):
        async_fire_time_changed(hass)
        await hass.async_block_till_done()
        ends = EndedEntities(hass)
        await ends.async_load()
    told = ends_of(hass, exporting, ends, [name, RETURN, COMPRESSOR])
    assert told == {name: BEGIN}

    # One that is there again has a new end some day.
    if later == "forgotten":
        registry.async_get_or_create(
            "sensor", "demo", "again", suggested_object_id="hp_supply"
        )
    registry.async_update_entity(name, disabled_by=None)
    hass.states.async_set(name, "1")
    assert ends_of(hass, exporting, ends, [name, RETURN, COMPRESSOR]) == {}
    hass.states.async_remove(name)
    registry.async_update_entity(name, disabled_by=by_user)
    again = ends_of(hass, exporting, ends, [name, RETURN, COMPRESSOR])
    assert again == {name: BEGIN + timedelta(days=40)}


async def test_a_series_without_a_value_is_named_where_others_have_some(
    hass: HomeAssistant, freezer: FrozenDateTimeFactory, exporting: MockConfigEntry
) -> None:
    source = MemorySource(minutes_of(60, **{RETURN: 30, COMPRESSOR: 1}))
    with served_by(source):
        coordinator = await set_up(hass, exporting)
        exporting.async_on_unload(coordinator.async_add_listener(lambda: None))
        issues = ir.async_get(hass)
        assert issues.async_get_issue(DOMAIN, f"entity_silent_{PUMP}") is None
        await write_on(hass, freezer, source)
        issue = issues.async_get_issue(DOMAIN, f"entity_silent_{PUMP}")
        assert issue is not None
        assert issue.translation_placeholders["entities"] == SUPPLY
        source.write(minutes_of(1, **{SUPPLY: 36}).shift(11, "min"))
        await coordinator_of(exporting).async_refresh()
        assert issues.async_get_issue(DOMAIN, f"entity_silent_{PUMP}") is None


async def write_on(
    hass: HomeAssistant, freezer: FrozenDateTimeFactory, source: MemorySource
) -> None:
    """Let the others be stored for eleven minutes."""
    more = minutes_of(12, **{RETURN: 30, COMPRESSOR: 1})
    source.write(more.shift(11, "min"))
    await pass_time(hass, freezer, 11 * 60)


async def test_what_stays_the_same_for_months_is_not_silent(
    hass: HomeAssistant, freezer: FrozenDateTimeFactory, exporting: MockConfigEntry
) -> None:
    """An export stores what changes; the entity is there, and says what it is."""
    hass.states.async_set(SUPPLY, "35", CELSIUS)
    hass.states.async_set(RETURN, "30", CELSIUS)
    hass.states.async_set(COMPRESSOR, "on")
    source = MemorySource(minutes_of(60, **{RETURN: 30, COMPRESSOR: 1}))
    issues = ir.async_get(hass)
    with served_by(source):
        coordinator = await set_up(hass, exporting)
        exporting.async_on_unload(coordinator.async_add_listener(lambda: None))
        await write_on(hass, freezer, source)
        assert issues.async_get_issue(DOMAIN, f"entity_silent_{PUMP}") is None
        assert coordinator.entities.problems == {}
        # What says nothing is named, although it is there.
        hass.states.async_set(SUPPLY, "unknown")
        await pass_time(hass, freezer)
        source.write(minutes_of(12, **{RETURN: 30, COMPRESSOR: 1}).shift(23, "min"))
        await pass_time(hass, freezer, 11 * 60)
        assert issues.async_get_issue(DOMAIN, f"entity_silent_{PUMP}") is not None


async def test_where_nothing_tells_anything_no_entity_is_named(
    hass: HomeAssistant, freezer: FrozenDateTimeFactory, exporting: MockConfigEntry
) -> None:
    with served_by(MemorySource()):
        await set_up(hass, exporting)
    assert ir.async_get(hass).async_get_issue(DOMAIN, f"entity_silent_{PUMP}") is None


async def test_who_ignores_a_silent_entity_is_not_told_again(
    hass: HomeAssistant, freezer: FrozenDateTimeFactory, exporting: MockConfigEntry
) -> None:
    """Neither after a reload nor a restart nor a time in which nothing is stored."""
    issues, issue_id = ir.async_get(hass), f"entity_silent_{PUMP}"
    source = MemorySource(minutes_of(60, **{RETURN: 30, COMPRESSOR: 1}))
    minute = 0

    async def go_on(minutes: int, *, stored: bool = True) -> None:
        nonlocal minute
        minute += minutes
        if stored:
            more = minutes_of(minutes, **{RETURN: 30, COMPRESSOR: 1})
            source.write(more.shift(minute, "min"))
        await pass_time(hass, freezer, minutes * 60)

    def listen() -> None:
        coordinator = coordinator_of(exporting)
        exporting.async_on_unload(coordinator.async_add_listener(lambda: None))

    with served_by(source):
        await set_up(hass, exporting)
        listen()
        await go_on(11)
        ir.async_ignore_issue(hass, DOMAIN, issue_id, True)
        await hass.config_entries.async_unload(exporting.entry_id)
        assert is_ignored(issues, issue_id)
        as_after_a_restart(issues, issue_id, ignored=True)
        await set_up(hass, exporting)
        listen()
        for minutes in (1, 11, 1):
            await go_on(minutes)
            assert is_ignored(issues, issue_id)
        issue = issues.async_get_issue(DOMAIN, issue_id)
        assert issue is not None
        assert issue.active
        await go_on(60, stored=False)
        for minutes in (1, 11):
            await go_on(minutes)
            assert is_ignored(issues, issue_id)
        # One that has told something for a while has been mended.
        source.write(minutes_of(1, **{SUPPLY: 36}).shift(minute, "min"))
        await go_on(1)
        assert is_ignored(issues, issue_id)
        await go_on(11)
        assert issues.async_get_issue(DOMAIN, issue_id) is None
        await hass.config_entries.async_unload(exporting.entry_id)
