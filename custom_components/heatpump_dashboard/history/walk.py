"""The walk over all days that are to be read, newest first, for the hours on disk."""

import asyncio
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING, Final

from homeassistant.util import dt as dt_util

from ..const import LOGGER
from ..pump.limits import CONTEXT, FINAL
from ..worker import async_compute
from .earlier import OF_STATISTICS, EarlierDays
from .pump_source import PumpSource
from .retries import Retries

if TYPE_CHECKING:
    import pandas as pd

    from ..pump.hours import PastDay, PastHours
    from .store import HourStore

_DAY: Final = timedelta(days=1)
# After each answer as long a pause as it took, in which its day is computed, and as long
# a one again as that took: at most half of a computer is busy with it, the server's or
# ours. Never so short that a poll waits, and never so long that it takes days. A server
# that was slow with a poll is left alone for longer.
_SHORTEST_PAUSE_S: Final = 0.2
_LONGEST_PAUSE_S: Final = 5.0
# What is read is on disk about this often.
_WRITE_INTERVAL_S: Final = 60.0
# Of fewer months it is not looked first which of them have readings.
_FEWEST_MONTHS: Final = 3


class Walk:
    """Reads the days that are not on disk, or are there of other settings.

    After a failure it goes on where it was.

    `left_out`: days that cannot be read, or that the source has no more readings of.
    `current`: the fingerprints of days that are as they would be computed now, of
    readings and of statistics.
    `empty`: days of which the source surely has nothing: they are not asked for.
    `retries`: how often the day that is next has failed.
    """

    def __init__(self, source: PumpSource, made_with: str) -> None:
        """Begin with nothing read. `made_with`: the fingerprint of days of readings."""
        self._hass = source.hass
        self._pump = source.pump
        self._source = source
        self._name = source.name
        self._made_with = made_with
        self._earlier = EarlierDays(source, made_with)
        self.current = made_with, self._earlier.made_with
        # It was said that they cannot be read.
        self._told_earlier = False
        self.left_out: set[date] = set()
        self.empty: set[date] = set()
        self._looked = False
        # Days that were final by a clock that has been put back since: they are kept
        # once more when they are.
        self._unsure: set[date] = set()
        self.retries = Retries(source.name)
        # What was asked for since the walk looked for it.
        self._again: set[date] = set()
        # The days that are handed in now, and the first of them.
        self._past: PastHours | None = None
        self._past_from: date | None = None
        self._next_write = 0.0

    async def async_read_again(self, store: HourStore, days: set[date]) -> None:
        """Have days read again, also while the walk goes on."""
        await async_compute(self._hass, self._outdate, store, days)
        self._again |= days

    async def async_go_on(self, store: HourStore) -> None:
        """Keep what has become final, then read the days that are not known."""
        await self._hass.async_add_executor_job(store.try_again)
        if self._pump.first_reading is None:
            await self._async_find_first()
        await self._async_begin_anew(store)
        await self._source.run(self._keep_final_days, store, dt_util.utcnow())
        await self._async_look(store)
        while (day := self.next_day(store)) is not None:
            begun = self._hass.loop.time()
            raw = await self._async_ask(store, day)
            answered = self._hass.loop.time()
            await self._async_add(store, day, raw)
            if day not in self.empty:
                computed_s = self._hass.loop.time() - answered
                await self._async_pause(store, answered - begun, computed_s)
            await self._async_begin_anew(store)
        await self._async_finish(store)
        await self._async_try_earlier(store)
        await self._hass.async_add_executor_job(store.write)

    async def _async_find_first(self) -> None:
        """Ask when the readings begin; what is known stays where nobody can say it.

        As long as it is not known, no day is read: the next look asks again.
        """
        try:
            async with self._source.turns:
                first = await self._source.async_first_time()
        except Exception as err:  # noqa: BLE001 - it is no day that cannot be read
            LOGGER.debug("The beginning of %s is not known: %s", self._name, err)
        else:
            self._pump.first_reading = first or self._pump.first_reading

    async def _async_begin_anew(self, store: HourStore) -> None:
        """Begin anew, newest day first, where days were asked for meanwhile.

        Also with those that had been read by then and kept since.
        """
        days = {day for day in self._again if store.takes(day)}
        if not days:
            return
        self._again -= days
        # There may be readings now where there were none, and none where there were.
        self.empty, self._looked = set(), False
        await self._async_find_first()
        await async_compute(self._hass, self._outdate, store, days)
        self._past = None
        self.retries.succeeded()
        self._earlier.async_again()

    async def _async_look(self, store: HourStore) -> None:
        """Look once which months have no readings at all.

        Nothing rests on it: where it cannot be told, every day is read.
        """
        from ..pump.hours import midnight

        first, newest = self._pump.first_reading, self.next_day(store)
        if self._looked or first is None or newest is None:
            return
        self._looked = True
        months = _months(first.astimezone(UTC).date(), newest)
        if len(months) < _FEWEST_MONTHS:
            return
        empty: list[date] = []
        try:
            for month in months:
                span = midnight(month), midnight(_following(month))
                async with self._source.turns:
                    if await self._source.async_has_nothing(span):
                        empty.append(month)
        except Exception as err:  # noqa: BLE001 - it is a help, and no more
            LOGGER.debug("It is not known where %s has readings: %s", self._name, err)
        # What the last reading of a month says may hold on for some minutes.
        self.empty = {
            day
            for month in empty
            for day in _days(month, _following(month))
            if day != month or (month - _DAY).replace(day=1) in empty
        }

    def _outdate(self, store: HourStore, days: set[date]) -> None:
        """Have days read again, also such as were left out. For an executor."""
        first = self._pump.first_reading
        begun = date.min if first is None else first.astimezone(UTC).date()
        known = store.days
        store.outdate(
            {
                day
                for day in days
                if day >= begun or known.get(day, "").startswith(OF_STATISTICS)
            }
        )
        self.left_out = self.left_out - days

    async def _async_try_earlier(self, store: HourStore) -> None:
        """Add what statistics tell, as far as they can be read: nothing rests on it."""
        try:
            await self._async_add_earlier(store)
        except Exception as err:  # noqa: BLE001 - no day of readings is lost for it
            if not self._told_earlier:
                LOGGER.warning(
                    "The statistics of %s cannot be read: %s", self._name, err
                )
            self._told_earlier = True
        else:
            self._told_earlier = False

    async def _async_add_earlier(self, store: HourStore) -> None:
        """Keep what statistics tell of the days before the first reading."""
        # What is held back may be of readings.
        if (first := self._pump.first_reading) is None or not store.readable:
            return
        day, made_with = first.astimezone(UTC).date(), self._earlier.made_with
        begun = self._hass.loop.time()
        async for days in self._earlier.async_read(day, store.days):

            def keep(days: Mapping[date, pd.DataFrame] = days) -> None:
                for day, hours in days.items():
                    store.put(day, hours, made_with)

            answered = self._hass.loop.time()
            await self._source.run(keep)
            computed_s = self._hass.loop.time() - answered
            await self._async_pause(store, answered - begun, computed_s)
            begun = self._hass.loop.time()
        if not self._again:
            # Nothing tells any more of those that are left.
            left = {day for day in store.days if day < first.astimezone(UTC).date()}
            await async_compute(self._hass, store.restore, left)

    async def _async_ask(self, store: HourStore, day: date) -> pd.DataFrame:
        """Return what there is of a day, which follows what has been handed in."""
        if self._past is None or self._past_from != day + _DAY:
            await self._async_begin(store, day + _DAY)
        return await self._async_readings(day)

    async def _async_add(self, store: HourStore, day: date, raw: pd.DataFrame) -> None:
        """Hand a day in, and keep what is whole with it."""
        assert self._past is not None
        if self.retries.given_up:
            self.left_out.add(day)
            LOGGER.warning(
                "The readings of %s of %s cannot be read and are left out",
                self._name,
                day.isoformat(),
            )
            # What a counter counted in it is not for the day after: it may be read yet.
            await self._async_begin_with(store, day, raw)
        else:
            await self._async_keep(store, partial(self._past.add, raw))
        self._past_from = day
        self.retries.succeeded()

    async def _async_begin(self, store: HourStore, day: date) -> None:
        """Begin before a day that is known, with the readings that it begins with.

        Without any where these cannot be read: what lies before is read all the same.
        """
        from ..pump.hours import midnight
        from ..pump.tables import no_rows

        await self._async_finish(store)
        start = midnight(day)
        if self.retries.given_up:
            raw = no_rows()
        else:
            raw = await self._source.async_past((start, start + _DAY))
        self.retries.succeeded()
        await self._async_begin_with(store, day, raw)

    async def _async_begin_with(
        self, store: HourStore, day: date, raw: pd.DataFrame
    ) -> None:
        """Begin before a day with what is stored of it."""
        from ..pump.hours import PastHours

        await self._async_finish(store)
        pump = self._pump
        self._past = await self._source.run(
            PastHours, pump.profile, pump.equipment, day, raw
        )
        self._past_from = day

    async def _async_finish(self, store: HourStore) -> None:
        """Keep what has been handed in: nothing is going to be before it."""
        if self._past is not None:
            await self._async_keep(store, self._past.finish)
            self._past = None

    async def _async_readings(self, day: date) -> pd.DataFrame:
        """Return the values of a day with its context, none of one that is given up."""
        from ..pump.hours import midnight
        from ..pump.tables import no_rows

        if self.retries.given_up or day in self.empty:
            return no_rows()
        start = midnight(day)
        return await self._source.async_past((start - CONTEXT, start + _DAY))

    async def _async_keep(
        self, store: HourStore, make: Callable[[], Mapping[date, PastDay]]
    ) -> None:
        """Keep the days that a job returns."""

        def keep() -> None:
            for day, made in make().items():
                self._keep(store, day, made)

        await self._source.run(keep)

    def _keep(self, store: HourStore, day: date, made: PastDay) -> None:
        """Keep a day; what the source has forgotten of it since stays as it is."""
        from .causes import Causes

        hours = made.hours
        first = self._pump.first_reading
        is_oldest = first is not None and day <= first.date()
        forgotten = (hours.empty or is_oldest) and len(hours) < store.count(day)
        if forgotten:
            self.left_out.add(day)
            store.restore({day})
        if day not in self.left_out:
            causes = Causes(made.around, self._pump.profile)
            store.put(day, hours, self._made_with, map(causes.told, made.events))

    def _keep_final_days(self, store: HourStore, now: datetime) -> None:
        """Keep the days in memory that are final and not kept yet. For an executor."""
        from ..pump.hours import midnight

        self._unsure |= {
            day for day in store.days if midnight(day) + _DAY > now - FINAL
        }
        for day in self._days_in_memory(now):
            is_unsure = day in self._unsure
            self._unsure.discard(day)
            if self._has_hole(day):
                # It is read again once memory forgets it, if the source still has it.
                if is_unsure or day not in store.days:
                    self._keep_from_memory(store, day)
                    store.outdate({day})
            elif store.days.get(day) != self._made_with or is_unsure:
                self._keep_from_memory(store, day)

    def _keep_from_memory(self, store: HourStore, day: date) -> None:
        from ..pump.hours import past_day

        self._keep(store, day, past_day(self._pump.records, day))

    def _has_hole(self, day: date) -> bool:
        """Return whether a day, or what it follows from, is not wholly in memory.

        Nor are the days beside a hole that ends at midnight: what goes over midnight is
        not known, and a counter has gone on counting all the same.
        """
        from ..pump.hours import midnight

        return any(
            start - CONTEXT < midnight(day) + _DAY and midnight(day) <= stop
            for start, stop in self._pump.history.holes
        )

    def _days_in_memory(self, now: datetime) -> list[date]:
        """Return the final days of which memory has all, oldest first."""

        begun, since = self._pump.first_reading, self._pump.history.since
        if begun is None or since is None:
            return []
        # What the last reading before midnight says is part of a day: that day begins
        # after `since`, never with it.
        first = max(since.date() + _DAY, begun.date())
        last = (now - FINAL).date() - _DAY
        return [first + number * _DAY for number in range((last - first).days + 1)]

    def next_day(self, store: HourStore) -> date | None:
        """Return the newest day that is to be read, None where there is none."""
        first, since = self._pump.first_reading, self._pump.history.since
        if first is None or since is None:
            return None
        day = since.date()
        if self._past is not None and self._past_from is not None:
            day = min(day, self._past_from - _DAY)
        while day >= first.date():
            is_known = store.days.get(day) == self._made_with or day in self.left_out
            if not is_known and store.takes(day):
                return day
            day -= _DAY
        return None

    async def _async_pause(
        self, store: HourStore, asked_s: float, computed_s: float
    ) -> None:
        """Let others have their turn; write now and then.

        `asked_s`: how long the answer took; `computed_s`: and what has been done since.
        """
        now = self._hass.loop.time()
        if now >= self._next_write:
            self._next_write = now + _WRITE_INTERVAL_S
            await self._hass.async_add_executor_job(store.write)
        pause_s = max(asked_s, _SHORTEST_PAUSE_S) - computed_s
        pause_s = min(max(pause_s, computed_s), _LONGEST_PAUSE_S)
        await asyncio.sleep(max(pause_s, self._source.turns.left_alone_s))


def _following(month: date) -> date:
    """Return the first day of the month after one, of which the first day is given."""
    return (month + 31 * _DAY).replace(day=1)


def _months(first: date, last: date) -> list[date]:
    """Return the first days of the months of a span of days, in order."""
    months = [first.replace(day=1)]
    while (month := _following(months[-1])) <= last:
        months.append(month)
    return months


def _days(first: date, stop: date) -> list[date]:
    """Return the days of a span, in order."""
    return [first + number * _DAY for number in range((stop - first).days)]
