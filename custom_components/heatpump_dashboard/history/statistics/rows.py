"""The rows that hours are in statistics, and what of them is to be written."""

from dataclasses import dataclass, field
from typing import Final

import numpy as np
import pandas as pd

from ...analysis.figures import has_cost
from ...analysis.prices import COST, Prices, with_cost
from ...analysis.samples import SECOND, Floats, nanoseconds
from ...pump.hours import HOUR_S
from ..month import DECIMALS

# kWh, units of the currency, and kelvin: what differs less is the same.
_LEAST_SUM: Final = 1e-3
_LEAST_MEAN: Final = 5e-3


@dataclass(frozen=True, slots=True, eq=False)
class Rows:
    """Rows of a statistic: when each hour begins (s since 1970), and its values.

    `values`: a row per hour; its sum, or its mean, minimum and maximum.
    """

    starts: Floats
    values: Floats

    def of(self, wanted: np.ndarray) -> Rows:
        """Return some of the rows."""
        return Rows(self.starts[wanted], self.values[wanted])


@dataclass(frozen=True, slots=True, eq=False)
class Edit:
    """What is to be done so that a span is as it should be.

    `write`: rows to be written. `forget`: hours to be removed. `lift`: what is to be
    added to all sums after the span.
    """

    write: Rows
    forget: Floats = field(default_factory=lambda: np.empty(0))
    lift: float = 0.0

    def __bool__(self) -> bool:
        """Return whether there is anything to be done."""
        return bool(len(self.write.starts) or len(self.forget) or self.lift)


def changes_of(hours: pd.DataFrame, column: str, prices: Prices | None) -> Rows:
    """Return what each hour adds to a growing total, of a column of the ledger or COST.

    NaN of an hour that has electricity of which no cost is told, see `has_cost`.
    """
    starts = nanoseconds(hours.index) / SECOND
    if column != COST:
        # Of an hour whose readings are gone its entities' own statistics may tell it.
        either = hours.reindex(columns=[column, f"counted_{column}"]).fillna(0.0)
        return Rows(starts, either.to_numpy("float64").sum(axis=1))
    if prices is None:
        return Rows(starts, np.full(len(starts), np.nan))
    priced = with_cost(hours, prices, HOUR_S)
    costs = priced[COST].to_numpy("float64")
    return Rows(starts, np.where(has_cost(priced), costs, np.nan))


def means_of(hours: pd.DataFrame, metric: str) -> Rows:
    """Return mean, minimum and maximum of the hours in which a metric is known."""
    columns = [f"{metric}|{what}" for what in ("sum", "min", "max", "s")]
    total, low, high, known_s = hours.reindex(columns=columns).to_numpy("float64").T
    known = known_s > 0
    mean = np.divide(total, known_s, out=np.full(len(total), np.nan), where=known)
    # An hour into which a reading holds may have none of its own.
    values = np.stack([mean, np.fmin(low, mean), np.fmax(high, mean)], axis=1)
    return Rows(nanoseconds(hours.index) / SECOND, values).of(known)


def filled(changes: Rows, had: Rows, base: float) -> Rows:
    """Return changes in which those that are not known are as they were written.

    Hours of which nothing was written are left out. `had`: the sums that are there,
    `base`: the one before them.
    """
    unknown = np.isnan(changes.values)
    written = np.isin(changes.starts, had.starts)
    before = np.diff(had.values[:, 0], prepend=base)
    values = changes.values.copy()
    kept = unknown & written
    values[kept] = before[np.searchsorted(had.starts, changes.starts[kept])]
    return Rows(changes.starts, values).of(~unknown | written)


def sums_edit(had: Rows, changes: Rows, level: float) -> tuple[Edit, float]:
    """Return what makes the sums of a span grow by these changes, up to a level.

    And the level before it. Where what is there is right but for a constant, that is
    added to what follows, which is one step of the recorder rather than thousands.
    """
    after = changes.values[::-1].cumsum()[::-1] - changes.values
    sums = np.round(level - after, DECIMALS)
    before = level - float(changes.values.sum())
    wanted = Rows(changes.starts, sums[:, None])
    if len(wanted.starts) and np.array_equal(had.starts, wanted.starts):
        off = (had.values - wanted.values)[:, 0]
        if np.ptp(off) <= _LEAST_SUM:
            lift = float(off.mean())
            if abs(lift) <= _LEAST_SUM:
                return Edit(wanted.of(off > np.inf)), before
            return Edit(wanted.of(off > np.inf), lift=lift), before + lift
    return _edit(had, wanted, _LEAST_SUM), before


def means_edit(had: Rows, wanted: Rows) -> Edit:
    """Return what makes the means of a span these."""
    rounded = Rows(wanted.starts, np.round(wanted.values, DECIMALS))
    return _edit(had, rounded, _LEAST_MEAN)


def is_off(level: float) -> bool:
    """Return whether a sum that should be 0 is not."""
    return abs(level) > _LEAST_SUM


def _edit(had: Rows, wanted: Rows, least: float) -> Edit:
    """Return what makes the rows that are there the wanted ones."""
    there = np.isin(wanted.starts, had.starts)
    places = np.searchsorted(had.starts, wanted.starts[there])
    same = np.zeros(len(wanted.starts), bool)
    near = np.abs(had.values[places] - wanted.values[there]) <= least
    same[there] = near.all(axis=1)
    gone = had.starts[~np.isin(had.starts, wanted.starts)]
    return Edit(wanted.of(~same), gone)
