"""Measure one Home Assistant on an InfluxDB: start, history, polls. Prints JSON.

Whatever imports pandas is imported late: it is a part of the start.
"""

import asyncio
from datetime import UTC, datetime, timedelta
import json
import logging
from pathlib import Path
from statistics import median
import sys
import tempfile
from time import perf_counter, process_time
from typing import TYPE_CHECKING
from unittest.mock import Mock

from homeassistant.const import CONF_TOKEN, CONF_URL, CONF_VERIFY_SSL
from homeassistant.core import HomeAssistant
from homeassistant.loader import DATA_CUSTOM_COMPONENTS
from homeassistant.setup import async_setup_component
from pytest_homeassistant_custom_component.common import (
    MockConfigEntry,
    async_test_home_assistant,
)

from custom_components.heatpump_dashboard.const import (
    CONF_BRAND,
    CONF_BUCKET,
    CONF_ORGANIZATION,
    CONF_SOURCE,
    DOMAIN,
    SOURCE_INFLUXDB,
    SUBENTRY_HEAT_PUMP,
)
from custom_components.heatpump_dashboard.feed import Viewer, async_get_feed
from custom_components.heatpump_dashboard.span import RANGES, Span

if TYPE_CHECKING:
    from tests.support.influx import Influx

PUMP = "pump"
BRAND = "thermia"
TICK_S = 0.005
POLLS = 20
NEEDED = ("http", "websocket_api", "frontend", "panel_custom", DOMAIN)


class Ticker:
    """Wants the event loop every 5 ms and notes how long it had to wait.

    Only waiting while this process worked counts: other processes want the
    processor too.
    """

    def __init__(self) -> None:
        """Begin to tick."""
        self._longest_s = 0.0
        self._task = asyncio.create_task(self._tick())

    async def _tick(self) -> None:
        while True:
            begin, busy = perf_counter(), process_time()
            await asyncio.sleep(TICK_S)
            waited_s = perf_counter() - begin - TICK_S
            held_s = min(waited_s, process_time() - busy)
            self._longest_s = max(self._longest_s, held_s)

    def take_ms(self) -> float:
        """Return the longest wait since this was asked last."""
        longest_s, self._longest_s = self._longest_s, 0.0
        return 1000 * longest_s

    def stop(self) -> None:
        """Tick no more."""
        self._task.cancel()


def entry(url: str, bucket: str) -> MockConfigEntry:
    """Return the entry of an InfluxDB that `Influx` has set up."""
    return MockConfigEntry(
        domain=DOMAIN,
        data={
            CONF_SOURCE: SOURCE_INFLUXDB,
            CONF_URL: url,
            # Those of tests.support.influx.
            CONF_TOKEN: "a-token-that-only-the-tests-know",
            CONF_ORGANIZATION: "thermia",
            CONF_VERIFY_SSL: True,
        },
        subentries_data=[
            {
                "data": {CONF_BUCKET: bucket, CONF_BRAND: BRAND},
                "subentry_id": PUMP,
                "subentry_type": SUBENTRY_HEAT_PUMP,
                "title": "Bench",
                "unique_id": bucket,
            }
        ],
    )


async def start_ms(hass: HomeAssistant, pump: MockConfigEntry) -> float:
    """Return how long it takes from the start of the entry to the 24 h view."""
    begin = perf_counter()
    if not await hass.config_entries.async_setup(pump.entry_id):
        raise RuntimeError(pump.reason)
    viewer = Viewer(Mock(), 1)
    await async_get_feed(hass, PUMP).async_subscribe(viewer, Span("24h"))
    taken_ms = 1000 * (perf_counter() - begin)
    viewer.close()
    return taken_ms


async def polls(
    hass: HomeAssistant, pump: MockConfigEntry, url: str, ticker: Ticker
) -> dict[str, float]:
    """Return the figures of polls that each find one new reading."""
    from tests.support.influx import Influx  # noqa: PLC0415

    server = Influx(url, Path())
    bucket = next(iter(pump.subentries.values())).data[CONF_BUCKET]
    (coordinator,) = pump.runtime_data.coordinators.values()
    taken: dict[str, list[float]] = {"server_ms": [], "poll_ms": [], "publish_ms": []}
    blocks = []
    queries = server.queries()
    for _ in range(POLLS):
        await asyncio.to_thread(write_one, server, bucket)
        before_s = await asyncio.to_thread(server.query_seconds)
        ticker.take_ms()
        begin = perf_counter()
        await coordinator.async_refresh()
        taken["poll_ms"].append(1000 * (perf_counter() - begin))
        await hass.async_block_till_done(wait_background_tasks=True)
        taken["publish_ms"].append(1000 * (perf_counter() - begin))
        blocks.append(ticker.take_ms())
        after_s = await asyncio.to_thread(server.query_seconds)
        taken["server_ms"].append(1000 * (after_s - before_s))
    figures = {name: median(values) for name, values in taken.items()}
    figures["queries"] = (server.queries() - queries) / POLLS
    return figures | {"poll_block_ms": max(blocks)}


def write_one(server: Influx, bucket: str) -> None:
    """Write a reading of this moment."""
    from custom_components.heatpump_dashboard.sources import demo_physics  # noqa: PLC0415

    now = datetime.now(UTC)
    row = demo_physics.stored(BRAND, now - timedelta(hours=3), now).iloc[[-1]]
    server.write(BRAND, row.set_axis(row.index + (now - row.index[0])), bucket)


async def measure(url: str, bucket: str) -> dict[str, float]:
    """Return all figures."""
    with tempfile.TemporaryDirectory() as folder:
        async with async_test_home_assistant(config_dir=folder) as hass:
            hass.data.pop(DATA_CUSTOM_COMPONENTS)
            for component in NEEDED:
                await async_setup_component(hass, component, {})
            pump = entry(url, bucket)
            pump.add_to_hass(hass)
            figures = await measure_entry(hass, pump, url)
            await hass.config_entries.async_unload(pump.entry_id)
            await hass.async_stop(force=True)
    return figures


async def measure_entry(
    hass: HomeAssistant, pump: MockConfigEntry, url: str
) -> dict[str, float]:
    """Return all figures of an entry that is not set up yet."""
    ticker = Ticker()
    figures = {"start_ms": await start_ms(hass, pump)}
    await hass.config_entries.async_unload(pump.entry_id)
    figures["reload_ms"] = await start_ms(hass, pump)
    ticker.take_ms()
    begin = perf_counter()
    await hass.async_block_till_done(wait_background_tasks=True)
    figures["history_s"] = perf_counter() - begin
    figures["history_block_ms"] = ticker.take_ms()
    for range_ in RANGES:
        await async_get_feed(hass, PUMP).async_subscribe(
            Viewer(Mock(), 1), Span(range_)
        )
    figures |= await polls(hass, pump, url, ticker)
    ticker.stop()
    return figures


if __name__ == "__main__":
    # That integrations of one's own are not tested by others is known.
    logging.getLogger().addHandler(logging.NullHandler())
    print(json.dumps(asyncio.run(measure(*sys.argv[1:]))))
