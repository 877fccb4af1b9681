"""What is remembered of one heat pump: its last readings, and windows before them."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from types import MappingProxyType
from typing import Final

import pandas as pd

from .analysis.differences import with_differences
from .analysis.equipment import Equipment
from .analysis.readings import choose_series, clean
from .analysis.windows import WINDOW_S, extremes, ledger
from .models import CONTEXT, LEDGER_KEPT, READINGS_KEPT, WINDOWS_KEPT
from .profiles import METRICS, Profile, SeriesRule

_WINDOW: Final = f"{WINDOW_S}s"
# Between the first reading whose context is known and the first that may change.
_MARGIN: Final = pd.Timedelta(minutes=10)
# An edge or a counter's step lies between two readings where these are valid.
_CARRIED: Final = ("compressor", "hot_water_valve", "energy", "heat_energy")
# Of a region's first readings, as many as an edge from before it may need: a day's.
_LONGEST_HEAD: Final = 2880


@dataclass(frozen=True, slots=True)
class Known:
    """All that is remembered at one moment; never changed, only replaced.

    `readings`: clean, of the last 48 h and the context before them. `ledger` and
    `extremes`: one row per window of 300 s that has any, the ledger of up to two
    months, the extremes of one. `since`: from when on the ledger is complete, None
    before the first readings were taken in. `rules`: the
    series each metric comes from. `revision` grows with every change.
    """

    readings: pd.DataFrame
    ledger: pd.DataFrame
    extremes: pd.DataFrame
    rules: Mapping[str, SeriesRule]
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
        self._head: pd.DataFrame = _no_rows()
        none = _no_rows()
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
        changed = _first_change(known.readings, fresh)
        if changed is None:
            self.known = replace(known, rules=rules)
            return False
        known = replace(known, readings=_merge(known.readings, fresh), rules=rules)
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
        part = ledger(frame, self._equipment, first, known.since)
        own = frame[(frame.index >= first) & (frame.index < known.since)]
        self._head = _head(frame[frame.index >= first])
        self.known = replace(
            known,
            # Pairs reach over the edge into windows that are there already.
            ledger=known.ledger.add(part, fill_value=0.0),
            extremes=known.extremes
            if sums_only
            else pd.concat([extremes(with_differences(own)), known.extremes]),
            rules=rules,
            since=first,
            revision=known.revision + 1,
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
        edge = max(_anchor(readings, changed).floor(_WINDOW), known.since)
        first = max(_anchor(readings, edge), known.since)
        around = readings[readings.index >= first - CONTEXT]
        tail = ledger(around, self._equipment, first, _after(readings))
        return replace(
            known,
            ledger=_replace_tail(known.ledger, tail, edge),
            extremes=_replace_tail(
                known.extremes,
                extremes(with_differences(readings[readings.index >= edge])),
                edge,
            ),
            revision=known.revision + 1,
        )

    def _forget(self, known: Known, now: pd.Timestamp) -> Known:
        """Drop what is too old, but never what the next reading will be compared with."""
        assert self._readings_from is not None
        last = _anchor(known.readings, _after(known.readings))
        oldest = min(now - READINGS_KEPT, last) - CONTEXT
        if self._is_open(known):
            self._head = _head(known.readings[known.readings.index >= known.since])
        self._readings_from = max(self._readings_from, oldest)
        return replace(
            known,
            readings=_from(known.readings, oldest),
            ledger=_from(known.ledger, (now - LEDGER_KEPT).floor(_WINDOW)),
            extremes=_from(known.extremes, (now - WINDOWS_KEPT).floor(_WINDOW)),
        )

    def _known_head(self, known: Known) -> pd.DataFrame:
        """Return the first readings of what is known, as they are now."""
        if self._is_open(known):
            return _head(known.readings[known.readings.index >= known.since])
        return self._head


def _no_rows() -> pd.DataFrame:
    """Return a frame without rows or columns."""
    return pd.DataFrame(index=pd.DatetimeIndex([], tz="UTC", name="time"))


def _from(frame: pd.DataFrame, start: pd.Timestamp) -> pd.DataFrame:
    """Return the rows from `start` on; the frame itself where that is all of it."""
    position = int(frame.index.searchsorted(start))
    return frame.iloc[position:] if position else frame


def _after(readings: pd.DataFrame) -> pd.Timestamp:
    """Return a time after the last reading."""
    last: pd.Timestamp = readings.index[-1]
    return last + pd.Timedelta(seconds=1)


def _first_change(known: pd.DataFrame, fresh: pd.DataFrame) -> pd.Timestamp | None:
    """Return the time of the first row that is not known, or known otherwise."""
    columns = known.columns.union(fresh.columns)
    before = known.reindex(index=fresh.index, columns=columns)
    after = fresh.reindex(columns=columns)
    same = before.eq(after) | (before.isna() & after.isna())
    news = ~(same.all(axis=1).to_numpy() & fresh.index.isin(known.index))
    if not news.any():
        return None
    changed: pd.Timestamp = fresh.index[news][0]
    return changed


def _merge(known: pd.DataFrame, fresh: pd.DataFrame) -> pd.DataFrame:
    """Return all rows in order; where both have one, what was read last counts."""
    if known.empty:
        return fresh
    kept = known[~known.index.isin(fresh.index)]
    return pd.concat([kept, fresh]).sort_index()


def _carried(readings: pd.DataFrame) -> pd.Series:
    """Return for each reading whether all that is carried on to the next is valid."""
    columns = [
        column
        for column in _CARRIED
        if column in readings and readings[column].notna().any()
    ]
    return readings[columns].notna().all(axis=1)


def _anchor(readings: pd.DataFrame, moment: pd.Timestamp) -> pd.Timestamp:
    """Return the time of the last reading before `moment` that others can rest on.

    The first reading of all where there is none such; `moment` where it is the first.
    """
    position = int(readings.index.searchsorted(moment))
    valid = _carried(readings).to_numpy()[:position]
    if not position:
        return moment
    found = int(valid.nonzero()[0][-1]) if valid.any() else 0
    anchor: pd.Timestamp = readings.index[found]
    return anchor


def _head(readings: pd.DataFrame) -> pd.DataFrame:
    """Return the first readings, up to one that others can rest on."""
    valid = _carried(readings).to_numpy()
    rows = int(valid.argmax()) + 1 if valid.any() else len(readings)
    return readings.iloc[: min(rows, _LONGEST_HEAD)]


def _replace_tail(
    known: pd.DataFrame, tail: pd.DataFrame, edge: pd.Timestamp
) -> pd.DataFrame:
    """Return the known windows before `edge` and those of `tail` from it on."""
    kept = known.iloc[: int(known.index.searchsorted(edge))]
    tail = tail.iloc[int(tail.index.searchsorted(edge)) :]
    return tail if kept.empty else pd.concat([kept, tail])
