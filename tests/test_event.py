"""Event entities: what is told, once, and that the past is not."""

from collections.abc import AsyncGenerator
from datetime import datetime, timedelta
from typing import Any
from unittest.mock import patch

from freezegun.api import FrozenDateTimeFactory
from homeassistant.components.recorder import Recorder
from homeassistant.config_entries import ConfigEntryState
from homeassistant.const import STATE_UNKNOWN, Platform
from homeassistant.core import Event, EventStateChangedData, HomeAssistant, callback
from homeassistant.helpers import entity_registry as er
from homeassistant.helpers.event import async_track_state_change_event
from homeassistant.setup import async_setup_component
import pandas as pd
import pytest
from pytest_homeassistant_custom_component.common import (
    MockConfigEntry,
    snapshot_platform,
)
from pytest_homeassistant_custom_component.components.recorder.common import (
    async_wait_recording_done,
)
from pytest_homeassistant_custom_component.typing import WebSocketGenerator
from syrupy.assertion import SnapshotAssertion

from tests.support.memory_source import MemorySource, thermia
from tests.support.pump_entry import (
    NOW,
    add_entry,
    pass_time,
    served_by,
    set_up,
    two_days,
)

COMPONENT = "custom_components.heatpump_dashboard"
ALARMS = "event.cellar_pump_alarms"
OPERATION = "event.cellar_pump_operation"
# When the compressor starts next.
ON = NOW.replace(minute=40, second=0)

pytestmark = pytest.mark.usefixtures("frozen")

type Told = list[dict[str, Any]]


@pytest.fixture
def source() -> MemorySource:
    return two_days()


@pytest.fixture
async def entry(
    hass: HomeAssistant, source: MemorySource
) -> AsyncGenerator[MockConfigEntry]:
    """Return an entry that is set up with its event entities."""
    entry = add_entry(hass)
    with served_by(source), patch(f"{COMPONENT}.PLATFORMS", [Platform.EVENT]):
        await set_up(hass, entry)
        yield entry
        if entry.state is ConfigEntryState.LOADED:
            await hass.config_entries.async_unload(entry.entry_id)


@pytest.fixture
def told(hass: HomeAssistant, entry: MockConfigEntry) -> Told:
    """Return what the entities tell from now on."""
    events: Told = []

    @callback
    def keep(event: Event[EventStateChangedData]) -> None:
        old, new = event.data["old_state"], event.data["new_state"]
        if new is not None and (old is None or old.state != new.state):
            if new.attributes.get("event_type"):
                events.append(dict(new.attributes))

    async_track_state_change_event(hass, [ALARMS, OPERATION], keep)
    return events


def minutes(first: float, last: float, **values: Any) -> pd.DataFrame:
    """Return the readings of some minutes after NOW."""
    start, stop = (NOW + timedelta(minutes=minute) for minute in (first, last))
    return thermia(start, stop).assign(**values)


def types(told: Told) -> list[str]:
    return [attributes["event_type"] for attributes in told]


def times(told: Told) -> list[datetime]:
    return [attributes["time"] for attributes in told]


async def test_the_demo_has_both_for_each_brand(
    hass: HomeAssistant,
    demo_entry: MockConfigEntry,
    entity_registry: er.EntityRegistry,
    snapshot: SnapshotAssertion,
) -> None:
    with patch(f"{COMPONENT}.PLATFORMS", [Platform.EVENT]):
        assert await hass.config_entries.async_setup(demo_entry.entry_id)
        await hass.async_block_till_done()
        await snapshot_platform(hass, entity_registry, snapshot, demo_entry.entry_id)
        await hass.config_entries.async_unload(demo_entry.entry_id)


async def test_the_past_is_not_told(
    hass: HomeAssistant, entry: MockConfigEntry, told: Told
) -> None:
    assert entry.runtime_data.coordinators["pump_1"].pump.records.events
    assert hass.states.get(OPERATION).state == STATE_UNKNOWN  # type: ignore[union-attr]
    assert told == []


async def test_every_change_is_told_once(
    hass: HomeAssistant,
    entry: MockConfigEntry,
    source: MemorySource,
    freezer: FrozenDateTimeFactory,
    told: Told,
) -> None:
    for half in range(1, 70):
        source.write(minutes(0, half / 2))
        await pass_time(hass, freezer, 30)

    assert types(told) == ["compressor_started", "compressor_stopped"]
    assert times(told) == [ON, ON + timedelta(minutes=20)]
    assert told[1]["duration"] == 1200
    assert told[1]["heat"] == 4.5
    assert "heat" not in told[0]


async def test_a_charge_is_told_with_what_came_of_it(
    hass: HomeAssistant,
    entry: MockConfigEntry,
    source: MemorySource,
    freezer: FrozenDateTimeFactory,
    told: Told,
) -> None:
    on = {"compressor_status": 1.0, "switch_valve_status": 1.0}
    warm = {"radiator_forward": 45.0, "radiator_return": 40.0}
    off = {"compressor_status": 0.0, "switch_valve_status": 0.0}
    for row, values in enumerate([on | warm] * 8 + [off | {"hot_water_top": 51.0}]):
        source.write(minutes(row / 2, row / 2 + 0.5, **values))
        await pass_time(hass, freezer, 30)

    assert types(told) == [
        "compressor_started",
        "hot_water_started",
        "compressor_stopped",
        "hot_water_finished",
    ]
    charge = told[3]
    assert charge["duration"] == 240
    assert charge["heat"] == pytest.approx(2.7 * 5 * 240 / 3600, abs=0.005)
    assert (charge["temperature_before"], charge["temperature_after"]) == (47.0, 51.0)


async def test_the_auxiliary_heater_is_told(
    hass: HomeAssistant,
    entry: MockConfigEntry,
    source: MemorySource,
    freezer: FrozenDateTimeFactory,
    told: Told,
) -> None:
    for row, percent in enumerate((33.0, 33.0, 38.0, 67.0, 67.0, 0.0)):
        rows = minutes(row / 2, row / 2 + 0.5, additional_heat_percent=percent)
        source.write(rows)
        await pass_time(hass, freezer, 30)

    assert types(told) == [
        "auxiliary_started",
        "auxiliary_changed",
        "auxiliary_stopped",
    ]
    assert [attributes.get("percent") for attributes in told] == [33, 67, None]
    assert told[2]["duration"] == 150
    kwh = 9 * (0.33 * 60 + 0.38 * 30 + 0.67 * 60) / 3600
    assert told[2]["energy"] == pytest.approx(kwh, abs=0.005)


async def test_alarms_are_told_with_code_text_and_severity(
    hass: HomeAssistant,
    entry: MockConfigEntry,
    source: MemorySource,
    freezer: FrozenDateTimeFactory,
    told: Told,
) -> None:
    hass.config.language = "sv"
    for row, code in enumerate((20.0, 20.0, 160.0, 0.0)):
        source.write(minutes(row / 2, row / 2 + 0.5, alarm_code=code))
        await pass_time(hass, freezer, 30)

    low = ("Lågtryckspressostaten har löst ut (2)", "critical", 2)
    cold = ("För kall köldbärare (16)", "error", 16)
    assert [(a["text"], a["severity"], a["code"]) for a in told] == [low, cold, cold]
    assert types(told) == ["raised", "changed", "cleared"]
    assert told[2]["duration"] == 90


async def test_what_comes_late_is_not_told(
    hass: HomeAssistant,
    entry: MockConfigEntry,
    source: MemorySource,
    freezer: FrozenDateTimeFactory,
    told: Told,
) -> None:
    """Not what lies between readings that were known, nor what is long ago."""
    rows = minutes(0, 60)
    seen = (rows.index < ON - timedelta(minutes=1)) | (
        rows.index >= ON + timedelta(minutes=25)
    )
    source.write(rows[seen])
    await pass_time(hass, freezer, 36 * 60)
    assert told == []

    # Every two minutes another slice of the last day is read again.
    source.write(rows)
    for _ in range(8):
        await pass_time(hass, freezer, 2 * 60)
    known = entry.runtime_data.coordinators["pump_1"].pump.records.events
    assert round(ON.timestamp() * 1000) in [event.time for event in known]
    assert times(told) == [ON + timedelta(minutes=40)]

    told.clear()
    source.write(minutes(60, 180))
    await pass_time(hass, freezer, (180 - 52) * 60)
    assert len(known) + 4 < len(
        entry.runtime_data.coordinators["pump_1"].pump.records.events
    )
    assert all(time > NOW + timedelta(minutes=170) for time in times(told))


async def test_a_start_that_moves_is_not_told_again(
    hass: HomeAssistant,
    entry: MockConfigEntry,
    source: MemorySource,
    freezer: FrozenDateTimeFactory,
    told: Told,
) -> None:
    rows = minutes(0, 14)
    late = (rows.index >= ON) & (rows.index < ON + timedelta(minutes=2))
    source.write(rows[~late])
    await pass_time(hass, freezer, 14 * 60)
    assert times(told) == [ON + timedelta(minutes=2)]

    source.write(rows)
    await pass_time(hass, freezer)
    assert len(told) == 1


async def test_a_row_that_comes_in_halves_is_told(
    hass: HomeAssistant,
    entry: MockConfigEntry,
    source: MemorySource,
    freezer: FrozenDateTimeFactory,
    told: Told,
) -> None:
    """The alarm of a row comes a poll later than the rest of it, and its code again."""
    rows = minutes(0, 1, alarm_status=1.0, alarm_code=20.0)
    source.write(rows.drop(columns=["alarm_status", "alarm_code"]))
    await pass_time(hass, freezer, 60)
    assert told == []
    source.write(rows.drop(columns="alarm_code"))
    await pass_time(hass, freezer, 10)
    source.write(rows)
    await pass_time(hass, freezer, 10)
    source.write(minutes(1, 2, alarm_status=1.0, alarm_code=20.0))
    await pass_time(hass, freezer, 60)
    assert types(told) == ["raised"]
    assert times(told) == [rows.index[0].to_pydatetime()]


async def test_what_comes_late_but_within_minutes_is_told_once(
    hass: HomeAssistant,
    entry: MockConfigEntry,
    source: MemorySource,
    freezer: FrozenDateTimeFactory,
    told: Told,
) -> None:
    """A charge between two readings that were known before it."""
    on = {"compressor_status": 1.0, "switch_valve_status": 1.0}
    rows = pd.concat([minutes(0, 2), minutes(2, 4, **on), minutes(4, 8)])
    source.write(pd.concat([minutes(0, 2), minutes(4, 8)]))
    await pass_time(hass, freezer, 8 * 60)
    assert told == []
    source.write(rows)
    for _ in range(3):
        await pass_time(hass, freezer, 10)
    assert types(told) == [
        "compressor_started",
        "hot_water_started",
        "compressor_stopped",
        "hot_water_finished",
    ]


def state_of_operation(hass: HomeAssistant) -> str:
    state = hass.states.get(OPERATION)
    assert state is not None
    return state.state


@pytest.mark.parametrize("hours", [-20, -1, 1])
async def test_a_step_of_our_clock_tells_nothing_again(
    hass: HomeAssistant,
    entry: MockConfigEntry,
    source: MemorySource,
    freezer: FrozenDateTimeFactory,
    told: Told,
    hours: int,
) -> None:
    source.write(minutes(0, 14))
    await pass_time(hass, freezer, 14 * 60)
    assert types(told) == ["compressor_started"]
    triggered = state_of_operation(hass)
    now = NOW + timedelta(minutes=14)
    coordinator = entry.runtime_data.coordinators["pump_1"]
    for step in (now + timedelta(hours=hours), now):
        freezer.move_to(step)
        source.write(minutes(14, 14.5))
        await coordinator.async_refresh()
        source.write(minutes(14.5, 15))
        await coordinator.async_refresh()
        await hass.async_block_till_done()
    # The state is when it was triggered last.
    assert state_of_operation(hass) == triggered


async def test_a_reload_tells_nothing_again(
    hass: HomeAssistant,
    entry: MockConfigEntry,
    source: MemorySource,
    freezer: FrozenDateTimeFactory,
    told: Told,
) -> None:
    source.write(minutes(0, 14))
    await pass_time(hass, freezer, 14 * 60)
    assert types(told) == ["compressor_started"]
    before = hass.states.get(OPERATION)

    assert await hass.config_entries.async_reload(entry.entry_id)
    await pass_time(hass, freezer)
    source.write(minutes(14, 15))
    await pass_time(hass, freezer)

    after = hass.states.get(OPERATION)
    assert before is not None and after is not None
    # Restored, not told.
    assert after.state == before.state


async def test_the_logbook_names_what_happened(
    recorder_mock: Recorder,
    hass: HomeAssistant,
    source: MemorySource,
    freezer: FrozenDateTimeFactory,
    hass_ws_client: WebSocketGenerator,
) -> None:
    entry = add_entry(hass)
    assert await async_setup_component(hass, "logbook", {})
    with served_by(source), patch(f"{COMPONENT}.PLATFORMS", [Platform.EVENT]):
        await set_up(hass, entry)
        client = await hass_ws_client(hass)
        source.write(minutes(0, 11))
        await pass_time(hass, freezer, 11 * 60)
        await async_wait_recording_done(hass)
        await client.send_json_auto_id(
            {
                "type": "logbook/get_events",
                "start_time": NOW.isoformat(),
                "end_time": (NOW + timedelta(hours=1)).isoformat(),
                "entity_ids": [OPERATION],
            }
        )
        result = (await client.receive_json())["result"]
        await hass.config_entries.async_unload(entry.entry_id)

    (line,) = [
        line for line in result if line["state"] not in ("unknown", "unavailable")
    ]
    assert line["attributes"] == {"event_type": "compressor_started"}
