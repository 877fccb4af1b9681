"""Measures a thousand subscribers at once, and one among them that never reads."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from itertools import cycle, islice
import resource

from script.measure.client import Client
from script.measure.database import write_one
from script.measure.figures import RANGES, Figures
from script.measure.home import PUMP
from script.measure.serving import BETWEEN_S, Owner, poll_until_last
from tests.support.influx import Influx

SUBSCRIBERS = 1000
AT_ONCE = 20
POLLS = 3
# Snapshots that the one who never reads has asked for: more than any buffer holds.
UNREAD = 400
SMALL_BUFFER = 4096


async def measure_crowd(
    owner: Owner, server: Influx, url: str, token: str, figures: Figures
) -> None:
    """Measure how long until the last subscriber of a poll has its update."""
    _allow_connections()
    async with AsyncExitStack() as stack:
        crowd = await _crowd(stack, url, token)
        await owner.poll()
        for _ in range(POLLS):
            last_s, cpu_s, held_s = await _poll(owner, server, crowd)
            figures.add(crowd_s=last_s, crowd_cpu_s=cpu_s, held_crowd_s=held_s)
        async with _deaf(url, token):
            for _ in range(POLLS):
                last_s, _, held_s = await _poll(owner, server, crowd)
                figures.add(crowd_deaf_s=last_s, held_crowd_s=held_s)


async def _crowd(stack: AsyncExitStack, url: str, token: str) -> list[Client]:
    """Return a thousand subscribers on mixed ranges, each with its own connection."""
    free = asyncio.Semaphore(AT_ONCE)

    async def join(range_: str) -> Client:
        async with free:
            client = await stack.enter_async_context(Client(url, token))
            await client.subscribe(PUMP, range=range_)
            return client

    ranges = islice(cycle(RANGES), SUBSCRIBERS)
    return await asyncio.gather(*(join(range_) for range_ in ranges))


@asynccontextmanager
async def _deaf(url: str, token: str) -> AsyncIterator[None]:
    """Have one more subscriber whose connection is full, as it never reads."""
    async with Client(url, token, SMALL_BUFFER) as client:
        for _ in range(UNREAD):
            number = await client.send(
                "heatpump_dashboard/subscribe", pump=PUMP, range="30d"
            )
            await client.send("unsubscribe_events", subscription=number)
        await client.send("heatpump_dashboard/subscribe", pump=PUMP, range="30d")
        await asyncio.sleep(BETWEEN_S)
        yield


async def _poll(
    owner: Owner, server: Influx, crowd: list[Client]
) -> tuple[float, float, float]:
    """Poll; return the seconds to the last update, of CPU, and of the longest block."""
    await asyncio.sleep(BETWEEN_S)
    await asyncio.to_thread(write_one, server)
    await owner.held_s()
    before_s = await owner.cpu_s()
    _, last_s = await poll_until_last(owner, crowd)
    cpu_s = await owner.cpu_s() - before_s
    return last_s, cpu_s, await owner.held_s()


def _allow_connections() -> None:
    """Let this process have as many connections as the system allows it."""
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))
