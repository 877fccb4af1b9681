"""The command `events`: what is asked for, and what is refused."""

from datetime import timedelta
from typing import Any

from homeassistant.core import HomeAssistant
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry
from pytest_homeassistant_custom_component.typing import (
    MockHAClientWebSocket,
    WebSocketGenerator,
)

from tests.support.pump_entry import NOW, PUMP

from .common import ms

DAY = timedelta(days=1)


@pytest.fixture
async def client(
    entry: MockConfigEntry, hass: HomeAssistant, hass_ws_client: WebSocketGenerator
) -> MockHAClientWebSocket:
    return await hass_ws_client(hass)


async def ask(client: MockHAClientWebSocket, **message: Any) -> dict[str, Any]:
    asked = {
        "type": "heatpump_dashboard/events",
        "pump": PUMP,
        "start_time": (NOW - 9 * DAY).isoformat(),
        "end_time": NOW.isoformat(),
    }
    await client.send_json_auto_id({**asked, **message})
    reply: dict[str, Any] = await client.receive_json()
    return reply


async def test_the_newest_are_told_first(client: MockHAClientWebSocket) -> None:
    result = (await ask(client, limit=10))["result"]

    times = [event["time"] for event in result["events"]]
    assert times == sorted(times, reverse=True)
    assert len(times) == 10
    assert result["more"]
    assert times[0] <= ms(NOW)


async def test_those_before_are_told_next(client: MockHAClientWebSocket) -> None:
    first = (await ask(client, limit=10))["result"]["events"]
    following = (await ask(client, limit=10, before=first[-1]["time"]))["result"]
    assert following["events"][0]["time"] < first[-1]["time"]


@pytest.mark.parametrize("limit", [1, 2, 7, 1.0])
async def test_pages_have_every_event_once_however_short_they_are(
    client: MockHAClientWebSocket, limit: float
) -> None:
    """Compressor and brine pump begin and end at the same moments."""
    kinds = ["compressor", "brine_pump"]
    everything = (await ask(client, kinds=kinds, limit=40))["result"]["events"]
    pages: list[dict[str, Any]] = []
    more: dict[str, Any] = {}
    while len(pages) < len(everything):
        result = (await ask(client, kinds=kinds, limit=limit, **more))["result"]
        assert len(result["events"]) == limit
        pages += result["events"]
        assert result["more"]
        more = {"before": result["next"]}

    assert pages[:40] == everything


async def test_the_last_page_has_no_next(client: MockHAClientWebSocket) -> None:
    result = (await ask(client, limit=500, kinds=["hot_water"]))["result"]

    assert (result["more"], result["next"]) == (False, None)


async def test_a_moment_may_be_said_in_any_way(client: MockHAClientWebSocket) -> None:
    moment = NOW - timedelta(hours=6)
    found = [
        (await ask(client, before=before))["result"]
        for before in (ms(moment), float(ms(moment)), moment.isoformat())
    ]

    assert found[0]["events"][0]["time"] < ms(moment)
    assert found[0] == found[1] == found[2]


@pytest.mark.parametrize("value", [True, "1:x", "12", {}, None, 1.5e30])
async def test_what_is_no_moment_is_told_so(
    client: MockHAClientWebSocket, value: Any
) -> None:
    error = (await ask(client, before=value))["error"]

    assert error["code"] == "invalid_format"
    assert "before" in error["message"]


@pytest.mark.parametrize("value", [1.5, True, "5", None])
async def test_what_is_no_number_of_events_is_told_so(
    client: MockHAClientWebSocket, value: Any
) -> None:
    error = (await ask(client, limit=value))["error"]

    assert error["code"] == "invalid_format"
    assert "limit" in error["message"]


@pytest.mark.parametrize(
    "value", ["0001-01-01T00:00:00Z", "0001-01-01", "0001-01-01T00:00:00+14:00", 0]
)
async def test_before_the_span_there_is_none(
    client: MockHAClientWebSocket, value: Any
) -> None:
    result = (await ask(client, before=value))["result"]

    assert result == {"events": [], "more": False, "next": None}


async def test_some_kinds(client: MockHAClientWebSocket) -> None:
    result = (await ask(client, kinds=["hot_water"], limit=500))["result"]
    assert {event["kind"] for event in result["events"]} == {"hot_water"}
    assert not result["more"]
    none = (await ask(client, kinds=[]))["result"]
    assert none == {"events": [], "more": False, "next": None}


@pytest.mark.parametrize(
    ("message", "code"),
    [
        ({"kinds": ["valve"]}, "invalid_format"),
        ({"kinds": "alarm"}, "invalid_format"),
        ({"before": "now"}, "invalid_format"),
        ({"before": -1}, "invalid_format"),
        ({"before": 10**30}, "invalid_format"),
        ({"limit": 0}, "invalid_format"),
        ({"limit": 501}, "invalid_format"),
        ({"start_time": "yesterday"}, "invalid_format"),
        ({"pump": "another"}, "not_found"),
        ({"start_time": NOW.isoformat()}, "invalid_range"),
    ],
)
async def test_what_is_refused(
    client: MockHAClientWebSocket, message: dict[str, Any], code: str
) -> None:
    assert (await ask(client, **message))["error"]["code"] == code


@pytest.mark.parametrize(
    "message",
    [
        {"start_time": "0001-01-01T00:00:00+14:00", "end_time": "9999-12-31T23:59:59"},
        {"before": 0},
        {"before": 253_402_300_799_000},
        {
            "start_time": (NOW + DAY).isoformat(),
            "end_time": (NOW + 2 * DAY).isoformat(),
        },
    ],
)
async def test_any_time_is_answered(
    client: MockHAClientWebSocket, message: dict[str, Any]
) -> None:
    reply = await ask(client, **message)
    assert reply["success"], reply
