"""When Home Assistant was off, and which prices were told before that end there."""

from bisect import bisect_right
from collections.abc import Sequence
from datetime import datetime
from itertools import pairwise
from operator import itemgetter
from typing import Final

from homeassistant.core import HomeAssistant

type Step = tuple[float, float | None]
# From the end of a run of the recorder to the next, and whether that end is known.
type TimeOff = tuple[float, float, bool]

# A price lasts about as long: over less than this it may be held.
_HOUR_S: Final = 3600.0


def times_off(hass: HomeAssistant, start: datetime) -> list[TimeOff]:
    """Return when nothing was recorded since a moment, oldest first. Slow."""
    from homeassistant.components.recorder.db_schema import RecorderRuns
    from homeassistant.components.recorder.models import process_timestamp
    from homeassistant.components.recorder.util import session_scope

    with session_scope(hass=hass, read_only=True) as session:
        runs = (
            session.query(
                RecorderRuns.start, RecorderRuns.end, RecorderRuns.closed_incorrect
            )
            .where((RecorderRuns.end.is_(None)) | (RecorderRuns.end > start))
            .order_by(RecorderRuns.start)
            .all()
        )
    return [
        (
            process_timestamp(before.end).timestamp(),
            process_timestamp(after.start).timestamp(),
            not before.closed_incorrect,
        )
        for before, after in pairwise(runs)
        if before.end is not None
    ]


def ended_while_off(steps: Sequence[Step], off: Sequence[TimeOff]) -> list[Step]:
    """Return steps with an end of those that another price came after a time off.

    Nobody knows when it came. One that is the same afterwards has been so meanwhile.
    `steps`: since when (s since 1970) which price was in force, None = not known.
    """
    times = [time for time, _ in steps]
    ends: list[Step] = []
    for end, start, is_known in off:
        here = bisect_right(times, end if is_known else start)
        if not here:
            continue
        stop = end if is_known else min(times[here - 1] + _HOUR_S, start)
        later = (price for _, price in steps[here:] if price is not None)
        price = steps[here - 1][1]
        if start - stop >= _HOUR_S and price not in (None, next(later, None)):
            ends.append((stop, None))
    return sorted([*steps, *ends], key=itemgetter(0))
