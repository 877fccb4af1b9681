"""When a piece of the past that could not be read is tried again, and when given up."""

from typing import Final

from ..const import LOGGER
from ..sources import CannotConnect, SourceError

# A piece that cannot be read, although polls succeed, is tried again after so many of
# these; then it is a hole, and what lies before it is read. A server that does not
# answer in time may just be busy: it is given most of an hour.
WAITS: Final = (1, 4)
_WAITS_FOR_ANSWER: Final = (1, 4, 20, 60)


class Retries:
    """How often the piece that is next has failed, and what follows from that.

    `given_up`: it is to be left out. `broken`: not even that was possible.
    """

    def __init__(self, name: str) -> None:
        """Begin without a failure. `name`: of the heat pump."""
        self._name = name
        self._failures = 0
        # So many polls are waited for, and so long (monotonic seconds) in any case.
        self._waits = 0
        self._not_before = 0.0
        self.given_up = False
        self.broken = False

    def is_due(self, now: float) -> bool:
        """Return whether to try at this poll; `now`: monotonic seconds."""
        if self.broken or now < self._not_before:
            return False
        self._waits = max(self._waits - 1, 0)
        return not self._waits

    def wait(self, polls: int) -> None:
        """Wait for some polls."""
        self._waits = polls

    def succeeded(self) -> None:
        """Begin anew with the next piece."""
        self._failures, self.given_up = 0, False

    def failed(self, err: Exception, now: float) -> None:
        """Wait some polls, longer each time; after the last time it is given up."""
        LOGGER.debug("The history of %s has to wait: %s", self._name, err)
        if not isinstance(err, SourceError) and not self._failures:
            LOGGER.error(
                "The history of %s cannot be computed", self._name, exc_info=err
            )
        # One that asks for time is given at least that, but not for ever.
        self._not_before = now + (getattr(err, "retry_after", None) or 0.0)
        self.broken = self.given_up
        waits = _WAITS_FOR_ANSWER if isinstance(err, CannotConnect) else WAITS
        self._failures += 1
        self.given_up = self._failures > len(waits)
        self._waits = 0 if self.given_up else waits[self._failures - 1]
