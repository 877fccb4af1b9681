"""The poll of one heat pump."""

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from functools import partial
import logging
from typing import TYPE_CHECKING, Final, override

from homeassistant.config_entries import ConfigEntry, ConfigEntryState, ConfigSubentry
from homeassistant.const import (
    CONF_PASSWORD,
    CONF_TOKEN,
    CONF_USERNAME,
    CONF_VERIFY_SSL,
)
from homeassistant.core import HomeAssistant, callback
from homeassistant.exceptions import ConfigEntryAuthFailed
from homeassistant.helpers.update_coordinator import DataUpdateCoordinator, UpdateFailed
from homeassistant.util import dt as dt_util

from .analysis.fingerprint import fingerprint
from .availability import Availability, translation
from .calibration import async_follow_plate
from .const import (
    CONF_BUCKET,
    CONF_PRICE,
    CONF_PRICE_ENTITY,
    CONF_STATISTICS,
    DOMAIN,
    LOGGER,
    POLL_INTERVAL,
)
from .history.backfill import Backfill
from .history.folders import hours_folder
from .history.insights import DailyInsights
from .history.long_periods import LongPeriods
from .history.statistics.joining import JoinedStatistics
from .history.years import Years
from .identity import identity
from .issues import (
    async_ask_to_join,
    async_report_bucket,
    async_report_entities,
    async_report_insights,
)
from .mapped_entities import MappedEntities
from .pump.limits import CONTEXT, EARLY, FRESH, FUTURE, READINGS_KEPT
from .pump.look_back import LookBack
from .pump.present import Present
from .sources import InvalidAuth, QueryFailed, Source, SourceError, Times, pieces
from .weekly import WeeklyLetter

if TYPE_CHECKING:
    import pandas as pd

    from .pump.heat_pump import HeatPump

# Read again at every poll: points may arrive late.
OVERLAP: Final = timedelta(minutes=5)
# After a time without readings no more than this is read again for late points.
LONGEST_LOOK_BACK: Final = timedelta(days=1)
# A day of an outage is asked for so many times more before it is a hole.
_MORE_TRIES: Final = 3
# The longest span asked for at once: a day and what it follows from.
PIECE: Final = timedelta(days=1) + CONTEXT
# Of a source what does not say whose readings they are: how it is reached.
_ACCESS: Final = frozenset((CONF_TOKEN, CONF_USERNAME, CONF_PASSWORD, CONF_VERIFY_SSL))
# What Home Assistant would log of each heat pump is said once of their source.
_QUIET: Final = logging.getLogger(f"{LOGGER.name}.poll")
_QUIET.addFilter(lambda record: record.levelno < logging.INFO or bool(record.exc_info))

type HeatPumpConfigEntry = ConfigEntry[RuntimeData]


@dataclass(frozen=True, slots=True)
class RuntimeData:
    """What an entry holds while it is loaded.

    `coordinators`: by subentry, of every heat pump whose settings make sense.
    `unusable`: by subentry, why a heat pump cannot be loaded (a translation key).
    `in_force`: the settings that the entry was loaded with.
    """

    coordinators: dict[str, HeatPumpCoordinator]
    unusable: dict[str, str] = field(default_factory=dict)
    in_force: object = None


class HeatPumpCoordinator(DataUpdateCoordinator[Present]):
    """Asks the source for what is new, and has the past read behind that.

    `pump`: the heat pump. Jobs that change it run one after the other; they replace
    what is known, so that others may look at it meanwhile.
    `made_with`: the fingerprint of what its figures are made with.
    `years`: its hours on disk; `insights`: what these say.
    """

    config_entry: HeatPumpConfigEntry

    def __init__(
        self,
        hass: HomeAssistant,
        entry: HeatPumpConfigEntry,
        subentry: ConfigSubentry,
        pump: HeatPump,
        source: Source,
        *,
        availability: Availability,
        one_at_a_time: asyncio.Lock,
    ) -> None:
        """Keep what is needed to ask; nothing is asked yet.

        `availability` and `one_at_a_time` are shared by the heat pumps of a source:
        what is said of it, and whose turn it is to read a day of its past.
        """
        super().__init__(
            hass,
            _QUIET,
            config_entry=entry,
            name=subentry.title,
            update_interval=POLL_INTERVAL,
            always_update=False,
        )
        self.data = Present()
        self.subentry = subentry
        self.pump_id = subentry.subentry_id
        self.pump = pump
        self.source = source
        self._availability = availability
        self._bucket: str = subentry.data[CONF_BUCKET]
        self._polled_to: datetime | None = None
        self._look_back = LookBack()
        # Days of an outage that could not be read, since the newest could be.
        self._unread_days = 0
        self._jobs = asyncio.Lock()
        # The token was refused by the last poll.
        self._refused = False
        self._told_state: str | None = None
        self.made_with = made_with(entry, self._bucket, pump)
        self._past = Backfill(
            hass,
            pump,
            source,
            bucket=self._bucket,
            name=self.name,
            run=self.async_run,
            one_at_a_time=one_at_a_time,
            changed=self.async_update_listeners,
        )
        self.years = Years(
            hass,
            pump,
            source,
            hours_folder(hass, self.pump_id),
            bucket=self._bucket,
            name=self.name,
            made_with=self.made_with,
            run=self.async_run,
            one_at_a_time=one_at_a_time,
        )
        self.entities = MappedEntities(hass, entry, pump.profile)
        self.insights = DailyInsights(
            hass,
            pump,
            self.years,
            pump_id=self.pump_id,
            name=self.name,
            present=lambda: self.data,
            changed=self._insights_found,
        )
        self._long_periods = LongPeriods(hass, pump, self.years)
        statistics = JoinedStatistics(
            hass,
            pump,
            self.years,
            pump_id=self.pump_id,
            name=self.name,
            identity=identity(entry, subentry),
            wanted=subentry.data.get(CONF_STATISTICS),
            ask=partial(async_ask_to_join, self),
        )
        self._readers = (
            self._past,
            self.years,
            self._long_periods,
            statistics,
            self.insights,
            WeeklyLetter(hass, entry, subentry, self.insights),
        )

    @property
    def has_read(self) -> bool:
        """Return whether the first readings have been read, be there any or not."""
        return self._polled_to is not None

    @property
    def last_reading(self) -> datetime | None:
        """Return the time of the last reading."""
        return self.data.time

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
        """Return what a job that changes the heat pump returns; one at a time."""
        async with self._jobs:
            return await self.hass.async_add_executor_job(job, *args)

    @override
    async def _async_update_data(self) -> Present:
        """Read what is new, and return the present."""
        now = dt_util.utcnow()
        try:
            await self._async_read(now)
            zone = dt_util.get_default_time_zone()
            present = await self.async_run(self.pump.present, now, zone)
        except InvalidAuth as err:
            self._failed(err)
            # It may pass by itself: a person is asked when it is refused once more.
            if self.has_read and not self._refused:
                self._refused = True
                raise UpdateFailed(str(err), **translation(err)) from err
            raise ConfigEntryAuthFailed(str(err), **translation(err)) from err
        except SourceError as err:
            self._failed(err)
            raise UpdateFailed(
                str(err), retry_after=err.retry_after, **translation(err)
            ) from err
        except Exception as err:
            self._failed(err)
            raise UpdateFailed(
                str(err), translation_domain=DOMAIN, translation_key="internal_error"
            ) from err
        self._refused = False
        self._availability.answered(self.pump_id, self.name)
        await self.insights.async_follow(present)
        return replace(
            present, periods=self._long_periods.totals, insights=self.insights.told
        )

    async def _async_read(self, now: datetime) -> None:
        """Read what is not known yet of the time up to now."""
        if self._polled_to is None:
            await self._async_load(now)
        elif await self._async_began_ahead(self._polled_to, now):
            self._begin_again()
        else:
            await self._async_poll(self._polled_to, now)
        self._polled_to = now

    async def _async_began_ahead(self, polled_to: datetime, now: datetime) -> bool:
        """Return whether both clocks were ahead, and readings are stamped rightly again.

        Where only ours was put back, nothing is stored up to now that is not known.
        """
        times = self.pump.records.readings.index
        if not len(times):
            return polled_to - now > FRESH
        if times[-1] - now <= FRESH:
            return False
        stop = now + EARLY
        stored = await self._async_readings((now - OVERLAP, stop))
        known = times[: times.searchsorted(stop)]
        return len(stored) > 0 and (known.empty or stored.index[-1] > known[-1])

    @callback
    def _begin_again(self) -> None:
        """Forget all: the false times are in every window, state and figure."""
        if self.config_entry.state is ConfigEntryState.LOADED:
            LOGGER.info("The clock was put back: %s is read anew", self.name)
            entry_id = self.config_entry.entry_id
            self.hass.config_entries.async_schedule_reload(entry_id)

    async def _async_load(self, now: datetime) -> None:
        """Read the readings that are kept, days side by side.

        What lies before a day that cannot be read is left to the reading of the past.
        """
        first = _hour(now - READINGS_KEPT) - CONTEXT
        *earlier, newest = pieces(first, now + EARLY, PIECE)
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
        load = partial(self.pump.load, [*frames, raw], start, now)
        await self.async_run(partial(load, looked_ahead=looked_ahead))

    async def _async_poll(self, polled_to: datetime, now: datetime) -> None:
        """Read what is new since the last reading, days one after the other.

        Time in which the source did not answer is read in full, however long; where it
        answered but had no readings, a day back at most. Beside it slices of the last
        day are read again in turn, as points may come late by hours.
        """
        start = min(polled_to - OVERLAP, now - LONGEST_LOOK_BACK)
        stop = now
        if (last := self.pump.records.last) is not None:
            start = max(last.to_pydatetime() - OVERLAP, start)
            # If that is later than now, ours alone is the clock that was put back.
            stop = max(now, last.to_pydatetime())
        *earlier, newest = pieces(start, stop + EARLY, PIECE)
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
            LOGGER.warning("A day of %s cannot be read: %s", self.name, err)
            self.pump.add_hole(piece)
        else:
            await self.async_run(self.pump.take_in, raw, piece[0], now)

    async def _async_take_in_newest(self, newest: Times, now: datetime) -> None:
        """Take in what is new, and in the same question what may have come late."""
        beside = self._look_back.spans(now)
        raw, whole = await self._async_readings_beside(newest, beside)
        take_in = partial(self.pump.take_in, raw, newest[0], now)
        looked_ahead = bool(beside) and whole
        await self.async_run(partial(take_in, looked_ahead=looked_ahead))
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
        frame = await self.source.readings(
            self._bucket,
            self.pump.profile.series,
            spans,
            in_force=not self.has_read,
            units=self.pump.profile.units,
        )
        self.entities.told.update(map(str, frame.columns))
        return frame

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

    @callback
    @override
    def _async_refresh_finished(self) -> None:
        """Tell another reason of a failure, and go on reading the past after a success."""
        async_report_bucket(self)
        if self.last_update_success:
            self.entities.async_look(dt_util.utcnow(), alive=not self.data.stale)
            async_report_entities(self)
            async_follow_plate(self)
            async_report_insights(self)
            for reader in self._readers:
                if reader.async_is_due():
                    self.config_entry.async_create_background_task(
                        self.hass, reader.async_go_on(), f"{self.name} history"
                    )
        elif self._told_state not in (None, self.source_state):
            # Home Assistant tells those who listen only of the first failure.
            self.async_update_listeners()
        self._told_state = None if self.last_update_success else self.source_state

    @callback
    def _insights_found(self) -> None:
        """Show what the insights say, without waiting for the next poll."""
        self.data = replace(self.data, insights=self.insights.told)
        async_report_insights(self)
        self.async_update_listeners()

    def _failed(self, err: Exception) -> None:
        """Have it said; while an entry is set up, Home Assistant says it."""
        if self.config_entry.state is not ConfigEntryState.SETUP_IN_PROGRESS:
            self._availability.failed(self.pump_id, self.name, err)


def made_with(entry: HeatPumpConfigEntry, bucket: str, pump: HeatPump) -> str:
    """Return the fingerprint of all that the figures of a heat pump depend on."""
    source = (f"{key}={entry.data[key]}" for key in sorted(entry.data.keys() - _ACCESS))
    return fingerprint(pump.profile, pump.equipment, (*source, bucket))


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
