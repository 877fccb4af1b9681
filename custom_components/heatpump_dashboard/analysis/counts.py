"""What happens at a moment: when it is to be counted, and how much."""

from typing import Final

import numpy as np

from .power import Operation, hot_water_known
from .samples import Floats, Integers

# The columns of the ledger.
COUNTS: Final = (
    "starts",
    "hot_water_charges",
    "dropped_steps",
    "dropped",
    "heat_meter_steps",
    "heat_meter_kwh",
)


def counted(operation: Operation, own: slice) -> tuple[tuple[Integers, Floats], ...]:
    """Return when (ns) something is to be counted, and how much, as `COUNTS`.

    A step of the heat counter belongs to its first reading, as every pair does, and
    is counted when its second one shows it.
    """
    time = operation.samples.time
    running = np.where(operation.covered, operation.running, np.nan)
    told = operation.covered & (~operation.running | hot_water_known(operation.samples))
    charging = np.where(told, operation.hot_water, np.nan)
    edges = (
        _rises(time, running, own),
        _rises(time, charging, own),
        time[own][operation.dropped_steps[own]],
    )
    meter = operation.heat_meter
    mine = (meter.first >= own.start) & (meter.first < own.stop) & ~meter.impossible
    shown = time[meter.last[mine]]
    lost = own.start + np.flatnonzero(operation.dropped[own])
    return (
        *((when, np.ones(len(when))) for when in edges),
        (time[lost], operation.dropped[lost]),
        (shown, np.ones(len(shown))),
        (shown, meter.kwh[mine]),
    )


def _rises(time: Integers, state: Floats, own: slice) -> Integers:
    """Return when a state went from 0 to 1, of pairs whose first reading is own.

    Compared are a valid state and the next valid one, whatever lies between them; the
    rise is at the later of the two.
    """
    valid = np.flatnonzero(np.isfinite(state))
    up = np.flatnonzero(np.diff(state[valid]) > 0)
    before, after = valid[up], valid[up + 1]
    rises: Integers = time[after[(before >= own.start) & (before < own.stop)]]
    return rises
