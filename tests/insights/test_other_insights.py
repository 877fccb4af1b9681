"""Hot water, ground and year."""

from dataclasses import replace
from datetime import UTC, date, timedelta

import numpy as np
import pandas as pd
import pytest

from custom_components.heatpump_dashboard.analysis.events import Event
from custom_components.heatpump_dashboard.analysis.states import Kind
from custom_components.heatpump_dashboard.insights import checks
from custom_components.heatpump_dashboard.insights.days import day_table
from custom_components.heatpump_dashboard.insights.ground import ground
from custom_components.heatpump_dashboard.insights.hot_water import (
    hot_water,
    lost_kwh,
    lower_kwh,
    mixed_litres,
    standing_loss,
    stored_kwh,
)
from custom_components.heatpump_dashboard.insights.registry import answers
from custom_components.heatpump_dashboard.insights.subject import HeatBasis, Subject
from custom_components.heatpump_dashboard.insights.year import against, year

from .factory import FIRST, METRICS, hours_of_days, run, subject, winter


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


@pytest.mark.parametrize(
    ("hottest", "code", "never"), [(52.0, "not_seen", True), (61.0, "hot", False)]
)
def test_ten_days_that_never_were_hot_are_no_day_on_which_it_was(
    hottest: float, code: str, never: bool
) -> None:
    sums = winter(10)
    sums["hot_water_temp|max"] = np.array([hottest, *[52.0] * 9])
    told = subject(sums)
    assert (checks.sixty(told).state, checks.sixty(told).code) == ("ok", code)
    assert hot_water(told).params["never_60"] is never


def test_few_charges_are_no_usual_charge() -> None:
    assert "minutes" not in hot_water(subject(events=charges(4))).params


def test_without_a_valve_there_is_no_hot_water() -> None:
    found = hot_water(subject(metrics=METRICS - {"hot_water_valve"}))
    assert (found.state, found.code) == ("unknown", "no_metric")


def without_heat(told: Subject) -> Subject:
    """Return the same heat pump without a source of heat: its ledger says 0 kWh."""
    zeros = dict.fromkeys(("heat_kwh", "heat_hot_water_kwh", "space_kw"), 0.0)
    days = told.days.assign(**zeros)
    return replace(told, days=days, heat=HeatBasis(source=None, tank_l=180.0))


@pytest.mark.parametrize(
    ("electricity", "code", "kwh"),
    [("meter", "electricity", 2.0), (None, "no_heat", None)],
)
def test_of_hot_water_without_heat_the_rest_is_told(
    electricity: str | None, code: str, kwh: float | None
) -> None:
    told = subject(events=charges(6), electricity=electricity)
    found = hot_water(without_heat(told))

    assert (found.state, found.code, found.value) == ("ok", code, None)
    assert found.scatter is None
    assert found.params["electricity"] == (kwh and pytest.approx(kwh))
    assert found.params["charges_a_day"] == 2
    assert found.params["days_since_60"] == 2
    assert found.params["cop"] is None


def test_heat_that_is_not_known_is_drawn_as_none() -> None:
    told = answers(without_heat(subject(events=charges(6))))
    rows = told.evidence("hot_water")["days"]
    assert {row["heat_hot_water_kwh"] for row in rows} == {None}
    assert {row["hot_water_charges"] for row in rows} == {2.0}


def test_of_a_tank_without_heat_nobody_knows_what_is_used() -> None:
    found = hot_water(without_heat(cooling(40, 0.3))).params
    assert {"loss", "litres"} <= found.keys()
    assert not {"used_litres", "lower_kwh"} & found.keys()


def test_water_that_was_not_hot_is_told_without_heat_too() -> None:
    sums = winter(100)
    sums["hot_water_temp|max"] = np.where(np.arange(100) == 80, 60.0, 52.0)
    found = hot_water(without_heat(subject(sums)))
    assert (found.state, found.code, found.value) == ("watch", "not_hot_alone", None)


def test_without_a_source_of_heat_a_year_is_not_known() -> None:
    found = year(without_heat(subject(winter(365))))
    assert (found.code, found.params) == ("no_metric", {"metric": "supply_temp"})


def test_without_a_sensor_nobody_knows_how_hot_it_was() -> None:
    found = hot_water(subject(metrics=METRICS - {"hot_water_temp"}))
    assert (found.state, found.params["days_since_60"]) == ("ok", None)


def cooling(count: int, fall: float, drawn: float = 0.0) -> Subject:
    """Return days whose tank cools from 50 °C each night, in some with a draw."""
    hours = hours_of_days(count, **winter(count))
    hour = hours.index.hour.to_numpy()
    night = np.where(hour < 5, 50.0 - fall * (hour + 0.5), 48.8)
    night -= np.where((hour == 3) | (hour == 4), drawn, 0.0)
    hours["hot_water_temp|sum"], hours["hot_water_temp|s"] = 3600.0 * night, 3600.0
    hours["hot_water_s"] = np.where(hour == 12, 3600.0, 0.0)
    table = day_table(hours, UTC)
    return replace(
        subject(winter(count), events=charges(6)),
        days=table,
        heat=HeatBasis(tank_l=180.0),
    )


def test_a_tank_and_what_is_lost_of_it() -> None:
    """The specification's: 50.0 to 47.6 °C in eight hours, of 180 litres."""
    assert stored_kwh(180, 10) == pytest.approx(2.093, abs=5e-4)
    assert mixed_litres(180, 52) == pytest.approx(247.5)
    loss = standing_loss(180, 2.4 / 8, 48.8)
    assert loss == pytest.approx(2.18, abs=5e-3)
    assert lost_kwh(loss, 48.8) == pytest.approx(1.51, abs=5e-3)
    # 2 K less: 2.8 % of the COP, and 0.1 kWh of heat.
    saved = lower_kwh(5.1, loss, 2.5)
    assert saved == pytest.approx(5.1 / 2.5 - (5.1 - 2.18 * 0.048) / 2.57, abs=1e-3)


def test_litres_and_what_stands_away() -> None:
    found = hot_water(cooling(40, 0.3)).params

    assert found["fall"] == pytest.approx(0.3)
    assert found["litres"] == pytest.approx(247.5)
    assert found["loss"] == pytest.approx(0.3 * 180 * 1.163 / (49.25 - 20), rel=1e-6)
    assert found["used_litres"] == pytest.approx(
        (5 - found["loss_kwh"]) / (1.163e-3 * 32)
    )
    assert not found["circulation"]
    assert 20 < found["lower_kwh"] < 80


def test_without_heat_nothing_is_said_of_what_cooler_water_saves() -> None:
    told = cooling(40, 0.3)
    found = hot_water(replace(told, days=told.days.assign(heat_hot_water_kwh=0.0)))
    assert "lower_kwh" not in found.params


@pytest.mark.parametrize(
    ("count", "drawn", "litres", "known"),
    [
        (40, 0.0, 180.0, {"fall", "loss", "litres", "used_litres"}),
        # Of a tank of unknown size only how fast it cools.
        (40, 0.0, None, {"fall"}),
        # In a night with a shower it says nothing, and of six nights neither.
        (40, 3.0, 180.0, {"litres"}),
        (6, 0.0, 180.0, {"litres"}),
    ],
)
def test_of_a_tank_no_more_is_told_than_is_known(
    count: int, drawn: float, litres: float | None, known: set[str]
) -> None:
    told = cooling(count, 0.3, drawn)
    found = hot_water(replace(told, heat=HeatBasis(tank_l=litres))).params
    assert known <= found.keys()
    assert not ({"fall", "loss", "litres", "used_litres"} - known) & found.keys()


def test_water_that_goes_round_all_day_is_seen() -> None:
    assert hot_water(cooling(40, 0.8)).params["circulation"]


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


def test_a_year_beside_other_heating() -> None:
    found = against(18_000, 5_400)
    assert pytest.approx(3.33, abs=5e-3) == 18_000 / 5_400
    assert found["saved"] == 12_600
    assert found["oil"] == pytest.approx(2128, abs=0.5)


def test_what_the_electricity_of_a_year_let_out() -> None:
    """The specification's: 5 400 kWh at 59 g are 319 kg. Without a factor nothing is."""
    days = winter(365)
    days["electricity_kwh"] = np.full(365, 5400 / 365)
    found = year(subject(days, co2_per_kwh=59.0)).params
    assert found["co2"] == pytest.approx(319, abs=0.5)
    assert found["co2_per_kwh"] == 59
    assert year(subject(days, co2_per_kwh=0.0)).params["co2"] == 0
    assert not {"co2", "co2_per_kwh"} & year(subject(days)).params.keys()


def test_how_cold_a_year_was_and_what_a_degree_day_took() -> None:
    days = winter(365, outdoor=7.0)
    found = year(subject(days)).params
    assert found["degree_days"] == pytest.approx(3650)
    assert found["per_degree_day"] == pytest.approx(
        (days["electricity_kwh"] - days["electricity_hot_water_kwh"]).sum() / 3650
    )
    days["outdoor_temp|s"] = np.zeros(365)
    unseen = year(subject(days)).params
    assert not {"degree_days", "per_degree_day"} & unseen.keys()


def test_a_whole_year_is_a_season() -> None:
    found = year(subject(winter(365)))

    assert (found.state, found.code) == ("ok", "scop")
    assert found.value == pytest.approx(3.5)
    assert found.scale == 0.08
    assert "change" not in found.params


def test_of_cold_there_is_neither_heat_nor_a_cop() -> None:
    """In summer it draws 20 kWh a day out of the house, for 5 kWh of electricity."""
    days = winter(365)
    summer = np.arange(365) >= 265
    days["cooling_kwh"] = np.where(summer, 20.0, 0.0)
    days["cooling_electricity_kwh"] = np.where(summer, 5.0, 0.0)
    for name in ("heat_kwh", "compressor_heat_kwh"):
        days[name] = days[name] - days["cooling_kwh"]
    for name in ("electricity_kwh", "compressor_electricity_kwh"):
        days[name] = days[name] + days["cooling_electricity_kwh"]
    usual, cooled = subject(winter(365)), subject(days)

    assert cooled.days["space_kw"].to_numpy() == pytest.approx(usual.days["space_kw"])
    assert year(cooled).value == pytest.approx(3.5)
    assert year(cooled).params["heat"] == pytest.approx(year(usual).params["heat"])
    assert year(cooled).params["electricity"] == pytest.approx(
        year(usual).params["electricity"]
    )


def test_two_years_are_compared_at_the_same_weather() -> None:
    days = winter(730)
    days["electricity_kwh"][365:] *= 1.1
    assert year(subject(days)).params["change"] == pytest.approx(0.1, abs=0.02)


def a_year(warmer: float = 0.0, cooling: float = 0.0) -> dict[str, np.ndarray]:
    """Return a year of a house and a heat pump that are always the same.

    4 kWh of electricity a day for hot water; `cooling`: of two months, kWh a day.
    """
    day = np.arange(365)
    outdoor = 6 - 11 * np.cos(2 * np.pi * (day - 45) / 365) + warmer
    values = winter(365, outdoor=outdoor)
    cooled = np.where((day >= 180) & (day < 240), cooling, 0.0)
    heating = (values["heat_kwh"] - 5) / 3.5
    return values | {
        "electricity_hot_water_kwh": np.full(365, 4.0),
        "cooling_electricity_kwh": cooled,
        "electricity_kwh": heating + 4.0 + cooled,
    }


@pytest.mark.parametrize("second", [{"warmer": 2.0}, {"cooling": 8.0}])
def test_a_milder_year_and_one_with_cooling_took_no_more(
    second: dict[str, float],
) -> None:
    first, then = a_year(), a_year(**second)
    both = {name: np.concatenate((first[name], then[name])) for name in first}
    assert "change" not in year(subject(both, first=date(2024, 12, 1))).params


@pytest.mark.parametrize(("factor", "told"), [(1.02, False), (1.05, True)])
def test_years_differ_by_more_than_chance(factor: float, told: bool) -> None:
    first, then = a_year(), a_year()
    then["electricity_kwh"] = 4.0 + factor * (then["electricity_kwh"] - 4.0)
    both = {name: np.concatenate((first[name], then[name])) for name in first}
    found = year(subject(both, first=date(2024, 12, 1))).params
    assert ("change" in found) is told


def test_months_that_changed_to_and_fro_tell_nothing() -> None:
    first, then = a_year(), a_year()
    then["electricity_kwh"] *= np.where(np.arange(365) // 30 % 2, 1.3, 0.85)
    both = {name: np.concatenate((first[name], then[name])) for name in first}
    assert "change" not in year(subject(both, first=date(2024, 12, 1))).params


@pytest.mark.parametrize("more", [0, 10, 30])
def test_the_days_until_a_year_is_known_count_down(more: int) -> None:
    """Of a year with a gap of three months, each new day pushes a known one out."""
    whole = subject(winter(500))
    first = pd.Timestamp(date(2025, 11, 1))
    age = (whole.days.index - first).days
    at = 365 + more
    days = whole.days[((age < 90) | (age >= 182)) & (age < at)]
    today = date(2025, 11, 1) + timedelta(days=at)
    found = year(replace(whole, days=days, today=today))
    assert found.code == "so_far"
    # Known again when the gap leaves the window but for a tenth of a year.
    assert found.params["missing"] == 146 - more


def test_half_a_year_is_not_one_yet() -> None:
    found = year(subject(winter(180)))
    assert (found.state, found.code) == ("learning", "so_far")
    assert found.value == pytest.approx(3.5)


@pytest.mark.parametrize(
    ("known", "code"), [(365, "scop"), (300, "so_far"), (170, "coverage")]
)
def test_a_year_is_as_known_as_its_energies_are(known: int, code: str) -> None:
    """What the compressor does is known of all of it, the power only of some days."""
    days = winter(365)
    unknown = np.arange(365) >= known
    for name in ("energy_s", "running_known_s", "heat_kwh", "electricity_kwh"):
        days[name][unknown] = 0.0
    found = year(subject(days))
    assert found.code == code
    if code == "so_far":
        assert found.state == "learning"
        assert found.params["coverage"] == pytest.approx(300 / 365, abs=0.03)
    if code == "coverage":
        assert (found.state, found.value) == ("unknown", None)


def test_a_year_whose_running_is_hardly_known_is_no_season() -> None:
    """At rest the energies are known by themselves: 0.7 of its running is less."""
    days = winter(365)
    days["energy_s"] -= 0.3 * days["running_known_s"]
    days["running_known_s"] *= 0.7
    found = year(subject(days))
    assert (found.state, found.code) == ("learning", "so_far")
    assert found.params["coverage"] == pytest.approx(0.7)


def test_without_electricity_there_is_no_year() -> None:
    assert year(subject(electricity=None)).code == "no_measured_power"


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
