"""Days before the first reading, filled with hourly statistics a month at a time."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any, override

from homeassistant.core import HomeAssistant
import pandas as pd
import pytest

from custom_components.heatpump_dashboard.history.earlier import EarlierDays
from custom_components.heatpump_dashboard.history.pump_source import PumpSource
from custom_components.heatpump_dashboard.history.turns import Turns
from custom_components.heatpump_dashboard.profiles import load, map_series
from custom_components.heatpump_dashboard.pump.heat_pump import HeatPump
from custom_components.heatpump_dashboard.sources import Times
from tests.support.memory_source import MemorySource

POWER = "sensor.power"
FIRST = date(2026, 3, 10)


class Statistics(MemorySource):
    """Keeps one hour at each noon of these days, and says what it was asked for."""

    def __init__(self, *days: str) -> None:
        super().__init__()
        times = pd.DatetimeIndex([f"{day} 12:00" for day in days], tz="UTC")
        self.kept = pd.DataFrame({f"{POWER}|mean": 1500.0}, times).sort_index()
        self.months: list[date] = []

    @override
    async def hours(
        self,
        bucket: str,
        series: Sequence[str],
        span: Times,
        *,
        units: Mapping[str, str],
    ) -> pd.DataFrame | None:
        assert span[1] - span[0] <= timedelta(days=31)
        self.months.append(span[0].date())
        return self.kept[(self.kept.index >= span[0]) & (self.kept.index < span[1])]


async def read(
    hass: HomeAssistant, source: MemorySource, known: Mapping[date, str] | None = None
) -> dict[date, pd.DataFrame]:
    pump = HeatPump(map_series(load("generic"), {"power": POWER}), {})
    asked = PumpSource(
        hass=hass,
        pump=pump,
        source=source,
        bucket="",
        name="Villa",
        run=hass.async_add_executor_job,
        turns=Turns(),
    )
    days = EarlierDays(asked, "now")
    found: dict[date, Any] = {}
    async for month in days.async_read(FIRST, known or {}):
        assert not found or max(month) < min(found)
        found |= month
    return found


async def test_all_days_follow_one_another_from_the_first_hour_on(
    hass: HomeAssistant,
) -> None:
    """Also those of months without any: nothing is left that seems to be unread."""
    source = Statistics("2026-03-09", "2026-03-01", "2025-11-20")
    found = await read(hass, source)
    assert min(found) == date(2025, 11, 20)
    assert max(found) == date(2026, 3, 9)
    assert len(found) == (FIRST - date(2025, 11, 20)).days
    kept = {day for day, hours in found.items() if len(hours)}
    assert kept == {date(2026, 3, 9), date(2026, 3, 1), date(2025, 11, 20)}
    assert found[FIRST - timedelta(days=1)]["counted_electricity_kwh"].sum() == 1.5


async def test_a_year_without_any_is_the_end(hass: HomeAssistant) -> None:
    source = Statistics("2025-11-20", "2020-01-01")
    found = await read(hass, source)
    assert min(found) == date(2025, 11, 20)
    assert source.months[-1] == date(2024, 10, 1)


@pytest.mark.parametrize(
    ("made_with", "is_read"),
    [("now", False), ("then", False), ("statistics:then", True)],
)
async def test_days_of_readings_stay_as_they_are(
    hass: HomeAssistant, made_with: str, is_read: bool
) -> None:
    known = {date(2026, 3, 9): made_with}
    found = await read(hass, Statistics("2026-03-09", "2026-03-08"), known)
    assert (date(2026, 3, 9) in found) is is_read
    assert date(2026, 3, 8) in found


async def test_a_source_that_keeps_none_is_asked_once(hass: HomeAssistant) -> None:
    assert await read(hass, MemorySource()) == {}
