"""Days without answers or readings, and days that cannot be read."""

from datetime import timedelta

from freezegun.api import FrozenDateTimeFactory
from homeassistant.core import HomeAssistant
import pandas as pd
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.heatpump_dashboard.coordinator import HeatPumpCoordinator
from tests.support.memory_source import MemorySource, thermia
from tests.support.pump_entry import DOWN, NOW, PIECE, pass_time, set_up

from .common import BUSY, QUERY


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


async def test_each_outage_has_its_own_tries(
    hass: HomeAssistant,
    coordinator: HeatPumpCoordinator,
    source: MemorySource,
    freezer: FrozenDateTimeFactory,
) -> None:
    """What a server had no time for at first and then had is no hole of the next."""
    begin = NOW
    for _ in range(2):
        source.failure = DOWN
        await pass_time(hass, freezer)
        end = begin + timedelta(days=3)
        source.write(thermia(begin, end, step_s=60))
        source.failure = None
        odd = (begin + timedelta(hours=4), begin + timedelta(hours=5))
        source.unreadable = {odd: BUSY}
        freezer.move_to(end - timedelta(seconds=200))
        for _ in range(3):
            await coordinator.async_refresh()
            assert not coordinator.last_update_success
            freezer.tick(31)
        source.unreadable = {}
        await coordinator.async_refresh()
        assert coordinator.last_update_success
        assert not coordinator.pump.history.holes
        begin = end
