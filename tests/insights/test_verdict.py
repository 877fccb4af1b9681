"""The worst of all checks."""

from dataclasses import replace
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import numpy as np
import pytest

from custom_components.heatpump_dashboard.analysis.events import Event
from custom_components.heatpump_dashboard.analysis.states import Kind
from custom_components.heatpump_dashboard.insights.registry import answers
from custom_components.heatpump_dashboard.insights.result import Check
from custom_components.heatpump_dashboard.insights.subject import Subject
from custom_components.heatpump_dashboard.insights.verdict import Verdict

from .factory import FIRST, METRICS, at, subject, winter

CHECKS = (
    "alarm",
    "data",
    "blocked",
    "brine",
    "ground",
    "cop",
    "flow_guard",
    "heater",
    "hot_water",
    "sixty",
    "cycling",
    "room",
    "plausible",
    "sensor_pair",
)


def verdict(told: Subject) -> Verdict:
    return answers(told).verdict


def check(told: Subject, name: str) -> Check:
    return next(one for one in verdict(told).checks if one.id == name)


def changed(name: str, days: int, value: Any) -> Subject:
    """Return a heat pump whose last days were otherwise."""
    sums = winter(100)
    sums[name][-days:] = value
    return subject(sums)


def test_a_healthy_winter_is_ok() -> None:
    found = verdict(subject())

    assert (found.state, found.code) == ("ok", "ok")
    assert tuple(one.id for one in found.checks) == CHECKS
    assert [one.id for one in found.checks if one.state != "ok"] == []
    assert found.made == len(CHECKS)
    assert found.named == ()


def test_every_healthy_month_is_ok() -> None:
    for count in range(70, 200, 30):
        assert verdict(subject(winter(count))).state == "ok", count


def test_half_of_the_brine_is_the_ground_not_the_cop() -> None:
    """At −40 % of the flow the COP is 4 % lower, which is never told."""
    late = np.arange(100) >= 80
    sums = winter(
        100,
        brine_flow=np.where(late, 0.6, 1.0) * 1.8,
        electricity=np.where(late, 1 / 0.96, 1.0),
    )
    found = verdict(subject(sums))

    assert found.state == "act"
    assert found.named == ("ground",)


@pytest.mark.parametrize(
    ("told", "name", "limit"),
    [
        (subject(), "cop", -5.0),
        # Of fewer days only the efficiency was fitted: limits are twice as wide.
        (subject(winter(40)), "cop", -10.0),
        (subject(), "ground", -20.0),
        (subject(whole_degrees=("brine_in_temp", "brine_out_temp")), "ground", -25.0),
        (subject(), "cycling", 15.0),
    ],
)
def test_a_check_has_the_limit_that_it_was_judged_by(
    told: Subject, name: str, limit: float
) -> None:
    assert check(told, name).limit == pytest.approx(limit)


def test_less_water_is_no_better_heat_pump() -> None:
    """At −20 % of the flow heat and COP seem a quarter higher."""
    sums = winter(100, heat=np.where(np.arange(100) >= 97, 1.25, 1.0))
    found = check(subject(sums), "flow_guard")

    assert (found.state, found.code) == ("act", "less_flow")
    assert found.value == pytest.approx(25, abs=0.1)


def alarms(*days_ago: int) -> tuple[Event, ...]:
    told = subject()
    times = sorted(at(told.today, -24 * ago) for ago in days_ago)
    return tuple(Event(time, Kind.ALARM, 7.0, 0.0) for time in times)


@pytest.mark.parametrize(
    ("told", "state", "code"),
    [
        ({}, "ok", "none"),
        ({"alarm": 7.0}, "act", "active"),
        ({"events": alarms(3)}, "watch", "cleared"),
        ({"events": alarms(12)}, "ok", "none"),
        ({"events": alarms(20, 15, 12)}, "act", "again"),
        ({"metrics": METRICS - {"alarm_code"}}, "unknown", "no_metric"),
    ],
)
def test_alarms(told: dict[str, Any], state: str, code: str) -> None:
    found = check(subject(**told), "alarm")
    assert (found.state, found.code) == (state, code)


@pytest.mark.parametrize(
    ("name", "column", "days", "value", "state"),
    [
        ("brine", "brine_out_temp|min", 1, -5.5, "watch"),
        ("brine", "brine_out_temp|min", 2, -9.0, "watch"),
        ("brine", "brine_out_temp|min", 3, -9.0, "act"),
        ("room", "indoor_temp|sum", 1, 18.0 * 86_400, "ok"),
        ("room", "indoor_temp|sum", 2, 18.0 * 86_400, "watch"),
        ("room", "indoor_temp|sum", 2, 16.0 * 86_400, "act"),
        ("hot_water", "hot_water_temp|max", 1, 44.0, "ok"),
        ("hot_water", "hot_water_temp|max", 2, 44.0, "watch"),
        ("hot_water", "hot_water_temp|max", 3, 39.0, "act"),
        ("sixty", "hot_water_temp|max", 20, 52.0, "watch"),
        ("sixty", "hot_water_temp|max", 40, 52.0, "act"),
        ("sensor_pair", "idle_delta_t_ks", 30, 0.4 * 10_800, "watch"),
        ("sensor_pair", "idle_delta_t_ks", 30, -0.8 * 10_800, "act"),
        ("sensor_pair", "idle_delta_t_ks", 30, 0.2 * 10_800, "ok"),
        # A buffer tank, or a house that is cooled without the compressor.
        ("sensor_pair", "idle_delta_t_ks", 30, -2.0 * 10_800, "unknown"),
        # One such day among others.
        ("sensor_pair", "idle_delta_t_ks", 1, -2.0 * 10_800, "ok"),
        ("plausible", "compressor_heat_kwh", 7, 900.0, "watch"),
        ("plausible", "compressor_heat_kwh", 7, 10.0, "watch"),
    ],
)
def test_lows_and_offsets(
    name: str, column: str, days: int, value: float, state: str
) -> None:
    assert check(changed(column, days, value), name).state == state


@pytest.mark.parametrize(
    ("wanted", "celsius", "state"),
    [
        # Who has set it lower has it lower; nobody is told of a setting without effect.
        (18.0, 17.0, "ok"),
        (18.0, 16.2, "watch"),
        (18.0, 14.0, "act"),
        (22.0, 19.5, "ok"),
        (22.0, 18.5, "watch"),
    ],
)
def test_a_room_is_cold_below_what_is_set(
    wanted: float, celsius: float, state: str
) -> None:
    told = changed("indoor_temp|sum", 2, celsius * 86_400)
    settings = {"room_setpoint": wanted}
    assert check(replace(told, settings=settings), "room").state == state


@pytest.mark.parametrize("days", [2, 90])
def test_what_a_room_was_before_its_sensor_fell_silent_is_not_now(days: int) -> None:
    """The last two days that are known may be long ago."""
    told = changed("indoor_temp|sum", 100, 16.0 * 86_400)
    told.days.loc[told.days.index[-days:], "indoor_temp"] = np.nan
    assert (check(told, "room").state, check(told, "room").code) == (
        "unknown" if days > 2 else "ok",
        "coverage" if days > 2 else "warm",
    )


def test_days_that_nobody_measured_are_no_days_without_60_degrees() -> None:
    told = changed("hot_water_temp|max", 100, 52.0)
    told.days.loc[told.days.index[-45:-40], "hot_water_most"] = 61.0
    assert check(told, "sixty").state == "act"
    told.days.loc[told.days.index[-40:-1], "hot_water_most"] = np.nan
    assert (check(told, "sixty").state, check(told, "sixty").code) == (
        "unknown",
        "coverage",
    )


@pytest.mark.parametrize(
    ("seconds", "since"),
    [
        ({95: 30.0}, 18),
        ({95: 599.0}, 18),
        ({95: 600.0}, 5),
        # Before midnight and after it: a day of which it was hot at the end.
        ({94: 300.0, 95: 300.0}, 5),
        ({93: 300.0, 95: 300.0}, 18),
        # Of days of which nobody knows for how long, the hottest reading tells.
        ({95: np.nan}, 5),
    ],
)
def test_one_reading_of_60_degrees_makes_no_tank_safe(
    seconds: dict[int, float], since: int
) -> None:
    sums = winter(100)
    sums["hot_water_temp|max"] = np.full(100, 52.0)
    sums["tank_safe_s"] = np.zeros(100)
    for day, lasted in {82: 900.0, **seconds}.items():
        sums["hot_water_temp|max"][day] = 61.0
        sums["tank_safe_s"][day] = lasted
    found = check(subject(sums), "sixty")
    assert found.value == since
    assert found.state == ("watch" if since > 14 else "ok")


@pytest.mark.parametrize(("coverage", "state"), [(0.94, "watch"), (0.96, "ok")])
def test_gaps_of_the_last_day(coverage: float, state: str) -> None:
    assert check(subject(coverage=coverage), "data").state == state


@pytest.mark.parametrize(
    ("name", "metric"),
    [
        ("alarm", "alarm_code"),
        ("brine", "brine_out_temp"),
        ("ground", "brine_in_temp"),
        ("cop", "supply_temp"),
        ("flow_guard", "supply_temp"),
        ("heater", "auxiliary_percent"),
        ("hot_water", "hot_water_temp"),
        ("sixty", "hot_water_temp"),
        ("cycling", "compressor"),
        ("room", "indoor_temp"),
        ("plausible", "supply_temp"),
        ("sensor_pair", "circulation_pump"),
    ],
)
def test_what_is_not_reported_is_not_checked(name: str, metric: str) -> None:
    found = check(subject(metrics=METRICS - {metric}), name)
    assert found.state == "unknown"
    assert not found.is_made


def test_without_the_essential_checks_it_is_ok_as_far_as_can_be_seen() -> None:
    found = verdict(subject(metrics=METRICS - {"alarm_code"}))
    assert (found.state, found.code) == ("ok", "ok_as_far")
    assert found.made == len(CHECKS) - 1


def test_of_nothing_nothing_is_known() -> None:
    found = verdict(subject(winter(1), metrics=(), coverage=None))
    assert (found.state, found.made) == ("unknown", 0)


HEAT = (
    "heat_kwh",
    "compressor_heat_kwh",
    "heat_hot_water_kwh",
    "steady_heating_heat_kwh",
)


@pytest.mark.parametrize("electricity", ["meter", "gateway"])
@pytest.mark.parametrize("factor", [1.66 / 2.7, 2.7 / 1.66])
def test_while_days_are_of_two_flow_factors_nothing_is_said_of_their_heat(
    factor: float, electricity: str
) -> None:
    sums = winter(160)
    for name in HEAT:
        sums[name][-31:] *= factor
    told = subject(sums, electricity=electricity)
    assert verdict(told).state in ("watch", "act")
    found = answers(replace(told, mixed=True))
    made = found.verdict
    assert made.named == ()
    assert (made.state, made.code) == ("ok", "ok_as_far")
    silent = {one.id for one in made.checks if one.code == "setting_changed"}
    assert silent == {"ground", "cop", "flow_guard", "plausible"}
    told_of = {name: one.code for name, one in found.insights.items()}
    assert {name for name, code in told_of.items() if code == "setting_changed"} == {
        *("cop", "ground", "house", "change", "curve", "hot_water", "year")
    }
    changed = found.of_change(FIRST).insights["change"]
    assert (changed.state, changed.code) == ("unknown", "setting_changed")


def test_while_days_are_of_two_flow_factors_what_needs_no_heat_stays() -> None:
    sums = winter(100)
    sums["auxiliary_kwh"][:] = 8.0
    sums["hot_water_temp|max"][:] = 52.0
    told = subject(sums, mixed=True)
    assert check(told, "sixty").state == "act"
    assert check(told, "cycling").state == "ok"
    heater = answers(told).insights["heater"]
    assert heater.value == pytest.approx(240.0)
    assert heater.params["share"] is heater.params["avoidable_kwh"] is None
    assert answers(replace(told, mixed=False)).insights["heater"].state == "act"


def test_at_most_three_are_named_the_worst_first() -> None:
    sums = winter(100)
    sums["brine_out_temp|min"][-1:] = -6.0
    sums["idle_delta_t_ks"][:] = 0.4 * 10_800
    sums["hot_water_temp|max"][:] = 44.0
    sums["indoor_temp|sum"][:] = 15.0 * 86_400
    assert verdict(subject(sums)).named == ("sixty", "room", "brine")


def test_what_a_viewer_is_sent_is_plain() -> None:
    sent = answers(subject(coverage=0.9)).as_dict()

    assert sent["verdict"]["state"] == "watch"
    assert sent["verdict"]["named"] == ["data"]
    assert (sent["verdict"]["made"], sent["verdict"]["of"]) == (14, 14)
    house = next(one for one in sent["insights"] if one["id"] == "house")
    day_ms = 86_400_000
    assert house["from"] == at(FIRST, 0)
    assert house["to"] - house["from"] == 100 * day_ms


def test_what_an_answer_rests_on() -> None:
    found = answers(subject())

    for name in ("curve", "house", "ground", "year", "hot_water"):
        assert len(found.evidence(name)["days"]) == found.insights[name].n
    assert found.insights["money"].state == "unknown"
    assert found.evidence("money") == {}
    first = found.evidence("house")["days"][0]
    assert set(first) == {*("time", "outdoor_temp", "space_kw", "running", "left_out")}
    assert first["time"] == at(FIRST, 0)
    assert found.evidence("cop")["days"][-1]["index"] == pytest.approx(0, abs=1e-4)
    assert found.evidence("ground")["days"][-1]["flow"] == pytest.approx(1.8)
    assert found.evidence("heater")["episodes"] == []
    weather = found.evidence("cycling")["by_outdoor"]
    assert [one["low"] for one in weather] == sorted(one["low"] for one in weather)
    nothing = answers(subject(metrics=()))
    assert nothing.evidence("house") == {}


@pytest.mark.parametrize(
    ("place", "changes"),
    [
        ("America/Santiago", (date(2025, 4, 6), date(2025, 9, 7))),
        ("Atlantic/Azores", (date(2025, 3, 30), date(2025, 10, 26))),
    ],
)
def test_days_may_begin_with_a_change_of_the_clocks(
    place: str, changes: tuple[date, date]
) -> None:
    """Their midnight is twice, or not at all."""
    zone = ZoneInfo(place)
    found = answers(subject(count=300, first=date(2025, 3, 1), zone=zone))
    begun = {row["time"] for row in found.evidence("year")["days"]}
    assert len(begun) == found.insights["year"].n
    for day in changes:
        midnight = datetime(day.year, day.month, day.day, tzinfo=zone)
        assert midnight.timestamp() * 1000 in begun
