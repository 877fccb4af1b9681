"""What the tests of a heat pump's own flow share."""

from typing import Any

from homeassistant.config_entries import (
    SOURCE_USER,
    ConfigSubentry,
    ConfigSubentryDataWithId,
    SubentryFlowResult,
)
from homeassistant.core import HomeAssistant
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.heatpump_dashboard.const import DOMAIN, SUBENTRY_HEAT_PUMP

from .common import DATA

SETTINGS: dict[str, Any] = {
    "flow_factor": 2.5,
    "flow_factor_measured": False,
    "auxiliary_power": 6.0,
}
MAPPING = {"compressor": "kompressor", "supply_temp": "gone_silent"}


def pump(bucket: str, brand: str, **more: Any) -> ConfigSubentryDataWithId:
    """Return a heat pump of the entry."""
    return ConfigSubentryDataWithId(
        data={"bucket": bucket, "brand": brand, **SETTINGS, **more},
        subentry_id=bucket,
        subentry_type=SUBENTRY_HEAT_PUMP,
        title=f"My {bucket}",
        unique_id=bucket,
    )


def pumps_entry(hass: HomeAssistant) -> MockConfigEntry:
    """Return an entry with one pump of each kind the forms tell apart."""
    entry = MockConfigEntry(
        domain=DOMAIN,
        data=DATA,
        subentries_data=[
            pump("thermia", "thermia"),
            pump("nibe", "nibe", compressor_power=2.4),
            pump("other", "generic", series=MAPPING),
        ],
    )
    entry.add_to_hass(hass)
    return entry


async def add(hass: HomeAssistant, entry: MockConfigEntry) -> SubentryFlowResult:
    """Start to add a heat pump."""
    return await hass.config_entries.subentries.async_init(
        (entry.entry_id, SUBENTRY_HEAT_PUMP), context={"source": SOURCE_USER}
    )


async def submit(
    hass: HomeAssistant, result: SubentryFlowResult, user_input: dict[str, Any]
) -> SubentryFlowResult:
    """Submit a form."""
    return await hass.config_entries.subentries.async_configure(
        result["flow_id"], user_input
    )


async def reconfigure(
    hass: HomeAssistant, entry: MockConfigEntry, pump_id: str
) -> SubentryFlowResult:
    """Start to change a heat pump."""
    result = await entry.start_subentry_reconfigure_flow(hass, pump_id)
    assert result["step_id"] == "brand"
    return result


def changed(entry: MockConfigEntry, pump_id: str) -> ConfigSubentry:
    """Return the heat pump as it is now."""
    return entry.subentries[pump_id]
