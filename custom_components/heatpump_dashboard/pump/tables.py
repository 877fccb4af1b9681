"""Puts the frames of what is known together, and finds what a change can change."""

from collections.abc import Iterator, Sequence
from typing import Final

import numpy as np
import pandas as pd

from ..analysis.align import still_in_force
from ..analysis.rhythm import Rhythm
from ..analysis.samples import Integers

# A start, the end of a run, and a step of a counter lie between two readings in which
# these are valid: what a run is for is known where both of its states are.
_COUNTERS: Final = (["energy"], ["heat_energy"])
_CARRIED: Final = (
    ["compressor"],
    ["hot_water_valve"],
    ["compressor", "hot_water_valve"],
    *_COUNTERS,
)
# So many readings of what is known are kept for what comes before them to be compared
# with: those of a day, every 30 s.
_LONGEST_HEAD: Final = 2880
# What is on change is forgotten an hour at a time.
_KEPT_LONGER: Final = pd.Timedelta(hours=1)


def no_rows() -> pd.DataFrame:
    """Return a frame without rows or columns."""
    return pd.DataFrame(index=pd.DatetimeIndex([], tz="UTC", name="time"))


def join(frames: Sequence[pd.DataFrame]) -> pd.DataFrame:
    """Return the rows of spans that follow one another."""
    filled = [frame for frame in frames if len(frame)]
    return pd.concat(filled) if filled else frames[0]


def rows_from(frame: pd.DataFrame, start: pd.Timestamp) -> pd.DataFrame:
    """Return the rows from `start` on; the frame itself where that is all of it."""
    position = int(frame.index.searchsorted(start))
    return frame.iloc[position:] if position else frame


def rows_before(frame: pd.DataFrame, stop: pd.Timestamp) -> pd.DataFrame:
    """Return the rows before `stop`."""
    return frame.iloc[: int(frame.index.searchsorted(stop))]


def kept_from(
    stored: pd.DataFrame, oldest: pd.Timestamp, rhythm: Rhythm
) -> pd.DataFrame:
    """Return what is stored without what is too old; the values in force stay."""
    if not rhythm.on_change:
        return rows_from(stored, oldest)
    # That makes a copy: not at every poll.
    if stored.index[0] > oldest - _KEPT_LONGER:
        return stored
    return still_in_force(stored, oldest, rhythm)


def after(readings: pd.DataFrame) -> pd.Timestamp:
    """Return a time after the last reading."""
    last: pd.Timestamp = readings.index[-1]
    return last + pd.Timedelta(seconds=1)


def first_change(known: pd.DataFrame, fresh: pd.DataFrame) -> pd.Timestamp | None:
    """Return the time of the first row that is not known, or known otherwise."""
    if not len(known):
        return fresh.index[0] if len(fresh) else None
    columns = known.columns.union(fresh.columns)
    before = known.reindex(index=fresh.index, columns=columns)
    after = fresh.reindex(columns=columns)
    same = before.eq(after) | (before.isna() & after.isna())
    news = ~(same.all(axis=1).to_numpy() & fresh.index.isin(known.index))
    if not news.any():
        return None
    changed: pd.Timestamp = fresh.index[news][0]
    return changed


def merge(known: pd.DataFrame, fresh: pd.DataFrame) -> pd.DataFrame:
    """Return all rows in order; where both have one, what was read last counts."""
    if known.empty:
        return fresh
    kept = known[~known.index.isin(fresh.index)]
    return pd.concat([kept, fresh]).sort_index()


def _valid_rows(readings: pd.DataFrame) -> Iterator[tuple[Integers, int]]:
    """Yield the rows in which each state and counter is valid, and how many of them count.

    What lies between two values follows from one valid value of a state, and from two
    of a counter: whether the first can be true depends on the one after it.
    """
    for columns in _CARRIED:
        if set(columns).issubset(readings.columns):
            known = np.isfinite(readings[columns].to_numpy()).all(axis=1)
            if len(valid := np.flatnonzero(known)):
                yield valid, 2 if columns in _COUNTERS else 1


def anchor(readings: pd.DataFrame, moment: pd.Timestamp) -> pd.Timestamp:
    """Return the time of a reading before `moment`, all states and counters valid by then.

    Starts and a counter's steps are found between one valid value and the next valid
    one. So a changed reading can have an effect as far back as the last valid value of
    each of them, and no farther. Returns the first reading of all where one of them has
    none, and `moment` itself where nothing lies before it.
    """
    position = int(readings.index.searchsorted(moment))
    if not position:
        return moment
    found = position - 1
    for valid, support in _valid_rows(readings):
        before = int(np.searchsorted(valid, position))
        found = min(found, int(valid[before - support]) if before >= support else 0)
    anchor: pd.Timestamp = readings.index[found]
    return anchor


def head_of(readings: pd.DataFrame) -> pd.DataFrame:
    """Return the first readings: as many as what comes before them is compared with."""
    rows = 1
    for valid, support in _valid_rows(readings):
        enough = len(valid) >= support
        rows = max(rows, int(valid[support - 1]) + 1 if enough else len(readings))
    return readings.iloc[: min(rows, _LONGEST_HEAD)]


def replace_tail(
    known: pd.DataFrame, tail: pd.DataFrame, edge: pd.Timestamp
) -> pd.DataFrame:
    """Return the known windows before `edge` and those of `tail` from it on."""
    kept = known.iloc[: int(known.index.searchsorted(edge))]
    tail = tail.iloc[int(tail.index.searchsorted(edge)) :]
    return tail if kept.empty else pd.concat([kept, tail])


def put_before(part: pd.DataFrame, known: pd.DataFrame) -> pd.DataFrame:
    """Return the known sums of windows with those of earlier readings.

    Pairs reach over the edge into windows that are there already: these add up.
    """
    if part.empty or known.empty:
        return known if part.empty else part
    edge = int(part.index.searchsorted(known.index[0]))
    stop = int(known.index.searchsorted(part.index[-1], side="right"))
    both = known.iloc[:stop].add(part.iloc[edge:], fill_value=0.0)
    return pd.concat([part.iloc[:edge], both, known.iloc[stop:]])


def reaching(
    readings: pd.DataFrame, edge: pd.Timestamp, since: pd.Timestamp
) -> pd.DataFrame:
    """Return the readings from an edge on, and one before that may hold into it.

    What holds into the first of all windows is added with the past.
    """
    counts = rows_from(readings, since)
    return counts.iloc[max(int(counts.index.searchsorted(edge)) - 1, 0) :]
