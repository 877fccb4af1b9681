"""The mean power between two values of an energy counter."""

from typing import Final

import numpy as np

from .samples import LONGEST_HOLD_S, SECOND, Flags, Floats, Samples

# Some counters count whole kWh: such a step is not the energy of one interval.
_COUNT_KWH: Final = 1.0


def counted_kw(samples: Samples, metric: str, most_kw: float) -> tuple[Floats, Flags]:
    """Return the mean power (kW) at each reading, and which steps were dropped.

    The step (kWh) to the next valid value, over the time between the two; NaN where
    that is longer than 300 s, as the energy cannot be placed. A counter that falls
    was reset: it has counted its new value from 0. A step of more than `most_kw` kW
    would take, and one count, cannot be true: it is dropped, and so is its time.
    """
    values = samples.get(metric)
    power = np.full(len(samples), np.nan)
    dropped = np.zeros(len(samples), dtype=np.bool)
    valid = np.flatnonzero(np.isfinite(values))
    if valid.size < 2:
        return power, dropped
    count = values[valid]
    hours = np.diff(samples.time[valid]) / (3600 * SECOND)
    step = np.where(count[1:] >= count[:-1], np.diff(count), count[1:])
    impossible = step > most_kw * hours + _COUNT_KWH
    dropped[valid[:-1]] = impossible
    unknown = impossible | (hours > LONGEST_HOLD_S / 3600)
    mean = np.where(unknown, np.nan, step / hours)
    # Until the next valid value, over readings without one.
    power[valid[0] : valid[-1]] = np.repeat(mean, np.diff(valid))
    return power, dropped
