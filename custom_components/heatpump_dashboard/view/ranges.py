"""What a viewer looks at: a range or a free span, and the steps it is shown in."""

from collections.abc import Mapping
from dataclasses import dataclass
from math import ceil, lcm
from typing import Final

from ..analysis.times import WINDOW_S
from ..pump import limits

MINUTE: Final = 60
HOUR: Final = 3600
DAY: Final = 86400

# In seconds, as all times of viewers. Older than kept readings there are only windows.
READINGS_KEPT: Final = limits.READINGS_KEPT.total_seconds()
FARTHEST: Final = limits.SHOWN.total_seconds() + HOUR

_MOST_ROWS: Final = 750
# The collector's usual cycle, for how many rows the readings themselves would be.
_CYCLE: Final = 30
_STEPS: Final = (0, 120, 300, 600, 900, 1800, 3600)


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
    themselves.
    """

    start: int
    end: float
    stop: int
    step: int
    ledger_step: int


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
}


def grid(span: Span, last: float | None, now: float, fresh_s: float = 300) -> Grid:
    """Return how a span is shown at the moment `now`, `last` being the last reading.

    The present ends with the last reading, as nothing is known after it, unless that
    is older than `fresh_s`, so that the time since then is a gap.
    """
    present = last if last is not None and now - last <= fresh_s else now
    if span.range is not None:
        shown = RANGES[span.range]
        return _grid(present - shown.seconds, present, int(present) + 1, shown.step)
    end = min(span.end, present)
    step = _step(span.start, end, now)
    edge = _ledger_step(step, end - span.start)
    stop = ceil(end / edge) * edge
    if stop > present:
        return _grid(span.start, present, int(present) + 1, step)
    return _grid(span.start, stop, stop, step)


def _grid(start: float, end: float, stop: int, step: int) -> Grid:
    """Return the grid that begins at the last common edge before `start`."""
    ledger_step = _ledger_step(step, end - start)
    edge = lcm(step, ledger_step) if step else ledger_step
    return Grid(int(start // edge) * edge, end, stop, step, ledger_step)


def _ledger_step(step: int, seconds: float) -> int:
    """Return the step of the ledger: windows up to a day, then that of the readings."""
    return WINDOW_S if seconds <= DAY + WINDOW_S else max(WINDOW_S, step)


def _step(start: float, end: float, now: float) -> int:
    """Return the smallest step that gives no more rows than a chart can show."""
    recent = now - start < READINGS_KEPT
    for step in _STEPS:
        if (step >= WINDOW_S or recent) and (end - start) / (
            step or _CYCLE
        ) <= _MOST_ROWS:
            return step
    return _STEPS[-1]
