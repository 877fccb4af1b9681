"""Puts values that belong together in one row: a collector stamps each when it has it."""

from collections.abc import Set as AbstractSet
from typing import Final

import numpy as np
import pandas as pd

from .samples import DROPPED, SECOND, Flags, Floats, Integers, nanoseconds

# A column beside the metrics: how long after its time the last value of a row was
# stamped, s; NaN = none.
SPREAD: Final = "spread_s"

# What is written when it changes is written in one go, if it is one change.
_BURST_S: Final = 1.0


def moments(
    fresh: pd.DataFrame,
    known: pd.DataFrame,
    *,
    quickest_s: float,
    on_change: AbstractSet[str],
) -> pd.DataFrame:
    """Return clean readings with one row per moment, at the time of its first value.

    Values of different metrics belong to one moment within half of the interval
    `quickest_s` (s) of the metric that is polled most often, and within a second where
    they are on change, so that their edges stay where they are. `known`: the moments
    that are known; what was read before comes to where it came then.
    """
    columns = [name for name in fresh.columns if name in on_change]
    if not columns:
        return _grouped(fresh, known, quickest_s / 2)
    if len(columns) == len(fresh.columns.drop(DROPPED, errors="ignore")):
        return _grouped(fresh, known, _BURST_S)
    changing = fresh[columns].dropna(how="all")
    polled = fresh.drop(columns=columns).dropna(how="all")
    parts = _grouped(polled, known, quickest_s / 2), _grouped(changing, known, _BURST_S)
    return pd.concat(parts).groupby(level=0).last()


def _grouped(fresh: pd.DataFrame, known: pd.DataFrame, within_s: float) -> pd.DataFrame:
    """Return rows of moments; the rows themselves where each of them is one."""
    within = round(within_s * SECOND)
    time, before = nanoseconds(fresh.index), nanoseconds(known.index)
    if _are_moments(time, before, within):
        return fresh
    said = fresh.notna().to_numpy()
    began = _known_moments(fresh, said, known, within)
    new = np.flatnonzero(began < 0)
    began[new] = _new_moments(time[new], said[new], within)
    return _put_together(fresh, known, began)


def _are_moments(time: Integers, before: Integers, within: int) -> bool:
    """Return whether all rows lie far enough from each other and from known ones."""
    if not len(time) or within <= 0:
        return True
    if len(time) > 1 and np.diff(time).min() <= within:
        return False
    if not len(before):
        return True
    place = np.searchsorted(before, time, side="right") - 1
    ago = np.where(place >= 0, time - before[place], 0)
    return bool(((ago == 0) | (ago > within)).all())


def _known_moments(
    fresh: pd.DataFrame, said: Flags, known: pd.DataFrame, within: int
) -> Integers:
    """Return the time of the known moment that each row belongs to, −1 for none.

    A row belongs to one that is stamped so, that was stamped until later, or that has
    begun just before and says nothing of the metrics of the row.
    """
    time, before = nanoseconds(fresh.index), nanoseconds(known.index)
    if not len(before):
        return np.full(len(time), -1, dtype=np.int64)
    place = np.searchsorted(before, time, side="right") - 1
    ago = np.where(place >= 0, time - before[place], within + 1)
    spread = np.zeros(len(before))
    if SPREAD in known:
        spread = np.nan_to_num(known[SPREAD].to_numpy("float64"))
    again = ago <= spread[place] * SECOND
    near = np.flatnonzero((ago <= within) & ~again & (ago > 0))
    told = known.reindex(columns=fresh.columns).iloc[place[near]].notna().to_numpy()
    again[near] = ~(told & said[near]).any(axis=1)
    return np.where(again & (place >= 0), before[place], -1)


def _new_moments(time: Integers, said: Flags, within: int) -> Integers:
    """Return the time of the first row of the moment that each row belongs to."""
    if not len(time):
        return time
    begins = np.flatnonzero(np.diff(time, prepend=time[0] - within - 1) > within)
    sizes = np.diff(begins, append=len(time))
    twice = np.add.reduceat(said, begins, axis=0, dtype=np.int64).max(axis=1) > 1
    wide = time[begins + sizes - 1] - time[begins] > within
    began: Integers = np.repeat(time[begins], sizes)
    for run in np.flatnonzero((twice | wide) & (sizes > 1)):
        rows = slice(int(begins[run]), int(begins[run] + sizes[run]))
        began[rows] = _one_by_one(time[rows], said[rows], within)
    return began


def _one_by_one(time: Integers, said: Flags, within: int) -> Integers:
    """Return the same for rows without a pause: a metric's next value is another moment."""
    began = time.copy()
    first, seen = int(time[0]), said[0].copy()
    for row in range(1, len(time)):
        if time[row] - first > within or (seen & said[row]).any():
            first, seen = int(time[row]), said[row].copy()
        else:
            seen |= said[row]
        began[row] = first
    return began


def _put_together(
    fresh: pd.DataFrame, known: pd.DataFrame, began: Integers
) -> pd.DataFrame:
    """Return one row per moment: of each metric the last value that was stamped."""
    index = pd.DatetimeIndex(began, tz="UTC", name="time")
    groups = fresh.drop(columns=[DROPPED, SPREAD], errors="ignore").groupby(index)
    rows = groups.last()
    if DROPPED in fresh:
        rows[DROPPED] = fresh[DROPPED].groupby(index).sum(min_count=1)
    spread: Floats = (nanoseconds(fresh.index) - began) / SECOND
    rows[SPREAD] = pd.Series(spread, index=index).groupby(level=0).max()
    earlier = known.reindex(index=rows.index, columns=rows.columns)
    rows[SPREAD] = rows[SPREAD].fillna(0.0).clip(lower=earlier[SPREAD].fillna(0.0))
    joined = rows[SPREAD] > 0
    rows = rows.where(~joined, rows.fillna(earlier), axis=0)
    rows[SPREAD] = rows[SPREAD].where(joined)
    return rows
