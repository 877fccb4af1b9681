"""What a counter of energy says: the power between two values, and the energy itself."""

from dataclasses import dataclass
from typing import Final

import numpy as np

from .samples import LONGEST_HOLD_S, SECOND, Flags, Floats, Integers, Samples

# Some counters count whole kWh: such a step is not the energy of one interval.
_COUNT_KWH: Final = 1.0


@dataclass(frozen=True, slots=True)
class Steps:
    """The steps of a counter from each valid value to the next.

    `first`, `last`: positions of the two readings. `kwh`: what was counted between
    them. `hours`: the time between them. `impossible`: it cannot be true.
    """

    first: Integers
    last: Integers
    kwh: Floats
    hours: Floats
    impossible: Flags


def steps(samples: Samples, metric: str, most_kw: float) -> Steps:
    """Return the steps of a counter (kWh).

    A counter that falls was reset: it has counted its new value from 0. A step of
    more than `most_kw` kW would take in that time, and one count, is impossible.
    """
    values = samples.get(metric)
    valid = np.flatnonzero(np.isfinite(values))
    count = values[valid]
    hours = np.diff(samples.time[valid]) / (3600 * SECOND)
    kwh = np.where(count[1:] >= count[:-1], np.diff(count), count[1:])
    impossible = kwh > most_kw * hours + _COUNT_KWH
    return Steps(valid[:-1], valid[1:], kwh, hours, impossible)


def counted_kw(samples: Samples, metric: str, most_kw: float) -> tuple[Floats, Flags]:
    """Return the mean power (kW) at each reading, and which steps were dropped.

    A step over its time; NaN where that is longer than 300 s, as the energy cannot be
    placed, and where the step is impossible: it is dropped, and so is its time.
    """
    power = np.full(len(samples), np.nan)
    dropped = np.zeros(len(samples), dtype=np.bool)
    counted = steps(samples, metric, most_kw)
    if not counted.kwh.size:
        return power, dropped
    dropped[counted.first] = counted.impossible
    unknown = counted.impossible | (counted.hours > LONGEST_HOLD_S / 3600)
    mean = np.where(unknown, np.nan, counted.kwh / counted.hours)
    # Until the next valid value, over readings without one.
    between = counted.last - counted.first
    power[counted.first[0] : counted.last[-1]] = np.repeat(mean, between)
    return power, dropped


def counted_kwh(samples: Samples, metric: str, most_kw: float) -> Steps:
    """Return the steps that can be true, however long they took.

    A counter goes on counting while nobody reads it: its difference over a period
    holds the gaps of the readings too.
    """
    counted = steps(samples, metric, most_kw)
    kwh = np.where(counted.impossible, 0.0, counted.kwh)
    return Steps(counted.first, counted.last, kwh, counted.hours, counted.impossible)
