"""Whether it starts too often."""

from collections.abc import Sequence
from typing import Final

import pandas as pd

from ..analysis.events import Event
from ..analysis.states import Kind
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


def _is_over(event: Event, kind: Kind) -> bool:
    return event.kind is kind and event.value == 0 and event.duration_s is not None


def _span(event: Event) -> tuple[int, int]:
    """Return from when to when what has ended lasted, ms since 1970."""
    return event.time - round(1000 * (event.duration_s or 0.0)), event.time


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
