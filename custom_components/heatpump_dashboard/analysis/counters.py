"""What a counter of energy says: the power between two values, and the energy itself."""

from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from .samples import SECOND, Flags, Floats, Integers, Samples, longest_holds

# What counters resolve, kWh: such a step is not the energy of one interval.
_RESOLUTIONS: Final = (0.01, 0.1, 1.0)
# Values farther apart say nothing of whether the one between them can be true.
# The energy of a longer step cannot be placed, unless the counter is read more seldom.
_LONGEST_STEP_S: Final = 300.0
# What seconds are off by that were hours.
_ROUNDING_S: Final = 1e-6
_NEIGHBOURS: Final = 1200 * SECOND
_HOUR: Final = 3600 * SECOND


@dataclass(frozen=True, slots=True)
class Steps:
    """The steps of a counter from each value that can be true to the next.

    `first`, `last`: positions of the two readings. `kwh`: what was counted between
    them. `hours`: the time between them. `impossible`: it cannot be true. `outliers`:
    positions of the values that cannot be true, which no step begins or ends at.
    """

    first: Integers
    last: Integers
    kwh: Floats
    hours: Floats
    impossible: Flags
    outliers: Integers

    def dropped(self, readings: int) -> Flags:
        """Return at which of so many readings something was dropped."""
        dropped = np.zeros(readings, dtype=np.bool)
        dropped[self.outliers] = True
        dropped[self.first[self.impossible]] = True
        return dropped


def steps(samples: Samples, metric: str, most_kw: float) -> Steps:
    """Return the steps of a counter (kWh).

    A counter that falls was reset: it has counted its new value from 0. A step of
    more than `most_kw` kW would take in that time, and one count, is impossible. A
    lone value that is not between its neighbours, and cannot be reached from one of
    them, is left out: the counter went on from the one to the other.
    """
    values = samples.get(metric)
    valid = np.flatnonzero(np.isfinite(values))
    lone = _lone(samples.time[valid], values[valid], most_kw)
    kept = valid[~lone]
    count, time = values[kept], samples.time[kept]
    return Steps(
        first=kept[:-1],
        last=kept[1:],
        kwh=_grown(count),
        hours=np.diff(time) / _HOUR,
        impossible=_impossible(time, count, most_kw),
        outliers=valid[lone],
    )


def counted_kw(samples: Samples, metric: str, most_kw: float) -> tuple[Floats, Flags]:
    """Return the mean power (kW) at each reading, and where something was dropped.

    A step over its time; NaN where that is longer than 300 s and than a value of the
    counter holds, as the energy cannot be placed, and where the step is impossible: it
    is dropped, and so is its time.
    """
    power = np.full(len(samples), np.nan)
    counted = steps(samples, metric, most_kw)
    if counted.kwh.size:
        seconds = counted.hours * 3600
        longest = np.maximum(longest_holds(seconds), _LONGEST_STEP_S)
        unknown = counted.impossible | (seconds > longest + _ROUNDING_S)
        mean = np.where(unknown, np.nan, counted.kwh / counted.hours)
        # Until the next valid value, over readings without one.
        between = counted.last - counted.first
        power[counted.first[0] : counted.last[-1]] = np.repeat(mean, between)
    return power, counted.dropped(len(samples))


def counted_kwh(samples: Samples, metric: str, most_kw: float) -> Steps:
    """Return the steps that can be true, however long they took.

    A counter goes on counting while nobody reads it: its difference over a period
    holds the gaps of the readings too.
    """
    counted = steps(samples, metric, most_kw)
    kwh = np.where(counted.impossible, 0.0, counted.kwh)
    return replace(counted, kwh=kwh)


def _grown(count: Floats) -> Floats:
    """Return what was counted from each value to the next."""
    return np.where(count[1:] >= count[:-1], np.diff(count), count[1:])


def _impossible(time: Integers, count: Floats, most_kw: float) -> Flags:
    """Return which steps are more than time, and the last count of it, allow."""
    most: Floats = most_kw * np.diff(time) / _HOUR + _resolution(count)
    too_much: Flags = _grown(count) > most
    return too_much


def _resolution(count: Floats) -> Floats:
    """Return what the two values of each step are multiples of, kWh; 0 for none."""
    multiples = np.zeros(len(count))
    for resolution in _RESOLUTIONS:
        counts = count / resolution
        multiples[np.abs(counts - np.round(counts)) < 1e-3] = resolution
    return np.minimum(multiples[1:], multiples[:-1])


def _lone(time: Integers, count: Floats, most_kw: float) -> Flags:
    """Return which values cannot be true, though those beside them can.

    Decided by the two values on each side, so that it does not matter where the past
    was cut: of several in a row only the first.
    """
    lone = np.zeros(len(count), dtype=np.bool)
    if len(count) < 3:
        return lone
    before, here, after = count[:-2], count[1:-1], count[2:]
    impossible = _impossible(time, count, most_kw)
    near = np.diff(time) <= _NEIGHBOURS
    off = (before <= after) & ((here < before) | (here > after))
    off &= (impossible[:-1] | impossible[1:]) & near[:-1] & near[1:]
    lone[1:-1] = off
    lone[2:] &= ~lone[1:-1]
    return lone
