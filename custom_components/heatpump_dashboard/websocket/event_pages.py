"""Where a page of events begins: what the command `events` is asked with, and answers."""

from datetime import UTC, datetime, timedelta
from math import isfinite
import re
from typing import Any, Final, NamedTuple

from homeassistant.helpers import config_validation as cv
from homeassistant.util import dt as dt_util
import probatio

from ..analysis.times import utc

_MILLISECOND: Final = timedelta(milliseconds=1)
# The last moment of the last year.
_MOST_MS: Final = 253_402_300_799_000
# The time of the last event that was told, and how many of that moment were.
_NEXT: Final = re.compile(r"([0-9]{1,15}):([0-9]{1,6})")
_NO_TIME: Final = (
    "expected a time (ISO 8601, or ms since 1970) or the next of an answer"
)


class Before(NamedTuple):
    """Events before `end`, without the first `told` of those at `time` (ms)."""

    end: datetime
    time: int = -1
    told: int = 0


def before(value: Any) -> Before:
    """Return before when events are asked for; raises Invalid, which says what is wrong."""
    if isinstance(value, str):
        if (found := _NEXT.fullmatch(value)) is None:
            moment = cv.datetime(value)
            return Before(utc(moment, dt_util.get_default_time_zone()))
        time, told = (int(part) for part in found.groups())
        return Before(_moment(time) + _MILLISECOND, time, told)
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise probatio.Invalid(_NO_TIME)
    return Before(_moment(value))


def whole_number(value: Any) -> int:
    """Return a number without decimals, be it written 1 or 1.0; raises Invalid."""
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    if not is_number or not isfinite(value) or value != int(value):
        raise probatio.Invalid("expected a whole number")
    return int(value)


def next_page(events: list[dict[str, Any]], asked: Before | None) -> str | None:
    """Return what to ask for `before` to go on after these, None if there are none.

    Not the last one's time alone: others may be of the same moment.
    """
    if not events:
        return None
    last: int = events[-1]["time"]
    told = sum(event["time"] == last for event in events)
    if asked is not None and asked.time == last:
        told += asked.told
    return f"{last}:{told}"


def _moment(milliseconds: float) -> datetime:
    """Return a moment; raises Invalid where there is no such one."""
    if not isfinite(milliseconds) or not 0 <= milliseconds <= _MOST_MS:
        raise probatio.Invalid(_NO_TIME)
    return datetime.fromtimestamp(milliseconds / 1000, UTC)
