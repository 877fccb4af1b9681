"""What one reader asks for does not slow the others: there are limits."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from homeassistant.core import HomeAssistant
from pytest_homeassistant_custom_component.common import MockConfigEntry
from pytest_homeassistant_custom_component.typing import (
    MockHAClientWebSocket,
    WebSocketGenerator,
)

from tests.support.pump_entry import NOW, PUMP, settle

from .common import RANGES

A_CONNECTION = 20
A_PUMP = 60


def free_span(number: int) -> dict[str, str]:
    """Return a span unlike that of any other number."""
    start = NOW - timedelta(hours=20, minutes=number)
    return {
        "start_time": start.isoformat(),
        "end_time": (start + timedelta(hours=1)).isoformat(),
    }


async def ask(client: MockHAClientWebSocket, ids: Iterator[int], **span: str) -> int:
    message_id = next(ids)
    await client.send_json(
        {
            "id": message_id,
            "type": "heatpump_dashboard/subscribe",
            "pump": PUMP,
            **span,
        }
    )
    return message_id


async def answers(
    client: MockHAClientWebSocket, wanted: set[int]
) -> dict[int, dict[str, Any]]:
    """Return the answers to these messages, whatever else comes."""
    got: dict[int, dict[str, Any]] = {}
    while wanted - got.keys():
        message = await client.receive_json(timeout=5)
        if message["type"] == "result":
            got[message["id"]] = message
    return got


async def codes(
    client: MockHAClientWebSocket, ids: Iterator[int], spans: list[dict[str, str]]
) -> list[str]:
    """Ask for spans all at once; return "ok" or the code of the error of each."""
    asked = [await ask(client, ids, **span) for span in spans]
    got = await answers(client, set(asked))
    return ["ok" if got[one]["success"] else got[one]["error"]["code"] for one in asked]


async def test_a_connection_looks_at_so_many_free_spans_and_no_more(
    hass: HomeAssistant, entry: MockConfigEntry, hass_ws_client: WebSocketGenerator
) -> None:
    client, ids = await hass_ws_client(hass), iter(range(1, 1000))
    spans = [free_span(number) for number in range(A_CONNECTION)]
    # All at once: those that are still being computed count.
    assert await codes(client, ids, [*spans, free_span(99)]) == [
        *["ok"] * A_CONNECTION,
        "too_many",
    ]
    # Ranges do not.
    ranges = [{"range": name} for name in RANGES]
    assert await codes(client, ids, ranges) == ["ok"] * len(RANGES)
    # Nor does what others look at, nor does it matter which span it is.
    assert await codes(client, ids, [free_span(0)]) == ["too_many"]
    other = await hass_ws_client(hass)
    assert await codes(other, iter(range(1, 9)), [free_span(99)]) == ["ok"]


async def test_the_error_says_what_to_do(
    hass: HomeAssistant, entry: MockConfigEntry, hass_ws_client: WebSocketGenerator
) -> None:
    client, ids = await hass_ws_client(hass), iter(range(1, 1000))
    await codes(client, ids, [free_span(number) for number in range(A_CONNECTION)])
    refused = await ask(client, ids, **free_span(99))
    error = (await answers(client, {refused}))[refused]["error"]
    assert error["translation_key"] == "too_many"
    assert error["translation_domain"] == "heatpump_dashboard"
    assert error["translation_placeholders"] == {"connection": "20", "pump": "60"}
    assert "20" in error["message"]


async def test_a_place_is_free_again_when_one_leaves(
    hass: HomeAssistant, entry: MockConfigEntry, hass_ws_client: WebSocketGenerator
) -> None:
    client, ids = await hass_ws_client(hass), iter(range(1, 1000))
    for round_ in range(3):
        first = round_ * A_CONNECTION
        spans = [free_span(first + number) for number in range(A_CONNECTION)]
        asked = [await ask(client, ids, **span) for span in spans]
        # Some leave before their snapshot is there.
        if round_:
            await answers(client, set(asked))
        left = set()
        for one in asked:
            left.add(message_id := next(ids))
            await client.send_json(
                {
                    "id": message_id,
                    "type": "unsubscribe_events",
                    "subscription": one,
                }
            )
        got = await answers(client, left)
        assert all(message["success"] for message in got.values())
    await settle(hass)
    assert await codes(client, ids, [free_span(0)]) == ["ok"]


async def test_a_heat_pump_is_looked_at_in_so_many_free_spans_and_no_more(
    hass: HomeAssistant, entry: MockConfigEntry, hass_ws_client: WebSocketGenerator
) -> None:
    clients = [await hass_ws_client(hass) for _ in range(4)]
    ids = iter(range(1, 1000))
    for group, client in enumerate(clients[:3]):
        spans = [free_span(group * A_CONNECTION + n) for n in range(A_CONNECTION)]
        assert await codes(client, ids, spans) == ["ok"] * A_CONNECTION
    last = clients[3]
    assert await codes(last, ids, [free_span(A_PUMP)]) == ["too_many"]
    assert await codes(last, ids, [{"range": "1h"}]) == ["ok"]

    await clients[0].close()
    await settle(hass)
    assert await codes(last, ids, [free_span(A_PUMP)]) == ["ok"]


async def test_what_was_refused_takes_no_place(
    hass: HomeAssistant, entry: MockConfigEntry, hass_ws_client: WebSocketGenerator
) -> None:
    client, ids = await hass_ws_client(hass), iter(range(1, 1000))
    spans = [free_span(number) for number in range(A_CONNECTION)]
    assert await hass.config_entries.async_unload(entry.entry_id)
    assert await codes(client, ids, spans * 2) == ["not_found"] * A_CONNECTION * 2
    assert await hass.config_entries.async_setup(entry.entry_id)
    await settle(hass)
    assert await codes(client, ids, spans) == ["ok"] * A_CONNECTION
