"""Asks the insights of a heat pump, once a day, of all days that are known."""

import asyncio
from dataclasses import dataclass
from datetime import datetime, timedelta, tzinfo
from typing import TYPE_CHECKING, Final

from homeassistant.core import HomeAssistant
from homeassistant.util import dt as dt_util

if TYPE_CHECKING:
    from ..insights.registry import Answers
    from ..pump.heat_pump import HeatPump
    from ..pump.present import AlarmState
    from .years import Years

# By then the last hour of the day before is known, whatever came late.
_NEW_DAY: Final = timedelta(hours=3, minutes=10)
# While the past is still being read, answers grow with it, but not with every question.
_GROWS_S: Final = 300.0


@dataclass(frozen=True, slots=True)
class _Known:
    """What answers were found of, and when (s on the loop's clock)."""

    day: object
    alarm: AlarmState
    days: int
    at: float


class DailyInsights:
    """Keeps the answers of a day until there is another one, or more of the past."""

    def __init__(self, hass: HomeAssistant, pump: HeatPump, years: Years) -> None:
        """Begin without answers: they are found when someone asks."""
        self._hass = hass
        self._pump = pump
        self._years = years
        self._turn = asyncio.Lock()
        self._known: _Known | None = None
        self._found: Answers | None = None
        self._time = dt_util.utcnow()

    async def async_answers(self, alarm: AlarmState) -> tuple[datetime, Answers]:
        """Return when answers were found, and what they are.

        `alarm`: that of now, which is no matter of days.
        """
        async with self._turn:
            await self._years.async_open()
            now, zone = dt_util.utcnow(), dt_util.get_default_time_zone()
            wanted = _Known(
                (now - _NEW_DAY).astimezone(zone).date(),
                alarm,
                len(self._years.store.days) if self._years.store else 0,
                self._hass.loop.time(),
            )
            if self._found is None or self._is_old(wanted):
                self._found = await self._hass.async_add_executor_job(
                    self._find, alarm, now, zone
                )
                self._known, self._time = wanted, now
            return self._time, self._found

    def _is_old(self, wanted: _Known) -> bool:
        """Return whether what is known would be answered otherwise now."""
        known = self._known
        if known is None or (known.day, known.alarm) != (wanted.day, wanted.alarm):
            return True
        return known.days != wanted.days and wanted.at - known.at >= _GROWS_S

    def _find(self, alarm: AlarmState, now: datetime, zone: tzinfo) -> Answers:
        """Return the answers. For an executor."""
        from ..insights.registry import answers
        from .subject import subject_of

        subject = subject_of(self._pump, self._years.store, now, zone, alarm)
        return answers(subject)
