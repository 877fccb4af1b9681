"""Says once that a source does not answer, and once that it answers again."""

from typing import Final

from .const import LOGGER
from .sources import CannotConnect, InvalidAuth

# What these are about is the source, not one of its heat pumps.
_OF_THE_SOURCE: Final = (CannotConnect, InvalidAuth)


class Availability:
    """What has been logged of a source and its heat pumps.

    One line for a source that is away, however many heat pumps it has; one for a heat
    pump that its source cannot answer for.
    """

    def __init__(self, source: str) -> None:
        """Begin with all well. `source`: how the source is called."""
        self._source = source
        self._away: set[str] = set()

    def failed(self, name: str, err: Exception) -> None:
        """Say of the source, or of a heat pump, what is wrong with it, but once."""
        away = self._source if isinstance(err, _OF_THE_SOURCE) else name
        if self._away.isdisjoint((away, self._source)):
            LOGGER.warning("%s is unavailable: %s", away, err)
        self._away.add(away)

    def answered(self, name: str) -> None:
        """Say that the source and a heat pump are back, if they were away."""
        for away in (self._source, name):
            if away in self._away:
                self._away.discard(away)
                LOGGER.info("%s is available again", away)
