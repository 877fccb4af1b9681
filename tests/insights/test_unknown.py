"""Of what is not reported, each insight and each check says so, and nothing else."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import numpy as np
import pytest

from custom_components.heatpump_dashboard.analysis.events import Event
from custom_components.heatpump_dashboard.analysis.states import Kind
from custom_components.heatpump_dashboard.insights.letter import as_insight
from custom_components.heatpump_dashboard.insights.registry import QUESTIONS, answers
from custom_components.heatpump_dashboard.insights.result import Result
from custom_components.heatpump_dashboard.insights.subject import HeatBasis, Subject

from .factory import FIRST, METRICS, at, subject, winter

COUNT = 365
TURNED = FIRST + timedelta(days=60)
SETTINGS = {"heat_curve", "room_setpoint", "hot_water_stop"}


def whole(count: int = COUNT) -> Subject:
    """Return a heat pump of which everything is known, for some days."""
    days = winter(count)
    days["hot_water_temp|sum"] = np.full(count, 50.0 * 86_400)
    days["hot_water_temp|s"] = np.full(count, 86_400.0)
    paid = days["electricity_kwh"]
    days |= {
        "cost": paid * (1.0 + 0.2 * np.sin(np.arange(count))),
        "priced_kwh": paid.copy(),
        "price_sum": np.full(count, 24.0),
        "price_hours": np.full(count, 24.0),
    }
    turned = Event(at(TURNED, 12), Kind.HEAT_CURVE, 34.0, 36.0)
    return subject(
        days,
        metrics=METRICS | SETTINGS,
        changes=(turned,),
        heat=HeatBasis(kind="plate", plate_kw=8.0, rated_k=5.0),
    )


def without(*metrics: str) -> Callable[[Subject], Subject]:
    return lambda told: replace(told, metrics=set(told.metrics) - set(metrics))


def with_basis(**changed: Any) -> Callable[[Subject], Subject]:
    return lambda told: replace(told, **changed)


def heatless(told: Subject) -> Subject:
    """Return it without a sensor or a counter that tells the heat: there are zeros."""
    heat = [name for name in told.days if "heat_" in name and name.endswith("_kwh")]
    days = told.days.assign(**dict.fromkeys(heat, 0.0))
    return replace(told, days=days, heat=HeatBasis(source=None))


no_power = with_basis(electricity=None)
# Of each insight what it cannot do without, and what it says then.
CASES: list[tuple[str, Callable[[Subject], Subject], str, str | None]] = [
    ("cop", without("compressor"), "no_metric", "compressor"),
    ("cop", without("supply_temp"), "no_metric", "supply_temp"),
    ("cop", without("return_temp"), "no_metric", "return_temp"),
    (
        "cop",
        with_basis(heat=HeatBasis(varies=True), electricity="gateway"),
        "no_measured_power",
        None,
    ),
    ("heater", without("auxiliary_percent"), "no_metric", "auxiliary_power"),
    ("hot_water", without("hot_water_valve"), "no_metric", "hot_water_valve"),
    ("change", without(*SETTINGS), "no_metric", "heat_curve"),
    ("change", without("outdoor_temp"), "no_metric", "outdoor_temp"),
    ("change", with_basis(changes=()), "no_change", None),
    ("curve", without("supply_temp"), "no_metric", "supply_temp"),
    ("curve", without("indoor_temp"), "no_metric", "indoor_temp"),
    ("house", without("outdoor_temp"), "no_metric", "outdoor_temp"),
    (
        "calibration",
        with_basis(heat=HeatBasis(source=None)),
        "no_metric",
        "supply_temp",
    ),
    (
        "calibration",
        with_basis(heat=HeatBasis(varies=True)),
        "variable_speed",
        None,
    ),
    ("ground", without("brine_in_temp"), "no_metric", "brine_in_temp"),
    ("ground", without("brine_out_temp"), "no_metric", "brine_out_temp"),
    ("ground", with_basis(heat=HeatBasis(varies=True)), "variable_speed", None),
    ("ground", heatless, "no_metric", "return_temp"),
    ("money", no_power, "no_measured_power", None),
    ("year", no_power, "no_measured_power", None),
    ("cycling", without("compressor"), "no_metric", "compressor"),
]
CHECKS: list[tuple[str, Callable[[Subject], Subject], str]] = [
    ("alarm", without("alarm_code"), "no_metric"),
    ("data", with_basis(coverage=None), "coverage"),
    ("blocked", without("degree_minutes"), "no_metric"),
    ("brine", without("brine_out_temp"), "no_metric"),
    ("ground", without("brine_in_temp"), "no_metric"),
    ("ground", with_basis(heat=HeatBasis(varies=True)), "variable_speed"),
    ("cop", without("supply_temp"), "no_metric"),
    ("flow_guard", without("supply_temp"), "no_metric"),
    (
        "flow_guard",
        with_basis(heat=HeatBasis(varies=True), electricity="gateway"),
        "no_measured_power",
    ),
    ("heater", without("auxiliary_percent"), "no_metric"),
    ("hot_water", without("hot_water_temp"), "no_metric"),
    ("sixty", without("hot_water_temp"), "no_metric"),
    ("cycling", without("compressor"), "no_metric"),
    ("room", without("indoor_temp"), "no_metric"),
    ("plausible", with_basis(electricity=None, heat=HeatBasis()), "no_measured_power"),
    ("plausible", heatless, "no_measured_power"),
    ("sensor_pair", without("return_temp"), "no_metric"),
]


def ids(cases: list[Any]) -> list[str]:
    return [f"{name}-{code}" for name, _, code, *_ in cases]


@pytest.mark.parametrize(("name", "take", "code", "metric"), CASES, ids=ids(CASES))
def test_without_it_an_insight_says_that_it_cannot_tell(
    name: str, take: Callable[[Subject], Subject], code: str, metric: str | None
) -> None:
    ask = QUESTIONS[name]
    assert ask(whole()).state not in ("unknown", "learning")
    found: Result = ask(take(whole()))
    assert (found.state, found.code) == ("unknown", code)
    assert found.params.get("metric") == metric
    assert found.value is None


@pytest.mark.parametrize(("name", "take", "code"), CHECKS, ids=ids(CHECKS))
def test_without_it_a_check_is_not_made(
    name: str, take: Callable[[Subject], Subject], code: str
) -> None:
    known, missing = (
        next(one for one in answers(told).verdict.checks if one.id == name)
        for told in (whole(), take(whole()))
    )
    assert known.is_made
    assert (missing.state, missing.code) == ("unknown", code)


def test_nothing_fails_of_a_heat_pump_whose_heat_is_not_told() -> None:
    assert answers(heatless(whole())).failures == {}


def test_every_insight_and_every_check_is_asked() -> None:
    assert {name for name, *_ in CASES} == QUESTIONS.keys()
    checks = {check.id for check in answers(whole()).verdict.checks}
    assert {name for name, *_ in CHECKS} == checks


def test_without_a_week_there_is_no_letter() -> None:
    told = replace(whole(), days=whole().days.iloc[:0], today=date(2027, 1, 1))
    found = as_insight(None, told)
    assert (found.state, found.code) == ("unknown", "coverage")


# Those that learn, by insight or check.
LEARNING = {
    "insight": {
        "change",
        "cop",
        "curve",
        "cycling",
        "ground",
        "house",
        "letter",
        "year",
    },
    "check": {"cop", "cycling", "flow_guard", "ground", "sensor_pair"},
}


def test_what_is_being_learned_says_how_many_days_are_missing() -> None:
    found: dict[str, set[str]] = {"insight": set(), "check": set()}
    for count in (1, 2, 3, 5, 8, 13, 19, 25, 40, 59, 64, 70, 100, 200, 328):
        told = answers(whole(count)).with_letter(None)
        for kind, all_of in (
            ("insight", told.insights.values()),
            ("check", told.verdict.checks),
        ):
            learning = [one for one in all_of if one.state == "learning"]
            found[kind] |= {one.id for one in learning}
            for one in learning:
                have, need, missing = (
                    one.params.get(name) for name in ("have", "need", "missing")
                )
                assert isinstance(have, int), (count, one)
                assert isinstance(need, int), (count, one)
                assert 0 <= have < need, (count, one)
                assert missing == need - have, (count, one)
    assert found == LEARNING


def test_a_year_is_known_on_the_day_that_was_said() -> None:
    year = QUESTIONS["year"]
    missing = year(whole(300)).params["missing"]
    assert missing == 29
    assert year(whole(328)).state == "learning"
    assert year(whole(329)).state == "ok"
