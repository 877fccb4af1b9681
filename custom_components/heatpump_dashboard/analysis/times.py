"""Times as they are sent: ms since 1970."""

from datetime import datetime


def milliseconds(moment: datetime) -> int:
    """Return a time in ms since 1970."""
    return round(moment.timestamp() * 1000)
