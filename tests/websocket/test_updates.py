"""The updates: what is new, to all who look, computed once."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any
from unittest.mock import patch

from freezegun.api import FrozenDateTimeFactory
from homeassistant.core import HomeAssistant
import pandas as pd
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry
from pytest_homeassistant_custom_component.typing import WebSocketGenerator

from custom_components.heatpump_dashboard.sources import CannotConnect
from custom_components.heatpump_dashboard.websocket import subscriptions
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
    unload,
)
from tests.support.receiver import subscribe
from tests.support.rhythms import on_change

from .common import RANGES, SetUpWith, info_of, ms, write_minutes

DOWN = CannotConnect("Nothing answers", key="refused", placeholders={"host": "x"})


def coordinator_path() -> str:
    return "custom_components.heatpump_dashboard.coordinator.HeatPumpCoordinator"


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


def seldom(rows: pd.DataFrame) -> pd.DataFrame:
    time = pd.DatetimeIndex(rows.index)
    return rows[(time.minute % 10 == 0) & (time.second == 0)]


@pytest.mark.parametrize("rhythm", [seldom, on_change])
async def test_updates_do_so_in_any_rhythm_and_over_a_silence(
    hass: HomeAssistant,
    hass_ws_client: WebSocketGenerator,
    freezer: FrozenDateTimeFactory,
    rhythm: Callable[[pd.DataFrame], pd.DataFrame],
) -> None:
    source = MemorySource(rhythm(thermia(NOW - timedelta(hours=9), NOW)))
    later = rhythm(thermia(NOW, NOW + timedelta(hours=3)))
    silence = range(50, 130)
    silent = (later.index > NOW + timedelta(minutes=silence.start)) & (
        later.index < NOW + timedelta(minutes=silence.stop)
    )
    unknown = 0
    with served_by(source):
        entry = add_entry(hass)
        await set_up(hass, entry)
        client = await hass_ws_client(hass)
        receivers = {
            name: await subscribe(await hass_ws_client(hass), PUMP, range=name)
            for name in ("1h", "6h", "24h")
        }
        for minute in range(5, 180, 5):
            passed = timedelta(minutes=minute)
            source.write(later[(later.index < NOW + passed) & ~silent])
            await pass_time(hass, freezer, 300)
            for name, receiver in receivers.items():
                await receiver.receive()
                if minute in silence:
                    # There is nothing to send; the panel sees itself that time passes.
                    continue
                newcomer = await subscribe(client, PUMP, range=name)
                assert receiver.snapshot == newcomer.snapshot
                await newcomer.unsubscribe()
                unknown += None in newcomer.snapshot["readings"]["supply_temp"]
        await unload(hass, entry)
    assert unknown


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
            # A day, and a part of one, has the extremes of its temperatures, too.
            # Figures and status come whole with each: about half of it.
            most = 1380 if event["step"] > 3600 else 1180
            assert receiver.deflated[-1] < most
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
    shown, make = coordinator_of(entry), subscriptions.make_all

    def make_slowly(*asked: Any) -> Any:
        made = make(*asked)
        shown.pump.history = replace(shown.pump.history, complete=False)
        return made

    with patch.object(subscriptions, "make_all", make_slowly):
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
    with patch.object(subscriptions, "make_all", wraps=subscriptions.make_all) as make:
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
    with patch.object(subscriptions, "make_all", wraps=subscriptions.make_all) as make:
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


async def test_the_past_fills_the_view_as_it_is_read(
    hass: HomeAssistant,
    set_up_with: SetUpWith,
    freezer: FrozenDateTimeFactory,
    hass_ws_client: WebSocketGenerator,
) -> None:
    stored = thermia(NOW - timedelta(days=12), NOW, step_s=300, cycle_min=60)
    with patch(
        "custom_components.heatpump_dashboard.history.backfill.Backfill.async_go_on"
    ):
        await set_up_with(stored)
    receiver = await subscribe(await hass_ws_client(hass), PUMP, range="30d")
    first = receiver.snapshot
    assert not first["status"]["history"]["complete"]

    await pass_time(hass, freezer)

    events = await receiver.receive()
    assert events[-1]["status"]["history"]["complete"]
    assert receiver.snapshot["totals"]["starts"] == pytest.approx(12 * 24, abs=1)
    newcomer = await subscribe(await hass_ws_client(hass), PUMP, range="30d")
    assert receiver.snapshot == newcomer.snapshot


async def test_a_year_says_how_far_all_years_have_been_read(
    set_up_with: SetUpWith, hass_ws_client: WebSocketGenerator
) -> None:
    """What is shown of the last month does not wait for what lies before it."""
    stored = thermia(NOW - timedelta(days=40), NOW, step_s=300, cycle_min=60)
    await set_up_with(stored)
    client = await hass_ws_client()
    told = {
        name: (await subscribe(client, PUMP, range=name)).snapshot["status"]["history"]
        for name in ("30d", "1y")
    }
    assert told["30d"]["complete"]
    assert not told["1y"]["complete"]
    assert told["1y"]["from"] == told["30d"]["from"]
    assert 0.7 < told["1y"]["progress"] < 0.9
    (info,) = await info_of(client)
    assert info["history"] == {**told["1y"], "holes": []}


async def test_pumps_have_subscriptions_of_their_own(
    set_up_with: SetUpWith,
    source: MemorySource,
    hass_ws_client: WebSocketGenerator,
) -> None:
    await set_up_with(source.stored, pump("a", "one"), pump("b", "two"))
    receivers = {
        pump_id: await subscribe(await hass_ws_client(), pump_id, range="1h")
        for pump_id in ("a", "b")
    }
    assert {pump: r.snapshot["pump"] for pump, r in receivers.items()} == {
        "a": "a",
        "b": "b",
    }
