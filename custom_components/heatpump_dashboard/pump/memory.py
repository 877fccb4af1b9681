"""What is remembered of one heat pump: its last readings, and windows before them."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from types import MappingProxyType
from typing import Final

import pandas as pd

from ..analysis.align import (
    ENDED,
    INSTANT,
    align,
    aligned_frame,
    in_force,
    still_in_force,
)
from ..analysis.differences import with_differences
from ..analysis.equipment import Equipment
from ..analysis.events import Event, events, events_from
from ..analysis.limits import limits
from ..analysis.moments import moments
from ..analysis.power import Operation, operation_of
from ..analysis.readings import choose_series, clean, series_of_then
from ..analysis.renamed import Renamed
from ..analysis.rhythm import Rhythm, Told, pace, rhythm, told_on_change
from ..analysis.states import forget_states, join_states, no_states, states
from ..analysis.times import WINDOW_S
from ..analysis.windows import extremes, join_windows, ledger_of
from ..profiles import METRICS, Profile, SeriesRule
from .limits import CONTEXT, FRESH, LEDGER_KEPT, READINGS_KEPT, STALE, WINDOWS_KEPT
from .tables import (
    after,
    anchor,
    first_change,
    head_of,
    kept_from,
    merge,
    no_rows,
    put_before,
    reaching,
    replace_tail,
    rows_before,
    rows_from,
)

_WINDOW: Final = f"{WINDOW_S}s"
# The present is told from this much of the past.
_PRESENT: Final = pd.Timedelta(hours=1)
# Between the first reading whose context is known and the first that may change.
_MARGIN: Final = pd.Timedelta(minutes=10)


@dataclass(frozen=True, slots=True)
class Records:
    """All that is remembered at one moment; never changed, only replaced.

    `stored`: clean, of the last 48 h and the context before them, one row per moment
    with what was read then.
    `readings`: the same as rows that hold, see `align`.
    `rhythm`: how often each metric is read.
    `ledger`: additive sums, one row per window of 300 s that has any, of two months.
    `extremes`: what the readings of each window were, of one month.
    `rules`: the series that each metric comes from.
    `states`: what was on in that month.
    `events`: the changes of these states.
    `operation`: what the heat pump did at the readings of at least the last hour, None
    before the first reading.
    `since`: from when on the ledger is complete, None before the first readings were
    taken in.
    `revision`: grows with every change.
    """

    stored: pd.DataFrame
    readings: pd.DataFrame
    ledger: pd.DataFrame
    extremes: pd.DataFrame
    rules: Mapping[str, SeriesRule]
    states: pd.DataFrame = field(default_factory=no_states)
    events: tuple[Event, ...] = ()
    operation: Operation | None = None
    rhythm: Rhythm = Rhythm()
    since: pd.Timestamp | None = None
    revision: int = 0

    @property
    def last(self) -> pd.Timestamp | None:
        """Return the time of the last reading."""
        return self.stored.index[-1] if len(self.stored) else None

    @property
    def fresh(self) -> timedelta:
        """Return the age up to which the last reading is the present."""
        return max(FRESH, timedelta(seconds=self.rhythm.quiet_s))

    @property
    def stale(self) -> timedelta:
        """Return the age of the last reading from which on nothing is known any more."""
        return max(STALE, self.fresh)

    @property
    def metrics(self) -> tuple[str, ...]:
        """Return the metrics that have had a valid value, in the usual order."""
        return tuple(m for m in METRICS if m in self.rules or m in self.stored)


class PumpMemory:
    """Takes in what a source has, in any pieces, and keeps it as windows.

    Each reading and the next are a pair, counted where its first reading is. So
    pieces can be added at either end, in any order, with the same sums as from one
    load. Its methods are for one executor job at a time; `records` may be read at any
    time.
    """

    def __init__(self, profile: Profile, equipment: Equipment) -> None:
        """Begin with nothing known."""
        self._profile = profile
        self._equipment = equipment
        self._limits = limits(equipment)
        self._readings_from: pd.Timestamp | None = None
        self._told = Told()
        self._renamed = Renamed(profile)
        # The first readings of what is known, for the pair that ends with them.
        self._head: pd.DataFrame = no_rows()
        none = no_rows()
        self.records = Records(none, none, none, none, MappingProxyType({}))

    def take_in(self, raw: pd.DataFrame, start: datetime, now: datetime) -> bool:
        """Take in stored values, also older ones that came late; say if any is news.

        Repeated rows change nothing, a changed row replaces the one known. The first
        call says how far back the readings go: `start` is `CONTEXT` before the first
        that counts. Later, rows too old to be put between what is still known are
        left out, and rows that are no longer stored stay known.
        """
        raw = self._renamed.without_older(raw)
        records, rules = self.records, self._choose(raw)
        fresh = clean(raw, rules, self._limits, ended=ENDED)
        if fresh.columns.empty:
            # Nothing has had a valid value yet: these are no readings.
            fresh = fresh.iloc[:0]
        if records.since is None:
            first = pd.Timestamp(start)
            self._tell(told_on_change(fresh, first))
            fresh = in_force(fresh, first, Rhythm(on_change=self._told.on_change))
            records = self._begin(records, start)
        fresh = fresh[fresh.index >= self._earliest(records)]
        fresh = self._moments(fresh, records.stored, records.rhythm)
        changed = first_change(records.stored, fresh)
        if changed is None:
            self.records = replace(records, rules=rules)
            return False
        stored = merge(records.stored, fresh)
        found = self._rhythm(stored, records)
        if found.holds_otherwise_than(records.rhythm):
            changed = max(self._earliest(records), stored.index[0])
        records = replace(records, stored=stored, rules=rules, rhythm=found)
        records = self._recompute(records, changed)
        # Not by our clock alone: put forward, it would make us forget what is known.
        latest = records.stored.index[-1] + CONTEXT
        self.records = self._forget(records, min(pd.Timestamp(now), latest))
        return True

    def add_past(
        self,
        raw: pd.DataFrame,
        start: datetime,
        stop: datetime,
        *,
        sums_only: bool = False,
    ) -> None:
        """Add the past before what is known: pairs that begin in start ≤ time < stop.

        `raw` holds the stored values from `CONTEXT` before `start` to `stop`. What is
        known already changes nothing. With `sums_only` the ledger is all that is kept
        of it. Raises ValueError where a hole would be left.
        """
        records = self.records
        if records.since is None or pd.Timestamp(stop) < records.since:
            raise ValueError("The past is added backwards, without holes")
        first = pd.Timestamp(start).ceil(_WINDOW)
        if first >= records.since:
            return
        if len(raw) and not len(rows_from(records.stored, records.since)):
            self._begin_again(raw, start, stop)
            return
        raw = self._renamed.without_older(raw)
        rules = self._choose(raw)
        then = series_of_then(raw, self._profile, rules, self._limits)
        before = clean(raw, then, self._limits, ended=ENDED)
        before = before[before.index < records.since]
        begin = pd.Timestamp(start) - CONTEXT
        self._tell(told_on_change(before, begin))
        found = rhythm(before, records.rhythm, self._told)
        before = self._moments(in_force(before, begin, found), no_rows(), found)
        frame = pd.concat([before, self._known_head(records)])
        operation = operation_of(align(frame, found), self._equipment)
        longer = replace(
            records,
            ledger=put_before(
                ledger_of(operation, first, records.since), records.ledger
            ),
            rules=rules,
            since=first,
            revision=records.revision + 1,
        )
        if not sums_only:
            longer = self._with_past(longer, operation, records.since)
        self._head = head_of(frame[frame.index >= first])
        all_told = sums_only and _is_told(records)
        self.records = longer if all_told else _with_events(longer)

    def _begin_again(self, raw: pd.DataFrame, start: datetime, stop: datetime) -> None:
        """Begin with an older past, as nothing has been read since the first load.

        Its last reading is then what the next is compared with, and has its context.
        """
        none, known = no_rows(), self.records
        self.records = Records(
            none, none, none, none, known.rules, revision=known.revision
        )
        try:
            self.take_in(raw, start - CONTEXT, stop)
        except BaseException:
            self.records = known
            raise

    def _with_past(
        self, records: Records, operation: Operation, stop: pd.Timestamp
    ) -> Records:
        """Return what is known with extremes and states from its beginning to `stop`."""
        assert records.since is not None
        readings = rows_before(aligned_frame(operation.samples), stop)
        shown = extremes(with_differences(rows_from(readings, records.since)))
        earlier = rows_before(self._states(operation, records.since), stop)
        return replace(
            records,
            extremes=join_windows(shown, records.extremes),
            states=join_states(earlier, records.states),
        )

    def _choose(self, raw: pd.DataFrame) -> Mapping[str, SeriesRule]:
        """Return the series of the metrics; one that was chosen stays."""
        chosen = choose_series(raw, self._profile, self.records.rules, self._limits)
        entities = frozenset(name for name, rule in chosen.items() if rule.is_entity)
        self._told = replace(self._told, entities=entities)
        return MappingProxyType(dict(chosen))

    def _tell(self, in_force: frozenset[str]) -> None:
        """Remember metrics of which the source gave the value in force."""
        told = self._told.in_force | in_force - self._told.entities
        self._told = replace(self._told, in_force=told)

    def _rhythm(self, stored: pd.DataFrame, records: Records) -> Rhythm:
        """Return how often things are read; whether on change is asked once an hour."""
        hour = stored.index[-1].floor("h")
        same = records.stored.columns.equals(stored.columns)
        if same and hour == records.stored.index[-1].floor("h"):
            return pace(stored, records.rhythm)
        return rhythm(stored, records.rhythm, self._told)

    def _moments(
        self, fresh: pd.DataFrame, known: pd.DataFrame, found: Rhythm
    ) -> pd.DataFrame:
        """Return one row per moment of what was read."""
        if not len(known):
            found = rhythm(fresh, found, self._told)
        return moments(
            fresh, known, quickest_s=found.quickest_s, on_change=found.on_change
        )

    def _begin(self, records: Records, start: datetime) -> Records:
        """Fix from when on readings count."""
        self._readings_from = pd.Timestamp(start) - INSTANT
        since = pd.Timestamp(start + CONTEXT).ceil(_WINDOW)
        return replace(records, since=since, revision=records.revision + 1)

    def _earliest(self, records: Records) -> pd.Timestamp:
        """Return the time before which a new row can no longer be put in.

        How long a row holds follows from the hour before it, which is not in memory
        for the oldest of the readings: a row that came late into that hour could not
        be computed as the others were. So later rows count only after that hour, and
        a little more, as the windows that a row changes begin before it. While the
        past is still being read back, the readings begin where `since` is, and what
        lies before that comes with the past.
        """
        assert self._readings_from is not None
        if not len(records.stored):
            return self._readings_from
        if self._is_open(records):
            assert records.since is not None
            return records.since
        return self._readings_from + CONTEXT + _MARGIN

    def _is_open(self, records: Records) -> bool:
        """Return whether the past before the readings is still to be read."""
        assert records.since is not None and self._readings_from is not None
        return records.since >= self._readings_from + CONTEXT

    def _whole_from(self, records: Records) -> pd.Timestamp:
        """Return from when on windows can be made of the readings in memory alone."""
        assert records.since is not None and self._readings_from is not None
        context = (self._readings_from + CONTEXT).ceil(_WINDOW)
        return records.since if self._is_open(records) else max(records.since, context)

    def _recompute(self, records: Records, changed: pd.Timestamp) -> Records:
        """Compute again all that a changed reading can have an effect on.

        A changed reading changes what the reading before it says too: how long that
        one holds, whether there was a start between them, what a counter counted.
        Therefore the windows from that earlier reading on (`anchor`) are made again:
        `edge` is the window that it lies in. To make the first of these windows whole,
        in turn, the readings that reach into it are needed: from `first` on, with an
        hour of context before that, from which holds follow.
        """
        assert records.since is not None
        readings = records.readings
        edge = max(anchor(readings, changed).floor(_WINDOW), self._whole_from(records))
        first = max(anchor(readings, edge), records.since)
        recent = min(first, records.stored.index[-1] - _PRESENT)
        around = still_in_force(records.stored, recent - CONTEXT, records.rhythm)
        operation = operation_of(align(around, records.rhythm), self._equipment)
        fresh = aligned_frame(operation.samples)
        new = replace(
            records,
            readings=replace_tail(readings, fresh, edge) if len(readings) else fresh,
            ledger=replace_tail(
                records.ledger, ledger_of(operation, first, after(fresh)), edge
            ),
            extremes=replace_tail(
                records.extremes,
                extremes(with_differences(reaching(fresh, edge, records.since))),
                edge,
            ),
            states=join_states(
                rows_before(records.states, edge), self._states(operation, edge)
            ),
            operation=operation,
            revision=records.revision + 1,
        )
        # What follows from the states of before has not changed.
        quiet = max(len(records.states), len(new.states)) == len(
            rows_before(records.states, edge)
        )
        return new if quiet else _with_events(new)

    def _states(self, operation: Operation, start: pd.Timestamp) -> pd.DataFrame:
        """Return the states from `start` on."""
        latched = self._profile.alarm_rule == "latched"
        return states(operation, self._equipment, start, latched_alarm=latched)

    def _forget(self, records: Records, now: pd.Timestamp) -> Records:
        """Drop what is too old, but not what the next reading will be compared with.

        The last reading whose states and counters are valid stays, with its context,
        however old it is: after days of silence the next one shows whether the
        compressor started and what the counters counted meanwhile.
        """
        assert self._readings_from is not None
        last = anchor(records.readings, after(records.stored))
        oldest = min(now - READINGS_KEPT, last) - CONTEXT
        if self._is_open(records):
            self._head = self._known_head(records)
        self._readings_from = max(self._readings_from, oldest)
        month = (now - WINDOWS_KEPT).floor(_WINDOW)
        first = (now - LEDGER_KEPT).floor(_WINDOW)
        assert records.since is not None
        return replace(
            records,
            since=max(records.since, first),
            stored=kept_from(records.stored, oldest, records.rhythm),
            readings=rows_from(records.readings, oldest),
            ledger=rows_from(records.ledger, first),
            extremes=rows_from(records.extremes, month),
            states=forget_states(records.states, month),
            events=events_from(records.events, month),
        )

    def _known_head(self, records: Records) -> pd.DataFrame:
        """Return the first readings of what is known, as they are now."""
        assert records.since is not None
        if self._is_open(records):
            return head_of(rows_from(records.stored, records.since))
        return self._head


def _with_events(records: Records) -> Records:
    """Return what is known with the events that follow."""
    return replace(records, events=events(records.states, records.ledger))


def _is_told(records: Records) -> bool:
    """Return whether sums of a farther past change no event: all of a run is known."""
    if records.states.empty or records.ledger.empty:
        return records.states.empty
    whole = records.ledger.index[0] + pd.Timedelta(_WINDOW)
    return bool(whole <= records.states.index[0])
