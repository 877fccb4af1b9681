"""One heat pump: what it is, what is known of it, and what follows from that."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta, tzinfo
from typing import Any

import pandas as pd

from ..analysis.basis import FigureBasis, basis
from ..analysis.capabilities import Capabilities
from ..analysis.counters import coarse_counts
from ..analysis.equipment import Equipment
from ..analysis.period_figures import PeriodFigures
from ..analysis.prices import Prices
from ..const import CONF_IN_OPERATION_SINCE, CONF_PRICE
from ..profiles import Profile
from .limits import EARLY, SHOWN_FROM
from .memory import PumpMemory, Records
from .now import present
from .past import History, Span
from .present import Present
from .tables import join


class HeatPump:
    """Takes readings in, and gives the present and the figures of any period.

    `profile`: its brand.
    `equipment`: its construction and its settings; `settings`: all of these as stored.
    `prices`: what electricity costs, None where nothing says it.
    `history`: how far back its past has been read.
    `first_reading`: the oldest that its source has, None as long as nobody asked.
    `ahead`: how far in the future the newest reading is stamped, while it waits for
    its time; None where there is none.

    What takes readings in is slow, and for one executor job at a time; everything may
    be looked at meanwhile, as records are never changed but replaced.
    """

    def __init__(self, profile: Profile, settings: Mapping[str, Any]) -> None:
        """Begin without readings. `settings`: the data of its subentry."""
        fixed = settings.get(CONF_PRICE)
        self.profile = profile
        self.settings = settings
        self.equipment = Equipment.of(profile, settings)
        self.prices = None if fixed is None else Prices.fixed(fixed)
        self.history = History()
        self.first_reading: datetime | None = None
        self.ahead: timedelta | None = None
        self._memory = PumpMemory(profile, self.equipment)

    @property
    def records(self) -> Records:
        """Return all that is known at this moment."""
        return self._memory.records

    @property
    def first_known(self) -> datetime | None:
        """Return the time of the oldest reading, as far as that is known."""
        since = self.records.since
        if self.first_reading is not None or since is None or self.records.last is None:
            return self.first_reading
        return since.to_pydatetime()

    @property
    def in_operation_since(self) -> date | None:
        """Return its first day, where the readings before it are another one's."""
        day = self.settings.get(CONF_IN_OPERATION_SINCE)
        return None if day is None else date.fromisoformat(day)

    @property
    def basis(self) -> FigureBasis:
        """Return what its figures rest on now."""
        return basis_of(self.records, self.equipment)

    @property
    def capabilities(self) -> Capabilities:
        """Return what its brand can report."""
        return self._capabilities(self.profile.metrics)

    @property
    def seen(self) -> Capabilities:
        """Return what it has reported."""
        return self._capabilities(self.records.metrics)

    def load(
        self,
        frames: Sequence[pd.DataFrame],
        start: datetime,
        now: datetime,
        *,
        looked_ahead: bool = False,
    ) -> None:
        """Take in the first readings, from `start` on, in spans that follow one another.

        `looked_ahead`: the last of them holds the hours to come, see `take_in`.
        """
        self.take_in(join(frames), start, now, looked_ahead=looked_ahead)
        since = self.records.since
        begun = None if since is None else since.to_pydatetime()
        self.history = History(begun, begun)

    def take_in(
        self,
        raw: pd.DataFrame,
        start: datetime,
        now: datetime,
        *,
        looked_ahead: bool = False,
    ) -> bool:
        """Take in stored values, also older ones that came late; say if any is news.

        `start`: from when on readings are kept, counts in the first call only.

        What is stamped later than now waits until its time has come: then it is read
        again. Where our own clock was put back, readings go on after the last one
        all the same. `looked_ahead`: `raw` would hold what is stamped later than now.
        """
        limit = pd.Timestamp(now) + EARLY
        last = self.records.last
        if last is not None and last - now > self.records.fresh:
            limit = last + EARLY
        later = raw.index[raw.index > limit]
        if looked_ahead:
            # A single one is a slip, not a clock.
            self.ahead = later[-1] - now if len(later) > 1 else None
        on_time = raw[raw.index <= limit] if len(later) else raw
        is_news = self._memory.take_in(on_time, start, now)
        self._forget()
        return is_news

    def add_hole(self, hole: Span) -> None:
        """Remember a span that cannot be read."""
        holes = tuple(sorted({*self.history.holes, hole}))
        self.history = replace(self.history, holes=holes)

    def add_past(
        self,
        raw: pd.DataFrame,
        start: datetime,
        stop: datetime,
        *,
        sums_only: bool = False,
    ) -> None:
        """Add what lies before all that is known; see `PumpMemory.add_past`."""
        self._memory.add_past(raw, start, stop, sums_only=sums_only)

    def present(self, now: datetime, zone: tzinfo) -> Present:
        """Return the present at the poll of `now`; days are those of the time zone."""
        # One look at the records: they may be replaced by ones that go back farther.
        whole, records = self.history.whole, self.records
        figures = self._figures(records, whole=whole)
        told = present(records, figures, self.profile, self.equipment, now, zone)
        return replace(told, clock_ahead_s=self._ahead_s(records, now))

    def figures(self) -> PeriodFigures:
        """Return what gives the figures of any period."""
        whole, records = self.history.whole, self.records
        return self._figures(records, whole=whole)

    def _forget(self) -> None:
        """Have the history begin later, as what is too old to be looked at is dropped."""
        last, since = self.records.last, self.history.since
        if not self.history.whole or last is None or since is None:
            return
        shown = (last - SHOWN_FROM).floor("h").to_pydatetime()
        if shown > since:
            self.history = replace(self.history, since=shown)

    def _ahead_s(self, records: Records, now: datetime) -> float | None:
        """Return how far ahead readings are stamped, s; None where they are not."""
        ahead = self.ahead
        if records.last is not None and records.last - now > EARLY:
            ahead = max(records.last - now, ahead or timedelta())
        return None if ahead is None else round(ahead.total_seconds())

    def _figures(self, records: Records, *, whole: bool) -> PeriodFigures:
        since, last = records.since, records.last
        return PeriodFigures(
            ledger=records.ledger,
            basis=basis_of(records, self.equipment),
            prices=self.prices,
            since=None if since is None else since.to_pydatetime(),
            last=None if last is None else last.to_pydatetime(),
            whole=whole,
            fresh=records.fresh,
        )

    def _capabilities(self, metrics: Collection[str]) -> Capabilities:
        configured = self.equipment.compressor_kw is not None
        return Capabilities(frozenset(metrics), configured)


def basis_of(records: Records, equipment: Equipment) -> FigureBasis:
    """Return what figures rest on that are made of what is remembered."""
    coarse = coarse_counts(records.extremes)
    return basis(records.rules, equipment, records.rhythm.resolution_s, coarse)
