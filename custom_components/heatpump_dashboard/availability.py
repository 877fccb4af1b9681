"""Says why a source does not answer, once, and once that it answers again."""

from typing import Final, TypedDict

from .const import DOMAIN, LOGGER
from .sources import CannotConnect, InvalidAuth, SourceError

# What these are about is the source, not one of its heat pumps.
_OF_THE_SOURCE: Final = (CannotConnect, InvalidAuth)
_SOURCE: Final = ""
# One that fails in both ways in turn is not back with every other poll: it is there
# once a heat pump has failed of its own so many times on end.
_SURELY_THERE: Final = 3


class _Translation(TypedDict):
    translation_domain: str
    translation_key: str
    translation_placeholders: dict[str, str]


class Availability:
    """What has been logged of a source and its heat pumps.

    One line for a source that is away, however many heat pumps it has, and one when
    the last of these is answered again; likewise for a heat pump that its source
    cannot answer for.
    """

    def __init__(self, source: str) -> None:
        """Begin with all well. `source`: how the source is called."""
        self._source = source
        # By what is away, the heat pumps that say so.
        self._away: dict[str, set[str]] = {}
        # By heat pump, how often on end it has failed of its own.
        self._own: dict[str, int] = {}

    def failed(self, pump_id: str, name: str, err: Exception) -> None:
        """Say of the source, or of a heat pump, what is wrong with it, but once."""
        away = _SOURCE if isinstance(err, _OF_THE_SOURCE) else pump_id
        own = self._own.get(pump_id, 0) + 1 if away == pump_id else 0
        self._own[pump_id] = own
        if own >= _SURELY_THERE:
            self._back(_SOURCE, self._source, pump_id)
        if away not in self._away:
            told = self._source if away == _SOURCE else name
            self._say(told, err)
        self._away.setdefault(away, set()).add(pump_id)

    def _say(self, told: str, err: Exception) -> None:
        """Log what is wrong; of what no source raises, also where."""
        if isinstance(err, SourceError):
            LOGGER.warning("%s is unavailable: %s", told, err)
        else:
            LOGGER.error("%s cannot be computed", told, exc_info=err)

    def answered(self, pump_id: str, name: str) -> None:
        """Say that the source and a heat pump are back, if they were away."""
        self._back(_SOURCE, self._source, pump_id)
        self._back(pump_id, name, pump_id)

    def _back(self, away: str, told: str, pump_id: str) -> None:
        """Take back what a heat pump said of what is away."""
        if away not in self._away:
            return
        self._away[away].discard(pump_id)
        if not self._away[away]:
            del self._away[away]
            LOGGER.info("%s is available again", told)


def translation(err: SourceError) -> _Translation:
    """Return how Home Assistant finds the text of an error in the user's language."""
    return {
        "translation_domain": DOMAIN,
        "translation_key": err.key,
        "translation_placeholders": err.placeholders,
    }
