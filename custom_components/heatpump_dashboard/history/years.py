"""Brings the hours of all years to disk: behind everything else, newest day first."""

import asyncio
from collections.abc import Callable, Collection, Coroutine, Mapping
from datetime import UTC, date, datetime, timedelta
from functools import partial
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Any, Final

from homeassistant.const import EVENT_HOMEASSISTANT_FINAL_WRITE
from homeassistant.core import CoreState, Event, HomeAssistant, callback
from homeassistant.util import dt as dt_util

from ..analysis.periods import Period
from ..const import LOGGER
from ..pump.limits import CONTEXT, FINAL
from ..pump.past import History
from ..sources import Source
from .earlier import EarlierDays
from .retries import Retries

if TYPE_CHECKING:
    from homeassistant.config_entries import ConfigEntry
    import pandas as pd

    from ..pump.heat_pump import HeatPump
    from ..pump.hours import PastDay, PastHours
    from .store import HourStore

_DAY: Final = timedelta(days=1)
_MOMENT: Final = timedelta(microseconds=1)
# After each day as long a pause as the day took, so that at most half of a computer is
# busy with it; never so short that a poll waits, and never so long that it takes days.
_SHORTEST_PAUSE_S: Final = 0.2
_LONGEST_PAUSE_S: Final = 5.0
# The first look, s after the heat pump was loaded.
FIRST_LOOK_S: Final = 60.0
# What is read is on disk about this often.
_WRITE_INTERVAL_S: Final = 60.0
# Days become final one at a time.
_LOOK_INTERVAL_S: Final = 3600.0

type RunJob = Callable[..., Coroutine[Any, Any, Any]]


class Years:
    """Keeps the hours of one heat pump from its first reading on.

    `folder`: where they are kept. `made_with`: the fingerprint of what hours are computed
    with now; days with another one are read again, and stay as they are until then.
    `run`: runs a job in the executor, one at a time with those that change the heat
    pump. `one_at_a_time`: shared by the heat pumps of a source.
    """

    def __init__(
        self,
        hass: HomeAssistant,
        pump: HeatPump,
        source: Source,
        folder: Path,
        *,
        bucket: str,
        name: str,
        made_with: str,
        run: RunJob,
        one_at_a_time: asyncio.Lock,
    ) -> None:
        """Begin with nothing read."""
        self._hass = hass
        self._pump = pump
        self._source = source
        self._bucket = bucket
        self._name = name
        self._made_with = made_with
        self._run = run
        self._one_at_a_time = one_at_a_time
        self._folder = folder
        self._earlier = EarlierDays(
            hass, pump, source, bucket=bucket, made_with=made_with
        )
        # It was said that they cannot be read.
        self._told_earlier = False
        # None until it is open.
        self.store: HourStore | None = None
        self._opening = Lock()
        # Days that cannot be read, or that the source has no more readings of.
        self.left_out: set[date] = set()
        # Days that were final by a clock that has been put back since: they are kept
        # once more when they are.
        self._unsure: set[date] = set()
        self._retries = Retries(name)
        self._reading = False
        # What was asked for since the walk looked for it.
        self._again: set[date] = set()
        # The days that are handed in now, and the first of them.
        self._past: PastHours | None = None
        self._past_from: date | None = None
        # A start has other things to do.
        self._next_look = hass.loop.time() + FIRST_LOOK_S
        self._next_write = 0.0

    @property
    def revision(self) -> int:
        """Return a number that grows with every change of the hours on disk."""
        return 0 if self.store is None else self.store.revision

    @property
    def history(self) -> History:
        """Return how far back the past has been read, of all years."""
        from .hours import history_of

        days = () if self.store is None else self.store.days
        return history_of(self._pump, days, self.left_out)

    @property
    def first_known(self) -> datetime | None:
        """Return the first reading, also one that the source has forgotten since."""
        from .hours import first_known

        return first_known(self._pump, () if self.store is None else self.store.days)

    @property
    def outdated(self) -> list[date]:
        """Return the days whose hours are those of other settings, in order.

        They are shown as they are until they have been read again; for good where the
        source has forgotten them.
        """
        from .hours import memory_begins

        if self.store is None:
            return []
        begins = memory_begins(self._pump, dt_util.utcnow()).date()
        current = self._made_with, self._earlier.made_with
        return sorted(
            day
            for day, made_with in self.store.days.items()
            if made_with not in current and day < begins
        )

    @property
    def mixed(self) -> bool:
        """Return whether days of other settings are among those of now, for a while.

        Not those that stay: which the source has forgotten, or that cannot be read.
        """
        first = self._pump.first_reading
        if first is None or self._retries.broken:
            return False
        staying = self.left_out
        return any(day >= first.date() and day not in staying for day in self.outdated)

    @property
    def whole(self) -> bool:
        """Return whether all days are on disk, each as it would be computed now."""
        if self.store is None or self._reading or self._pump.first_reading is None:
            return False
        return self._next_day(self.store) is None

    @callback
    def async_is_due(self) -> bool:
        """Return whether to go on after a poll that succeeded.

        Not before Home Assistant has started, nor before the last month is known.
        """
        started = self._hass.state is CoreState.running
        if self._reading or not started or not self._pump.history.whole:
            return False
        now = self._hass.loop.time()
        return now >= self._next_look and self._retries.is_due(now)

    async def async_go_on(self) -> None:
        """Read on, until all is read or something cannot be."""
        self._reading = True
        # Not behind it: days that are asked for meanwhile do not wait.
        self._next_look = self._hass.loop.time() + _LOOK_INTERVAL_S
        try:
            await self._async_read()
        except Exception as err:  # noqa: BLE001 - one bad day is no end of the past
            self._retries.failed(err, self._hass.loop.time())
            self._next_look = 0.0
        finally:
            self._reading = False

    async def async_write(self) -> None:
        """Write what is not on disk yet."""
        if self.store is not None:
            await self._hass.async_add_executor_job(self.store.write)

    @callback
    def async_write_at_end(self, entry: ConfigEntry) -> None:
        """Write what is left when the entry is unloaded, or Home Assistant stops."""

        async def write(_event: Event) -> None:
            await self.async_write()

        entry.async_on_unload(self.async_write)
        entry.async_on_unload(
            self._hass.bus.async_listen(EVENT_HOMEASSISTANT_FINAL_WRITE, write)
        )

    async def async_open(self) -> HourStore:
        """Return where the hours are kept, of which it is known what there is."""
        if self.store is None:
            await self._hass.async_add_executor_job(self.open)
        assert self.store is not None
        return self.store

    def open(self) -> HourStore:
        """Return the same. For an executor, where several may ask for it at once."""
        from .store import HourStore

        with self._opening:
            if self.store is None:
                store = HourStore(self._folder, self._name)
                store.open()
                self.store = store
            return self.store

    async def async_events(
        self, span: Period, *, kinds: Collection[str], limit: int
    ) -> tuple[list[dict[str, Any]], bool]:
        """Return the newest events of a span, and whether there are more."""
        store = await self.async_open()
        if (first := self.first_known) is None:
            return [], False
        now = dt_util.utcnow()
        span = Period(max(span.start, first), min(span.end, now + _DAY))
        return await self._hass.async_add_executor_job(
            partial(
                _told_events,
                self._pump,
                store,
                span,
                kinds=kinds,
                limit=limit,
                language=self._hass.config.language,
            )
        )

    async def async_read_again(self, span: Period) -> None:
        """Have the days of a span read again, as their points may have come late."""
        store = await self.async_open()
        first, last = (
            edge.astimezone(UTC).date() for edge in (span.start, span.end - _MOMENT)
        )
        days = {first + number * _DAY for number in range((last - first).days + 1)}
        await self._hass.async_add_executor_job(self._outdate, store, days)
        self._again |= days
        self._next_look = 0.0

    async def _async_read(self) -> None:
        """Keep what has become final, then read the days that are not known."""
        store = await self.async_open()
        await self._async_heed(store)
        await self._run(self._settle, store, dt_util.utcnow())
        while (day := self._next_day(store)) is not None:
            begun = self._hass.loop.time()
            async with self._one_at_a_time:
                await self._async_add(store, day)
            await self._async_pause(self._hass.loop.time() - begun)
            await self._async_heed(store)
        if self._past is not None:
            await self._async_keep(store, self._past.finish)
            self._past = None
        await self._async_try_earlier(store)
        await self.async_write()

    async def _async_heed(self, store: HourStore) -> None:
        """Begin anew, newest day first, where days were asked for meanwhile.

        Also with those that had been read by then and kept since.
        """
        if not self._again:
            return
        days, self._again = self._again, set()
        await self._hass.async_add_executor_job(self._outdate, store, days)
        self._past = None
        self._retries.succeeded()
        self._earlier.async_again()

    def _outdate(self, store: HourStore, days: set[date]) -> None:
        """Have days read again, also such as were left out. For an executor."""
        store.outdate(days)
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
        if (first := self._pump.first_reading) is None:
            return
        day, made_with = first.astimezone(UTC).date(), self._earlier.made_with
        begun = self._hass.loop.time()
        async for days in self._earlier.async_read(day, store.days):

            def keep(days: Mapping[date, pd.DataFrame] = days) -> None:
                for day, hours in days.items():
                    store.put(day, hours, made_with)

            await self._run(keep)
            await self._async_pause(self._hass.loop.time() - begun)
            begun = self._hass.loop.time()

    async def _async_add(self, store: HourStore, day: date) -> None:
        """Read a day, and keep what is whole with it."""
        if self._past is None or self._past_from != day + _DAY:
            await self._async_begin(store, day + _DAY)
        assert self._past is not None
        raw = await self._async_readings(day)
        if self._retries.given_up:
            self.left_out.add(day)
            LOGGER.warning(
                "The readings of %s of %s cannot be read and are left out",
                self._name,
                day.isoformat(),
            )
        await self._async_keep(store, partial(self._past.add, raw))
        self._past_from = day
        self._retries.succeeded()

    async def _async_begin(self, store: HourStore, day: date) -> None:
        """Begin before a day that is known, with the readings that it begins with.

        Without any where these cannot be read: what lies before is read all the same.
        """
        from ..pump.hours import PastHours, midnight
        from ..pump.tables import no_rows

        if self._past is not None:
            await self._async_keep(store, self._past.finish)
        start = midnight(day)
        if self._retries.given_up:
            raw = no_rows()
        else:
            raw = await self._async_span(start, start + _DAY)
        self._retries.succeeded()
        pump = self._pump
        self._past = await self._run(PastHours, pump.profile, pump.equipment, day, raw)
        self._past_from = day

    async def _async_readings(self, day: date) -> pd.DataFrame:
        """Return the values of a day with its context, none of one that is given up."""
        from ..pump.hours import midnight
        from ..pump.tables import no_rows

        if self._retries.given_up:
            return no_rows()
        start = midnight(day)
        return await self._async_span(start - CONTEXT, start + _DAY)

    async def _async_span(self, start: datetime, stop: datetime) -> pd.DataFrame:
        profile = self._pump.profile
        return await self._source.readings(
            self._bucket, profile.series, [(start, stop)], units=profile.units
        )

    async def _async_keep(
        self, store: HourStore, make: Callable[[], Mapping[date, PastDay]]
    ) -> None:
        """Keep the days that a job returns."""

        def keep() -> None:
            for day, made in make().items():
                self._keep(store, day, made)

        await self._run(keep)

    def _keep(self, store: HourStore, day: date, made: PastDay) -> None:
        """Keep a day; what the source has forgotten of it since stays as it is."""
        hours, events = made
        first = self._pump.first_reading
        is_oldest = first is not None and day <= first.date()
        forgotten = (hours.empty or is_oldest) and len(hours) < store.count(day)
        if forgotten:
            self.left_out.add(day)
        if day not in self.left_out:
            store.put(day, hours, self._made_with, events)

    def _settle(self, store: HourStore, now: datetime) -> None:
        """Keep the days in memory that are final and not kept yet. For an executor."""
        from ..pump.hours import PastDay, events_of, hours_of, midnight

        records = self._pump.records
        self._unsure |= {
            day for day in store.days if midnight(day) + _DAY > now - FINAL
        }
        for day in self._days_in_memory(now):
            if store.days.get(day) != self._made_with or day in self._unsure:
                self._unsure.discard(day)
                edges = midnight(day), midnight(day) + _DAY
                made = PastDay(hours_of(records, *edges), events_of(records, *edges))
                self._keep(store, day, made)

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

    def _next_day(self, store: HourStore) -> date | None:
        """Return the newest day that is to be read, None where there is none."""
        first, since = self._pump.first_reading, self._pump.history.since
        if first is None or since is None:
            return None
        day = since.date()
        if self._past is not None and self._past_from is not None:
            day = min(day, self._past_from - _DAY)
        while day >= first.date():
            made_with = store.days.get(day)
            if made_with != self._made_with and day not in self.left_out:
                return day
            day -= _DAY
        return None

    async def _async_pause(self, took_s: float) -> None:
        """Let others have their turn; write now and then."""
        now = self._hass.loop.time()
        if now >= self._next_write:
            self._next_write = now + _WRITE_INTERVAL_S
            await self.async_write()
        await asyncio.sleep(min(max(took_s, _SHORTEST_PAUSE_S), _LONGEST_PAUSE_S))


def _told_events(*args: Any, **kwargs: Any) -> tuple[list[dict[str, Any]], bool]:
    """Return what `told_events` does: its module is slow to import."""
    from .events import told_events

    return told_events(*args, **kwargs)
