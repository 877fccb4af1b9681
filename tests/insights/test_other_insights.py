"""Hot water, ground, year and cycling."""

import numpy as np
import pytest

from custom_components.heatpump_dashboard.analysis.events import Event
from custom_components.heatpump_dashboard.analysis.states import Kind
from custom_components.heatpump_dashboard.insights.cycling import cycling
from custom_components.heatpump_dashboard.insights.ground import ground
from custom_components.heatpump_dashboard.insights.hot_water import hot_water
from custom_components.heatpump_dashboard.insights.year import against, year

from .factory import FIRST, METRICS, run, subject, winter


def _since(count: int, day: int, factor: float) -> np.ndarray:
    return np.where(np.arange(count) < day, 1.0, factor)


def charges(count: int) -> tuple[Event, ...]:
    found: list[Event] = []
    for number in range(count):
        found += run(
            Kind.HOT_WATER,
            FIRST,
            3 * number,
            3 * number + 0.5,
            kwh=2.5,
            celsius=(42.0, 52.0),
        )
    return tuple(found)


def test_hot_water_of_a_usual_month() -> None:
    found = hot_water(subject(events=charges(6)))

    assert (found.state, found.code, found.unit) == ("ok", "daily", "kWh/d")
    assert found.value == pytest.approx(5)
    assert found.params["cop"] == pytest.approx(2.5)
    assert found.params["days_since_60"] == 2
    assert found.params["minutes"] == pytest.approx(30)
    assert found.params["celsius_before"] == 42
    assert found.params["celsius_after"] == 52


@pytest.mark.parametrize(("days", "state"), [(14, "ok"), (15, "watch"), (31, "act")])
def test_water_that_has_not_been_hot_for_long(days: int, state: str) -> None:
    sums = winter(100)
    sums["hot_water_temp|max"] = np.where(np.arange(100) == 100 - days, 60.0, 52.0)
    found = hot_water(subject(sums))
    assert (found.state, found.params["days_since_60"]) == (state, days)


def test_few_charges_are_no_usual_charge() -> None:
    assert "minutes" not in hot_water(subject(events=charges(4))).params


def test_without_a_valve_there_is_no_hot_water() -> None:
    found = hot_water(subject(metrics=METRICS - {"hot_water_valve"}))
    assert (found.state, found.code) == ("unknown", "no_metric")


def test_without_a_sensor_nobody_knows_how_hot_it_was() -> None:
    found = hot_water(subject(metrics=METRICS - {"hot_water_temp"}))
    assert (found.state, found.params["days_since_60"]) == ("ok", None)


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


def test_healthy_runs() -> None:
    found = cycling(subject())

    assert (found.state, found.code, found.unit) == ("ok", "runs", "min")
    assert found.value == pytest.approx(1300 / 60)
    assert found.params["runs_a_day"] == pytest.approx(22)


@pytest.mark.parametrize(
    ("length_s", "short", "starts", "state"),
    [
        (1300, 0.05, 24, "ok"),
        (890, 0.05, 24, "watch"),
        (1300, 0.30, 24, "watch"),
        (1300, 0.55, 24, "act"),
        (890, 0.05, 144, "act"),
        (1300, 0.05, 144, "ok"),
    ],
)
def test_short_runs(length_s: float, short: float, starts: float, state: str) -> None:
    days = winter(60)
    days["heating_runs_s"] = days["heating_runs"] * length_s
    days["heating_runs_short"] = days["heating_runs"] * short
    days["starts"] = np.full(60, float(starts))
    assert cycling(subject(days)).state == state


def test_a_few_short_runs_a_day_are_no_cycling() -> None:
    days = winter(60)
    days["heating_runs"] = np.full(60, 3.0)
    days["heating_runs_s"] = days["heating_runs_short"] * 0 + 3 * 300.0
    days["heating_runs_short"] = np.full(60, 3.0)
    assert cycling(subject(days)).state == "ok"


def test_short_runs_of_summer_nights_are_no_cycling() -> None:
    """What a house needs in June is less than the least that a compressor gives."""
    days = winter(60)
    days["heating_runs_s"] = days["heating_runs"] * 780
    assert cycling(subject(days)).state == "watch"
    days["heating_s"] = np.full(60, 0.1 * 86_400)
    assert cycling(subject(days)).code == "not_heating"


def test_no_run_says_nothing() -> None:
    days = winter(60)
    for name in ("heating_runs", "heating_runs_s", "heating_runs_short"):
        days[name][30:] = 0
    assert cycling(subject(days)).code == "not_heating"
    assert cycling(subject(winter(5))).state == "learning"
    missing = cycling(subject(metrics=METRICS - {"compressor"}))
    assert missing.code == "no_metric"


def test_a_year_beside_other_heating() -> None:
    found = against(18_000, 5_400)
    assert pytest.approx(3.33, abs=5e-3) == 18_000 / 5_400
    assert found["saved"] == 12_600
    assert found["oil"] == pytest.approx(2128, abs=0.5)


def test_a_whole_year_is_a_season() -> None:
    found = year(subject(winter(365)))

    assert (found.state, found.code) == ("ok", "scop")
    assert found.value == pytest.approx(3.5)
    assert found.scale == 0.08
    assert "change" not in found.params


def test_two_years_are_compared_at_the_same_weather() -> None:
    days = winter(730)
    days["electricity_kwh"][365:] *= 1.1
    assert year(subject(days)).params["change"] == pytest.approx(0.1, abs=0.02)


def test_half_a_year_is_not_one_yet() -> None:
    found = year(subject(winter(180)))
    assert (found.state, found.code) == ("learning", "so_far")
    assert found.value == pytest.approx(3.5)


def test_without_electricity_there_is_no_year() -> None:
    assert year(subject(electricity=None)).code == "no_measured_power"
