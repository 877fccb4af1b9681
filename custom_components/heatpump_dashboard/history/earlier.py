"""Fills the days before the first reading with what statistics tell of their hours."""

from collections.abc import AsyncIterator, Mapping
from datetime import date, timedelta
from functools import partial
from typing import TYPE_CHECKING, Final

from homeassistant.core import callback

from ..worker import async_compute
from .pump_source import PumpSource

if TYPE_CHECKING:
    import pandas as pd

_DAY: Final = timedelta(days=1)
# Before the fingerprint of days that are made of statistics, not of readings.
OF_STATISTICS: Final = "statistics:"
# So many months without any, and there are none before.
_EMPTY_MONTHS: Final = 12


class EarlierDays:
    """Asks for statistics a month at a time, from the first reading backwards."""

    def __init__(self, source: PumpSource, made_with: str) -> None:
        """Ask nothing yet. `made_with`: the fingerprint of what figures are made with."""
        self._hass = source.hass
        self._source = source
        self.made_with = f"{OF_STATISTICS}{made_with}"
        self._done = False

    @callback
    def async_again(self) -> None:
        """Ask once more, as days are to be made again."""
        self._done = False

    async def async_read(
        self, first: date, known: Mapping[date, str]
    ) -> AsyncIterator[dict[date, pd.DataFrame]]:
        """Yield the hours of the days before `first`, newest first, a month at a time.

        Also days without any, so that there is no gap, but none before the first hour
        that there is. `known`: the days that are kept, with their fingerprints; those
        of readings stay as they are.
        """
        stop, begun, empty = first, first, 0
        while not self._done and empty <= _EMPTY_MONTHS:
            start = (stop - _DAY).replace(day=1)
            hours = await self._async_hours(start, stop)
            if hours is None:
                break
            stop, empty = start, empty + 1
            if len(hours):
                split = partial(_by_day, hours, begun)
                days = await async_compute(self._hass, split)
                yield {d: h for d, h in days.items() if self._is_wanted(known.get(d))}
                begun, empty = min(days, default=begun), 0
        self._done = True

    def _is_wanted(self, made_with: str | None) -> bool:
        """Return whether a day is not known, or was made of statistics otherwise."""
        if made_with is None:
            return True
        return made_with.startswith(OF_STATISTICS) and made_with != self.made_with

    async def _async_hours(self, start: date, stop: date) -> pd.DataFrame | None:
        """Return the hours of a span of days, None where the source keeps none."""
        from ..analysis.hourly import hours_of_statistics
        from ..pump.hours import midnight

        pump = self._source.pump
        found = await self._source.async_hours((midnight(start), midnight(stop)))
        if found is None or found.empty:
            return found
        make = partial(
            hours_of_statistics,
            found,
            pump.profile,
            pump.equipment,
            pump.basis,
        )
        return await async_compute(self._hass, make)


def _by_day(hours: pd.DataFrame, stop: date) -> dict[date, pd.DataFrame]:
    """Return the hours of each day from the first of them on, newest first."""
    from ..pump.hours import midnight

    found, day = {}, stop
    while day > hours.index[0].date():
        day -= _DAY
        first, last = hours.index.searchsorted([midnight(day), midnight(day + _DAY)])
        found[day] = hours.iloc[int(first) : int(last)]
    return found
