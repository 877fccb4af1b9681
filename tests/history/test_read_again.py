"""Days that are read again on request: of readings, of statistics, and in a walk."""

from collections.abc import Awaitable, Callable, Generator, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import override

from freezegun.api import FrozenDateTimeFactory
from homeassistant.core import HomeAssistant
import pandas as pd
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.heatpump_dashboard.analysis.periods import Period
from custom_components.heatpump_dashboard.history.years import Years
from custom_components.heatpump_dashboard.pump.hours import midnight
from custom_components.heatpump_dashboard.sources import Times
from tests.support.memory_source import MemorySource, thermia
from tests.support.pump_entry import (
    DOWN,
    add_entry,
    pass_time,
    served_by,
    set_up,
    walking_at_once,
)

from .years.common import DAY, FIRST, NOW, on_disk

POWER = "power_consumption"
# Before the first reading, and in the walk that ends with it.
OF_STATISTICS = FIRST.date() - 5 * DAY
NEWER, OLDER = FIRST.date() + 5 * DAY, FIRST.date() + 2 * DAY
UNTOUCHED = NEWER + DAY


def whole(day: date) -> Period:
    return Period(midnight(day), midnight(day) + DAY)


class Told(MemorySource):
    """Also has statistics of a month before its readings, and lets others in between.

    `meanwhile`: is done once, while a question for what is before a moment is answered.
    """

    def __init__(self, stored: pd.DataFrame) -> None:
        super().__init__(stored)
        noons = pd.date_range(FIRST.date() - 30 * DAY, periods=30, tz="UTC") + DAY / 2
        self.kept = pd.DataFrame({f"{POWER}|mean": 1500.0}, noons)
        self.meanwhile: tuple[datetime, Callable[[], Awaitable[None]]] | None = None

    async def _let_in(self, start: datetime) -> None:
        if self.meanwhile is not None and start < self.meanwhile[0]:
            (_, others), self.meanwhile = self.meanwhile, None
            await others()

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
        found = await super().readings(
            bucket, series, spans, in_force=in_force, units=units
        )
        await self._let_in(spans[0][0])
        return found

    @override
    async def hours(
        self,
        bucket: str,
        series: Sequence[str],
        span: Times,
        *,
        units: Mapping[str, str],
    ) -> pd.DataFrame | None:
        found = self.kept[(self.kept.index >= span[0]) & (self.kept.index < span[1])]
        await self._let_in(span[0])
        return found


@pytest.fixture(scope="module")
def past() -> pd.DataFrame:
    return thermia(FIRST, NOW, step_s=300, cycle_min=60)


@pytest.fixture
def source(past: pd.DataFrame) -> Told:
    return Told(past.copy())


@pytest.fixture
def entry(
    hass: HomeAssistant, freezer: FrozenDateTimeFactory, source: Told
) -> Generator[MockConfigEntry]:
    freezer.move_to(NOW)
    with served_by(source), walking_at_once():
        yield add_entry(hass)


@pytest.fixture
async def years(hass: HomeAssistant, entry: MockConfigEntry) -> Years:
    """Load the entry; the years are read at the next poll."""
    coordinator = await set_up(hass, entry)
    entry.async_on_unload(coordinator.async_add_listener(lambda: None))
    return coordinator.years


def electricity(hass: HomeAssistant, day: date) -> tuple[float, float]:
    """Return the kWh of a day on disk: of readings, and of statistics."""
    hours = on_disk(hass).hours(midnight(day), midnight(day) + DAY)
    columns = "electricity_kwh", "counted_electricity_kwh"
    read, told = (float(hours.get(name, pd.Series([0.0])).sum()) for name in columns)
    return read, told


def doubled(source: Told, day: date) -> None:
    """Let twice the power come late."""
    rows = source.stored.index.date == day  # type: ignore[attr-defined]
    source.stored.loc[rows, POWER] *= 2


async def test_days_of_statistics_are_as_they_would_be_made_now(
    hass: HomeAssistant, freezer: FrozenDateTimeFactory, years: Years
) -> None:
    await pass_time(hass, freezer)

    assert electricity(hass, OF_STATISTICS) == (0.0, 1.5)
    assert years.outdated == []
    assert years.whole


async def test_days_of_statistics_are_made_again(
    hass: HomeAssistant,
    freezer: FrozenDateTimeFactory,
    source: Told,
    years: Years,
) -> None:
    await pass_time(hass, freezer)
    source.kept *= 2

    await years.async_read_again(whole(OF_STATISTICS))
    assert years.outdated == [OF_STATISTICS]
    await pass_time(hass, freezer)

    assert years.outdated == []
    assert electricity(hass, OF_STATISTICS) == (0.0, 3.0)
    assert electricity(hass, OF_STATISTICS - DAY) == (0.0, 1.5)


async def test_statistics_that_are_gone_are_not_asked_for_for_ever(
    hass: HomeAssistant,
    freezer: FrozenDateTimeFactory,
    source: Told,
    years: Years,
) -> None:
    await pass_time(hass, freezer)
    source.kept = source.kept.iloc[:0]

    await years.async_read_again(whole(OF_STATISTICS))
    assert years.outdated == [OF_STATISTICS]
    await pass_time(hass, freezer)

    assert years.outdated == []
    assert electricity(hass, OF_STATISTICS) == (0.0, 1.5)


async def test_a_walk_begins_anew_with_what_is_asked_for_meanwhile(
    hass: HomeAssistant,
    freezer: FrozenDateTimeFactory,
    source: Told,
    years: Years,
) -> None:
    """Also with the day that it has just read and does not know whole yet."""

    async def late() -> None:
        for day in (NEWER, OLDER):
            doubled(source, day)
            await years.async_read_again(whole(day))

    source.meanwhile = midnight(OLDER), late
    await pass_time(hass, freezer)

    assert source.meanwhile is None
    assert years.outdated == []
    usual = electricity(hass, UNTOUCHED)[0]
    for day in (NEWER, OLDER):
        assert electricity(hass, day)[0] == pytest.approx(2 * usual, rel=0.01)
    assert electricity(hass, OLDER - DAY)[0] == pytest.approx(usual, rel=0.01)


async def test_what_is_asked_for_at_the_end_of_a_walk_does_not_wait_an_hour(
    hass: HomeAssistant,
    freezer: FrozenDateTimeFactory,
    source: Told,
    years: Years,
) -> None:
    """Then statistics are asked for: of a month that has been read, too."""

    async def late() -> None:
        doubled(source, NEWER)
        source.kept *= 2
        for day in (NEWER, OF_STATISTICS):
            await years.async_read_again(whole(day))

    source.meanwhile = midnight(OF_STATISTICS - 14 * DAY), late
    await pass_time(hass, freezer)
    assert source.meanwhile is None
    await pass_time(hass, freezer)

    assert years.outdated == []
    usual = electricity(hass, UNTOUCHED)[0]
    assert electricity(hass, NEWER)[0] == pytest.approx(2 * usual, rel=0.01)
    assert electricity(hass, OF_STATISTICS) == (0.0, 3.0)


async def test_a_day_that_fails_does_not_keep_what_is_asked_for(
    hass: HomeAssistant,
    freezer: FrozenDateTimeFactory,
    source: Told,
    years: Years,
) -> None:
    """The walk waits for a day of before, and the one that is asked for can be read."""
    bad = midnight(OLDER) + timedelta(hours=12)
    source.unreadable[(bad, bad)] = DOWN
    await pass_time(hass, freezer)
    doubled(source, NEWER)

    await years.async_read_again(whole(NEWER))
    await pass_time(hass, freezer)
    await years.async_write()

    usual = electricity(hass, UNTOUCHED)[0]
    assert electricity(hass, NEWER)[0] == pytest.approx(2 * usual, rel=0.01)
    assert OLDER not in on_disk(hass).days
