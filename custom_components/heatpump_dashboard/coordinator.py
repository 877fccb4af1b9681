"""The poll of one heat pump."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime
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
from .background import Background
from .calibration import async_follow_plate
from .const import (
    CONF_BUCKET,
    CONF_PRICE,
    CONF_PRICE_ENTITY,
    CONF_SOURCE,
    DOMAIN,
    LOGGER,
    POLL_INTERVAL,
    SOURCE_DEMO,
)
from .history.pump_source import PumpSource
from .history.turns import Turns
from .issues import (
    async_ask_to_join,
    async_report_bucket,
    async_report_entities,
    async_report_insights,
)
from .mapped_entities import MappedEntities
from .new_readings import NewReadings
from .pump.present import Present
from .sources import InvalidAuth, Source, SourceError
from .worker import async_compute

if TYPE_CHECKING:
    from .pump.heat_pump import HeatPump

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
        turns: Turns,
    ) -> None:
        """Keep what is needed to ask; nothing is asked yet.

        `availability` and `turns` are shared by the heat pumps of a source: what is
        said of it, and whose turn it is to ask it.
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
        self._turns = turns
        self._jobs = asyncio.Lock()
        # It was unloaded, or removed; who asked for something may still wait for it.
        self.gone = False
        # The token was refused by the last poll.
        self._refused = False
        self._told_state: str | None = None
        bucket: str = subentry.data[CONF_BUCKET]
        pump_source = PumpSource(
            hass=hass,
            pump=pump,
            source=source,
            bucket=bucket,
            name=self.name,
            run=self.async_run,
            turns=turns,
        )
        self.entities = MappedEntities(hass, entry, pump.profile)
        self._new = NewReadings(
            pump_source, self.entities, read_anew=self._async_read_anew
        )
        self.made_with = made_with(entry, bucket, pump)
        self._background = Background(
            pump_source,
            entry,
            subentry,
            self.made_with,
            present=lambda: self.data,
            changed=self.async_update_listeners,
            insights_found=self._insights_found,
            ask_to_join=partial(async_ask_to_join, self),
        )
        self.years = self._background.years
        self.insights = self._background.insights

    @property
    def has_read(self) -> bool:
        """Return whether the first readings have been read, be there any or not."""
        return self._new.read_to is not None

    @property
    def last_reading(self) -> datetime | None:
        """Return the time of the last reading."""
        return self.data.time

    @property
    def has_price(self) -> bool:
        """Return whether it is known what electricity costs; the demo always knows."""
        has_own = not {CONF_PRICE, CONF_PRICE_ENTITY}.isdisjoint(self.subentry.data)
        return has_own or self.config_entry.data[CONF_SOURCE] == SOURCE_DEMO

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
            return await async_compute(self.hass, job, *args)

    @override
    async def async_shutdown(self) -> None:
        """Say nothing more of the heat pump, and keep nothing more of it."""
        self.gone = True
        self.insights.async_end()
        await super().async_shutdown()

    @override
    async def _async_update_data(self) -> Present:
        """Read what is new, and return the present."""
        now = dt_util.utcnow()
        try:
            with self._turns.poll():
                await self._new.async_read(now)
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
            present,
            periods=self._background.long_periods,
            insights=self.insights.told,
        )

    @callback
    def _async_read_anew(self) -> None:
        """Forget all: the false times are in every window, state and figure."""
        if self.config_entry.state is ConfigEntryState.LOADED:
            LOGGER.info("The clock was put back: %s is read anew", self.name)
            entry_id = self.config_entry.entry_id
            self.hass.config_entries.async_schedule_reload(entry_id)

    @callback
    def async_catch_up(self) -> None:
        """Poll at once if nobody listened for a while."""
        polled = self._new.read_to
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
        if self.gone:
            return
        async_report_bucket(self)
        if self.last_update_success:
            self.entities.async_look(dt_util.utcnow(), alive=not self.data.stale)
            async_report_entities(self)
            async_follow_plate(self)
            async_report_insights(self)
            self._background.async_go_on()
        elif self._told_state not in (None, self.source_state):
            # Home Assistant tells those who listen only of the first failure.
            self.async_update_listeners()
        self._told_state = None if self.last_update_success else self.source_state

    @callback
    def _insights_found(self) -> None:
        """Show what the insights say, without waiting for the next poll."""
        if self.gone:
            return
        self.data = replace(self.data, insights=self.insights.told)
        async_report_insights(self)
        self.async_update_listeners()

    def _failed(self, err: Exception) -> None:
        """Have it said; while an entry is set up, Home Assistant says it."""
        is_set_up = self.config_entry.state is not ConfigEntryState.SETUP_IN_PROGRESS
        if is_set_up and not self.gone:
            self._availability.failed(self.pump_id, self.name, err)


def made_with(entry: HeatPumpConfigEntry, bucket: str, pump: HeatPump) -> str:
    """Return the fingerprint of all that the figures of a heat pump depend on."""
    source = (f"{key}={entry.data[key]}" for key in sorted(entry.data.keys() - _ACCESS))
    return fingerprint(pump.profile, pump.equipment, (*source, bucket))
