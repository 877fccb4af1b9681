"""Reads the past of a heat pump backwards, a day a question, behind its polls."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING, Final

from homeassistant.core import CALLBACK_TYPE, callback
from homeassistant.util import dt as dt_util

from ..analysis.periods import beginning
from ..const import LOGGER
from ..pump.limits import CONTEXT, SHOWN_FROM
from ..sources import SourceError, Times
from .pump_source import PumpSource
from .retries import WAITS, Retries

if TYPE_CHECKING:
    import pandas as pd

# A day and what it follows from are one question.
_DAY: Final = timedelta(days=1)
# While the past is being read, those who listen are told this often.
_PROGRESS_INTERVAL_S: Final = 1.0


class Backfill:
    """Reads the past of one heat pump; after a failure it goes on where it was.

    `changed`: called when more is known.
    """

    def __init__(self, source: PumpSource, *, changed: CALLBACK_TYPE) -> None:
        """Begin with nothing read."""
        self._hass = source.hass
        self._pump = source.pump
        self._source = source
        self._name = source.name
        self._changed = changed
        self._reading = False
        self._retries = Retries(source.name)
        self._first_time_asked = 0
        self._told_at = 0.0

    @callback
    def async_is_due(self) -> bool:
        """Return whether to go on after a poll that succeeded."""
        if self._reading or self._pump.history.whole:
            return False
        return self._retries.is_due(self._hass.loop.time())

    async def async_go_on(self) -> None:
        """Read on, until all is read or something cannot be."""
        self._reading = True
        try:
            await self._async_read()
        except Exception as err:  # noqa: BLE001 - one bad day is no end of the past
            self._retries.failed(err, self._hass.loop.time())
        finally:
            self._reading = False
        self._changed()

    async def _async_read(self) -> None:
        """Read what can be looked at, then what sums of the last month need."""
        pump = self._pump
        if pump.first_reading is None and not await self._async_begins():
            return
        now = dt_util.utcnow()
        if not pump.history.complete:
            wanted = self._oldest(now - SHOWN_FROM)
            pump.history = replace(pump.history, wanted=wanted)
            async for since in self._async_read_back(wanted):
                pump.history = replace(pump.history, since=since)
                self._tell_progress()
            pump.history = replace(pump.history, since=self._since, complete=True)
            self._changed()
        first = beginning(now, dt_util.get_default_time_zone())
        async for _ in self._async_read_back(self._oldest(first), sums_only=True):
            pass
        pump.history = replace(pump.history, whole=True)

    async def _async_begins(self) -> bool:
        """Ask when the readings begin; return whether to go on.

        When the last attempt has failed it goes on without knowing it: then the whole
        span is asked for, also days that have no readings.
        """
        if self._first_time_asked > len(WAITS):
            return True
        self._first_time_asked += 1
        try:
            self._pump.first_reading = await self._source.async_first_time()
        except SourceError as err:
            LOGGER.debug("The beginning of %s is not known: %s", self._name, err)
            if self._first_time_asked <= len(WAITS):
                self._retries.wait(WAITS[self._first_time_asked - 1])
                return False
        return True

    async def _async_read_back(
        self, oldest: datetime, *, sums_only: bool = False
    ) -> AsyncIterator[datetime]:
        """Read the past backwards, a day at a time; yield from when on it is known."""
        while (stop := self._since) > oldest:
            start = max(stop - _DAY, oldest)
            raw = await self._async_readings(start, stop)
            if self._retries.given_up:
                # Before the day counts as read: growing totals would take one
                # without readings for one in which nothing was used.
                self._tell_hole((start, stop))
            add = partial(self._pump.add_past, raw, start, stop, sums_only=sums_only)
            await self._source.run(add)
            self._retries.succeeded()
            yield self._since

    async def _async_readings(self, start: datetime, stop: datetime) -> pd.DataFrame:
        """Return the values of a day with its context, none of one that is given up."""
        if self._retries.given_up:
            return await self._hass.async_add_executor_job(_no_rows)
        return await self._source.async_past((start - CONTEXT, stop))

    def _tell_hole(self, hole: Times) -> None:
        """Say once what could not be read."""
        LOGGER.warning(
            "The readings of %s from %s to %s cannot be read and are left out",
            self._name,
            *(moment.isoformat() for moment in hole),
        )
        self._pump.add_hole(hole)

    def _oldest(self, wanted: datetime) -> datetime:
        """Return the full hour in which what is wanted begins, as far as there is any."""
        first = self._pump.first_reading
        oldest = wanted if first is None else max(first, wanted)
        return oldest.astimezone(UTC).replace(minute=0, second=0, microsecond=0)

    @property
    def _since(self) -> datetime:
        """Return from when on the past is known."""
        since = self._pump.records.since
        assert since is not None
        return since.to_pydatetime()

    @callback
    def _tell_progress(self) -> None:
        """Tell those who listen, but not with every day that has been read."""
        now = self._hass.loop.time()
        if now - self._told_at >= _PROGRESS_INTERVAL_S:
            self._told_at = now
            self._changed()


def _no_rows() -> pd.DataFrame:
    from ..pump.tables import no_rows

    return no_rows()
