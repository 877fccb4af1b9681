"""How much brine flows, and what years do to the ground."""

import numpy as np
import pytest

from custom_components.heatpump_dashboard.insights.ground import ground

from .factory import METRICS, subject, winter


def _since(count: int, day: int, factor: float) -> np.ndarray:
    return np.where(np.arange(count) < day, 1.0, factor)


def test_kilowatts_per_kelvin_of_brine() -> None:
    """6 kW from the ground at 3.4 K, then at 4.25 K: a fifth less flows."""
    assert pytest.approx(1.765, abs=5e-4) == 6.0 / 3.4
    assert pytest.approx(1.412, abs=5e-4) == 6.0 / 4.25
    flow = np.where(np.arange(100) < 90, 6.0 / 3.4, 6.0 / 4.25)
    found = ground(subject(winter(100, brine_flow=flow)))

    assert found.value == pytest.approx(-20, abs=0.01)


@pytest.mark.parametrize(
    ("factor", "state"), [(1.0, "ok"), (0.85, "ok"), (0.75, "watch"), (0.6, "act")]
)
def test_less_brine_flows(factor: float, state: str) -> None:
    found = ground(subject(winter(100, brine_flow=1.8 * _since(100, 90, factor))))

    assert found.state == state
    assert found.code == ("flow" if state == "ok" else "flow_low")
    assert found.value == pytest.approx(100 * (factor - 1), abs=0.1)
    assert found.n == 7


def test_whole_degrees_need_a_month_and_wider_limits() -> None:
    flow = 1.8 * _since(100, 60, 0.78)
    whole = subject(
        winter(100, brine_flow=flow), whole_degrees=("brine_in_temp", "brine_out_temp")
    )
    assert ground(subject(winter(100, brine_flow=flow))).state == "watch"
    assert ground(whole).state == "ok"
    assert ground(whole).n == 30


def test_without_a_meter_the_usual_share_is_taken() -> None:
    found = ground(subject(electricity=None))
    assert found.value == pytest.approx(0, abs=0.1)


@pytest.mark.parametrize("metric", ["brine_in_temp", "brine_out_temp", "supply_temp"])
def test_without_brine_nothing_is_known_of_the_ground(metric: str) -> None:
    found = ground(subject(metrics=METRICS - {metric}))
    assert (found.state, found.params) == ("unknown", {"metric": metric})


def test_the_ground_is_learned_for_two_months() -> None:
    found = ground(subject(winter(45)))
    assert (found.state, found.params["missing"]) == ("learning", 15)


def test_the_ground_that_gets_colder_every_winter() -> None:
    """Of three winters, and only beyond what a borehole does that is long enough."""
    for count, fall, state in (
        (1095, 0.5, "watch"),
        (1095, 0.2, "ok"),
        (600, 0.5, "ok"),
    ):
        days = winter(count)
        since = np.arange(count) / 365.2425
        for which in ("in", "out"):
            days[f"steady_heating_brine_{which}_ks"] -= (
                fall * since * days["steady_heating_brine_s"]
            )
        found = ground(subject(days))
        assert found.state == state
        assert found.code == ("colder" if state == "watch" else "flow")
        if count > 1000:
            assert found.params["drift"] == pytest.approx(-fall, abs=0.02)
        else:
            assert "drift" not in found.params


@pytest.mark.parametrize(
    ("valid", "whole", "state"),
    [
        (1, False, "watch"),
        (2, False, "watch"),
        (3, False, "act"),
        (9, True, "watch"),
        (10, True, "act"),
    ],
)
def test_of_few_days_the_brine_asks_for_no_action(
    valid: int, whole: bool, state: str
) -> None:
    """One odd day among days of rest is looked at on every day of a week."""
    count = 130
    day = np.arange(count)
    days = winter(count, brine_flow=np.where(day >= 130 - valid, 1.0, 1.8))
    rests = (day >= 100) & (day < 130 - valid)
    for name in days:
        if name.startswith("steady_heating"):
            days[name][rests] = 0.0
    metrics = ("brine_in_temp", "brine_out_temp") if whole else ()
    found = ground(subject(days, whole_degrees=metrics))
    assert (found.state, found.code, found.n) == (state, "flow_low", valid)
