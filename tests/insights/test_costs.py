"""What costs is told where the price of nearly all electricity is known, as anywhere."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC

import numpy as np
import pandas as pd
import pytest

from custom_components.heatpump_dashboard.analysis.figures import cost_of
from custom_components.heatpump_dashboard.analysis.hourly import ELECTRICITY
from custom_components.heatpump_dashboard.analysis.prices import PRICED
from custom_components.heatpump_dashboard.insights.by_hour import PARTS
from custom_components.heatpump_dashboard.insights.cop import cop
from custom_components.heatpump_dashboard.insights.curve import curve
from custom_components.heatpump_dashboard.insights.cycling import cycling
from custom_components.heatpump_dashboard.insights.days import day_table
from custom_components.heatpump_dashboard.insights.electricity import cost_of_part
from custom_components.heatpump_dashboard.insights.heater import heater
from custom_components.heatpump_dashboard.insights.hot_water import hot_water
from custom_components.heatpump_dashboard.insights.money import money
from custom_components.heatpump_dashboard.insights.registry import answers
from custom_components.heatpump_dashboard.insights.result import Insight
from custom_components.heatpump_dashboard.insights.subject import Subject

from . import test_letter as of_letter
from .factory import hours_of_days, subject, winter
from .test_cop import lower
from .test_cycling import starting


def priced(told: Subject, share: float) -> Subject:
    """Return it with the price, 1.5 a kWh, of so much of each day's electricity."""
    known = share * told.days["electricity_kwh"]
    parts = {
        f"{part}_{what}": price * share * told.days[column]
        for part, column in PARTS.items()
        for what, price in (("cost", 1.5), ("priced_kwh", 1.0))
    }
    days = told.days.assign(
        priced_kwh=known, cost=1.5 * known, price_sum=36.0, price_hours=24.0, **parts
    )
    return replace(told, days=days)


CASES: list[tuple[str, Callable[[Subject], Insight], Callable[[], Subject]]] = [
    ("cost", cop, lambda: subject(lower())),
    ("lost_cost", cycling, lambda: subject(starting(75.0))),
    ("cost", heater, lambda: of_letter.heater(20.0)),
    ("cost", hot_water, subject),
    ("cost", money, subject),
    (
        "saved_cost",
        curve,
        lambda: subject(winter(365, outdoor=1 + 9 * np.sin(np.arange(365) / 5))),
    ),
]


@pytest.mark.parametrize(("param", "question", "told"), CASES)
def test_a_price_of_too_little_is_none(
    param: str, question: Callable[[Subject], Insight], told: Callable[[], Subject]
) -> None:
    of = told()
    assert question(priced(of, 0.96)).params[param] is not None
    assert question(priced(of, 0.94)).params.get(param) is None
    assert question(priced(of, 0.0)).params.get(param) is None


@pytest.mark.parametrize(("share", "is_told"), [(0.96, True), (0.94, False)])
def test_the_letter_tells_no_other_cost(share: float, is_told: bool) -> None:
    """Of one kWh at −0.50 among 210 the week would have cost −105."""
    told = of_letter.sentences(priced(of_letter.heater(20.0), share))
    assert {"used_cost", "heater_cost"} & told.keys() == (
        {"used_cost", "heater_cost"} if is_told else set()
    )
    assert {"used", "heater"} & told.keys() == (
        set() if is_told else {"used", "heater"}
    )
    low = priced(subject(lower()), share)
    assert answers(low).insights["cop"].code == "cop_low"
    assert ("cop_low_cost" in of_letter.sentences(low)) == is_told


def test_the_letter_tells_what_the_days_cost_as_history_does() -> None:
    """Of electricity without a price it adds nothing; hours of statistics are in both."""
    hours = evenings()
    unknown = hours.index.hour == 3
    hours.loc[unknown, ["price_sum", "price_hours", "priced_kwh", "cost"]] = 0.0
    counted = hours.index[-2:]
    hours.loc[counted, "counted_electricity_kwh"] = hours["electricity_kwh"][counted]
    hours.loc[counted, "electricity_kwh"] = 0.0
    told = replace(subject(winter(40)), days=day_table(hours, UTC))
    week = hours.iloc[-7 * 24 :][["cost", PRICED, *ELECTRICITY]]
    sums = {str(name): float(value) for name, value in week.sum().items()}
    said = of_letter.sentences(told)["used_cost"]
    assert said["kwh"] == pytest.approx(7 * (8 + 23))
    assert said["cost"] == pytest.approx(cost_of(sums))
    assert said["cost"] < said["kwh"] * sums["cost"] / sums[PRICED]


def evenings() -> pd.DataFrame:
    """Return hours of 40 days: heater and hot water at 18, at 4.00 beside 0.20."""
    days = hours_of_days(40, **winter(40))
    dear = np.asarray(pd.DatetimeIndex(days.index).hour == 18)
    paid = np.where(dear, 8.0, 1.0)
    return days.assign(
        electricity_kwh=paid,
        auxiliary_kwh=np.where(dear, 3.0, 0.0),
        electricity_hot_water_kwh=np.where(dear, 2.0, 0.0),
        priced_kwh=paid,
        cost=paid * np.where(dear, 4.0, 0.2),
        price_sum=np.where(dear, 4.0, 0.2),
        price_hours=1.0,
    )


def test_heater_and_hot_water_cost_what_the_hours_cost_in_which_they_ran() -> None:
    """At the mean of all electricity, 1.18, they would be told for a third of it."""
    told = replace(subject(winter(40)), days=day_table(evenings(), UTC))
    assert heater(told).params["cost"] == pytest.approx(30 * 3 * 4.0)
    assert hot_water(told).params["cost"] == pytest.approx(2 * 4.0)
    assert of_letter.sentences(told)["heater_cost"]["cost"] == pytest.approx(84.0)
    # So no more of it can be saved by another hour than it cost.
    assert money(told).params["movable"] == pytest.approx(30 * 2 * (4.0 - 0.2))


def test_hours_without_a_price_are_in_no_cost_of_heater_and_hot_water() -> None:
    """Of 40 evenings one has no price, then three; the rest of the day has one."""
    for without, is_told in ((1, True), (3, False)):
        hours = evenings()
        unknown = hours.index[18 : 24 * without : 24]
        hours.loc[unknown, ["price_sum", "price_hours", "priced_kwh", "cost"]] = 0.0
        days = day_table(hours, UTC)
        cost = 4.0 * 3 * (40 - without)
        assert cost_of_part(days, "auxiliary") == (
            pytest.approx(cost) if is_told else None
        )


def test_nothing_costs_nothing_and_without_a_price_nobody_knows() -> None:
    """Also where prices are below zero: there is no -0 to be told."""
    hours = evenings().assign(auxiliary_kwh=0.0, price_sum=-0.1)
    cost = cost_of_part(day_table(hours, UTC), "auxiliary")
    assert str(cost) == "0.0"
    unpriced = hours.drop(columns=["price_sum", "price_hours", "priced_kwh", "cost"])
    assert cost_of_part(day_table(unpriced, UTC), "auxiliary") is None
    told = replace(subject(winter(40)), days=day_table(unpriced, UTC))
    assert heater(told).params["cost"] is None
    assert hot_water(told).params["cost"] is None
