"""A compressor that is asked for and stands still, and sensors that do."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import numpy as np
import pandas as pd
import pytest

from custom_components.heatpump_dashboard.analysis.events import Event
from custom_components.heatpump_dashboard.analysis.states import Kind
from custom_components.heatpump_dashboard.insights import checks
from custom_components.heatpump_dashboard.insights.registry import answers
from custom_components.heatpump_dashboard.insights.standstill import (
    ESSENTIAL,
    absent_series,
    asked_for_s,
    blocked,
    stuck_series,
)
from custom_components.heatpump_dashboard.insights.subject import (
    HeatBasis,
    Rest,
    Subject,
)

from .factory import FIRST, METRICS, at, subject, winter

NOW = pd.Timestamp("2026-01-20T12:00:00Z")


def resting(minutes: float, **rest: Any) -> Subject:
    usual = {"degree_minutes": -200.0, "asked_s": 60 * minutes}
    return subject(rest=Rest(off_s=60 * minutes, **(usual | rest)))


@pytest.mark.parametrize(
    ("minutes", "rest", "state", "code"),
    [
        (30, {}, "ok", "runs"),
        (31, {}, "watch", "blocked"),
        (120, {}, "watch", "blocked"),
        (121, {}, "act", "blocked"),
        (31, {"heater": True}, "act", "blocked"),
        (29, {"heater": True}, "ok", "runs"),
        (600, {"asked_s": 0.0}, "ok", "runs"),
        # It stood still for long, and has been asked for only now.
        (126, {"degree_minutes": -122.0, "asked_s": 60.0}, "ok", "runs"),
        (600, {"asked_s": 31 * 60.0}, "watch", "blocked"),
        (600, {"is_warm": True}, "ok", "runs"),
        (0, {}, "ok", "runs"),
        (600, {"mode": "auxiliary_only"}, "ok", "mode"),
        (600, {"mode": "off"}, "ok", "mode"),
        (600, {"mode": "auto"}, "act", "blocked"),
        (600, {"degree_minutes": None}, "unknown", "coverage"),
    ],
)
def test_a_compressor_that_is_asked_for(
    minutes: float, rest: dict[str, Any], state: str, code: str
) -> None:
    found = blocked(resting(minutes, **rest))
    assert (found.state, found.code) == (state, code)


def lows(*values: float) -> pd.Series:
    """Return degree minutes of windows up to now."""
    index = pd.date_range(end=NOW, periods=len(values) + 1, freq="5min")[:-1]
    return pd.Series(values, index=index)


@pytest.mark.parametrize(
    ("values", "minutes"),
    [
        ((-50, -100, -119), 0),
        ((-50, -110, -121, -125, -130), 15),
        ((-130, -110, np.nan, -125), 5),
        ((-130, -125), 10),
        ((np.nan,), 0),
        ((), 0),
    ],
)
def test_since_when_it_is_asked_for(values: tuple[float, ...], minutes: float) -> None:
    none = pd.DatetimeIndex([], tz="UTC")
    assert asked_for_s(lows(*values), none, NOW) == 60 * minutes


@pytest.mark.parametrize(("starts", "minutes"), [(4, 15), (5, 0)])
def test_who_has_it_start_later_is_not_told(starts: int, minutes: float) -> None:
    """Its last starts were at −120: at −170 it is not late yet."""
    falls = lows(*[0.0, -60.0, -120.0] * starts, -125.0, -150.0, -170.0)
    began = pd.DatetimeIndex(falls.index[2 : 3 * starts : 3])
    assert asked_for_s(falls, began, NOW) == 60 * minutes
    late = lows(*[0.0, -60.0, -120.0] * 5, -181.0, -190.0)
    assert asked_for_s(late, pd.DatetimeIndex(late.index[2:15:3]), NOW) == 600


def test_without_degree_minutes_nobody_knows() -> None:
    metrics = METRICS - {"degree_minutes"}
    found = blocked(subject(rest=Rest(off_s=9999.0), metrics=metrics))

    assert (found.state, found.code) == ("unknown", "no_metric")
    assert blocked(subject(rest=None)).code == "coverage"


def test_it_is_one_of_the_checks() -> None:
    verdict = answers(resting(200)).verdict
    assert verdict.state == "act"
    assert verdict.named[0] == "blocked"


def windows(hours: float, **metrics: Any) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return what the readings of windows up to now were, and a start every hour."""
    count = round(hours * 12)
    index = pd.date_range(end=NOW, periods=count, freq="5min", inclusive="both")
    columns = {}
    for metric, value in metrics.items():
        values = np.broadcast_to(np.asarray(value, float), count)
        columns |= {f"{metric}|min": values, f"{metric}|max": values + 0.0}
    starts = (np.arange(count) % 12 == 0).astype(float)
    return pd.DataFrame(columns, index=index), pd.DataFrame(
        {"starts": starts}, index=index
    )


def moving(hours: float) -> np.ndarray:
    return 30 + np.arange(round(hours * 12)) % 7


def test_a_temperature_that_stands_for_a_day_while_the_compressor_cycles() -> None:
    found = windows(25, supply_temp=40.0, return_temp=moving(25))
    assert stuck_series(*found, set(), NOW) == ("supply_temp",)


def test_whole_degrees_may_stand_for_three_days() -> None:
    whole = {"brine_in_temp", "supply_temp"}
    day = windows(25, brine_in_temp=3.0, supply_temp=35.0)
    days = windows(73, brine_in_temp=3.0, indoor_temp=21.0, return_temp=moving(73))

    assert stuck_series(*day, whole, NOW) == ("supply_temp",)
    assert stuck_series(*day, set(), NOW) == ("supply_temp", "brine_in_temp")
    assert stuck_series(*days, whole, NOW) == ("brine_in_temp", "indoor_temp")
    # A well-kept house may be 21 °C for weeks.
    assert stuck_series(*days, {*whole, "indoor_temp"}, NOW) == ("brine_in_temp",)


def test_not_before_nor_with_gaps_nor_at_rest() -> None:
    extremes, ledger = windows(25, supply_temp=40.0)

    assert stuck_series(*windows(21, supply_temp=40.0), set(), NOW) == ()
    assert stuck_series(extremes, ledger.assign(starts=0.0), set(), NOW) == ()
    gaps = extremes.copy()
    gaps.iloc[100:150] = np.nan
    assert stuck_series(gaps, ledger, set(), NOW) == ()


def test_a_stuck_sensor_is_worth_a_look() -> None:
    found = checks.data(subject(stuck=("supply_temp",)))
    assert (found.state, found.code) == ("watch", "stuck")
    assert found.params == {"metric": "supply_temp", "count": 1}
    assert checks.data(subject(stuck=("supply_temp",), coverage=0.5)).code == "gaps"


def held(hours: float, **gone_h: float) -> pd.DataFrame:
    """Return for how long metrics held in each window of some hours up to now.

    `gone_h`: for how many of the last hours there was none of a metric.
    """
    count = round(hours * 12)
    index = pd.date_range(end=NOW, periods=count, freq="5min")
    known = {"outdoor_temp": 0.0, "supply_temp": 0.0} | gone_h
    return pd.DataFrame(
        {
            f"{metric}|s": np.where(
                np.arange(count) < count - round(gone * 12), 300.0, np.nan
            )
            for metric, gone in known.items()
        },
        index=index,
    )


@pytest.mark.parametrize("metric", [*ESSENTIAL, "hot_water_temp", "indoor_temp"])
def test_a_metric_is_absent_after_a_day_without_a_value(metric: str) -> None:
    assert absent_series(held(100, **{metric: 25}), (), NOW) == (metric,)
    assert absent_series(held(100, **{metric: 23}), (), NOW) == ()


def test_of_several_that_are_absent_the_worst_comes_first() -> None:
    gone = held(100, indoor_temp=30, brine_in_temp=30, supply_temp=30)
    found = absent_series(gone, (), NOW)
    assert found == ("supply_temp", "brine_in_temp", "indoor_temp")


def test_what_is_silent_by_nature_is_not_absent() -> None:
    gone = held(100, supply_temp=30)
    # On change: silent while nothing changes.
    assert absent_series(gone, {"supply_temp"}, NOW) == ()
    # Never there: a sensor that is not installed.
    assert absent_series(held(100, brine_in_temp=100), (), NOW) == ()
    # Everything was away, for most of the day: that is a gap.
    away = held(100, supply_temp=30, outdoor_temp=13, compressor=13)
    assert absent_series(away, (), NOW) == ()
    assert absent_series(gone.iloc[:0], (), NOW) == ()


@pytest.mark.parametrize(
    ("absent", "state"),
    [(("supply_temp", "indoor_temp"), "act"), (("indoor_temp",), "watch")],
)
def test_what_heat_and_cop_rest_on_asks_for_an_action_when_it_is_absent(
    absent: tuple[str, ...], state: str
) -> None:
    found = checks.data(subject(absent=absent, coverage=0.0))
    assert (found.state, found.code) == (state, "absent")
    assert found.params == {"metric": absent[0], "count": len(absent)}


@pytest.mark.parametrize(
    ("factor", "state", "code"),
    [
        (1.0, "ok", "possible"),
        (1.19, "ok", "possible"),
        (1.21, "watch", "not_plate"),
        (0.79, "watch", "not_plate"),
        (1.51, "act", "not_plate"),
    ],
)
def test_heat_beside_the_plate(factor: float, state: str, code: str) -> None:
    """8 kW at B0/W35 over 5 K are 1.6 kW/K."""
    usual = HeatBasis(plate_kw=8.0, factor=1.0)
    kelvin = checks.plausible(subject(heat=usual)).params["heat"]
    heat = HeatBasis(plate_kw=8.0, factor=factor * 8.0 / float(kelvin or 0))
    found = checks.plausible(subject(heat=heat))

    assert (found.state, found.code) == (state, code)
    if state != "ok":
        assert found.value == pytest.approx(100 * (factor - 1), abs=0.1)


def test_of_a_heat_pump_without_brine_the_plate_judges_nothing() -> None:
    """What outdoor air gives follows the weather: in mild air half as much again."""
    heat = HeatBasis(plate_kw=8.0, factor=3.2)
    days = winter(100)
    for name in ("brine_s", "brine_in_ks", "brine_out_ks"):
        days[f"steady_heating_{name}"] = np.zeros(100)
    metrics = METRICS - {"brine_in_temp", "brine_out_temp"}
    found = checks.plausible(subject(days, heat=heat, metrics=metrics))
    assert (found.state, found.code) == ("ok", "possible")


def test_nor_of_one_whose_speed_changes_and_is_not_told() -> None:
    """On a third of the days it runs with half of its power."""
    heat = HeatBasis(plate_kw=8.0, factor=3.2)
    days = winter(100)
    steady_s = days["steady_heating_s"]
    supply = days["steady_heating_supply_ks"] / steady_s
    kelvin = np.where(np.arange(100) % 3 == 0, 2.5, 5.0)
    days["steady_heating_return_ks"] = (supply - kelvin) * steady_s
    assert checks.plausible(subject(days, heat=heat)).state == "ok"


def test_the_plate_says_something_without_any_meter() -> None:
    heat = HeatBasis(plate_kw=8.0, factor=3.2)
    assert checks.plausible(subject(heat=heat, electricity=None)).state == "act"
    assert checks.plausible(subject(electricity=None)).code == "no_measured_power"


def test_what_was_cooled_says_nothing_of_the_heat() -> None:
    """Cold is negative heat: with it no COP is one of heating."""
    usual = checks.plausible(subject())
    cooled = {"cooling_kwh": 90.0, "cooling_electricity_kwh": 20.0}
    days = winter(100)
    days |= {name: np.full(100, kwh) for name, kwh in cooled.items()}
    days["compressor_heat_kwh"] = days["compressor_heat_kwh"] - 90
    days["compressor_electricity_kwh"] = days["compressor_electricity_kwh"] + 20
    found = checks.plausible(subject(days))

    assert (found.state, found.code) == ("ok", "possible")
    assert found.value == pytest.approx(usual.value)


def charged(*celsius: float, stop: float | None = 55.0) -> Subject:
    last = FIRST + timedelta(days=99)
    charges = tuple(
        Event(at(last, 3.0 + 2 * n), Kind.HOT_WATER, 0.0, 1.0, 1800.0, 2.0, (45.0, end))
        for n, end in enumerate(celsius)
    )
    settings = {} if stop is None else {"hot_water_stop": stop}
    return subject(charges=charges, settings=settings)


@pytest.mark.parametrize(
    ("found", "code"),
    [
        (charged(51.0, 51.5, 51.9), "short"),
        (charged(51.0, 52.0, 51.9), "warm"),
        (charged(51.0, 51.5), "warm"),
        (charged(40.0, 54.0, 55.0, 54.0), "warm"),
        (charged(51.0, 51.5, 51.9, stop=None), "warm"),
    ],
)
def test_charges_that_end_far_below_their_stop(found: Subject, code: str) -> None:
    known = found.days.assign(hot_water_low_h=0.0, hot_water_cold_h=0.0)
    check = checks.hot_water(replace(found, days=known))
    assert check.code == code
    assert (check.state == "act") == (code == "short")
