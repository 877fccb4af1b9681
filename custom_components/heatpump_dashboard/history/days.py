"""Adds hours up by the local day that they begin in: what the calendar is made of."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, tzinfo
from typing import Final, Self

import numpy as np
import pandas as pd

from ..analysis.cop import ROWS
from ..analysis.hourly import COUNTED, ELECTRICITY
from ..analysis.prices import COST, PRICED, Prices, costs_of_hours
from ..analysis.quarters import QUARTERS
from ..analysis.samples import SECOND, Floats, Integers, nanoseconds
from ..analysis.windows import LEDGER

# Beside the ledger: hours that there are, and those of which the outdoor temperature
# is known, with the sum of their means.
OUTDOOR_HOURS: Final = "outdoor_hours"
OUTDOOR_DEGREES: Final = "outdoor_degrees"
COLUMNS: Final = (*LEDGER, *COUNTED, ROWS, OUTDOOR_HOURS, OUTDOOR_DEGREES)

_OUTDOOR: Final = ("outdoor_temp|sum", "outdoor_temp|s")
_ELECTRICITY: Final = [COLUMNS.index(name) for name in ELECTRICITY]
_EPOCH: Final = date(1970, 1, 1).toordinal()


@dataclass(frozen=True, slots=True, eq=False)
class DaySums:
    """Local days that hours begin in, in any order; a day may be there in parts.

    `numbers`: of each day, see `number_of`; `sums`: a row per day, of the `columns`.
    `hours_s`: when each hour begins, s since 1970, with its `electricity` (kWh) and that
    of its quarters (a row of `QUARTERS`, NaN where they are not kept), as prices are
    those of hours or of quarters, and the row of its day (`rows`).
    """

    numbers: Integers
    sums: Floats
    hours_s: Floats
    electricity: Floats
    quarters: Floats
    rows: Integers
    columns: Sequence[str] = COLUMNS

    @classmethod
    def of(cls, hours: pd.DataFrame, zone: tzinfo) -> Self:
        """Add up hours (UTC index; columns of the ledger and of what readings were)."""
        added = hours.reindex(columns=[*LEDGER, *COUNTED, *_OUTDOOR]).fillna(0.0)
        values = added.to_numpy("float64")
        total, known_s = values[:, -2], values[:, -1]
        known = known_s > 0
        degrees = np.divide(total, known_s, out=np.zeros(len(values)), where=known)
        extra = np.stack([np.ones(len(values)), known, degrees], axis=1)
        local = pd.DatetimeIndex(hours.index).tz_convert(zone).tz_localize(None)
        numbers, rows = np.unique(
            nanoseconds(local) // (86_400 * SECOND), return_inverse=True
        )
        sums = np.zeros((len(numbers), len(COLUMNS)))
        np.add.at(sums, rows, np.concatenate([values[:, :-2], extra], axis=1))
        hours_s = nanoseconds(hours.index) / SECOND
        electricity = values[:, _ELECTRICITY].sum(axis=1)
        quarters = hours.reindex(columns=list(QUARTERS)).to_numpy("float64")
        return cls(numbers, sums, hours_s, electricity, quarters, rows)

    @classmethod
    def joined(cls, parts: Iterable[Self]) -> Self:
        """Return the days of parts as one, ascending, each once."""
        parts = list(parts)
        every = np.concatenate([part.numbers for part in parts])
        numbers, places = np.unique(every, return_inverse=True)
        sums = np.zeros((len(numbers), len(COLUMNS)))
        np.add.at(sums, places, np.concatenate([part.sums for part in parts]))
        begins = np.cumsum([0, *(len(part.numbers) for part in parts)]).tolist()
        rows = [
            places[part.rows + begin]
            for part, begin in zip(parts, begins, strict=False)
        ]
        return cls(
            numbers,
            sums,
            np.concatenate([part.hours_s for part in parts]),
            np.concatenate([part.electricity for part in parts]),
            np.concatenate([part.quarters for part in parts]),
            np.concatenate(rows),
        )

    def between(self, first: int, stop: int) -> Self:
        """Return the days of first ≤ number < stop."""
        kept = (self.numbers >= first) & (self.numbers < stop)
        if kept.all():
            return self
        of_kept = kept[self.rows]
        return type(self)(
            self.numbers[kept],
            self.sums[kept],
            self.hours_s[of_kept],
            self.electricity[of_kept],
            self.quarters[of_kept],
            (np.cumsum(kept) - 1)[self.rows[of_kept]],
        )

    def with_cost(self, prices: Prices | None) -> Self:
        """Return the days with what their electricity cost, see `costs_of_hours`."""
        if prices is None:
            return self
        of_hours = costs_of_hours(self.hours_s, self.electricity, self.quarters, prices)
        costs = [
            np.bincount(self.rows, weights=weights, minlength=len(self.numbers))
            for weights in of_hours
        ]
        return type(self)(
            self.numbers,
            np.column_stack([self.sums, *costs]),
            self.hours_s,
            self.electricity,
            self.quarters,
            self.rows,
            (*self.columns, COST, PRICED),
        )


def number_of(day: date) -> int:
    """Return the number of a day: 0 is the first one of 1970."""
    return day.toordinal() - _EPOCH
