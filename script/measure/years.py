"""Measures reading all years, and what looking at them costs once they are on disk."""

import asyncio
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from time import monotonic

from script.measure.client import Client, login
from script.measure.figures import LONG_RANGES, Figures
from script.measure.home import PUMP
from script.measure.serving import VIEWS, Owner

# The walk begins a minute after the start, and goes on behind everything else.
WALKED_S = 900.0
LOOKED_S = 2.0
# More often than its timer does, as a poll may meet a day of the past at any moment.
POLLED_S = 5.0
IDLE_S = 10.0
CALENDAR = timedelta(days=730)


async def measure_years(url: str, figures: Figures) -> None:
    """Measure the second viewer of long spans, and two years of days."""
    token = await login(url)
    async with Client(url, token) as client:
        first = await _walked(client)
        for name, words in _spans(first):
            await client.subscribe(PUMP, **words)
            for _ in range(VIEWS):
                async with Client(url, token) as second:
                    before, begin = second.received, monotonic()
                    await second.subscribe(PUMP, **words)
                    figures.add(
                        **{
                            f"view_{name}_s": monotonic() - begin,
                            f"snapshot_{name}_kb": (second.received - before) / 1e3,
                        }
                    )
        end = datetime.now(UTC)
        for _ in range(VIEWS):
            begin = monotonic()
            await client.call(
                "heatpump_dashboard/calendar",
                pump=PUMP,
                unit="day",
                start_time=(end - CALENDAR).isoformat(),
                end_time=end.isoformat(),
            )
            figures.add(calendar_s=monotonic() - begin)


async def measure_walk(url: str, figures: Figures) -> None:
    """Measure a Home Assistant that has not read anything yet, and its next start.

    What Home Assistant and the probe work by themselves is none of ours. The first
    start is another line: pandas is imported in it.
    """
    token = await login(url)
    async with Client(url, token) as client, Client(url, token) as other:
        owner = Owner(client)
        await owner.running()
        bare_mb = await owner.memory_mb()
        idle = await _share(owner)
        cpu_s, begin = await owner.cpu_s(), monotonic()
        await owner.enable()
        await other.subscribe(PUMP, range="24h")
        await owner.held_s()
        walked = asyncio.ensure_future(_walked(other))
        while not walked.done():
            figures.add(walk_poll_s=(await owner.poll())["taken_s"])
            await asyncio.wait([walked], timeout=POLLED_S)
        await walked
        walk_s, cpu_s = monotonic() - begin, await owner.cpu_s() - cpu_s
        figures.add(walk_s=walk_s, walk_cpu_s=cpu_s - idle * walk_s)
        figures.add(held_walk_s=await owner.held_s())
        figures.add(memory_years_mb=await owner.memory_mb() - bare_mb)
        await owner.disable()
    async with Client(url, token) as client, Client(url, token) as viewer:
        begin = monotonic()
        await Owner(client).enable()
        await viewer.subscribe(PUMP, range="1y")
        figures.add(year_start_s=monotonic() - begin)


async def _share(owner: Owner) -> float:
    """Return how much of a second it works while nobody asks for anything."""
    before = await owner.cpu_s()
    await asyncio.sleep(IDLE_S)
    return (await owner.cpu_s() - before) / IDLE_S


async def _walked(client: Client) -> datetime:
    """Return when the readings begin, once the hours of all of them are on disk.

    Raises TimeoutError where that takes too long.
    """
    async with asyncio.timeout(WALKED_S):
        while True:
            (pump,) = (await client.call("heatpump_dashboard/info"))["pumps"]
            if pump["history"]["complete"]:
                return datetime.fromtimestamp(pump["history"]["from"] / 1000, UTC)
            await asyncio.sleep(LOOKED_S)


def _spans(first: datetime) -> Iterator[tuple[str, dict[str, str]]]:
    """Yield how the ranges are asked for, and the time since the first reading."""
    for range_ in LONG_RANGES:
        yield range_, {"range": range_}
    now = datetime.now(UTC)
    yield "all", {"start_time": first.isoformat(), "end_time": now.isoformat()}
