"""The coordinator: what it asks for, what it publishes, how it fails and recovers."""

import asyncio
from collections.abc import AsyncGenerator, Sequence
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from typing import override
from unittest.mock import patch

from freezegun.api import FrozenDateTimeFactory
from homeassistant.config_entries import ConfigEntryState
from homeassistant.core import HomeAssistant
import pandas as pd
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.heatpump_dashboard.const import DOMAIN
from custom_components.heatpump_dashboard.coordinator import HeatPumpCoordinator
from custom_components.heatpump_dashboard.sources import (
    CannotConnect,
    InvalidAuth,
    Times,
)
from tests.support.memory_source import EMPTY, MemorySource, thermia
from tests.support.pump_entry import (
    NOW,
    add_entry,
    coordinator_of,
    pass_time,
    served_by,
    set_up,
    settle,
    state_of,
    two_days,
)

DAY = timedelta(days=1)
# All that is asked for at once is in the server's memory: about a day, no more.
PIECE = timedelta(hours=26)
DOWN = CannotConnect(
    "Nothing answers", key="refused", placeholders={"host": "localhost:8086"}
)
REFUSED_TOKEN = InvalidAuth(
    "The token is not valid", key="invalid_auth", placeholders={"host": "localhost"}
)


@pytest.fixture
def source() -> MemorySource:
    return two_days()


@pytest.fixture
async def entry(
    hass: HomeAssistant, source: MemorySource, freezer: FrozenDateTimeFactory
) -> AsyncGenerator[MockConfigEntry]:
    """Return an entry that is not set up yet; it is unloaded at the end."""
    freezer.move_to(NOW)
    await hass.config.async_set_time_zone("Europe/Stockholm")
    entry = add_entry(hass)
    with served_by(source):
        yield entry
        if entry.state is ConfigEntryState.LOADED:
            await hass.config_entries.async_unload(entry.entry_id)


@pytest.fixture
async def coordinator(
    hass: HomeAssistant, entry: MockConfigEntry
) -> HeatPumpCoordinator:
    """Return the coordinator of an entry that is set up and listened to."""
    coordinator = await set_up(hass, entry)
    entry.async_on_unload(coordinator.async_add_listener(lambda: None))
    return coordinator


def all_read(coordinator: HeatPumpCoordinator) -> bool:
    return coordinator.history.complete


def lines(caplog: pytest.LogCaptureFixture) -> list[str]:
    """Return what was logged of the pump for everyone to see."""
    return [
        record.getMessage()
        for record in caplog.records
        if "Cellar pump" in record.getMessage() and record.levelname != "DEBUG"
    ]


async def test_the_first_refresh_reads_two_days_in_pieces(
    hass: HomeAssistant, entry: MockConfigEntry, source: MemorySource
) -> None:
    assert await hass.config_entries.async_setup(entry.entry_id)

    first = datetime(2026, 1, 20, 14, tzinfo=UTC)
    spans = sorted(source.asked[:2])
    assert first - timedelta(hours=2) < spans[0][0] < first - timedelta(hours=1)
    assert spans[0][1] == spans[1][0]
    assert spans[1][1] == NOW
    assert all(stop - start < PIECE for start, stop in spans)
    await settle(hass)


async def test_it_publishes_the_present(coordinator: HeatPumpCoordinator) -> None:
    data = coordinator.data

    # 14:30 is 870 minutes into the day: minute 30 of a cycle of 40, at rest.
    assert data.time == NOW - timedelta(seconds=10)
    assert data.mode == "idle"
    assert data.metrics["supply_temp"] == 30.0
    assert data.power == 100.0
    assert not data.stale
    assert not data.alarm.active
    # From midnight in Stockholm, 15 h 30 min ago.
    assert data.today["covered_s"] == pytest.approx(15.5 * 3600)
    assert data.today["starts"] == 23
    assert data.today["cop_compressor"] == pytest.approx(4.5)


async def test_a_poll_asks_once_for_what_is_new(
    hass: HomeAssistant,
    coordinator: HeatPumpCoordinator,
    source: MemorySource,
    freezer: FrozenDateTimeFactory,
) -> None:
    source.asked.clear()
    source.write(thermia(NOW - timedelta(seconds=10), NOW + timedelta(minutes=1)))

    await pass_time(hass, freezer)

    ((start, stop),) = source.asked
    assert start == NOW - timedelta(minutes=5, seconds=10)
    assert stop == NOW + timedelta(seconds=31)
    assert coordinator.data.time == NOW + timedelta(seconds=20)


async def test_it_polls_only_while_somebody_listens(
    hass: HomeAssistant,
    entry: MockConfigEntry,
    source: MemorySource,
    freezer: FrozenDateTimeFactory,
) -> None:
    coordinator = await set_up(hass, entry)
    source.asked.clear()
    await pass_time(hass, freezer)
    assert not source.asked

    stop_listening = coordinator.async_add_listener(lambda: None)
    await pass_time(hass, freezer)
    assert len(source.asked) == 1

    stop_listening()
    await pass_time(hass, freezer)
    assert len(source.asked) == 1


async def test_a_failed_poll_loses_nothing_and_is_logged_once(
    hass: HomeAssistant,
    coordinator: HeatPumpCoordinator,
    source: MemorySource,
    freezer: FrozenDateTimeFactory,
    caplog: pytest.LogCaptureFixture,
) -> None:
    before = coordinator.known
    source.failure = DOWN
    await pass_time(hass, freezer)
    await pass_time(hass, freezer)

    assert not coordinator.last_update_success
    assert coordinator.source_state == "refused"
    assert coordinator.known is before
    assert coordinator.data.metrics["supply_temp"] == 30.0
    (line,) = lines(caplog)
    assert "Nothing answers" in line

    source.failure = None
    source.write(thermia(NOW - timedelta(seconds=10), NOW + timedelta(minutes=2)))
    await pass_time(hass, freezer)
    await pass_time(hass, freezer)

    assert coordinator.source_state == "ok"
    assert "recovered" in lines(caplog)[1]
    assert len(lines(caplog)) == 2
    # The readings of the time when it could not be asked are there.
    assert coordinator.known.readings.index.to_series().diff().max() == pd.Timedelta(
        seconds=30
    )


async def test_a_token_that_is_no_longer_valid_is_asked_for_again(
    hass: HomeAssistant,
    coordinator: HeatPumpCoordinator,
    source: MemorySource,
    freezer: FrozenDateTimeFactory,
) -> None:
    source.failure = REFUSED_TOKEN
    await pass_time(hass, freezer)

    (flow,) = hass.config_entries.flow.async_progress_by_handler(DOMAIN)
    assert flow["context"]["source"] == "reauth"
    assert coordinator.source_state == "invalid_auth"
    source.asked.clear()
    await pass_time(hass, freezer)
    assert not source.asked


async def test_set_up_is_tried_again_while_the_source_is_down(
    hass: HomeAssistant, entry: MockConfigEntry, source: MemorySource
) -> None:
    source.failure = DOWN
    assert not await hass.config_entries.async_setup(entry.entry_id)

    assert state_of(entry) is ConfigEntryState.SETUP_RETRY
    assert entry.error_reason_translation_key == "refused"
    assert entry.error_reason_translation_placeholders == DOWN.placeholders
    assert source.closed

    source.failure = None
    await hass.config_entries.async_reload(entry.entry_id)
    await settle(hass)
    assert state_of(entry) is ConfigEntryState.LOADED


async def test_set_up_with_a_wrong_token_asks_for_another(
    hass: HomeAssistant, entry: MockConfigEntry, source: MemorySource
) -> None:
    source.failure = REFUSED_TOKEN
    assert not await hass.config_entries.async_setup(entry.entry_id)
    await settle(hass)

    assert entry.state is ConfigEntryState.SETUP_ERROR
    (flow,) = hass.config_entries.flow.async_progress_by_handler(DOMAIN)
    assert flow["context"]["source"] == "reauth"


async def test_points_that_come_late_are_taken_in(
    hass: HomeAssistant,
    coordinator: HeatPumpCoordinator,
    source: MemorySource,
    freezer: FrozenDateTimeFactory,
) -> None:
    later = thermia(NOW + timedelta(seconds=20), NOW + timedelta(minutes=4))
    source.write(later.iloc[5:])
    await pass_time(hass, freezer, 240)
    missing = coordinator.data.today["uncovered_s"]
    assert missing > 0

    source.write(later)
    await pass_time(hass, freezer, 31)

    assert coordinator.data.today["uncovered_s"] == 0
    assert coordinator.known.readings.index.is_monotonic_increasing


async def test_points_that_come_hours_late_are_taken_in(
    hass: HomeAssistant,
    coordinator: HeatPumpCoordinator,
    source: MemorySource,
    freezer: FrozenDateTimeFactory,
) -> None:
    """The newest come first, and the rest of the day when the collector caught up."""
    silent = timedelta(hours=6)
    later = thermia(NOW, NOW + silent + timedelta(minutes=30))
    source.write(later[later.index >= NOW + silent])
    await pass_time(hass, freezer, silent.total_seconds() + 60)
    assert coordinator.data.today["uncovered_s"] > 0

    source.write(later)
    for _ in range(37):
        await pass_time(hass, freezer)

    assert coordinator.data.today["uncovered_s"] == 0
    known = coordinator.known.readings.index.to_series().diff()
    assert known.max() == pd.Timedelta(seconds=30)


async def test_the_last_day_is_read_again_in_slices(
    hass: HomeAssistant,
    coordinator: HeatPumpCoordinator,
    source: MemorySource,
    freezer: FrozenDateTimeFactory,
) -> None:
    source.write(thermia(NOW, NOW + timedelta(hours=2)))
    source.asked.clear()
    for _ in range(64):
        await pass_time(hass, freezer)

    assert len(source.asked) == 64
    assert max(stop - start for start, stop in source.asked) < timedelta(minutes=10)
    slices = source.asked_also
    assert len(slices) == 16
    assert {stop - start for start, stop in slices} == {timedelta(hours=3)}
    # From the newest to the oldest, without holes, and once more.
    assert all(newer[0] <= older[1] for newer, older in pairwise(slices[:8]))
    assert slices[7][0] < slices[0][1] - DAY + timedelta(minutes=15)
    assert slices[8][1] > slices[0][1]


async def test_a_long_outage_is_read_in_pieces(
    hass: HomeAssistant,
    coordinator: HeatPumpCoordinator,
    source: MemorySource,
    freezer: FrozenDateTimeFactory,
) -> None:
    source.failure = DOWN
    await pass_time(hass, freezer)
    later = NOW + timedelta(days=3)
    source.write(thermia(NOW, later, step_s=60))
    source.failure = None
    source.asked.clear()

    await pass_time(hass, freezer, 3 * 86400 - 31)

    assert len(source.asked) == 3
    assert all(stop - start < PIECE for start, stop in source.asked)
    assert coordinator.data.time is not None
    assert coordinator.data.time >= later - timedelta(minutes=1)
    windows = coordinator.known.ledger.index.to_series().diff()
    assert windows.max() == pd.Timedelta(minutes=5)


async def test_a_collector_that_is_dead_for_days_costs_one_question_a_poll(
    hass: HomeAssistant,
    coordinator: HeatPumpCoordinator,
    source: MemorySource,
    freezer: FrozenDateTimeFactory,
) -> None:
    for _ in range(6):
        await pass_time(hass, freezer, 43200)
    source.asked.clear()
    await pass_time(hass, freezer)

    assert len(source.asked) == 1
    assert coordinator.source_state == "stale"


async def test_old_readings_are_stale(
    hass: HomeAssistant,
    coordinator: HeatPumpCoordinator,
    freezer: FrozenDateTimeFactory,
) -> None:
    await pass_time(hass, freezer)
    told: list[str] = []
    coordinator.async_add_listener(lambda: told.append(coordinator.source_state))
    for _ in range(25):
        await pass_time(hass, freezer)

    assert coordinator.data.stale
    # Nothing else was new in those minutes.
    assert told == ["stale"]
    assert coordinator.data.metrics["supply_temp"] == 30.0


async def test_an_empty_bucket_is_no_error(
    hass: HomeAssistant,
    entry: MockConfigEntry,
    source: MemorySource,
    freezer: FrozenDateTimeFactory,
) -> None:
    source.stored = EMPTY
    coordinator = await set_up(hass, entry)
    assert coordinator.data.time is None
    assert coordinator.source_state == "stale"
    assert all_read(coordinator)

    entry.async_on_unload(coordinator.async_add_listener(lambda: None))
    source.write(thermia(NOW - timedelta(minutes=1), NOW + timedelta(minutes=1)))
    await pass_time(hass, freezer)

    assert coordinator.source_state == "ok"
    assert coordinator.first_known is not None


@pytest.mark.parametrize(
    ("day", "hours"), [("2026-03-29", 23), ("2026-10-25", 25), ("2026-10-26", 24)]
)
async def test_today_is_the_local_day(
    hass: HomeAssistant,
    entry: MockConfigEntry,
    source: MemorySource,
    freezer: FrozenDateTimeFactory,
    day: str,
    hours: int,
) -> None:
    stop = pd.Timestamp(f"{day} 23:59:40", tz="Europe/Stockholm").to_pydatetime()
    freezer.move_to(stop)
    source.stored = thermia(stop - timedelta(hours=50), stop)

    coordinator = await set_up(hass, entry)

    today = coordinator.data.today
    assert today["covered_s"] == pytest.approx(hours * 3600 - 30, abs=1)
    assert today["coverage"] == pytest.approx(1)


class HeldSource(MemorySource):
    """Answers questions about the past only when it is let to."""

    def __init__(self, stored: pd.DataFrame) -> None:
        super().__init__(stored)
        self.past = asyncio.Event()
        self.asked_for_past = asyncio.Event()

    @override
    async def readings(
        self,
        bucket: str,
        series: Sequence[str],
        start: datetime,
        stop: datetime,
        *,
        also: Times | None = None,
    ) -> pd.DataFrame:
        if stop < NOW - 2 * DAY + timedelta(hours=1):
            self.asked_for_past.set()
            await self.past.wait()
        return await super().readings(bucket, series, start, stop, also=also)


@pytest.fixture(scope="module")
def month() -> pd.DataFrame:
    """Return more than a month, every five minutes."""
    return thermia(NOW - 40 * DAY, NOW, step_s=300, cycle_min=60)


async def test_the_past_is_read_behind_the_start(
    hass: HomeAssistant, month: pd.DataFrame, freezer: FrozenDateTimeFactory
) -> None:
    freezer.move_to(NOW)
    source = HeldSource(month)
    entry = add_entry(hass)
    with served_by(source):
        assert await hass.config_entries.async_setup(entry.entry_id)
        coordinator = coordinator_of(entry)
        await source.asked_for_past.wait()
        assert not all_read(coordinator)
        recent = coordinator.known.ledger["starts"].sum()

        source.asked.clear()
        source.past.set()
        await settle(hass)

        assert all_read(coordinator)
        since = coordinator.history.since
        assert since is not None
        assert NOW - 31 * DAY - timedelta(hours=3) < since <= NOW - 31 * DAY
        assert coordinator.first_reading == datetime(2025, 12, 13, 14, 35, tzinfo=UTC)
        assert all(stop - start < PIECE for start, stop in source.asked)
        assert [stop for _, stop in source.asked] == sorted(
            (stop for _, stop in source.asked), reverse=True
        )
        ledger = coordinator.known.ledger[coordinator.known.ledger.index >= since]
        hours = (NOW - since).total_seconds() / 3600
        assert ledger["starts"].sum() == pytest.approx(hours, abs=1.1)
        assert ledger["starts"].sum() > recent
        await hass.config_entries.async_unload(entry.entry_id)


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

        known, history = coordinator.known, coordinator.history
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
    hass: HomeAssistant, month: pd.DataFrame, freezer: FrozenDateTimeFactory
) -> None:
    freezer.move_to(NOW)
    source = HeldSource(month)
    entry = add_entry(hass)
    with served_by(source):
        assert await hass.config_entries.async_setup(entry.entry_id)
        await source.asked_for_past.wait()
        assert await hass.config_entries.async_unload(entry.entry_id)

    assert not source.past.is_set()
    assert source.closed


async def test_the_past_is_tried_again_at_the_next_poll(
    hass: HomeAssistant, month: pd.DataFrame, freezer: FrozenDateTimeFactory
) -> None:
    freezer.move_to(NOW)
    source = HeldSource(month)
    entry = add_entry(hass)
    with served_by(source):
        assert await hass.config_entries.async_setup(entry.entry_id)
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
        await hass.config_entries.async_unload(entry.entry_id)


async def test_progress_is_told_once_a_second(
    hass: HomeAssistant, month: pd.DataFrame, freezer: FrozenDateTimeFactory
) -> None:
    freezer.move_to(NOW)
    source = HeldSource(month)
    entry = add_entry(hass)
    told: list[bool] = []
    with served_by(source):
        assert await hass.config_entries.async_setup(entry.entry_id)
        coordinator = coordinator_of(entry)
        entry.async_on_unload(
            coordinator.async_add_listener(
                lambda: told.append(coordinator.history.complete)
            )
        )
        clock = hass.loop.time()
        with patch.object(hass.loop, "time", lambda: clock):
            source.past.set()
            await settle(hass)

        # The first day, thirty days, and the end.
        assert told == [False, True, True]
        await hass.config_entries.async_unload(entry.entry_id)
