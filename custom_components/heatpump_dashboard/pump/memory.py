"""What is remembered of one heat pump: its last readings, and windows before them."""

from bisect import bisect_left
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from types import MappingProxyType
from typing import Final

import pandas as pd

from ..analysis.differences import with_differences
from ..analysis.equipment import Equipment
from ..analysis.events import Event, events
from ..analysis.power import Moments, moments
from ..analysis.readings import choose_series, clean
from ..analysis.samples import Samples
from ..analysis.states import forget_states, join_states, no_states, states
from ..analysis.windows import WINDOW_S, extremes, ledger_of
from ..profiles import METRICS, Profile, SeriesRule
from .models import CONTEXT, LEDGER_KEPT, READINGS_KEPT, WINDOWS_KEPT
from .tables import (
    after,
    anchor,
    first_change,
    head_of,
    merge,
    no_rows,
    put_before,
    replace_tail,
    rows_before,
    rows_from,
)

_WINDOW: Final = f"{WINDOW_S}s"
# Between the first reading whose context is known and the first that may change.
_MARGIN: Final = pd.Timedelta(minutes=10)


@dataclass(frozen=True, slots=True)
class Known:
    """All that is remembered at one moment; never changed, only replaced.

    `readings`: clean, of the last 48 h and the context before them. `ledger` and
    `extremes`: one row per window of 300 s that has any, the ledger of up to two
    months, the extremes of one. `states`: what was on in that month, and `events`
    their changes. `since`: from when on the ledger is complete, None before the
    first readings were taken in. `rules`: the
    series each metric comes from. `revision` grows with every change.
    """

    readings: pd.DataFrame
    ledger: pd.DataFrame
    extremes: pd.DataFrame
    rules: Mapping[str, SeriesRule]
    states: pd.DataFrame = field(default_factory=no_states)
    events: tuple[Event, ...] = ()
    since: pd.Timestamp | None = None
    revision: int = 0

    @property
    def last(self) -> pd.Timestamp | None:
        """Return the time of the last reading."""
        return self.readings.index[-1] if len(self.readings) else None

    @property
    def metrics(self) -> tuple[str, ...]:
        """Return the metrics that have had a valid value, in the usual order."""
        return tuple(m for m in METRICS if m in self.rules or m in self.readings)


class PumpMemory:
    """Takes in what a source has, in any pieces, and keeps it as windows.

    A window is the sum of pairs of consecutive readings, and a pair belongs to its
    first reading: so the present can be added to, and the past can be read
    backwards, and the windows are those of one undisturbed load. Its methods are
    for one executor job at a time; `known` may be read at any time.
    """

    def __init__(self, profile: Profile, equipment: Equipment) -> None:
        """Begin with nothing known."""
        self._profile = profile
        self._equipment = equipment
        self._readings_from: pd.Timestamp | None = None
        # The first readings of what is known, for the pair that ends with them.
        self._head: pd.DataFrame = no_rows()
        none = no_rows()
        self.known = Known(none, none, none, MappingProxyType({}))

    def take_in(self, raw: pd.DataFrame, start: datetime, now: datetime) -> bool:
        """Take in the stored values of start ≤ time < now; return whether any is news.

        Repeated rows change nothing, a changed row replaces the one known. The first
        call says how far back the readings go: `start` is `CONTEXT` before the first
        that counts. Later, rows too old to be put between what is still known are
        left out, and rows that are no longer stored stay known.
        """
        known, rules = self.known, self._choose(raw)
        fresh = clean(raw, rules)
        if known.since is None:
            known = self._begin(known, start)
        fresh = fresh[fresh.index >= self._earliest(known)]
        changed = first_change(known.readings, fresh)
        if changed is None:
            self.known = replace(known, rules=rules)
            return False
        known = replace(known, readings=merge(known.readings, fresh), rules=rules)
        known = self._recompute(known, changed)
        self.known = self._forget(known, pd.Timestamp(now))
        return True

    def add_history(
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
        known = self.known
        if known.since is None or pd.Timestamp(stop) < known.since:
            raise ValueError("The past is added backwards, without holes")
        first = pd.Timestamp(start).ceil(_WINDOW)
        if first >= known.since:
            return
        rules = self._choose(raw)
        before = clean(raw, rules)
        before = before[before.index < known.since]
        frame = pd.concat([before, self._known_head(known)])
        moment = moments(Samples.of(frame), self._equipment)
        longer = replace(
            known,
            ledger=put_before(ledger_of(moment, first, known.since), known.ledger),
            rules=rules,
            since=first,
            revision=known.revision + 1,
        )
        if not sums_only:
            longer = self._with_past(longer, moment, frame, known.since)
        self._head = head_of(frame[frame.index >= first])
        all_told = sums_only and _is_told(known)
        self.known = longer if all_told else _with_events(longer)

    def _with_past(
        self, known: Known, moment: Moments, frame: pd.DataFrame, stop: pd.Timestamp
    ) -> Known:
        """Return what is known with extremes and states from its beginning to `stop`."""
        assert known.since is not None
        own = frame[(frame.index >= known.since) & (frame.index < stop)]
        earlier = rows_before(self._states(moment, known.since), stop)
        return replace(
            known,
            extremes=pd.concat([extremes(with_differences(own)), known.extremes]),
            states=join_states(earlier, known.states),
        )

    def _choose(self, raw: pd.DataFrame) -> Mapping[str, SeriesRule]:
        """Return the series of the metrics; one that was chosen stays."""
        chosen = choose_series(raw, self._profile, self.known.rules)
        return MappingProxyType(dict(chosen))

    def _begin(self, known: Known, start: datetime) -> Known:
        """Fix from when on readings count."""
        self._readings_from = pd.Timestamp(start)
        since = pd.Timestamp(start + CONTEXT).ceil(_WINDOW)
        return replace(known, since=since, revision=known.revision + 1)

    def _earliest(self, known: Known) -> pd.Timestamp:
        """Return the time before which a row has too little around it to be judged."""
        assert self._readings_from is not None
        if known.revision == 1:
            return self._readings_from
        if self._is_open(known):
            assert known.since is not None
            return known.since
        return self._readings_from + CONTEXT + _MARGIN

    def _is_open(self, known: Known) -> bool:
        """Return whether the past before the readings is still to be read."""
        assert known.since is not None and self._readings_from is not None
        return known.since >= self._readings_from + CONTEXT

    def _recompute(self, known: Known, changed: pd.Timestamp) -> Known:
        """Compute again the windows that a changed reading can have an effect on."""
        assert known.since is not None
        readings = known.readings
        edge = max(anchor(readings, changed).floor(_WINDOW), known.since)
        first = max(anchor(readings, edge), known.since)
        around = readings[readings.index >= first - CONTEXT]
        moment = moments(Samples.of(around), self._equipment)
        new = replace(
            known,
            ledger=replace_tail(
                known.ledger, ledger_of(moment, first, after(readings)), edge
            ),
            extremes=replace_tail(
                known.extremes,
                extremes(with_differences(readings[readings.index >= edge])),
                edge,
            ),
            states=join_states(
                rows_before(known.states, edge), self._states(moment, edge)
            ),
            revision=known.revision + 1,
        )
        # What follows from the states of before has not changed.
        quiet = max(len(known.states), len(new.states)) == len(
            rows_before(known.states, edge)
        )
        return new if quiet else _with_events(new)

    def _states(self, moment: Moments, start: pd.Timestamp) -> pd.DataFrame:
        """Return the states from `start` on."""
        latched = self._profile.alarm_rule == "latched"
        return states(moment, self._equipment, start, latched_alarm=latched)

    def _forget(self, known: Known, now: pd.Timestamp) -> Known:
        """Drop what is too old, but never what the next reading will be compared with."""
        assert self._readings_from is not None
        last = anchor(known.readings, after(known.readings))
        oldest = min(now - READINGS_KEPT, last) - CONTEXT
        if self._is_open(known):
            self._head = head_of(known.readings[known.readings.index >= known.since])
        self._readings_from = max(self._readings_from, oldest)
        month = (now - WINDOWS_KEPT).floor(_WINDOW)
        return replace(
            known,
            readings=rows_from(known.readings, oldest),
            ledger=rows_from(known.ledger, (now - LEDGER_KEPT).floor(_WINDOW)),
            extremes=rows_from(known.extremes, month),
            states=forget_states(known.states, month),
            events=_events_from(known.events, month),
        )

    def _known_head(self, known: Known) -> pd.DataFrame:
        """Return the first readings of what is known, as they are now."""
        if self._is_open(known):
            return head_of(known.readings[known.readings.index >= known.since])
        return self._head


def _with_events(known: Known) -> Known:
    """Return what is known with the events that follow."""
    return replace(known, events=events(known.states, known.ledger))


def _is_told(known: Known) -> bool:
    """Return whether sums of a farther past change no event: all of a run is known."""
    if known.states.empty or known.ledger.empty:
        return known.states.empty
    whole = known.ledger.index[0] + pd.Timedelta(_WINDOW)
    return bool(whole <= known.states.index[0])


def _events_from(known: tuple[Event, ...], start: pd.Timestamp) -> tuple[Event, ...]:
    """Return the events from `start` on; the same object where that is all of them."""
    old = bisect_left(known, start.value // 1_000_000, key=lambda event: event.time)
    return known[old:] if old else known
