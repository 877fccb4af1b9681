"""Free spans, and what is refused."""

from datetime import timedelta
from typing import Any

from freezegun.api import FrozenDateTimeFactory
from homeassistant.core import HomeAssistant
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry
from pytest_homeassistant_custom_component.typing import WebSocketGenerator

from tests.support.memory_source import MemorySource
from tests.support.pump_entry import NOW, PUMP, pass_time
from tests.support.receiver import subscribe

from .common import ms, write_minutes


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
    assert snapshot["step"] == 60
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
            {"start_time": "2024-12-01T00:00:00Z", "end_time": "2026-01-21T00:00:00Z"},
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


async def test_the_year_in_which_readings_begin_is_shown(
    hass: HomeAssistant, entry: MockConfigEntry, hass_ws_client: WebSocketGenerator
) -> None:
    """A heating year begins long before a heat pump that is new in January."""
    client = await hass_ws_client(hass)
    start, end = "2025-07-01T00:00:00Z", "2026-07-01T00:00:00Z"
    snapshot = (await subscribe(client, PUMP, start_time=start, end_time=end)).snapshot

    assert snapshot["step"] == snapshot["ledger"]["step"] == 86_400
    assert len(snapshot["ledger"]["time"]) > 200
    assert snapshot["totals"]["heat_kwh"] == pytest.approx(50 * 6.75, rel=0.01)
    assert "supply_temp_max" in snapshot["readings"]
