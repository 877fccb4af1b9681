"""Whether it starts too often."""

from bisect import bisect_left
from collections.abc import Sequence
from itertools import pairwise
from math import nan
from typing import Final

import pandas as pd

from ..analysis.events import Event
from ..analysis.states import Kind
from . import limits
from .days import day_of, first_and_last, heated_s, pairs
from .electricity import is_known, paid_for
from .result import Insight, Param, State, learning, spanning, unknown, worse
from .subject import Subject

ID: Final = "cycling"
# Days older than this are of another weather.
_RECENT: Final = pd.Timedelta(days=21)
_YEAR: Final = pd.Timedelta(days=365)
_MONTH: Final = 30
# What the loss of starts is made of.
_LOSS: Final = (
    "heating_runs",
    "heat_kwh",
    "heat_hot_water_kwh",
    "electricity_kwh",
    "steady_heating_s",
    "steady_heating_heat_kwh",
    "steady_heating_electricity_kwh",
)


def cycling(subject: Subject) -> Insight:
    """Return how long a heating run lasts in the last week of heating, min: the median."""
    if not subject.reports("compressor"):
        return unknown(ID, "no_metric", metric="compressor")
    heated = _heated(subject, _RECENT)
    heated = heated[heated["heating_runs"] > 0]
    if not len(heated):
        return unknown(ID, "not_heating")
    # A gap breaks runs, and hides others.
    heated = heated[heated["coverage"] >= limits.CYCLING_COVERAGE]
    if not len(heated):
        return unknown(ID, "coverage")
    heated = heated.iloc[-limits.CYCLING_DAYS :]
    if len(heated) < limits.CYCLING_DAYS:
        return learning(ID, len(heated), limits.CYCLING_DAYS)
    runs = float(heated["heating_runs"].sum())
    told = _runs_of(subject, heated[~_cooled(heated)])
    # Of no run that is told alone the mean is known.
    minutes = (
        float(told["minutes"].median())
        if len(told)
        else float(heated["heating_runs_s"].sum()) / runs / 60
    )
    short = float(heated["heating_runs_short"].sum()) / runs
    a_day = runs / len(heated)
    state = _state(minutes, short, a_day, _busy_days(heated, told))
    result = Insight(
        id=ID,
        state=state,
        code="runs" if state == "ok" else "short_runs",
        value=minutes,
        unit="min",
        n=round(runs),
        params={
            "short_share": short,
            "runs_a_day": a_day,
            "most_an_hour": float(heated["starts_most"].max()),
            **_lost(subject, heated),
        },
    )
    return spanning(result, *first_and_last(heated))


def _heated(subject: Subject, last: pd.Timedelta) -> pd.DataFrame:
    """Return the whole days of the last time on which it heated for some hours."""
    days = subject.whole_days
    days = days[days.index >= pd.Timestamp(subject.today) - last]
    heats = heated_s(days) >= limits.CYCLING_LEAST_SHARE * days["seconds"]
    return days[heats]


def by_outdoor(subject: Subject) -> list[dict[str, float | None]]:
    """Return how it cycled in each weather of the last year, the coldest first.

    Of days with a mean outdoor temperature from `low`, °C, to `high`: their number,
    heating runs an hour and minutes a run (of at most 45 each; None without any). Weather
    of which there are few days is left out.
    """
    days = _heated(subject, _YEAR).dropna(subset="outdoor_temp")
    days = days[days["coverage"] >= limits.CYCLING_COVERAGE]
    step = limits.CYCLING_BIN_K
    counted = days.assign(
        low=days["outdoor_temp"] // step * step,
        days=1.0,
        covered_s=days["coverage"] * days["seconds"],
    )
    columns = ["low", "days", "covered_s", "heating_runs", "heating_runs_s"]
    sums = counted[columns].groupby("low").sum().reset_index()
    return [
        {
            "low": found["low"],
            "high": found["low"] + step,
            "days": found["days"],
            "runs_an_hour": 3600 * found["heating_runs"] / found["covered_s"],
            "minutes": found["heating_runs_s"] / found["heating_runs"] / 60
            if found["heating_runs"]
            else None,
        }
        for found in sums.to_dict("records")
        if found["days"] >= limits.CYCLING_BIN_DAYS
    ]


def start_loss(
    steady_kw: float, running_h: float, heat_kwh: float, starts: float, cop: float
) -> float:
    """Return the electricity that a start takes, kWh: of the heat that it lacks.

    `running_h`: for how long it heated; `heat_kwh`: what that gave, of which a steady
    heat pump would have given more. Half of the difference comes back after the stop,
    which nobody counts: it is right to a half.
    """
    return (steady_kw * running_h - heat_kwh) / starts / cop


def _lost(subject: Subject, heated: pd.DataFrame) -> dict[str, Param]:
    """Return what starts take, where that is more than next to nothing.

    kWh of electricity of a start and of a day, and money of a month. Of days without
    the auxiliary heater: its heat is no compressor's.
    """
    days = pairs(heated[~(heated["auxiliary_kwh"] > 0)])
    sums = {str(name): float(days[name].sum()) for name in _LOSS}
    steady_h = sums["steady_heating_s"] / 3600
    paid, used = sums["steady_heating_electricity_kwh"], sums["electricity_kwh"]
    # Without what tells the heat there is none, and a negative one is of no heating.
    is_told = is_known(subject) and sums["steady_heating_heat_kwh"] > 0
    if subject.mixed or not is_told or steady_h < limits.COP_STEADY_H or paid <= 0:
        return {}
    of_start = start_loss(
        steady_kw=sums["steady_heating_heat_kwh"] / steady_h,
        running_h=float(heated_s(days).sum()) / 3600,
        heat_kwh=sums["heat_kwh"] - sums["heat_hot_water_kwh"],
        starts=sums["heating_runs"],
        cop=sums["steady_heating_heat_kwh"] / paid,
    )
    lost = of_start * sums["heating_runs"]
    if lost <= limits.CYCLING_LOSS_SHARE * used:
        return {}
    a_day = lost / len(days)
    cost = paid_for(days, _MONTH * a_day)
    told = {} if cost is None else {"lost_cost": cost}
    return {"start_kwh": of_start, "lost_kwh": a_day, **told}


def heating_runs(events: Sequence[Event]) -> list[tuple[int, float]]:
    """Return when heating runs began (ms since 1970) and how long they were, min.

    `events`: ascending. A run in which hot water was charged is another's.
    """
    charges = [_span(one) for one in events if _is_over(one, Kind.HOT_WATER)]
    runs = [_span(one) for one in events if _is_over(one, Kind.COMPRESSOR)]
    return [
        (start, (end - start) / 60_000)
        for start, end in runs
        if not any(start < until and since < end for since, until in charges)
    ]


def runs_told(subject: Subject) -> list[tuple[int, float]]:
    """Return the heating runs of days without cooling, as `heating_runs` does."""
    cooled = subject.days.index[_cooled(subject.days)]
    return [
        (start, minutes)
        for start, minutes in heating_runs(subject.events)
        if day_of(start, subject.zone) not in cooled
    ]


def _cooled(days: pd.DataFrame) -> pd.Series:
    """Return on which days it cooled: no event tells such a run from one that heats."""
    return days["cooling_s"] > 0


def _runs_of(subject: Subject, days: pd.DataFrame) -> pd.DataFrame:
    """Return the heating runs that began on some days.

    `day` as the table's, `minutes`, and `period`: from the start before to its own, min;
    NaN where hot water or a gap lies between, which break the chain.
    """
    runs = heating_runs(subject.events)
    charges = [_span(one) for one in subject.events if _is_over(one, Kind.HOT_WATER)]
    breaks = sorted(end for _, end in (*charges, *subject.gaps))
    rows = [
        {
            "day": day_of(start, subject.zone),
            "minutes": minutes,
            "period": (start - last) / 60_000
            if bisect_left(breaks, last) == bisect_left(breaks, start)
            else nan,
        }
        for (last, _), (start, minutes) in pairwise([(0, 0.0), *runs])
    ]
    found = pd.DataFrame(rows, columns=["day", "minutes", "period"])
    # Nothing is before the first.
    found.loc[:0, "period"] = nan
    return found[found["day"].isin(days.index)]


def _busy_days(days: pd.DataFrame, runs: pd.DataFrame) -> int:
    """Return on how many days it started very often, a short while after each start."""
    often = days["starts_most"] >= limits.CYCLING_STARTS_AN_HOUR
    periods = runs.groupby("day")["period"].median().reindex(days.index)
    return int((often & (periods <= limits.CYCLING_PERIOD_MIN)).sum())


def _is_over(event: Event, kind: Kind) -> bool:
    return event.kind is kind and event.value == 0 and event.duration_s is not None


def _span(event: Event) -> tuple[int, int]:
    """Return from when to when what has ended lasted, ms since 1970."""
    return event.time - round(1000 * (event.duration_s or 0.0)), event.time


def _state(minutes: float, short: float, a_day: float, busy_days: int) -> State:
    """Return whether runs are too short; too few of them are no cycling."""
    if a_day < limits.CYCLING_LEAST_RUNS:
        return "ok"
    if busy_days >= limits.CYCLING_STARTS_DAYS:
        return "act"
    brief = minutes < limits.CYCLING_RUN_MIN
    state = worse(short, *limits.CYCLING_SHORT)
    return "watch" if state == "ok" and brief else state
