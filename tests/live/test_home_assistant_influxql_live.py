"""The whole integration on the real InfluxDB 1: set-up, history, polls, a new password."""

from datetime import timedelta

from homeassistant.config_entries import ConfigEntryState
from homeassistant.const import (
    CONF_PASSWORD,
    CONF_URL,
    CONF_USERNAME,
    STATE_UNAVAILABLE,
)
from homeassistant.core import HomeAssistant
from homeassistant.data_entry_flow import FlowResultType
import pytest
from pytest_homeassistant_custom_component.typing import WebSocketGenerator

from custom_components.heatpump_dashboard.const import CONF_BUCKET, SOURCE_INFLUXQL
from tests.support.influx1 import Influx1
from tests.support.running_collector import RunningCollector

from .home import (
    Viewer,
    coordinator_of,
    direct,
    open_form,
    poll,
    reauths,
    settle,
    state,
    states,
    submit,
)

PASSWORDS = "old word", "new word"


@pytest.fixture
def collector1(influx1: Influx1, database: str) -> RunningCollector:
    """Return a collector of a Thermia that has run for two days on InfluxDB 1."""
    collector = RunningCollector(influx1, "thermia", f"heat pump of {database}")
    collector.begin(timedelta(days=2))
    return collector


async def test_an_influxdb_1_is_set_up_polled_and_outlives_a_new_password(
    hass: HomeAssistant,
    hass_ws_client: WebSocketGenerator,
    influx1: Influx1,
    collector1: RunningCollector,
) -> None:
    user = f"reader of {collector1.bucket}"
    influx1.make_user(user, PASSWORDS[0], collector1.bucket)
    form = await open_form(hass, SOURCE_INFLUXQL)
    login = {CONF_USERNAME: user, CONF_PASSWORD: PASSWORDS[1]}
    form = await submit(hass, form, {CONF_URL: influx1.url, **login})
    assert form["errors"] == {"base": "invalid_auth"}
    login = {CONF_USERNAME: user, CONF_PASSWORD: PASSWORDS[0]}
    form = await submit(hass, form, {CONF_URL: influx1.url, **login})
    assert form["data_schema"] is not None
    (offered,) = form["data_schema"].schema[CONF_BUCKET].config["options"]
    assert offered["value"] == collector1.bucket
    form = await submit(hass, form, {CONF_BUCKET: collector1.bucket})
    result = await submit(hass, form, {})
    assert result["type"] is FlowResultType.CREATE_ENTRY
    entry = result["result"]
    await settle(hass)
    assert entry.state is ConfigEntryState.LOADED

    (pump_id,) = entry.subentries
    viewer = Viewer(await hass_ws_client(hass), pump_id)
    shown = await viewer.look("24h")
    wanted = direct(collector1, shown["start"])
    for figure in ("heat_kwh", "electricity_kwh", "starts", "cop_compressor"):
        assert shown["totals"][figure] == pytest.approx(wanted[figure], rel=1e-3)
    assert shown["totals"]["coverage"] > 0.95

    row = collector1.next()
    await poll(hass)
    told = float(state(hass, entry, "supply_temp").state)
    assert told == pytest.approx(row["radiator_forward"].iloc[-1], abs=0.11)

    influx1.ask(f"SET PASSWORD FOR \"{user}\" = '{PASSWORDS[1]}'")
    await poll(hass)
    await poll(hass)
    assert not coordinator_of(entry).last_update_success
    assert states(hass, entry) == {STATE_UNAVAILABLE}
    assert coordinator_of(entry).source_state == "invalid_auth"
    (flow,) = reauths(hass)
    form = await hass.config_entries.flow.async_configure(flow["flow_id"])
    assert form["step_id"] == "reauth_influxql"
    login = {CONF_USERNAME: user, CONF_PASSWORD: PASSWORDS[1]}
    result = await submit(hass, form, login)
    assert result["reason"] == "reauth_successful"
    await settle(hass)
    assert coordinator_of(entry).last_update_success
    assert state(hass, entry, "supply_temp").state != STATE_UNAVAILABLE

    influx1.ask(f'DROP DATABASE "{collector1.bucket}"')
    await poll(hass)
    assert coordinator_of(entry).source_state == "bucket_not_found"
    assert reauths(hass) == []
