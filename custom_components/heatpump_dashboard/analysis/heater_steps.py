"""Steps of the auxiliary heater beside a steady compressor: a known power that shows."""

from typing import Final

import numpy as np

from .power import Operation
from .samples import SECOND, Floats, Integers

# Smaller ones do not show in sensors of whole degrees.
_LEAST_KW: Final = 1.0
# So long on both sides of a step nothing else may change; right after it the water
# that had left the heater before is still on its way.
_BESIDE: Final = 900 * SECOND
_ON_ITS_WAY: Final = 300 * SECOND
# In the first minutes the pipes warm up; then water and refrigerant have settled.
SETTLED_S: Final = 600.0

# How many there were, what they took more or less (kW), and by how much supply − return
# grew or fell with that (K).
HEATER_STEPS: Final = ("heater_steps", "heater_steps_kw", "heater_steps_k")


def heater_steps(
    operation: Operation, own: slice, lasted_s: Floats
) -> tuple[tuple[Integers, Floats], ...]:
    """Return when (ns) a step is to be counted, and how much, as `HEATER_STEPS`.

    That is at the first reading 15 min after it, when it is known that all has been
    quiet. `lasted_s`: for how long each reading has been heating without a break, NaN
    where it is not.
    """
    time, power = operation.samples.time, operation.auxiliary
    told = np.flatnonzero(np.isfinite(power))
    leaps = told[1:][abs(np.diff(power[told])) >= _LEAST_KW]
    shown = np.searchsorted(time, time[leaps] + _BESIDE)
    mine = (shown >= own.start) & (shown < own.stop)
    found = [
        (time[seen], *step)
        for leap, seen in zip(leaps[mine].tolist(), shown[mine].tolist(), strict=True)
        if (step := _step(operation, leap, seen, lasted_s)) is not None
    ]
    when = np.array([moment for moment, *_ in found], dtype=np.int64)
    kw, kelvin = np.array([step for _, *step in found]).reshape(-1, 2).T
    return (when, np.ones(len(when))), (when, kw), (when, kelvin)


def _step(
    operation: Operation, leap: int, seen: int, lasted_s: Floats
) -> tuple[float, float] | None:
    """Return the kW and the K of a step, None where something else changed too."""
    time, power = operation.samples.time, operation.auxiliary
    begin = int(np.searchsorted(time, time[leap] - _BESIDE))
    quiet_s = 2 * _BESIDE / SECOND + SETTLED_S
    is_steady = lasted_s[seen] >= quiet_s and begin < leap
    # Where nobody looked for longer it may have been at any time before.
    is_steady &= bool(time[leap] - time[leap - 1] <= _ON_ITS_WAY)
    before, after = power[begin:leap], power[leap:seen]
    if not (is_steady and _is_one(before) and _is_one(after)):
        return None
    later = int(np.searchsorted(time, time[leap] + _ON_ITS_WAY))
    kelvin = _mean(operation, later, seen) - _mean(operation, begin, leap)
    kw = float(after[0] - before[0])
    return None if np.isnan(kelvin) else (abs(kw), float(np.sign(kw)) * kelvin)


def _is_one(power: Floats) -> bool:
    """Return whether all of it is the same, and known."""
    return bool(np.isfinite(power).all() and np.ptp(power) == 0)


def _mean(operation: Operation, first: int, stop: int) -> float:
    """Return the mean of supply − return over some readings, K; NaN where unknown."""
    kelvin = operation.delta_t[first:stop]
    hold_s = np.where(np.isfinite(kelvin), operation.hold_s[first:stop], 0.0)
    total = float(hold_s.sum())
    return float((np.nan_to_num(kelvin) * hold_s).sum()) / total if total else np.nan
