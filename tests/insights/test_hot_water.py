"""What hot water takes, and how hot it was."""

from dataclasses import replace
from datetime import UTC

import numpy as np
import pytest

from custom_components.heatpump_dashboard.analysis.events import Event
from custom_components.heatpump_dashboard.analysis.states import Kind
from custom_components.heatpump_dashboard.insights import checks
from custom_components.heatpump_dashboard.insights.days import day_table
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

from .factory import FIRST, METRICS, hours_of_days, run, subject, winter, without_heat


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
