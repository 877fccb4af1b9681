"""The coordinator: what it asks for, what it publishes, how it fails and recovers."""

from collections.abc import AsyncGenerator
from datetime import UTC, datetime, timedelta
from itertools import pairwise

from freezegun.api import FrozenDateTimeFactory
from homeassistant.config_entries import ConfigEntryState
from homeassistant.core import HomeAssistant
import pandas as pd
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.heatpump_dashboard.const import DOMAIN
from custom_components.heatpump_dashboard.coordinator import HeatPumpCoordinator
from custom_components.heatpump_dashboard.pump.limits import EARLY
from custom_components.heatpump_dashboard.sources import (
    CannotConnect,
    InvalidAuth,
    QueryFailed,
    SourceError,
)
from tests.support.memory_source import EMPTY, MemorySource, thermia
from tests.support.pump_entry import (
    DOWN,
    NOW,
    PIECE,
    add_entry,
    pass_time,
    served_by,
    set_up,
    settle,
    state_of,
    two_days,
)

DAY = timedelta(days=1)
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
    return coordinator.pump.history.complete


def lines(caplog: pytest.LogCaptureFixture) -> list[str]:
    """Return what was logged for everyone to see."""
    return [
        record.getMessage()
        for record in caplog.records
        if record.name == f"custom_components.{DOMAIN}" and record.levelname != "DEBUG"
    ]


async def test_the_first_refresh_reads_two_days_in_pieces(
    hass: HomeAssistant, entry: MockConfigEntry, source: MemorySource
) -> None:
    assert await hass.config_entries.async_setup(entry.entry_id)

    first = datetime(2026, 1, 20, 14, tzinfo=UTC)
    spans = sorted(source.asked[:2])
    assert first - timedelta(hours=2) < spans[0][0] < first - timedelta(hours=1)
    assert spans[0][1] == spans[1][0]
    assert spans[1][1] == NOW + EARLY
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
    source.write(thermia(NOW - timedelta(seconds=10), NOW + timedelta(seconds=31)))

    await pass_time(hass, freezer)

    ((start, stop),) = source.asked
    assert start == NOW - timedelta(minutes=5, seconds=10)
    assert stop == NOW + timedelta(seconds=31) + EARLY
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
    before = coordinator.pump.records
    source.failure = DOWN
    await pass_time(hass, freezer)
    await pass_time(hass, freezer)

    assert not coordinator.last_update_success
    assert coordinator.source_state == "refused"
    assert coordinator.pump.records is before
    assert coordinator.data.metrics["supply_temp"] == 30.0
    (line,) = lines(caplog)
    assert line == "Server is unavailable: Nothing answers"

    source.failure = None
    source.write(thermia(NOW - timedelta(seconds=10), NOW + timedelta(minutes=2)))
    await pass_time(hass, freezer)
    await pass_time(hass, freezer)

    assert coordinator.source_state == "ok"
    assert lines(caplog)[1:] == ["Server is available again"]
    # The readings of the time when it could not be asked are there.
    assert (
        coordinator.pump.records.readings.index.to_series().diff().max()
        == pd.Timedelta(seconds=30)
    )


async def test_a_token_that_is_no_longer_valid_is_asked_for_again(
    hass: HomeAssistant,
    coordinator: HeatPumpCoordinator,
    source: MemorySource,
    freezer: FrozenDateTimeFactory,
) -> None:
    source.failure = REFUSED_TOKEN
    await pass_time(hass, freezer)
    # It may pass by itself.
    assert not hass.config_entries.flow.async_progress_by_handler(DOMAIN)
    assert coordinator.source_state == "invalid_auth"
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


async def test_set_up_is_tried_again_whatever_the_network_said(
    hass: HomeAssistant, entry: MockConfigEntry, source: MemorySource
) -> None:
    """A real source's error has a cause of its own."""
    failure = CannotConnect(str(DOWN), key=DOWN.key, placeholders=DOWN.placeholders)
    failure.__cause__ = ConnectionRefusedError(111, "Connect call failed")
    source.failure = failure
    assert not await hass.config_entries.async_setup(entry.entry_id)

    assert state_of(entry) is ConfigEntryState.SETUP_RETRY
    assert entry.error_reason_translation_key == "refused"


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
    assert coordinator.pump.records.readings.index.is_monotonic_increasing


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
    known = coordinator.pump.records.readings.index.to_series().diff()
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
    slices = [
        (start, stop) for start, stop in source.asked_also if stop <= NOW + DAY / 24
    ]
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
    windows = coordinator.pump.records.ledger.index.to_series().diff()
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
    assert coordinator.pump.first_known is not None


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


QUERY = QueryFailed("odd", key="query_failed")
BUSY = CannotConnect("busy", key="server_error")


@pytest.mark.parametrize("failure", [QUERY, BUSY], ids=["query", "server"])
async def test_late_points_that_cannot_be_read_cost_nothing_new(
    hass: HomeAssistant,
    coordinator: HeatPumpCoordinator,
    source: MemorySource,
    freezer: FrozenDateTimeFactory,
    failure: SourceError,
) -> None:
    source.unreadable[(NOW - timedelta(hours=9), NOW - timedelta(hours=8))] = failure
    for number in range(1, 40):
        now = NOW + timedelta(seconds=31 * number)
        source.write(thermia(now - timedelta(minutes=1), now))
        await pass_time(hass, freezer)
        assert coordinator.source_state == "ok"
        assert coordinator.data.time is not None
        assert now - coordinator.data.time <= timedelta(seconds=40)


async def test_a_day_of_an_outage_that_cannot_be_read_is_left_out(
    hass: HomeAssistant,
    coordinator: HeatPumpCoordinator,
    source: MemorySource,
    freezer: FrozenDateTimeFactory,
) -> None:
    source.failure = DOWN
    await pass_time(hass, freezer)
    later = NOW + timedelta(days=4)
    source.write(thermia(NOW, later, step_s=60))
    source.failure = None
    odd = (NOW + timedelta(hours=40), NOW + timedelta(hours=41))
    source.unreadable[odd] = QUERY
    await pass_time(hass, freezer, 4 * 86400 - 31)

    assert coordinator.source_state == "ok"
    assert coordinator.data.time is not None
    assert coordinator.data.time >= later - timedelta(minutes=1)
    ((start, stop),) = coordinator.pump.history.holes
    assert start <= odd[0] < odd[1] <= stop


@pytest.mark.parametrize("failure", [QUERY, BUSY], ids=["query", "server"])
async def test_what_is_to_come_and_cannot_be_read_keeps_nobody_waiting(
    hass: HomeAssistant,
    entry: MockConfigEntry,
    source: MemorySource,
    failure: SourceError,
) -> None:
    source.unreadable[(NOW + timedelta(hours=2), NOW + timedelta(hours=3))] = failure
    coordinator = await set_up(hass, entry)
    assert coordinator.source_state == "ok"
    assert coordinator.data.clock_ahead_s is None


async def test_a_day_that_the_server_fails_of_at_the_start_keeps_nobody_waiting(
    hass: HomeAssistant, entry: MockConfigEntry, source: MemorySource
) -> None:
    source.unreadable[(NOW - timedelta(hours=45), NOW - timedelta(hours=44))] = BUSY
    coordinator = await set_up(hass, entry)
    assert coordinator.data.time == NOW - timedelta(seconds=10)


async def test_a_day_that_cannot_be_read_at_the_start_is_left_to_the_past(
    hass: HomeAssistant,
    entry: MockConfigEntry,
    source: MemorySource,
    freezer: FrozenDateTimeFactory,
) -> None:
    source.unreadable[(NOW - timedelta(hours=45), NOW - timedelta(hours=44))] = QUERY
    coordinator = await set_up(hass, entry)
    assert coordinator.source_state == "ok"
    assert coordinator.data.time == NOW - timedelta(seconds=10)
    entry.async_on_unload(coordinator.async_add_listener(lambda: None))
    for _ in range(20):
        await pass_time(hass, freezer)
    assert coordinator.pump.history.whole
    assert coordinator.pump.history.holes


async def test_another_reason_while_it_is_away_is_told(
    hass: HomeAssistant,
    coordinator: HeatPumpCoordinator,
    source: MemorySource,
    freezer: FrozenDateTimeFactory,
) -> None:
    told: list[str] = []
    coordinator.async_add_listener(lambda: told.append(coordinator.source_state))
    for key in ("starting", "starting", "timeout", "query_failed"):
        source.failure = CannotConnect(key, key=key)
        await pass_time(hass, freezer)
    source.failure = REFUSED_TOKEN
    await pass_time(hass, freezer)
    assert told == ["starting", "timeout", "query_failed", "invalid_auth"]


async def test_a_refused_token_that_is_accepted_again_is_asked_of_nobody(
    hass: HomeAssistant,
    coordinator: HeatPumpCoordinator,
    source: MemorySource,
    freezer: FrozenDateTimeFactory,
) -> None:
    for _ in range(3):
        source.failure = REFUSED_TOKEN
        await pass_time(hass, freezer)
        source.failure = None
        await pass_time(hass, freezer)
    assert not hass.config_entries.flow.async_progress_by_handler(DOMAIN)
    assert coordinator.last_update_success


async def test_a_server_that_asks_to_wait_is_not_asked_meanwhile(
    hass: HomeAssistant,
    coordinator: HeatPumpCoordinator,
    source: MemorySource,
    freezer: FrozenDateTimeFactory,
) -> None:
    source.failure = CannotConnect("busy", key="server_error", retry_after=300.0)
    await pass_time(hass, freezer)
    source.asked.clear()
    source.failure = None
    for _ in range(9):
        await pass_time(hass, freezer)
        assert not source.asked
    await pass_time(hass, freezer)
    assert source.asked


async def test_a_collector_that_is_ahead_is_told_and_its_readings_wait(
    hass: HomeAssistant,
    entry: MockConfigEntry,
    source: MemorySource,
    freezer: FrozenDateTimeFactory,
) -> None:
    ahead = timedelta(minutes=20)
    source.stored = thermia(NOW - timedelta(hours=50), NOW + ahead)
    coordinator = await set_up(hass, entry)
    assert coordinator.data.time is not None
    assert abs(coordinator.data.time - NOW) <= EARLY
    assert coordinator.data.clock_ahead_s == pytest.approx(1200, abs=60)
    entry.async_on_unload(coordinator.async_add_listener(lambda: None))
    for number in range(1, 60):
        now = NOW + timedelta(seconds=31 * number)
        source.write(thermia(now + ahead - timedelta(minutes=1), now + ahead))
        await pass_time(hass, freezer)
        assert abs(coordinator.data.time - now) <= EARLY
        assert coordinator.data.clock_ahead_s == pytest.approx(1200, abs=120)


async def test_a_collector_that_goes_ahead_and_back_is_told(
    hass: HomeAssistant,
    coordinator: HeatPumpCoordinator,
    source: MemorySource,
    freezer: FrozenDateTimeFactory,
) -> None:
    ahead = timedelta(minutes=20)
    for number in range(1, 10):
        now = NOW + timedelta(seconds=31 * number)
        source.write(thermia(now + ahead - timedelta(minutes=1), now + ahead))
        await pass_time(hass, freezer)
    assert coordinator.data.clock_ahead_s == pytest.approx(1200, abs=120)
    for number in range(10, 60):
        now = NOW + timedelta(seconds=31 * number)
        source.write(thermia(now - timedelta(minutes=1), now))
        await pass_time(hass, freezer)
    assert coordinator.data.clock_ahead_s is None
    assert coordinator.source_state == "ok"


async def test_a_single_reading_of_the_future_is_a_slip(
    hass: HomeAssistant,
    coordinator: HeatPumpCoordinator,
    source: MemorySource,
    freezer: FrozenDateTimeFactory,
) -> None:
    later = NOW + timedelta(hours=5)
    source.write(thermia(later, later + timedelta(seconds=30)))
    for _ in range(6):
        await pass_time(hass, freezer)
    assert coordinator.data.clock_ahead_s is None


@pytest.mark.parametrize("hours", [1, 20, -1, -20])
async def test_our_clock_that_is_put_back_or_forward_loses_nothing(
    hass: HomeAssistant,
    coordinator: HeatPumpCoordinator,
    source: MemorySource,
    freezer: FrozenDateTimeFactory,
    hours: int,
) -> None:
    """By the collector's clock, which is right all the time, minutes pass."""
    before = coordinator.pump.records.ledger["starts"].sum()
    freezer.move_to(NOW + timedelta(hours=hours))
    for number in range(1, 10):
        real = NOW + timedelta(seconds=31 * number)
        source.write(thermia(real - timedelta(minutes=1), real))
        freezer.tick(31)
        await coordinator.async_refresh()
        if hours < 0:
            assert coordinator.data.time is not None
            assert real - coordinator.data.time <= timedelta(seconds=40)
            assert coordinator.data.clock_ahead_s == pytest.approx(
                -3600 * hours, abs=90
            )
        else:
            assert coordinator.source_state == "stale"
    freezer.move_to(NOW + timedelta(minutes=5))
    source.write(thermia(NOW, NOW + timedelta(minutes=5)))
    for _ in range(5):
        freezer.tick(31)
        await coordinator.async_refresh()
    assert coordinator.data.clock_ahead_s is None
    assert coordinator.pump.records.ledger["starts"].sum() == before
    assert len(coordinator.pump.records.readings) > 5700
