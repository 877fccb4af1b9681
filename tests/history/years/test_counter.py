"""A counter of heat that goes on counting in a day of the walk that cannot be read."""

from datetime import date

from freezegun.api import FrozenDateTimeFactory
from homeassistant.core import HomeAssistant
import pandas as pd
import pytest

from custom_components.heatpump_dashboard.const import CONF_BRAND
from custom_components.heatpump_dashboard.pump.hours import midnight
from custom_components.heatpump_dashboard.sources import QueryFailed
from tests.support.memory_source import MemorySource
from tests.support.pump_entry import add_entry, pass_time, pump, served_by

from .common import DAY, FIRST, days_from, on_disk, walk

BAD = FIRST.date() + 4 * DAY
HEAT_OF_A_DAY = 162


@pytest.fixture
def source(past: pd.DataFrame) -> MemorySource:
    """Return what a collector stores of a NIBE, with tenths of kWh."""
    names = {"radiator_forward": "heat_carrier_forward"}
    names["radiator_return"] = "heat_carrier_return"
    rows = past.drop(columns="power_consumption").rename(columns=names)
    hours = (rows.index - rows.index[0]) / (DAY / 24)
    return MemorySource(rows.assign(energy_total=hours * HEAT_OF_A_DAY / 24 * 10))


def counted(hass: HomeAssistant, day: date) -> float:
    """Return the kWh that were counted in a day."""
    hours = on_disk(hass).hours(midnight(day), midnight(day) + DAY)
    return float(hours["heat_meter_kwh"].sum())


async def test_what_was_counted_in_it_is_not_counted_twice(
    hass: HomeAssistant, freezer: FrozenDateTimeFactory, source: MemorySource
) -> None:
    noon = midnight(BAD) + DAY / 2
    source.unreadable[(noon, noon)] = QueryFailed("No", key="query_failed")
    with served_by(source):
        entry = add_entry(hass, pump(**{CONF_BRAND: "nibe"}))
        coordinator = await walk(hass, freezer, entry)
        for _ in range(8):
            await pass_time(hass, freezer)
        assert coordinator.years.left_out == {BAD}
        for day in (BAD - DAY, BAD + DAY):
            assert counted(hass, day) == pytest.approx(HEAT_OF_A_DAY, rel=0.02)
        source.unreadable.clear()
        assert await hass.config_entries.async_unload(entry.entry_id)

        coordinator = await walk(hass, freezer, entry)

        assert coordinator.years.whole
        for day in days_from(BAD - 2 * DAY, BAD + 2 * DAY):
            assert counted(hass, day) == pytest.approx(HEAT_OF_A_DAY, rel=0.02)
        assert await hass.config_entries.async_unload(entry.entry_id)
