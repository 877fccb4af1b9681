"""What happens while it is found out on disk how far back a heat pump is known."""

import asyncio
from collections.abc import Generator
from datetime import timedelta
from unittest.mock import patch

from homeassistant.core import HomeAssistant
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry
from pytest_homeassistant_custom_component.typing import (
    MockHAClientWebSocket,
    WebSocketGenerator,
)

from custom_components.heatpump_dashboard.history.store import HourStore
from custom_components.heatpump_dashboard.history.years import Years
from custom_components.heatpump_dashboard.websocket import subscriptions
from tests.support.pump_entry import NOW, PUMP, coordinator_of, settle

A_CONNECTION = 20


class Disk:
    """Hands out what there is when it is let to."""

    def __init__(self) -> None:
        """Hold it back."""
        self.asked = asyncio.Event()
        self.go = asyncio.Event()


@pytest.fixture
def disk(entry: MockConfigEntry) -> Generator[Disk]:
    """Return a disk that is slow from now on."""
    disk, real = Disk(), Years.async_open

    async def slow(years: Years) -> HourStore:
        disk.asked.set()
        await disk.go.wait()
        return await real(years)

    with patch.object(Years, "async_open", slow):
        yield disk
        disk.go.set()


def months(number: int = 0) -> dict[str, str]:
    """Return a span that begins before all that is in memory."""
    start = NOW - timedelta(days=50, minutes=number)
    return {"start_time": start.isoformat(), "end_time": NOW.isoformat()}


async def ask(client: MockHAClientWebSocket, message_id: int, number: int = 0) -> None:
    what = {"type": "heatpump_dashboard/subscribe", "pump": PUMP}
    await client.send_json({"id": message_id, **what, **months(number)})


async def leave(client: MockHAClientWebSocket, message_id: int, left: int) -> None:
    what = {"type": "unsubscribe_events", "subscription": left}
    await client.send_json({"id": message_id, **what})
    assert (await client.receive_json(timeout=5))["success"]


def viewers(hass: HomeAssistant) -> int:
    pumps = hass.data[subscriptions.DATA_SUBSCRIPTIONS]
    return sum(1 for _ in pumps[PUMP].free_viewers())


async def test_nothing_is_kept_of_a_connection_that_closes_meanwhile(
    hass: HomeAssistant,
    entry: MockConfigEntry,
    hass_ws_client: WebSocketGenerator,
    disk: Disk,
) -> None:
    client = await hass_ws_client(hass)
    await ask(client, 1)
    await disk.asked.wait()
    await client.close()
    disk.go.set()
    await settle(hass)
    assert viewers(hass) == 0
    assert not coordinator_of(entry)._listeners


async def test_who_leaves_meanwhile_is_answered_and_sent_nothing(
    hass: HomeAssistant,
    entry: MockConfigEntry,
    hass_ws_client: WebSocketGenerator,
    disk: Disk,
) -> None:
    client = await hass_ws_client(hass)
    await ask(client, 1)
    await disk.asked.wait()
    with patch.object(subscriptions, "make_all") as made:
        await leave(client, 2, 1)
        disk.go.set()
        reply = await client.receive_json(timeout=5)
        await settle(hass)
    assert (reply["id"], reply["success"]) == (1, True)
    assert not made.called
    assert viewers(hass) == 0
    await client.send_json({"id": 3, "type": "ping"})
    assert (await client.receive_json(timeout=5))["type"] == "pong"


async def test_those_who_wait_for_it_are_no_more_than_may_look(
    hass: HomeAssistant,
    entry: MockConfigEntry,
    hass_ws_client: WebSocketGenerator,
    disk: Disk,
) -> None:
    client = await hass_ws_client(hass)
    for number in range(1, A_CONNECTION + 3):
        await ask(client, number, number)
    await disk.asked.wait()
    # Who has left takes no place.
    await leave(client, 99, 1)
    disk.go.set()
    told: dict[int, bool] = {}
    while len(told) < A_CONNECTION + 2:
        message = await client.receive_json(timeout=5)
        if message["type"] == "result":
            told[message["id"]] = message["success"]
    assert sum(told.values()) == A_CONNECTION + 1
    assert viewers(hass) == A_CONNECTION
    await settle(hass)
