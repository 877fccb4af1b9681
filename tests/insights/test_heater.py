"""Why the auxiliary heater ran."""

from datetime import UTC, date, timedelta
from typing import Any

import numpy as np
import pandas as pd
import pytest

from custom_components.heatpump_dashboard.analysis.events import Event
from custom_components.heatpump_dashboard.analysis.states import Kind
from custom_components.heatpump_dashboard.insights.episodes import (
    Circumstances,
    cause_of,
    episodes,
)
from custom_components.heatpump_dashboard.insights.gaps import gaps_of
from custom_components.heatpump_dashboard.insights.heater import avoidable, heater
from custom_components.heatpump_dashboard.insights.registry import answers
from custom_components.heatpump_dashboard.insights.subject import Subject

from .factory import FIRST, METRICS, at, run, subject, winter

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
        ({"defrost": True}, "defrost"),
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
        ({"coverage": 0.8}, "capacity"),
        # Whatever is known of it: the cause may lie in the rest.
        ({"coverage": 0.79}, "unknown"),
        ({"coverage": 0.79, "alarm": True, "compressor": 0.0}, "unknown"),
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


def gap(start_h: float, end_h: float) -> tuple[int, int]:
    return at(DAY, start_h), at(DAY, end_h)


@pytest.mark.parametrize(
    ("around", "gaps", "cause"),
    [
        # From 06:00 to 13:15 there are 7.25 h, of which 1.45 may be missing.
        (runs(1, 22), [gap(7, 8.4)], "capacity"),
        (runs(1, 22), [gap(7, 8.5)], "unknown"),
        (runs(1, 22), [gap(7, 8), gap(9, 9.5)], "unknown"),
        (runs(1, 22), [gap(3, 6)], "capacity"),
        (runs(1, 22), [gap(3, 7.5)], "unknown"),
        (runs(1, 22), [gap(13.2, 20)], "capacity"),
        # A compressor that is off after it was without power: a stop like any other.
        (runs(1, 10.2) + runs(10.8, 22), [gap(7, 10.2)], "catch_up"),
        (runs(1, 7) + runs(10.8, 22), [gap(7, 10.2)], "catch_up"),
        (runs(1, 9.2) + runs(9.8, 22), [gap(7.7, 9.2)], "catch_up"),
        # One of an hour is no cause, and after one of a gateway it runs as before.
        (runs(1, 9.2) + runs(9.5, 22), [gap(8.2, 9.2)], "unknown"),
        (runs(1, 22), [gap(7, 10.2)], "unknown"),
        # Of what was before all that is known nobody knows whether there was power.
        (runs(11, 22), [gap(0, 10.2)], "unknown"),
    ],
)
def test_a_time_that_is_hardly_known_has_no_cause(
    around: list[Event], gaps: list[tuple[int, int]], cause: str
) -> None:
    (found,) = episodes(sorted([*heats(12, 13), *around]), gaps=gaps)
    assert (found.cause, found.kwh) == (cause, 3.0)


@pytest.mark.parametrize(
    ("minutes", "thaws", "cause"),
    [
        (8, [gap(12.05, 12.15)], "defrost"),
        (8, [gap(11.95, 12.05)], "defrost"),
        (8, [gap(11.5, 11.6)], "unknown"),
        # What goes on after it is more than help with it.
        (40, [gap(12.05, 12.15)], "unknown"),
    ],
)
def test_a_heat_pump_that_thaws_is_helped_for_minutes(
    minutes: int, thaws: list[tuple[int, int]], cause: str
) -> None:
    around = [*heats(12, 12 + minutes / 60), *runs(1, 10), *runs(10.8, 22)]
    (found,) = episodes(sorted(around), defrosts=thaws)
    assert found.cause == cause


def test_what_is_not_known_has_no_cause() -> None:
    (found,) = episodes(sorted([*runs(1, 22), *heats(12, 13, kwh=None)]))
    assert found.cause == "unknown"


@pytest.mark.parametrize(
    ("states", "cause"),
    [
        ({Kind.COMPRESSOR: 1.0}, "capacity"),
        ({Kind.COMPRESSOR: 0.0}, "compressor_off"),
        ({Kind.COMPRESSOR: 0.0, Kind.ALARM: 5.0}, "alarm"),
        ({Kind.COMPRESSOR: 1.0, Kind.HOT_WATER: 1.0}, "hot_water"),
    ],
)
def test_what_never_changed_is_a_cause_too(
    states: dict[Kind, float], cause: str
) -> None:
    """A compressor that is too small does not stop in a month of frost."""
    (found,) = episodes(heats(12, 13), states=states)
    assert found.cause == cause
    told = heater(subject(heated(), events=tuple(heats(12, 13)), states=states))
    assert told.code == cause


def test_a_heater_that_goes_on_is_no_episode_yet() -> None:
    assert not episodes([heats(12, 13)[0]])


def heated() -> dict[str, Any]:
    """Return days of which one had 3 kWh of the heater."""
    days = winter(100)
    days["auxiliary_kwh"][-8] = 3.0
    return days


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


def always_on(days: dict[str, Any], count: int) -> Subject:
    """Return a compressor that never stops, beside the heater each night of the last days."""
    nights = [
        one
        for back in range(count)
        for one in run(
            Kind.AUXILIARY,
            FIRST + timedelta(days=len(days["heat_kwh"]) - count + back),
            3,
            9,
            kwh=12.0,
        )
    ]
    days["auxiliary_kwh"][-count:] = 12.0
    return subject(days, events=tuple(nights), states={Kind.COMPRESSOR: 1.0})


def test_a_compressor_that_is_too_small_in_mild_weather_is_not_so_by_design() -> None:
    found = heater(always_on(winter(40, outdoor=1.0), 30))
    assert (found.state, found.code) == ("act", "capacity_mild")
    assert found.params["mild"] == pytest.approx(360.0)
    cold = heater(always_on(winter(40, outdoor=-9.0), 30))
    assert (cold.state, cold.code) == ("ok", "capacity")
    assert cold.params["mild"] == 0


def test_how_much_of_it_was_in_mild_weather() -> None:
    outdoor = np.where(np.arange(40) < 34, -9.0, -3.0)
    found = heater(always_on(winter(40, outdoor=outdoor), 30))
    assert (found.state, found.code) == ("act", "capacity_mild")
    assert (found.value, found.params["mild"]) == pytest.approx((360.0, 72.0))


@pytest.mark.parametrize(
    ("outdoor", "brine", "state"),
    [(-20.0, False, "watch"), (-10.0, False, "act"), (-20.0, True, "act")],
)
def test_what_heats_from_air_is_stopped_by_the_cold(
    outdoor: float, brine: bool, state: str
) -> None:
    days = winter(40, outdoor=outdoor)
    days["auxiliary_kwh"][-2] = 50.0
    day = FIRST + timedelta(days=38)
    events = [
        *run(Kind.COMPRESSOR, day - timedelta(days=1), 9, 24),
        *run(Kind.AUXILIARY, day, 0.5, 8.9, kwh=50.0),
        *run(Kind.COMPRESSOR, day, 9, 23),
    ]
    metrics = METRICS if brine else METRICS - {"brine_in_temp", "brine_out_temp"}
    found = heater(subject(days, events=tuple(events), metrics=metrics))
    assert (found.state, found.code) == (state, "compressor_off")
    saved = found.params["avoidable_kwh"]
    assert (saved == 0) is (state == "watch")


def test_what_nobody_can_tell_is_worth_a_look() -> None:
    """Whatever its share. Not what the ledger has beside the times that are over."""
    stops = sorted([*runs(1, 10), *runs(10.8, 22), *heats(12, 13)])
    found = heater(subject(heated(), events=tuple(stops)))
    assert (found.state, found.code) == ("watch", "unknown")
    goes_on = heater(subject(heated(), events=tuple(runs(1, 22))))
    assert (goes_on.state, goes_on.code) == ("ok", "unknown")


def test_its_check_has_the_share_beside_the_limit_that_it_was_judged_by() -> None:
    days = winter(60, outdoor=0.0)
    days["auxiliary_kwh"] = 0.05 * days["heat_kwh"]
    told = answers(subject(days))
    found = next(one for one in told.verdict.checks if one.id == "heater")
    assert (found.state, found.limit, found.unit) == ("watch", 3.0, "%")
    assert found.value == pytest.approx(5.0)
    assert found.params["total"] == told.insights["heater"].value
    # Without the heat of any mild day there is no share, nor a limit.
    cold = answers(subject(winter(60, outdoor=-15.0)))
    found = next(one for one in cold.verdict.checks if one.id == "heater")
    assert (found.limit, found.unit) == (None, "kWh")


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


def test_gaps_are_windows_of_which_less_than_half_is_known() -> None:
    first = pd.Timestamp(DAY, tz=UTC)
    index = pd.date_range(first, periods=12, freq="300s")
    known = np.array([300, 300, 0, 140, 160, 300, 0, 300, 300, 300, 300, 100.0])
    ledger = pd.DataFrame({"heating_s": known, "idle_s": 0.0}, index=index)
    ledger = ledger.assign(hot_water_s=np.nan, auxiliary_s=0.0).drop(index[6])
    minute = 60_000
    start = at(DAY, 0)

    def spans(*minutes: tuple[int, int]) -> tuple[tuple[int, int], ...]:
        return tuple((start + a * minute, start + b * minute) for a, b in minutes)

    now = first + pd.Timedelta(hours=2)
    assert gaps_of(ledger, first, now) == spans((10, 20), (30, 35))
    earlier = first - pd.Timedelta(minutes=30)
    assert gaps_of(ledger, earlier, index[9])[0] == spans((-30, 0))[0]
    # One that may not be over is none yet.
    assert gaps_of(ledger, first, index[4]) == ()
    assert gaps_of(ledger, earlier, earlier) == ()
    # Before the first reading there is not even a column.
    assert gaps_of(pd.DataFrame(), earlier, now) == ()


def test_the_causes_rest_on_what_was_read() -> None:
    events = tuple(sorted([*runs(1, 22), *heats(12, 13)]))
    for gaps, cause in (((), "capacity"), ((gap(6, 9),), "unknown")):
        found = heater(subject(heated(), events=events, gaps=gaps))
        assert found.code == cause


def test_without_a_heater_nothing_is_known() -> None:
    found = heater(subject(metrics=METRICS - {"auxiliary_percent"}))
    assert (found.state, found.code) == ("unknown", "no_metric")


def turned(kind: Kind, hour: float, value: float, before: float) -> list[Event]:
    """Return a setting that was turned, and nothing else."""
    return [Event(at(DAY, hour), kind, value, before)]


@pytest.mark.parametrize(
    ("events", "mode", "cause"),
    [
        # The owner has chosen the heater alone: before it began, or long ago.
        (turned(Kind.OPERATING_MODE, 10, 3.0, 1.0), 3.0, "mode"),
        ([], 3.0, "mode"),
        (turned(Kind.OPERATING_MODE, 15, 1.0, 3.0), 1.0, "mode"),
        (turned(Kind.OPERATING_MODE, 10, 1.0, 3.0), 1.0, "compressor_off"),
        (turned(Kind.OPERATING_MODE, 10, 2.0, 1.0), 2.0, "compressor_off"),
        ([], 1.0, "compressor_off"),
    ],
)
def test_the_operating_mode_is_a_cause(
    events: list[Event], mode: float, cause: str
) -> None:
    around = sorted([*heats(12, 13), *runs(1, 9), *events])
    found = heater(
        subject(
            heated(),
            events=tuple(around),
            heater_only={3.0},
            states={Kind.OPERATING_MODE: mode},
        )
    )
    assert found.code == cause
    assert found.params[f"{cause}_kwh"] == 3.0


@pytest.mark.parametrize(
    ("events", "cause"),
    [
        # What is warmer by 3 K within two hours: of a curve in °C, of one that is a
        # number, of an offset and of the room.
        (turned(Kind.HEAT_CURVE, 11, 41.0, 36.0), "setting"),
        (turned(Kind.HEAT_CURVE, 11, 38.0, 36.0), "unknown"),
        (turned(Kind.HEAT_CURVE, 11, 9.0, 7.0), "setting"),
        (turned(Kind.HEAT_CURVE, 11, 8.0, 7.0), "unknown"),
        (turned(Kind.HEAT_CURVE_OFFSET, 11, 3.0, 0.0), "setting"),
        (turned(Kind.ROOM_SETPOINT, 11, 21.0, 19.0), "setting"),
        (turned(Kind.ROOM_SETPOINT, 11, 20.0, 19.0), "unknown"),
        # It is told ten minutes after it was turned, and the heater may be quicker.
        (turned(Kind.HEAT_CURVE, 12.1, 41.0, 36.0), "setting"),
        (turned(Kind.HEAT_CURVE, 9.9, 41.0, 36.0), "unknown"),
        (turned(Kind.HEAT_CURVE, 11, 36.0, 41.0), "unknown"),
        (
            turned(Kind.HEAT_CURVE, 10.5, 38.0, 36.0)
            + turned(Kind.HEAT_CURVE, 11, 40.0, 38.0),
            "setting",
        ),
        (turned(Kind.HOT_WATER_STOP, 11, 57.0, 52.0), "unknown"),
    ],
)
def test_a_setting_that_was_raised_is_a_cause(events: list[Event], cause: str) -> None:
    around = [*heats(12, 13), *runs(1, 10), *runs(10.8, 22), *events]
    (found,) = episodes(sorted(around))
    assert found.cause == cause
