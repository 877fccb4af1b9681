"""What tests with a whole Home Assistant share: an entry, its polls, a viewer."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from homeassistant.config_entries import (
    SOURCE_REAUTH,
    SOURCE_USER,
    ConfigEntryState,
    ConfigFlowResult,
)
from homeassistant.const import CONF_TOKEN, CONF_URL, CONF_VERIFY_SSL
from homeassistant.core import HomeAssistant, State
from homeassistant.helpers import entity_registry as er
from homeassistant.util import dt as dt_util
import pandas as pd
from pytest_homeassistant_custom_component.common import (
    MockConfigEntry,
    async_fire_time_changed,
)
from pytest_homeassistant_custom_component.typing import MockHAClientWebSocket

from custom_components.heatpump_dashboard.analysis.basis import basis
from custom_components.heatpump_dashboard.analysis.equipment import Equipment
from custom_components.heatpump_dashboard.analysis.figures import totals
from custom_components.heatpump_dashboard.analysis.readings import choose_series, clean
from custom_components.heatpump_dashboard.analysis.windows import ledger
from custom_components.heatpump_dashboard.const import (
    CONF_BRAND,
    CONF_BUCKET,
    CONF_COMPRESSOR_POWER,
    CONF_ORGANIZATION,
    CONF_SOURCE,
    DEMO_COMPRESSOR_POWER,
    DOMAIN,
    POLL_INTERVAL,
    SOURCE_INFLUXDB,
    SUBENTRY_HEAT_PUMP,
)
from custom_components.heatpump_dashboard.coordinator import (
    HeatPumpConfigEntry,
    HeatPumpCoordinator,
)
from custom_components.heatpump_dashboard.identity import identity
from custom_components.heatpump_dashboard.profiles import load
from custom_components.heatpump_dashboard.view.snapshot import sent
from tests.support.influx import Influx
from tests.support.receiver import apply
from tests.support.running_collector import CYCLE, RunningCollector

PUMP = "cellar"
# A NIBE does not report its power: its owner has to say it.
SETTINGS: Mapping[str, Mapping[str, Any]] = {
    "thermia": {},
    "ivt": {},
    "nibe": {CONF_COMPRESSOR_POWER: DEMO_COMPRESSOR_POWER},
}


def connection(server: Influx, token: str | None = None) -> dict[str, Any]:
    """Return what the first form asks for."""
    return {
        CONF_URL: server.url,
        CONF_TOKEN: server.token if token is None else token,
        CONF_ORGANIZATION: server.organization,
        CONF_VERIFY_SSL: True,
    }


def add_entry(
    hass: HomeAssistant,
    server: Influx,
    bucket: str,
    brand: str = "thermia",
    token: str | None = None,
    settings: Mapping[str, Any] | None = None,
) -> MockConfigEntry:
    """Add an entry with one heat pump, as the flow would make it."""
    if settings is None:
        settings = SETTINGS[brand]
    entry = MockConfigEntry(
        domain=DOMAIN,
        data={CONF_SOURCE: SOURCE_INFLUXDB, **connection(server, token)},
        subentries_data=[
            {
                "data": {CONF_BUCKET: bucket, CONF_BRAND: brand, **settings},
                "subentry_id": PUMP,
                "subentry_type": SUBENTRY_HEAT_PUMP,
                "title": "Cellar",
                "unique_id": bucket,
            }
        ],
        title="InfluxDB",
        unique_id=f"{server.url} {server.organization}",
    )
    entry.add_to_hass(hass)
    return entry


async def set_up(hass: HomeAssistant, entry: HeatPumpConfigEntry) -> None:
    """Set an entry up and let the past be read."""
    await hass.config_entries.async_setup(entry.entry_id)
    await settle(hass)


async def load_entry(
    hass: HomeAssistant,
    server: Influx,
    collector: RunningCollector,
    settings: Mapping[str, Any] | None = None,
) -> HeatPumpConfigEntry:
    """Return a loaded entry with the collector's heat pump, all its past read."""
    entry = add_entry(
        hass, server, collector.bucket, collector.brand, settings=settings
    )
    await set_up(hass, entry)
    assert entry.state is ConfigEntryState.LOADED
    return entry


async def settle(hass: HomeAssistant) -> None:
    """Wait until nothing is under way."""
    await hass.async_block_till_done(wait_background_tasks=True)


async def poll(hass: HomeAssistant) -> None:
    """Let as much time pass as there is between two polls.

    One that is under way, as its own time came, may not see what was told just now.
    """
    await settle(hass)
    async_fire_time_changed(
        hass, dt_util.utcnow() + POLL_INTERVAL + timedelta(seconds=1)
    )
    await settle(hass)


async def submit(
    hass: HomeAssistant, flow: ConfigFlowResult, answers: dict[str, Any]
) -> ConfigFlowResult:
    """Answer the form of a flow."""
    return await hass.config_entries.flow.async_configure(flow["flow_id"], answers)


async def open_form(
    hass: HomeAssistant, source: str = SOURCE_INFLUXDB
) -> ConfigFlowResult:
    """Return the form that asks for the InfluxDB."""
    flow = await hass.config_entries.flow.async_init(
        DOMAIN, context={"source": SOURCE_USER}
    )
    return await submit(hass, flow, {"next_step_id": source})


def asked(form: ConfigFlowResult) -> dict[str, Any]:
    """Return the fields of a form, with the values they show at first."""
    schema = form["data_schema"]
    assert schema is not None
    fields = {}
    for key in schema.schema:
        suggested = (key.description or {}).get("suggested_value")
        default = key.default() if callable(key.default) else None
        fields[str(key)] = default if suggested is None else suggested
    return fields


def reauths(hass: HomeAssistant) -> list[ConfigFlowResult]:
    """Return the flows that ask for a new token."""
    flows = hass.config_entries.flow.async_progress_by_handler(DOMAIN)
    return [flow for flow in flows if flow["context"]["source"] == SOURCE_REAUTH]


def coordinator_of(entry: HeatPumpConfigEntry) -> HeatPumpCoordinator:
    """Return the coordinator of the only heat pump."""
    (coordinator,) = entry.runtime_data.coordinators.values()
    return coordinator


def state(
    hass: HomeAssistant, entry: HeatPumpConfigEntry, key: str, platform: str = "sensor"
) -> State:
    """Return the state of an entity of the only heat pump."""
    (pump,) = entry.subentries.values()
    unique_id = f"{identity(entry, pump)}_{key}"
    entity_id = er.async_get(hass).async_get_entity_id(platform, DOMAIN, unique_id)
    assert entity_id is not None, key
    found = hass.states.get(entity_id)
    assert found is not None, key
    return found


def states(
    hass: HomeAssistant, entry: HeatPumpConfigEntry, pump_id: str | None = None
) -> set[str]:
    """Return all values that the entities have, of one heat pump or of all."""
    entities = er.async_entries_for_config_entry(er.async_get(hass), entry.entry_id)
    found = (
        hass.states.get(entity.entity_id)
        for entity in entities
        if pump_id in (None, entity.config_subentry_id)
    )
    return {state.state for state in found if state is not None}


class Viewer:
    """Looks at one heat pump as the panel does: a snapshot, then what changes in it."""

    def __init__(self, client: MockHAClientWebSocket, pump: str = PUMP) -> None:
        """Take a connection that nobody else uses."""
        self._client = client
        self._pump = pump
        self.shown: dict[str, Any] = {}

    async def info(self) -> dict[str, Any]:
        """Return what is told of the heat pump."""
        await self._client.send_json_auto_id({"type": f"{DOMAIN}/info"})
        answer = await self._client.receive_json()
        found = {pump["id"]: pump for pump in answer["result"]["pumps"]}
        return found[self._pump]

    async def look(self, range_: str) -> dict[str, Any]:
        """Subscribe, and return the snapshot."""
        await self._client.send_json_auto_id(
            {"type": f"{DOMAIN}/subscribe", "pump": self._pump, "range": range_}
        )
        answer = await self._client.receive_json()
        assert answer["success"], answer
        event = await self._client.receive_json()
        assert event["event"]["type"] == "snapshot"
        self.shown = event["event"]
        return self.shown

    async def received(self) -> list[dict[str, Any]]:
        """Return what has come since, put together with what was shown."""
        await self._client.send_json_auto_id({"type": "ping"})
        events = []
        while (message := await self._client.receive_json())["type"] != "pong":
            events.append(message["event"])
            self.shown = apply(self.shown, message["event"])
        return events


def direct(collector: RunningCollector, start: float) -> dict[str, Any]:
    """Return the totals from `start` (ms) to the last reading, from all at once."""
    profile = load(collector.brand)
    pump = Equipment.of(profile, SETTINGS[collector.brand])
    rules = choose_series(collector.written, profile, {})
    readings = clean(collector.written, rules)
    end = readings.index[-1]
    rows = ledger(readings, pump, readings.index[0], end + pd.Timedelta(seconds=1))
    begin = pd.Timestamp(start, unit="ms", tz="UTC")
    span_s = (end - begin).total_seconds()
    rests_on = basis(rules, pump, CYCLE.total_seconds())
    return sent(totals(rows[rows.index >= begin], span_s, rests_on))
