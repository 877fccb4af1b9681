"""What the tests of the websocket commands share."""

from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from typing import Any

from pytest_homeassistant_custom_component.typing import MockHAClientWebSocket

from custom_components.heatpump_dashboard.coordinator import HeatPumpCoordinator
from custom_components.heatpump_dashboard.view import ranges
from tests.support.memory_source import MemorySource, thermia
from tests.support.pump_entry import NOW

type SetUpWith = Callable[..., Awaitable[HeatPumpCoordinator]]

RANGES = tuple(ranges.RANGES)


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
