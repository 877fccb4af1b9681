"""A walk that does not go as planned: other settings, unread days, a false clock."""

from datetime import date
from unittest.mock import patch

from freezegun.api import FrozenDateTimeFactory
from homeassistant.core import HomeAssistant
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.heatpump_dashboard.analysis.periods import Period
from custom_components.heatpump_dashboard.const import CONF_FLOW_FACTOR
from custom_components.heatpump_dashboard.history.folders import hours_folder
from custom_components.heatpump_dashboard.pump.hours import midnight
from custom_components.heatpump_dashboard.sources import QueryFailed
from tests.support.memory_source import MemorySource, thermia
from tests.support.pump_entry import DOWN, PUMP, coordinator_of, pass_time, pump, set_up

from ..on_disk import heat_of, held_back
from .common import DAY, FIRST, LAST_FINAL, NOW, days_from, on_disk, walk


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


async def test_where_the_readings_begin_is_asked_until_it_is_known(
    hass: HomeAssistant,
    freezer: FrozenDateTimeFactory,
    source: MemorySource,
    entry: MockConfigEntry,
) -> None:
    """A slow database does not answer in time after a start: not all is known then."""
    with patch.object(source, "first_time", side_effect=DOWN):
        coordinator = await walk(hass, freezer, entry)
        for _ in range(10):
            await pass_time(hass, freezer)
        await pass_time(hass, freezer, 3700)
        assert coordinator.pump.history.whole
        assert coordinator.pump.first_reading is None
    years = coordinator.years
    assert not years.whole
    assert not years.history.complete
    assert years.history.progress == 0

    await pass_time(hass, freezer, 3700)

    assert coordinator.pump.first_reading == source.stored.index[0]
    assert years.whole
    assert years.history.complete
    assert sorted(on_disk(hass).days) == days_from(FIRST.date(), LAST_FINAL)


async def test_a_month_that_the_disk_holds_back_is_left_until_it_is_there(
    hass: HomeAssistant,
    freezer: FrozenDateTimeFactory,
    source: MemorySource,
    entry: MockConfigEntry,
) -> None:
    """The source has forgotten it, and nothing else is: all is as it was."""
    before = await walk(hass, freezer, entry)
    assert await hass.config_entries.async_unload(entry.entry_id)
    source.stored = source.stored[source.stored.index >= NOW - 34 * DAY]
    with held_back("2025-12.npz", PermissionError(13, "Permission denied")):
        after = await walk(hass, freezer, entry)
        assert min(after.years.open().days) == date(2026, 1, 1)
        assert not after.years.whole
        assert not after.years.history.complete
        await pass_time(hass, freezer, 3700)
        assert not after.years.whole

    await pass_time(hass, freezer, 3700)

    assert after.years.whole
    assert after.years.history.complete
    days = days_from(FIRST.date(), LAST_FINAL)
    assert on_disk(hass).days == dict.fromkeys(days, before.made_with)


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
    assert on_disk(hass).days[start.date()] != coordinator.made_with
    before = on_disk(hass).hours(start, start + DAY)["electricity_kwh"].sum()
    await pass_time(hass, freezer)

    assert years.outdated == []
    assert years.whole
    hours = on_disk(hass).hours(start, start + DAY)
    assert hours["electricity_kwh"].sum() == pytest.approx(2 * before, rel=0.01)
    assert hours["heat_kwh"].sum() == pytest.approx(162)


async def test_what_the_source_has_forgotten_is_not_read_again_for_ever(
    hass: HomeAssistant,
    freezer: FrozenDateTimeFactory,
    source: MemorySource,
    entry: MockConfigEntry,
) -> None:
    """Of the day in which the readings begin now a part is gone: it stays, too."""
    coordinator = await walk(hass, freezer, entry)
    years, edge = coordinator.years, (NOW - 36 * DAY).date()
    source.stored = source.stored[source.stored.index >= midnight(edge) + DAY / 2]
    days = days_from(FIRST.date(), LAST_FINAL)

    await years.async_read_again(Period(FIRST, midnight(edge + 3 * DAY)))
    assert years.outdated == days_from(FIRST.date(), edge + 2 * DAY)
    await pass_time(hass, freezer)

    assert years.outdated == []
    assert on_disk(hass).days == dict.fromkeys(days, coordinator.made_with)
    hours = on_disk(hass).hours(midnight(edge), midnight(edge) + DAY)
    assert hours["heat_kwh"].sum() == pytest.approx(162, rel=1e-3)

    await years.async_read_again(Period(FIRST, midnight(edge + 2 * DAY)))
    assert years.outdated == [edge, edge + DAY]
    await years.async_write()
    assert await hass.config_entries.async_unload(entry.entry_id)
    again = await walk(hass, freezer, entry)

    assert again.years.outdated == []
    assert on_disk(hass).days == dict.fromkeys(days, coordinator.made_with)


async def test_what_is_known_of_a_day_with_a_hole_outlives_its_source(
    hass: HomeAssistant,
    freezer: FrozenDateTimeFactory,
    source: MemorySource,
    entry: MockConfigEntry,
) -> None:
    """The recorder forgets after ten days, and memory with a restart."""
    noon = NOW - 20 * DAY
    source.unreadable[(noon, noon)] = QueryFailed("No", key="query_failed")
    before = await walk(hass, freezer, entry)
    for _ in range(12):
        await pass_time(hass, freezer)
    assert before.years.history.holes
    known = heat_of(on_disk(hass), noon.date())
    assert 0 < known < 162
    source.unreadable.clear()
    source.stored = source.stored[source.stored.index >= NOW - 10 * DAY]
    assert await hass.config_entries.async_unload(entry.entry_id)

    await walk(hass, freezer, entry)

    assert heat_of(on_disk(hass), noon.date()) == known


async def test_a_request_to_read_again_waits_for_a_month_that_is_held_back(
    hass: HomeAssistant,
    freezer: FrozenDateTimeFactory,
    source: MemorySource,
    entry: MockConfigEntry,
) -> None:
    await walk(hass, freezer, entry)
    assert await hass.config_entries.async_unload(entry.entry_id)
    noon = midnight(date(2025, 12, 28)) + DAY / 2
    with held_back("2025-12.npz", PermissionError(13, "Permission denied")):
        after = await walk(hass, freezer, entry)
        await after.years.async_read_again(Period(noon, noon + DAY / 24))
        await pass_time(hass, freezer, 3700)
    source.asked.clear()

    await pass_time(hass, freezer, 3700)

    assert any(start <= noon < stop for start, stop in source.asked)
