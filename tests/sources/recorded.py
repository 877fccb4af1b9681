"""A Home Assistant whose states are recorded at moments of a test's choice."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from freezegun.api import FrozenDateTimeFactory
from homeassistant.core import HomeAssistant
from homeassistant.util import dt as dt_util
import pandas as pd
from pytest_homeassistant_custom_component.components.recorder.common import (
    async_wait_recording_done,
)

from custom_components.heatpump_dashboard.const import RECORDED
from custom_components.heatpump_dashboard.sources.recorder import RecorderSource

METRICS = ("compressor", "supply_temp", "return_temp", "power")
BEGIN = datetime(2026, 11, 20, 12, tzinfo=dt_util.UTC)
SUPPLY, MODE = "sensor.hp_supply", "sensor.hp_mode"
CELSIUS = {"unit_of_measurement": "°C"}


def at(minutes: float) -> datetime:
    return BEGIN + timedelta(minutes=minutes)


class House:
    """A Home Assistant in which states change at moments of our choice."""

    def __init__(self, hass: HomeAssistant, freezer: FrozenDateTimeFactory) -> None:
        self.hass = hass
        self._freezer = freezer
        self.source = RecorderSource(hass, hass.async_add_executor_job)

    async def becomes(
        self, minutes: float, entity_id: str, state: object, **attributes: Any
    ) -> None:
        self._freezer.move_to(at(minutes))
        self.hass.states.async_set(entity_id, str(state), attributes)
        await self.hass.async_block_till_done()

    async def read(
        self,
        *series: str,
        start: float,
        stop: float,
        units: Mapping[str, str] | None = None,
    ) -> dict[str, list[tuple[float, float]]]:
        """Return what a span has: minutes and values of each series."""
        await async_wait_recording_done(self.hass)
        self._freezer.move_to(at(stop))
        span = (at(start), at(stop))
        frame = await self.source.readings(RECORDED, series, [span], units=units)
        return {name: points(frame[name]) for name in frame}


def points(column: pd.Series) -> list[tuple[float, float]]:
    return [
        ((time - BEGIN).total_seconds() / 60, value)
        for time, value in column.dropna().items()
    ]
