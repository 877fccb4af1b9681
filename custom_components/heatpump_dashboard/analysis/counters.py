"""What a counter of energy says: the power between two values, and the energy itself."""

from dataclasses import dataclass, replace
from typing import Final

import numpy as np
import pandas as pd

from .samples import (
    HORIZON,
    LONGEST_HOLD_S,
    SECOND,
    Flags,
    Floats,
    Integers,
    Samples,
    longest_holds,
)

# What counters resolve, kWh: such a step is not the energy of one interval.
_RESOLUTIONS: Final = (0.01, 0.1, 1.0, 5.0, 10.0, 100.0)
# More than this takes a heat pump long: a day may hold half a count.
COARSE_KWH: Final = 1.0
# The energy of a longer step cannot be placed, unless the counter is read more seldom.
_LONGEST_STEP_S: Final = 300.0
# What seconds are off by that were hours.
_ROUNDING_S: Final = 1e-6
# Values farther apart say nothing of whether the one between them can be true.
_NEIGHBOURS: Final = 1200 * SECOND
_HOUR: Final = 3600 * SECOND
# In a shorter step it matters little when a compressor started.
_QUICK_STEP_S: Final = 90.0
# What is told after a pause was counted in so short a time, if that can be.
_AT_ONCE_S: Final = 30.0
# A counter that begins anew begins near 0; one that falls by less of its value goes back.
_LARGEST_FALL: Final = 0.5
# Nor is less than this a new beginning, as for Home Assistant: the count has slipped.
_LARGEST_SLIP: Final = 0.1
# A cloud tells for some minutes after it what was counted.
_LATE: Final = 600 * SECOND


@dataclass(frozen=True, slots=True)
class Steps:
    """The steps of a counter from each value that can be true to the next.

    `first`, `last`: positions of the two readings. `kwh`: what was counted between
    them, less than 0 where the counter went back. `hours`: the time between them.
    `impossible`: it cannot be true. `outliers`: positions of the values that cannot be
    true, which no step begins or ends at.
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


def steps(
    samples: Samples, metric: str, most_kw: float, drawing: Flags | None = None
) -> Steps:
    """Return the steps of a counter (kWh).

    A counter that falls was reset: it has counted its new value from 0. One that falls
    by no more than a tenth of its value has slipped, and counted nothing. But one of
    heat may go back while heat is drawn out of the water (`drawing`), and some minutes
    after it, by what that can be, and by no more than half of its value. A step of more
    than `most_kw` kW would take in that time, and one count, is impossible. A lone value
    that is not between its neighbours, and cannot be reached from one of them, or has
    slipped, is left out: the counter went on from the one to the other.
    """
    values = samples.get(metric)
    valid = np.flatnonzero(np.isfinite(values))
    drawn = _drawn(samples, drawing)
    lone = _lone(samples.time[valid], values[valid], drawn[valid], most_kw)
    kept = valid[~lone]
    count, time = values[kept], samples.time[kept]
    kwh = _counted(time, count, drawn[kept], most_kw)
    return Steps(
        first=kept[:-1],
        last=kept[1:],
        kwh=kwh,
        hours=np.diff(time) / _HOUR,
        impossible=kwh > _most_kwh(time, count, most_kw),
        outliers=valid[lone],
    )


def counted_kw(
    samples: Samples, metric: str, most_kw: float, drawing: Flags | None = None
) -> tuple[Floats, Flags]:
    """Return the mean power (kW) at each reading, and where something was dropped.

    A step over its time; NaN where that is longer than 300 s and than a value of the
    counter holds, as the energy cannot be placed, and where the step is impossible: it
    is dropped, and so is its time. One on change stood still for so long, and counted
    in the end.
    """
    power = np.full(len(samples), np.nan)
    counted = steps(samples, metric, most_kw, drawing)
    if counted.kwh.size:
        seconds = counted.hours * 3600
        longest = _longest_s(samples, metric, seconds)
        unknown = counted.impossible | (seconds > longest + _ROUNDING_S)
        mean = np.where(unknown, np.nan, counted.kwh / counted.hours)
        # Until the next valid value, over readings without one.
        between = counted.last - counted.first
        power[counted.first[0] : counted.last[-1]] = np.repeat(mean, between)
    if metric in samples.on_change:
        _stood_still(samples, metric, counted, most_kw, power)
    return power, counted.dropped(len(samples))


def run_beside(counted: Steps, samples: Samples) -> Integers:
    """Return for each reading at rest one at which the same step saw the compressor run.

    Its position, −1 where there is none. A step holds what was used since the value
    before it: what was counted while a compressor started or stopped is the
    compressor's, whatever the reading at the beginning of that time says. Else the COP
    of who is read every 10 min would be that of the moments at which the counters
    happen to count. What lies farther apart than any value holds has nothing to do with
    it.
    """
    compressor = samples.get("compressor")
    beside = np.full(len(compressor), -1)
    on = compressor == 1
    if not counted.kwh.size or not on.any():
        return beside
    rows = np.arange(counted.first[0], counted.last[-1])
    step = np.repeat(np.arange(len(counted.kwh)), counted.last - counted.first)
    places = np.arange(len(on))
    before = np.maximum.accumulate(np.where(on, places, -1))[rows]
    after = np.where(on, places, len(on))[::-1]
    after = np.minimum.accumulate(after)[::-1][rows]
    found = np.where(after <= counted.last[step], after, before)
    found = np.where(found >= counted.first[step], found, -1)
    found[(counted.hours * 3600 <= _QUICK_STEP_S)[step]] = -1
    apart = np.abs(samples.time[found] - samples.time[rows]) > LONGEST_HOLD_S * SECOND
    found[(compressor[rows] != 0) | apart] = -1
    beside[rows] = found
    return beside


def in_force(samples: Samples, metric: str) -> Floats:
    """Return at which value a counter stands, NaN where that is not known.

    On change until its next one; else where it was read.
    """
    values = samples.get(metric)
    if metric not in samples.on_change:
        return values
    latest = np.maximum.accumulate(
        np.where(np.isfinite(values), np.arange(len(samples)), -1)
    )
    return np.where(latest >= 0, values[latest], np.nan)


def counted_kwh(
    samples: Samples, metric: str, most_kw: float, drawing: Flags | None = None
) -> Steps:
    """Return the steps that can be true, however long they took.

    A counter goes on counting while nobody reads it: its difference over a period
    holds the gaps of the readings too.
    """
    counted = steps(samples, metric, most_kw, drawing)
    kwh = np.where(counted.impossible, 0.0, counted.kwh)
    return replace(counted, kwh=kwh)


def _stood_still(
    samples: Samples, metric: str, counted: Steps, most_kw: float, power: Floats
) -> None:
    """Put into the power (kW) what a counter on change counted after long pauses.

    Nothing in them, also in the one that lasts, as long as the compressor rests. What is
    told at their end was counted just then, or since it was asked last, which is how
    long the next step takes. It is not known where more was counted than there can be
    in that time, where the value was not known meanwhile, or nothing at all was read
    for an hour.
    """
    time, values = samples.time, samples.get(metric)
    begun = np.isfinite(values)
    begun[counted.outliers] = False
    valid = np.flatnonzero(begun)
    if not valid.size:
        return
    lost = samples.ended.get(metric, np.zeros(len(samples), dtype=np.bool)).copy()
    lost[1:] |= np.diff(time) > HORIZON
    seconds = counted.hours * 3600
    following_s = np.append(seconds, np.inf)[1:]
    resolution = _resolution(values[valid])
    held_s = np.append(0.0, np.cumsum(samples.hold_s))
    is_long = seconds > _LONGEST_STEP_S + _ROUNDING_S
    for step in np.flatnonzero(is_long & ~counted.impossible):
        first, last = int(valid[step]), int(valid[step + 1])
        if lost[first + 1 : last + 1].any():
            continue
        count = min(resolution[step], resolution[step + 1])
        for within_s in (_AT_ONCE_S, following_s[step]):
            if within_s > LONGEST_HOLD_S:
                break
            before = time[last] - round(within_s * SECOND)
            place = max(int(np.searchsorted(time, before, side="right")) - 1, first)
            hours = (time[last] - time[place]) / _HOUR
            if abs(counted.kwh[step]) <= most_kw * hours + count:
                is_held = held_s[last] - held_s[place] > hours * 3600 - _ROUNDING_S
                power[first:place] = 0.0
                power[place:last] = counted.kwh[step] / hours if is_held else np.nan
                break
    last = int(valid[-1])
    if time[-1] - time[last] > _LONGEST_STEP_S * SECOND:
        lost |= samples.get("compressor") != 0
        stop = last + int(np.append(np.flatnonzero(lost[last:]), len(time))[0])
        power[last:stop] = 0.0


def _longest_s(samples: Samples, metric: str, seconds: Floats) -> Floats:
    """Return over how long a step may be spread of those that took so long, s."""
    if metric in samples.on_change:
        return np.full(len(seconds), _LONGEST_STEP_S)
    return np.maximum(longest_holds(seconds), _LONGEST_STEP_S)


def _drawn(samples: Samples, drawing: Flags | None) -> Integers:
    """Return for each reading when heat was drawn last within the hour, ns, else 0."""
    if drawing is None:
        return np.zeros(len(samples), dtype=np.int64)
    latest = samples.last_valid(drawing)
    return np.where(latest >= 0, samples.time[latest], 0)


def _counted(
    time: Integers, count: Floats, drawn: Integers, most_kw: float, apart: int = 1
) -> Floats:
    """Return what was counted from each value to one so many values after it."""
    before, after = count[:-apart], count[apart:]
    step = after - before
    back = drawn[apart:] >= time[:-apart] - _LATE
    back &= -step <= before * _LARGEST_FALL
    back &= -step <= _most_kwh(time, count, most_kw, apart)
    kwh = np.where((step >= 0) | back, step, after)
    return np.where(_slips(count, apart) & ~back, 0.0, kwh)


def _slips(count: Floats, apart: int = 1) -> Flags:
    """Return where a counter falls by so little that it does not begin anew."""
    before, after = count[:-apart], count[apart:]
    slips: Flags = (after < before) & (before - after <= before * _LARGEST_SLIP)
    return slips


def _most_kwh(time: Integers, count: Floats, most_kw: float, apart: int = 1) -> Floats:
    """Return what time, and the last count of it, allow to be counted."""
    hours = (time[apart:] - time[:-apart]) / _HOUR
    resolution = _resolution(count)
    most: Floats = most_kw * hours
    counts = np.minimum(resolution[apart:], resolution[:-apart])
    steps = np.abs(count[apart:] - count[:-apart])
    for place in np.flatnonzero((counts > COARSE_KWH) & (steps > most + COARSE_KWH)):
        step = int(place), int(place) + apart
        counts[place] = _coarse_kwh(time, count, resolution, step, most_kw)
    most += counts
    return most


def _coarse_kwh(
    time: Integers,
    count: Floats,
    resolution: Floats,
    step: tuple[int, int],
    most_kw: float,
) -> float:
    """Return what one count of a coarse counter may be, as the hour before tells.

    One that counts tenths may stand at round values by chance. And more than the
    greatest power makes in the time that it stood, as far as that is known, is no count.
    """
    first, last = step
    begin = min(int(np.searchsorted(time, time[last] - HORIZON)), first)
    others = np.flatnonzero(count[begin:first] != count[first])
    stood = begin + int(others[-1]) + 1 if others.size else begin
    kwh = float(resolution[begin : last + 1].min())
    return kwh if kwh <= most_kw * (time[last] - time[stood]) / _HOUR else 0.0


def coarse_counts(extremes: pd.DataFrame) -> dict[str, float]:
    """Return what counters count in, kWh, by their last values in windows.

    Of those in which it is coarse, of `windows.extremes`.
    """
    found = {}
    for metric in ("energy", "heat_energy"):
        if (column := f"{metric}|last") in extremes:
            values = extremes[column].to_numpy("float64")
            counts = _resolution(values[np.isfinite(values)])
            if counts.size and counts.min() > COARSE_KWH:
                found[metric] = float(counts.min())
    return found


def _resolution(count: Floats) -> Floats:
    """Return what each value is a multiple of, kWh; 0 for nothing."""
    multiples = np.zeros(len(count))
    for resolution in _RESOLUTIONS:
        counts = count / resolution
        off = np.abs(counts - np.round(counts)) * max(resolution, 1.0)
        multiples[off < 1e-3] = resolution
    return multiples


def _lone(time: Integers, count: Floats, drawn: Integers, most_kw: float) -> Flags:
    """Return which values cannot be true, though those beside them can.

    Decided by the two values on each side, so that it does not matter where the past
    was cut: of several in a row only the first.
    """
    lone = np.zeros(len(count), dtype=np.bool)
    if len(count) < 3:
        return lone
    before, here, after = count[:-2], count[1:-1], count[2:]
    kwh = _counted(time, count, drawn, most_kw)
    impossible = kwh > _most_kwh(time, count, most_kw)
    impossible |= _slips(count) & (kwh == 0)
    near = np.diff(time) <= _NEIGHBOURS
    least, most = np.minimum(before, after), np.maximum(before, after)
    off = (here < least) | (here > most)
    off &= _counted(time, count, drawn, most_kw, 2) == after - before
    off &= (impossible[:-1] | impossible[1:]) & near[:-1] & near[1:]
    lone[1:-1] = off
    lone[2:] &= ~lone[1:-1]
    return lone
