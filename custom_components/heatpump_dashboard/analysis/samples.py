"""Clean readings as plain arrays, with what each of them knows of the past hour."""

from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt
import pandas as pd

type Floats = npt.NDArray[np.float64]
type Integers = npt.NDArray[np.int64]
type Flags = npt.NDArray[np.bool]

# A column beside the metrics: how many values of a row are no measurements.
DROPPED: Final = "dropped"

SECOND: Final = 1_000_000_000
MILLISECOND: Final = 1_000_000
LONGEST_HOLD_S: Final = 300.0

# Everything a reading takes from the past lies within this: whoever cuts the past in
# pieces gives each of them an hour of what came before, and gets the same figures.
HORIZON: Final = 3600 * SECOND

_USUAL_HOLDS: Final = 3.0
_FIRST_INTERVAL_S: Final = 30.0
_BOUNDS_S: Final = tuple(0.5 * 1.5**power for power in range(16))


@dataclass(frozen=True, slots=True)
class Samples:
    """Readings in ascending order: times in ns since 1970, one array per metric."""

    time: Integers
    columns: dict[str, Floats]

    @classmethod
    def of(cls, readings: pd.DataFrame) -> Samples:
        """Take the columns of a frame of clean readings (UTC index, ascending)."""
        values = readings.to_numpy("float64")
        names = [str(name) for name in readings.columns]
        return cls(
            nanoseconds(readings.index),
            {name: values[:, column] for column, name in enumerate(names)},
        )

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
    """Return for how many seconds each reading holds.

    Until the next one, at most three times the usual interval, at most 300 s; the
    last one of all for 0 s, as nothing is known of what follows it. The usual
    interval is the median of those within the hour before the reading that are no
    gaps (≤ 300 s), and 30 s where there are none.
    """
    if len(time) < 2:
        return np.zeros(len(time))
    intervals = np.diff(time) / SECOND
    regular = intervals <= LONGEST_HOLD_S
    first = np.searchsorted(time, time[:-1] - HORIZON)
    held = np.minimum(intervals, LONGEST_HOLD_S)
    # A median over each hour is dear, and nearly always far from mattering.
    long = intervals > _USUAL_HOLDS * _below_median(intervals, regular, first)
    for reading in np.flatnonzero(long):
        usual = intervals[first[reading] : reading]
        usual = usual[usual <= LONGEST_HOLD_S]
        median = float(np.median(usual)) if usual.size else _FIRST_INTERVAL_S
        held[reading] = min(held[reading], _USUAL_HOLDS * median)
    return np.append(held, 0.0)


def _below_median(intervals: Floats, regular: Flags, first: Integers) -> Floats:
    """Return a bound not above the median of the regular intervals of each hour."""
    here = np.arange(len(intervals))
    total = _count(regular, first, here)
    bound = np.where(total == 0, _FIRST_INTERVAL_S, 0.0)
    for seconds in _BOUNDS_S:
        longer = _count(regular & (intervals >= seconds), first, here)
        bound[2 * longer > total] = seconds
    return bound


def _count(flags: Flags, first: Integers, last: Integers) -> Integers:
    """Return how many flags are set in each first ≤ position < last."""
    sums: Integers = np.zeros(len(flags) + 1, dtype=np.int64)
    np.cumsum(flags, out=sums[1:])
    return sums[last] - sums[first]
