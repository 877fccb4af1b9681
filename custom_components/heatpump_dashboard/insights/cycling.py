"""Whether it starts too often."""

from typing import Final

import pandas as pd

from . import limits
from .days import first_and_last
from .result import Insight, State, learning, spanning, unknown, worse
from .subject import Subject

ID: Final = "cycling"
# Days older than this are of another weather.
_RECENT: Final = pd.Timedelta(days=21)


def cycling(subject: Subject) -> Insight:
    """Return how long a heating run lasts in the last week of heating, min."""
    if not subject.reports("compressor"):
        return unknown(ID, "no_metric", metric="compressor")
    days = subject.whole_days
    days = days[days.index >= pd.Timestamp(subject.today) - _RECENT]
    heats = days["heating_s"] >= limits.CYCLING_LEAST_SHARE * days["seconds"]
    heated = days[heats & (days["heating_runs"] > 0)].iloc[-limits.CYCLING_DAYS :]
    if not len(heated):
        return unknown(ID, "not_heating")
    if len(heated) < limits.CYCLING_DAYS:
        return learning(ID, len(heated), limits.CYCLING_DAYS)
    runs = float(heated["heating_runs"].sum())
    minutes = float(heated["heating_runs_s"].sum()) / runs / 60
    short = float(heated["heating_runs_short"].sum()) / runs
    a_day = runs / len(heated)
    state = _state(heated, minutes, short, a_day)
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
        },
    )
    return spanning(result, *first_and_last(heated))


def _state(days: pd.DataFrame, minutes: float, short: float, a_day: float) -> State:
    """Return whether runs are too short; too few of them are no cycling."""
    if a_day < limits.CYCLING_LEAST_RUNS:
        return "ok"
    brief = minutes < limits.CYCLING_RUN_MIN
    busy = (days["starts_most"] >= limits.CYCLING_STARTS_AN_HOUR).sum()
    if brief and busy >= limits.CYCLING_STARTS_DAYS:
        return "act"
    state = worse(short, *limits.CYCLING_SHORT)
    return "watch" if state == "ok" and brief else state
