"""What stands still and should not: a compressor that is asked for, and sensors."""

from collections.abc import Collection, Iterator
from typing import Final

import numpy as np
import pandas as pd

from ..analysis.times import WINDOW_S
from . import limits
from .result import Check, State
from .subject import Subject

BLOCKED: Final = "blocked"
# In these modes nobody asks the compressor to heat the house.
HEATER_ONLY: Final = "auxiliary_only"
_OTHER_MODES: Final = frozenset(("off", HEATER_ONLY, "hot_water_only"))
_TEMPERATURES: Final = (
    "supply_temp",
    "return_temp",
    "outdoor_temp",
    "hot_water_temp",
    "brine_in_temp",
    "brine_out_temp",
    "hot_gas_temp",
    "indoor_temp",
)
# What a well-kept house does not change for a day.
_CALM: Final = frozenset(("indoor_temp",))
# What follows each run of the compressor, whatever its sensor resolves.
_QUICK: Final = frozenset(("supply_temp", "return_temp", "hot_gas_temp"))
# Without these there is no heat, no electricity, no COP or no weather: the worst first.
ESSENTIAL: Final = (
    "compressor",
    "supply_temp",
    "return_temp",
    "power",
    "outdoor_temp",
    "brine_in_temp",
    "brine_out_temp",
)
# Without these a check or two cannot be made.
_USEFUL: Final = (
    "hot_water_temp",
    "indoor_temp",
    "hot_water_valve",
    "degree_minutes",
    "circulation_pump",
)


def blocked(subject: Subject) -> Check:
    """Return whether the compressor stands still although the house asks for it."""
    rest = subject.rest
    if not subject.reports("degree_minutes", "compressor"):
        params = {"metric": "degree_minutes"}
        return Check(id=BLOCKED, state="unknown", code="no_metric", params=params)
    if rest is None or rest.degree_minutes is None:
        return Check(id=BLOCKED, state="unknown", code="coverage")
    if rest.mode in _OTHER_MODES:
        return Check(id=BLOCKED, state="ok", code="mode", params={"mode": rest.mode})
    asked = rest.asked_s > 0 and not rest.is_warm
    # It stands still for long before it is asked for, in mild weather.
    minutes = (min(rest.off_s, rest.asked_s) if asked else rest.off_s) / 60
    watch, act = limits.BLOCKED_MIN
    state: State = "ok"
    if asked and minutes > watch:
        state = "act" if minutes > act or rest.heater else "watch"
    return Check(
        id=BLOCKED,
        state=state,
        code="runs" if state == "ok" else "blocked",
        value=minutes,
        limit=watch,
        unit="min",
        params={"degree_minutes": rest.degree_minutes, "heater": rest.heater},
    )


def asked_for_s(
    degree_minutes: pd.Series, starts: pd.DatetimeIndex, now: pd.Timestamp
) -> float:
    """Return for how long degree minutes have been so low that it should have started, s.

    `degree_minutes`: the highest of each window, NaN where there was no reading. From
    the end of the last window on in which they were above 60 below what it started at
    lately.
    """
    known = degree_minutes.dropna()
    if not len(known):
        return 0.0
    low = known.to_numpy() < _late_at(known, starts, now)
    if not low[-1]:
        return 0.0
    above = np.flatnonzero(~low)
    first = known.index[above[-1] + 1 if above.size else 0]
    return float((now - first).total_seconds())


def _late_at(known: pd.Series, starts: pd.DatetimeIndex, now: pd.Timestamp) -> float:
    """Return below which degree minutes a compressor is late."""
    recent = starts[starts >= now - pd.Timedelta(days=limits.BLOCKED_START_DAYS)]
    places = known.index.searchsorted(recent, side="right") - 1
    # In the window of a start they turn.
    at = known.to_numpy()[places[places >= 0]]
    if len(at) < limits.BLOCKED_STARTS:
        return limits.BLOCKED_DEGREE_MINUTES
    usual = float(np.median(at)) - limits.BLOCKED_BELOW
    return min(limits.BLOCKED_DEGREE_MINUTES, usual)


def stuck_series(
    extremes: pd.DataFrame,
    ledger: pd.DataFrame,
    whole_degrees: Collection[str],
    now: pd.Timestamp,
) -> tuple[str, ...]:
    """Return the temperatures that have not changed although the compressor cycled.

    `extremes`, `ledger`: what the readings of windows were, and their sums. For a day;
    for three where whole degrees may stand still that long.
    """
    return tuple(_stuck(extremes, ledger, whole_degrees, now))


def _stuck(
    extremes: pd.DataFrame,
    ledger: pd.DataFrame,
    whole_degrees: Collection[str],
    now: pd.Timestamp,
) -> Iterator[str]:
    for metric in _TEMPERATURES:
        if f"{metric}|min" not in extremes:
            continue
        if metric in _CALM and metric in whole_degrees:
            # A well-kept house may be 21 °C for weeks.
            continue
        may_stand = metric in _CALM or (
            metric in whole_degrees and metric not in _QUICK
        )
        hours = limits.STUCK_H[1 if may_stand else 0]
        since = now - pd.Timedelta(hours=hours)
        starts = ledger.loc[ledger.index >= since, "starts"].sum()
        rows = extremes[extremes.index >= since]
        least, most = (rows[f"{metric}|{what}"].to_numpy() for what in ("min", "max"))
        known = np.isfinite(least)
        enough = known.sum() * WINDOW_S >= limits.DAY_COVERAGE * 3600 * hours
        if (
            enough
            and starts >= limits.STUCK_STARTS
            and np.nanmin(least) == np.nanmax(most)
        ):
            yield metric


def absent_series(
    extremes: pd.DataFrame, quiet: Collection[str], now: pd.Timestamp
) -> tuple[str, ...]:
    """Return the metrics that had values and have none any more, the worst first.

    Of a day in which others were read. `extremes`: what the readings of the windows of a
    month were; `quiet`: the metrics that are silent while nothing changes.
    """
    seconds = {
        metric: extremes[f"{metric}|s"].to_numpy()
        for metric in (*ESSENTIAL, *_USEFUL)
        if f"{metric}|s" in extremes
    }
    first = int(extremes.index.searchsorted(now - pd.Timedelta(hours=limits.ABSENT_H)))
    lately = {metric: np.nansum(held[first:]) for metric, held in seconds.items()}
    most = max(lately.values(), default=0.0)
    if most < limits.ABSENT_OTHERS * limits.ABSENT_H * 3600:
        return ()
    return tuple(
        metric
        for metric, held in lately.items()
        if not held and metric not in quiet and np.nansum(seconds[metric]) > 0
    )
