"""Measures inside Home Assistant what cannot be seen from outside.

An integration of the bench's own: how long the event loop is held, what the process
has worked, and a poll that begins when it is asked for.
"""

import asyncio
import os
from time import monotonic, process_time
from typing import TYPE_CHECKING, Any

from homeassistant.components import websocket_api
from homeassistant.core import HomeAssistant, callback
from homeassistant.helpers.typing import ConfigType
from homeassistant.util.hass_dict import HassKey
import probatio

if TYPE_CHECKING:
    import pandas as pd

DOMAIN = "heatpump_probe"
TICK_S = 0.005


class Ticker:
    """Wants the event loop every 5 ms and notes how long it had to wait.

    Only waiting while this process worked counts: other processes want the
    processor too.
    """

    def __init__(self) -> None:
        """Begin with nothing noted."""
        self._longest_s = 0.0

    async def tick(self) -> None:
        """Tick for ever."""
        while True:
            begin, busy = monotonic(), process_time()
            await asyncio.sleep(TICK_S)
            waited_s = monotonic() - begin - TICK_S
            self._longest_s = max(self._longest_s, min(waited_s, process_time() - busy))

    def take(self) -> float:
        """Return the longest wait in seconds since this was asked last."""
        longest_s, self._longest_s = self._longest_s, 0.0
        return longest_s


DATA_TICKER: HassKey[Ticker] = HassKey(DOMAIN)


async def async_setup(hass: HomeAssistant, config: ConfigType) -> bool:
    """Begin to measure."""
    hass.data[DATA_TICKER] = ticker = Ticker()
    hass.async_create_background_task(ticker.tick(), DOMAIN)
    websocket_api.async_register_command(hass, async_process)
    websocket_api.async_register_command(hass, async_held)
    websocket_api.async_register_command(hass, async_poll)
    return True


@callback
@websocket_api.websocket_command({probatio.Required("type"): f"{DOMAIN}/process"})
def async_process(
    hass: HomeAssistant,
    connection: websocket_api.ActiveConnection,
    msg: dict[str, Any],
) -> None:
    """Send the number of the process and the seconds it has worked."""
    connection.send_result(msg["id"], {"pid": os.getpid(), "cpu_s": process_time()})


@callback
@websocket_api.websocket_command({probatio.Required("type"): f"{DOMAIN}/held"})
def async_held(
    hass: HomeAssistant,
    connection: websocket_api.ActiveConnection,
    msg: dict[str, Any],
) -> None:
    """Send for how many seconds the loop was held since this was asked last."""
    connection.send_result(msg["id"], hass.data[DATA_TICKER].take())


@websocket_api.websocket_command(
    {
        probatio.Required("type"): f"{DOMAIN}/poll",
        probatio.Required("entry"): str,
    }
)
@websocket_api.async_response
async def async_poll(
    hass: HomeAssistant,
    connection: websocket_api.ActiveConnection,
    msg: dict[str, Any],
) -> None:
    """Poll the only pump of an entry at once, as its timer does.

    Sends when that began on the machine's own clock, what it took until the entities
    had it, and the rows that were read.
    """
    entry = hass.config_entries.async_get_known_entry(msg["entry"])
    (coordinator,) = entry.runtime_data.coordinators.values()
    rows = 0
    read = coordinator.source.readings

    async def counted(*span: Any, **beside: Any) -> pd.DataFrame:
        nonlocal rows
        frame: pd.DataFrame = await read(*span, **beside)
        rows += len(frame)
        return frame

    coordinator.source.readings = counted
    begin = monotonic()
    await coordinator.async_refresh()
    taken_s = monotonic() - begin
    coordinator.source.readings = read
    connection.send_result(
        msg["id"], {"begin": begin, "taken_s": taken_s, "rows": rows}
    )
