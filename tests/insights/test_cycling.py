"""How often it starts, and what that takes."""

from datetime import timedelta

import numpy as np
import pytest

from custom_components.heatpump_dashboard.analysis.events import Event
from custom_components.heatpump_dashboard.analysis.states import Kind
from custom_components.heatpump_dashboard.insights.cycling import (
    by_outdoor,
    cycling,
    start_loss,
)

from .factory import FIRST, METRICS, at, run, subject, winter


def test_runs_that_cooled_the_house_are_none_of_heating() -> None:
    """Six runs of 45 minutes heat by night; by day it cools in runs of nine."""
    days = winter(40)
    days |= {name: np.full(40, 6.0) for name in ("heating_runs",)}
    days["heating_runs_s"], days["heating_runs_short"] = 6 * 2700.0, 0.0
    days = {name: np.broadcast_to(value, 40) for name, value in days.items()}
    events: list[Event] = []
    for number in range(30, 40):
        day = FIRST + timedelta(days=number)
        for start in (0, 2, 4, 6, 20, 22):
            events += run(Kind.COMPRESSOR, day, start, start + 0.75)
        for start in np.arange(11, 18, 0.5):
            events += run(Kind.COMPRESSOR, day, start, start + 0.15)
    told = tuple(sorted(events, key=lambda one: one.time))
    warm = days | {"cooling_s": np.full(40, 2.1 * 3600)}
    found = cycling(subject(warm, events=told))
    assert (found.state, found.value) == ("ok", pytest.approx(45.0))
    # Without any cooling these are short ones of heating.
    assert cycling(subject(days, events=told)).state == "watch"


def test_healthy_runs() -> None:
    found = cycling(subject())

    assert (found.state, found.code, found.unit) == ("ok", "runs", "min")
    assert found.value == pytest.approx(1300 / 60)
    assert found.params["runs_a_day"] == pytest.approx(22)


def cycled(
    minutes: float, period: float = 60.0, days: int = 7, first: int = 53, **more: float
) -> list[Event]:
    """Return runs of some minutes, with so many from start to start.

    `more`: the `long` of those that are `long_min` instead, a share.
    """
    runs = []
    for number in range(days):
        for each in range(round(1440 / period)):
            is_long = each % 10 < 10 * more.get("long", 0.0)
            length = more.get("long_min", 0.0) if is_long else minutes
            start = each * period / 60
            day = FIRST + timedelta(days=first + number)
            runs += run(Kind.COMPRESSOR, day, start, start + length / 60)
    return sorted(runs)


@pytest.mark.parametrize(
    ("minutes", "period", "short", "starts", "state"),
    [
        (21, 60, 0.05, 24, "ok"),
        (14.9, 60, 0.05, 24, "watch"),
        (21, 60, 0.30, 24, "watch"),
        (21, 60, 0.55, 24, "act"),
        (5, 10, 0.05, 144, "act"),
        (5, 15, 0.05, 144, "act"),
        # An hour with six starts, but not one after another all day.
        (5, 16, 0.05, 144, "watch"),
        (5, 10, 0.05, 120, "watch"),
    ],
)
def test_short_runs(
    minutes: float, period: float, short: float, starts: float, state: str
) -> None:
    days = winter(60)
    days["heating_runs_short"] = days["heating_runs"] * short
    days["starts"] = np.full(60, float(starts))
    found = cycling(subject(days, events=tuple(cycled(minutes, period))))
    assert found.state == state
    assert found.value == pytest.approx(minutes)


def test_a_few_long_runs_do_not_hide_that_most_are_short() -> None:
    """Their mean is 18 min, but half of them are 12 at most."""
    found = cycling(
        subject(winter(60), events=tuple(cycled(12, long=0.2, long_min=42)))
    )
    assert (found.state, found.code) == ("watch", "short_runs")
    assert found.value == pytest.approx(12)


def test_only_the_runs_of_the_days_it_is_of_count() -> None:
    long_ago = cycled(5, days=10, first=40)
    events = (*long_ago, *cycled(30))
    assert cycling(subject(winter(60), events=events)).value == pytest.approx(30)


def test_hot_water_and_gaps_break_the_chain_of_starts() -> None:
    """Two runs close together, and a charge or a gap before the next two."""
    days = winter(60)
    days["starts"] = np.full(60, 144.0)
    pairs, charges, gaps = [], [], []
    for number in range(53, 60):
        day = FIRST + timedelta(days=number)
        for hour in range(24):
            pairs += run(Kind.COMPRESSOR, day, hour, hour + 0.1)
            pairs += run(Kind.COMPRESSOR, day, hour + 0.2, hour + 0.3)
            charges += run(Kind.HOT_WATER, day, hour + 0.5, hour + 0.6)
            gaps.append((at(day, hour + 0.5), at(day, hour + 0.6)))
    # From start to start it is 12 and 48 min by turns: a median of 30.
    assert cycling(subject(days, events=tuple(sorted(pairs)))).state == "watch"
    charged = tuple(sorted([*pairs, *charges]))
    assert cycling(subject(days, events=charged)).state == "act"
    gapped = subject(days, events=tuple(sorted(pairs)), gaps=tuple(gaps))
    assert cycling(gapped).state == "act"


def test_of_no_run_that_is_told_the_mean_is_known() -> None:
    days = winter(60)
    days["heating_runs_s"] = days["heating_runs"] * 890
    found = cycling(subject(days))
    assert (found.state, found.value) == ("watch", pytest.approx(890 / 60))


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


def test_a_summer_of_cooling_is_no_heating() -> None:
    days = winter(60)
    days["cooling_s"] = days["heating_s"].copy()
    told = subject(days)
    assert told.is_out_of_season
    assert cycling(told).code == "not_heating"
    assert by_outdoor(told) == []
    # Of its hot water alone.
    assert told.days["running"].max() < 0.1


def test_what_a_start_takes() -> None:
    """The specification's: 8 kW, 75 s until all of it comes, a COP of 4."""
    steady = {"steady_kw": 8.0, "running_h": 9.0, "cop": 4.0}
    loss = start_loss(**steady, heat_kwh=8 * (9 - 25 * 75 / 3600), starts=25)
    assert loss == pytest.approx(0.042, abs=5e-4)
    assert 25 * loss == pytest.approx(1.04, abs=5e-3)


def starting(lost_s: float, runs: float = 25.0) -> dict[str, np.ndarray]:
    """Return days of a heat pump of 8 kW that lacks some seconds of them with each start."""
    days = winter(60)
    hours = days["heating_s"] / 3600
    days["heating_runs"] = np.full(60, runs)
    days["heat_kwh"] = 5 + 8 * (hours - runs * lost_s / 3600)
    steady = days["steady_heating_s"] / 3600
    days["steady_heating_heat_kwh"] = 8 * steady
    days["steady_heating_electricity_kwh"] = 2 * steady
    days["cost"] = 1.5 * days["electricity_kwh"]
    days["priced_kwh"] = days["electricity_kwh"].copy()
    return days


def test_what_starts_take_in_a_week_of_days() -> None:
    found = cycling(subject(starting(75.0))).params
    assert found["start_kwh"] == pytest.approx(0.042, abs=5e-4)
    assert found["lost_kwh"] == pytest.approx(1.04, abs=5e-3)
    assert found["lost_cost"] == pytest.approx(30 * 1.042 * 1.5, abs=0.1)


def test_what_starts_take_is_told_where_it_is_something() -> None:
    lost = {"start_kwh", "lost_kwh", "lost_cost"}
    # Of 15 kWh or more a day these are less than 2 %, and more.
    assert not lost & cycling(subject(starting(20.0))).params.keys()
    assert lost <= cycling(subject(starting(60.0))).params.keys()
    unmetered = cycling(subject(starting(75.0), electricity=None))
    assert not lost & unmetered.params.keys()
    days = starting(75.0)
    del days["cost"], days["priced_kwh"]
    assert lost & cycling(subject(days)).params.keys() == lost - {"lost_cost"}
    # Where the heater helped on every day, its heat is no compressor's; and of runs
    # that are never steady nobody knows what they lack.
    days["auxiliary_kwh"] = np.ones(60)
    assert not lost & cycling(subject(days)).params.keys()
    days = starting(75.0)
    days["steady_heating_s"] = np.full(60, 60.0)
    assert not lost & cycling(subject(days)).params.keys()


def test_of_days_with_gaps_nobody_knows_how_it_cycled() -> None:
    days = winter(60)
    days["idle_s"][-10:] -= 0.07 * 86_400
    days["energy_s"][-10:] *= 0.93
    told = subject(days)
    assert told.whole_days.index[-1] == told.days.index[-1]
    assert cycling(told).end == told.days.index[-11].date()
    days["idle_s"] = winter(60)["idle_s"] - 0.07 * 86_400
    found = cycling(subject(days))
    assert (found.state, found.code) == ("unknown", "coverage")


def test_no_run_says_nothing() -> None:
    days = winter(60)
    for name in ("heating_runs", "heating_runs_s", "heating_runs_short"):
        days[name][30:] = 0
    assert cycling(subject(days)).code == "not_heating"
    assert cycling(subject(winter(5))).state == "learning"
    missing = cycling(subject(metrics=METRICS - {"compressor"}))
    assert missing.code == "no_metric"


def test_how_it_starts_in_each_weather() -> None:
    outdoor = np.repeat([-7.0, -4.5, -1.0, 2.9], [20, 20, 2, 18])
    days = winter(60, outdoor=outdoor)
    days["heating_runs"] = np.repeat([6.0, 12.0, 30.0, 24.0], [20, 20, 2, 18])
    days["heating_runs_s"] = days["heating_runs"] * np.where(outdoor < -5, 2400, 1200)
    cold, cool, mild = by_outdoor(subject(days))

    # Two days between −3 and 0 °C are too few.
    assert [cold["low"], cool["low"], mild["low"]] == [-9, -6, 0]
    assert [cold["high"], cool["high"], mild["high"]] == [-6, -3, 3]
    assert [cold["days"], cool["days"], mild["days"]] == [20, 20, 18]
    assert cold["runs_an_hour"] == pytest.approx(6 / 24)
    assert mild["runs_an_hour"] == pytest.approx(24 / 24)
    assert cold["minutes"] == pytest.approx(40)
    assert cool["minutes"] == pytest.approx(20)


def test_days_without_heating_say_nothing_of_how_it_starts() -> None:
    days = winter(60, outdoor=np.full(60, -10.0))
    days["heating_runs"] = np.zeros(60)
    (never,) = by_outdoor(subject(days))
    # It ran all day and night.
    assert (never["runs_an_hour"], never["minutes"]) == (0, None)
    days["heating_s"] = np.zeros(60)
    assert by_outdoor(subject(days)) == []
