"""The events that are sent: all of a span, then what is new of them."""

from datetime import timedelta
from typing import Any
from unittest.mock import patch

from freezegun.api import FrozenDateTimeFactory
from homeassistant.core import HomeAssistant
import pandas as pd
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry
from pytest_homeassistant_custom_component.typing import WebSocketGenerator

from tests.support.memory_source import MemorySource, thermia
from tests.support.pump_entry import NOW, PUMP, pass_time, set_up
from tests.support.receiver import subscribe

from .common import ms

# When the compressor goes on next.
ON = NOW.replace(minute=40, second=0)


@pytest.fixture
def hass(hass: HomeAssistant) -> HomeAssistant:
    """Return a Swedish home."""
    hass.config.language = "sv"
    return hass


def minutes(count: float, **values: float) -> pd.DataFrame:
    """Return the readings of the first minutes after NOW."""
    return thermia(NOW, NOW + timedelta(minutes=count)).assign(**values)


async def test_a_snapshot_has_every_change_of_its_span(
    hass: HomeAssistant, entry: MockConfigEntry, hass_ws_client: WebSocketGenerator
) -> None:
    for name, hours in (("6h", 6), ("24h", 24)):
        receiver = await subscribe(await hass_ws_client(hass), PUMP, range=name)
        snapshot = receiver.snapshot
        events, totals = snapshot["events"], snapshot["totals"]
        begun = [e["kind"] for e in events if e["value"] == 1]
        ended = [e for e in events if e["value"] == 0]

        assert begun.count("compressor") == totals["starts"] == hours * 3 / 2
        assert begun.count("hot_water") == totals["hot_water_charges"] == hours / 2
        assert begun.count("brine_pump") == begun.count("compressor")
        assert {event["text"] for event in events} == {None}
        for event in ended:
            assert event["duration_s"] == 1200
        runs = [e["heat_kwh"] for e in ended if e["kind"] == "compressor"]
        assert sum(runs) == pytest.approx(totals["heat_kwh"], abs=0.01 * len(runs))
        assert [
            (e["from"], e["to"]) for e in ended if e["kind"] == "hot_water"
        ] == pytest.approx([(50, 47)] * (hours // 2))


async def test_an_update_has_the_new_events_only(
    hass: HomeAssistant,
    entry: MockConfigEntry,
    source: MemorySource,
    hass_ws_client: WebSocketGenerator,
    freezer: FrozenDateTimeFactory,
) -> None:
    receiver = await subscribe(await hass_ws_client(hass), PUMP, range="24h")
    newcomer_client = await hass_ws_client(hass)
    told: list[dict[str, Any]] = []
    for step in range(1, 70):
        source.write(minutes(step / 2))
        await pass_time(hass, freezer, 30)
        (update,) = await receiver.receive()
        assert update["type"] == "update"
        assert receiver.deflated[-1] < 1180
        told += update["events"]
    assert [(e["kind"], e["value"], e["time"]) for e in told] == [
        (kind, value, ms(ON + timedelta(minutes=minute)))
        for minute, value in ((0, 1), (20, 0))
        for kind in ("compressor", "brine_pump")
    ]
    assert told[2] | {"time": 0} == {
        "time": 0,
        "kind": "compressor",
        "value": 0,
        "text": None,
        "duration_s": 1200,
        "heat_kwh": 4.5,
        "electricity_kwh": 1.0,
        "cop": 4.5,
        "outdoor": -3.1,
    }
    newcomer = await subscribe(newcomer_client, PUMP, range="24h")
    assert receiver.snapshot == newcomer.snapshot
    assert receiver.snapshot["events"][-4:] == told


async def test_an_alarm_is_told_in_the_language_of_the_home(
    hass: HomeAssistant,
    entry: MockConfigEntry,
    source: MemorySource,
    hass_ws_client: WebSocketGenerator,
    freezer: FrozenDateTimeFactory,
) -> None:
    receiver = await subscribe(await hass_ws_client(hass), PUMP, range="1h")
    seen = []
    for minute, code in enumerate((0.0, 10.0, 10.0, 640.0, 0.0), 1):
        rows = minutes(minute, alarm_code=code, alarm_status=float(code > 0))
        source.write(rows[rows.index >= NOW + timedelta(minutes=minute - 1)])
        await pass_time(hass, freezer, 60)
        await receiver.receive()
        seen.append(receiver.snapshot["status"]["alarm"])

    told = [e for e in receiver.snapshot["events"] if e["kind"] == "alarm"]
    first = {"en": "High pressure switch tripped (1)"}
    first["sv"] = "Högtryckspressostaten har löst ut (1)"
    second = {"en": "Alarm 64", "sv": "Larm 64"}
    start = ms(NOW + timedelta(seconds=80))
    assert told == [
        {
            "time": start + 60_000 * minute,
            "kind": "alarm",
            "value": code,
            "change": change,
            "text": texts["sv"],
            "texts": texts,
            **details,
        }
        for minute, code, change, texts, details in (
            (0, 1, "raised", first, {}),
            (2, 64, "changed", second, {}),
            (3, 64, "cleared", second, {"duration_s": 180}),
        )
    ]
    assert receiver.snapshot["status"]["since"]["alarm"] == told[-1]["time"]
    # Who reads it may have another language than the home.
    assert [alarm.get("texts") for alarm in seen] == [None, first, first, second, None]
    assert seen[1]["text"] == first["sv"]


async def test_a_change_of_the_past_is_a_snapshot(
    hass: HomeAssistant,
    entry: MockConfigEntry,
    source: MemorySource,
    hass_ws_client: WebSocketGenerator,
    freezer: FrozenDateTimeFactory,
) -> None:
    receivers = {
        name: await subscribe(await hass_ws_client(hass), PUMP, range=name)
        for name in ("1h", "30d")
    }
    rows = minutes(12)
    late = (rows.index >= ON - timedelta(seconds=1)) & (
        rows.index < ON + timedelta(minutes=1)
    )
    source.write(rows[~late])
    await pass_time(hass, freezer, 720)
    for receiver in receivers.values():
        await receiver.receive()
        assert receiver.snapshot["events"][-1]["time"] == ms(ON) + 60_000

    source.write(rows)
    await pass_time(hass, freezer)
    for receiver in receivers.values():
        (event,) = await receiver.receive()
        assert event["type"] == "snapshot"
        assert event["events"][-1]["time"] == ms(ON)


async def test_events_leave_with_the_start_of_the_range(
    hass: HomeAssistant,
    entry: MockConfigEntry,
    source: MemorySource,
    hass_ws_client: WebSocketGenerator,
    freezer: FrozenDateTimeFactory,
) -> None:
    receiver = await subscribe(await hass_ws_client(hass), PUMP, range="1h")
    first = receiver.snapshot["events"][0]
    source.write(minutes(30))
    await pass_time(hass, freezer, 1800)
    await receiver.receive()

    assert first not in receiver.snapshot["events"]
    assert receiver.snapshot["events"][0]["time"] >= receiver.snapshot["start"]


async def test_a_day_of_a_busy_heat_pump_is_small(
    hass: HomeAssistant,
    demo_entry: MockConfigEntry,
    hass_ws_client: WebSocketGenerator,
) -> None:
    component = "custom_components.heatpump_dashboard"
    past = f"{component}.history.backfill.Backfill.async_go_on"
    with patch(f"{component}.PLATFORMS", []), patch(past):
        await set_up(hass, demo_entry)
        client = await hass_ws_client(hass)
        receiver = await subscribe(client, "thermia", range="24h")
        await hass.config_entries.async_unload(demo_entry.entry_id)

    assert len(receiver.snapshot["events"]) > 50
    # Of them 520 are what the electricity of each window cost.
    assert receiver.deflated[0] < 11_500
