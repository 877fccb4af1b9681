"""An entry with a price, and what its day costs."""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from typing import Any
from unittest.mock import patch

from homeassistant.config_entries import ConfigEntryState
from homeassistant.const import Platform
from homeassistant.core import HomeAssistant
from homeassistant.helpers import issue_registry as ir

from custom_components.heatpump_dashboard.const import DOMAIN
from custom_components.heatpump_dashboard.coordinator import HeatPumpCoordinator
from tests.support.memory_source import MemorySource, thermia
from tests.support.pump_entry import COMPONENT, NOW, add_entry, pump, served_by, set_up

HOUR = timedelta(hours=1)


SPOT = "sensor.spot"


COST = "sensor.cellar_pump_electricity_cost_today"


# UTC, where the day of the tests is that of the home too.
MIDNIGHT = NOW.replace(hour=0, minute=0, second=0)


@asynccontextmanager
async def running(
    hass: HomeAssistant, source: MemorySource, **settings: Any
) -> AsyncGenerator[HeatPumpCoordinator]:
    """Run an entry with its sensors."""
    await hass.config.async_set_time_zone("UTC")
    entry = add_entry(hass, pump(**settings))
    with served_by(source), patch(f"{COMPONENT}.PLATFORMS", [Platform.SENSOR]):
        yield await set_up(hass, entry)
        if entry.state is ConfigEntryState.LOADED:
            await hass.config_entries.async_unload(entry.entry_id)


def three_days() -> MemorySource:
    return MemorySource(thermia(NOW - timedelta(days=3), NOW, step_s=60))


def tell(hass: HomeAssistant, price: float | str, unit: str = "SEK/kWh") -> None:
    hass.config.currency = "SEK"
    hass.states.async_set(SPOT, str(price), {"unit_of_measurement": unit})


def issue(hass: HomeAssistant) -> ir.IssueEntry | None:
    return ir.async_get(hass).async_get_issue(DOMAIN, "price_pump_1")


def expected(pump: HeatPumpCoordinator, prices: list[tuple[datetime, float]]) -> float:
    """Return the cost of today: each window by the last price before its end."""
    ledger = pump.pump.records.ledger
    total = 0.0
    for (start, price), (stop, _) in zip(prices, [*prices[1:], (NOW, 0)], strict=True):
        rows = ledger[(ledger.index >= max(start, MIDNIGHT)) & (ledger.index < stop)]
        total += price * rows["electricity_kwh"].sum()
    return total
