"""Clocks that are wrong: the collector's and ours."""

from datetime import timedelta

from freezegun.api import FrozenDateTimeFactory
from homeassistant.core import HomeAssistant
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.heatpump_dashboard.coordinator import HeatPumpCoordinator
from custom_components.heatpump_dashboard.pump.limits import EARLY
from tests.support.memory_source import EMPTY, MemorySource, thermia
from tests.support.pump_entry import NOW, coordinator_of, pass_time, set_up, settle


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


@pytest.mark.parametrize("ahead", [timedelta(hours=2), timedelta(days=3)])
async def test_both_clocks_that_were_ahead_and_are_right_again(
    hass: HomeAssistant,
    entry: MockConfigEntry,
    source: MemorySource,
    freezer: FrozenDateTimeFactory,
    ahead: timedelta,
) -> None:
    """One box without a clock of its own, until it asked another."""
    await set_up(hass, entry)
    for number in range(1, 11):
        now = NOW + ahead + timedelta(seconds=31 * number)
        source.write(thermia(now - timedelta(minutes=1), now))
        freezer.move_to(now)
        await coordinator_of(entry).async_refresh()
        await settle(hass)

    for number in range(1, 12):
        now = NOW + timedelta(minutes=5, seconds=31 * number)
        rows = thermia(now - timedelta(minutes=1), now)
        source.write(rows.assign(alarm_status=1.0))
        freezer.move_to(now)
        await coordinator_of(entry).async_refresh()
        await settle(hass)

    present = coordinator_of(entry).data
    assert present.time is not None
    assert timedelta() <= now - present.time <= timedelta(seconds=40)
    assert present.alarm.active
    assert not present.stale
    readings = coordinator_of(entry).pump.records.readings
    assert len(readings) > 5700
    assert readings.index[-1] <= now


async def test_a_clock_that_was_ahead_at_the_first_set_up(
    hass: HomeAssistant,
    entry: MockConfigEntry,
    source: MemorySource,
    freezer: FrozenDateTimeFactory,
) -> None:
    """Nothing is stored yet, and the first readings are long before that set-up."""
    source.stored = EMPTY
    freezer.move_to(NOW + timedelta(days=3))
    await set_up(hass, entry)
    for number in range(1, 4):
        now = NOW + timedelta(seconds=31 * number)
        source.write(thermia(now - timedelta(minutes=1), now))
        freezer.move_to(now)
        await coordinator_of(entry).async_refresh()
        await settle(hass)
    assert coordinator_of(entry).data.time is not None
    assert coordinator_of(entry).source_state == "ok"
