"""Points that come late, and what is asked for beside what is new."""

from datetime import timedelta
from itertools import pairwise

from freezegun.api import FrozenDateTimeFactory
from homeassistant.core import HomeAssistant
import pandas as pd
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.heatpump_dashboard.coordinator import HeatPumpCoordinator
from custom_components.heatpump_dashboard.sources import SourceError
from custom_components.heatpump_dashboard.sources.influx.shards import questions
from tests.support.memory_source import MemorySource, thermia
from tests.support.pump_entry import NOW, pass_time, set_up

from .common import BUSY, DAY, QUERY


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


async def test_what_is_asked_for_beside_what_is_new_is_one_question(
    hass: HomeAssistant,
    coordinator: HeatPumpCoordinator,
    source: MemorySource,
    freezer: FrozenDateTimeFactory,
) -> None:
    source.asked.clear()
    source.asked_also.clear()
    for _ in range(4):
        await pass_time(hass, freezer)
    assert len(source.asked_also) == 2
    assert len(questions([source.asked[-1], *source.asked_also])) == 1
