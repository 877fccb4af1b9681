"""The windows that readings are added up in, and times as they are sent: ms since 1970."""

from datetime import datetime
from typing import Final

# Where pandas is not imported yet this is asked, too.
WINDOW_S: Final = 300


def milliseconds(moment: datetime) -> int:
    """Return a time in ms since 1970."""
    return round(moment.timestamp() * 1000)
