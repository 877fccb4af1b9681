"""Hours of the past: made day by day, they are those of one load."""

from collections.abc import Callable
from datetime import date, datetime, timedelta

from hypothesis import given, settings, strategies as st
import numpy as np
import pandas as pd
import pytest

from custom_components.heatpump_dashboard.analysis.equipment import Equipment
from custom_components.heatpump_dashboard.profiles import load
from custom_components.heatpump_dashboard.pump.hours import (
    PastDay,
    PastHours,
    events_of,
    hours_of,
    midnight,
)
from custom_components.heatpump_dashboard.pump.limits import CONTEXT
from custom_components.heatpump_dashboard.pump.memory import PumpMemory, Records
from tests.support.memory_source import thermia
from tests.support.rhythms import in_force, on_change

FIRST = date(2026, 1, 12)
DAY = timedelta(days=1)
DAYS = 4
PROFILE = load("thermia")
EQUIPMENT = Equipment.of(PROFILE, {})
WALKED = midnight(FIRST), midnight(FIRST + DAYS * DAY)


def between(stored: pd.DataFrame, start: datetime, stop: datetime) -> pd.DataFrame:
    return stored[(stored.index >= start) & (stored.index < stop)]


def day_by_day(stored: pd.DataFrame) -> pd.DataFrame:
    """Return the hours of all days but the last."""
    made = walk(stored)
    return pd.concat([made[day].hours for day in sorted(made)])


def walk(
    stored: pd.DataFrame,
    read: Callable[[pd.DataFrame, datetime, datetime], pd.DataFrame] = between,
) -> dict[date, PastDay]:
    """Return all days but the last, as a walk through the past makes them."""
    last = FIRST + DAYS * DAY
    start = midnight(last)
    past = PastHours(PROFILE, EQUIPMENT, last, read(stored, start, start + DAY))
    found: dict[date, PastDay] = {}
    for _ in range(DAYS):
        start -= DAY
        made = past.add(read(stored, start - CONTEXT, start + DAY))
        assert not made.keys() & found.keys()
        found |= made
    found |= past.finish()
    assert sorted(found) == [FIRST + number * DAY for number in range(DAYS)]
    return found


def at_once(stored: pd.DataFrame) -> pd.DataFrame:
    return hours_of(loaded(stored), *WALKED)


def loaded(stored: pd.DataFrame) -> Records:
    """Return what is known from one load of all days."""
    start = midnight(FIRST)
    memory = PumpMemory(PROFILE, EQUIPMENT)
    memory.take_in(stored, start - CONTEXT, start + (DAYS + 1) * DAY)
    return memory.records


def assert_same(made: pd.DataFrame, expected: pd.DataFrame) -> None:
    """Compare what counts; a column without any value may be there or not."""
    columns = made.columns.union(expected.columns)
    pd.testing.assert_frame_equal(
        made.reindex(columns=columns),
        expected.reindex(columns=columns),
        check_freq=False,
        check_names=False,
        atol=1e-9,
        rtol=1e-9,
    )


@pytest.fixture(scope="module")
def stored() -> pd.DataFrame:
    start = midnight(FIRST)
    return thermia(start, start + (DAYS + 1) * DAY, step_s=60, cycle_min=50)


def test_hours_made_day_by_day_are_those_of_one_load(stored: pd.DataFrame) -> None:
    made = day_by_day(stored)
    assert len(made) == DAYS * 24
    assert made["heat_kwh"].sum() > 100
    assert_same(made, at_once(stored))


@settings(max_examples=25)
@given(
    gaps=st.lists(
        st.tuples(
            st.integers(0, (DAYS + 1) * 24 * 60),
            st.sampled_from([3, 20, 90, 700, 3000]),
        ),
        max_size=4,
    )
)
def test_gaps_change_nothing_of_that(
    stored: pd.DataFrame, gaps: list[tuple[int, int]]
) -> None:
    """Also those over midnight, and days without any reading."""
    kept = np.ones(len(stored), dtype=np.bool)
    for first, minutes in gaps:
        kept[first : first + minutes] = False
    left = stored[kept]
    made, expected = day_by_day(left), at_once(left)
    for column in ("heat_kwh", "electricity_kwh", "starts", "heating_s"):
        if column in expected:
            assert made[column].sum() == pytest.approx(expected[column].sum())
    assert_same(made, expected)


def test_a_start_while_nothing_was_read_over_midnight_counts_once() -> None:
    """Off before a gap of five hours and on after it, with midnight between them."""
    start = midnight(FIRST)
    stored = thermia(start, start + (DAYS + 1) * DAY, step_s=60, cycle_min=6000)
    times = stored.index
    gap = (times >= start + 2 * DAY - timedelta(hours=2)) & (
        times < start + 2 * DAY + timedelta(hours=3)
    )
    stored["compressor_status"] = (times > start + 2 * DAY).astype("float64")
    made = day_by_day(stored[~gap])

    assert made["starts"].sum() == 1
    assert made.index[made["starts"] > 0][0] == start + 2 * DAY + timedelta(hours=3)


def test_a_day_waits_for_the_readings_before_it(stored: pd.DataFrame) -> None:
    """Days without any are not what was before it."""
    last = midnight(FIRST + DAY)
    past = PastHours(PROFILE, EQUIPMENT, FIRST + DAY, between(stored, last, last + DAY))
    start = last - DAY
    first = past.add(between(stored, start - CONTEXT, last))
    assert first == {}
    assert past.add(stored.iloc[:0]) == {}

    left = past.finish()

    assert {day: len(made.hours) for day, made in left.items()} == {
        FIRST: 24,
        FIRST - DAY: 0,
    }


def test_a_day_without_a_change_is_as_if_it_was_not_asked_for() -> None:
    """What was in force before it says nothing of it, but for the first minutes."""
    start = midnight(FIRST)
    silent = start + DAY, start + 3 * DAY
    rows = thermia(start, start + (DAYS + 1) * DAY, step_s=60, cycle_min=250)
    stored = on_change(rows, heartbeat_s=600.0)
    stored = stored[(stored.index < silent[0]) | (stored.index >= silent[1])]

    def changes(stored: pd.DataFrame, start: datetime, stop: datetime) -> pd.DataFrame:
        return in_force(stored[stored.index < stop], pd.Timestamp(start))

    def spared(stored: pd.DataFrame, start: datetime, stop: datetime) -> pd.DataFrame:
        rows = changes(stored, start, stop)
        return rows.iloc[:0] if stop == silent[1] else rows

    asked, told = walk(stored, changes), walk(stored, spared)

    last_told = (silent[0] - DAY).date()
    assert asked[last_told].hours["heat_kwh"].sum() > 100
    for day, made in asked.items():
        pd.testing.assert_frame_equal(made.hours, told[day].hours)
        assert made.events == told[day].events


def test_events_of_days_are_those_of_one_load() -> None:
    """Runs over midnight too: begun on one day, and told with all of it on the next."""
    start = midnight(FIRST)
    stored = thermia(start, start + (DAYS + 1) * DAY, step_s=60, cycle_min=250)
    heater = (stored.index.hour >= 22) | (stored.index.hour < 3)
    stored.loc[heater, "additional_heat_percent"] = 33.0
    stored.loc[heater, "power_consumption"] += 2970.0
    stored.loc[stored.index.hour == 23, ["alarm_status", "alarm_code"]] = 1.0, 20.0

    made = walk(stored)

    told = [event for day in sorted(made) for event in made[day].events]
    expected = events_of(loaded(stored), *WALKED)
    assert [event[:4] for event in told] == [event[:4] for event in expected]
    for found, wanted in zip(told, expected, strict=True):
        assert found.duration_s == wanted.duration_s
        assert found.kwh == pytest.approx(wanted.kwh, nan_ok=True)
        assert found.electricity_kwh == pytest.approx(wanted.electricity_kwh)
        assert found.celsius == wanted.celsius
    kinds = {event.kind.name for event in told}
    assert {"ALARM", "AUXILIARY", "COMPRESSOR", "HOT_WATER"} <= kinds
    over_midnight = [
        event
        for event in told
        if event.kind.name == "AUXILIARY" and event.duration_s == 5 * 3600
    ]
    assert len(over_midnight) == DAYS - 1
    assert all(event.kwh is not None for event in over_midnight)
