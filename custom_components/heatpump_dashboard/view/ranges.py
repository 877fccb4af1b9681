"""What a viewer looks at: a range or a free span, and the steps it is shown in."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, tzinfo
from math import ceil, lcm
from typing import Final

from ..analysis.periods import Unit, calendar_between
from ..analysis.times import WINDOW_S
from ..pump import limits

MINUTE: Final = 60
HOUR: Final = 3600
DAY: Final = 86400
WEEK: Final = 7 * DAY

# In seconds, as all times of viewers. Older than kept readings there are only windows,
# and older than these only hours.
READINGS_KEPT: Final = limits.READINGS_KEPT.total_seconds()
WINDOWS_KEPT: Final = limits.SHOWN.total_seconds() + HOUR

_MOST_ROWS: Final = 750
# So many readings are sent as they are where they are asked for; more, as they come
# where an electricity meter tells each second, a tablet could not draw.
_MOST_READINGS: Final = 2500
# From so long on a row is a day.
_DAYS_FROM: Final = 93 * DAY
# The collector's usual cycle, for how many rows the readings themselves would be.
_CYCLE: Final = 30
# A minute, so that half of the 24 h has finer rows than all of it.
_STEPS: Final = (0, 10, 30, 60, 120, 300, 600, 900, 1800, 3600)
_UNITS: Final[Mapping[int, Unit]] = {DAY: "day", WEEK: "week"}


@dataclass(frozen=True, slots=True)
class Span:
    """A range, or a free span from `start` to `end` in seconds since 1970."""

    range: str | None = None
    start: float = 0.0
    end: float = 0.0


@dataclass(frozen=True, slots=True)
class Grid:
    """A span as it is shown; times in seconds since 1970, steps in seconds.

    `start` is an edge of both steps. `end` is the last reading, the present, or an
    edge in the past; what lies before `stop` belongs to the span: the last reading
    does, a reading on an edge of the past does not. `step` 0 means the readings
    themselves. `edges`: where the steps begin that are local days, weeks from Monday
    on or parts of days from midnight on, as these are not always equally long; else
    empty. `hours`: it is made of hours, as it begins before the windows that are kept.
    """

    start: int
    end: float
    stop: int
    step: int
    ledger_step: int
    edges: tuple[int, ...] = ()
    hours: bool = False


@dataclass(frozen=True, slots=True)
class _Range:
    seconds: int
    step: int


RANGES: Final[Mapping[str, _Range]] = {
    "1h": _Range(HOUR, 0),
    "6h": _Range(6 * HOUR, 0),
    "24h": _Range(DAY, 2 * MINUTE),
    "7d": _Range(7 * DAY, 15 * MINUTE),
    "30d": _Range(30 * DAY, HOUR),
    "90d": _Range(90 * DAY, 3 * HOUR),
    "1y": _Range(365 * DAY, DAY),
}


def grid(
    span: Span,
    last: float | None,
    now: float,
    fresh_s: float = 300,
    zone: tzinfo = UTC,
    count: Callable[[float, float], int] = lambda start, end: 0,
) -> Grid:
    """Return how a span is shown at the moment `now`, `last` being the last reading.

    The present ends with the last reading, as nothing is known after it, unless that
    is older than `fresh_s`, so that the time since then is a gap. Days are those of
    `zone`. `count`: how many readings there are between two times.
    """
    present = last if last is not None and now - last <= fresh_s else now
    if span.range is not None:
        shown = RANGES[span.range]
        start, end, step = present - shown.seconds, present, shown.step
        if step == 0 and (readings := count(start, end)) > _MOST_READINGS:
            step = _step(start, end, now, readings)
    else:
        start, end = span.start, min(span.end, present)
        step = _step(start, end, now, count(start, end))
    hours = start < now - WINDOWS_KEPT
    if step > HOUR:
        return _calendar_grid(start, end, present, step, zone, hours=hours)
    if span.range is None:
        edge = _ledger_step(step, end - start)
        stop = ceil(end / edge) * edge
        if stop <= present:
            return _grid(start, stop, stop, step, hours=hours)
    return _grid(start, present, int(present) + 1, step, hours=hours)


def _grid(start: float, end: float, stop: int, step: int, *, hours: bool) -> Grid:
    """Return the grid that begins at the last common edge before `start`."""
    ledger_step = _ledger_step(step, end - start)
    edge = lcm(step, ledger_step) if step else ledger_step
    first = int(start // edge) * edge
    return Grid(first, end, stop, step, ledger_step, hours=hours)


def _calendar_grid(
    start: float, end: float, present: float, step: int, zone: tzinfo, *, hours: bool
) -> Grid:
    """Return the grid of the local days, weeks or parts of days that a span touches."""
    first, last = (datetime.fromtimestamp(moment, UTC) for moment in (start, end))
    rows = [
        (round(period.start.timestamp()), round(period.end.timestamp()))
        for period in calendar_between(_UNITS.get(step, "day"), first, last, zone)
    ]
    if step < DAY:
        # From midnight on, so that no row lies in two days: the last of a day in which
        # the clock is changed is shorter.
        parts = [
            (begin, min(begin + step, midnight))
            for day, midnight in rows
            for begin in range(day, midnight, step)
        ]
        rows = [(begin, stop) for begin, stop in parts if stop > start and begin < end]
    edges = tuple(begin for begin, _ in rows)
    stop = rows[-1][1]
    if stop > present:
        end, stop = present, int(present) + 1
    else:
        end = stop
    return Grid(edges[0], end, stop, step, step, edges, hours)


def _ledger_step(step: int, seconds: float) -> int:
    """Return the step of the ledger: windows up to a day, then that of the readings."""
    in_windows = step < HOUR and seconds <= DAY + WINDOW_S
    return WINDOW_S if in_windows else max(WINDOW_S, step)


def _step(start: float, end: float, now: float, readings: int) -> int:
    """Return the smallest step that gives no more rows than a chart can show."""
    seconds = end - start
    if seconds >= _DAYS_FROM:
        return DAY if seconds <= _MOST_ROWS * DAY else WEEK
    if start < now - WINDOWS_KEPT:
        return HOUR if seconds <= _MOST_ROWS * HOUR else 3 * HOUR
    recent = now - start < READINGS_KEPT
    for step in _STEPS:
        rows = seconds / step if step else max(seconds / _CYCLE, readings)
        if (step >= WINDOW_S or recent) and rows <= _MOST_ROWS:
            return step
    return _STEPS[-1]
