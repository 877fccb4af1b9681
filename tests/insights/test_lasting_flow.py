"""Less water for good: what is normal begins anew, and faults are found beside it."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from custom_components.heatpump_dashboard.insights.index import baseline_begins
from custom_components.heatpump_dashboard.insights.registry import answers
from custom_components.heatpump_dashboard.insights.result import Check
from custom_components.heatpump_dashboard.insights.subject import HeatBasis, Subject

from .factory import FIRST, subject, winter

CHANGED = 100
FLOW = ("flow_guard", "cop", "ground")


def flowing(
    count: int, until: int = 10_000, heat: float = 1.25, **others: np.ndarray
) -> Subject:
    """Return days of which the heat seems more from the hundredth on, until another."""
    day = np.arange(count)
    less = (day >= CHANGED) & (day < until)
    return subject(winter(count, heat=np.where(less, heat, 1.0), **others))


def checks(told: Subject) -> dict[str, Check]:
    return {one.id: one for one in answers(told).verdict.checks if one.id in FLOW}


def codes(told: Subject) -> dict[str, tuple[str, str]]:
    return {name: (one.state, one.code) for name, one in checks(told).items()}


@pytest.mark.parametrize("after", [4, 10, 19])
def test_until_it_has_lasted_it_is_a_fault_to_be_mended(after: int) -> None:
    told = flowing(CHANGED + after)
    assert baseline_begins(told) is None
    assert codes(told) == {
        "flow_guard": ("act", "less_flow"),
        "cop": ("unknown", "flow_changed"),
        "ground": ("unknown", "flow_changed"),
    }


@pytest.mark.parametrize("after", [21, 45])
def test_less_water_for_good_is_what_is_normal_now(after: int) -> None:
    told = flowing(CHANGED + after)
    assert baseline_begins(told) == pd.Timestamp(FIRST) + pd.Timedelta(days=CHANGED)
    assert codes(told) == {
        "flow_guard": ("ok", "steady"),
        "cop": ("ok", "cop"),
        "ground": ("learning", "days"),
    }
    assert answers(told).insights["ground"].params["have"] == after


@pytest.mark.parametrize("count", [170, 330, 700])
def test_it_has_an_end_in_every_season(count: int) -> None:
    """Also after July, when a year is learned of which a part had more water."""
    found = checks(flowing(count))
    assert {name: one.state for name, one in found.items()} == dict.fromkeys(FLOW, "ok")
    assert found["ground"].value == pytest.approx(0, abs=1.5)


def test_a_clogged_filter_is_found_beside_the_new_normal() -> None:
    """Beside the old one, less heating water hides it: 36 % more brine seems to flow."""
    day = np.arange(250)
    clogged = np.where(day >= 235, 0.7, 1.0) * 1.8
    found = checks(flowing(250, brine_flow=clogged))["ground"]
    assert (found.state, found.code) == ("watch", "flow_low")
    assert found.value == pytest.approx(-30, abs=2)


def test_a_worn_compressor_is_found_beside_the_new_normal() -> None:
    day = np.arange(200)
    worn = np.where(day >= 186, 1 / 0.88, 1.0)
    found = checks(flowing(200, electricity=worn))["cop"]
    assert (found.state, found.code) == ("act", "cop_low")
    assert found.value == pytest.approx(-12, abs=0.5)


@pytest.mark.parametrize("until", [115, 150])
def test_water_that_flows_as_before_is_judged_as_before(until: int) -> None:
    """A filter that was cleaned after weeks is no worse heat pump."""
    told = flowing(until + 20, until)
    assert baseline_begins(told) is None
    found = checks(told)
    assert {name: one.state for name, one in found.items()} == dict.fromkeys(FLOW, "ok")
    assert found["cop"].value == pytest.approx(0, abs=0.1)


def test_a_flow_that_still_falls_is_no_new_normal() -> None:
    count = 130
    heat = np.interp(np.arange(count), [100, 130], [1.0, 1.6])
    told = subject(winter(count, heat=heat))
    assert baseline_begins(told) is None
    assert codes(told)["flow_guard"] == ("act", "less_flow")


def test_less_water_once_more_is_told_once_more() -> None:
    day = np.arange(190)
    heat = np.where(day >= CHANGED, 1.25, 1.0) * np.where(day >= 185, 1.25, 1.0)
    told = subject(winter(190, heat=heat))
    assert codes(told)["flow_guard"] == ("act", "less_flow")


def test_with_typed_in_watts_too() -> None:
    """There the capacity is what is compared."""
    day = np.arange(130)
    sums = winter(130, heat=np.where(day >= CHANGED, 1.25, 1.0))
    told = subject(sums, electricity="gateway")
    assert codes(told)["flow_guard"] == ("ok", "steady")
    assert baseline_begins(told) is not None


@pytest.mark.timeout(20)
def test_days_that_all_seem_better_than_one_odd_day_have_an_end() -> None:
    """The line goes through the day that weighs more than all the others together."""
    days = winter(40)
    for name, factor in (("heat", 400.0), ("electricity", 500.0)):
        days[f"steady_heating_{name}_kwh"][10] *= factor
    told = subject(days)
    assert baseline_begins(told) is None
    assert codes(told)["flow_guard"][0] == "watch"


@pytest.mark.parametrize("source", ["meter", "flow", "counter"])
@pytest.mark.parametrize("after", [4, 20, 45])
def test_of_measured_heat_a_better_heat_pump_is_one_that_was_mended(
    source: str, after: int
) -> None:
    """Less water flows there without the heat seeming more."""
    day = np.arange(CHANGED + after)
    paid = np.where(day >= CHANGED, 1 / 1.22, 1.0)
    told = subject(winter(CHANGED + after, electricity=paid))
    assert codes(told)["flow_guard"][1] != "measured"
    measured = replace(told, heat=HeatBasis(source=source))
    assert baseline_begins(measured) is None
    found = codes(measured)
    assert found["flow_guard"] == ("unknown", "measured")
    assert found["cop"] == ("ok", "cop")
    assert found["ground"][1] != "flow_changed"
