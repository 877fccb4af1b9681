"""The local days, weeks and months that figures are asked for."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, tzinfo
from typing import Final

TODAY: Final = "today"
YESTERDAY: Final = "yesterday"
THIS_MONTH: Final = "this_month"

_DAY: Final = timedelta(days=1)
_WEEK: Final = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Period:
    """A span of the calendar, start ≤ time < end, both in UTC."""

    start: datetime
    end: datetime


def calendar(now: datetime, zone: tzinfo) -> Mapping[str, Period]:
    """Return the periods around `now`, as the calendar of a time zone has them.

    today, yesterday, this_week, last_week, this_month, last_month; weeks begin on
    Monday. A day in which the clock is changed has 23 or 25 hours.
    """
    today = now.astimezone(zone).date()
    monday = today - today.weekday() * _DAY
    first = today.replace(day=1)
    next_first = (first + 31 * _DAY).replace(day=1)
    days = {
        TODAY: (today, today + _DAY),
        YESTERDAY: (today - _DAY, today),
        "this_week": (monday, monday + _WEEK),
        "last_week": (monday - _WEEK, monday),
        THIS_MONTH: (first, next_first),
        "last_month": ((first - _DAY).replace(day=1), first),
    }
    return {
        name: Period(_midnight(start, zone), _midnight(end, zone))
        for name, (start, end) in days.items()
    }


def beginning(now: datetime, zone: tzinfo) -> datetime:
    """Return when the earliest of the periods begins, in UTC."""
    return min(period.start for period in calendar(now, zone).values())


def _midnight(day: date, zone: tzinfo) -> datetime:
    """Return when a local day begins, in UTC."""
    return datetime(day.year, day.month, day.day, tzinfo=zone).astimezone(UTC)
