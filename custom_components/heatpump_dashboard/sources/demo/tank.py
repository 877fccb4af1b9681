"""The demo's hot-water tank: charged by plan, emptied by showers and dishes."""

import numpy as np
import numpy.typing as npt

from .plan import Plan
from .weather import DAY_S, HOUR_S, Floats, chance

_DRAW_S = 480.0
_BEFORE_A_CHARGE = 3
_AT_ANY_TIME = 5
_LOSS_PER_S = 0.35 / HOUR_S  # in the unit of a draw


def tank(plan: Plan, row: int, time: Floats, seed: int) -> Floats:
    """Return the tank's temperature (°C) at times within one day of the plan.

    It rises during a charge and falls in between as water is drawn, so that it
    arrives where the next charge begins.
    """
    rows = np.array([row - 1, row, row + 1], dtype=np.int64)
    start, stop, some = (
        a[rows] for a in (plan.charges.start, plan.charges.stop, plan.charges.some)
    )
    begins, ends = start[some], stop[some]
    tops, bottoms = plan.tops[rows][some], plan.bottoms[rows][some]
    drawn = _drawn(plan, rows, seed)
    temperature = np.empty(time.size)
    last = np.searchsorted(begins, time, side="right") - 1
    for charge in np.unique(last):
        here = last == charge
        rising = here & (time < ends[charge])
        falling = here & ~rising
        temperature[rising] = _charged(
            (time[rising] - begins[charge]) / (ends[charge] - begins[charge]),
            bottoms[charge],
            tops[charge],
        )
        used = np.interp([ends[charge], begins[charge + 1]], *drawn)
        share = (np.interp(time[falling], *drawn) - used[0]) / (used[1] - used[0])
        temperature[falling] = (
            tops[charge] + (bottoms[charge + 1] - tops[charge]) * share
        )
    return temperature


def _charged(share: Floats, bottom: float, top: float) -> Floats:
    """Return the rise of a charge: the sensor first sees the tank being stirred."""
    stirred = 1.3 * np.sin(np.pi * np.clip(share * 4.0, 0.0, 1.0))
    return bottom + (top - bottom) * share**1.15 - stirred


def _drawn(plan: Plan, rows: npt.NDArray[np.int64], seed: int) -> tuple[Floats, Floats]:
    """Return what has been drawn (any unit) as a line of points over time."""
    days = rows + plan.first
    first, last = days[0] * DAY_S - 6 * HOUR_S, (days[-1] + 1) * DAY_S + 6 * HOUR_S
    before = (
        np.arange(days.size * 5 * _BEFORE_A_CHARGE) + days[0] * 5 * _BEFORE_A_CHARGE
    )
    starts = np.repeat(plan.charges.start[rows].ravel(), _BEFORE_A_CHARGE)
    starts = starts - _DRAW_S - 3000.0 * chance(before, seed + 40) ** 1.5
    sizes = (1.0 + 2.0 * chance(before, seed + 41)) * np.repeat(
        plan.charges.some[rows].ravel(), _BEFORE_A_CHARGE
    )
    any_time = np.arange(days.size * _AT_ANY_TIME) + days[0] * _AT_ANY_TIME
    hours = 5.5 + 16.0 * chance(any_time, seed + 42)
    starts = np.concatenate(
        [starts, np.repeat(days, _AT_ANY_TIME) * DAY_S + hours * HOUR_S]
    )
    sizes = np.concatenate([sizes, 0.2 + 0.6 * chance(any_time, seed + 43)])
    points = np.unique(np.concatenate([[first, last], starts, starts + _DRAW_S]))
    share = np.clip((points[:, None] - starts) / _DRAW_S, 0.0, 1.0)
    return points, share @ sizes + (points - first) * _LOSS_PER_S
