"""Which times are asked for again beside what is new: points may come late by hours."""

from datetime import datetime, timedelta
from typing import Final

from .limits import EARLY, FUTURE

# A collector that caught up writes hours later what happened: every so many polls a
# slice of the last day is read again, and so all of it every 16 minutes.
_POLLS: Final = 4
_DAY: Final = timedelta(days=1)
_SLICE: Final = timedelta(hours=3)

type Span = tuple[datetime, datetime]


class LookBack:
    """Takes turns through the last day, from the newest slice to the oldest."""

    def __init__(self) -> None:
        """Begin with the newest slice, some polls from now."""
        self._polls = 0
        self._age = timedelta()

    def spans(self, now: datetime) -> list[Span]:
        """Return what this poll is to ask for beside what is new, mostly nothing.

        A slice of the last day, and the hours to come: readings that are there already
        have been stamped by another clock than ours.
        """
        self._polls += 1
        if self._polls < _POLLS:
            return []
        stop = now - self._age
        return [(stop - _SLICE, stop), (now + EARLY, now + FUTURE)]

    def done(self) -> None:
        """Go on to the next slice, as this one was read or could not be."""
        self._polls = 0
        self._age = (self._age + _SLICE) % _DAY
