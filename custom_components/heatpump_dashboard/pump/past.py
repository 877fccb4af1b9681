"""How far back the past of a heat pump has been read."""

from dataclasses import dataclass
from datetime import datetime

type Span = tuple[datetime, datetime]


@dataclass(frozen=True, slots=True)
class History:
    """How far back the past has been read.

    `since`: from when on it can be looked at, None before the first readings.
    `begun`: where reading it backwards began.
    `wanted`: how far back it is going to be read, None while that is not known.
    `complete`: all that can be looked at has been read.
    `whole`: also what only the sums of the last month are made of.
    `holes`: spans that could not be read, oldest first.
    `empty`: spans in which there is nothing to be read.
    """

    since: datetime | None = None
    begun: datetime | None = None
    wanted: datetime | None = None
    complete: bool = False
    whole: bool = False
    holes: tuple[Span, ...] = ()
    empty: tuple[Span, ...] = ()

    @property
    def progress(self) -> float:
        """Return how much of what can be looked at has been read, 0 … 1."""
        if self.complete:
            return 1.0
        if self.since is None or self.begun is None or self.wanted is None:
            return 0.0
        all_s = self._to_read_s(self.wanted, self.begun)
        read_s = self._to_read_s(self.since, self.begun)
        return min(max(read_s / all_s, 0.0), 1.0) if all_s > 0 else 0.0

    def _to_read_s(self, start: datetime, stop: datetime) -> float:
        """Return how much of a span there is to be read, s."""
        nothing_s = (
            (min(end, stop) - max(begin, start)).total_seconds()
            for begin, end in self.empty
        )
        whole_s = (stop - start).total_seconds()
        return whole_s - sum(seconds for seconds in nothing_s if seconds > 0)
