"""Makes rows that hold of readings of any rhythm."""

from typing import Final, NamedTuple

import numpy as np
import pandas as pd

from ..profiles.metrics import METRICS
from .moments import SPREAD
from .rhythm import Rhythm
from .samples import (
    HOLD,
    HORIZON,
    LEAST_HOLD_S,
    SECOND,
    Flags,
    Floats,
    Integers,
    Samples,
    longest_holds,
    nanoseconds,
)

# What stands where a row says that there is no value any more.
ENDED: Final = np.inf

# After a longer silence what was so before it may have become anything.
_FORGOTTEN: Final = HORIZON
_NEVER: Final = np.iinfo(np.int64).max
# What was so before a moment stands so long before it.
INSTANT: Final = pd.Timedelta(milliseconds=1)


class _Said(NamedTuple):
    """The rows that say something of a metric, and until when (ns) each of it holds."""

    rows: Integers
    ends: Integers


def align(stored: pd.DataFrame, rhythm: Rhythm) -> Samples:
    """Return readings in which each metric is carried for as long as it holds.

    `stored`: one row per moment (UTC index, ascending), NaN where it says nothing of a
    metric, `ENDED` where it says that there is no value. Of a polled metric a value
    holds until the next, at most as long as `longest_holds` allows; of one on change
    until the next, while the heat pump is alive: something has been read within
    `rhythm.alive_s`, and there was no silence of more than an hour. There is a row at
    each moment, and one where a hold ends while another goes on. Counters are not
    carried: they have values where they were read.
    """
    time = nanoseconds(stored.index)
    table = stored.to_numpy("float64")
    columns = {
        str(name): table[:, place]
        for place, name in enumerate(stored.columns)
        if name != SPREAD
    }
    if not len(time):
        return Samples(time, columns, np.zeros(0), rhythm.on_change)
    said = _said(time, columns, rhythm)
    rows, hold_s = _rows(time, columns, said, rhythm)
    aligned, ended = {}, {}
    for name, column in columns.items():
        if name in said:
            alive_ns = _alive_ns(name, rhythm)
            aligned[name] = _carried(time, column, said[name], rows, alive_ns)
        else:
            aligned[name] = _at_own(time, column, rows)
            if (ends := column == ENDED).any():
                ended[name] = np.zeros(len(rows), dtype=np.bool)
                ended[name][np.searchsorted(rows, time[ends])] = True
    return Samples(rows, aligned, hold_s, rhythm.on_change, ended)


def aligned_frame(samples: Samples) -> pd.DataFrame:
    """Return aligned readings as a frame (UTC index) with a column `HOLD`."""
    index = pd.DatetimeIndex(samples.time, tz="UTC", name="time")
    return pd.DataFrame({**samples.columns, HOLD: samples.hold_s}, index=index)


def in_force(
    stored: pd.DataFrame, moment: pd.Timestamp, rhythm: Rhythm
) -> pd.DataFrame:
    """Return the readings from a moment on, and what was said last before it.

    That of the metrics on change, as one row at the moment before: it may be hours old
    and hold all the same. But in a silence of more than an hour nothing is in force.
    """
    place = int(stored.index.searchsorted(moment))
    around = nanoseconds(stored.index[max(place - 1, 0) : place + 1])
    if (np.diff(around) > _FORGOTTEN).any():
        return stored.iloc[place:]
    changing = [name for name in stored.columns if name in rhythm.on_change]
    if not place or not changing:
        return stored.iloc[place:] if place else stored
    last = stored[changing].iloc[:place].ffill().iloc[-1:]
    if not last.notna().to_numpy().any():
        return stored.iloc[place:]
    last.index = pd.DatetimeIndex([moment - INSTANT], name="time").as_unit("ns")
    return pd.concat([last, stored.iloc[place:]])


def still_in_force(
    stored: pd.DataFrame, moment: pd.Timestamp, rhythm: Rhythm
) -> pd.DataFrame:
    """Return the same of remembered rows, of which none between is missing.

    What was said before a silence of more than an hour is not in force behind it,
    while a source's own value in force may well be the last one before a row of hours
    later.
    """
    place = int(stored.index.searchsorted(moment))
    time = nanoseconds(stored.index[:place])
    silences = np.flatnonzero(np.diff(time) > _FORGOTTEN)
    if silences.size:
        stored = stored.iloc[int(silences[-1]) + 1 :]
    return in_force(stored, moment, rhythm)


def _is_carried(name: str) -> bool:
    """Return whether a column says something until it says something else."""
    return name in METRICS and METRICS[name].kind != "energy"


def _alive_ns(name: str, rhythm: Rhythm) -> int | None:
    """Return how long any value keeps a metric on change alive, None where it is polled."""
    return round(rhythm.alive_s * SECOND) if name in rhythm.on_change else None


def _said(
    time: Integers, columns: dict[str, Floats], rhythm: Rhythm
) -> dict[str, _Said]:
    """Return what is said of each metric that is carried.

    Metrics that are read together hold together: that is found once.
    """
    found: dict[str, _Said] = {}
    known: dict[tuple[bytes, bool], _Said] = {}
    for name, column in columns.items():
        if not _is_carried(name):
            continue
        is_said = ~np.isnan(column)
        key = is_said.tobytes(), name in rhythm.on_change
        if key not in known:
            rows = np.flatnonzero(is_said)
            known[key] = _Said(rows, _ends(time, rows, _alive_ns(name, rhythm)))
        found[name] = known[key]
    return found


def _ends(time: Integers, rows: Integers, alive_ns: int | None) -> Integers:
    """Return until when what these rows say holds, ns."""
    at = time[rows]
    following = np.append(at[1:], _NEVER)[: len(at)]
    if alive_ns is None:
        intervals = np.append(np.diff(at) / SECOND, np.inf)[: len(at)]
        longest = np.round(longest_holds(intervals) * SECOND).astype(np.int64)
        ends: Integers = np.minimum(following, at + longest)
        return ends
    silences = np.flatnonzero(np.diff(time) > _FORGOTTEN)
    until = np.append(time[silences] + alive_ns, _NEVER)
    ends = until[np.searchsorted(silences, rows)]
    np.minimum(following, ends, out=ends)
    return ends


def _rows(
    time: Integers, columns: dict[str, Floats], said: dict[str, _Said], rhythm: Rhythm
) -> tuple[Integers, Floats]:
    """Return the times of all rows, and for how many seconds each of them holds.

    Where all that a row says has ended before the next, that is how long it holds: a
    row is needed only where something ends while something else goes on.
    """
    stop = np.append(time[1:], time[-1:])
    if not said:
        # Counters alone: one that says nothing meanwhile is as alive as any other.
        seconds = np.diff(time) / SECOND
        most = rhythm.alive_s if rhythm.on_change else longest_holds(seconds)
        return time, np.append(np.minimum(seconds, most), 0.0)
    long = np.union1d(
        np.flatnonzero(stop - time > LEAST_HOLD_S * SECOND), _ending(time, said)
    )
    if not long.size:
        return time, (stop - time) / SECOND
    ends = np.zeros((len(said), len(long)), dtype=np.int64)
    for place, (name, one) in enumerate(said.items()):
        alive_ns = _alive_ns(name, rhythm)
        ends[place] = _end_after(time, columns[name], one, long, alive_ns)
    ends = np.clip(ends, time[long], stop[long])
    stop[long] = ends.max(axis=0, initial=0)
    rows = np.union1d(time, ends[ends < stop[long]])
    gap = np.searchsorted(time, rows, side="right") - 1
    following = np.append(rows[1:], rows[-1:])
    return rows, np.maximum(np.minimum(following, stop[gap]) - rows, 0) / SECOND


def _ending(time: Integers, said: dict[str, _Said]) -> Integers:
    """Return the rows before the next of which what was said of some metric ends."""
    found = [np.zeros(0, dtype=np.int64)]
    for one in {id(one): one for one in said.values()}.values():
        if 0 < len(one.rows) < len(time):
            ends = one.ends[:-1][one.ends[:-1] < time[one.rows[1:]]]
            found.append(np.append(ends, one.ends[-1]))
    ends = np.concatenate(found)
    place = np.searchsorted(time, ends, side="right") - 1
    rows: Integers = place[(place < len(time) - 1) & (time[place] < ends)]
    return rows


def _end_after(
    time: Integers, column: Floats, said: _Said, rows: Integers, alive_ns: int | None
) -> Integers:
    """Return until when (ns) what is valid of a metric at each of these rows holds."""
    if not said.rows.size:
        return np.zeros(len(rows), dtype=np.int64)
    place = np.searchsorted(said.rows, rows, side="right") - 1
    is_valid = (place >= 0) & np.isfinite(column[said.rows[place]])
    ends = np.where(is_valid, said.ends[place], 0)
    return ends if alive_ns is None else np.minimum(ends, time[rows] + alive_ns)


def _carried(
    time: Integers, column: Floats, said: _Said, rows: Integers, alive_ns: int | None
) -> Floats:
    """Return the values of a metric at all rows, NaN where none holds."""
    if len(said.rows) == len(rows):
        return np.where(np.isfinite(column), column, np.nan)
    if not said.rows.size:
        return np.full(len(rows), np.nan)
    place = np.searchsorted(time[said.rows], rows, side="right") - 1
    value = column[said.rows[place]]
    holds: Flags = (place >= 0) & (rows < said.ends[place]) & np.isfinite(value)
    if alive_ns is not None:
        latest = np.searchsorted(time, rows, side="right") - 1
        holds &= rows - time[latest] < alive_ns
    return np.where(holds, value, np.nan)


def _at_own(time: Integers, column: Floats, rows: Integers) -> Floats:
    """Return the values of a column where they were read, NaN at all other rows."""
    values = np.full(len(rows), np.nan)
    values[np.searchsorted(rows, time)] = np.where(np.isfinite(column), column, np.nan)
    return values
