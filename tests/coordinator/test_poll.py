"""The poll: what it asks for, and what it publishes."""

from datetime import UTC, datetime, timedelta

from freezegun.api import FrozenDateTimeFactory
from homeassistant.core import HomeAssistant
import pandas as pd
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.heatpump_dashboard.coordinator import HeatPumpCoordinator
from custom_components.heatpump_dashboard.pump.limits import EARLY
from tests.support.memory_source import EMPTY, MemorySource, thermia
from tests.support.pump_entry import NOW, PIECE, pass_time, set_up, settle

from .common import all_read


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


async def test_what_was_in_force_is_asked_for_only_at_the_start(
    hass: HomeAssistant,
    coordinator: HeatPumpCoordinator,
    source: MemorySource,
    freezer: FrozenDateTimeFactory,
) -> None:
    """It is found far in the past: each poll would search for it again."""
    assert all(source.asked_in_force)
    source.asked_in_force.clear()
    for _ in range(8):
        await pass_time(hass, freezer)
    assert len(source.asked_in_force) == 8
    assert not any(source.asked_in_force)


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


async def test_old_readings_are_stale(
    hass: HomeAssistant,
    coordinator: HeatPumpCoordinator,
    freezer: FrozenDateTimeFactory,
) -> None:
    # The figures of longer periods are known a poll after all else.
    coordinator.async_add_listener(lambda: None)
    await pass_time(hass, freezer)
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
