"""The table of readings that viewers are sent of a span, or of their means."""

from itertools import product
from typing import Final

import numpy as np
import pandas as pd

from ..analysis.differences import DIFFERENCES
from ..analysis.samples import HOLD, LEAST_HOLD_S, MILLISECOND, SECOND, nanoseconds
from ..analysis.times import WINDOW_S
from ..analysis.windows import means
from ..profiles import METRICS
from ..pump.memory import Records
from .ranges import HOUR, Grid
from .tables import Table, beginnings, milliseconds_of, places, resampled, rounded

_EXTREMES: Final = ("min", "max")
# Of whose days the lowest and the highest are drawn, and sent with rows that make whole
# days; of all others they would be as much again.
_REACHES: Final = ("outdoor_temp", "indoor_temp", "supply_temp", "hot_water_temp")

# What the views draw. The present of all the rest is in the status: with everything
# in it, a day would be 70 kB.
_DRAWN: Final = (
    "outdoor_temp",
    "indoor_temp",
    "supply_temp",
    "return_temp",
    "hot_water_temp",
    "brine_in_temp",
    "brine_out_temp",
    "compressor",
    "hot_water_valve",
    "auxiliary_percent",
    "auxiliary_power",
    "power",
)
# Drawn where the auxiliary heater has no power of its own: figures take them before the
# percent, which may be rounded.
_STEPS: Final = ("auxiliary_step_1", "auxiliary_step_2")


def count_between(readings: pd.DataFrame, start: float, end: float) -> int:
    """Return how many readings there are of start ≤ time < end, s since 1970."""
    first, last = places(readings, start, end)
    return last - first


def readings_of(records: Records, extremes: pd.DataFrame, grid: Grid) -> Table:
    """Return the readings of the span, or their means over its steps."""
    if grid.step == 0:
        shown = _holding(records.readings, grid)
    elif grid.step < WINDOW_S:
        shown = _means_of_readings(_in_force(records.readings, grid), grid)
    else:
        shown = _means_of_windows(extremes, grid)
    drawn = _drawn(records, shown)
    of_metrics = shown.reindex(columns=drawn)
    columns = {
        metric: rounded(of_metrics[metric], _decimals(records, metric, grid.step))
        for metric in drawn
    }
    for metric, what in product(_REACHES, _EXTREMES):
        if (name := f"{metric}_{what}") in shown:
            columns[name] = rounded(shown[name], _decimals(records, metric, 0))
    return Table(milliseconds_of(shown.index), columns)


def _in_force(readings: pd.DataFrame, grid: Grid) -> pd.DataFrame:
    """Return the rows of the span, after the one that holds at its start."""
    first, last = places(readings, grid.start, grid.stop)
    return readings.iloc[max(first - 1, 0) : last]


def _holding(readings: pd.DataFrame, grid: Grid) -> pd.DataFrame:
    """Return the rows of the span, each of which holds until the next one.

    Where nothing is known until then, an empty row says since when; the last holds
    until the end. What was read long before the first of them, and still held, stands
    at the start.
    """
    rows = _in_force(readings, grid)
    if not len(rows):
        return rows
    time, start = nanoseconds(rows.index), grid.start * SECOND
    # Of the last reading of all nobody knows how long it holds: it is seen, no more.
    hold_s = np.maximum(rows[HOLD].to_numpy(), MILLISECOND / SECOND)
    stop = time + np.round(hold_s * SECOND).astype(np.int64)
    following = np.append(time[1:], round(grid.end * SECOND))
    has_ended = (following - stop >= MILLISECOND) & (stop > start)
    ends = pd.DatetimeIndex(stop[has_ended], tz="UTC", name=rows.index.name)
    empty = pd.DataFrame(np.nan, index=ends, columns=rows.columns)
    if time[0] < start:
        held, rows = rows.iloc[:1], rows.iloc[1:]
        # Not where a row follows at once: each new start would be a row that nobody
        # has yet, before all those that everybody has.
        if min(stop[0], following[0]) - start > LEAST_HOLD_S * SECOND:
            rows = pd.concat([held.set_axis(pd.DatetimeIndex([start], tz="UTC")), rows])
    return pd.concat([rows, empty]).sort_index(kind="stable")


def _drawn(records: Records, shown: pd.DataFrame) -> list[str]:
    """Return the metrics to send: those drawn, an alarm only where there was one."""
    drawn = [metric for metric in records.metrics if metric in _DRAWN]
    # Where rows are longer than a run, their means cannot be told from the columns.
    drawn += [name for name in DIFFERENCES if name in shown]
    if "auxiliary_power" not in drawn:
        drawn += [metric for metric in _STEPS if metric in records.metrics]
    if "alarm" in shown and (shown["alarm"] > 0).any():
        drawn.append("alarm")
    return drawn


def _means_of_readings(readings: pd.DataFrame, grid: Grid) -> pd.DataFrame:
    """Return the means of readings over the time they hold, one row per step."""
    return means(readings, grid.step).reindex(beginnings(grid, grid.stop, grid.step))


def _means_of_windows(windows: pd.DataFrame, grid: Grid) -> pd.DataFrame:
    """Return the means of windows, one row per step; of long ones also the extremes."""
    edges = beginnings(grid, grid.stop, grid.step)
    steps = resampled(windows, edges, grid, grid.step)
    found = {
        metric: steps[f"{metric}|sum"] / steps[f"{metric}|s"]
        for metric in (*METRICS, *DIFFERENCES)
        if f"{metric}|sum" in steps
    }
    if grid.step > HOUR:
        found |= {
            f"{metric}_{what}": steps[f"{metric}|{what}"]
            for metric, what in product(_REACHES, _EXTREMES)
            if f"{metric}|{what}" in steps
        }
    return pd.DataFrame(found, index=edges)


def _decimals(records: Records, metric: str, step: int) -> int:
    """Return the decimals of a metric: those its sensor resolves, one more in means."""
    if metric in DIFFERENCES:
        return 1
    rule = records.rules.get(metric)
    digits = 0 if rule is None else rule.digits
    kind = METRICS[metric].kind
    if step == 0 or METRICS[metric].unit == "W":
        return digits
    if kind == "state":
        return 2
    return 1 if kind == "temperature" else digits + 1
