"""Polls come first, and of the past one day at a time."""

import asyncio
from collections.abc import Callable, Generator, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from itertools import pairwise
import time
from typing import override
from unittest.mock import patch

from freezegun.api import FrozenDateTimeFactory
from homeassistant.core import HomeAssistant
import pandas as pd
import pytest
from pytest_homeassistant_custom_component.common import async_fire_time_changed

from custom_components.heatpump_dashboard.const import CONF_BRAND
from custom_components.heatpump_dashboard.history import turns as turns_module
from custom_components.heatpump_dashboard.history.pump_source import PumpSource
from custom_components.heatpump_dashboard.history.turns import Turns
from custom_components.heatpump_dashboard.profiles import load
from custom_components.heatpump_dashboard.pump.heat_pump import HeatPump
from custom_components.heatpump_dashboard.sources import CannotConnect, Times
from tests.support.memory_source import MemorySource, thermia
from tests.support.pump_entry import (
    DOWN,
    add_entry,
    pass_time,
    served_by,
    set_up,
    settle,
    walking_at_once,
)

# The day on which last month is farthest away is behind us: memory goes back a month.
NOW = datetime(2026, 2, 1, 14, 30, 10, tzinfo=UTC)
DAY = timedelta(days=1)
FIRST = NOW - 40 * DAY


@pytest.fixture
def patience() -> Generator[None]:
    """Take everything for a slow poll, and leave its server alone for a moment."""
    with patch.multiple(turns_module, _SLOW_POLL_S=-1.0, _LEFT_ALONE_S=0.2):
        yield


async def test_a_day_of_the_past_waits_for_the_poll_and_for_another_day() -> None:
    turns, order = Turns(), list[str]()

    async def read(name: str) -> None:
        async with turns:
            order.append(f"{name} begins")
            await asyncio.sleep(0)
            order.append(f"{name} ends")

    with turns.poll():
        with turns.poll():
            days = [asyncio.create_task(read(name)) for name in ("one", "other")]
            await asyncio.sleep(0.01)
        await asyncio.sleep(0.01)
        assert order == []
        order.append("polled")
    await asyncio.gather(*days)

    names = ["one begins", "one ends", "other begins", "other ends"]
    assert order == ["polled", *names]


async def test_who_gives_up_waiting_keeps_nobody() -> None:
    turns = Turns()
    with turns.poll():
        waiting = asyncio.create_task(turns.__aenter__())
        await asyncio.sleep(0)
        waiting.cancel()
        with pytest.raises(asyncio.CancelledError):
            await waiting
    async with asyncio.timeout(1), turns:
        pass


async def test_the_past_comes_where_one_of_many_is_always_polling() -> None:
    turns = Turns()
    with patch.object(turns_module, "_LONGEST_WAIT_S", 0.05), turns.poll():
        async with asyncio.timeout(1), turns:
            pass


async def test_a_server_that_is_slow_with_a_poll_is_left_alone(patience: None) -> None:
    turns = Turns()
    assert turns.left_alone_s == 0
    with pytest.raises(OSError, match="down"), turns.poll():
        raise OSError("down")
    assert 0 < turns.left_alone_s <= 0.2
    await asyncio.sleep(0.25)
    assert turns.left_alone_s == 0


class Slow(MemorySource):
    """Answers polls when it is let to; days of the past are counted meanwhile."""

    def __init__(self, stored: pd.DataFrame) -> None:
        super().__init__(stored)
        self.go = asyncio.Event()
        self.go.set()
        self.polled = asyncio.Event()
        self.past = 0

    @override
    async def readings(
        self,
        bucket: str,
        series: Sequence[str],
        spans: Sequence[Times],
        *,
        in_force: bool = True,
        units: Mapping[str, str] | None = None,
    ) -> pd.DataFrame:
        if spans[0][1] > NOW - DAY:
            self.polled.set()
            await self.go.wait()
        else:
            self.past += 1
        return await super().readings(
            bucket, series, spans, in_force=in_force, units=units
        )


async def test_the_walk_waits_while_a_poll_is_running(
    hass: HomeAssistant, freezer: FrozenDateTimeFactory
) -> None:
    freezer.move_to(NOW)
    source = Slow(thermia(FIRST, NOW, step_s=300, cycle_min=60))
    with served_by(source), walking_at_once():
        entry = add_entry(hass)
        coordinator = await set_up(hass, entry)
        entry.async_on_unload(coordinator.async_add_listener(lambda: None))
        source.go.clear()
        source.polled.clear()
        freezer.tick(timedelta(seconds=31))
        async_fire_time_changed(hass)
        await source.polled.wait()
        before = source.past
        walking = hass.async_create_task(coordinator.years.async_go_on())
        # While the clock stands, sleep would never end.
        await hass.async_add_executor_job(time.sleep, 0.5)
        assert source.past == before
        assert not walking.done()

        source.go.set()
        await settle(hass)
        await walking
        await pass_time(hass, freezer)

        assert source.past > before
        assert coordinator.years.whole


async def ran[*Ts, T](job: Callable[[*Ts], T], *args: *Ts) -> T:
    return job(*args)


@pytest.fixture
def stored() -> MemorySource:
    return MemorySource(thermia(FIRST, FIRST + 3 * DAY, step_s=300))


@pytest.fixture
def pump_source(hass: HomeAssistant, stored: MemorySource) -> PumpSource:
    return PumpSource(
        hass=hass,
        pump=HeatPump(load("thermia"), {CONF_BRAND: "thermia"}),
        source=stored,
        bucket="pump",
        name="Cellar",
        run=ran,
        turns=Turns(),
    )


async def test_a_slow_server_is_asked_for_less_of_the_past_at_a_time(
    stored: MemorySource, pump_source: PumpSource
) -> None:
    """It gives the same readings."""
    span = FIRST + DAY - timedelta(minutes=30), FIRST + 2 * DAY
    whole = await pump_source.async_past(span)
    assert stored.asked == [span]
    stored.asked.clear()
    stored.asked_in_force.clear()

    pump_source.turns.took(span, 3.0)
    in_pieces = await pump_source.async_past(span)

    pd.testing.assert_frame_equal(in_pieces, whole, check_freq=False)
    assert len(stored.asked) == 4
    assert all(stop - start < timedelta(hours=7) for start, stop in stored.asked)
    assert (stored.asked[0][0], stored.asked[-1][1]) == span
    assert all(before[1] == next_[0] for before, next_ in pairwise(stored.asked))
    assert stored.asked_in_force == [True, False, False, False]

    # That was quick: a day at once again.
    stored.asked.clear()
    await pump_source.async_past(span)
    assert stored.asked == [span]


async def test_a_server_that_fails_after_a_long_time_is_asked_for_less(
    stored: MemorySource, pump_source: PumpSource
) -> None:
    span = FIRST + DAY, FIRST + 2 * DAY
    stored.failure = DOWN
    with patch.object(turns_module, "_SLOW_DAY_S", -1.0):
        with pytest.raises(CannotConnect):
            await pump_source.async_past(span)
        assert len(pump_source.turns.pieces(span)) == 4
        # A few minutes say nothing of a day.
        minutes = FIRST, FIRST + timedelta(minutes=5)
        assert pump_source.turns.pieces(minutes) == [minutes]
