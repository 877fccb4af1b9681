"""The table of readings that viewers are sent of a span, or of their means."""

from itertools import product
from typing import Final

import pandas as pd

from ..analysis.differences import DIFFERENCES
from ..analysis.times import WINDOW_S
from ..analysis.windows import means
from ..profiles import METRICS
from ..pump.memory import Records
from .ranges import HOUR, Grid
from .tables import Table, beginnings, between, milliseconds_of, resampled, rounded

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


def readings_of(records: Records, extremes: pd.DataFrame, grid: Grid) -> Table:
    """Return the readings of the span, or their means over its steps."""
    if grid.step == 0:
        shown = between(records.readings, grid)
    elif grid.step < WINDOW_S:
        shown = _means_of_readings(between(records.readings, grid), grid)
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
