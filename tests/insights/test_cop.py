"""Whether it gets worse, or whether it is only colder."""

from dataclasses import replace
from datetime import timedelta

import numpy as np
import pytest

from custom_components.heatpump_dashboard.analysis.events import Event
from custom_components.heatpump_dashboard.analysis.states import Kind
from custom_components.heatpump_dashboard.insights.carnot import (
    carnot,
    change_per_kelvin,
)
from custom_components.heatpump_dashboard.insights.checks import flow_guard
from custom_components.heatpump_dashboard.insights.cop import cop, state_of
from custom_components.heatpump_dashboard.insights.fit import standard_error
from custom_components.heatpump_dashboard.insights.index import index_of

from .factory import FIRST, METRICS, at, subject, winter


def _carnot(supply: float, source: float) -> float:
    return float(carnot(np.array(supply), np.array(source)))


def _since(count: int, day: int, factor: float) -> np.ndarray:
    return np.where(np.arange(count) < day, 1.0, factor)


def test_what_physics_allows() -> None:
    assert _carnot(35, 0) == pytest.approx(7.2128, abs=5e-5)
    assert 3.40 / _carnot(35, 0) == pytest.approx(0.4714, abs=5e-5)


def test_an_expected_cop_and_an_actual_one() -> None:
    expected = 0.4714 * _carnot(40, -2)
    assert _carnot(40, -2) == pytest.approx(6.303, abs=5e-4)
    assert expected == pytest.approx(2.971, abs=5e-4)
    assert 100 * (2.73 / expected - 1) == pytest.approx(-8.1, abs=0.05)


@pytest.mark.parametrize(("supply", "percent"), [(35, 2.05), (37.5, 1.92), (50, 1.44)])
def test_a_kelvin_less_of_supply(supply: float, percent: float) -> None:
    assert 100 * change_per_kelvin(supply, 0) == pytest.approx(percent, abs=5e-3)


def test_a_kelvin_more_of_brine() -> None:
    assert 100 * (_carnot(35, 1) / _carnot(35, 0) - 1) == pytest.approx(2.38, abs=5e-3)


def test_a_healthy_winter_is_as_expected() -> None:
    found = cop(subject())

    assert (found.state, found.code, found.unit) == ("ok", "cop", "%")
    assert found.value == pytest.approx(0, abs=0.01)
    assert found.n == 14
    assert found.params["fit_days"] == 60


@pytest.mark.parametrize(
    ("factor", "state"), [(0.97, "ok"), (0.94, "watch"), (0.90, "act"), (1.06, "ok")]
)
def test_two_weeks_of_a_lower_cop(factor: float, state: str) -> None:
    found = cop(subject(winter(100, electricity=_since(100, 86, 1 / factor))))

    assert found.state == state
    assert found.value == pytest.approx(100 * (factor - 1), abs=0.05)
    assert found.code == ("cop" if state == "ok" else "cop_low")
    fell = at(FIRST + timedelta(days=86), 0)
    assert found.params.get("since") == (None if state == "ok" else fell)


def test_since_when_it_is_lower_is_the_middle_of_a_slow_fall() -> None:
    slowly = 1 / np.interp(np.arange(110), [70, 100], [1.0, 0.88])
    rng = np.random.default_rng(4)
    paid = slowly * np.exp(rng.normal(0, 0.02, 110))
    since = cop(subject(winter(110, electricity=paid))).params["since"]
    assert since == pytest.approx(at(FIRST + timedelta(days=85), 0), abs=5 * 86_400_000)


def test_of_two_falls_it_is_the_last() -> None:
    factor = np.repeat([1.0, 0.9, 1.0, 0.91], [70, 30, 40, 14])
    since = cop(subject(winter(154, electricity=1 / factor))).params["since"]
    assert since == at(FIRST + timedelta(days=140), 0)


def lower() -> dict[str, np.ndarray]:
    """Return days of which the last two weeks' COP is 9 % lower."""
    days = winter(100, electricity=_since(100, 86, 1 / 0.91))
    days["electricity_kwh"][86:] = 20.0
    days["auxiliary_kwh"][86:] = 0.5
    return days


def test_what_a_lower_cop_costs_a_month() -> None:
    """9 % of what heating took: neither hot water's nor the heater's electricity."""
    days = lower()
    assert "cost" not in cop(subject(days)).params
    days["priced_kwh"] = days["electricity_kwh"].copy()
    days["cost"] = 1.5 * days["electricity_kwh"]
    found = cop(subject(days))
    assert found.code == "cop_low"
    assert found.params["cost"] == pytest.approx(0.09 * 17.5 * 30 * 1.5, rel=0.01)
    assert "cost" not in cop(subject(days, electricity="gateway")).params


def test_a_cold_week_is_not_a_worse_heat_pump() -> None:
    outdoor = 0.5 + 6 * np.sin(np.arange(100) / 7)
    outdoor[86:] = -5.0
    assert cop(subject(winter(100, outdoor=outdoor))).value == pytest.approx(0, abs=0.1)


def test_typed_in_watts_say_nothing_of_the_cop() -> None:
    """What they show instead is the capacity."""
    lower = winter(100, heat=_since(100, 86, 0.9), electricity=_since(100, 86, 2.0))
    found = cop(subject(lower, electricity="gateway"))

    assert (found.code, found.state) == ("capacity_low", "act")
    assert found.value == pytest.approx(-10, abs=0.1)
    assert found.params["capacity"] == pytest.approx(8, abs=0.01)


def test_with_few_days_only_the_efficiency_is_known() -> None:
    found = cop(subject(winter(30, electricity=_since(30, 23, 1 / 0.94))))

    assert found.params["efficiency_only"]
    assert found.params["efficiency"] == pytest.approx(0.47, abs=1e-3)
    # The limits are twice as wide.
    assert found.state == "ok"
    assert cop(subject(winter(30, electricity=_since(30, 20, 1 / 0.8)))).state != "ok"


def test_the_first_days_are_learned() -> None:
    found = cop(subject(winter(12)))
    assert (found.state, found.params) == (
        "learning",
        {"have": 12, "need": 20, "missing": 8},
    )


def test_days_with_the_heater_do_not_count() -> None:
    days = winter(100)
    days["auxiliary_kwh"] = np.where(np.arange(100) % 2, 0.1 * days["heat_kwh"], 0.0)
    index = index_of(subject(days))

    assert not isinstance(index, int)
    assert len(index.values) == 50


def test_weather_that_nobody_has_seen_is_not_judged() -> None:
    outdoor = 0.5 + 8 * np.sin(np.arange(100) / 7)
    outdoor[86:] = -25.0
    found = cop(subject(winter(100, outdoor=outdoor)))
    assert (found.state, found.code) == ("unknown", "not_heating")


def test_each_july_the_last_year_is_learned() -> None:
    """A repair a year ago is no news for ever."""
    count = 400 + 60
    days = winter(count, electricity=_since(count, 60, 1 / 1.2))
    index = index_of(subject(days))

    assert not isinstance(index, int)
    assert index.fit_days > 60
    assert cop(subject(days)).state == "ok"


def test_in_summer_nothing_is_said() -> None:
    days = winter(120)
    for name in days:
        if name.startswith("steady"):
            days[name][90:] = 0
    assert cop(subject(days)).code == "not_heating"


@pytest.mark.parametrize("metric", ["supply_temp", "return_temp", "compressor"])
def test_without_its_metrics_nothing_is_known(metric: str) -> None:
    found = cop(subject(metrics=METRICS - {metric}))
    assert (found.state, found.code) == ("unknown", "no_metric")
    assert found.params == {"metric": metric}


def test_without_brine_the_air_is_the_source() -> None:
    air = METRICS - {"brine_in_temp", "brine_out_temp"}
    days = winter(100)
    assert cop(subject(days, metrics=air)).state == "ok"


AIR = METRICS - {"brine_in_temp", "brine_out_temp"}


def from_elsewhere(outdoor: np.ndarray, brine: np.ndarray) -> dict[str, np.ndarray]:
    """Return days of floor heating whose heat comes from what tells no temperature."""
    days = winter(len(outdoor), outdoor=outdoor)
    seconds, supply = days["steady_heating_s"], 31 - 0.2 * outdoor
    heat = 8 * np.exp(-0.006 * (supply - 35) + 0.02 * brine) * seconds / 3600
    return days | {
        "steady_heating_supply_ks": supply * seconds,
        "steady_heating_heat_kwh": heat,
        "steady_heating_electricity_kwh": heat / (0.47 * carnot(supply, brine)),
    }


@pytest.mark.parametrize("ends", [(-5.0, 11.0), (11.0, -8.0)])
@pytest.mark.parametrize("brine", ["ground", "exhaust air"])
def test_a_season_is_no_worse_heat_pump_where_its_source_is_not_told(
    ends: tuple[float, float], brine: str
) -> None:
    """Beside the air as the source the efficiency of a few days is that of a season."""
    rng = np.random.default_rng(1)
    outdoor = np.interp(np.arange(130), [0, 45, 130], [ends[0], *ends])
    outdoor += rng.normal(0, 2.5, 130)
    source = 1 + 0.05 * outdoor if brine == "ground" else np.full(130, 14.0)
    whole = subject(from_elsewhere(outdoor, source), metrics=AIR)
    states = set()
    for count in range(25, 131, 5):
        today = FIRST + timedelta(days=count)
        told = replace(whole, days=whole.days.iloc[:count], today=today)
        checked = flow_guard(index_of(told), told)
        states |= {cop(told).state, checked.state}
        assert count >= 60 or cop(told).params["need"] == 60
    assert states <= {"learning", "unknown", "ok"}
    assert "ok" in states


def test_without_the_brine_a_worn_compressor_is_found_all_the_same() -> None:
    outdoor = 1 + 7 * np.sin(np.arange(130) / 9)
    days = from_elsewhere(outdoor, 1 + 0.05 * outdoor)
    days["steady_heating_electricity_kwh"][110:] /= 0.88
    found = cop(subject(days, metrics=AIR))
    assert (found.state, found.value) == ("act", pytest.approx(-12, abs=1))


def test_weather_that_is_much_the_same_is_said_to_be() -> None:
    outdoor = 2 + 3 * np.sin(np.arange(80) / 9)
    told = subject(from_elsewhere(outdoor, np.full(80, 1.0)), metrics=AIR)
    assert (cop(told).state, cop(told).code) == ("unknown", "weather")
    checked = flow_guard(index_of(told), told)
    assert (checked.state, checked.code) == ("unknown", "weather")


def test_a_small_fall_is_never_told() -> None:
    assert state_of(-0.049, 0.001, 14) == "ok"
    assert state_of(-0.06, 0.001, 14) == "watch"
    assert state_of(-0.06, 0.03, 14) == "ok"
    assert state_of(-0.09, 0.001, 14) == "act"
    assert state_of(-0.09, 0.001, 3) == "watch"


def test_days_that_are_alike_are_fewer_than_they_seem() -> None:
    """I5's reference: 30 days before and after, s 0.30 kW, ρ 0.3 of a load of 3.6 kW."""
    error = standard_error(0.30, 0.3, 1 / (1 / 30 + 1 / 30))
    assert error == pytest.approx(0.106, abs=5e-4)
    assert 100 * 2 * error / 3.6 == pytest.approx(5.9, abs=0.05)


def _noisy(seed: int, fall: float) -> dict[str, np.ndarray]:
    """Return days whose COP differs by 2 %, each half as the day before (ρ 0.5)."""
    rng = np.random.default_rng(seed)
    noise = np.zeros(120)
    for day in range(1, 120):
        noise[day] = 0.5 * noise[day - 1] + rng.normal(0, 0.02 * 0.75**0.5)
    return winter(120, electricity=np.exp(noise) / _since(120, 106, 1 - fall))


def test_no_healthy_winter_is_an_alarm() -> None:
    assert {cop(subject(_noisy(seed, 0.0))).state for seed in range(30)} == {"ok"}


def test_a_fall_of_a_tenth_is_seen_in_two_weeks() -> None:
    states = [cop(subject(_noisy(seed, 0.10))).state for seed in range(30)]
    assert "ok" not in states
    assert states.count("act") > 20


def test_a_fall_of_two_percent_is_never_told() -> None:
    assert {cop(subject(_noisy(seed, 0.02))).state for seed in range(30)} == {"ok"}


@pytest.mark.parametrize(
    ("kind", "fit_days", "level"),
    [(Kind.HEAT_CURVE, 20, 0.94), (Kind.HOT_WATER_STOP, 20, 1.0)],
)
def test_only_the_efficiency_begins_anew_with_another_curve(
    kind: Kind, fit_days: int, level: float
) -> None:
    """It moves with the supply; what the hot water is set to has no part in it."""
    sums = winter(50, heat=_since(50, 25, 0.94))
    event = Event(at(FIRST + timedelta(days=24), 12), kind, 38.0, 40.0)
    known, anew = (
        index_of(subject(sums, changes=changes)) for changes in ((), (event,))
    )

    assert not isinstance(known, int)
    assert not isinstance(anew, int)
    assert anew.efficiency_only
    assert anew.fit_days == fit_days
    assert anew.level == pytest.approx(level * known.level, rel=0.01)


def test_it_learns_another_curve() -> None:
    event = Event(at(FIRST + timedelta(days=40), 12), Kind.ROOM_SETPOINT, 21.0, 20.0)
    found = cop(subject(winter(50), changes=(event,)))
    assert (found.state, found.params["have"]) == ("learning", 9)


def test_of_less_water_nothing_is_said() -> None:
    """Better than physics is no better heat pump: what the heat is, nobody knows."""
    found = cop(subject(winter(100, heat=_since(100, 95, 1.25))))
    assert (found.state, found.code) == ("unknown", "flow_changed")
    assert cop(subject(winter(100, heat=_since(100, 95, 1.08)))).code == "cop"
