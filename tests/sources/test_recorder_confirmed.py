"""A heat pump that says the same for hours is alive: as it is polled, and read back."""

from collections.abc import Iterable
from datetime import timedelta

import pandas as pd
import pytest
from pytest_homeassistant_custom_component.components.recorder.common import (
    async_wait_recording_done,
)

from custom_components.heatpump_dashboard.const import RECORDED
from custom_components.heatpump_dashboard.profiles import load, map_series
from custom_components.heatpump_dashboard.pump.heat_pump import HeatPump
from custom_components.heatpump_dashboard.pump.limits import CONTEXT
from custom_components.heatpump_dashboard.sources import Times
from custom_components.heatpump_dashboard.sources.recorder import RecorderSource

from .recorded import METRICS, SUPPLY, House, at, points

SERIES = {metric: f"sensor.hp_{metric}" for metric in METRICS}
# It runs, rests from minute 60 on and says so every eight minutes, and runs again.
STILL = (64, 1024)
END = STILL[1] + 64
HOUR = timedelta(hours=1)


def pump_of(frames: Iterable[pd.DataFrame]) -> HeatPump:
    profile = map_series(load("generic"), SERIES)
    pump = HeatPump(profile, {})
    pump.load(list(frames), at(0) - 2 * HOUR, at(END))
    return pump


def still_figures(pump: HeatPump) -> tuple[float, float]:
    """Return the coverage and the electricity of the time in which nothing changes."""
    total = pump.figures().between(at(STILL[0]), at(STILL[1]))
    return total["coverage"], total["electricity_kwh"]


async def read(house: House, span: Times, *, in_force: bool) -> pd.DataFrame:
    return await house.source.readings(
        RECORDED, list(SERIES.values()), [span], in_force=in_force
    )


@pytest.fixture
async def polled(house: House) -> HeatPump:
    """Return a heat pump that was polled while it said the same for hours."""
    pump = HeatPump(map_series(load("generic"), SERIES), {})
    begin = at(0) - 2 * HOUR
    for minute in range(0, END + 1, 8):
        running = not STILL[0] <= minute < STILL[1]
        step = minute // 8 % 2 if running else 0
        values = (int(running), 30 + 5 * running + step, 29 + step, 50 + step)
        for name, value in zip(SERIES.values(), values, strict=True):
            await house.becomes(minute, name, value)
        raw = await read(
            house, (at(minute - 17), at(minute + 0.1)), in_force=not minute
        )
        pump.take_in(raw, begin, at(minute + 0.1))
    await async_wait_recording_done(house.hass)
    house.source = RecorderSource(house.hass, house.hass.async_add_executor_job)
    return pump


@pytest.mark.parametrize("hours", [18, 7, 1])
async def test_a_still_night_that_is_confirmed_is_covered_live_and_read_back(
    house: House, polled: HeatPump, hours: int
) -> None:
    pieces, minutes = [], hours * 60
    for minute in range(0, END, minutes):
        span = (at(minute), at(min(minute + minutes, END)))
        pieces.append(await read(house, span, in_force=not minute))
    live, again = still_figures(polled), still_figures(pump_of(pieces))

    assert live == pytest.approx((1, 16 * 0.05))
    assert again == pytest.approx(live)


async def test_the_past_is_covered_as_long_as_it_was_confirmed(
    house: House, polled: HeatPump
) -> None:
    """Day by day, backwards: each begins with what stands since the day before."""
    last = at(960)
    begin = last - CONTEXT
    pump = HeatPump(map_series(load("generic"), SERIES), {})
    newest = await read(house, (begin, at(END)), in_force=True)
    pump.load([newest], begin, at(END))
    for hours in (8, 16):
        start, stop = last - hours * HOUR, last - (hours - 8) * HOUR
        span = (start - CONTEXT, stop)
        pump.add_past(await read(house, span, in_force=True), start, stop)

    assert still_figures(pump) == pytest.approx(still_figures(polled), rel=1e-3)


async def test_the_rows_of_what_is_confirmed_are_few_and_of_all_entities(
    house: House, polled: HeatPump
) -> None:
    begin, end = STILL[0] + 60, STILL[0] + 360
    frame = await read(house, (at(begin), at(end)), in_force=True)

    inside = frame[frame.index >= at(begin)]
    assert 30 <= len(inside) <= 32
    assert inside.iloc[1:-1].notna().to_numpy().all()


async def test_what_is_not_confirmed_is_silent(house: House) -> None:
    await house.becomes(0, SUPPLY, 34.5)
    await house.becomes(600, SUPPLY, 35)
    found = await house.read(SUPPLY, start=-1, stop=601)
    assert found == {SUPPLY: [(0, 34.5), (600, 35)]}


@pytest.mark.parametrize("days", [0.5, 1.5, 3, 6, 12])
async def test_what_stands_for_days_was_confirmed_until_then(
    house: House, days: float
) -> None:
    begun = -days * 1440
    await house.becomes(begun - 1, SUPPLY, 34)
    await house.becomes(begun, SUPPLY, 34.5)
    await house.becomes(15, SUPPLY, 34.5)
    await house.becomes(60, SUPPLY, 35)
    found = await house.read(SUPPLY, start=0, stop=61)
    assert found == {SUPPLY: [(begun, 34.5), (10, 34.5), (15, 34.5), (60, 35)]}
    # Also behind what was read before it.
    await async_wait_recording_done(house.hass)
    frame = await house.source.readings(
        RECORDED, [SUPPLY], [(at(5), at(61))], in_force=False
    )
    assert points(frame[SUPPLY])[1:] == [(10, 34.5), (15, 34.5), (60, 35)]
