"""Measures one Home Assistant from outside: start, history, views, polls, memory."""

import asyncio
from collections.abc import Sequence
from contextlib import AsyncExitStack
from time import monotonic
from typing import Any

from script.measure.client import Client
from script.measure.database import write_one
from script.measure.figures import RANGES, Figures
from script.measure.home import ENTRY, PUMP, memory_mb
from tests.support.influx import Influx

POLLS = 10
VIEWS = 5
# At rest is who works less than this share of a second, for some seconds.
AT_REST = 0.05
SETTLED_S = 3.0
SETTLING_S = 120.0
# Between two readings of a collector there are at least some seconds.
BETWEEN_S = 1.0


class Owner:
    """The connection that enables the entry and asks the probe."""

    def __init__(self, client: Client) -> None:
        """Take a connection that nobody else uses."""
        self._client = client

    async def running(self) -> None:
        """Return when Home Assistant has started all it has."""
        while (await self._client.call("get_config"))["state"] != "RUNNING":
            await asyncio.sleep(BETWEEN_S)

    async def enable(self) -> None:
        """Load the entry; return when it is loaded."""
        await self._disable(None)

    async def disable(self) -> None:
        """Unload the entry."""
        await self._disable("user")

    async def _disable(self, by: str | None) -> None:
        await self._client.call(
            "config_entries/disable", entry_id=ENTRY, disabled_by=by
        )

    async def cpu_s(self) -> float:
        """Return for how many seconds Home Assistant has worked."""
        worked_s: float = (await self._client.call("heatpump_probe/process"))["cpu_s"]
        return worked_s

    async def held_s(self) -> float:
        """Return how long the event loop was held at most since this was asked last."""
        longest_s: float = await self._client.call("heatpump_probe/held")
        return longest_s

    async def settle(self) -> None:
        """Return when Home Assistant has come to rest, all of the past read."""
        last = monotonic() + SETTLING_S
        worked = SETTLED_S
        while worked > AT_REST * SETTLED_S and monotonic() < last:
            before = await self.cpu_s()
            await asyncio.sleep(SETTLED_S)
            worked = await self.cpu_s() - before

    async def memory_mb(self) -> float:
        """Return the memory of Home Assistant at rest."""
        await self.settle()
        process = await self._client.call("heatpump_probe/process")
        return await asyncio.to_thread(memory_mb, process["pid"])

    async def poll(self) -> dict[str, Any]:
        """Poll at once."""
        polled: dict[str, Any] = await self._client.call(
            "heatpump_probe/poll", entry=ENTRY
        )
        return polled


async def start(owner: Owner, url: str, token: str) -> tuple[float, float]:
    """Return the seconds from enabling the entry to the 24 h view and to all 30 days."""
    async with Client(url, token) as viewer:
        begin = monotonic()
        await owner.enable()
        shown = await viewer.subscribe(PUMP, range="24h")
        seen = monotonic()
        while not shown["status"]["history"]["complete"]:
            shown = await viewer.event()
        return seen - begin, monotonic() - begin


async def measure_start(owner: Owner, url: str, token: str, figures: Figures) -> None:
    """Measure the first start of a process and what it needs of memory, and another."""
    bare_mb = await owner.memory_mb()
    first_s, _ = await start(owner, url, token)
    figures.add(first_start_s=first_s, memory_mb=await owner.memory_mb() - bare_mb)
    await owner.disable()
    await owner.held_s()
    start_s, history_s = await start(owner, url, token)
    held_s = await owner.held_s()
    figures.add(start_s=start_s, history_s=history_s, held_start_s=held_s)
    await owner.settle()


async def measure_views(url: str, token: str, figures: Figures) -> None:
    """Measure what a second viewer of each range waits for and gets over the wire."""
    for range_ in RANGES:
        async with Client(url, token) as first:
            await first.subscribe(PUMP, range=range_)
            for _ in range(VIEWS):
                async with Client(url, token) as second:
                    before, begin = second.received, monotonic()
                    await second.subscribe(PUMP, range=range_)
                    figures.add(
                        **{
                            f"view_{range_}_s": monotonic() - begin,
                            f"snapshot_{range_}_kb": (second.received - before) / 1e3,
                        }
                    )


async def measure_polls(
    owner: Owner, server: Influx, url: str, token: str, figures: Figures
) -> None:
    """Measure polls that each find one new reading while each range is looked at."""
    async with AsyncExitStack() as stack:
        viewers = [await stack.enter_async_context(Client(url, token)) for _ in RANGES]
        for viewer, range_ in zip(viewers, RANGES, strict=True):
            await viewer.subscribe(PUMP, range=range_)
        await owner.poll()
        for _ in range(POLLS):
            await _measure_poll(owner, server, viewers, figures)


async def _measure_poll(
    owner: Owner, server: Influx, viewers: list[Client], figures: Figures
) -> None:
    await asyncio.sleep(BETWEEN_S)
    await asyncio.to_thread(write_one, server)
    await owner.held_s()
    queries, seconds = await asyncio.to_thread(_asked, server)
    before = [viewer.received for viewer in viewers]
    poll, last_s = await poll_until_last(owner, viewers)
    held_s = await owner.held_s()
    after = await asyncio.to_thread(_asked, server)
    got = [viewer.received for viewer in viewers]
    figures.add(
        poll_s=poll["taken_s"],
        poll_rows=poll["rows"],
        poll_viewers_s=last_s,
        poll_queries=after[0] - queries,
        poll_database_s=after[1] - seconds,
        held_poll_s=held_s,
        update_kb=max(new - old for new, old in zip(got, before, strict=True)) / 1e3,
    )


async def poll_until_last(
    owner: Owner, viewers: Sequence[Client]
) -> tuple[dict[str, Any], float]:
    """Poll; return what the probe tells of it and the seconds to the last update.

    Insights send updates, too: what came before the poll began was of something else.
    """
    polling = asyncio.ensure_future(owner.poll())

    async def arrival(viewer: Client) -> float:
        while (at := await viewer.arrival()) < (await polling)["begin"]:
            pass
        return at

    arrivals = await asyncio.gather(*(arrival(viewer) for viewer in viewers))
    poll = await polling
    return poll, max(arrivals) - float(poll["begin"])


def _asked(server: Influx) -> tuple[int, float]:
    """Return how many queries the server has answered, and in how many seconds."""
    return server.queries(), server.query_seconds()
