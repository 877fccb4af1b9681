"""Whose turn it is to ask a source: polls first, then one day of the past at a time."""

import asyncio
from collections.abc import Generator
from contextlib import contextmanager, suppress
from datetime import timedelta
from itertools import pairwise
from typing import Final, Self

from ..sources import Times

# A server that takes longer for a poll has enough to do: it is left alone for a while.
_SLOW_POLL_S: Final = 1.0
_LEFT_ALONE_S: Final = 30.0
# Of many heat pumps on a slow server one is always polling: the past comes all the same.
_LONGEST_WAIT_S: Final = 60.0
# A server that a day takes longer is asked for less at a time: a poll waits no longer.
_SLOW_DAY_S: Final = 2.0
_DAY: Final = timedelta(days=1)
_PIECE: Final = timedelta(hours=6)


class Turns:
    """Shared by the heat pumps of a source, so that a small computer has time for others.

    Who reads a day of the past does so `async with` it: one at a time, and not while a
    poll is running, unless there always is one.
    """

    def __init__(self) -> None:
        """Begin with nobody asking."""
        self._one_at_a_time = asyncio.Lock()
        self._polls = 0
        self._no_poll = asyncio.Event()
        self._no_poll.set()
        self._left_alone_until = 0.0
        self._day_s = 0.0

    @contextmanager
    def poll(self) -> Generator[None]:
        """Poll as long as this lasts."""
        loop = asyncio.get_running_loop()
        begun = loop.time()
        self._polls += 1
        self._no_poll.clear()
        try:
            yield
        finally:
            self._polls -= 1
            if not self._polls:
                self._no_poll.set()
            ended = loop.time()
            if ended - begun > _SLOW_POLL_S:
                self._left_alone_until = ended + _LEFT_ALONE_S

    @property
    def left_alone_s(self) -> float:
        """Return for how long a busy server is to be left alone, s."""
        return max(self._left_alone_until - asyncio.get_running_loop().time(), 0.0)

    def pieces(self, span: Times) -> list[Times]:
        """Return a day of the past as the questions to ask: one, of slow servers more."""
        start, stop = span
        count = round((stop - start) / _PIECE) if self._day_s > _SLOW_DAY_S else 1
        if count < 2:
            return [span]
        step = (stop - start) / count
        edges = [*(start + number * step for number in range(count)), stop]
        return list(pairwise(edges))

    def took(self, span: Times, seconds: float) -> None:
        """Keep how long a question about the past took: a day takes so much longer."""
        start, stop = span
        if stop - start >= _PIECE:
            self._day_s = seconds * (_DAY / (stop - start))

    async def __aenter__(self) -> Self:
        """Wait for one's turn."""
        await self._one_at_a_time.acquire()
        try:
            with suppress(TimeoutError):
                async with asyncio.timeout(_LONGEST_WAIT_S):
                    await self._no_poll.wait()
        except BaseException:
            self._one_at_a_time.release()
            raise
        return self

    async def __aexit__(self, *_: object) -> None:
        """Let others have theirs."""
        self._one_at_a_time.release()
