"""What costs is told where the price of nearly all electricity is known, as anywhere."""

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest

from custom_components.heatpump_dashboard.insights.cop import cop
from custom_components.heatpump_dashboard.insights.curve import curve
from custom_components.heatpump_dashboard.insights.cycling import cycling
from custom_components.heatpump_dashboard.insights.heater import heater
from custom_components.heatpump_dashboard.insights.hot_water import hot_water
from custom_components.heatpump_dashboard.insights.money import money
from custom_components.heatpump_dashboard.insights.registry import answers
from custom_components.heatpump_dashboard.insights.result import Insight
from custom_components.heatpump_dashboard.insights.subject import Subject

from . import test_letter as of_letter
from .factory import subject, winter
from .test_cop import lower
from .test_cycling import starting


def priced(told: Subject, share: float) -> Subject:
    """Return it with the price, 1.5 a kWh, of so much of each day's electricity."""
    known = share * told.days["electricity_kwh"]
    days = told.days.assign(
        priced_kwh=known, cost=1.5 * known, price_sum=36.0, price_hours=24.0
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
