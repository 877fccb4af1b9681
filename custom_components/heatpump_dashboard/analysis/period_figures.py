"""The figures of days, weeks and months, from what is known of a heat pump."""

from dataclasses import dataclass
from datetime import datetime, timedelta, tzinfo
from typing import Any

import pandas as pd

from .basis import FigureBasis
from .figures import totals
from .periods import TODAY, Period, calendar
from .prices import Prices, with_cost
from .times import milliseconds


@dataclass(frozen=True, slots=True, kw_only=True)
class PeriodFigures:
    """What the figures of a period are made of.

    `ledger`: additive sums of windows, UTC index, columns `windows.LEDGER`.
    `basis`: what the figures rest on.
    `prices`: what electricity costs, None where nothing says it.
    `since`: from when on the ledger is complete, None before the first reading.
    `last`: the last reading, None before the first.
    `whole`: no more of the past is going to be read, so what is known is all.
    `fresh`: the age up to which the last reading is the present.
    """

    ledger: pd.DataFrame
    basis: FigureBasis
    prices: Prices | None
    since: datetime | None
    last: datetime | None
    whole: bool
    fresh: timedelta

    def between(self, start: datetime, end: datetime) -> dict[str, Any]:
        """Return the figures of start ≤ time < end; see `totals`."""
        first, last = self.ledger.index.searchsorted([start, end])
        rows = self.ledger.iloc[int(first) : int(last)]
        seconds = max((end - start).total_seconds(), 0.0)
        return totals(with_cost(rows, self.prices), seconds, self.basis)

    def period(self, name: str, now: datetime, zone: tzinfo) -> dict[str, Any]:
        """Return the figures of a period up to the last reading.

        Empty where the past has not been read back to its start; the day so far is
        shown all the same.
        """
        period, last = calendar(now, zone)[name], self.last
        if last is None or not (name == TODAY or self._reaches(period)):
            return {}
        return self.between(period.start, min(period.end, last, now))

    def periods(self, now: datetime, zone: tzinfo) -> dict[str, dict[str, Any]]:
        """Return start and end (ms), whether it is over, and figures of each period.

        One that is not over ends with the present: with the last reading, unless the
        time since then is a gap. `totals` is None where the past has not been read
        back to its start.
        """
        present = self.present(now)
        return {
            name: {
                "start": milliseconds(period.start),
                "end": milliseconds(end := max(min(period.end, present), period.start)),
                "complete": period.end <= now,
                "totals": self.between(period.start, end)
                if self._reaches(period)
                else None,
            }
            for name, period in calendar(now, zone).items()
        }

    def _reaches(self, period: Period) -> bool:
        """Return whether the past is known back to where a period begins."""
        since = self.since
        return since is not None and (self.whole or since <= period.start)

    def present(self, now: datetime) -> datetime:
        """Return the last reading, or now where that is not the present."""
        if self.last is None or now - self.last > self.fresh:
            return now
        return self.last
