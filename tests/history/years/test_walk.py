"""The walk through all years: every hour since the first reading, on disk."""

import asyncio
from dataclasses import replace
from datetime import UTC, date, datetime
from itertools import pairwise

from freezegun.api import FrozenDateTimeFactory
from homeassistant.const import EVENT_HOMEASSISTANT_FINAL_WRITE
from homeassistant.core import CoreState, HomeAssistant
import pandas as pd
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.heatpump_dashboard.analysis.states import Kind
from custom_components.heatpump_dashboard.pump.hours import midnight
from custom_components.heatpump_dashboard.pump.past import History
from custom_components.heatpump_dashboard.sources import QueryFailed
from tests.support.memory_source import MemorySource, thermia
from tests.support.pump_entry import (
    PIECE,
    PUMP,
    add_entry,
    pass_time,
    pump,
    served_by,
    set_up,
)

from .common import DAY, FIRST, LAST_FINAL, NOW, days_from, folders, on_disk, walk


async def test_every_hour_since_the_first_reading_is_on_disk(
    hass: HomeAssistant,
    freezer: FrozenDateTimeFactory,
    source: MemorySource,
    entry: MockConfigEntry,
) -> None:
    coordinator = await walk(hass, freezer, entry)

    store = on_disk(hass)
    assert sorted(store.days) == days_from(FIRST.date(), LAST_FINAL)
    assert set(store.days.values()) == {coordinator.made_with}
    start, stop = FIRST.replace(minute=0, second=0), midnight(LAST_FINAL + DAY)
    hours = store.hours(start, stop)
    assert list(hours.index) == list(pd.date_range(start, stop, freq="h"))[:-1]
    # Half of the time 13.5 kW.
    days = (stop - FIRST) / DAY
    assert hours["heat_kwh"].sum() == pytest.approx(days * 12 * 13.5, rel=1e-3)
    assert hours["starts"].sum() == pytest.approx(days * 24, abs=1)
    assert hours["outdoor_temp|s"].sum() == pytest.approx(days * 86_400, rel=1e-3)
    assert all(stop - start < PIECE for start, stop in source.asked)


async def test_every_run_since_the_first_reading_is_on_disk(
    hass: HomeAssistant, freezer: FrozenDateTimeFactory, entry: MockConfigEntry
) -> None:
    """One an hour; also where the walk meets what memory has."""
    await walk(hass, freezer, entry)

    stop = midnight(LAST_FINAL + DAY)
    months = on_disk(hass).events_backwards(FIRST, stop, {Kind.COMPRESSOR})
    ended = sorted(e for month in months for e in month if e.value == 0)
    assert len(ended) == pytest.approx((stop - FIRST) / (DAY / 24), abs=1)
    assert {later.time - one.time for one, later in pairwise(ended)} == {3_600_000}
    # Of the first run the beginning is not known.
    assert {event.duration_s for event in ended[1:]} == {1800}


async def test_the_hours_at_the_joint_with_memory_are_whole(
    hass: HomeAssistant, freezer: FrozenDateTimeFactory, entry: MockConfigEntry
) -> None:
    """Each has the same: nothing is counted twice, and nothing is lost."""
    await walk(hass, freezer, entry)

    hours = on_disk(hass).hours(FIRST + DAY, midnight(LAST_FINAL + DAY))
    assert hours["heat_kwh"].to_numpy() == pytest.approx(6.75, abs=1e-6)
    assert hours["starts"].to_numpy() == pytest.approx(1)


async def test_after_a_restart_nothing_is_read_again(
    hass: HomeAssistant,
    freezer: FrozenDateTimeFactory,
    source: MemorySource,
    entry: MockConfigEntry,
) -> None:
    await walk(hass, freezer, entry)
    assert await hass.config_entries.async_unload(entry.entry_id)
    source.asked.clear()

    await walk(hass, freezer, entry)

    assert min(start for start, _ in source.asked) > NOW - 33 * DAY


async def test_it_waits_until_home_assistant_has_started(
    hass: HomeAssistant, freezer: FrozenDateTimeFactory, entry: MockConfigEntry
) -> None:
    hass.set_state(CoreState.starting)
    coordinator = await walk(hass, freezer, entry)
    assert coordinator.pump.history.whole
    assert not on_disk(hass).days

    hass.set_state(CoreState.running)
    await pass_time(hass, freezer)
    assert on_disk(hass).days


async def test_days_become_final_one_after_the_other(
    hass: HomeAssistant,
    freezer: FrozenDateTimeFactory,
    source: MemorySource,
    entry: MockConfigEntry,
) -> None:
    await walk(hass, freezer, entry)
    source.write(thermia(NOW, NOW + 2 * DAY, step_s=300, cycle_min=60))
    for _ in range(2):
        freezer.tick(DAY)
        await pass_time(hass, freezer)

    assert max(on_disk(hass).days) == LAST_FINAL + 2 * DAY


@pytest.mark.parametrize("end", ["unload", "final write"])
async def test_what_is_left_is_written_at_the_end(
    hass: HomeAssistant,
    freezer: FrozenDateTimeFactory,
    entry: MockConfigEntry,
    end: str,
) -> None:
    coordinator = await walk(hass, freezer, entry)
    store = coordinator.years.store
    assert store is not None
    day = date(2020, 2, 1)
    hours = store.hours(midnight(LAST_FINAL), midnight(LAST_FINAL) + DAY)
    store.put(day, hours.set_axis(hours.index - (LAST_FINAL - day)), "x")
    assert day not in on_disk(hass).days

    if end == "unload":
        await hass.config_entries.async_unload(entry.entry_id)
    else:
        hass.bus.async_fire(EVENT_HOMEASSISTANT_FINAL_WRITE)
        await hass.async_block_till_done()

    assert on_disk(hass).days[day] == "x"


async def test_the_hours_go_with_the_heat_pump(
    hass: HomeAssistant, freezer: FrozenDateTimeFactory, source: MemorySource
) -> None:
    with served_by(source):
        entry = add_entry(hass, pump(), pump("pump_2", "other"))
        await walk(hass, freezer, entry)
        assert folders(hass) == {PUMP, "pump_2"}

        hass.config_entries.async_remove_subentry(entry, PUMP)
        await hass.async_block_till_done(wait_background_tasks=True)
        assert folders(hass) == {"pump_2"}
        await hass.config_entries.async_remove(entry.entry_id)
        await hass.async_block_till_done(wait_background_tasks=True)

    assert folders(hass) == set()


async def test_a_foreign_reading_of_the_future_or_none_is_no_day(
    hass: HomeAssistant, freezer: FrozenDateTimeFactory
) -> None:
    """A source without readings has no past to walk through."""
    with served_by(MemorySource()):
        entry = add_entry(hass)
        coordinator = await walk(hass, freezer, entry)
        assert coordinator.last_update_success
        assert not on_disk(hass).days
        assert await hass.config_entries.async_unload(entry.entry_id)


def test_a_day_is_a_utc_day() -> None:
    assert midnight(date(2026, 1, 5)) == datetime(2026, 1, 5, tzinfo=UTC)


async def test_all_who_ask_at_once_get_the_same_hours(
    hass: HomeAssistant, entry: MockConfigEntry
) -> None:
    """Two that are kept apart would each lack what is put into the other."""
    years = (await set_up(hass, entry)).years

    one, other = await asyncio.gather(years.async_open(), years.async_open())

    assert one is other


@pytest.mark.parametrize("error", [None, QueryFailed("no", key="query_failed")])
async def test_months_without_readings_are_not_asked_for(
    hass: HomeAssistant,
    freezer: FrozenDateTimeFactory,
    past: pd.DataFrame,
    source: MemorySource,
    entry: MockConfigEntry,
    error: Exception | None,
) -> None:
    """But for the day into which the last reading before them may hold."""
    first = datetime(2025, 6, 29, 6, tzinfo=UTC)
    source.write(thermia(first, first + 3 * DAY, step_s=300, cycle_min=60))
    source.unlooked = error
    coordinator = await walk(hass, freezer, entry)

    assert sorted(on_disk(hass).days) == days_from(first.date(), LAST_FINAL)
    asked = {start.date() for start, _ in source.asked}
    skipped = set(days_from(date(2025, 8, 1), date(2025, 11, 29)))
    assert skipped & asked == (set() if error is None else skipped)
    hours = on_disk(hass).hours(first, midnight(LAST_FINAL + DAY))
    days = (midnight(LAST_FINAL + DAY) - FIRST) / DAY + 3
    assert hours["heat_kwh"].sum() == pytest.approx(days * 12 * 13.5, rel=2e-3)
    assert coordinator.years.history.complete


def test_progress_is_that_of_what_there_is_to_be_read() -> None:
    begun = datetime(2026, 1, 1, tzinfo=UTC)
    history = History(
        since=begun - 20 * DAY,
        begun=begun,
        wanted=begun - 400 * DAY,
        empty=((begun - 390 * DAY, begun - 30 * DAY),),
    )
    assert history.progress == 0.5
    assert replace(history, since=begun - 300 * DAY).progress == 0.75
