"""How the coordinator reads the past: behind the start, back and back."""

import asyncio
from collections.abc import AsyncGenerator, Sequence
from datetime import UTC, datetime, timedelta
from typing import override
from unittest.mock import patch

from freezegun.api import FrozenDateTimeFactory
from homeassistant.config_entries import ConfigEntryState
from homeassistant.core import HomeAssistant
import pandas as pd
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.heatpump_dashboard.coordinator import HeatPumpCoordinator
from custom_components.heatpump_dashboard.sources import Times
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


class HeldSource(MemorySource):
    """Answers questions about the past only when it is let to."""

    def __init__(self, stored: pd.DataFrame) -> None:
        super().__init__(stored)
        self.past = asyncio.Event()
        self.asked_for_past = asyncio.Event()

    @override
    async def readings(
        self, bucket: str, series: Sequence[str], spans: Sequence[Times]
    ) -> pd.DataFrame:
        if spans[0][1] < NOW - 2 * DAY + timedelta(hours=1):
            self.asked_for_past.set()
            await self.past.wait()
        return await super().readings(bucket, series, spans)


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
