"""The weekly letter of a heat pump: an event on Monday morning, with its text."""

from collections.abc import Mapping
from datetime import time
from typing import TYPE_CHECKING, Any, Final

from homeassistant.const import ATTR_DEVICE_ID
from homeassistant.core import CoreState, HomeAssistant, callback
from homeassistant.helpers import device_registry as dr
from homeassistant.helpers.translation import async_get_translations
from homeassistant.util import dt as dt_util

from .const import DOMAIN, LOGGER, TANK_SAFE_C
from .issues import insight_path
from .numerals import degrees, numeral

if TYPE_CHECKING:
    from homeassistant.config_entries import ConfigEntry, ConfigSubentry

    from .history.insights import DailyInsights
    from .insights.letter import Letter, Sentence

EVENT_WEEKLY: Final = f"{DOMAIN}_weekly"

_MONDAY: Final = 0
_AT: Final = time(7)
# Of these a decimal is more than anybody knows.
_PERCENT: Final = frozenset(("more", "colder", "percent"))
# How a currency is written in a sentence, where not by its code.
_CURRENCIES: Final = {"DKK": "kr", "EUR": "€", "GBP": "£", "NOK": "kr", "SEK": "kr"}


class WeeklyLetter:
    """Tells the letter of a heat pump, from seven on Mondays.

    With the first poll then, or after a start later that day; not on another day: by
    then it is no news.
    """

    def __init__(
        self,
        hass: HomeAssistant,
        entry: ConfigEntry[Any],
        subentry: ConfigSubentry,
        insights: DailyInsights,
    ) -> None:
        """Know whose letter it is."""
        self._hass = hass
        self._entry_id = entry.entry_id
        self._subentry = subentry
        self._insights = insights
        self._running = False

    @callback
    def async_is_due(self) -> bool:
        """Return whether it is Monday, and the letter has not been told."""
        now = dt_util.now()
        if self._running or self._hass.state is not CoreState.running:
            return False
        is_time = now.weekday() == _MONDAY and now.time() >= _AT
        return is_time and self._insights.async_is_letter_due(now.date())

    async def async_go_on(self) -> None:
        """Tell the letter."""
        self._running = True
        try:
            letter = await self._insights.async_letter(dt_util.now().date())
            if letter is not None:
                await self._async_tell(letter)
        except Exception:  # noqa: BLE001 - the next letter is in a week
            LOGGER.exception("The letter of %s cannot be told", self._subentry.title)
        finally:
            self._running = False

    async def _async_tell(self, letter: Letter) -> None:
        """Fire the event."""
        name, pump_id = self._subentry.title, self._subentry.subentry_id
        title, text = await async_text(self._hass, letter, name)
        data = {
            ATTR_DEVICE_ID: self._device_id(),
            "name": name,
            "sentences": [sentence.as_dict() for sentence in letter.sentences],
            "title": title,
            "text": text,
            "url": insight_path("letter", pump_id),
        }
        self._hass.bus.async_fire(EVENT_WEEKLY, data)

    def _device_id(self) -> str | None:
        """Return the device of the heat pump."""
        devices = dr.async_entries_for_config_entry(
            dr.async_get(self._hass), self._entry_id
        )
        own = self._subentry.subentry_id
        return next((one.id for one in devices if one.config_subentry_id == own), None)


async def async_text(hass: HomeAssistant, letter: Letter, name: str) -> tuple[str, str]:
    """Return title and text of a letter in the language of the home, else in English."""
    language = hass.config.language
    found = await async_get_translations(hass, language, "common", {DOMAIN})
    begin = f"component.{DOMAIN}.common.letter_"
    safe = degrees(TANK_SAFE_C, language, hass.config.units.temperature_unit)
    texts = {
        key.removeprefix(begin): text.replace("{safe}", safe)
        for key, text in found.items()
    }
    currency = _CURRENCIES.get(hass.config.currency, hass.config.currency)

    def said(sentence: Sentence) -> str:
        words = {
            key: _word(texts, key, value, language)
            for key, value in sentence.params.items()
        }
        return texts[sentence.code].format(currency=currency, **words)

    text = " ".join(said(sentence) for sentence in letter.sentences)
    return texts["title"].format(name=name), text


def _word(texts: Mapping[str, str], key: str, value: Any, language: str) -> str:
    """Return what stands in a sentence for a param: a number, or the name of a code."""
    if isinstance(value, int | float):
        return numeral(round(value) if key in _PERCENT else value, language)
    if isinstance(value, list):
        return ", ".join(texts.get(f"check_{one}", one) for one in value)
    return texts.get(f"{key}_{value}", value)
