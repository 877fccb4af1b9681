"""What happens while a span is being computed."""

from collections.abc import Callable, Generator
from contextlib import contextmanager
from datetime import timedelta
import gc
from threading import Event
from typing import Any
from unittest.mock import Mock, patch
import weakref

from freezegun.api import FrozenDateTimeFactory
from homeassistant.core import HomeAssistant
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry
from pytest_homeassistant_custom_component.typing import (
    MockHAClientWebSocket,
    WebSocketGenerator,
)

from custom_components.heatpump_dashboard.analysis.period_figures import PeriodFigures
from custom_components.heatpump_dashboard.analysis.prices import Prices
from custom_components.heatpump_dashboard.websocket import subscriptions
from custom_components.heatpump_dashboard.websocket.shared_span import Viewer
from tests.support.memory_source import MemorySource
from tests.support.pump_entry import NOW, PUMP, coordinator_of, pass_time, settle
from tests.support.receiver import Receiver, subscribe

from .common import write_minutes

# It reaches into the future: it goes on changing.
FREE = {
    "start_time": (NOW - timedelta(hours=5)).isoformat(),
    "end_time": (NOW + timedelta(hours=5)).isoformat(),
}


@contextmanager
def computing() -> Generator[tuple[Event, Event]]:
    """Hold up what computes; yield what says that it has begun, and what lets it go."""
    begun, go = Event(), Event()
    make = subscriptions.make_all

    def make_later(*asked: Any) -> Any:
        begun.set()
        assert go.wait(10)
        return make(*asked)

    with patch.object(subscriptions, "make_all", make_later):
        try:
            yield begun, go
        finally:
            go.set()


async def ask(client: MockHAClientWebSocket, **span: str) -> None:
    """Send a subscription without waiting for its answer."""
    await client.send_json_auto_id(
        {"type": "heatpump_dashboard/subscribe", "pump": PUMP, **span}
    )


async def answer(client: MockHAClientWebSocket) -> Receiver:
    """Return the subscription that was asked for, with its snapshot."""
    reply = await client.receive_json(timeout=5)
    assert reply["success"], reply
    receiver = Receiver(client, reply["id"])
    receiver.take(await client.receive_str(timeout=5))
    return receiver


def looked_at(hass: HomeAssistant) -> int:
    """Return how many spans of the heat pump are not forgotten."""
    pumps = hass.data.get(subscriptions.DATA_SUBSCRIPTIONS, {})
    spans = pumps[PUMP]._spans if PUMP in pumps else {}
    return sum(span.range is None for span in spans)


async def has_begun(hass: HomeAssistant, begun: Event) -> None:
    assert await hass.async_add_executor_job(begun.wait, 10)


async def test_viewers_hear_on_when_another_leaves_while_it_is_computed(
    hass: HomeAssistant,
    entry: MockConfigEntry,
    source: MemorySource,
    hass_ws_client: WebSocketGenerator,
    freezer: FrozenDateTimeFactory,
) -> None:
    leaving = await subscribe(await hass_ws_client(hass), PUMP, **FREE)
    clients = [await hass_ws_client(hass), await hass_ws_client(hass)]
    with computing() as (begun, go):
        write_minutes(source, 0.5)
        freezer.tick(timedelta(seconds=31))
        await entry.runtime_data.coordinators[PUMP].async_refresh()
        await has_begun(hass, begun)
        await ask(clients[0], **FREE)
        await clients[0].send_json_auto_id({"type": "ping"})
        assert (await clients[0].receive_json(timeout=5))["type"] == "pong"
        await leaving.client.send_json_auto_id(
            {"type": "unsubscribe_events", "subscription": leaving.message_id}
        )
        assert (await leaving.client.receive_json(timeout=5))["success"]
        await ask(clients[1], **FREE)
        go.set()
        viewers = [await answer(client) for client in clients]

    write_minutes(source, 1)
    await pass_time(hass, freezer)
    for viewer in viewers:
        assert [event["type"] for event in await viewer.receive()][-1:] == ["update"]
    assert viewers[0].snapshot == viewers[1].snapshot


async def test_who_leaves_before_the_snapshot_is_answered_and_forgotten(
    hass: HomeAssistant, entry: MockConfigEntry, hass_ws_client: WebSocketGenerator
) -> None:
    client = await hass_ws_client(hass)
    with computing() as (begun, go):
        await client.send_json(
            {"id": 1, "type": "heatpump_dashboard/subscribe", "pump": PUMP, **FREE}
        )
        await has_begun(hass, begun)
        await client.send_json(
            {"id": 2, "type": "unsubscribe_events", "subscription": 1}
        )
        assert await client.receive_json(timeout=5) == {
            "id": 2,
            "type": "result",
            "success": True,
            "result": None,
        }
        go.set()
        reply = await client.receive_json(timeout=5)
    assert (reply["id"], reply["success"]) == (1, True)
    await settle(hass)
    assert looked_at(hass) == 0
    await client.send_json({"id": 3, "type": "ping"})
    assert (await client.receive_json(timeout=5))["type"] == "pong"


async def test_nothing_is_kept_of_a_connection_that_closes_before_the_snapshot(
    hass: HomeAssistant,
    entry: MockConfigEntry,
    hass_ws_client: WebSocketGenerator,
    caplog: pytest.LogCaptureFixture,
) -> None:
    client = await hass_ws_client(hass)
    with computing() as (begun, go):
        await ask(client, **FREE)
        await has_begun(hass, begun)
        await client.close()
        go.set()
        await settle(hass)
    assert looked_at(hass) == 0
    assert "Traceback" not in caplog.text
    assert not entry.runtime_data.coordinators[PUMP]._listeners


async def test_nothing_is_computed_for_those_who_left_before_their_turn(
    hass: HomeAssistant, entry: MockConfigEntry, hass_ws_client: WebSocketGenerator
) -> None:
    client, other = await hass_ws_client(hass), await hass_ws_client(hass)
    computed: list[Any] = []
    make = subscriptions.make_all

    def count(*asked: Any) -> Any:
        computed.extend(asked[2])
        return make(*asked)

    with computing() as (begun, go):
        await ask(other, range="1h")
        await has_begun(hass, begun)
        for number in range(1, 31):
            start = NOW - timedelta(hours=9, minutes=number)
            await client.send_json(
                {
                    "id": 2 * number,
                    "type": "heatpump_dashboard/subscribe",
                    "pump": PUMP,
                    "start_time": start.isoformat(),
                    "end_time": NOW.isoformat(),
                }
            )
            await client.send_json(
                {
                    "id": 2 * number + 1,
                    "type": "unsubscribe_events",
                    "subscription": 2 * number,
                }
            )
        for _ in range(30):
            assert (await client.receive_json(timeout=5))["success"]
        with patch.object(subscriptions, "make_all", count):
            go.set()
            await answer(other)
            await settle(hass)
    assert not computed
    assert looked_at(hass) == 0


async def test_who_leaves_while_an_update_is_sent_is_sent_no_more() -> None:
    """The event loop has turns between the messages of a crowd."""
    sent: list[int] = []
    viewers: list[Viewer] = []

    def send(message: Any) -> None:
        sent.append(len(sent))
        for viewer in viewers:
            viewer.close()

    connection = Mock(send_message=send)
    viewers += [Viewer(connection, number) for number in range(3)]
    await subscriptions._async_send(set(viewers), b"{}")
    assert len(sent) == 1


async def test_periods_are_computed_once_for_all_who_ask(
    hass: HomeAssistant,
    entry: MockConfigEntry,
    source: MemorySource,
    hass_ws_client: WebSocketGenerator,
) -> None:
    client = await hass_ws_client(hass)
    coordinator = entry.runtime_data.coordinators[PUMP]

    async def periods() -> list[Any]:
        for _ in range(20):
            await client.send_json_auto_id(
                {"type": "heatpump_dashboard/periods", "pump": PUMP}
            )
        replies = [await client.receive_json(timeout=5) for _ in range(20)]
        return [reply["result"]["periods"] for reply in replies]

    with patch.object(
        PeriodFigures, "periods", autospec=True, side_effect=PeriodFigures.periods
    ) as computed:
        first = await periods()
        assert all(one == first[0] for one in first)
        assert computed.call_count == 1
        write_minutes(source, 1)
        await coordinator.async_refresh()
        second = await periods()
        assert computed.call_count == 2
    covered = [one["today"]["totals"]["covered_s"] for one in (first[0], second[0])]
    assert covered[0] < covered[1]


async def periods_of(client: MockHAClientWebSocket) -> dict[str, Any]:
    await client.send_json_auto_id({"type": "heatpump_dashboard/periods", "pump": PUMP})
    found: dict[str, Any] = (await client.receive_json())["result"]["periods"]
    return found


async def test_periods_are_those_of_the_time_zone_of_now(
    hass: HomeAssistant, entry: MockConfigEntry, hass_ws_client: WebSocketGenerator
) -> None:
    """At half past two UTC it is half past eleven in the evening in Tokyo."""
    client = await hass_ws_client(hass)
    covered = []
    for zone in ("UTC", "Asia/Tokyo"):
        await hass.config.async_set_time_zone(zone)
        today = (await periods_of(client))["today"]
        covered.append(today["totals"]["covered_s"])
    assert covered == pytest.approx([14.5 * 3600, 23.5 * 3600], abs=60)


async def test_periods_follow_a_price_that_becomes_known(
    hass: HomeAssistant, entry: MockConfigEntry, hass_ws_client: WebSocketGenerator
) -> None:
    client = await hass_ws_client(hass)
    before = (await periods_of(client))["today"]["totals"]
    coordinator_of(entry).pump.prices = Prices.fixed(2.0)
    after = (await periods_of(client))["today"]["totals"]
    assert before["cost"] is None
    assert after["cost"] == pytest.approx(2 * after["electricity_kwh"], rel=1e-3)


@pytest.mark.parametrize("span", [FREE, {"range": "24h"}], ids=["free", "range"])
async def test_who_waits_is_told_that_the_heat_pump_was_removed(
    hass: HomeAssistant,
    entry: MockConfigEntry,
    hass_ws_client: WebSocketGenerator,
    span: dict[str, str],
) -> None:
    client = await hass_ws_client(hass)
    with computing() as (begun, go):
        await ask(client, **span)
        await has_begun(hass, begun)
        hass.config_entries.async_remove_subentry(entry, PUMP)
        await hass.async_block_till_done()
        go.set()
        error = (await client.receive_json(timeout=5))["error"]
    assert error["code"] == "not_found"
    assert error["message"] == "There is no such heat pump"
    await settle(hass)
    assert hass.data[subscriptions.DATA_SUBSCRIPTIONS] == {}


async def test_a_span_that_cannot_be_computed_costs_no_other_its_news(
    hass: HomeAssistant,
    entry: MockConfigEntry,
    source: MemorySource,
    hass_ws_client: WebSocketGenerator,
    freezer: FrozenDateTimeFactory,
    caplog: pytest.LogCaptureFixture,
) -> None:
    odd = await subscribe(await hass_ws_client(hass), PUMP, **FREE)
    other = await subscribe(await hass_ws_client(hass), PUMP, range="1h")
    with patch(
        "custom_components.heatpump_dashboard.view.snapshot.build",
        _fails_without_range(),
    ):
        for poll in (0.5, 1):
            write_minutes(source, poll)
            await pass_time(hass, freezer)
            assert [e["type"] for e in await other.receive()] == ["update"]
    # Told once, with all it has left as it is.
    (event,) = await odd.receive()
    assert event["status"]["source"] == "not_computed"
    assert event["readings"]["time"] == []
    assert caplog.text.count("Traceback") == 1

    write_minutes(source, 1.5)
    await pass_time(hass, freezer)
    assert [event["type"] for event in await odd.receive()] == ["snapshot"]
    assert odd.snapshot["status"]["source"] == "ok"


def _fails_without_range() -> Callable[..., Any]:
    from custom_components.heatpump_dashboard.view.snapshot import build

    def fail(**what: Any) -> Any:
        if what["range_"] is None:
            raise ValueError("an odd span")
        return build(**what)

    return fail


async def test_a_span_that_still_cannot_be_computed_is_told_again_after_a_reload(
    hass: HomeAssistant,
    entry: MockConfigEntry,
    source: MemorySource,
    hass_ws_client: WebSocketGenerator,
    freezer: FrozenDateTimeFactory,
    caplog: pytest.LogCaptureFixture,
) -> None:
    """Who reloads looks for the reason in the log of this time."""
    await subscribe(await hass_ws_client(hass), PUMP, **FREE)
    with patch(
        "custom_components.heatpump_dashboard.view.snapshot.build",
        _fails_without_range(),
    ):
        write_minutes(source, 0.5)
        await pass_time(hass, freezer)
        assert caplog.text.count("cannot be computed") == 1
        assert await hass.config_entries.async_reload(entry.entry_id)
        await settle(hass)
        assert caplog.text.count("cannot be computed") == 2


async def test_who_asked_for_periods_keeps_no_unloaded_heat_pump_in_memory(
    hass: HomeAssistant, entry: MockConfigEntry, hass_ws_client: WebSocketGenerator
) -> None:
    client = await hass_ws_client(hass)
    await client.send_json_auto_id({"type": "heatpump_dashboard/periods", "pump": PUMP})
    assert (await client.receive_json())["success"]
    pump = weakref.ref(coordinator_of(entry).pump)
    assert await hass.config_entries.async_unload(entry.entry_id)
    await settle(hass)
    gc.collect()
    assert pump() is None
