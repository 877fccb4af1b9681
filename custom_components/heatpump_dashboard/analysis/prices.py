"""What electricity costs: the price in force in each window."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final, Self

import numpy as np
import pandas as pd

from ..const import MOST_PRICE
from .hourly import ELECTRICITY
from .quarters import QUARTER_S, QUARTERS, all_quarters
from .samples import SECOND, Flags, Floats, Integers, nanoseconds
from .times import WINDOW_S

COST: Final = "cost"
PRICED: Final = "priced_kwh"
_HOUR_S: Final = 3600.0
# So many steps of a window are kept as they are; more become their mean.
_STEPS_KEPT: Final = 2


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
        """Return the prices of steps (time, price) in any order, None = not known.

        A price that cannot be one (not finite, beyond `MOST_PRICE`) is not known.
        """
        ordered = sorted(steps, key=lambda step: step[0])
        times = np.array([time for time, _ in ordered], dtype=np.float64)
        values = np.array([value for _, value in ordered], dtype=np.float64)
        values[~(np.abs(values) <= MOST_PRICE)] = np.nan
        return cls(times, values).compact(whole=True)

    @classmethod
    def fixed(cls, value: float) -> Self:
        """Return a price that never changes."""
        return cls.of([(0.0, value)])

    def then(self, time: float, value: float | None) -> Self:
        """Return these prices with one more that is in force from `time` on.

        What is told several times a second counts as it was last told in it. As quick
        with years of steps before it as with none: only the last of them are looked at.
        """
        time = float(np.floor(time))
        kept = int(np.searchsorted(self.times, time))
        cls = type(self)
        one = cls.of([(time, value)])
        # A window that is over has no more steps than are needed to say its mean. It is
        # the last one with a step, and begins with the price of the step before it.
        window = self.times[kept - 1] // WINDOW_S * WINDOW_S if kept else 0.0
        first = max(int(np.searchsorted(self.times, window)) - 1, 0)
        over = cls(self.times[first:kept], self.values[first:kept]).compact(before=time)
        return cls(
            np.concatenate([self.times[:first], over.times, one.times]),
            np.concatenate([self.values[:first], over.values, one.values]),
        )

    def followed_by(self, later: Self) -> Self:
        """Return these prices up to the first of others, and those from then on."""
        if not later.times.size:
            return self
        kept = self.times < later.times[0]
        return type(self)(
            np.append(self.times[kept], later.times),
            np.append(self.values[kept], later.values),
        )

    def since(self, moment: float) -> Self:
        """Return the prices in force from a moment on."""
        first = max(int(np.searchsorted(self.times, moment, side="right")) - 1, 0)
        return type(self)(self.times[first:], self.values[first:])

    def compact(self, *, before: float = np.inf, whole: bool = False) -> Self:
        """Return prices with the same mean in every window, in few steps a window.

        The last window with a step is left as it is, unless it ends by `before`.
        Only that one is looked at, unless the `whole` is.
        """
        if len(self.times) <= _STEPS_KEPT:
            return self
        windows = np.floor(self.times / WINDOW_S)
        last = windows[-1]
        counts: dict[float, int] = {}
        if whole:
            found, numbers = np.unique(windows[windows < last], return_counts=True)
            counts = dict(zip(found.tolist(), numbers.tolist(), strict=True))
        if (last + 1) * WINDOW_S <= before < np.inf:
            counts[float(last)] = int((windows == last).sum())
        many = np.array(sorted(w for w, n in counts.items() if n > _STEPS_KEPT))
        return self._averaged(windows, many) if many.size else self

    def _averaged(self, windows: Floats, many: Floats) -> Self:
        """Return prices with one step for each of many windows, and one behind it."""
        starts = many * WINDOW_S
        ends = self.values[np.searchsorted(windows, many, side="right") - 1]
        others = ~np.isin(windows, many)
        times = np.concatenate([self.times[others], starts, starts + WINDOW_S])
        values = np.concatenate(
            [self.values[others], self.means(starts, WINDOW_S), ends]
        )
        # Of two at the same time the first is the one that was told.
        times, first = np.unique(times, return_index=True)
        return type(self)(times, values[first])

    def change_within(self, starts: Floats, seconds: float) -> Flags:
        """Return in which spans of time, ascending or not, the price changes."""
        first = np.searchsorted(self.times, starts, side="right")
        changes: Flags = np.searchsorted(self.times, starts + seconds) > first
        return changes

    def means(self, starts: Floats, seconds: float) -> Floats:
        """Return the mean price of spans of time, of the part in which it is known.

        A price that changes within a window, or is told some seconds after it came
        into force, counts for as long as it lasted. NaN where none is known.
        """
        # There may be years of them before.
        asked = self.since(float(starts.min(initial=np.inf)))
        known = np.isfinite(asked.values)
        amounts = np.where(known, asked.values, 0.0)
        if known.all() and known.size:
            # As it nearly always is: of years that is half of the work.
            (paid,) = _integrals(asked.times, (amounts,), starts, seconds)
            lasted = starts + seconds - np.maximum(starts, asked.times[0])
        else:
            steps = amounts, known.astype(np.float64)
            paid, lasted = _integrals(asked.times, steps, starts, seconds)
        means = np.full(len(starts), np.nan)
        np.divide(paid, lasted, out=means, where=lasted > 0)
        return means


def with_cost(
    windows: pd.DataFrame, prices: Prices | None, seconds: float = WINDOW_S
) -> pd.DataFrame:
    """Return windows of the ledger, of so many seconds, with what their electricity cost.

    Adds `cost` (currency units), electricity × the mean price in force in the window,
    and `priced_kwh`, the electricity of which the price is known; both are additive.
    Of hours, see `costs_of_hours`. Without prices the windows stay as they are.
    """
    if prices is None:
        return windows
    starts = nanoseconds(windows.index) / SECOND
    electricity = _electricity(windows)
    if seconds == _HOUR_S:
        quarters = windows.reindex(columns=list(QUARTERS)).to_numpy("float64")
        paid, priced = costs_of_hours(starts, electricity, quarters, prices)
    else:
        paid, priced = _costs(electricity, prices.means(starts, seconds))
    return windows.assign(**{COST: paid, PRICED: priced})


def costs_of_hours(
    starts: Floats, electricity: Floats, quarters: Floats, prices: Prices
) -> tuple[Floats, Floats]:
    """Return what hours cost, and their electricity of which the price is known.

    `starts`: s since 1970; `electricity`: kWh of each; `quarters`: a row of `QUARTERS`
    for each, NaN where they are not kept. An hour in which the price changes is paid by
    its quarters; one whose quarters are not kept by the mean price of it.
    """
    paid, priced = np.zeros(len(starts)), np.zeros(len(starts))
    apart = prices.change_within(starts, _HOUR_S) & np.isfinite(quarters).all(axis=1)
    if not apart.all():
        means = prices.means(starts[~apart], _HOUR_S)
        paid[~apart], priced[~apart] = _costs(electricity[~apart], means)
    if apart.any():
        kwh = all_quarters(electricity[apart], quarters[apart])
        begins = starts[apart][:, None] + QUARTER_S * np.arange(kwh.shape[1])
        means = prices.means(begins.ravel(), QUARTER_S).reshape(kwh.shape)
        of_quarters = (sums.sum(axis=1) for sums in _costs(kwh, means))
        paid[apart], priced[apart] = of_quarters
    return paid, priced


def _electricity(windows: pd.DataFrame) -> Floats:
    """Return what of windows costs, kWh."""
    paid_for = windows.reindex(columns=list(ELECTRICITY)).fillna(0.0)
    kwh: Floats = paid_for.to_numpy("float64").sum(axis=1)
    return kwh


def _costs(kwh: Floats, price: Floats) -> tuple[Floats, Floats]:
    """Return what energies cost, and those of them whose price is known."""
    known = np.isfinite(price)
    return kwh * np.where(known, price, 0.0), np.where(known, kwh, 0.0)


def _integrals(
    times: Floats, functions: Iterable[Floats], starts: Floats, seconds: float
) -> list[Floats]:
    """Return the integrals over each span of step functions that change at `times`."""
    if not times.size:
        return [np.zeros(len(starts)) for _ in functions]
    edges = starts, starts + seconds
    # To look them up takes longest: once for all functions.
    places = [np.searchsorted(times, edge, side="right") - 1 for edge in edges]

    def until(values: Floats, sums: Floats, step: Integers, moments: Floats) -> Floats:
        at = np.maximum(step, 0)
        total: Floats = sums[at] + values[at] * (moments - times[at])
        return np.where(step < 0, 0.0, total)

    found = []
    for values in functions:
        sums = np.concatenate([[0.0], np.cumsum(values[:-1] * np.diff(times))])
        begin, end = (
            until(values, sums, *each) for each in zip(places, edges, strict=True)
        )
        found.append(end - begin)
    return found
