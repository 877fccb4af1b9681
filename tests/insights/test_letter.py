"""The weekly letter: what is said, in which order, and what is not."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import numpy as np
import pytest

from custom_components.heatpump_dashboard.analysis.events import Event
from custom_components.heatpump_dashboard.analysis.states import Kind
from custom_components.heatpump_dashboard.insights.cop import cop
from custom_components.heatpump_dashboard.insights.letter import (
    SENTENCES,
    Letter,
    Said,
    as_insight,
    letter,
    letter_from,
)
from custom_components.heatpump_dashboard.insights.registry import answers
from custom_components.heatpump_dashboard.insights.subject import Subject

from .factory import FIRST, run, subject, winter

DAYS = 100
PRICE = 1.5


def week(**changed: Any) -> dict[str, np.ndarray]:
    """Return a healthy winter whose electricity has a price; its last weeks differ."""
    sums = winter(DAYS)
    sums["priced_kwh"] = sums["electricity_kwh"].copy()
    sums["cost"] = PRICE * sums["priced_kwh"]
    sums["price_hours"] = np.full(DAYS, 24.0)
    sums["price_sum"] = PRICE * sums["price_hours"]
    for name, (days, value) in changed.items():
        column = name.replace("__", "|")
        sums[column] = sums[column].copy()
        sums[column][-days:] = value
    return sums


def written(told: Subject, said: dict[str, Said] | None = None) -> Letter | None:
    found = answers(told)
    return letter(told, found.verdict, found.insights, said or {})


def sentences(told: Subject, said: dict[str, Said] | None = None) -> dict[str, Any]:
    """Return the params of the letter's sentences by their codes, in order."""
    found = written(told, said)
    assert found is not None
    for one in found.sentences:
        assert set(one.params) == set(SENTENCES[one.code]), one.code
    return {one.code: one.params for one in found.sentences}


def heater(kwh: float, days_ago: int = 3) -> Subject:
    """Return a heat pump whose auxiliary heater ran while its compressor was off."""
    sums = week()
    sums["auxiliary_kwh"][-days_ago] = kwh
    day = FIRST + timedelta(days=DAYS - days_ago)
    return subject(sums, events=tuple(stopped(day, kwh)))


def stopped(day: date, kwh: float) -> list[Event]:
    events = [
        *run(Kind.COMPRESSOR, day - timedelta(days=1), 2, 20),
        *run(Kind.AUXILIARY, day, 2, 8, kwh=kwh),
        *run(Kind.COMPRESSOR, day, 9, 20),
    ]
    return sorted(events, key=lambda one: one.time)


def test_the_verdict_comes_first_and_then_what_was_used() -> None:
    told = sentences(subject(week()))
    assert list(told)[:2] == ["verdict_ok", "used_cost"]
    assert told["verdict_ok"] == {"made": 14, "of": 14}
    kwh = float(week()["electricity_kwh"][-7:].sum())
    assert told["used_cost"]["kwh"] == pytest.approx(kwh)
    assert told["used_cost"]["cost"] == pytest.approx(PRICE * kwh)


def test_a_healthy_week_has_nothing_else_to_tell() -> None:
    told = subject(week())
    said = {"peak": Said(told.today - timedelta(days=7), 1.0)}
    assert list(sentences(told, said))[-1] == "nothing"


def test_without_a_price_no_money_is_told() -> None:
    told = sentences(subject(winter(DAYS)))
    assert list(told)[:2] == ["verdict_ok", "used"]


@pytest.mark.parametrize(
    ("outdoor", "electricity", "code", "more", "colder"),
    [
        (-3.0, 50.0, "more_colder", 25, 33.3),
        (7.0, 50.0, "more_milder", 25, 33.3),
        (-3.0, 30.0, "less_colder", 25, 33.3),
        (7.0, 30.0, "less_milder", 25, 33.3),
    ],
)
def test_a_week_beside_the_one_before_and_its_weather(
    outdoor: float, electricity: float, code: str, more: float, colder: float
) -> None:
    sums = week(outdoor_temp__sum=(14, 2.0 * 86_400), electricity_kwh=(14, 40.0))
    sums["outdoor_temp|sum"][-7:] = outdoor * 86_400
    sums["electricity_kwh"][-7:] = electricity
    told = sentences(subject(sums))
    assert told[code]["more"] == pytest.approx(more, abs=0.1)
    assert told[code]["colder"] == pytest.approx(colder, abs=0.1)


def test_weeks_that_are_alike_are_not_compared() -> None:
    sums = week(outdoor_temp__sum=(14, 2.0 * 86_400), electricity_kwh=(14, 40.0))
    assert not {code for code in sentences(subject(sums)) if "colder" in code}


ENERGIES = ("electricity_kwh", "energy_s", "heating_s", "hot_water_s", "idle_s")


def half_read(unread: int, electricity: float = 40.0) -> set[str]:
    """Return what is said of two weeks, the first with days of which nothing was read."""
    sums = week(outdoor_temp__sum=(14, 2.0 * 86_400), electricity_kwh=(14, 40.0))
    sums["electricity_kwh"][-7:] = electricity
    sums["outdoor_temp|sum"][-7:] = (-1.0 if electricity > 40 else 2.0) * 86_400
    missing = slice(-14, -14 + unread)
    for name in (*ENERGIES, "outdoor_temp|sum", "outdoor_temp|s"):
        sums[name][missing] = 0.0
    told = sentences(subject(sums))
    return {code for code in told if code.endswith(("colder", "milder"))}


def test_a_day_that_was_not_read_makes_no_week_of_more() -> None:
    """A seventh of a week is 16.7 % of the rest of it."""
    assert half_read(1) == set()
    assert half_read(1, 50.0) == {"more_colder"}


@pytest.mark.parametrize(("celsius", "codes"), [(16.8, set()), (14.8, {"more_colder"})])
def test_a_week_without_cold_is_compared_with_none(
    celsius: float, codes: set[str]
) -> None:
    """From 0.2 to 4 degree days a day it is no 1900 % colder."""
    sums = week(outdoor_temp__sum=(14, celsius * 86_400), electricity_kwh=(14, 40.0))
    sums["electricity_kwh"][-7:] = 50.0
    sums["outdoor_temp|sum"][-7:] = 13.0 * 86_400
    told = sentences(subject(sums))
    assert {code for code in told if code.endswith(("colder", "milder"))} == codes


def test_weeks_of_few_days_are_not_compared() -> None:
    sums = week(outdoor_temp__sum=(14, 2.0 * 86_400), electricity_kwh=(14, 40.0))
    sums["electricity_kwh"][-7:] = 50.0
    sums["outdoor_temp|sum"][-7:] = -3.0 * 86_400
    for known, codes in ((5, {"more_colder"}), (4, set())):
        sums["outdoor_temp|s"][-14:-7] = np.where(np.arange(7) < known, 86_400, 0)
        told = sentences(subject(sums))
        assert {code for code in told if "colder" in code} == codes


@pytest.mark.parametrize("currency", [1.0, 1 / 11, 35.0])
@pytest.mark.parametrize(("kwh", "is_told"), [(0.5, False), (2.0, True), (18.0, True)])
def test_what_is_worth_a_sentence_is_so_in_every_currency(
    currency: float, kwh: float, is_told: bool
) -> None:
    told = heater(kwh)
    days = told.days.assign(cost=told.days["cost"] * currency)
    assert ("heater_cost" in sentences(replace(told, days=days))) == is_told


@pytest.mark.parametrize(("kwh", "is_told"), [(0.5, False), (2.0, True)])
def test_without_heat_a_heater_is_no_share_of_it(kwh: float, is_told: bool) -> None:
    told = heater(kwh)
    days = told.days.assign(heat_kwh=0.0, cost=0.0, priced_kwh=0.0)
    assert ("heater" in sentences(replace(told, days=days))) == is_told


@pytest.mark.parametrize("currency", [1.0, 1 / 11, 35.0])
def test_what_comes_first_does_so_in_every_currency(currency: float) -> None:
    sums = week(hot_water_temp__max=(20, 52.0))
    sums["cost"] = sums["cost"] * currency
    order = {10.0: ["not_hot", "heater_cost"], 100.0: ["heater_cost", "not_hot"]}
    for kwh, wanted in order.items():
        sums["auxiliary_kwh"][-3] = kwh
        day = FIRST + timedelta(days=DAYS - 3)
        told = sentences(subject(sums, events=tuple(stopped(day, kwh))))
        assert [code for code in told if code in wanted] == wanted


def test_the_heater_with_its_cause_and_its_cost() -> None:
    told = sentences(heater(18.0))
    assert told["heater_cost"]["kwh"] == 18
    assert told["heater_cost"]["cause"] == "compressor_off"
    assert told["heater_cost"]["cost"] == pytest.approx(18 * PRICE)
    assert "nothing" not in told


def test_a_heater_that_costs_next_to_nothing_is_not_told() -> None:
    assert "heater_cost" not in sentences(heater(0.5))


def test_a_fallen_cop_is_told_with_what_its_card_says_that_costs_a_month() -> None:
    late = np.arange(DAYS) >= DAYS - 14
    sums = winter(DAYS, electricity=np.where(late, 1 / 0.9, 1.0))
    sums["priced_kwh"] = sums["electricity_kwh"]
    sums["cost"] = PRICE * sums["priced_kwh"]
    sums["price_hours"] = np.full(DAYS, 24.0)
    sums["price_sum"] = PRICE * sums["price_hours"]
    found = subject(sums)
    told = sentences(found)
    assert told["cop_low_cost"]["percent"] == pytest.approx(10, abs=0.2)
    assert told["cop_low_cost"]["cost"] == cop(found).params["cost"]


def test_water_that_was_not_hot() -> None:
    told = sentences(subject(week(hot_water_temp__max=(20, 52.0))))
    assert told["not_hot"]["days"] == 23
    assert told["verdict_watch"] == {"checks": ["sixty"]}


def test_what_costs_most_comes_first() -> None:
    sums = week(hot_water_temp__max=(20, 52.0))
    sums["auxiliary_kwh"][-3] = 100.0
    day = FIRST + timedelta(days=DAYS - 3)
    told = list(sentences(subject(sums, events=tuple(stopped(day, 100.0)))))
    assert told.index("heater_cost") < told.index("not_hot")


def test_never_more_than_five_sentences() -> None:
    late = np.arange(DAYS) >= DAYS - 14
    sums = winter(
        DAYS,
        electricity=np.where(late, 1 / 0.9, 1.0),
        brine_flow=np.where(late, 0.5, 1.0) * 1.8,
    )
    sums["hot_water_temp|max"][-20:] = 52.0
    sums["heating_runs_s"][-14:] = sums["heating_runs"][-14:] * 600
    sums["electricity_kwh"][-7:] *= 2
    sums["outdoor_temp|sum"][-7:] = -10 * 86_400
    sums["auxiliary_kwh"][-3] = 50.0
    told = list(sentences(subject(sums)))
    assert len(told) == 5
    assert told[0] == "verdict_act"
    assert "nothing" not in told


def test_what_was_said_is_not_said_again_for_four_weeks() -> None:
    told = subject(week(hot_water_temp__max=(20, 52.0)))
    first = written(told)
    assert first is not None
    assert first.said["not_hot"] == Said(told.today, 23)
    assert "not_hot" not in sentences(told, dict(first.said))
    ago = told.today - timedelta(days=28)
    assert "not_hot" in sentences(told, {"not_hot": Said(ago, 23)})


def test_what_got_worse_by_a_quarter_is_said_again() -> None:
    told = subject(week(hot_water_temp__max=(20, 52.0)))
    ago = told.today - timedelta(days=7)
    assert "not_hot" in sentences(told, {"not_hot": Said(ago, 16)})
    assert "not_hot" not in sentences(told, {"not_hot": Said(ago, 19)})


def test_what_is_learned_is_told_once() -> None:
    told = subject(winter(40))
    first = written(told)
    assert first is not None
    assert sentences(told)["learning"] == {"insight": "ground", "missing": 20}
    assert "learning" not in sentences(told, dict(first.said))


def test_of_days_of_heating_none_is_waited_for_in_summer() -> None:
    """A pump read since spring said each month that the same 20 days are missing."""
    summer = winter(60, outdoor=np.where(np.arange(60) < 40, 2.0, 20.0))
    for name in [name for name in summer if "heating" in name]:
        summer[name][40:] = 0.0
    told = subject(summer)
    found = answers(told).insights["ground"]
    assert (found.state, found.params["missing"]) == ("learning", 20)
    assert "learning" not in sentences(told)
    last = told.days.index[-1]
    days = told.days.copy()
    days.loc[last, "steady_heating_s"] = 3 * 3600.0
    assert "learning" in sentences(replace(told, days=days))


@pytest.mark.parametrize("insight", ["cycling", "curve"])
def test_what_was_answered_in_spring_is_not_announced_in_autumn(insight: str) -> None:
    """It rests on the last weeks alone, so it waits for days once more."""
    autumn = winter(100, outdoor=2.0)
    for name in [name for name in autumn if "heating" in name]:
        autumn[name][20:95] = 0.0
    told = subject(autumn)
    assert answers(told).insights[insight].state == "learning"
    announced = sentences(told).get("learning", {})
    assert announced.get("insight") not in ("cycling", "curve")
    first = replace(told, days=told.days.iloc[-6:])
    assert sentences(first)["learning"] == {"insight": "cycling", "missing": 2}


def test_of_a_week_that_is_hardly_known_there_is_no_letter() -> None:
    known = week(idle_s=(3, 0.0), heating_s=(3, 0.0), hot_water_s=(3, 0.0))
    assert written(subject(known)) is None


def test_a_letter_is_stored_and_read_again() -> None:
    found = written(subject(week(hot_water_temp__max=(20, 52.0))))
    assert found is not None
    assert letter_from(found.as_dict()) == found


@pytest.mark.parametrize("stored", [None, {}, [], {"day": "x"}, {"day": 5}])
def test_a_letter_that_cannot_be_read_is_none(stored: object) -> None:
    assert letter_from(stored) is None


def test_the_last_letter_is_an_insight() -> None:
    told = subject(week())
    found = written(told)
    insight = as_insight(found, told)
    assert (insight.id, insight.state) == ("letter", "ok")
    assert insight.start == told.today - timedelta(days=7)
    assert insight.end == told.today - timedelta(days=1)
    said = insight.params["sentences"]
    assert isinstance(said, list)
    assert said[0]["code"] == "verdict_ok"


@pytest.mark.parametrize(
    ("days", "state", "code"),
    [(3, "learning", "days"), (20, "unknown", "not_yet")],
)
def test_until_the_first_letter(days: int, state: str, code: str) -> None:
    insight = as_insight(None, subject(winter(days)))
    assert (insight.state, insight.code) == (state, code)
