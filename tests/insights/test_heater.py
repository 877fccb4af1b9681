"""Why the auxiliary heater ran."""

from datetime import date, timedelta
from typing import Any

import pytest

from custom_components.heatpump_dashboard.analysis.events import Event
from custom_components.heatpump_dashboard.analysis.states import Kind
from custom_components.heatpump_dashboard.insights.episodes import (
    Circumstances,
    cause_of,
    episodes,
)
from custom_components.heatpump_dashboard.insights.heater import avoidable, heater

from .factory import METRICS, run, subject, winter

DAY = date(2026, 2, 1)
TODAY = date(2026, 2, 9)


@pytest.mark.parametrize(
    ("told", "cause"),
    [
        ({}, "capacity"),
        ({"alarm": True, "compressor": 0.0}, "alarm"),
        ({"heater_only": True}, "mode"),
        ({"valve": 0.9, "hottest": 61.0}, "hygiene"),
        ({"valve": 0.9, "hottest": 50.0}, "hot_water"),
        ({"compressor": 0.0}, "compressor_off"),
        ({"rest_h": 4.0, "rest_ended_h": 1.0}, "catch_up"),
        ({"setpoint_rise": 5.0}, "setting"),
        ({"compressor_before": 0.6}, "unknown"),
    ],
)
def test_the_first_rule_that_fits(told: dict[str, Any], cause: str) -> None:
    assert cause_of(Circumstances(**told)) == cause


@pytest.mark.parametrize(
    ("told", "cause"),
    [
        ({"alarm": True}, "capacity"),
        ({"after_charge": True, "compressor_before": 0.8}, "hot_water"),
        ({"after_charge": True, "hottest": 61.0}, "hygiene"),
        # A compressor that never stops would have needed help without the charge too.
        ({"after_charge": True}, "capacity"),
        ({"valve": 0.9, "hottest": 59.5}, "hygiene"),
        ({"rest_h": 4.0, "rest_ended_h": 7.0}, "capacity"),
        ({"rest_h": 1.0, "rest_ended_h": 1.0}, "capacity"),
    ],
)
def test_rules_that_just_do_not_fit(told: dict[str, Any], cause: str) -> None:
    assert cause_of(Circumstances(**told)) == cause


def heats(start_h: float, end_h: float, kwh: float | None = 3.0) -> list[Event]:
    return run(Kind.AUXILIARY, DAY, start_h, end_h, kwh=kwh, value=33.0)


def runs(start_h: float, end_h: float) -> list[Event]:
    return run(Kind.COMPRESSOR, DAY, start_h, end_h)


@pytest.mark.parametrize(
    ("around", "cause"),
    [
        (runs(1, 22), "capacity"),
        (runs(1, 11), "compressor_off"),
        (run(Kind.ALARM, DAY, 11.8, 13, value=5.0) + runs(1, 11), "alarm"),
        (runs(1, 7) + runs(10.5, 22), "catch_up"),
        (
            runs(1, 22) + run(Kind.HOT_WATER, DAY, 11.9, 13, celsius=(45.0, 61.0)),
            "hygiene",
        ),
        (
            runs(1, 9.5)
            + runs(10, 22)
            + run(Kind.HOT_WATER, DAY, 11, 11.9, celsius=(45.0, 52.0)),
            "hot_water",
        ),
        (runs(1, 10) + runs(10.8, 22), "unknown"),
    ],
)
def test_causes_of_what_happened(around: list[Event], cause: str) -> None:
    (found,) = episodes(sorted([*heats(12, 13), *around]))
    assert (found.cause, found.kwh) == (cause, 3.0)


def test_a_gap_of_a_few_minutes_is_none() -> None:
    events = sorted([*runs(1, 22), *heats(12, 13), *heats(13.1, 14), *heats(15, 16)])
    assert [one.kwh for one in episodes(events)] == [6.0, 3.0]


def test_what_is_not_known_has_no_cause() -> None:
    (found,) = episodes(sorted([*runs(1, 22), *heats(12, 13, kwh=None)]))
    assert found.cause == "unknown"


def test_a_heater_that_goes_on_is_no_episode_yet() -> None:
    assert not episodes([heats(12, 13)[0]])


def test_a_month_without_the_heater() -> None:
    found = heater(subject())
    assert (found.state, found.code, found.value) == ("ok", "none", 0.0)


def test_the_causes_are_all_that_the_ledger_has() -> None:
    days = winter(100)
    days["auxiliary_kwh"][-8] = 7.5
    events = tuple(sorted([*runs(1, 11), *heats(12, 13), *runs(13.5, 23)]))
    found = heater(subject(days, events=events))
    causes = {name: value for name, value in found.params.items() if "_kwh" in name}

    assert found.code == "unknown"
    assert causes["compressor_off_kwh"] == 3.0
    assert causes["unknown_kwh"] == pytest.approx(4.5)
    assert found.value == pytest.approx(7.5)
    assert found.state == "watch"
    assert causes["avoidable_kwh"] == pytest.approx(3 * (1 - 1 / 3.7))


@pytest.mark.parametrize(
    ("share", "state"), [(0.02, "ok"), (0.05, "watch"), (0.2, "act")]
)
def test_a_share_of_the_heat_in_mild_weather(share: float, state: str) -> None:
    days = winter(60, outdoor=0.0)
    days["auxiliary_kwh"] = share * days["heat_kwh"]
    assert heater(subject(days)).state == state


def test_in_a_hard_winter_the_heater_is_no_fault() -> None:
    days = winter(60, outdoor=-15.0)
    days["auxiliary_kwh"] = 0.2 * days["heat_kwh"]
    assert heater(subject(days)).state == "ok"


def test_money() -> None:
    """210 kWh at 1.50 are 315; at a COP of 3, 210 of them were for nothing."""
    saved = avoidable({"compressor_off": 150.0, "catch_up": 60.0, "capacity": 9.0}, 3.0)
    assert saved is not None
    assert 210 * 1.50 == 315
    assert saved * 1.50 == pytest.approx(210)

    days = winter(100)
    days["auxiliary_kwh"][-7:] = 30.0
    days["cost"], days["priced_kwh"] = (
        days["electricity_kwh"] * 1.5,
        days["electricity_kwh"],
    )
    assert heater(subject(days)).params["cost"] == pytest.approx(315)


def test_an_episode_of_an_earlier_month_does_not_count() -> None:
    days = winter(100)
    days["auxiliary_kwh"][-8] = 3.0
    events = tuple(sorted([*runs(1, 11), *heats(12, 13)]))
    later = subject(days, events=events, today=TODAY + timedelta(days=60))
    assert heater(later).code == "coverage"


def test_without_a_heater_nothing_is_known() -> None:
    found = heater(subject(metrics=METRICS - {"auxiliary_percent"}))
    assert (found.state, found.code) == ("unknown", "no_metric")
