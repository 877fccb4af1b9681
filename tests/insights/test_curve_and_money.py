"""A lower curve, and when electricity is taken."""

import numpy as np
import pytest

from custom_components.heatpump_dashboard.insights.curve import curve, reaction
from custom_components.heatpump_dashboard.insights.money import money

from .factory import METRICS, subject, winter

Sums = dict[str, np.ndarray]


def test_what_a_kelvin_does() -> None:
    found = reaction(
        heat_kw=2.7, water=35.5, indoor=21, loss=0.18, supply=37.5, source=0
    )
    emits = 1.3 * 2.7 / (35.5 - 21)
    assert emits == pytest.approx(0.242, abs=5e-4)
    assert found.room == pytest.approx(0.574, abs=5e-4)
    assert 100 * found.heat == pytest.approx(3.8, abs=0.05)
    assert 100 * found.cop == pytest.approx(1.9, abs=0.05)
    assert 100 * found.electricity == pytest.approx(5.6, abs=0.1)


def test_a_wrong_flow_factor_changes_nothing() -> None:
    right, wrong = (
        reaction(
            heat_kw=2.7 * factor,
            water=35.5,
            indoor=21,
            loss=0.18 * factor,
            supply=37.5,
            source=0,
        )
        for factor in (1, 3)
    )
    assert wrong == pytest.approx(right)


def test_the_curve_of_a_winter() -> None:
    days = winter(100, outdoor=1 + 9 * np.sin(np.arange(100) / 5))
    found = curve(subject(days))

    assert (found.state, found.code, found.unit) == ("ok", "lower", "%/K")
    assert found.n == 60
    assert 4 < found.value < 7
    assert 0.4 < found.params["room"] < 0.7
    assert found.params["supply_cold"] > 38
    assert found.params["supply_mild"] < 34.5


@pytest.mark.parametrize("metric", ["indoor_temp", "outdoor_temp", "return_temp"])
def test_without_its_metrics_there_is_no_curve(metric: str) -> None:
    found = curve(subject(metrics=METRICS - {metric}))
    assert (found.state, found.params) == ("unknown", {"metric": metric})


def test_the_curve_is_learned_for_two_weeks() -> None:
    assert curve(subject(winter(10))).state == "learning"
    summer = winter(100)
    summer["steady_heating_s"][20:] = 0
    assert curve(subject(summer)).code == "not_heating"


def priced(price: float | np.ndarray, paid: float | np.ndarray) -> Sums:
    """Return days at a mean price, for which another one was paid."""
    days = winter(60)
    days["cost"] = days["electricity_kwh"] * paid
    days["priced_kwh"] = days["electricity_kwh"].copy()
    days["price_sum"] = np.broadcast_to(np.asarray(price, float) * 24, 60).copy()
    days["price_hours"] = np.full(60, 24.0)
    return days


def test_electricity_that_is_taken_when_it_is_cheap() -> None:
    """3, 1, 0 and 2 kWh at 0.50, 0.80, 2.00 and 1.20 are 4.70."""
    energy, price = np.array([3, 1, 0, 2]), np.array([0.5, 0.8, 2.0, 1.2])
    cost = float(energy @ price)
    assert cost == pytest.approx(4.70)
    found = money(subject(priced(price.mean(), cost / energy.sum())))

    assert found.code == "timing"
    assert found.params["paid"] == pytest.approx(0.783, abs=5e-4)
    assert found.params["flat"] == pytest.approx(1.125)
    assert found.value == pytest.approx(0.696, abs=5e-4)


def test_the_highest_hours_of_three_days() -> None:
    days = priced(1.0, 0.9)
    days["electricity_kwh"] = np.full(60, 24.0)
    days["priced_kwh"] = days["electricity_kwh"].copy()
    days["cost"] = days["electricity_kwh"] * 0.9
    for place, kw in ((-9, 7.2), (-5, 6.5), (-1, 6.1)):
        days["electricity_kwh"][place] = days["priced_kwh"][place] = 24 * kw
        days["cost"][place] = 24 * kw * 0.9
    found = money(subject(days))

    assert [found.params[f"peak_{place}"] for place in (1, 2, 3)] == pytest.approx(
        [7.2, 6.5, 6.1]
    )
    assert found.params["peak"] == pytest.approx(6.6)
    assert 45 * found.params["peak"] == pytest.approx(297)


def test_one_price_has_no_timing() -> None:
    found = money(subject(priced(1.5, 1.5)))
    assert (found.code, found.value) == ("fixed_price", None)


def test_a_price_near_nothing_has_no_ratio() -> None:
    found = money(subject(priced(0.01, -0.2)))
    assert (found.code, found.value) == ("no_ratio", None)


def test_without_a_price_nothing_is_known() -> None:
    assert money(subject()).code == "no_price"
    assert money(subject(electricity=None)).code == "no_measured_power"
    days = priced(1.0, 0.9)
    days["priced_kwh"][-10:] = 0
    assert money(subject(days)).code == "coverage"
