"""What the panel does with events: keeps the newest snapshot of a subscription."""

import json
from typing import Any
import zlib

from pytest_homeassistant_custom_component.typing import MockHAClientWebSocket

# What does not come at all; a busy machine is slow.
PATIENCE_S = 60

type Message = dict[str, Any]


def merge(known: Message, changed: Message, start: int) -> Message:
    """Return the known rows from `start` on, replaced from the first changed one on."""
    first = changed["time"][0] if changed["time"] else float("inf")
    kept = [row for row, time in enumerate(known["time"]) if start <= time < first]
    return {
        name: [column[row] for row in kept] + changed[name]
        if isinstance(column, list)
        else column
        for name, column in known.items()
    }


def apply(snapshot: Message | None, event: Message) -> Message:
    """Return the snapshot after an event."""
    if event["type"] == "snapshot":
        return event
    assert snapshot is not None
    tables = {
        name: merge(snapshot[name], event[name], event["start"])
        for name in ("readings", "ledger")
    }
    known = [kept for kept in snapshot["events"] if kept["time"] >= event["start"]]
    return {
        **event,
        **tables,
        "events": known + event["events"],
        "type": "snapshot",
    }


class Receiver:
    """One subscription of a client, the only one it has."""

    def __init__(self, client: MockHAClientWebSocket, message_id: int) -> None:
        self.client = client
        self.message_id = message_id
        self.snapshot: Message = {}
        self.events: list[Message] = []
        self.deflated: list[int] = []

    def take(self, text: str) -> None:
        """Take an event in."""
        message = json.loads(text)
        assert (message["type"], message["id"]) == ("event", self.message_id), message
        self.events.append(message["event"])
        # As fast and as little as aiohttp compresses its messages.
        size = len(zlib.compress(text.encode(), zlib.Z_BEST_SPEED))
        self.deflated.append(size)
        self.snapshot = apply(self.snapshot or None, message["event"])

    async def receive(self) -> list[Message]:
        """Take in all that has been sent, and return the new events."""
        known = len(self.events)
        await self.client.send_json_auto_id({"type": "ping"})
        while '"pong"' not in (
            text := await self.client.receive_str(timeout=PATIENCE_S)
        ):
            self.take(text)
        return self.events[known:]

    async def unsubscribe(self) -> None:
        """End the subscription."""
        await self.client.send_json_auto_id(
            {"type": "unsubscribe_events", "subscription": self.message_id}
        )
        assert (await self.client.receive_json())["success"]


async def subscribe(client: MockHAClientWebSocket, pump: str, **span: str) -> Receiver:
    """Subscribe, and receive the first snapshot."""
    await client.send_json_auto_id(
        {"type": "heatpump_dashboard/subscribe", "pump": pump, **span}
    )
    reply = await client.receive_json()
    assert reply["success"], reply
    receiver = Receiver(client, reply["id"])
    receiver.take(await client.receive_str(timeout=PATIENCE_S))
    assert receiver.events[0]["type"] == "snapshot"
    return receiver
