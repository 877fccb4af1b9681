"""The figures of days, weeks and months, from what is known of a heat pump."""

from dataclasses import dataclass
from datetime import datetime, tzinfo
from typing import TYPE_CHECKING, Any, Final, Self

from ..analysis.equipment import Equipment
from ..analysis.figures import basis, totals
from ..analysis.periods import TODAY, Period, calendar
from ..analysis.prices import Prices, with_cost
from .memory import Known

if TYPE_CHECKING:
    from ..coordinator import HeatPumpCoordinator

# A last reading older than this, in seconds, is not the present.
_FRESH_S: Final = 300


@dataclass(frozen=True, slots=True, kw_only=True)
class Books:
    """What the figures of a period are made of.

    `whole`: no more of the past is going to be read, so what is known is all.
    """

    known: Known
    equipment: Equipment
    prices: Prices | None
    whole: bool

    @classmethod
    def of(cls, pump: HeatPumpCoordinator) -> Self:
        """Return what is known of a heat pump at this moment."""
        return cls(
            # First, as it may be replaced by one that goes back farther.
            whole=pump.history.whole,
            known=pump.known,
            equipment=pump.equipment,
            prices=pump.prices,
        )

    def between(self, start: datetime, end: datetime) -> dict[str, Any]:
        """Return the figures of start ≤ time < end; see `totals`."""
        known = self.known
        first, last = known.ledger.index.searchsorted([start, end])
        rows = known.ledger.iloc[int(first) : int(last)]
        seconds = max((end - start).total_seconds(), 0.0)
        return totals(
            with_cost(rows, self.prices), seconds, basis(known.rules, self.equipment)
        )

    def period(self, name: str, now: datetime, zone: tzinfo) -> dict[str, Any]:
        """Return the figures of a period up to the last reading.

        Empty where the past has not been read back to its start; the day so far is
        shown all the same.
        """
        period, last = calendar(now, zone)[name], self.known.last
        if last is None or not (name == TODAY or self._reaches(period)):
            return {}
        return self.between(period.start, min(period.end, last.to_pydatetime(), now))

    def periods(self, now: datetime, zone: tzinfo) -> dict[str, dict[str, Any]]:
        """Return start and end (ms), whether it is over, and figures of each period.

        One that is not over ends with the present: with the last reading, unless the
        time since then is a gap. `totals` is None where the past has not been read
        back to its start.
        """
        present = self._present(now)
        return {
            name: {
                "start": _ms(period.start),
                "end": _ms(end := max(min(period.end, present), period.start)),
                "complete": period.end <= now,
                "totals": self.between(period.start, end)
                if self._reaches(period)
                else None,
            }
            for name, period in calendar(now, zone).items()
        }

    def _reaches(self, period: Period) -> bool:
        """Return whether the past is known back to where a period begins."""
        since = self.known.since
        return since is not None and (self.whole or since <= period.start)

    def _present(self, now: datetime) -> datetime:
        last = self.known.last
        if last is None or (now - last).total_seconds() > _FRESH_S:
            return now
        return last.to_pydatetime()


def _ms(moment: datetime) -> int:
    return round(moment.timestamp() * 1000)
