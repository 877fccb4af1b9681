"""A heat pump whose past is joined onto the statistics of its sensors."""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any
from unittest.mock import patch

from freezegun.api import FrozenDateTimeFactory
from homeassistant.components.recorder.statistics import statistics_during_period
from homeassistant.config_entries import ConfigEntryState
from homeassistant.const import Platform
from homeassistant.core import HomeAssistant
from homeassistant.helpers.recorder import get_instance
from homeassistant.setup import async_setup_component
import pandas as pd
import pytest
from pytest_homeassistant_custom_component.common import (
    MockConfigEntry,
    async_fire_time_changed,
)
from pytest_homeassistant_custom_component.components.recorder.common import (
    async_wait_recording_done,
    do_adhoc_statistics,
)

from custom_components.heatpump_dashboard.const import CONF_STATISTICS
from custom_components.heatpump_dashboard.history.statistics import joining
from tests.support.memory_source import MemorySource, thermia
from tests.support.pump_entry import (
    COMPONENT,
    PUMP,
    add_entry,
    pump,
    served_by,
    set_up,
    settle,
)

ALL_SUMS = dict(joining.SUMS)
STATISTICS = f"{COMPONENT}.history.statistics"
POLL, MINUTE = timedelta(seconds=31), timedelta(minutes=1)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
# Three minutes before the first hour of Home Assistant's own is over; two months.
NOW = datetime(2026, 2, 2, 14, 57, 10, tzinfo=UTC)
OWN = NOW.replace(minute=0, second=0)
FIRST = datetime(2026, 1, 30, 20, tzinfo=UTC)
PAST_HOURS = int((OWN - FIRST) / HOUR)
HEAT, ELECTRICITY = "sensor.cellar_pump_heat", "sensor.cellar_pump_electricity"
COST, OUTDOOR = (
    "sensor.cellar_pump_electricity_cost_today",
    "sensor.cellar_pump_outdoor_temperature",
)
HEAT_OF_AN_HOUR, ELECTRICITY_OF_AN_HOUR = 6.75, 1.55
SETTINGS = {"price": 2.0, CONF_STATISTICS: True}
type Changes = list[float]


def readings(start: datetime, stop: datetime) -> Any:
    """Return half of every hour of 13.5 kW."""
    return thermia(start, stop, step_s=300, cycle_min=60)


class Home:
    """A heat pump beside a recorder, and what the recorder has of it."""

    def __init__(
        self, hass: HomeAssistant, freezer: FrozenDateTimeFactory, source: MemorySource
    ) -> None:
        self._hass = hass
        self._freezer = freezer
        self._source = source
        self.entry: MockConfigEntry

    async def go_to(self, moment: datetime) -> None:
        """Let time pass until then, with readings."""
        last = self._source.stored.index[-1].to_pydatetime() + 5 * MINUTE
        self._source.write(readings(last, moment))
        self._freezer.move_to(moment)
        async_fire_time_changed(self._hass)
        await settle(self._hass)

    async def compile(self, hours: int = 1) -> None:
        """Let the next hours end, and have Home Assistant compile them."""
        for _ in range(hours):
            end = datetime.now(UTC).replace(minute=0, second=0) + HOUR
            await self.go_to(end - 2 * MINUTE)
            await async_wait_recording_done(self._hass)
            await self.go_to(end + timedelta(seconds=10))
            do_adhoc_statistics(self._hass, start=end - 5 * MINUTE)
            await async_wait_recording_done(self._hass)

    async def compare(self) -> None:
        """Let the next look come."""
        for wait in (HOUR, POLL):
            # At the first of them the years have their look, and then this.
            await self.go_to(datetime.now(UTC) + wait)
        await async_wait_recording_done(self._hass)

    async def rows(
        self, name: str, what: str = "change", period: Any = "hour", **units: str
    ) -> list[Any]:
        """Return what the recorder tells of a statistic, from before its beginning."""
        read: Any = partial(statistics_during_period, types={what})
        found = await get_instance(self._hass).async_add_executor_job(
            read, self._hass, FIRST - 40 * DAY, None, {name}, period, units
        )
        return [(row["start"], row[what]) for row in found.get(name, [])]

    def stored(self, start: float) -> pd.Series:
        """Return the outdoor temperatures that were read in an hour."""
        first = pd.Timestamp(start, unit="s", tz="UTC")
        values = self._source.stored["outdoor_temp"]
        return values[(values.index >= first) & (values.index < first + HOUR)]

    async def changes(self, name: str, **units: str) -> Changes:
        return [change for _, change in await self.rows(name, **units)]

    async def change(self, settings: dict[str, Any]) -> None:
        """Change settings of the heat pump, and let what follows happen."""
        subentry = self.entry.subentries[PUMP]
        self._hass.config_entries.async_update_subentry(
            self.entry, subentry, data={**subentry.data, **settings}
        )
        await settle(self._hass)
        # The years first, and then what follows from them.
        await self.go_to(datetime.now(UTC) + POLL)
        await self.compare()


@asynccontextmanager
async def home_of(
    hass: HomeAssistant, freezer: FrozenDateTimeFactory, **settings: Any
) -> AsyncGenerator[Home]:
    assert await async_setup_component(hass, "sensor", {})
    await async_wait_recording_done(hass)
    source = MemorySource(readings(FIRST, NOW))
    home = Home(hass, freezer, source)
    home.entry = add_entry(hass, pump(**settings))
    platforms = patch(f"{COMPONENT}.PLATFORMS", [Platform.SENSOR])
    with served_by(source), platforms:
        await set_up(hass, home.entry)
        yield home
        if home.entry.state is ConfigEntryState.LOADED:
            await hass.config_entries.async_unload(home.entry.entry_id)


def is_whole(changes: Changes, of_an_hour: float) -> bool:
    """Return whether every hour before the joint has this, and the first own one too.

    But for the very first, in which nothing was read before the first reading.
    """
    first, *past = changes[: PAST_HOURS + 1]
    return (
        len(past) == PAST_HOURS
        and first == pytest.approx(of_an_hour, rel=0.2)
        and past == pytest.approx([of_an_hour] * len(past), abs=2e-3)
    )
