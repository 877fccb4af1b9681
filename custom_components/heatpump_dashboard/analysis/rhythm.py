"""How often each series has a value: polled, or only when it changes."""

from collections.abc import Collection, Iterator, Mapping, Set as AbstractSet
from dataclasses import dataclass, replace
from typing import Final, NamedTuple

import numpy as np
import pandas as pd

from .moments import SPREAD
from .samples import (
    DROPPED,
    HORIZON,
    LONGEST_HOLD_S,
    SECOND,
    Floats,
    Integers,
    nanoseconds,
    usual_intervals,
)

# A heat pump of which nothing changes for longer is not alive: of one with quick series
# the 99th percentile between two changes is 3 min, of slow temperatures alone 14 min.
_ALIVE_S: Final = 900.0
_ALIVE_SLOW_S: Final = 1800.0
_QUICK: Final = frozenset(("power", "degree_minutes", "compressor_speed", "flow"))
# A power or a flow that is the same in each run is not quick: for so much of the time
# one has to change before the heat pump would be taken for dead.
_MOSTLY: Final = 0.5
# Any other is quick, too, that never rests.
_ALWAYS: Final = 0.99
# Where more of the time than this would be taken for death, again and again, this is
# how it lives.
_LOST: Final = 0.01

# Evidence of a rhythm needs so many intervals.
_FEW: Final = 4
# A polled series repeats itself at its shortest intervals, or is as regular as a clock
# for most of the time.
_SHORTEST: Final = 0.1
_SOON: Final = 1.5
_REPEATS: Final = 0.1
_TOLERANCE: Final = 0.1
_REGULAR: Final = 0.7
# Of few values, such as a state, a polled series cannot but repeat some: runs of one
# length, in weather that stays the same, are as regular as a clock, too.
_FEW_VALUES: Final = 0.25
# One on change is silent for long, often, while others have values.
_PAUSE: Final = 5.0
_LEAST_PAUSES: Final = 5
_PAUSED: Final = 0.15

# A source that polls, but tells only changes, is known by when these come: nearly all on
# the ticks of one clock. It takes so many changes to tell; and so many of the compressor,
# as fewer may be on ticks by chance.
_TICKS: Final = 10
_EDGES: Final = 6
_ON_TICK: Final = 0.9
# What is asked more often than this misses nothing that is worth telling.
_SELDOM_S: Final = 60.0

# In so many of the last rows all metrics show the intervals that are usual now.
_RECENT: Final = 400

_BESIDE: Final = (DROPPED, SPREAD)


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """The metrics that are told to be on change, whatever their values look like.

    `entities`: those of Home Assistant's entities, of which it stores what has changed.
    `in_force`: those of which the source gave the value in force.
    """

    entities: frozenset[str] = frozenset()
    in_force: frozenset[str] = frozenset()

    @property
    def on_change(self) -> frozenset[str]:
        """Return all of them."""
        return self.entities | self.in_force


@dataclass(frozen=True, slots=True, kw_only=True)
class Rhythm:
    """The rhythm of a heat pump's series.

    `on_change`: the metrics of which equal values are left out; the others are polled.
    `alive_s`: for how long it counts as alive after any value.
    `usual_s`: the usual interval between the moments at which it has any value.
    `resolution_s`: between two looks at the compressor; None where every change of it
    is seen, as far as that can be told.
    `quickest_s`: the usual interval of the metric that is polled most often.
    """

    on_change: frozenset[str] = frozenset()
    alive_s: float = _ALIVE_S
    usual_s: float = 30.0
    resolution_s: float | None = None
    quickest_s: float = 30.0

    @property
    def quiet_s(self) -> float:
        """Return for how long no new value is nothing unusual."""
        usual = min(3 * self.usual_s, LONGEST_HOLD_S)
        return max(usual, self.alive_s) if self.on_change else usual

    def holds_otherwise_than(self, known: Rhythm) -> bool:
        """Return whether readings hold for other times than with `known`."""
        return (self.on_change, self.alive_s) != (known.on_change, known.alive_s)


_NOTHING: Final = Told()


class _Series(NamedTuple):
    """When one metric has a value: positions of rows, times (s), and the values."""

    metric: str
    rows: Integers
    seconds: Floats
    values: Floats


class _Signs(NamedTuple):
    """What a series shows of its rhythm.

    `repeats`: its value comes again where one on change would be silent. `regular`: it
    is so for most of the time. `paused`: it is often silent for long, not so others.
    """

    repeats: bool = False
    regular: bool = False
    paused: bool = False


def rhythm(stored: pd.DataFrame, known: Rhythm, told: Told = _NOTHING) -> Rhythm:
    """Return the rhythm of what is stored, as far as it shows one.

    `stored`: clean, NaN where a row says nothing of a metric. `known`: what was found
    before; it stays where there is no evidence of another.
    """
    on_change, alive_s = known.on_change | told.on_change, known.alive_s
    resolution_s = known.resolution_s
    if on_change or _is_patchy(stored):
        seconds = nanoseconds(stored.index) / SECOND
        series = list(_series(stored))
        shown = {one.metric: _shown(one, seconds) for one in series}
        on_change = _on_change(shown, known.on_change, told)
        changing = [one for one in series if one.metric in on_change]
        alive_s = _alive_s(np.diff(seconds), changing)
        resolution_s = _asked_every_s(changing, known.resolution_s)
    return pace(
        stored,
        Rhythm(on_change=on_change, alive_s=alive_s, resolution_s=resolution_s),
    )


def told_on_change(raw: pd.DataFrame, start: pd.Timestamp) -> frozenset[str]:
    """Return the metrics of which there is one value from before what was asked for.

    So a source gives the value in force, and it does where equal ones are left out.
    """
    before = raw.iloc[: int(raw.index.searchsorted(start))]
    told = before.drop(columns=DROPPED, errors="ignore").count()
    return frozenset(str(name) for name, count in told.items() if count == 1)


def pace(stored: pd.DataFrame, known: Rhythm) -> Rhythm:
    """Return a rhythm with the intervals that are usual at the end of what is stored."""
    recent = stored.iloc[-_RECENT:]
    usual, found = {}, dict[bytes, float]()
    for one in _series(recent):
        if one.metric not in known.on_change and len(one.rows) > 1:
            # What is read together has one interval.
            read = one.rows.tobytes()
            if read not in found:
                found[read] = _usual_s(one.seconds)
            usual[one.metric] = found[read]
    return replace(
        known,
        usual_s=_usual_s(nanoseconds(recent.index) / SECOND),
        resolution_s=known.resolution_s
        if "compressor" in known.on_change
        else usual.get("compressor"),
        quickest_s=min(usual.values(), default=0.0),
    )


def _is_patchy(stored: pd.DataFrame) -> bool:
    """Return whether there are rows that say nothing of some metric."""
    silent = np.isnan(stored.to_numpy("float64")).any(axis=0)
    return any(name not in _BESIDE for name in stored.columns[silent])


def _series(stored: pd.DataFrame) -> Iterator[_Series]:
    """Yield when each metric has values."""
    seconds = nanoseconds(stored.index) / SECOND
    table = stored.to_numpy("float64")
    for place, name in enumerate(stored.columns):
        if name not in _BESIDE:
            values = table[:, place]
            rows = np.flatnonzero(~np.isnan(values))
            yield _Series(str(name), rows, seconds[rows], values[rows])


def _usual_s(seconds: Floats) -> float:
    """Return the usual interval at the end of these times, s."""
    intervals = np.diff(seconds)
    (usual,) = usual_intervals(intervals, np.array([len(intervals)]))
    return float(usual)


def _alive_s(intervals: Floats, changing: Collection[_Series]) -> float:
    """Return for how long the heat pump is alive after any value, s.

    `intervals`: between all rows, s. `changing`: the series that are on change.
    """
    if not changing:
        return _ALIVE_S
    # Of a longer silence nothing is known: it is none that is usual.
    silent = intervals > HORIZON / SECOND
    heard = intervals[~silent]
    lost = np.maximum(heard - _ALIVE_S, 0.0)
    pauses = np.count_nonzero(lost) >= _LEAST_PAUSES
    if pauses and lost.sum() > _LOST * heard.sum():
        return _ALIVE_SLOW_S
    silent_s = float(intervals[silent].sum())
    quick = any(_is_quick(one, silent_s) for one in changing)
    return _ALIVE_S if quick else _ALIVE_SLOW_S


def _is_quick(one: _Series, silent_s: float) -> bool:
    """Return whether a series changes so often that its silence means something.

    `silent_s`: for how long all of them were silent.
    """
    least = _MOSTLY if one.metric in _QUICK else _ALWAYS
    seconds = _changes(one).seconds
    intervals = np.diff(seconds)
    often = intervals[intervals <= _ALIVE_S].sum()
    return bool(len(seconds) > 1 and often >= least * (intervals.sum() - silent_s))


def _changes(one: _Series) -> _Series:
    """Return a series without what is no value, or that of before once more."""
    kept = np.flatnonzero(np.isfinite(one.values))
    values = one.values[kept]
    kept = kept[np.append(True, values[1:] != values[:-1])[: len(kept)]]
    return _Series(one.metric, one.rows[kept], one.seconds[kept], one.values[kept])


def _asked_every_s(
    changing: Collection[_Series], known_s: float | None
) -> float | None:
    """Return how often a compressor on change is asked, s; None where it tells itself.

    An integration that polls stores changes alone, too; each of them comes on a tick of
    its clock, as the changes of something else show that are not those of the
    compressor: these are as regular as it runs. `known_s`: what it was before; it stays
    where there are too few changes.
    """
    changes = [_changes(one) for one in changing]
    edges = next((c.seconds for c in changes if c.metric == "compressor"), np.zeros(0))
    if len(edges) < _EDGES:
        return known_s
    ticks = [_tick_s(one.seconds, edges) for one in changes]
    shown = [tick for tick in ticks if tick is not None]
    if not shown:
        return known_s
    return min((tick for tick in shown if tick > 0), default=None)


def _tick_s(seconds: Floats, edges: Floats) -> float | None:
    """Return the ticks on which a series changes, and the compressor too, s.

    0 where there are none, None where there are too few changes to tell.
    """
    ago = _since_last(seconds, edges)
    beside = np.minimum(ago, _since_last(-seconds[::-1], -edges[::-1])[::-1])
    is_edge = beside <= _SELDOM_S / 2
    intervals = np.diff(seconds)[~(is_edge[1:] & is_edge[:-1])]
    behind = _since_last(edges, seconds)
    behind = behind[np.isfinite(behind)]
    if len(intervals) < _TICKS or len(behind) < _EDGES:
        return None
    shortest = float(np.quantile(intervals, _SHORTEST))
    tick = float(np.median(intervals[intervals <= _SOON * shortest]))
    is_seldom = _SELDOM_S * (1 - _TOLERANCE) <= tick <= LONGEST_HOLD_S
    on_ticks = is_seldom and _on_ticks(intervals, tick) and _on_ticks(behind, tick)
    return tick if on_ticks else 0.0


def _since_last(seconds: Floats, events: Floats) -> Floats:
    """Return how long before each of these times the last event was, inf for none."""
    last = np.append(-np.inf, events)[np.searchsorted(events, seconds, side="right")]
    ago: Floats = seconds - last
    return ago


def _on_ticks(seconds: Floats, tick: float) -> bool:
    """Return whether nearly all of these times are multiples of a tick (s)."""
    ticks = seconds / tick
    near = np.abs(ticks - np.round(ticks)) <= _TOLERANCE
    return bool(near.mean() >= _ON_TICK)


def _on_change(
    shown: Mapping[str, _Signs], known: frozenset[str], told: Told
) -> frozenset[str]:
    """Return the metrics that are on change.

    Home Assistant's entities are. Of the others, which another collector writes, what
    shows nothing is what it was known to be, or else as the others are; what is
    regular is taken for polled unless others are evidently on change.
    """
    others = {name: shown[name] for name in shown.keys() - told.entities}
    found = _shown_on_change(others, known - told.entities, told.in_force)
    return found | told.entities


def _shown_on_change(
    shown: Mapping[str, _Signs], known: frozenset[str], told: AbstractSet[str]
) -> frozenset[str]:
    """Return the metrics of collectors that are on change."""
    repeats = {metric for metric, signs in shown.items() if signs.repeats}
    regular = {metric for metric, signs in shown.items() if signs.regular}
    paused = {metric for metric, signs in shown.items() if signs.paused}
    found = (paused - repeats - regular) | told
    if not found:
        return known - repeats - regular
    return frozenset(known | shown.keys()) - repeats | told


def _shown(one: _Series, all_seconds: Floats) -> _Signs:
    """Return what a series shows of its rhythm, beside the times of all rows (s)."""
    intervals = np.diff(one.seconds)
    if len(intervals) < _FEW:
        return _Signs()
    usual, whole = float(np.median(intervals)), float(intervals.sum())
    shortest = float(np.quantile(intervals, _SHORTEST))
    same = one.values[1:] == one.values[:-1]
    is_few = len(np.unique(one.values)) <= _FEW_VALUES * len(one.values)
    regular = abs(intervals - usual) <= _TOLERANCE * usual
    quick = min(shortest, float(np.median(np.diff(all_seconds))))
    pauses = (intervals > _PAUSE * quick) & (np.diff(one.rows) > 1)
    often = pauses.sum() >= _LEAST_PAUSES
    return _Signs(
        repeats=float(same[intervals <= _SOON * shortest].mean()) > _REPEATS,
        regular=bool(intervals[regular].sum() >= _REGULAR * whole)
        and bool(same.any() or not is_few),
        paused=bool(often and intervals[pauses].sum() >= _PAUSED * whole),
    )
