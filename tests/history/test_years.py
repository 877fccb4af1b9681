"""The walk through all years: every hour since the first reading, on disk."""

import asyncio
from collections.abc import Generator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

from freezegun.api import FrozenDateTimeFactory
from homeassistant.const import EVENT_HOMEASSISTANT_FINAL_WRITE
from homeassistant.core import CoreState, HomeAssistant
import pandas as pd
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.heatpump_dashboard.analysis.periods import Period
from custom_components.heatpump_dashboard.analysis.states import Kind
from custom_components.heatpump_dashboard.const import CONF_FLOW_FACTOR
from custom_components.heatpump_dashboard.coordinator import HeatPumpCoordinator
from custom_components.heatpump_dashboard.history.folders import hours_folder
from custom_components.heatpump_dashboard.history.store import HourStore
from custom_components.heatpump_dashboard.pump.hours import midnight
from custom_components.heatpump_dashboard.pump.past import History
from custom_components.heatpump_dashboard.sources import QueryFailed
from tests.support.memory_source import MemorySource, thermia
from tests.support.pump_entry import (
    DOWN,
    PIECE,
    PUMP,
    add_entry,
    coordinator_of,
    pass_time,
    pump,
    served_by,
    set_up,
    walking_at_once,
)

DAY = timedelta(days=1)
# The day on which last month is farthest away is behind us: memory goes back a month.
NOW = datetime(2026, 2, 1, 14, 30, 10, tzinfo=UTC)
FIRST = NOW - 40 * DAY
LAST_FINAL = NOW.date() - 2 * DAY


@pytest.fixture(scope="module")
def past() -> pd.DataFrame:
    """Return forty days, every five minutes."""
    return thermia(FIRST, NOW, step_s=300, cycle_min=60)


@pytest.fixture
def source(past: pd.DataFrame) -> MemorySource:
    return MemorySource(past)


@pytest.fixture(autouse=True)
def hurry(hass: HomeAssistant, freezer: FrozenDateTimeFactory) -> Generator[None]:
    """Begin at once, and take no pauses."""
    freezer.move_to(NOW)
    with walking_at_once():
        yield


@pytest.fixture
def entry(hass: HomeAssistant, source: MemorySource) -> Generator[MockConfigEntry]:
    with served_by(source):
        yield add_entry(hass)


async def walk(
    hass: HomeAssistant, freezer: FrozenDateTimeFactory, entry: MockConfigEntry
) -> HeatPumpCoordinator:
    """Load the entry, and have the years read at the next poll."""
    coordinator = await set_up(hass, entry)
    for one in entry.runtime_data.coordinators.values():
        entry.async_on_unload(one.async_add_listener(lambda: None))
    await pass_time(hass, freezer)
    return coordinator


def on_disk(hass: HomeAssistant) -> HourStore:
    """Return what another start would find."""
    store = HourStore(hours_folder(hass, PUMP), "Villa")
    store.open()
    return store


def folders(hass: HomeAssistant) -> set[str]:
    return {path.name for path in hours_folder(hass, "").iterdir()}


def days_from(first: date, last: date) -> list[date]:
    return [first + number * DAY for number in range((last - first).days + 1)]


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


async def test_a_changed_setting_walks_again_and_keeps_the_old_figures_until_then(
    hass: HomeAssistant,
    freezer: FrozenDateTimeFactory,
    source: MemorySource,
    entry: MockConfigEntry,
) -> None:
    before = await walk(hass, freezer, entry)
    hot = midnight(FIRST.date() + DAY)
    source.unreadable[(FIRST - DAY, FIRST + 3 * DAY)] = DOWN
    hass.config_entries.async_update_subentry(
        entry, entry.subentries[PUMP], data={**pump()["data"], CONF_FLOW_FACTOR: 5.4}
    )
    await hass.async_block_till_done(wait_background_tasks=True)
    after = coordinator_of(entry)
    entry.async_on_unload(after.async_add_listener(lambda: None))
    await pass_time(hass, freezer)

    assert after.made_with != before.made_with
    assert max(after.years.outdated) < hot.date() + 6 * DAY
    assert hot.date() in after.years.outdated
    store = after.years.store
    assert store is not None
    assert store.days[hot.date()] == before.made_with
    assert store.hours(hot, hot + DAY)["heat_kwh"].sum() == pytest.approx(162)
    later = hot + 6 * DAY
    assert store.days[later.date()] == after.made_with
    assert store.hours(later, later + DAY)["heat_kwh"].sum() == pytest.approx(324)

    source.unreadable.clear()
    await pass_time(hass, freezer)
    await pass_time(hass, freezer)

    assert set(on_disk(hass).days.values()) == {after.made_with}


async def test_a_day_that_cannot_be_read_is_left_out_and_the_rest_is_read(
    hass: HomeAssistant,
    freezer: FrozenDateTimeFactory,
    source: MemorySource,
    entry: MockConfigEntry,
    caplog: pytest.LogCaptureFixture,
) -> None:
    bad = FIRST.date() + 5 * DAY
    source.unreadable[(midnight(bad) + DAY / 2, midnight(bad) + DAY / 2)] = QueryFailed(
        "No", key="query_failed"
    )
    await walk(hass, freezer, entry)
    for _ in range(8):
        await pass_time(hass, freezer)

    expected = set(days_from(FIRST.date(), LAST_FINAL)) - {bad}
    assert set(on_disk(hass).days) == expected
    assert caplog.text.count(f"{bad} cannot be read and are left out") == 1


async def test_the_walk_begins_before_a_day_that_cannot_be_read(
    hass: HomeAssistant,
    freezer: FrozenDateTimeFactory,
    source: MemorySource,
    entry: MockConfigEntry,
) -> None:
    """The last day in memory is a hole, and the first to be read is the one before."""
    coordinator = await walk(hass, freezer, entry)
    store, since = coordinator.years.store, coordinator.pump.history.since
    assert store is not None and since is not None
    assert await hass.config_entries.async_unload(entry.entry_id)
    for path in hours_folder(hass, PUMP).iterdir():
        path.unlink()
    coordinator = await set_up(hass, entry)
    entry.async_on_unload(coordinator.async_add_listener(lambda: None))
    noon = midnight(since.date()) + DAY * 1.5
    source.unreadable[(noon, noon)] = QueryFailed("No", key="query_failed")
    for _ in range(16):
        await pass_time(hass, freezer)

    assert set(on_disk(hass).days) == set(days_from(FIRST.date(), LAST_FINAL))


async def test_what_the_source_has_forgotten_stays(
    hass: HomeAssistant,
    freezer: FrozenDateTimeFactory,
    source: MemorySource,
    entry: MockConfigEntry,
) -> None:
    """A retention of five weeks, and then another flow factor."""
    before = await walk(hass, freezer, entry)
    source.stored = source.stored[source.stored.index >= NOW - 36 * DAY]
    hass.config_entries.async_update_subentry(
        entry, entry.subentries[PUMP], data={**pump()["data"], CONF_FLOW_FACTOR: 5.4}
    )
    await hass.async_block_till_done(wait_background_tasks=True)
    after = coordinator_of(entry)
    entry.async_on_unload(after.async_add_listener(lambda: None))
    await pass_time(hass, freezer)

    store = on_disk(hass)
    assert len(store.days) == len(days_from(FIRST.date(), LAST_FINAL))
    old = {day for day, by in store.days.items() if by == before.made_with}
    assert old == set(days_from(FIRST.date(), (NOW - 36 * DAY).date()))
    start = midnight((NOW - 36 * DAY).date())
    hours = store.hours(start, start + DAY)
    assert hours["heat_kwh"].sum() == pytest.approx(162)


async def test_it_waits_until_home_assistant_has_started(
    hass: HomeAssistant, freezer: FrozenDateTimeFactory, entry: MockConfigEntry
) -> None:
    hass.set_state(CoreState.starting)
    coordinator = await walk(hass, freezer, entry)
    assert coordinator.pump.history.whole
    assert coordinator.years.store is None

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


async def test_a_day_that_was_final_by_a_false_clock_is_kept_again(
    hass: HomeAssistant,
    freezer: FrozenDateTimeFactory,
    source: MemorySource,
    entry: MockConfigEntry,
) -> None:
    """Three days ahead when it starts, right after an hour, and then three days on."""
    today = NOW.date()
    freezer.move_to(NOW + 3 * DAY)
    await walk(hass, freezer, entry)
    assert on_disk(hass).days.keys() >= {today}
    assert await hass.config_entries.async_unload(entry.entry_id)
    freezer.move_to(NOW)
    await walk(hass, freezer, entry)

    source.write(thermia(NOW, NOW + 3 * DAY, step_s=300, cycle_min=60))
    for _ in range(3):
        freezer.tick(DAY)
        await pass_time(hass, freezer)

    hours = on_disk(hass).hours(midnight(today), midnight(today) + DAY)
    assert hours["heat_kwh"].sum() == pytest.approx(162, rel=1e-3)


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


async def test_points_that_came_a_month_late_are_read_again_on_request(
    hass: HomeAssistant,
    freezer: FrozenDateTimeFactory,
    source: MemorySource,
    entry: MockConfigEntry,
) -> None:
    """What is known stays until then, also across a restart, and is marked."""
    coordinator = await walk(hass, freezer, entry)
    years, start = coordinator.years, midnight(FIRST.date() + 2 * DAY)
    late = (source.stored.index >= start) & (source.stored.index < start + DAY)
    source.stored.loc[late, "power_consumption"] *= 2
    source.asked.clear()
    await pass_time(hass, freezer, 3700)
    assert min(begin for begin, _ in source.asked) > start + DAY

    assert years.outdated == []
    await years.async_read_again(Period(start, start + DAY))
    assert years.outdated == [start.date()]
    assert not years.whole
    await years.async_write()
    assert on_disk(hass).days[start.date()] == ""
    before = on_disk(hass).hours(start, start + DAY)["electricity_kwh"].sum()
    await pass_time(hass, freezer)

    assert years.outdated == []
    assert years.whole
    hours = on_disk(hass).hours(start, start + DAY)
    assert hours["electricity_kwh"].sum() == pytest.approx(2 * before, rel=0.01)
    assert hours["heat_kwh"].sum() == pytest.approx(162)


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
