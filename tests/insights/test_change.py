"""Did it help? With the reference numbers of the specification."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import numpy as np
import pandas as pd
import pytest

from custom_components.heatpump_dashboard.analysis.events import Event
from custom_components.heatpump_dashboard.analysis.states import Kind
from custom_components.heatpump_dashboard.insights.change import change, mean_error
from custom_components.heatpump_dashboard.insights.registry import Answers, answers
from custom_components.heatpump_dashboard.insights.result import Insight
from custom_components.heatpump_dashboard.insights.subject import HeatBasis, Subject
from custom_components.heatpump_dashboard.insights.sun import clear_sky

from .factory import METRICS, at, subject, winter

FIRST = date(2025, 11, 1)
REPORTED = METRICS | {"heat_curve"}


def turned(
    day: int, before: float, after: float, kind: Kind = Kind.HEAT_CURVE
) -> Event:
    return Event(at(FIRST + timedelta(days=day), 18), kind, after, before)


def days(
    count: int, on: np.ndarray, factor: float, scatter: float = 0.05
) -> dict[str, np.ndarray]:
    """Return a winter in which some days take `factor` of the heat and electricity."""
    values = winter(count)
    noise = np.random.default_rng(7).normal(0, scatter, count)
    share = np.where(on, factor, 1.0) * (1 + noise)
    space = (values["heat_kwh"] - values["heat_hot_water_kwh"]) * share
    return {
        **values,
        "heat_kwh": space + 5,
        "electricity_kwh": space / 3.5 + 2,
        "indoor_temp|sum": (21.0 - 0.6 * on) * 86_400,
    }


def asked(values: Mapping[str, np.ndarray], *changes: Event, **others: Any) -> Subject:
    return subject(values, changes=changes, **({"metrics": REPORTED} | others))


def before_after(
    factor: float = 0.9, count: int = 90, change_day: int = 45, **others: Any
) -> Insight:
    on = np.arange(count) > change_day
    values = days(count, on, factor)
    return change(asked(values, turned(change_day, 40.0, 38.0), **others))


def test_the_error_of_a_difference() -> None:
    """30 days each, 0.30 kW, ρ 0.3: ± 0.106 kW; of 3.6 kW only more than 5.9 % is told."""
    error = mean_error(0.30, 0.3, 30, 30)

    assert error == pytest.approx(0.106, abs=5e-4)
    assert 2 * error / 3.6 == pytest.approx(0.059, abs=5e-4)


def test_a_tenth_less_is_told_with_what_it_was_and_is() -> None:
    found = before_after()

    assert (found.state, found.code, found.unit) == ("ok", "less", "%")
    assert found.scatter is not None
    assert found.value == pytest.approx(-10, abs=3 * found.scatter)
    assert 0.3 < found.scatter < 2.5
    assert found.n == 45 + 44
    assert found.params["measure"] == "electricity"
    assert found.params["heat"] == pytest.approx(-10, abs=3)
    assert found.params["setting"] == "heat_curve"
    assert (found.params["from"], found.params["to"]) == (40.0, 38.0)
    assert found.params["changed"] == at(FIRST + timedelta(days=45), 18)
    assert found.params["indoor"] == pytest.approx(-0.6)
    # 0.18 kW/K · 0.6 K of about 0.3 kW.
    assert 0.2 < found.params["indoor_share"] < 0.6


def test_a_house_that_loses_a_tenth_less_needs_an_eighth_less() -> None:
    """−12.7 % at 2 °C: what people and the sun give stays."""
    count, turned_on = 88, 44
    day = np.arange(count)
    outdoor = 2.0 + 6 * np.sin(2 * np.pi * day / 11)
    loss = np.where(day > turned_on, 0.162, 0.18)
    space = 24 * (loss * (21.0 - outdoor) - 0.72)
    values = winter(count, outdoor=outdoor)
    values |= {"heat_kwh": space + 5, "electricity_kwh": space / 3.5}
    found = change(asked(values, turned(turned_on, 40.0, 38.0)))
    assert found.params["heat"] == pytest.approx(-12.7, abs=0.3)


def test_a_tenth_more_is_told_too() -> None:
    assert before_after(1.1).code == "more"


def test_nothing_is_made_of_the_scatter() -> None:
    found = before_after(0.99)

    assert found.code == "no_difference"
    assert found.params["least"] >= 3.0


@pytest.mark.parametrize("seed", range(8))
def test_weather_alone_is_no_change(seed: int) -> None:
    """Of a house that is off by 5 % a day, alike from day to day."""
    rng = np.random.default_rng(seed)
    values = winter(80)
    noise = np.zeros(80)
    for day in range(1, 80):
        noise[day] = 0.3 * noise[day - 1] + rng.normal(0, 0.05)
    space = (values["heat_kwh"] - 5) * (1 + noise)
    values |= {"heat_kwh": space + 5, "electricity_kwh": space / 3.5 + 2}
    found = change(asked(values, turned(40, 40.0, 38.0)))
    assert found.code == "no_difference"


def test_it_learns_for_two_weeks() -> None:
    found = before_after(count=55)

    assert (found.state, found.code) == ("learning", "days")
    assert found.params["missing"] == 5
    assert found.params["setting"] == "heat_curve"
    assert before_after(count=60).state == "ok"


def test_typed_in_watts_say_nothing_of_the_electricity() -> None:
    found = before_after(electricity="gateway")

    assert found.code == "less"
    assert found.params["measure"] == "heat"


def test_without_a_source_of_heat_only_the_electricity_is_told() -> None:
    """The ledger says 0 kWh of heat then: no line, and no effect on it."""
    values = days(90, np.arange(90) > 45, 0.9)
    values |= {"heat_kwh": np.zeros(90), "heat_hot_water_kwh": np.zeros(90)}
    told = asked(values, turned(45, 40.0, 38.0), heat=HeatBasis(source=None))
    found = change(told)
    assert (found.state, found.code) == ("ok", "less")
    assert found.params["measure"] == "electricity"
    assert not {"heat", "indoor_share"} & found.params.keys()
    assert answers(told).evidence("change")["days"]

    found = change(replace(told, electricity="gateway"))
    assert (found.state, found.code) == ("unknown", "no_metric")
    assert found.params == {"metric": "supply_temp"}


def test_of_what_predicts_nothing_there_is_no_share() -> None:
    values = days(90, np.arange(90) > 45, 0.9)
    values["electricity_kwh"] = values["electricity_hot_water_kwh"].copy()
    found = change(asked(values, turned(45, 40.0, 38.0)))
    assert (found.state, found.code) == ("unknown", "not_heating")


def test_a_house_that_takes_no_heat_after_it_is_no_part_of_its_rooms() -> None:
    values = days(90, np.arange(90) > 45, 0.9)
    values["heat_kwh"] = np.where(np.arange(90) > 45, 5.0, values["heat_kwh"])
    found = change(asked(values, turned(45, 40.0, 38.0)))
    assert found.params["heat"] == pytest.approx(-100)
    assert "indoor_share" not in found.params


def test_between_two_changes_only_the_days_between_count() -> None:
    on = np.arange(90) > 60
    values = days(90, on, 0.9)
    found = change(asked(values, turned(50, 42.0, 40.0), turned(60, 40.0, 38.0)))
    assert (found.state, found.code) == ("unknown", "coverage")


def test_what_was_changed_on_the_same_day_is_counted() -> None:
    values = days(90, np.arange(90) > 45, 0.9)
    other = turned(45, 50.0, 48.0, Kind.HOT_WATER_STOP)
    found = change(asked(values, turned(45, 40.0, 38.0), other))
    assert found.params["others"] == 1


def test_in_spring_the_sun_would_be_the_change() -> None:
    """Without the same days of a year before nothing is told."""
    values = days(90, np.arange(90) > 45, 0.9)
    march = date(2026, 2, 1)
    moment = Event(at(march + timedelta(days=45), 18), Kind.HEAT_CURVE, 38.0, 40.0)
    found = change(asked(values, moment, first=march))
    assert (found.state, found.code) == ("unknown", "season")


def test_in_spring_it_is_beside_the_year_before() -> None:
    count = 365 + 90
    day = np.arange(count)
    values = days(count, day > 365 + 45, 0.85)
    first = date(2025, 2, 1)
    moment = Event(
        at(first + timedelta(days=365 + 45), 18), Kind.HEAT_CURVE, 38.0, 40.0
    )
    found = change(asked(values, moment, first=first))

    assert found.code == "less"
    assert found.params["last_year"]
    assert found.value == pytest.approx(-15, abs=4)


@pytest.mark.parametrize(
    ("earlier", "code"),
    [
        # Of the year before only the days after another change are of the same house.
        (365, "season"),
        # As it was turned 25 days before them, all these days are.
        (20, "no_difference"),
        # Three weeks of them are left.
        (65, "no_difference"),
    ],
)
def test_what_another_change_has_done_is_not_this_ones(earlier: int, code: str) -> None:
    """15 % less since the first of two changes; the last of them does nothing."""
    count = 365 + 90
    values = days(count, np.arange(count) > earlier, 0.85, 0.02)
    first = date(2025, 2, 1)
    kinds = {earlier: Kind.HEAT_CURVE_OFFSET, 365 + 45: Kind.HEAT_CURVE}
    changes = [
        Event(at(first + timedelta(days=day), 18), kind, 38.0, 40.0)
        for day, kind in kinds.items()
    ]
    found = change(asked(values, *changes, first=first))
    assert found.code == code
    if code == "no_difference":
        assert found.params["last_year"]


def sunny(change_day: int, factor: float, first: date = date(2025, 10, 15)) -> Subject:
    """Return a season and a half: each kWh/m² of a clear day saves 0.06 kW."""
    count = change_day + 40
    day = pd.date_range(first, periods=count)
    outdoor = 4 - 7 * np.cos(2 * np.pi * (day.dayofyear - 23) / 365)
    outdoor = outdoor + 3 * np.sin(np.arange(count) / 3)
    values = winter(count, outdoor=outdoor)
    noise = np.random.default_rng(5).normal(0, 0.03, count)
    space = 0.18 * np.maximum(17 - outdoor, 0) - 0.06 * clear_sky(day, 59.3)
    space = 24 * np.maximum(space, 0) * (1 + noise)
    space = np.where(np.arange(count) > change_day, factor, 1.0) * space
    values |= {"heat_kwh": space + 5, "electricity_kwh": space / 3.5 + 2}
    moment = Event(
        at(first + timedelta(days=change_day), 18), Kind.HEAT_CURVE, 38.0, 40.0
    )
    return asked(values, moment, first=first, latitude=59.3)


# From the middle of March on; the season before is of October to October.
SPRING = 365 + 151


@pytest.mark.parametrize(("factor", "code"), [(1.0, "no_difference"), (0.88, "less")])
def test_in_spring_a_season_with_its_sun_tells_it(factor: float, code: str) -> None:
    told = sunny(SPRING, factor)
    # Of the year before these days are not known, only the rest of its season.
    days = told.days
    gone = (days.index > "2026-03-15") & (days.index < "2026-04-15")
    told = replace(told, days=days[~gone])
    found = change(told)

    assert (found.state, found.code) == ("ok", code)
    assert found.params["sun"]
    assert not found.params["last_year"]
    assert found.scatter is not None
    assert found.value == pytest.approx(100 * (factor - 1), abs=3 * found.scatter)
    assert change(replace(told, latitude=None)).code == "season"


def test_without_a_whole_season_the_sun_is_not_known() -> None:
    assert change(sunny(151, 0.9)).code == "season"


def test_another_kind_of_weather_is_not_compared() -> None:
    on = np.arange(90) > 45
    outdoor = np.where(on, -8.0, 6.0) + np.sin(np.arange(90))
    values = winter(90, outdoor=outdoor)
    found = change(asked(values, turned(45, 40.0, 38.0)))
    assert (found.state, found.code) == ("unknown", "weather")


def test_without_settings_or_weather_or_a_change() -> None:
    values = days(90, np.zeros(90, bool), 1.0)
    (moment,) = (turned(45, 40.0, 38.0),)

    assert change(asked(values, moment, metrics=METRICS)).code == "no_metric"
    blind = REPORTED - {"outdoor_temp"}
    assert change(asked(values, moment, metrics=blind)).params == {
        "metric": "outdoor_temp"
    }
    assert change(asked(values)).code == "no_change"


def experiment(block_days: int, blocks: int, factor: float = 0.9) -> Subject:
    """Return a curve that goes to and fro in blocks, and back at the end of the plan."""
    start = 20
    count = start + block_days * blocks
    block = (np.arange(count) - start) // block_days
    on = (block % 2 == 0) & (block >= 0)
    values = days(count, on, factor, scatter=0.03)
    changes = [
        turned(
            start + number * block_days,
            *((40.0, 38.0) if number % 2 == 0 else (38.0, 40.0)),
        )
        for number in range(blocks)
    ]
    # In the morning, so that the first day is of the block.
    changes = [replace_time(one) for one in changes]
    return asked(values, *changes)


def replace_time(event: Event) -> Event:
    return event._replace(time=event.time - 16 * 3_600_000)


def test_weeks_to_and_fro_are_an_experiment() -> None:
    found = change(experiment(7, 8))

    assert found.params["method"] == "experiment"
    assert found.params["blocks"] >= 8
    assert found.params["tried"] == 38.0
    assert found.code == "less"
    assert found.scatter is not None
    assert found.value == pytest.approx(-10, abs=3 * found.scatter)
    # The first day of each block is left out.
    assert found.params["days_after"] == 4 * 6


@pytest.mark.parametrize(("block_days", "blocks"), [(1, 20), (3, 12), (7, 4)])
def test_single_days_and_few_weeks_are_none(block_days: int, blocks: int) -> None:
    found = change(experiment(block_days, blocks))
    assert found.params.get("method") != "experiment"


def own(
    values: Mapping[str, np.ndarray], day: int, *changes: Event, **others: Any
) -> Answers:
    """Return the answers of a change that its owner dates."""
    found = answers(asked(values, *changes, **others))
    return found.of_change(FIRST + timedelta(days=day))


def test_a_day_of_ones_own_needs_no_setting() -> None:
    values = days(90, np.arange(90) > 45, 0.9)
    told = own(values, 45, metrics=METRICS)
    found = told.insights["change"]

    assert (found.state, found.code) == ("ok", "less")
    assert found.value == pytest.approx(before_after().value)
    assert "setting" not in found.params
    assert found.params["changed"] == at(FIRST + timedelta(days=45), 0)
    sides = [row["side"] for row in told.evidence("change")["days"]]
    assert (sides.count(0.0), sides.count(1.0)) == (45, 44)


def test_a_day_of_ones_own_ends_at_the_next_setting() -> None:
    values = days(90, np.arange(90) > 60, 0.5, scatter=0.02)
    settings = (turned(10, 42.0, 41.0), turned(60, 40.0, 38.0))
    found = own(values, 40, *settings).insights["change"]

    assert found.code == "no_difference"
    assert (found.params["days_before"], found.params["days_after"]) == (29, 19)
    assert own(values, 60, *settings).insights["change"].params["others"] == 1


def test_a_day_of_ones_own_is_one_that_is_known() -> None:
    found = answers(asked(days(30, np.zeros(30, bool), 1.0)))
    known = [found.knows(FIRST + timedelta(days=day)) for day in (-1, 0, 30, 32)]
    assert known == [False, True, True, False]
    assert not answers(found.subject).knows(date(1, 1, 1))


def test_what_it_rests_on_has_both_sides() -> None:
    values = days(90, np.arange(90) > 45, 0.9)
    found = answers(asked(values, turned(45, 40.0, 38.0)))
    rows = found.evidence("change")["days"]

    sides = [row["side"] for row in rows if row["side"] is not None]
    assert sides.count(0.0) == 45
    assert sides.count(1.0) == 44
    after = [row for row in rows if row["side"] == 1.0]
    assert all(row["used_kw"] < row["expected_kw"] for row in after[:3])


def test_what_was_changed_years_ago_is_asked_about_by_its_owner_alone() -> None:
    values = days(90, np.arange(90) > 45, 0.9)
    told = asked(values, turned(45, 40.0, 38.0))
    later = replace(told, today=told.today + timedelta(days=400))
    assert change(later).code == "no_change"
    asked_for = replace(later, own_change=FIRST + timedelta(days=45))
    assert change(asked_for).code == "less"
