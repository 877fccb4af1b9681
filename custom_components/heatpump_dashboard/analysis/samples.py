"""Clean readings as plain arrays, with what each of them knows of the past hour."""

from dataclasses import dataclass, field
from typing import Final

import numpy as np
import numpy.typing as npt
import pandas as pd

type Floats = npt.NDArray[np.float64]
type Integers = npt.NDArray[np.int64]
type Flags = npt.NDArray[np.bool]

# A column beside the metrics: how many values of a row are no measurements.
DROPPED: Final = "dropped"

# A column beside the metrics: for how many seconds the values of a row hold.
HOLD: Final = "hold_s"

SECOND: Final = 1_000_000_000
MILLISECOND: Final = 1_000_000

# What a state is taken from the past for lies within this.
HORIZON: Final = 3600 * SECOND

# A polled value holds for three usual intervals, within these bounds.
LEAST_HOLD_S: Final = 90.0
LONGEST_HOLD_S: Final = 1800.0
_USUAL_HOLDS: Final = 3.0
# The usual interval is the median of the last hundred within the hour, and at least of
# the last five: a collector that asks more seldom from now on is known again after an
# hour at most, not after fifty readings. Before the first interval it is 30 s.
_MOST_INTERVALS: Final = 100
_LEAST_INTERVALS: Final = 5
_FIRST_INTERVAL_S: Final = 30.0
_ROUNDING_S: Final = 1e-6


@dataclass(frozen=True, slots=True)
class Samples:
    """Readings in ascending order: times in ns since 1970, one array per metric.

    `hold_s`: for how many seconds the values of each reading hold.
    `on_change`: the metrics of which equal values are left out.
    `ended`: by counter, the readings that say that its value is not known any more.
    """

    time: Integers
    columns: dict[str, Floats]
    hold_s: Floats
    on_change: frozenset[str] = frozenset()
    ended: dict[str, Flags] = field(default_factory=dict)

    @classmethod
    def of(cls, readings: pd.DataFrame) -> Samples:
        """Take the columns of a frame of clean readings (UTC index, ascending).

        Its column `HOLD` says how long they hold; without one, `holds` does.
        """
        values = readings.to_numpy("float64")
        names = [str(name) for name in readings.columns]
        time = nanoseconds(readings.index)
        columns = {name: values[:, column] for column, name in enumerate(names)}
        hold_s = columns.pop(HOLD) if HOLD in columns else holds(time)
        return cls(time, columns, hold_s)

    def __len__(self) -> int:
        """Return the number of readings."""
        return len(self.time)

    def get(self, metric: str) -> Floats:
        """Return the values of a metric, NaN where there is none."""
        values = self.columns.get(metric)
        return np.full(len(self), np.nan) if values is None else values

    def last_valid(self, valid: Flags) -> Integers:
        """Return for each reading the latest valid one of the past hour, else −1.

        That may be the reading itself.
        """
        latest = np.maximum.accumulate(np.where(valid, np.arange(len(self)), -1))
        if latest.size and latest[-1] >= 0:
            old = self.time - self.time[latest] > HORIZON
            latest[old] = -1
        return latest

    def carried(self, metric: str) -> Floats:
        """Return the values of a metric, each kept for an hour until the next valid."""
        values = self.get(metric)
        latest = self.last_valid(np.isfinite(values))
        return np.where(latest >= 0, values[latest], np.nan)


def nanoseconds(index: pd.Index) -> Integers:
    """Return the times of an index in ns since 1970."""
    return index.to_numpy(dtype="M8[ns]").view(np.int64)


def holds(time: Integers) -> Floats:
    """Return for how many seconds each of a row of readings holds.

    Until the next one, at most as long as `longest_holds` allows; the last one of all
    for 0 s, as nothing is known of what follows it.
    """
    if len(time) < 2:
        return np.zeros(len(time))
    intervals = np.diff(time) / SECOND
    return np.append(np.minimum(intervals, longest_holds(intervals)), 0.0)


def longest_holds(intervals: Floats) -> Floats:
    """Return how long the values before each of these intervals (s) may hold, s.

    Three times the usual interval, within 90 s and 30 min. An interval of no more
    than 90 s is covered anyway, and not looked into.
    """
    most = np.full(len(intervals), LEAST_HOLD_S)
    long = np.flatnonzero(intervals > LEAST_HOLD_S)
    if long.size:
        usual = _USUAL_HOLDS * usual_intervals(intervals, long)
        most[long] = np.clip(usual, LEAST_HOLD_S, LONGEST_HOLD_S)
    return most


def usual_intervals(intervals: Floats, places: Integers) -> Floats:
    """Return the usual interval before each place, s, whatever it is.

    That is the median of the last hundred intervals that began within an hour, and
    of the last five in any case; 30 s where there is none.
    """
    time = np.concatenate([[0.0], np.cumsum(intervals)])
    within = np.searchsorted(time, time[places] - HORIZON / SECOND - _ROUNDING_S)
    first = np.maximum(np.minimum(within, places - _LEAST_INTERVALS), 0)
    counts = np.minimum(places - first, _MOST_INTERVALS)
    back = np.arange(1, counts.max(initial=0) + 1)
    wanted = np.where(back <= counts[:, None], places[:, None] - back, -1)
    # What is not wanted is sorted to the end.
    found = np.sort(np.where(wanted >= 0, intervals[wanted], np.inf), axis=1)
    rows = np.arange(len(places))
    known = counts > 0
    usual = np.full(len(places), _FIRST_INTERVAL_S)
    middle = rows[known], counts[known] // 2
    below = rows[known], (counts[known] - 1) // 2
    usual[known] = (found[below] + found[middle]) / 2
    return usual
