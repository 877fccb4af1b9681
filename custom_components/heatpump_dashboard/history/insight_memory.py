"""What is remembered of the insights of a heat pump, on disk beside its hours."""

from collections.abc import Mapping
from contextlib import suppress
from datetime import date
from typing import TYPE_CHECKING, Any, Final

from homeassistant.core import HomeAssistant, callback
from homeassistant.exceptions import HomeAssistantError
from homeassistant.helpers.storage import Store

from ..const import DOMAIN, LOGGER
from ..insights.lasting import Lasting

if TYPE_CHECKING:
    from ..insights.letter import Letter

_VERSION: Final = 1


class InsightMemory:
    """What lasts over a restart: which checks ask for an action, and what letters said.

    `lasting`: by check. `letter`: the last one; `asked`: the last day on which there was
    to be one, of which too little may have been known. It is small and changes once a
    day, so that it is written at once. In the folder of the heat pump's hours, it goes
    with these.
    """

    def __init__(self, hass: HomeAssistant, pump_id: str, since: date | None) -> None:
        """Know where it is; nothing is read yet. `since`: the heat pump's first day."""
        self._hass = hass
        self._since = since or date.min
        self._store = Store[dict[str, Any]](
            hass, _VERSION, f"{DOMAIN}/{pump_id}/insights"
        )
        self._is_read = False
        self._is_closed = False
        self.lasting: Mapping[str, Lasting] = {}
        self.letter: Letter | None = None
        self.asked: date | None = None

    @callback
    def async_close(self) -> None:
        """Write nothing more: the folder goes with the heat pump, or is another one's."""
        self._is_closed = True

    async def async_load(self) -> None:
        """Read it the first time; what cannot be read is as good as nothing."""
        if self._is_read:
            return
        self._is_read = True
        try:
            stored = await self._store.async_load()
        except (HomeAssistantError, OSError, ValueError, KeyError, TypeError) as err:
            LOGGER.warning("%s cannot be read: %s", self._store.key, err)
            return
        if isinstance(stored, dict):
            await self._hass.async_add_executor_job(self._take, stored)

    def _take(self, stored: dict[str, Any]) -> None:
        """Take what was stored. For an executor: what reads letters is slow to import."""
        from ..insights.letter import letter_from

        if isinstance(lasting := stored.get("checks"), dict):
            self.lasting = {
                name: Lasting.from_dict(one).since(self._since)
                for name, one in lasting.items()
            }
        self.letter = letter_from(stored.get("letter"))
        with suppress(KeyError, TypeError, ValueError):
            self.asked = date.fromisoformat(stored["asked"])

    async def async_remember(self, lasting: Mapping[str, Lasting]) -> None:
        """Keep what is to be remembered, on disk where it is not the same as before.

        What a check says may change with every poll; that alone is not worth writing.
        """
        before, self.lasting = self.lasting, lasting
        if _worth_writing(before) != _worth_writing(lasting):
            await self._async_write()

    async def async_remember_letter(self, asked: date, letter: Letter | None) -> None:
        """Keep that there was to be a letter on a day, and what it says if it says any."""
        self.asked = asked
        self.letter = letter or self.letter
        await self._async_write()

    async def _async_write(self) -> None:
        """Write it; what cannot be written is written with the next change."""
        if self._is_closed:
            return
        stored = {
            "checks": {name: one.as_dict() for name, one in self.lasting.items()},
            "letter": self.letter and self.letter.as_dict(),
            "asked": self.asked and self.asked.isoformat(),
        }
        try:
            await self._store.async_save(stored)
        except (HomeAssistantError, OSError) as err:
            LOGGER.warning("%s cannot be written: %s", self._store.key, err)


def _worth_writing(lasting: Mapping[str, Lasting]) -> object:
    return {name: (one.days, one.acting) for name, one in lasting.items()}
