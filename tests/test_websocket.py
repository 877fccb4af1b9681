"""The websocket contract: what is sent, when, to whom, and what is refused."""

import asyncio
from collections.abc import AsyncGenerator, Generator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any
from unittest.mock import patch

from freezegun.api import FrozenDateTimeFactory
from homeassistant.config_entries import ConfigEntryState
from homeassistant.core import HomeAssistant
from homeassistant.helpers import entity_registry as er
import pandas as pd
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry
from pytest_homeassistant_custom_component.typing import (
    MockHAClientWebSocket,
    WebSocketGenerator,
)

from custom_components.heatpump_dashboard import feed
from custom_components.heatpump_dashboard.const import DOMAIN
from custom_components.heatpump_dashboard.coordinator import HeatPumpCoordinator
from custom_components.heatpump_dashboard.entity import identity
from custom_components.heatpump_dashboard.sources import CannotConnect
from tests.support.memory_source import MemorySource, thermia
from tests.support.pump_entry import (
    NOW,
    PUMP,
    add_entry,
    coordinator_of,
    pass_time,
    pump,
    served_by,
    set_up,
    settle,
    two_days,
)
from tests.support.receiver import subscribe

RANGES = ("1h", "6h", "24h", "7d", "30d")
DOWN = CannotConnect("Nothing answers", key="refused", placeholders={"host": "x"})

TOTALS = {
    "heat_kwh",
    "heat_hot_water_kwh",
    "electricity_kwh",
    "compressor_electricity_kwh",
    "auxiliary_kwh",
    "standby_kwh",
    "cost",
    "cop_compressor",
    "cop_system",
    "cop_uncertainty",
    "heating_s",
    "hot_water_s",
    "auxiliary_s",
    "idle_s",
    "compressor_s",
    "auxiliary_on_s",
    "starts",
    "hot_water_charges",
    "covered_s",
    "uncovered_s",
    "coverage",
    "estimated",
    "extremes",
}
LEDGER = {
    "step",
    "time",
    "heating_s",
    "hot_water_s",
    "auxiliary_s",
    "idle_s",
    "uncovered_s",
    "auxiliary_on_s",
    "heat_kwh",
    "heat_hot_water_kwh",
    "compressor_heat_kwh",
    "electricity_kwh",
    "compressor_electricity_kwh",
    "auxiliary_kwh",
    "starts",
    "hot_water_charges",
}


@pytest.fixture(autouse=True)
def frozen(freezer: FrozenDateTimeFactory) -> Generator[None]:
    """Stop the clock before any token is made, and keep connections over its jumps."""
    freezer.move_to(NOW)
    with patch("aiohttp.web_ws.WebSocketResponse._reset_heartbeat"):
        yield


@pytest.fixture
def source() -> MemorySource:
    return two_days()


@pytest.fixture
async def entry(
    hass: HomeAssistant, source: MemorySource
) -> AsyncGenerator[MockConfigEntry]:
    """Return an entry that is set up, with nobody listening."""
    entry = add_entry(hass)
    with served_by(source):
        await set_up(hass, entry)
        yield entry
        if entry.state is ConfigEntryState.LOADED:
            await hass.config_entries.async_unload(entry.entry_id)


def ms(moment: datetime) -> int:
    return round(moment.timestamp() * 1000)


def write_minutes(source: MemorySource, minutes: float) -> None:
    """Store the readings of the first minutes after NOW."""
    source.write(thermia(NOW, NOW + timedelta(minutes=minutes)))


async def info_of(client: MockHAClientWebSocket) -> list[dict[str, Any]]:
    await client.send_json_auto_id({"type": "heatpump_dashboard/info"})
    reply = await client.receive_json()
    assert reply["success"], reply
    pumps: list[dict[str, Any]] = reply["result"]["pumps"]
    return pumps


async def test_info_describes_the_pumps(
    hass: HomeAssistant, entry: MockConfigEntry, hass_ws_client: WebSocketGenerator
) -> None:
    client = await hass_ws_client(hass)
    (info,) = await info_of(client)

    assert (info["id"], info["name"], info["brand"]) == (PUMP, "Cellar pump", "thermia")
    assert info["metrics"]["supply_temp"] == {
        "unit": "°C",
        "series": "radiator_forward",
    }
    assert info["metrics"]["compressor"]["unit"] is None
    assert info["views"] == {
        view: {"available": True}
        for view in (
            "sankey",
            "cop",
            "runtime",
            "temperature",
            "performance",
            "power",
            "valve",
        )
    }
    assert info["first_reading"] == ms(source_start())
    assert info["last_reading"] == ms(NOW - timedelta(seconds=10))
    assert info["settings"] == {
        "currency": "EUR",
        "price": None,
        "flow_factor": 2.7,
        "flow_factor_measured": False,
        "auxiliary_power": 9.0,
        "compressor_power": None,
        "digits": dict.fromkeys(info["metrics"], 0),
        "heat_pump_type": "ground",
        "boundary": "H4",
        "brand_name": "Thermia",
    }


def source_start() -> datetime:
    return datetime(2026, 1, 20, 12, 30, 30, tzinfo=UTC)


async def test_info_says_why_a_view_is_missing(
    hass: HomeAssistant,
    freezer: FrozenDateTimeFactory,
    hass_ws_client: WebSocketGenerator,
) -> None:
    stored = thermia(NOW - timedelta(hours=3), NOW).drop(
        columns=["power_consumption", "radiator_return", "switch_valve_status"]
    )
    with served_by(MemorySource(stored)):
        entry = add_entry(hass)
        await set_up(hass, entry)
        client = await hass_ws_client(hass)
        (info,) = await info_of(client)
        await hass.config_entries.async_unload(entry.entry_id)

    missing = {view: state.get("reason") for view, state in info["views"].items()}
    assert missing == {
        "sankey": "no_heat",
        "cop": "no_heat",
        "runtime": None,
        "temperature": None,
        "performance": None,
        "power": "no_power",
        "valve": None,
    }


@pytest.mark.parametrize(
    ("name", "step", "ledger_step", "rows"),
    [
        ("1h", 0, 300, 120),
        ("6h", 0, 300, 720),
        ("24h", 120, 300, 720),
        ("7d", 900, 900, 672),
        ("30d", 3600, 3600, 720),
    ],
)
async def test_a_snapshot_has_the_whole_contract(
    hass: HomeAssistant,
    entry: MockConfigEntry,
    hass_ws_client: WebSocketGenerator,
    name: str,
    step: int,
    ledger_step: int,
    rows: int,
) -> None:
    client = await hass_ws_client(hass)
    snapshot = (await subscribe(client, PUMP, range=name)).snapshot

    assert set(snapshot) == {
        "type",
        "pump",
        "range",
        "start",
        "end",
        "step",
        "readings",
        "ledger",
        "totals",
        "status",
        "events",
    }
    assert (snapshot["pump"], snapshot["range"]) == (PUMP, name)
    assert (snapshot["step"], snapshot["ledger"]["step"]) == (step, ledger_step)
    assert snapshot["end"] == ms(NOW - timedelta(seconds=10))
    assert snapshot["start"] % (1000 * max(step, ledger_step)) == 0
    assert set(snapshot["totals"]) >= TOTALS
    assert set(snapshot["ledger"]) == LEDGER
    times = [event["time"] for event in snapshot["events"]]
    assert times == sorted(times)
    assert snapshot["start"] <= times[0] < times[-1] <= snapshot["end"]
    readings = snapshot["readings"]
    assert rows <= len(readings["time"]) <= rows + 11
    lengths = {len(column) for column in readings.values()}
    assert lengths == {len(readings["time"])}
    assert readings["time"][0] == snapshot["start"]
    assert readings["time"][-1] <= snapshot["end"]
    assert {"supply_temp", "return_temp", "compressor", "power"} <= set(readings)
    # Rows shorter than a run show it themselves.
    assert ("delta_t" in readings) == (step >= 300)


async def test_info_names_the_enabled_entities(
    hass: HomeAssistant, entry: MockConfigEntry, hass_ws_client: WebSocketGenerator
) -> None:
    registry = er.async_get(hass)
    for key, disabled_by, subentry in (
        ("outdoor_temp", None, PUMP),
        ("supply_temp", er.RegistryEntryDisabler.USER, PUMP),
        ("outdoor_temp_2", None, None),
    ):
        registry.async_get_or_create(
            "sensor",
            DOMAIN,
            f"{identity(entry, entry.subentries[PUMP])}_{key}",
            config_entry=entry,
            config_subentry_id=subentry,
            disabled_by=disabled_by,
            suggested_object_id="frost",
        )
    client = await hass_ws_client(hass)
    (info,) = await info_of(client)

    # Neither one that is switched off, nor one of another pump.
    assert info["entities"] == {"outdoor_temp": "sensor.frost"}


async def test_extremes_are_those_of_the_readings(
    hass: HomeAssistant,
    freezer: FrozenDateTimeFactory,
    hass_ws_client: WebSocketGenerator,
) -> None:
    stored = thermia(NOW - timedelta(hours=3), NOW)
    stored.loc[NOW - timedelta(minutes=90, seconds=10), "hot_water_top"] = 61.0
    stored["indoor_temp"] = -48.3
    with served_by(MemorySource(stored)):
        entry = add_entry(hass)
        await set_up(hass, entry)
        client = await hass_ws_client(hass)
        totals = (await subscribe(client, PUMP, range="24h")).snapshot["totals"]
        await hass.config_entries.async_unload(entry.entry_id)

    assert totals["extremes"]["hot_water_temp"][1] == 61
    assert totals["extremes"]["hot_water_temp"][0] < 61
    assert "indoor_temp" not in totals["extremes"]


async def test_the_status_is_the_present(
    hass: HomeAssistant, entry: MockConfigEntry, hass_ws_client: WebSocketGenerator
) -> None:
    client = await hass_ws_client(hass)
    snapshot = (await subscribe(client, PUMP, range="1h")).snapshot
    status = snapshot["status"]

    assert status["metrics"].pop("supply_temp") == 30
    assert {**status, "metrics": None} == {
        "time": ms(NOW - timedelta(seconds=10)),
        "mode": "idle",
        "metrics": None,
        "cop": 4.5,
        "electricity_kw": 0.1,
        "heat_kw": 0,
        "alarm": {"active": False, "code": 0, "text": None},
        "since": dict.fromkeys(
            ("brine_pump", "compressor", "hot_water_valve", "mode"),
            ms(datetime(2026, 1, 22, 14, 20, tzinfo=UTC)),
        ),
        "source": "ok",
        "history": {
            "from": ms(datetime(2026, 1, 20, 12, tzinfo=UTC)),
            "complete": True,
        },
    }


async def test_figures_and_tables_cover_the_same_time(
    hass: HomeAssistant, entry: MockConfigEntry, hass_ws_client: WebSocketGenerator
) -> None:
    client = await hass_ws_client(hass)
    for name in RANGES:
        snapshot = (await subscribe(client, PUMP, range=name)).snapshot
        ledger, totals = snapshot["ledger"], snapshot["totals"]
        seconds = (snapshot["end"] - snapshot["start"]) / 1000
        modes = ("heating_s", "hot_water_s", "auxiliary_s", "idle_s", "uncovered_s")
        for key in (*modes, "starts", "heat_kwh", "electricity_kwh"):
            assert sum(ledger[key]) == pytest.approx(totals[key], abs=0.3), key
        assert sum(sum(ledger[key]) for key in modes) == pytest.approx(seconds, abs=1)
        assert totals["covered_s"] + totals["uncovered_s"] == pytest.approx(seconds)
        assert totals["cop_compressor"] == pytest.approx(4.5, abs=1e-3)


async def test_updates_make_the_snapshot_a_newcomer_is_sent(
    hass: HomeAssistant,
    entry: MockConfigEntry,
    source: MemorySource,
    hass_ws_client: WebSocketGenerator,
    freezer: FrozenDateTimeFactory,
) -> None:
    receivers = {
        name: await subscribe(await hass_ws_client(hass), PUMP, range=name)
        for name in RANGES
    }
    later = thermia(NOW, NOW + timedelta(minutes=20))
    for step in range(1, 25):
        # Points are missing, and come late with every seventh poll.
        seen = later[later.index < NOW + timedelta(seconds=30 * step)]
        source.write(seen if step % 7 == 0 else seen.drop(seen.index[3::4]))
        await pass_time(hass, freezer)
        for name, receiver in receivers.items():
            events = await receiver.receive()
            assert [event["type"] for event in events] in ([], ["update"])
            newcomer = await subscribe(await hass_ws_client(hass), PUMP, range=name)
            assert receiver.snapshot == newcomer.snapshot
            await newcomer.unsubscribe()
    assert all(len(receiver.events) > 12 for receiver in receivers.values())


async def test_an_update_has_only_what_is_new(
    hass: HomeAssistant,
    entry: MockConfigEntry,
    source: MemorySource,
    hass_ws_client: WebSocketGenerator,
    freezer: FrozenDateTimeFactory,
) -> None:
    receivers = [
        await subscribe(await hass_ws_client(hass), PUMP, range=name) for name in RANGES
    ]
    for step in range(1, 12):
        write_minutes(source, step / 2)
        await pass_time(hass, freezer)
        for receiver in receivers:
            (event,) = await receiver.receive()
            # A mean that stays what it was is not new.
            assert len(event["readings"]["time"]) <= 2
            assert 1 <= len(event["ledger"]["time"]) <= 2
            assert receiver.deflated[-1] < 1000
        assert len(receivers[0].events[-1]["readings"]["time"]) == 1


async def test_nothing_new_is_nothing_sent(
    hass: HomeAssistant,
    entry: MockConfigEntry,
    hass_ws_client: WebSocketGenerator,
    freezer: FrozenDateTimeFactory,
) -> None:
    receiver = await subscribe(await hass_ws_client(hass), PUMP, range="24h")
    for _ in range(4):
        await pass_time(hass, freezer)

    assert await receiver.receive() == []


async def test_what_changes_while_a_snapshot_is_made_is_sent(
    hass: HomeAssistant, entry: MockConfigEntry, hass_ws_client: WebSocketGenerator
) -> None:
    shown, make = coordinator_of(entry), feed._make

    def make_slowly(*asked: Any) -> Any:
        made = make(*asked)
        shown.history = replace(shown.history, complete=False)
        return made

    with patch.object(feed, "_make", make_slowly):
        receiver = await subscribe(await hass_ws_client(hass), PUMP, range="24h")
        assert receiver.snapshot["status"]["history"]["complete"]
        await settle(hass)

    (event,) = await receiver.receive()
    assert not event["status"]["history"]["complete"]


async def test_a_change_of_the_source_is_sent(
    hass: HomeAssistant,
    entry: MockConfigEntry,
    source: MemorySource,
    hass_ws_client: WebSocketGenerator,
    freezer: FrozenDateTimeFactory,
) -> None:
    receiver = await subscribe(await hass_ws_client(hass), PUMP, range="24h")
    source.failure = DOWN
    await pass_time(hass, freezer)
    await pass_time(hass, freezer)

    (event,) = await receiver.receive()
    assert event["status"]["source"] == "refused"
    assert event["readings"]["time"] == []
    assert receiver.snapshot["readings"]["time"]

    source.failure = None
    await pass_time(hass, freezer)
    (event,) = await receiver.receive()
    assert event["status"]["source"] == "ok"

    for _ in range(25):
        await pass_time(hass, freezer)
    (event,) = await receiver.receive()
    assert event["status"]["source"] == "stale"
    assert receiver.snapshot["end"] > ms(NOW + timedelta(minutes=10))


async def test_all_viewers_share_one_computation(
    hass: HomeAssistant,
    entry: MockConfigEntry,
    source: MemorySource,
    hass_ws_client: WebSocketGenerator,
    freezer: FrozenDateTimeFactory,
) -> None:
    with patch.object(feed, "_make", wraps=feed._make) as make:
        receivers = [
            await subscribe(await hass_ws_client(hass), PUMP, range="24h")
            for _ in range(3)
        ]
        assert make.call_count == 1
        assert receivers[0].snapshot == receivers[2].snapshot

        write_minutes(source, 0.5)
        await pass_time(hass, freezer)
        assert make.call_count == 2
        events = [await receiver.receive() for receiver in receivers]
        assert events[0] == events[1] == events[2]
        assert len(events[0]) == 1


async def test_who_comes_back_to_a_range_gets_what_was_computed(
    hass: HomeAssistant, entry: MockConfigEntry, hass_ws_client: WebSocketGenerator
) -> None:
    client = await hass_ws_client(hass)
    with patch.object(feed, "_make", wraps=feed._make) as make:
        for _ in range(3):
            receiver = await subscribe(client, PUMP, range="7d")
            await receiver.unsubscribe()
    assert make.call_count == 1


async def test_viewers_make_it_poll_until_the_last_has_gone(
    hass: HomeAssistant,
    entry: MockConfigEntry,
    source: MemorySource,
    hass_ws_client: WebSocketGenerator,
    freezer: FrozenDateTimeFactory,
) -> None:
    source.asked.clear()
    await pass_time(hass, freezer, 120)
    assert not source.asked

    client = await hass_ws_client(hass)
    receiver = await subscribe(client, PUMP, range="1h")
    await settle(hass)
    # What had been left out is read at once.
    assert len(source.asked) == 1
    await pass_time(hass, freezer)
    assert len(source.asked) == 2

    await receiver.unsubscribe()
    await pass_time(hass, freezer)
    assert len(source.asked) == 2
    assert not coordinator_of(entry)._listeners

    await subscribe(client, PUMP, range="1h")
    await client.close()
    await settle(hass)
    assert not coordinator_of(entry)._listeners


async def test_a_free_span_is_shown(
    hass: HomeAssistant, entry: MockConfigEntry, hass_ws_client: WebSocketGenerator
) -> None:
    client = await hass_ws_client(hass)
    start, end = NOW - timedelta(hours=40), NOW - timedelta(hours=30)
    snapshot = (
        await subscribe(
            client, PUMP, start_time=start.isoformat(), end_time=end.isoformat()
        )
    ).snapshot

    assert snapshot["range"] is None
    assert snapshot["step"] == 120
    assert ms(start) - 600_000 < snapshot["start"] <= ms(start)
    assert ms(end) <= snapshot["end"] < ms(end) + 300_000
    assert snapshot["readings"]["time"][-1] < snapshot["end"]
    assert snapshot["totals"]["coverage"] == 1


async def test_a_free_span_of_the_past_only_follows_the_status(
    hass: HomeAssistant,
    entry: MockConfigEntry,
    source: MemorySource,
    hass_ws_client: WebSocketGenerator,
    freezer: FrozenDateTimeFactory,
) -> None:
    receiver = await subscribe(
        await hass_ws_client(hass),
        PUMP,
        start_time=(NOW - timedelta(hours=9)).isoformat(),
        end_time=(NOW - timedelta(hours=8)).isoformat(),
    )
    before = receiver.snapshot
    write_minutes(source, 0.5)
    await pass_time(hass, freezer)

    (event,) = await receiver.receive()
    assert event["readings"]["time"] == event["ledger"]["time"] == []
    assert event["status"]["time"] > before["status"]["time"]
    assert receiver.snapshot["readings"] == before["readings"]


@pytest.mark.parametrize(
    ("span", "code"),
    [
        ({}, "invalid_format"),
        ({"range": "banana"}, "invalid_format"),
        ({"range": 24}, "invalid_format"),
        ({"start_time": "2026-01-21T00:00:00Z"}, "invalid_format"),
        ({"start_time": "yesterday", "end_time": "today"}, "invalid_format"),
        (
            {
                "range": "1h",
                "start_time": "2026-01-21T00:00:00Z",
                "end_time": "2026-01-22T00:00:00Z",
            },
            "invalid_format",
        ),
        (
            {"start_time": "2026-01-22T00:00:00Z", "end_time": "2026-01-21T00:00:00Z"},
            "invalid_range",
        ),
        (
            {"start_time": "2025-12-01T00:00:00Z", "end_time": "2026-01-21T00:00:00Z"},
            "invalid_range",
        ),
        (
            {"start_time": "2026-01-23T00:00:00Z", "end_time": "2026-01-24T00:00:00Z"},
            "invalid_range",
        ),
    ],
)
async def test_a_wrong_span_is_refused_with_a_text(
    hass: HomeAssistant,
    entry: MockConfigEntry,
    hass_ws_client: WebSocketGenerator,
    span: dict[str, Any],
    code: str,
) -> None:
    client = await hass_ws_client(hass)
    await client.send_json_auto_id(
        {"type": "heatpump_dashboard/subscribe", "pump": PUMP, **span}
    )
    reply = await client.receive_json()
    assert not reply["success"]
    assert reply["error"]["code"] == code
    assert len(reply["error"]["message"]) > 10
    assert "Traceback" not in reply["error"]["message"]


async def test_an_unknown_pump_is_not_found(
    hass: HomeAssistant, entry: MockConfigEntry, hass_ws_client: WebSocketGenerator
) -> None:
    client = await hass_ws_client(hass)
    await client.send_json_auto_id(
        {"type": "heatpump_dashboard/subscribe", "pump": "nobody", "range": "1h"}
    )
    reply = await client.receive_json()
    assert reply["error"] == {
        "code": "not_found",
        "message": "There is no such heat pump",
    }


async def test_a_pump_whose_source_is_down_is_named(
    hass: HomeAssistant,
    freezer: FrozenDateTimeFactory,
    source: MemorySource,
    hass_ws_client: WebSocketGenerator,
) -> None:
    source.failure = CannotConnect(
        "Nothing answers", key="refused", placeholders={"host": "localhost:8086"}
    )
    entry = add_entry(hass)
    with served_by(source):
        assert not await hass.config_entries.async_setup(entry.entry_id)
        client = await hass_ws_client(hass)
        (info,) = await info_of(client)
        assert info["name"] == "Cellar pump"
        assert info["last_reading"] is None

        await client.send_json_auto_id(
            {"type": "heatpump_dashboard/subscribe", "pump": PUMP, "range": "1h"}
        )
        error = (await client.receive_json())["error"]
        assert error["code"] == "not_found"
        # Why, but not the address: anyone may read it.
        why = "Cellar pump is not loaded: Nothing answers at …."
        assert error["message"].startswith(why)
        assert "localhost" not in error["message"]
        await hass.config_entries.async_unload(entry.entry_id)


async def test_anyone_who_is_logged_in_may_look(
    hass: HomeAssistant,
    entry: MockConfigEntry,
    hass_ws_client: WebSocketGenerator,
    hass_read_only_access_token: str,
) -> None:
    client = await hass_ws_client(hass, hass_read_only_access_token)
    receiver = await subscribe(client, PUMP, range="1h")
    assert "token" not in str(receiver.snapshot)


async def test_a_viewer_lives_on_over_a_reload(
    hass: HomeAssistant,
    entry: MockConfigEntry,
    source: MemorySource,
    hass_ws_client: WebSocketGenerator,
    freezer: FrozenDateTimeFactory,
) -> None:
    receiver = await subscribe(await hass_ws_client(hass), PUMP, range="24h")
    before = receiver.snapshot

    assert await hass.config_entries.async_reload(entry.entry_id)
    await settle(hass)

    away, *events = await receiver.receive()
    assert away["status"]["source"] == "not_loaded"
    assert away["readings"]["time"] == []
    assert events[0]["type"] == "snapshot"
    assert receiver.snapshot == before

    write_minutes(source, 0.5)
    await pass_time(hass, freezer)
    (event,) = await receiver.receive()
    assert event["type"] == "update"


async def test_a_viewer_is_told_when_the_pump_is_gone(
    hass: HomeAssistant,
    entry: MockConfigEntry,
    hass_ws_client: WebSocketGenerator,
    freezer: FrozenDateTimeFactory,
) -> None:
    client = await hass_ws_client(hass)
    receiver = await subscribe(client, PUMP, range="24h")
    await hass.config_entries.async_remove(entry.entry_id)
    await settle(hass)

    (event,) = await receiver.receive()
    assert event["status"]["source"] == "not_loaded"
    await receiver.unsubscribe()
    assert await info_of(client) == []


async def test_nothing_is_shown_of_a_pump_that_goes_while_it_is_computed(
    hass: HomeAssistant, entry: MockConfigEntry, hass_ws_client: WebSocketGenerator
) -> None:
    viewer = await subscribe(await hass_ws_client(hass), PUMP, range="24h")
    coordinator, make = coordinator_of(entry), feed._make

    def make_until_unloaded(*asked: Any) -> Any:
        unload = hass.config_entries.async_unload(entry.entry_id)
        assert asyncio.run_coroutine_threadsafe(unload, hass.loop).result(10)
        return make(*asked)

    coordinator.history = replace(coordinator.history, complete=False)
    newcomer = await hass_ws_client(hass)
    with patch.object(feed, "_make", make_until_unloaded):
        await newcomer.send_json_auto_id(
            {"type": "heatpump_dashboard/subscribe", "pump": PUMP, "range": "24h"}
        )
        reply = await newcomer.receive_json()

    assert reply["error"]["code"] == "not_found"
    (event,) = await viewer.receive()
    assert event["status"]["source"] == "not_loaded"


async def test_a_pump_that_is_reloaded_while_it_is_computed_is_shown(
    hass: HomeAssistant, entry: MockConfigEntry, hass_ws_client: WebSocketGenerator
) -> None:
    old, make = coordinator_of(entry), feed._make
    made_of = []

    def make_until_reloaded(pump: HeatPumpCoordinator, *asked: Any) -> Any:
        made_of.append(pump)
        if pump is old:
            reload = hass.config_entries.async_reload(entry.entry_id)
            assert asyncio.run_coroutine_threadsafe(reload, hass.loop).result(10)
        return make(pump, *asked)

    with patch.object(feed, "_make", make_until_reloaded):
        viewer = await subscribe(await hass_ws_client(hass), PUMP, range="24h")

    assert made_of == [old, coordinator_of(entry)]
    assert viewer.snapshot["status"]["source"] == "ok"


async def test_the_past_fills_the_view_as_it_is_read(
    hass: HomeAssistant,
    freezer: FrozenDateTimeFactory,
    hass_ws_client: WebSocketGenerator,
) -> None:
    stored = thermia(NOW - timedelta(days=12), NOW, step_s=300, cycle_min=60)
    source = MemorySource(stored)
    with served_by(source):
        entry = add_entry(hass)
        reader = f"{coordinator_path()}._async_read_past"
        with patch(reader):
            await set_up(hass, entry)
        client = await hass_ws_client(hass)
        receiver = await subscribe(client, PUMP, range="30d")
        first = receiver.snapshot
        assert not first["status"]["history"]["complete"]

        await pass_time(hass, freezer)

        events = await receiver.receive()
        assert events[-1]["status"]["history"]["complete"]
        assert receiver.snapshot["totals"]["starts"] == pytest.approx(12 * 24, abs=1)
        newcomer = await subscribe(await hass_ws_client(hass), PUMP, range="30d")
        assert receiver.snapshot == newcomer.snapshot
        await hass.config_entries.async_unload(entry.entry_id)


def coordinator_path() -> str:
    return "custom_components.heatpump_dashboard.coordinator.HeatPumpCoordinator"


async def test_pumps_have_feeds_of_their_own(
    hass: HomeAssistant,
    freezer: FrozenDateTimeFactory,
    source: MemorySource,
    hass_ws_client: WebSocketGenerator,
) -> None:
    entry = add_entry(hass, pump("a", "one"), pump("b", "two"))
    with served_by(source):
        await set_up(hass, entry)
        receivers = {
            pump_id: await subscribe(await hass_ws_client(hass), pump_id, range="1h")
            for pump_id in ("a", "b")
        }
        assert {pump: r.snapshot["pump"] for pump, r in receivers.items()} == {
            "a": "a",
            "b": "b",
        }
        await hass.config_entries.async_unload(entry.entry_id)


def test_times_without_readings_are_null() -> None:
    """A gap of the readings is a gap in the table, not a line through it."""
    from custom_components.heatpump_dashboard.memory import PumpMemory
    from custom_components.heatpump_dashboard.models import CONTEXT
    from custom_components.heatpump_dashboard.profiles import load
    from custom_components.heatpump_dashboard.pump_data import equipment
    from custom_components.heatpump_dashboard.snapshot import build
    from custom_components.heatpump_dashboard.span import Span, grid

    profile = load("thermia")
    rest = equipment(profile, {})
    memory = PumpMemory(profile, rest)
    start = NOW - timedelta(hours=30)
    stored = thermia(start - CONTEXT, NOW)
    gap = (stored.index >= NOW - timedelta(hours=5)) & (
        stored.index < NOW - timedelta(hours=4)
    )
    memory.take_in(stored[~gap], start - CONTEXT, NOW)
    last = memory.known.last
    assert last is not None
    snapshot = build(
        pump="p",
        range_="24h",
        grid=grid(Span("24h"), last.timestamp(), NOW.timestamp()),
        known=memory.known,
        equipment=rest,
        status={},
        profile=profile,
        language="en",
    )

    supply = pd.Series(snapshot.readings.columns["supply_temp"])
    assert supply.isna().sum() in (29, 30)
    assert snapshot.totals["uncovered_s"] == pytest.approx(3600, abs=100)
