"""How the coordinator reads the past: behind the start, back and back."""

from collections.abc import AsyncGenerator
from datetime import UTC, datetime, timedelta
from unittest.mock import patch

from freezegun.api import FrozenDateTimeFactory
from homeassistant.config_entries import ConfigEntryState
from homeassistant.core import HomeAssistant
import pandas as pd
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.heatpump_dashboard.coordinator import HeatPumpCoordinator
from custom_components.heatpump_dashboard.sources import CannotConnect, QueryFailed
from tests.support.held_source import HeldSource
from tests.support.memory_source import MemorySource, thermia
from tests.support.pump_entry import (
    DOWN,
    NOW,
    PIECE,
    add_entry,
    coordinator_of,
    pass_time,
    served_by,
    set_up,
    settle,
)

DAY = timedelta(days=1)


def all_read(coordinator: HeatPumpCoordinator) -> bool:
    return coordinator.pump.history.complete


@pytest.fixture(scope="module")
def month() -> pd.DataFrame:
    """Return more than a month, every five minutes."""
    return thermia(NOW - 40 * DAY, NOW, step_s=300, cycle_min=60)


@pytest.fixture
def source(month: pd.DataFrame) -> HeldSource:
    return HeldSource(month)


@pytest.fixture
async def entry(
    hass: HomeAssistant, source: HeldSource, freezer: FrozenDateTimeFactory
) -> AsyncGenerator[MockConfigEntry]:
    """Return an entry that is loaded, its past still to be read; unloaded at the end."""
    freezer.move_to(NOW)
    entry = add_entry(hass)
    with served_by(source):
        assert await hass.config_entries.async_setup(entry.entry_id)
        yield entry
        if entry.state is ConfigEntryState.LOADED:
            await hass.config_entries.async_unload(entry.entry_id)


async def test_the_past_is_read_behind_the_start(
    hass: HomeAssistant, source: HeldSource, entry: MockConfigEntry
) -> None:
    coordinator = coordinator_of(entry)
    await source.asked_for_past.wait()
    assert not all_read(coordinator)
    recent = coordinator.pump.records.ledger["starts"].sum()

    source.asked.clear()
    source.past.set()
    await settle(hass)

    assert all_read(coordinator)
    since = coordinator.pump.history.since
    assert since is not None
    assert NOW - 31 * DAY - timedelta(hours=3) < since <= NOW - 31 * DAY
    assert coordinator.pump.first_reading == datetime(2025, 12, 13, 14, 35, tzinfo=UTC)
    assert all(stop - start < PIECE for start, stop in source.asked)
    assert [stop for _, stop in source.asked] == sorted(
        (stop for _, stop in source.asked), reverse=True
    )
    ledger = coordinator.pump.records.ledger[
        coordinator.pump.records.ledger.index >= since
    ]
    hours = (NOW - since).total_seconds() / 3600
    assert ledger["starts"].sum() == pytest.approx(hours, abs=1.1)
    assert ledger["starts"].sum() > recent


async def test_sums_go_back_to_the_beginning_of_last_month(
    hass: HomeAssistant, freezer: FrozenDateTimeFactory
) -> None:
    """What can be looked at ends after thirty-one days all the same."""
    await hass.config.async_set_time_zone("Europe/Stockholm")
    freezer.move_to(NOW)
    source = MemorySource(thermia(NOW - 70 * DAY, NOW, step_s=300, cycle_min=60))
    entry = add_entry(hass)
    with served_by(source):
        coordinator = await set_up(hass, entry)

        known, history = coordinator.pump.records, coordinator.pump.history
        assert history.whole
        assert history.since is not None and history.since > NOW - 32 * DAY
        december = datetime(2025, 11, 30, 23, tzinfo=UTC)
        assert known.since == december
        assert known.ledger.index[0] == december
        assert known.ledger.index.to_series().diff().max() == timedelta(minutes=5)
        assert known.extremes.index[0] == history.since
        assert all(stop - start < PIECE for start, stop in source.asked)
        await hass.config_entries.async_unload(entry.entry_id)


async def test_unloading_stops_reading_the_past(
    hass: HomeAssistant, source: HeldSource, entry: MockConfigEntry
) -> None:
    await source.asked_for_past.wait()
    assert await hass.config_entries.async_unload(entry.entry_id)

    assert not source.past.is_set()
    assert source.closed


async def test_the_past_is_tried_again_at_the_next_poll(
    hass: HomeAssistant,
    freezer: FrozenDateTimeFactory,
    source: HeldSource,
    entry: MockConfigEntry,
) -> None:
    coordinator = coordinator_of(entry)
    entry.async_on_unload(coordinator.async_add_listener(lambda: None))
    await source.asked_for_past.wait()
    source.failure = DOWN
    source.past.set()
    await settle(hass)
    assert not all_read(coordinator)
    assert coordinator.last_update_success

    source.failure = None
    await pass_time(hass, freezer)

    assert all_read(coordinator)


async def test_progress_is_told_once_a_second(
    hass: HomeAssistant, source: HeldSource, entry: MockConfigEntry
) -> None:
    told: list[bool] = []
    coordinator = coordinator_of(entry)
    entry.async_on_unload(
        coordinator.async_add_listener(
            lambda: told.append(coordinator.pump.history.complete)
        )
    )
    clock = hass.loop.time()
    with patch.object(hass.loop, "time", lambda: clock):
        source.past.set()
        await settle(hass)

    # The first day, thirty days, and the end.
    assert told == [False, True, True]


async def test_a_day_that_cannot_be_read_is_a_hole_and_the_rest_is_read(
    hass: HomeAssistant,
    freezer: FrozenDateTimeFactory,
    source: HeldSource,
    entry: MockConfigEntry,
    caplog: pytest.LogCaptureFixture,
) -> None:
    coordinator = coordinator_of(entry)
    entry.async_on_unload(coordinator.async_add_listener(lambda: None))
    await source.asked_for_past.wait()
    odd = (NOW - 10 * DAY, NOW - 10 * DAY + timedelta(minutes=1))
    source.unreadable[odd] = QueryFailed("odd", key="query_failed")
    source.past.set()
    for _ in range(20):
        await pass_time(hass, freezer)

    history = coordinator.pump.history
    assert history.whole and history.complete and history.progress == 1
    assert coordinator.last_update_success
    touching = [span for span in source.asked if span[0] < odd[1] and span[1] > odd[0]]
    # Its context is read with the day after it, too.
    assert len(touching) <= 6
    assert history.holes
    assert min(start for start, _ in history.holes) <= odd[0]
    assert max(stop for _, stop in history.holes) >= odd[1]
    assert sum((stop - start for start, stop in history.holes), timedelta()) <= 2 * DAY
    told = [r for r in caplog.records if "left out" in r.getMessage()]
    assert len(told) == len(history.holes)
    ledger = coordinator.pump.records.ledger
    days = set(ledger.index[ledger["starts"] > 0].date)
    assert len(days) >= 28


async def test_what_cannot_be_computed_of_a_day_is_a_hole(
    hass: HomeAssistant,
    freezer: FrozenDateTimeFactory,
    source: HeldSource,
    entry: MockConfigEntry,
    caplog: pytest.LogCaptureFixture,
) -> None:
    coordinator = coordinator_of(entry)
    entry.async_on_unload(coordinator.async_add_listener(lambda: None))
    await source.asked_for_past.wait()
    odd = (NOW - 20 * DAY, NOW - 20 * DAY + timedelta(minutes=1))
    source.unreadable[odd] = ZeroDivisionError("bug")
    source.past.set()
    for _ in range(20):
        await pass_time(hass, freezer)
    assert coordinator.pump.history.whole
    assert coordinator.pump.history.holes
    assert 1 <= len([r for r in caplog.records if r.exc_info]) <= 2


async def test_a_past_without_a_beginning_is_read_all_the_same(
    hass: HomeAssistant,
    freezer: FrozenDateTimeFactory,
    month: pd.DataFrame,
) -> None:
    freezer.move_to(NOW)
    source = MemorySource(month)
    entry = add_entry(hass)
    failing = patch.object(
        source, "first_time", side_effect=QueryFailed("odd", key="query_failed")
    )
    with served_by(source), failing as first_time:
        coordinator = await set_up(hass, entry)
        entry.async_on_unload(coordinator.async_add_listener(lambda: None))
        for _ in range(20):
            await pass_time(hass, freezer)
        assert coordinator.pump.history.whole
        assert not coordinator.pump.history.holes
        assert first_time.call_count == 3
        await hass.config_entries.async_unload(entry.entry_id)


async def test_a_beginning_and_a_day_that_cannot_be_read_end(
    hass: HomeAssistant, freezer: FrozenDateTimeFactory, month: pd.DataFrame
) -> None:
    freezer.move_to(NOW)
    source = MemorySource(month)
    odd = QueryFailed("odd", key="query_failed")
    source.unreadable[(NOW - 10 * DAY, NOW - 9 * DAY)] = odd
    entry = add_entry(hass)
    with served_by(source), patch.object(source, "first_time", side_effect=odd):
        coordinator = await set_up(hass, entry)
        entry.async_on_unload(coordinator.async_add_listener(lambda: None))
        for _ in range(30):
            await pass_time(hass, freezer)
        assert coordinator.pump.history.whole
        assert coordinator.pump.history.holes
        await hass.config_entries.async_unload(entry.entry_id)


async def test_a_busy_server_is_given_time_and_makes_no_holes(
    hass: HomeAssistant, freezer: FrozenDateTimeFactory, month: pd.DataFrame
) -> None:
    freezer.move_to(NOW)
    source = MemorySource(month)
    busy = CannotConnect("busy", key="server_error", retry_after=300)
    span = (NOW - 20 * DAY, NOW - 5 * DAY)
    source.unreadable[span] = busy
    entry = add_entry(hass)
    with served_by(source):
        coordinator = await set_up(hass, entry)
        entry.async_on_unload(coordinator.async_add_listener(lambda: None))
        source.asked.clear()
        for _ in range(40):
            await pass_time(hass, freezer)
        past = [start for start, _ in source.asked if start < NOW - 3 * DAY]
        assert 1 <= len(past) <= 6
        assert not coordinator.pump.history.holes
        del source.unreadable[span]
        for _ in range(70):
            await pass_time(hass, freezer)
        assert coordinator.pump.history.whole
        assert not coordinator.pump.history.holes
        await hass.config_entries.async_unload(entry.entry_id)


async def test_a_day_that_a_server_never_has_time_for_becomes_a_hole(
    hass: HomeAssistant, freezer: FrozenDateTimeFactory, month: pd.DataFrame
) -> None:
    freezer.move_to(NOW)
    source = MemorySource(month)
    busy = CannotConnect("busy", key="starting", retry_after=30)
    begin = NOW - 5 * DAY + timedelta(hours=3)
    source.unreadable[(begin, begin + timedelta(hours=1))] = busy
    entry = add_entry(hass)
    with served_by(source):
        coordinator = await set_up(hass, entry)
        entry.async_on_unload(coordinator.async_add_listener(lambda: None))
        source.asked.clear()
        for _ in range(100):
            await pass_time(hass, freezer)
        assert coordinator.pump.history.whole
        assert len(coordinator.pump.history.holes) == 1
        await hass.config_entries.async_unload(entry.entry_id)


async def test_days_that_cannot_be_computed_at_all_are_told_once(
    hass: HomeAssistant,
    freezer: FrozenDateTimeFactory,
    month: pd.DataFrame,
    caplog: pytest.LogCaptureFixture,
) -> None:
    freezer.move_to(NOW)
    entry = add_entry(hass)
    with served_by(MemorySource(month)):
        with patch(
            "custom_components.heatpump_dashboard.pump.heat_pump.HeatPump.add_past",
            side_effect=ZeroDivisionError("bug"),
        ):
            coordinator = await set_up(hass, entry)
            entry.async_on_unload(coordinator.async_add_listener(lambda: None))
            for _ in range(30):
                await pass_time(hass, freezer)
        assert coordinator.last_update_success
        assert len(coordinator.pump.history.holes) <= 1
        told = [r.getMessage() for r in caplog.records if "history" in r.getMessage()]
        assert len([line for line in told if "cannot be computed" in line]) == 1
        await hass.config_entries.async_unload(entry.entry_id)
