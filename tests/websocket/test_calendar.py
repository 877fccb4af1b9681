"""The command `calendar`: what is asked for, and what is refused."""

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
    await hass.config.async_set_time_zone("Europe/Stockholm")
    return await hass_ws_client(hass)


async def ask(client: MockHAClientWebSocket, **message: Any) -> dict[str, Any]:
    asked = {
        "type": "heatpump_dashboard/calendar",
        "pump": PUMP,
        "unit": "day",
        "start_time": (NOW - 9 * DAY).isoformat(),
        "end_time": NOW.isoformat(),
    }
    await client.send_json_auto_id({**asked, **message})
    reply: dict[str, Any] = await client.receive_json()
    return reply


async def test_days_since_the_first_reading(client: MockHAClientWebSocket) -> None:
    """Two days and two hours of readings: half of every 40 min 13.5 kW."""
    reply = await ask(client)

    rows = reply["result"]["rows"]
    assert [row["complete"] for row in rows] == [False] or len(rows) == 3
    yesterday = rows[-2]
    assert yesterday["complete"]
    assert yesterday["end"] - yesterday["start"] == DAY.total_seconds() * 1000
    assert yesterday["totals"]["heat_kwh"] == pytest.approx(162, rel=0.01)
    assert yesterday["totals"]["starts"] == 36
    assert yesterday["totals"]["outdoor_mean"] == pytest.approx(0, abs=0.1)
    assert rows[-1]["end"] == ms(NOW - timedelta(seconds=10))


@pytest.mark.parametrize("unit", ["week", "month", "year", "heating_year"])
async def test_longer_units(client: MockHAClientWebSocket, unit: str) -> None:
    rows = (await ask(client, unit=unit))["result"]["rows"]
    assert len(rows) == 1
    assert rows[0]["totals"]["heat_kwh"] == pytest.approx(50 * 6.75, rel=0.01)


@pytest.mark.parametrize(
    ("message", "code"),
    [
        ({"unit": "decade"}, "invalid_format"),
        ({"unit": None}, "invalid_format"),
        ({"start_time": "yesterday"}, "invalid_format"),
        ({"end_time": 5}, "invalid_format"),
        ({"pump": 5}, "invalid_format"),
        ({"pump": "another"}, "not_found"),
        ({"start_time": NOW.isoformat()}, "invalid_range"),
        ({"end_time": (NOW - 99 * DAY).isoformat()}, "invalid_range"),
    ],
)
async def test_what_is_refused(
    client: MockHAClientWebSocket, message: dict[str, Any], code: str
) -> None:
    assert (await ask(client, **message))["error"]["code"] == code


@pytest.mark.parametrize(
    ("start", "end"),
    [
        ("0001-01-01T00:00:00", "9999-12-31T23:59:59"),
        ("0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-12:00"),
    ],
)
async def test_any_years_are_answered(
    client: MockHAClientWebSocket, start: str, end: str
) -> None:
    rows = (await ask(client, start_time=start, end_time=end))["result"]["rows"]
    assert rows
    assert rows[0]["start"] > ms(NOW - 4 * DAY)


async def test_nothing_is_known_after_now(client: MockHAClientWebSocket) -> None:
    start, end = (NOW + DAY).isoformat(), (NOW + 9 * DAY).isoformat()
    assert (await ask(client, start_time=start, end_time=end))["result"] == {"rows": []}


async def test_more_than_eight_hundred_rows_are_too_many(
    client: MockHAClientWebSocket, entry: MockConfigEntry
) -> None:
    coordinator = entry.runtime_data.coordinators[PUMP]
    coordinator.pump.first_reading = NOW - 900 * DAY
    start = (NOW - 850 * DAY).isoformat()

    reply = await ask(client, start_time=start)
    assert reply["error"]["code"] == "invalid_range"
    assert "800" in reply["error"]["message"]
    assert len((await ask(client, start_time=start, unit="month"))["result"]["rows"])
