"""What checks leave out: what is long over, what is cold, and what proves nothing."""

from dataclasses import replace
from datetime import timedelta

import numpy as np
import pytest

from custom_components.heatpump_dashboard.analysis.events import Event
from custom_components.heatpump_dashboard.analysis.states import Kind
from custom_components.heatpump_dashboard.insights.registry import answers
from custom_components.heatpump_dashboard.insights.result import Check
from custom_components.heatpump_dashboard.insights.subject import HeatBasis, Subject

from .factory import at, subject, winter

# The heat of `winter` is 13.3 kW at B0/W35, by this factor: 66 % more than the plate.
TOO_HIGH = HeatBasis(plate_kw=8.0, factor=2.7)


def check(told: Subject, name: str) -> Check:
    return next(one for one in answers(told).verdict.checks if one.id == name)


@pytest.mark.parametrize(
    ("days_ago", "state", "code"), [(6, "act", "short"), (8, "ok", "warm")]
)
def test_short_charges_of_the_week_before_ask_for_nothing(
    days_ago: int, state: str, code: str
) -> None:
    told = subject()
    day = told.today - timedelta(days=days_ago)
    charges = tuple(
        Event(at(day, hour), Kind.HOT_WATER, 0.0, 1.0, 1800.0, 2.0, (40.0, 45.0))
        for hour in (1, 8, 15)
    )
    settings = {"hot_water_stop": 52.0}
    found = check(replace(told, charges=charges, settings=settings), "hot_water")
    assert (found.state, found.code) == (state, code)


def test_what_was_cooled_takes_nothing_from_the_cop_of_heating() -> None:
    """50 kWh of heat of 14 kWh, and 40 kWh of cold of 8 kWh, each day of the week."""
    sums = winter(100)
    sums["compressor_heat_kwh"][-7:] = 50.0 - 40.0
    sums["compressor_electricity_kwh"][-7:] = 14.0 + 8.0
    sums["cooling_kwh"] = np.where(np.arange(100) >= 93, 40.0, 0.0)
    sums["cooling_electricity_kwh"] = np.where(np.arange(100) >= 93, 8.0, 0.0)
    found = check(subject(sums), "plausible")
    assert (found.state, found.code) == ("ok", "possible")
    assert found.value == pytest.approx(50 / 14)


def test_a_pair_of_sensors_that_drifts_apart_is_told_within_a_week() -> None:
    """Not as a mean with the three weeks in which both agreed."""
    sums = winter(100)
    sums["idle_delta_t_ks"][-7:] = 0.4 * 10_800
    found = check(subject(sums), "sensor_pair")
    assert (found.state, found.code) == ("watch", "offset")
    assert found.value == pytest.approx(0.4)


@pytest.mark.parametrize(("days", "limit"), [(100, 10.0), (40, 20.0)])
def test_of_few_days_the_flow_guard_shows_the_limit_it_judges_by(
    days: int, limit: float
) -> None:
    """15 % better is told beside 10 %, and is none beside 20 %."""
    better = np.where(np.arange(days) >= days - 3, 1.15, 1.0)
    found = check(subject(winter(days, heat=better)), "flow_guard")
    assert found.value == pytest.approx(15, abs=1)
    assert found.limit == pytest.approx(limit)
    assert found.state == ("watch" if found.value > limit else "ok")


def test_heat_far_from_the_plate_is_told() -> None:
    found = check(subject(heat=TOO_HIGH), "plausible")
    assert (found.state, found.code) == ("act", "not_plate")
    assert found.value == pytest.approx(66, abs=1)


def test_a_plate_says_nothing_of_a_compressor_that_changes_its_speed() -> None:
    found = check(subject(heat=replace(TOO_HIGH, varies=True)), "plausible")
    assert (found.state, found.code) == ("ok", "possible")


def test_nor_where_days_at_the_same_conditions_differ() -> None:
    """5 K on one day and 8 K on the next: a speed, or a flow, that is not reported."""
    sums = winter(100)
    steady_s = sums["steady_heating_s"]
    sums["steady_heating_return_ks"][::2] -= 3 * steady_s[::2]
    found = check(subject(sums, heat=TOO_HIGH), "plausible")
    assert (found.state, found.code) == ("ok", "possible")
