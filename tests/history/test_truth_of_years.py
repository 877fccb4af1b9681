"""All days beside the physics, whatever happens while they are read."""

from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any, override

from freezegun.api import FrozenDateTimeFactory
from homeassistant.core import HomeAssistant
import pandas as pd
import pytest

from custom_components.heatpump_dashboard.analysis.periods import UNITS, Period, Unit
from custom_components.heatpump_dashboard.const import (
    CONF_BRAND,
    CONF_FLOW_FACTOR,
    DEFAULT_FLOW_FACTOR,
)
from custom_components.heatpump_dashboard.coordinator import HeatPumpCoordinator
from custom_components.heatpump_dashboard.history.calendar import calendar_of
from custom_components.heatpump_dashboard.pump.hours import midnight
from custom_components.heatpump_dashboard.sources import QueryFailed, Times
from tests.support.physics_source import PhysicsSource, Truth
from tests.support.pump_entry import (
    DOWN,
    PUMP,
    add_entry,
    coordinator_of,
    pass_time,
    pump,
    served_by,
    set_up,
    walking_at_once,
)

from .common import DAY, STOCKHOLM

# It tells tenths of degrees, and has a meter.
BRAND = "ivt"
NOW = datetime(2026, 4, 20, 12, 0, 10, tzinfo=UTC)
# Four hundred days in which the clock is changed three times, and a few dozen of which
# memory has the last: it begins between the two.
LONG_AGO = datetime(2025, 3, 16, 6, tzinfo=UTC)
LATELY = datetime(2026, 1, 20, 6, tzinfo=UTC)
HALF_WAY = datetime(2026, 2, 8, tzinfo=UTC)
NEAR = 0.002
UNREADABLE = QueryFailed("No", key="query_failed")

type Load = Callable[..., Awaitable[HeatPumpCoordinator]]


class Physics(PhysicsSource):
    """Cannot tell what is `unreadable`, too."""

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
        for (start, stop), failure in self.unreadable.items():
            if any(first < stop and last > start for first, last in spans):
                raise failure
        return await super().readings(
            bucket, series, spans, in_force=in_force, units=units
        )


@pytest.fixture
def source() -> PhysicsSource:
    return Physics(BRAND, LATELY)


@pytest.fixture
async def load(
    hass: HomeAssistant, freezer: FrozenDateTimeFactory, source: PhysicsSource
) -> AsyncIterator[Load]:
    """Return what loads the heat pump, and has its years read at the next poll."""
    await hass.config.async_set_time_zone(STOCKHOLM.key)
    freezer.move_to(NOW)

    async def load(**settings: Any) -> HeatPumpCoordinator:
        entry = add_entry(hass, pump(**{CONF_BRAND: BRAND, **settings}))
        return listened(await set_up(hass, entry))

    with served_by(source), walking_at_once():
        yield load


def listened(coordinator: HeatPumpCoordinator) -> HeatPumpCoordinator:
    """Return the same; it polls as long as somebody listens."""
    coordinator.config_entry.async_on_unload(
        coordinator.async_add_listener(lambda: None)
    )
    return coordinator


def rows_of(coordinator: HeatPumpCoordinator, unit: Unit) -> list[dict[str, Any]]:
    years, span = coordinator.years, Period(LONG_AGO, NOW)
    return calendar_of(
        coordinator.pump,
        years.store,
        years.left_out,
        unit,
        span,
        NOW,
        STOCKHOLM,
        years.outdated,
    )


def assert_true(coordinator: HeatPumpCoordinator, source: PhysicsSource) -> None:
    """Every day, month and year is that of the physics, and none is missing."""
    assert coordinator.years.whole
    truth = Truth.of_source(source)
    for unit in UNITS:
        rows = rows_of(coordinator, unit)
        assert rows[0]["start"] <= source.first.timestamp() * 1000
        for row in rows:
            true, found = truth.of(row["start"], row["end"]), row["totals"]
            assert "outdated" not in row
            assert found["heat_kwh"] == pytest.approx(true.heat, rel=NEAR)
            assert found["electricity_kwh"] == pytest.approx(true.electricity, rel=NEAR)
            assert found["starts"] == true.starts
            assert found["hot_water_charges"] == true.charges


def _holds(row: dict[str, Any], moment: datetime) -> bool:
    """Return whether a moment lies in the period of a row."""
    start, end = (edge / 1000 for edge in (row["start"], row["end"]))
    return bool(start <= moment.timestamp() < end)


async def read_on(
    hass: HomeAssistant, freezer: FrozenDateTimeFactory, polls: int = 30
) -> None:
    """Let time pass until a failed day has been tried again."""
    for _ in range(polls):
        await pass_time(hass, freezer)


async def test_four_hundred_days_with_gaps_and_three_changes_of_the_clock(
    hass: HomeAssistant,
    freezer: FrozenDateTimeFactory,
    source: PhysicsSource,
    load: Load,
) -> None:
    source.first = LONG_AGO
    coordinator = await load()
    await pass_time(hass, freezer)

    assert_true(coordinator, source)
    changed = {date(2025, 3, 30): 23, date(2025, 10, 26): 25, date(2026, 3, 29): 23}
    hours = {
        datetime.fromtimestamp(row["start"] / 1000, STOCKHOLM).date(): (
            row["end"] - row["start"]
        )
        / 3_600_000
        for row in rows_of(coordinator, "day")
    }
    assert {day: hours[day] for day in changed} == changed


async def test_an_outage_of_minutes_in_the_middle_of_the_walk(
    hass: HomeAssistant,
    freezer: FrozenDateTimeFactory,
    source: PhysicsSource,
    load: Load,
) -> None:
    """Polls fail, too; then the walk goes on where it was.

    That is a day before the last one that is whole.
    """

    async def go_down() -> None:
        source.failure = DOWN

    source.meanwhile = HALF_WAY, go_down
    coordinator = await load()
    await read_on(hass, freezer, 15)
    assert not coordinator.last_update_success
    assert not coordinator.years.whole
    store = coordinator.years.store
    assert store is not None
    assert min(store.days) == HALF_WAY.date() + 2 * DAY

    source.failure = None
    source.asked.clear()
    await read_on(hass, freezer)

    assert_true(coordinator, source)
    again = HALF_WAY + 3 * DAY
    assert not [start for start, _ in source.asked if again < start < NOW - 2 * DAY]


async def test_a_flow_factor_that_is_set_right_half_way_through_the_walk(
    hass: HomeAssistant,
    freezer: FrozenDateTimeFactory,
    source: PhysicsSource,
    load: Load,
) -> None:
    """What was made with the old one stays, marked, until it is made anew."""
    before = await load(**{CONF_FLOW_FACTOR: 2 * DEFAULT_FLOW_FACTOR})
    entry = before.config_entry

    async def change() -> None:
        hass.config_entries.async_update_subentry(
            entry, entry.subentries[PUMP], data=pump(**{CONF_BRAND: BRAND})["data"]
        )

    source.meanwhile = HALF_WAY, change
    await pass_time(hass, freezer)
    after = listened(coordinator_of(entry))
    assert after is not before
    assert after.made_with != before.made_with
    assert not after.years.whole
    await after.years.async_open()
    marked = [row for row in rows_of(after, "day") if row.get("outdated")]
    assert len(marked) > 5
    true = Truth.of_source(source)
    for row in marked[1:-1]:
        twice = pytest.approx(2 * true.of(row["start"], row["end"]).heat, rel=0.02)
        assert row["totals"]["heat_kwh"] == twice

    await read_on(hass, freezer, 3)

    store = after.years.store
    assert store is not None
    assert set(store.days.values()) == {after.made_with}
    assert_true(after, source)


async def test_late_points_of_a_month_ago_are_read_again_on_request(
    hass: HomeAssistant,
    freezer: FrozenDateTimeFactory,
    source: PhysicsSource,
    load: Load,
) -> None:
    late = midnight(LATELY.date() + 7 * DAY) + timedelta(hours=7)
    source.late = [(late, late + 2 * DAY)]
    coordinator = await load()
    await pass_time(hass, freezer)
    assert coordinator.years.whole
    source.late = []
    await pass_time(hass, freezer, 3700)
    (row,) = (row for row in rows_of(coordinator, "day") if _holds(row, late))
    true = Truth.of_source(source).of(row["start"], row["end"])
    assert row["totals"]["heat_kwh"] < true.heat / 2

    await coordinator.years.async_read_again(Period(late, late + 2 * DAY))
    assert coordinator.years.outdated
    await read_on(hass, freezer, 3)

    assert_true(coordinator, source)


@pytest.mark.parametrize("noon", [HALF_WAY + DAY / 2, NOW - 10 * DAY])
async def test_a_day_that_could_not_be_read_is_read_after_a_restart(
    hass: HomeAssistant,
    freezer: FrozenDateTimeFactory,
    source: PhysicsSource,
    load: Load,
    noon: datetime,
) -> None:
    """Behind the walk and in memory; the counter went on, and counts nothing twice."""
    source.unreadable[(noon, noon + timedelta(minutes=1))] = UNREADABLE
    before = await load()
    await read_on(hass, freezer)
    ((start, stop),) = before.years.history.holes
    assert start <= noon < stop
    assert before.years.whole
    assert before.years.open().days.get(noon.date()) != before.made_with
    source.unreadable.clear()
    assert await hass.config_entries.async_unload(before.config_entry.entry_id)

    after = listened(await set_up(hass, before.config_entry))
    await read_on(hass, freezer, 3)

    assert after.years.history.holes == ()
    assert_true(after, source)


async def test_a_hole_in_memory_is_read_once_memory_has_forgotten_it(
    hass: HomeAssistant,
    freezer: FrozenDateTimeFactory,
    source: PhysicsSource,
    load: Load,
) -> None:
    noon = NOW - 25 * DAY
    source.unreadable[(noon, noon + timedelta(minutes=1))] = UNREADABLE
    coordinator = await load()
    await read_on(hass, freezer)
    source.unreadable.clear()
    assert coordinator.years.history.holes
    for _ in range(9):
        await pass_time(hass, freezer, DAY.total_seconds())

    assert coordinator.years.history.holes == ()
    assert_true(coordinator, source)
