"""A new entry up to its source: InfluxDB or the demo."""

from unittest.mock import AsyncMock

from homeassistant.const import CONF_TOKEN, CONF_URL
from homeassistant.core import HomeAssistant
from homeassistant.data_entry_flow import FlowResultType
import pytest

from custom_components.heatpump_dashboard.const import CONF_SOURCE, SOURCE_DEMO
from custom_components.heatpump_dashboard.sources import (
    CannotConnect,
    InvalidAuth,
    NotFound,
    QueryFailed,
    SourceError,
)
from tests.support.fake_source import FakeSource

from .common import CONNECTION, DATA, UNIQUE_ID, start, submit, suggested, to_brand

CAUSES: list[tuple[type[SourceError], str]] = [
    *((CannotConnect, key) for key in ("refused", "dns", "tls", "timeout")),
    *(
        (CannotConnect, key)
        for key in ("not_influxdb", "cut_off", "starting", "redirect")
    ),
    (CannotConnect, "server_error"),
    (InvalidAuth, "invalid_auth"),
    (InvalidAuth, "forbidden"),
    (NotFound, "bucket_not_found"),
    (NotFound, "organization_not_found"),
    (QueryFailed, "query_failed"),
    (QueryFailed, "too_large"),
]


async def test_user_sets_up_influxdb_and_first_pump(
    hass: HomeAssistant, source: FakeSource, setup_entry: AsyncMock
) -> None:
    """The usual way: all proposals accepted."""
    result = await start(hass, "influxdb")
    assert result["type"] is FlowResultType.FORM
    assert result["step_id"] == "influxdb"
    assert not result["errors"]

    result = await submit(hass, result, CONNECTION)
    assert result["step_id"] == "heat_pump"
    result = await submit(hass, result, {"bucket": "thermia"})
    assert result["step_id"] == "brand"
    assert suggested(result) == {
        "brand": "thermia",
        "name": "Thermia",
        "heat_output": None,
        "flow_factor": None,
        "flow_factor_measured": False,
        "power_metered": False,
        "auxiliary_power": 9.0,
        "price": None,
        "price_entity": None,
    }
    result = await submit(hass, result, {})

    assert result["type"] is FlowResultType.CREATE_ENTRY
    assert result["title"] == "InfluxDB influx.local (thermia)"
    assert result["data"] == DATA
    assert result["result"].unique_id == UNIQUE_ID
    pump, *others = result["result"].subentries.values()
    assert others == []
    assert (pump.subentry_type, pump.title, pump.unique_id) == (
        "heat_pump",
        "Thermia",
        "thermia",
    )
    assert dict(pump.data) == {
        "bucket": "thermia",
        "brand": "thermia",
        "flow_factor_measured": False,
        "auxiliary_power": 9.0,
    }
    assert len(setup_entry.mock_calls) == 1
    assert all(asked == DATA for asked in source.asked_with)
    assert source.closed == len(source.asked_with)


async def test_user_changes_every_setting(
    hass: HomeAssistant, source: FakeSource
) -> None:
    settings = {
        "brand": "nibe",
        "heat_output": 8.0,
        "flow_factor": 1.9,
        "flow_factor_measured": True,
        "compressor_power": 2.4,
        "auxiliary_power": 6.5,
    }
    result = await to_brand(hass, "nibe")
    result = await submit(hass, result, {"name": " Cellar ", **settings})
    assert result["type"] is FlowResultType.CREATE_ENTRY
    (pump,) = result["result"].subentries.values()
    assert pump.title == "Cellar"
    assert dict(pump.data) == {"bucket": "nibe", **settings}


@pytest.mark.parametrize(("error", "key"), CAUSES)
async def test_connection_fails_and_is_corrected(
    hass: HomeAssistant, source: FakeSource, error: type[SourceError], key: str
) -> None:
    """Every cause has a text of its own, the form keeps all but the token and goes on."""
    source.fail(key, error, host="influx.local:8086")
    typed = {**CONNECTION, CONF_TOKEN: "mistyped"}
    result = await submit(hass, await start(hass, "influxdb"), typed)
    assert result["type"] is FlowResultType.FORM
    assert result["step_id"] == "influxdb"
    assert result["errors"] == {"base": key}
    assert result["description_placeholders"] == {"host": "influx.local:8086"}
    assert suggested(result) == {k: v for k, v in typed.items() if k != CONF_TOKEN}

    source.failure = None
    result = await submit(hass, result, CONNECTION)
    result = await submit(hass, result, {"bucket": "ivt"})
    result = await submit(hass, result, {})
    assert result["type"] is FlowResultType.CREATE_ENTRY
    assert result["data"] == DATA


async def test_unexpected_error_is_logged_and_corrected(
    hass: HomeAssistant, source: FakeSource, caplog: pytest.LogCaptureFixture
) -> None:
    source.failure = RuntimeError("never thought of")
    result = await submit(hass, await start(hass, "influxdb"), CONNECTION)
    assert result["errors"] == {"base": "unknown"}
    assert "never thought of" in caplog.text
    assert source.closed == len(source.asked_with) == 1

    source.failure = None
    result = await submit(hass, result, CONNECTION)
    assert result["step_id"] == "heat_pump"


async def test_address_that_is_none_is_corrected(
    hass: HomeAssistant, source: FakeSource
) -> None:
    typed = {**CONNECTION, CONF_URL: "ftp://influx.local"}
    result = await submit(hass, await start(hass, "influxdb"), typed)
    assert result["errors"] == {CONF_URL: "invalid_url"}
    assert suggested(result) == {k: v for k, v in typed.items() if k != CONF_TOKEN}
    assert source.asked_with == []

    result = await submit(hass, result, CONNECTION)
    assert result["step_id"] == "heat_pump"


async def test_demo_has_all_brands_by_default(hass: HomeAssistant) -> None:
    result = await start(hass, "demo")
    assert result["step_id"] == "demo"
    assert suggested(result) == {"brands": ["ivt", "nibe", "thermia"]}
    result = await submit(hass, result, {})
    assert result["type"] is FlowResultType.CREATE_ENTRY
    assert result["title"] == "Demo"
    assert result["data"] == {CONF_SOURCE: SOURCE_DEMO}
    pumps = result["result"].subentries.values()
    assert [(pump.title, pump.unique_id) for pump in pumps] == [
        ("Demo IVT", "ivt"),
        ("Demo NIBE", "nibe"),
        ("Demo Thermia", "thermia"),
    ]
    configured = {p.unique_id for p in pumps if "compressor_power" in p.data}
    assert configured == {"nibe"}


async def test_demo_wants_at_least_one_brand(hass: HomeAssistant) -> None:
    result = await submit(hass, await start(hass, "demo"), {"brands": []})
    assert result["errors"] == {"brands": "no_brands"}
    result = await submit(hass, result, {"brands": ["thermia"]})
    (pump,) = result["result"].subentries.values()
    assert pump.data["bucket"] == pump.data["brand"] == "thermia"


async def test_there_is_only_one_demo(hass: HomeAssistant) -> None:
    await submit(hass, await start(hass, "demo"), {})
    result = await start(hass, "demo")
    assert result["type"] is FlowResultType.ABORT
    assert result["reason"] == "already_configured"
