"""What goes wrong with the real InfluxDB, seen from Home Assistant, and its end."""

from dataclasses import replace
from datetime import timedelta
import logging
from types import MappingProxyType
from typing import Any

from homeassistant.config_entries import ConfigEntryState
from homeassistant.const import CONF_TOKEN, STATE_UNAVAILABLE
from homeassistant.core import HomeAssistant
from homeassistant.data_entry_flow import FlowResultType
from homeassistant.helpers import issue_registry as ir
from homeassistant.util import dt as dt_util
import pytest
from pytest_homeassistant_custom_component.common import async_fire_time_changed
from pytest_homeassistant_custom_component.typing import WebSocketGenerator

from custom_components.heatpump_dashboard.const import CONF_BUCKET, DOMAIN
from tests.support.influx import Influx
from tests.support.running_collector import RunningCollector

from .conftest import Away, MakeCollector
from .home import (
    Viewer,
    add_entry,
    connection,
    direct,
    load_entry,
    open_form,
    poll,
    reauths,
    set_up,
    settle,
    state,
    states,
    submit,
)

LOGGER = "custom_components.heatpump_dashboard"
TABLES = ("readings", "ledger")


def logged(caplog: pytest.LogCaptureFixture) -> list[tuple[int, str]]:
    """Return what the integration has logged for its user."""
    return [
        (record.levelno, record.getMessage())
        for record in caplog.records
        if record.name == LOGGER and record.levelno >= logging.INFO
    ]


async def test_wrong_token_in_the_form_is_corrected(
    hass: HomeAssistant, influx: Influx, collector: RunningCollector
) -> None:
    form = await submit(hass, await open_form(hass), connection(influx, "wrong"))
    assert (form["step_id"], form["errors"]) == ("influxdb", {"base": "invalid_auth"})
    form = await submit(hass, form, connection(influx))
    form = await submit(hass, form, {"bucket": collector.bucket})
    done = await submit(hass, form, {})
    assert done["type"] is FlowResultType.CREATE_ENTRY
    await settle(hass)
    assert done["result"].state is ConfigEntryState.LOADED


async def test_wrong_bucket_in_the_form_is_corrected(
    hass: HomeAssistant, influx: Influx, collector: RunningCollector
) -> None:
    form = await submit(hass, await open_form(hass), connection(influx))
    form = await submit(hass, form, {"bucket": "nowhere"})
    assert form["step_id"] == "heat_pump"
    assert form["errors"] == {"base": "bucket_not_found"}
    form = await submit(hass, form, {"bucket": collector.bucket})
    assert form["step_id"] == "brand"


async def test_wrong_token_at_set_up_is_asked_for_again(
    hass: HomeAssistant, influx: Influx, collector: RunningCollector
) -> None:
    entry = add_entry(hass, influx, collector.bucket, token="wrong")
    await set_up(hass, entry)
    assert entry.state is ConfigEntryState.SETUP_ERROR
    (form,) = reauths(hass)

    form = await submit(hass, form, {CONF_TOKEN: "wrong again"})
    assert form["errors"] == {"base": "invalid_auth"}
    token = influx.make_token([collector.bucket_id])
    done = await submit(hass, form, {CONF_TOKEN: token})
    assert done["reason"] == "reauth_successful"
    await settle(hass)

    assert entry.state is ConfigEntryState.LOADED
    assert entry.data[CONF_TOKEN] == token
    assert STATE_UNAVAILABLE not in states(hass, entry)


async def test_token_revoked_while_running_is_asked_for_again(
    hass: HomeAssistant,
    hass_ws_client: WebSocketGenerator,
    influx: Influx,
    collector: RunningCollector,
    caplog: pytest.LogCaptureFixture,
) -> None:
    token = influx.make_token([collector.bucket_id])
    entry = add_entry(hass, influx, collector.bucket, token=token)
    await set_up(hass, entry)
    assert STATE_UNAVAILABLE not in states(hass, entry)
    viewer = Viewer(await hass_ws_client(hass))
    before = await viewer.look("24h")

    influx.revoke(token)
    await poll(hass)
    await poll(hass)
    assert entry.state is ConfigEntryState.LOADED
    assert states(hass, entry) == {STATE_UNAVAILABLE}
    (form,) = reauths(hass)
    await viewer.received()
    assert viewer.shown["status"]["source"] == "invalid_auth"
    assert all(viewer.shown[name] == before[name] for name in TABLES)

    collector.next()
    done = await submit(hass, form, {CONF_TOKEN: influx.token})
    assert done["reason"] == "reauth_successful"
    await settle(hass)
    assert entry.state is ConfigEntryState.LOADED
    assert STATE_UNAVAILABLE not in states(hass, entry)
    await viewer.received()
    assert viewer.shown["status"]["source"] == "ok"
    assert viewer.shown["end"] == before["end"] + 30_000
    assert token not in caplog.text


async def test_wrong_bucket_at_set_up_is_tried_again_and_says_why(
    hass: HomeAssistant, influx: Influx, make_collector: MakeCollector
) -> None:
    entry = add_entry(hass, influx, "not made yet")
    await set_up(hass, entry)
    assert entry.state is ConfigEntryState.SETUP_RETRY
    assert entry.reason is not None
    assert "There is no not made yet in" in entry.reason
    assert entry.error_reason_translation_key == "bucket_not_found"


async def test_bucket_of_one_heat_pump_missing_leaves_the_other_alone(
    hass: HomeAssistant,
    influx: Influx,
    collector: RunningCollector,
    issue_registry: ir.IssueRegistry,
) -> None:
    bucket = "made too late"
    entry = add_entry(hass, influx, collector.bucket)
    (cellar,) = entry.subentries.values()
    attic = replace(
        cellar,
        data=MappingProxyType({**cellar.data, CONF_BUCKET: bucket}),
        subentry_id="attic",
        title="Attic",
        unique_id=bucket,
    )
    hass.config_entries.async_add_subentry(entry, attic)
    await set_up(hass, entry)
    assert entry.state is ConfigEntryState.LOADED
    assert STATE_UNAVAILABLE not in states(hass, entry, cellar.subentry_id)
    assert states(hass, entry, "attic") <= {STATE_UNAVAILABLE}
    issue = issue_registry.async_get_issue(DOMAIN, "bucket_missing_attic")
    assert issue is not None and issue.translation_placeholders is not None
    assert issue.translation_placeholders["bucket"] == bucket

    influx.make_bucket(bucket)
    await poll(hass)
    assert STATE_UNAVAILABLE not in states(hass, entry, cellar.subentry_id)
    assert entry.runtime_data.coordinators["attic"].last_update_success
    assert issue_registry.async_get_issue(DOMAIN, issue.issue_id) is None


async def test_bucket_deleted_while_running_is_told(
    hass: HomeAssistant,
    hass_ws_client: WebSocketGenerator,
    influx: Influx,
    collector: RunningCollector,
) -> None:
    entry = await load_entry(hass, influx, collector)
    viewer = Viewer(await hass_ws_client(hass))
    before = await viewer.look("6h")

    influx.remove_bucket(collector.bucket_id)
    await poll(hass)

    assert states(hass, entry) == {STATE_UNAVAILABLE}
    await viewer.received()
    assert viewer.shown["status"]["source"] == "bucket_not_found"
    assert all(viewer.shown[name] == before[name] for name in TABLES)
    assert reauths(hass) == []


async def test_server_down_at_set_up_is_tried_again(
    hass: HomeAssistant,
    influx: Influx,
    influx_away: Away,
    collector: RunningCollector,
) -> None:
    entry = add_entry(hass, influx, collector.bucket)
    async with influx_away():
        await set_up(hass, entry)
        assert entry.state is ConfigEntryState.SETUP_RETRY
        assert entry.reason is not None
        assert entry.reason.startswith("Nothing answers at 127.0.0.1")
    async_fire_time_changed(hass, dt_util.utcnow() + timedelta(minutes=1))
    await settle(hass)
    assert entry.state is ConfigEntryState.LOADED
    assert STATE_UNAVAILABLE not in states(hass, entry)


async def test_server_away_keeps_what_is_known_and_comes_back_by_itself(
    hass: HomeAssistant,
    hass_ws_client: WebSocketGenerator,
    influx: Influx,
    influx_away: Away,
    collector: RunningCollector,
    caplog: pytest.LogCaptureFixture,
) -> None:
    entry = await load_entry(hass, influx, collector)
    client = await hass_ws_client(hass)
    viewer = Viewer(client)
    before = await viewer.look("24h")
    assert STATE_UNAVAILABLE not in states(hass, entry)

    async with influx_away():
        await poll(hass)
        assert states(hass, entry) == {STATE_UNAVAILABLE}
        (update,) = await viewer.received()
        assert update["status"]["source"] == "refused"
        assert kept(viewer.shown, before)
        await poll(hass)
        await poll(hass)
        assert await viewer.received() == []
        assert kept(await Viewer(client).look("24h"), before)
        ((level, line),) = logged(caplog)
        assert level == logging.WARNING
        assert line.startswith("InfluxDB is unavailable: Nothing answers at 127.0.0.1")

    caplog.clear()
    collector.catch_up()
    await poll(hass)
    assert STATE_UNAVAILABLE not in states(hass, entry)
    ((level, line),) = logged(caplog)
    assert level == logging.INFO
    assert line == "InfluxDB is available again"
    await viewer.received()
    assert viewer.shown["status"]["source"] == "ok"
    expected = direct(collector, viewer.shown["start"])
    for name in ("covered_s", "heat_kwh", "electricity_kwh", "starts"):
        assert viewer.shown["totals"][name] == pytest.approx(expected[name], abs=1e-3)
    supply = collector.written["radiator_forward"].iloc[-1]
    assert float(state(hass, entry, "supply_temp").state) == supply


def kept(shown: dict[str, Any], before: dict[str, Any]) -> bool:
    """Return whether all that was shown still is, whatever the state of the source."""
    names = ("start", "end", "totals", *TABLES)
    return all(shown[name] == before[name] for name in names)
