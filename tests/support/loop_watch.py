"""Watches how long the event loop is held."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from time import perf_counter


@dataclass
class Held:
    """How long the event loop was held at most, s."""

    longest_s: float = 0.0


@asynccontextmanager
async def watched() -> AsyncGenerator[Held]:
    """Watch the event loop as long as this lasts."""
    held = Held()

    async def watch() -> None:
        last = perf_counter()
        while True:
            await asyncio.sleep(0.001)
            now = perf_counter()
            held.longest_s, last = max(held.longest_s, now - last), now

    watching = asyncio.create_task(watch())
    try:
        yield held
    finally:
        watching.cancel()
        with suppress(asyncio.CancelledError):
            await watching
