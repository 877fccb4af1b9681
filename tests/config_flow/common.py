"""What the tests of the config flow share."""

from typing import Any

from homeassistant.config_entries import (
    SOURCE_USER,
    ConfigFlowResult,
    SubentryFlowResult,
)
from homeassistant.const import CONF_TOKEN, CONF_URL, CONF_VERIFY_SSL
from homeassistant.core import HomeAssistant
from homeassistant.data_entry_flow import FlowResultType

from custom_components.heatpump_dashboard.const import (
    CONF_ORGANIZATION,
    CONF_SOURCE,
    DOMAIN,
    SOURCE_INFLUXDB,
)

CONNECTION = {
    CONF_URL: "http://influx.local:8086",
    CONF_TOKEN: "token",
    CONF_ORGANIZATION: "thermia",
    CONF_VERIFY_SSL: True,
}
DATA = {CONF_SOURCE: SOURCE_INFLUXDB, **CONNECTION}
UNIQUE_ID = "http://influx.local:8086 thermia"


def suggested(result: ConfigFlowResult | SubentryFlowResult) -> dict[str, Any]:
    """Return the values a form shows: suggested ones, else defaults."""
    assert result["data_schema"] is not None
    values = {}
    for key in result["data_schema"].schema:
        if key.description and "suggested_value" in key.description:
            values[str(key)] = key.description["suggested_value"]
        elif callable(key.default):
            values[str(key)] = key.default()
    return values


def options(result: ConfigFlowResult, field: str) -> list[dict[str, str]]:
    """Return the options of a select in a form."""
    assert result["data_schema"] is not None
    return result["data_schema"].schema[field].config["options"]


async def start(hass: HomeAssistant, step: str) -> ConfigFlowResult:
    """Start the flow of a user and choose in its menu."""
    result = await hass.config_entries.flow.async_init(
        DOMAIN, context={"source": SOURCE_USER}
    )
    assert result["type"] is FlowResultType.MENU
    assert result["menu_options"] == ["influxdb", "influxql", "recorder", "demo"]
    return await submit(hass, result, {"next_step_id": step})


async def submit(
    hass: HomeAssistant, result: ConfigFlowResult, user_input: dict[str, Any]
) -> ConfigFlowResult:
    """Submit a form."""
    return await hass.config_entries.flow.async_configure(result["flow_id"], user_input)


async def to_buckets(hass: HomeAssistant) -> ConfigFlowResult:
    """Go to the step that asks for the bucket."""
    result = await submit(hass, await start(hass, "influxdb"), CONNECTION)
    assert result["step_id"] == "heat_pump"
    return result


async def to_brand(hass: HomeAssistant, bucket: str) -> ConfigFlowResult:
    """Go to the step that asks for brand and settings."""
    result = await submit(hass, await to_buckets(hass), {"bucket": bucket})
    assert result["step_id"] == "brand"
    return result
