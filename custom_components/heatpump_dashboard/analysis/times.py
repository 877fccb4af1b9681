"""The windows that readings are added up in, and times as they come and are sent."""

from datetime import MINYEAR, UTC, datetime, tzinfo
from typing import Final

# Where pandas is not imported yet this is asked, too.
WINDOW_S: Final = 300


def milliseconds(moment: datetime) -> int:
    """Return a time in ms since 1970."""
    return round(moment.timestamp() * 1000)


def utc(moment: datetime, zone: tzinfo) -> datetime:
    """Return a time in UTC; one without an offset is in `zone`.

    One of the first or the last year may have none: it is the first or the last.
    """
    local = moment if moment.tzinfo is not None else moment.replace(tzinfo=zone)
    try:
        return local.astimezone(UTC)
    except OverflowError:
        first = moment.year == MINYEAR
        return (datetime.min if first else datetime.max).replace(tzinfo=UTC)
