"""A line that is learned anew each year learns no fault, and no weeks of less water."""

from dataclasses import replace
from datetime import date
from functools import cache

import numpy as np
import pandas as pd
import pytest

from custom_components.heatpump_dashboard.insights.cop import cop
from custom_components.heatpump_dashboard.insights.index import Index, index_of
from custom_components.heatpump_dashboard.insights.result import Insight
from custom_components.heatpump_dashboard.insights.subject import HeatBasis, Subject

from .factory import subject, winter

PAID = "steady_heating_electricity_kwh"
METER = HeatBasis(source="meter")
NORTH, SOUTH = date(2023, 7, 1), date(2023, 1, 1)


@cache
def healthy(first: date) -> Subject:
    """Return three years with summers.

    The warmest day is in July, or in the middle of January of a year that begins then.
    """
    count = 3 * 365
    day = np.arange(count)
    warmest = 15 if first == SOUTH else 197
    turn = 2 * np.pi * (day + first.timetuple().tm_yday - warmest) / 365
    middle, size = (9, 8) if first == SOUTH else (6, 11)
    outdoor = middle + size * np.cos(turn) + 2 * np.sin(day / 2.3)
    latitude = -42.9 if first == SOUTH else 59.3
    return subject(winter(count, outdoor=outdoor), first=first, latitude=latitude)


def years(first: date, falls: date, factor: float, until: date = date.max) -> Subject:
    """Return the same with a COP that is lower from a day on."""
    told = healthy(first)
    dates = pd.DatetimeIndex(told.days.index).date
    lower = (dates >= falls) & (dates < until)
    paid = told.days[PAID] * np.where(lower, 1 / factor, 1.0)
    return replace(told, days=told.days.assign(**{PAID: paid}))


def on(told: Subject, today: date) -> Subject:
    known = told.days[told.days.index < pd.Timestamp(today)]
    return replace(told, days=known, today=today)


def cop_on(told: Subject, today: date) -> Insight:
    return cop(on(told, today))


@pytest.mark.parametrize(
    ("first", "falls", "factor", "later"),
    [
        (NORTH, date(2025, 2, 1), 0.90, (date(2025, 3, 1), date(2026, 1, 15))),
        (NORTH, date(2025, 2, 1), 0.90, (date(2025, 4, 15), date(2026, 4, 1))),
        (SOUTH, date(2025, 5, 10), 0.91, (date(2025, 6, 30), date(2025, 7, 2))),
        (SOUTH, date(2024, 5, 10), 0.91, (date(2024, 8, 1), date(2025, 8, 1))),
    ],
)
def test_a_fault_that_nobody_mends_is_told_next_winter_too(
    first: date, falls: date, factor: float, later: tuple[date, date]
) -> None:
    told = years(first, falls, factor)
    for today in later:
        found = cop_on(told, today)
        assert (today, found.state) == (today, "act")
        assert found.value == pytest.approx(100 * (factor - 1), abs=0.5)


def test_what_was_mended_is_judged_as_before() -> None:
    """Neither the fault nor its end is learned as normal."""
    told = years(NORTH, date(2024, 12, 1), 0.88, until=date(2025, 3, 1))
    for today in (date(2025, 5, 1), date(2026, 1, 15)):
        found = cop_on(told, today)
        assert (found.state, found.value) == ("ok", pytest.approx(0, abs=0.5))
        assert found.scatter == pytest.approx(0, abs=0.5)


def test_a_fault_after_one_that_was_mended_is_told() -> None:
    paid = years(NORTH, date(2024, 12, 1), 0.88, until=date(2025, 3, 1))
    again = years(NORTH, date(2025, 12, 20), 0.90)
    both = pd.concat(
        [
            paid.days[: pd.Timestamp("2025-06-30")],
            again.days[pd.Timestamp("2025-07-01") :],
        ]
    )
    found = cop_on(replace(paid, days=both), date(2026, 1, 15))
    assert (found.state, found.value) == ("act", pytest.approx(-10, abs=0.5))


def test_a_heat_pump_that_was_mended_for_good_is_judged_by_what_it_is_now() -> None:
    """Bought with a fault: of its first winter it is better, until a year is learned."""
    told = years(NORTH, NORTH, 0.85, until=date(2025, 1, 10))
    again = years(NORTH, date(2026, 1, 1), 0.91)
    days = pd.concat(
        [
            told.days[: pd.Timestamp("2025-06-30")],
            again.days[pd.Timestamp("2025-07-01") :],
        ]
    )
    whole = replace(told, days=days, heat=METER)
    assert cop_on(whole, date(2025, 4, 1)).value == pytest.approx(
        100 / 0.85 - 100, abs=1
    )
    assert cop_on(whole, date(2025, 12, 20)).value == pytest.approx(0, abs=0.5)
    found = cop_on(whole, date(2026, 2, 1))
    assert (found.state, found.value) == ("act", pytest.approx(-9, abs=0.5))


def test_weeks_of_less_water_are_not_learned() -> None:
    """With them in the line a fall of a tenth would be within its scatter."""
    told = years(NORTH, date(2025, 12, 1), 0.90)
    days = told.days.copy()
    filter_clogged = slice(pd.Timestamp("2025-01-10"), pd.Timestamp("2025-01-22"))
    days.loc[filter_clogged, "steady_heating_heat_kwh"] *= 1.25
    found = cop_on(replace(told, days=days), date(2026, 1, 15))
    assert (found.state, found.value) == ("act", pytest.approx(-10, abs=0.5))


def test_a_healthy_year_is_learned() -> None:
    told = years(NORTH, date.max, 1.0)
    for first, today in (
        (date(2023, 10, 1), date(2024, 6, 30)),
        (date(2023, 10, 1), date(2024, 7, 1)),
        (date(2024, 10, 1), date(2025, 7, 1)),
    ):
        index = index_of(on(told, today))
        assert isinstance(index, Index)
        assert index.fit[0] <= pd.Timestamp(first)
    index = index_of(on(told, date(2025, 7, 1)))
    assert isinstance(index, Index)
    assert index.fit[0] >= pd.Timestamp("2024-07-01")
    assert index.fit_days > 200


def test_south_of_the_equator_a_year_is_learned_in_january() -> None:
    """In July, in the middle of a winter, a part of it would be."""
    told = years(SOUTH, date.max, 1.0)
    lines = [
        index_of(on(told, today))
        for today in (date(2025, 6, 30), date(2025, 7, 2), date(2025, 12, 31))
    ]
    assert all(isinstance(line, Index) for line in lines)
    assert {line.fit[-1].year for line in lines if isinstance(line, Index)} == {2024}


def test_the_hot_gas_and_the_capacity_are_those_of_the_same_days() -> None:
    """A heat pump that loses gas is one that does so next winter too."""
    told = years(NORTH, date(2025, 2, 1), 0.90)
    days = told.days.copy()
    late = days.index >= pd.Timestamp("2025-02-01")
    days["hot_gas"] = np.where(late, 85.0, 75.0)
    # Not found by itself: it is 4.5 % less.
    days.loc[late, "steady_heating_heat_kwh"] *= 0.955
    days.loc[late, "steady_heating_electricity_kwh"] *= 0.955
    found = cop_on(replace(told, days=days), date(2026, 1, 15))
    assert found.params["capacity_change"] == pytest.approx(-4.5, abs=0.3)
    assert found.params["hot_gas_change"] == pytest.approx(10, abs=0.5)
