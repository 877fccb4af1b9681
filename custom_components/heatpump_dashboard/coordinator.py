"""The poll of one heat pump: owns its time and its memory."""

import asyncio
from collections.abc import AsyncIterator, Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING, Any, Final, TypedDict, override

from homeassistant.config_entries import ConfigEntry, ConfigSubentry
from homeassistant.core import HomeAssistant, callback
from homeassistant.exceptions import ConfigEntryAuthFailed
from homeassistant.helpers.update_coordinator import DataUpdateCoordinator, UpdateFailed
from homeassistant.util import dt as dt_util

from .analysis.periods import beginning
from .const import (
    CONF_BRAND,
    CONF_BUCKET,
    CONF_PRICE,
    CONF_PRICE_ENTITY,
    CONF_SERIES,
    DOMAIN,
    LOGGER,
    POLL_INTERVAL,
)
from .issues import async_report_bucket
from .profiles import Profile, load, map_series
from .pump.limits import CONTEXT, READINGS_KEPT, SHOWN_FROM
from .pump.past import History
from .pump.present import Present
from .sources import InvalidAuth, Source, SourceError, Times, pieces

if TYPE_CHECKING:
    import pandas as pd

    from .pump.heat_pump import HeatPump

# Read again at every poll: points may arrive late.
OVERLAP: Final = timedelta(minutes=5)
# The longest span asked for at once: a day and what it follows from.
PIECE: Final = timedelta(days=1) + CONTEXT
# A collector that caught up writes hours later what happened: every fourth poll reads
# a slice of the last day again, in the same question, and so all of it in 20 minutes.
LOOK_BACK_INTERVAL: Final = 3.5 * POLL_INTERVAL
LOOK_BACK: Final = timedelta(days=1)
SLICE: Final = timedelta(hours=3)
# While the past is being read, those who listen are told this often.
PROGRESS_INTERVAL_S: Final = 1.0

type HeatPumpConfigEntry = ConfigEntry[RuntimeData]


class _Translation(TypedDict):
    translation_domain: str
    translation_key: str
    translation_placeholders: dict[str, str]


@dataclass(frozen=True, slots=True)
class RuntimeData:
    """What an entry holds while it is loaded; coordinators by subentry.

    `coordinators`: of the heat pumps that have been read; `waiting`: of those that
    could not be, and are asked for at every poll. `takers` are told of each heat pump
    that has been read at last.
    """

    coordinators: dict[str, HeatPumpCoordinator]
    waiting: dict[str, HeatPumpCoordinator]
    takers: list[Callable[[HeatPumpCoordinator], None]] = field(default_factory=list)


class HeatPumpCoordinator(DataUpdateCoordinator[Present]):
    """Asks the source for what is new, and reads the past once.

    `pump` is there after the first refresh. Jobs that change it run one after the
    other; they replace what is known, so that others may look at it meanwhile.
    """

    config_entry: HeatPumpConfigEntry
    pump: HeatPump

    def __init__(
        self,
        hass: HomeAssistant,
        entry: HeatPumpConfigEntry,
        subentry: ConfigSubentry,
        source: Source,
        past: asyncio.Lock,
    ) -> None:
        """Keep what is needed to ask; nothing is asked yet.

        `past` is shared by the pumps of an entry: only one of them at a time reads a
        day of its past, so that a small computer has time for other things.
        """
        super().__init__(
            hass,
            LOGGER,
            config_entry=entry,
            name=subentry.title,
            update_interval=POLL_INTERVAL,
            always_update=False,
        )
        self.subentry = subentry
        self.pump_id = subentry.subentry_id
        self.source = source
        self._bucket: str = subentry.data[CONF_BUCKET]
        self._polled_to: datetime | None = None
        self._looked_back: datetime | None = None
        # How old the next slice of the last day is to be.
        self._slice_age = timedelta()
        self._jobs = asyncio.Lock()
        self._one_at_a_time = past
        self._past: asyncio.Task[None] | None = None
        self._told_at = 0.0

    @property
    def last_reading(self) -> datetime | None:
        """Return the time of the last reading."""
        return self.data.time if self.data is not None else None

    @property
    def has_price(self) -> bool:
        """Return whether the settings say what electricity costs."""
        return not {CONF_PRICE, CONF_PRICE_ENTITY}.isdisjoint(self.subentry.data)

    @property
    def source_state(self) -> str:
        """Return "ok", "stale", or the key of what keeps the source from answering."""
        if not self.last_update_success:
            cause = getattr(self.last_exception, "translation_key", None)
            return cause or "server_error"
        return "stale" if self.data.stale else "ok"

    async def async_run[*Ts, T](self, job: Callable[[*Ts], T], *args: *Ts) -> T:
        """Return what a job that changes the memory returns; one at a time."""
        async with self._jobs:
            return await self.hass.async_add_executor_job(job, *args)

    @override
    async def _async_update_data(self) -> Present:
        """Read what is new, and return the present."""
        now = dt_util.utcnow()
        try:
            if self._polled_to is None:
                await self._async_load(now)
            else:
                await self._async_poll(self._polled_to, now)
        except InvalidAuth as err:
            raise ConfigEntryAuthFailed(str(err), **_translation(err)) from err
        except SourceError as err:
            raise UpdateFailed(str(err), **_translation(err)) from err
        self._polled_to = now
        zone = dt_util.get_default_time_zone()
        return await self.async_run(self.pump.present, now, zone)

    async def _async_load(self, now: datetime) -> None:
        """Read the readings that are kept, days side by side, pandas meanwhile."""
        first = _hour(now - READINGS_KEPT)
        settings = self.subentry.data
        profile = await self.hass.async_add_executor_job(_load_profile, settings)
        building = self.hass.async_add_import_executor_job(
            _heat_pump, profile, settings
        )
        asked = (
            self.source.readings(self._bucket, profile.series, [piece])
            for piece in pieces(first - CONTEXT, now, PIECE)
        )
        frames = _settled(await asyncio.gather(*asked, return_exceptions=True))
        pump = await building
        await self.hass.async_add_executor_job(
            _take_in_first, pump, frames, first - CONTEXT, now
        )
        self.pump = pump

    async def _async_poll(self, polled_to: datetime, now: datetime) -> None:
        """Read what is new since the last reading, days one after the other.

        Nothing is left out that the source could not be asked for. Beside it slices
        of the last day are read again in turn, as points may come late by hours.
        """
        start = min(polled_to - OVERLAP, now - LOOK_BACK)
        if (last := self.pump.records.last) is not None:
            start = max(last.to_pydatetime() - OVERLAP, start)
        again = self._slice(polled_to, now)
        for number, piece in enumerate(pieces(start, now, PIECE)):
            raw = await self._async_readings(*piece, None if number else again)
            await self.async_run(self.pump.take_in, raw, *piece)
        if again is not None:
            self._looked_back = now
            self._slice_age = (self._slice_age + SLICE) % LOOK_BACK

    def _slice(self, polled_to: datetime, now: datetime) -> Times | None:
        """Return the slice of the last day to be read again, None if none is due."""
        looked = self._looked_back = self._looked_back or polled_to
        if now - looked < LOOK_BACK_INTERVAL:
            return None
        stop = now - self._slice_age
        return stop - SLICE, stop

    @callback
    def async_catch_up(self) -> None:
        """Poll at once if nobody listened for a while."""
        polled = self._polled_to
        if polled is None or dt_util.utcnow() - polled > 1.5 * POLL_INTERVAL:
            self.async_refresh_soon()

    @callback
    def async_refresh_soon(self) -> None:
        """Poll without waiting for the next time."""
        self.config_entry.async_create_background_task(
            self.hass, self.async_request_refresh(), f"{self.name} refresh"
        )

    async def _async_readings(
        self, start: datetime, stop: datetime, also: Times | None = None
    ) -> pd.DataFrame:
        spans = [(start, stop)] if also is None else [(start, stop), also]
        return await self.source.readings(self._bucket, self.pump.profile.series, spans)

    @callback
    @override
    def _async_refresh_finished(self) -> None:
        """Go on reading the past where it is not known yet and the source answers."""
        async_report_bucket(self)
        reading = self._past is not None and not self._past.done()
        if self.last_update_success and not self.pump.history.whole and not reading:
            self._past = self.config_entry.async_create_background_task(
                self.hass, self._async_read_past(), f"{self.name} history"
            )

    async def _async_read_past(self) -> None:
        """Read the past; after an error the next poll begins again where it ended."""
        try:
            await self._async_read_pieces()
        except SourceError as err:
            self.logger.debug("The history of %s has to wait: %s", self.name, err)
        self.async_update_listeners()

    async def _async_read_pieces(self) -> None:
        """Read what can be looked at, then what sums of the last month need."""
        pump = self.pump
        if pump.first_reading is None:
            pump.first_reading = await self.source.first_time(self._bucket)
        now = dt_util.utcnow()
        if not pump.history.complete:
            async for since in self._async_read_back(now - SHOWN_FROM):
                pump.history = History(since)
                self._tell_progress()
            pump.history = History(self._since, complete=True)
            self.async_update_listeners()
        zone = dt_util.get_default_time_zone()
        async for _ in self._async_read_back(beginning(now, zone), sums_only=True):
            pass
        pump.history = replace(pump.history, whole=True)

    async def _async_read_back(
        self, wanted: datetime, *, sums_only: bool = False
    ) -> AsyncIterator[datetime]:
        """Read the past backwards, a day at a time; yield from when on it is known."""
        oldest = self.pump.first_reading or dt_util.utcnow()
        oldest = max(oldest, _hour(wanted))
        while (stop := self._since) > oldest:
            # With its context it is one question.
            start = max(stop - PIECE + CONTEXT, _hour(oldest))
            async with self._one_at_a_time:
                raw = await self._async_readings(start - CONTEXT, stop)
                add = partial(self.pump.add_past, sums_only=sums_only)
                await self.async_run(add, raw, start, stop)
            yield self._since

    @property
    def _since(self) -> datetime:
        """Return from when on the past is known."""
        since = self.pump.records.since
        assert since is not None
        return since.to_pydatetime()

    @callback
    def _tell_progress(self) -> None:
        """Tell those who listen, but not with every day that has been read."""
        now = self.hass.loop.time()
        if now - self._told_at >= PROGRESS_INTERVAL_S:
            self._told_at = now
            self.async_update_listeners()


def _load_profile(settings: Mapping[str, Any]) -> Profile:
    """Return the profile of a heat pump. Reads a file."""
    return map_series(load(settings[CONF_BRAND]), settings.get(CONF_SERIES, {}))


def _heat_pump(profile: Profile, settings: Mapping[str, Any]) -> HeatPump:
    """Return a heat pump without readings. Imports pandas, slow the first time."""
    from .pump.heat_pump import HeatPump

    return HeatPump(profile, settings)


def _take_in_first(
    pump: HeatPump, frames: Sequence[pd.DataFrame], start: datetime, now: datetime
) -> None:
    """Take in the first readings, spans that follow one another. Slow."""
    from .pump.tables import join

    pump.take_in(join(frames), start, now)
    since = pump.records.since
    pump.history = History(None if since is None else since.to_pydatetime())


def _translation(err: SourceError) -> _Translation:
    """Return how Home Assistant finds the text of an error in the user's language."""
    return {
        "translation_domain": DOMAIN,
        "translation_key": err.key,
        "translation_placeholders": err.placeholders,
    }


def _settled[T](results: Iterable[T | BaseException]) -> list[T]:
    """Return the results, raise the first error among them.

    All have settled by then: no request outlives a refresh that failed.
    """
    done: list[T] = []
    for result in results:
        if isinstance(result, BaseException):
            raise result
        done.append(result)
    return done


def _hour(moment: datetime) -> datetime:
    """Return the full hour at or before a moment, in UTC."""
    return moment.astimezone(UTC).replace(minute=0, second=0, microsecond=0)
