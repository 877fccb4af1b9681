"""Reads what a source has stored since the last poll."""

import asyncio
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING, Final

from homeassistant.core import CALLBACK_TYPE

from .const import LOGGER
from .history.pump_source import PumpSource
from .mapped_entities import MappedEntities
from .pump.limits import CONTEXT, EARLY, FRESH, FUTURE, READINGS_KEPT
from .pump.look_back import LookBack
from .sources import InvalidAuth, QueryFailed, SourceError, Times, pieces

if TYPE_CHECKING:
    import pandas as pd

# Read again at every poll: points may arrive late.
_OVERLAP: Final = timedelta(minutes=5)
# After a time without readings no more than this is read again for late points.
_LONGEST_LOOK_BACK: Final = timedelta(days=1)
# A day of an outage is asked for so many times more before it is a hole.
_MORE_TRIES: Final = 3
# The longest span asked for at once: a day and what it follows from.
_PIECE: Final = timedelta(days=1) + CONTEXT


class NewReadings:
    """Brings the readings of one heat pump up to now; raises the errors of a source.

    `read_to`: up to when they have been read, None before the first time.
    """

    def __init__(
        self, source: PumpSource, entities: MappedEntities, *, read_anew: CALLBACK_TYPE
    ) -> None:
        """Begin with nothing read.

        `entities`: is told which series have values. `read_anew`: is called when all
        that is known has false times.
        """
        self._source = source
        self._pump = source.pump
        self._name = source.name
        self._entities = entities
        self._read_anew = read_anew
        self.read_to: datetime | None = None
        self._look_back = LookBack()
        # Days of an outage that could not be read, since the newest could be.
        self._unread_days = 0

    async def async_read(self, now: datetime) -> None:
        """Read what is not known yet of the time up to now."""
        if self.read_to is None:
            await self._async_load(now)
        elif await self._async_began_ahead(self.read_to, now):
            self._read_anew()
        else:
            await self._async_poll(self.read_to, now)
        self.read_to = now

    async def _async_began_ahead(self, read_to: datetime, now: datetime) -> bool:
        """Return whether both clocks were ahead, and readings are stamped rightly again.

        Where only ours was put back, nothing is stored up to now that is not known.
        """
        times = self._pump.records.readings.index
        if not len(times):
            return read_to - now > FRESH
        if times[-1] - now <= FRESH:
            return False
        stop = now + EARLY
        stored = await self._async_readings((now - _OVERLAP, stop))
        known = times[: times.searchsorted(stop)]
        return len(stored) > 0 and (known.empty or stored.index[-1] > known[-1])

    async def _async_load(self, now: datetime) -> None:
        """Read the readings that are kept, days side by side.

        What lies before a day that cannot be read is left to the reading of the past.
        """
        first = _hour(now - READINGS_KEPT) - CONTEXT
        *earlier, newest = pieces(first, now + EARLY, _PIECE)
        future = (now + EARLY, now + FUTURE)
        results, last = await asyncio.gather(
            asyncio.gather(
                *(self._async_readings(span) for span in earlier),
                return_exceptions=True,
            ),
            self._async_readings_beside(newest, [future]),
            return_exceptions=True,
        )
        if isinstance(last, BaseException):
            raise last
        if isinstance(results, BaseException):
            raise results
        begin = _first_readable(results)
        frames = [
            frame for frame in results[begin:] if not isinstance(frame, BaseException)
        ]
        start = [*earlier, newest][begin][0]
        raw, looked_ahead = last
        load = partial(self._pump.load, [*frames, raw], start, now)
        await self._source.run(partial(load, looked_ahead=looked_ahead))

    async def _async_poll(self, read_to: datetime, now: datetime) -> None:
        """Read what is new since the last reading, days one after the other.

        Time in which the source did not answer is read in full, however long; where it
        answered but had no readings, a day back at most. Beside it slices of the last
        day are read again in turn, as points may come late by hours.
        """
        start = min(read_to - _OVERLAP, now - _LONGEST_LOOK_BACK)
        stop = now
        if (last := self._pump.records.last) is not None:
            start = max(last.to_pydatetime() - _OVERLAP, start)
            # If that is later than now, ours alone is the clock that was put back.
            stop = max(now, last.to_pydatetime())
        *earlier, newest = pieces(start, stop + EARLY, _PIECE)
        for piece in earlier:
            await self._async_take_in(piece, now)
        await self._async_take_in_newest(newest, now)

    async def _async_take_in(self, piece: Times, now: datetime) -> None:
        """Take in a day of a long time without answers, a hole where it has none."""
        try:
            raw = await self._async_readings(piece)
        except InvalidAuth:
            raise
        except SourceError as err:
            self._unread_days += 1
            if not isinstance(err, QueryFailed) and self._unread_days <= _MORE_TRIES:
                raise
            LOGGER.warning("A day of %s cannot be read: %s", self._name, err)
            self._pump.add_hole(piece)
        else:
            await self._source.run(self._pump.take_in, raw, piece[0], now)

    async def _async_take_in_newest(self, newest: Times, now: datetime) -> None:
        """Take in what is new, and in the same question what may have come late."""
        beside = self._look_back.spans(now)
        raw, whole = await self._async_readings_beside(newest, beside)
        take_in = partial(self._pump.take_in, raw, newest[0], now)
        looked_ahead = bool(beside) and whole
        await self._source.run(partial(take_in, looked_ahead=looked_ahead))
        self._unread_days = 0
        if beside:
            self._look_back.done()

    async def _async_readings_beside(
        self, newest: Times, beside: Sequence[Times]
    ) -> tuple[pd.DataFrame, bool]:
        """Return what is new, and whether it holds what was asked for beside it.

        What is asked for beside it is never the reason that nothing new is known.
        """
        try:
            return await self._async_readings(newest, *beside), True
        except InvalidAuth:
            raise
        except SourceError:
            if not beside:
                raise
        return await self._async_readings(newest), False

    async def _async_readings(self, *spans: Times) -> pd.DataFrame:
        # What was in force when it began is known since the first readings.
        in_force = self.read_to is None
        frame = await self._source.async_readings(*spans, in_force=in_force)
        self._entities.told.update(map(str, frame.columns))
        return frame


def _first_readable(results: Sequence[pd.DataFrame | BaseException]) -> int:
    """Return the first of the earlier pieces of which all to the last could be read.

    What lies before it is left to the reading of the past. Raises what is not about a
    piece alone: a refused token, and what no source raises. All have settled by then:
    no request outlives a refresh that failed.
    """
    begin = 0
    for number, result in enumerate(results, 1):
        if isinstance(result, SourceError) and not isinstance(result, InvalidAuth):
            begin = number
        elif isinstance(result, BaseException):
            raise result
    return begin


def _hour(moment: datetime) -> datetime:
    """Return the full hour at or before a moment, in UTC."""
    return moment.astimezone(UTC).replace(minute=0, second=0, microsecond=0)
