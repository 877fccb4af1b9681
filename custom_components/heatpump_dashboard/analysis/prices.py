"""What electricity costs: the price in force in each window."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Self

import numpy as np
import pandas as pd

from .samples import SECOND, Floats, nanoseconds
from .windows import WINDOW_S

COST: Final = "cost"
PRICED: Final = "priced_kwh"


@dataclass(frozen=True, slots=True, eq=False)
class Prices:
    """A price that changes in steps.

    `times`: seconds since 1970, ascending; `values`: currency units per kWh from
    then on, NaN = not known. The last one stays in force; before the first none is
    known.
    """

    times: Floats
    values: Floats

    @classmethod
    def of(cls, steps: Sequence[tuple[float, float | None]]) -> Self:
        """Return the prices of steps (time, price) in any order, None = not known."""
        ordered = sorted(steps, key=lambda step: step[0])
        return cls(
            np.array([time for time, _ in ordered], dtype=np.float64),
            np.array([value for _, value in ordered], dtype=np.float64),
        )

    @classmethod
    def fixed(cls, value: float) -> Self:
        """Return a price that never changes."""
        return cls.of([(0.0, value)])

    def then(self, time: float, value: float | None) -> Self:
        """Return these prices with one more that is in force from `time` on."""
        kept = self.times < time
        return type(self)(
            np.append(self.times[kept], time),
            np.append(self.values[kept], np.nan if value is None else value),
        )

    def means(self, starts: Floats, seconds: float) -> Floats:
        """Return the mean price of spans of time, of the part in which it is known.

        A price that changes within a window, or is told some seconds after it came
        into force, counts for as long as it lasted. NaN where none is known.
        """
        known = np.isfinite(self.values)
        paid = self._integral(np.where(known, self.values, 0.0), starts, seconds)
        lasted = self._integral(known.astype(np.float64), starts, seconds)
        means = np.full(len(starts), np.nan)
        np.divide(paid, lasted, out=means, where=lasted > 0)
        return means

    def _integral(self, values: Floats, starts: Floats, seconds: float) -> Floats:
        """Return the integral of a step function over each span."""
        if not self.times.size:
            return np.zeros(len(starts))
        sums = np.concatenate([[0.0], np.cumsum(values[:-1] * np.diff(self.times))])

        def until(moments: Floats) -> Floats:
            step = np.searchsorted(self.times, moments, side="right") - 1
            at = np.maximum(step, 0)
            total: Floats = sums[at] + values[at] * (moments - self.times[at])
            return np.where(step < 0, 0.0, total)

        return until(starts + seconds) - until(starts)


def with_cost(windows: pd.DataFrame, prices: Prices | None) -> pd.DataFrame:
    """Return windows of the ledger with what their electricity cost.

    Adds `cost` (currency units), electricity × the mean price in force in the window,
    and `priced_kwh`, the electricity of which the price is known; both are additive.
    Without prices the windows stay as they are.
    """
    if prices is None:
        return windows
    price = prices.means(nanoseconds(windows.index) / SECOND, WINDOW_S)
    known = np.isfinite(price)
    electricity = (
        windows["electricity_kwh"].to_numpy("float64")
        if "electricity_kwh" in windows
        else np.zeros(len(windows))
    )
    return windows.assign(
        **{
            COST: electricity * np.where(known, price, 0.0),
            PRICED: np.where(known, electricity, 0.0),
        }
    )
