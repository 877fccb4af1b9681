"""Answers that are packed, too large, or a trap: what they cost us."""

import asyncio
from collections.abc import Callable
from datetime import timedelta
import gzip
import json
import time
import tracemalloc

import pytest

from custom_components.heatpump_dashboard.sources import QueryFailed, SourceError
from custom_components.heatpump_dashboard.sources.influx import answer
from custom_components.heatpump_dashboard.sources.influx.flux import FluxSource
from tests.sources.influx.conftest import MakeSource
from tests.sources.influx.test_failures import HEAD, ROW, START, STOP
from tests.support import misbehaving as server
from tests.support.misbehaving import Answer, Misbehaving

GOOD = HEAD + ROW + "\r\n"
SPANS = [(START, STOP)]
MB = 2**20


async def failure(source: FluxSource) -> SourceError:
    """Return the error of reading."""
    with pytest.raises(SourceError) as caught:
        await source.readings("heatpump", ["outdoor_temp"], SPANS)
    return caught.value


async def in_thread[*Ts, T](func: Callable[[*Ts], T], *args: *Ts) -> T:
    """Run elsewhere, as Home Assistant's executor does."""
    return await asyncio.to_thread(func, *args)


@pytest.mark.parametrize("coding", ["identity", "gzip", "GZIP ", "deflate"])
async def test_a_packed_answer_is_read(
    influx: Misbehaving, flux_source: FluxSource, coding: str
) -> None:
    content = server.packed(GOOD, coding.strip().lower())
    influx.answer = content
    frame = await flux_source.readings("heatpump", ["outdoor_temp"], SPANS)
    assert frame["outdoor_temp"].tolist() == [-2.6]


@pytest.mark.parametrize("coding", ["br", "zstd", "gzip, gzip", "whatever"])
async def test_an_answer_packed_as_nobody_asked_is_told(
    influx: Misbehaving, flux_source: FluxSource, coding: str
) -> None:
    influx.answer = server.packed(GOOD, coding)
    assert (await failure(flux_source)).key == "not_influxdb"
    # What says no is understood all the same.
    more = f"Content-Encoding: {coding}\r\n"
    influx.answer = server.answers(b"?", 401, more=more)
    assert (await failure(flux_source)).key == "invalid_auth"


@pytest.mark.parametrize(
    ("body", "key"),
    [
        (b"not packed at all", "not_influxdb"),
        (b"", "cut_off"),
        (gzip.compress(GOOD.encode())[:-9], "cut_off"),
    ],
)
async def test_a_broken_packing_is_told(
    influx: Misbehaving, flux_source: FluxSource, body: bytes, key: str
) -> None:
    influx.answer = server.answers(body, more="Content-Encoding: gzip\r\n")
    assert (await failure(flux_source)).key == key


async def test_a_packed_refusal_is_understood(
    influx: Misbehaving, flux_source: FluxSource
) -> None:
    body = gzip.compress(json.dumps({"message": "queue full"}).encode())
    influx.answer = server.answers(body, 400, more="Content-Encoding: gzip\r\n")
    assert (await failure(flux_source)).placeholders["reason"] == "queue full"


def test_the_limit_follows_from_the_question() -> None:
    day = [(START, START.replace(day=START.day + 1))]
    names = [f"series {number}" for number in range(30)]
    # A row every two seconds, each value ten characters.
    assert answer.limit(names, day) > 43_200 * 11 * 30
    assert answer.limit(names, SPANS) < 6 * MB
    assert answer.limit(names * 100, day * 100) <= 64 * MB


@pytest.mark.parametrize(
    "content",
    [
        server.never_ends(ROW.encode() * 1000),
        server.packed(HEAD + ROW * 600_000),
        server.answers(HEAD + ROW * 200_000),
    ],
    ids=["never_ends", "packed", "announced"],
)
async def test_an_answer_longer_than_its_question_implies_is_refused(
    influx: Misbehaving, flux_source: FluxSource, content: Answer
) -> None:
    influx.answer = content
    tracemalloc.start()
    try:
        error = await failure(flux_source)
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert (type(error), error.key) == (QueryFailed, "too_large")
    assert "4 MB" in str(error)
    assert "heatpump" in str(error)
    # The server's own copy lies in this process too.
    assert peak < 20 * MB
    await influx.left.wait()


async def test_a_refusal_that_never_ends_is_cut(
    influx: Misbehaving, flux_source: FluxSource
) -> None:
    influx.answer = server.never_ends(b"x" * 10_000, status=500)
    assert (await failure(flux_source)).key == "server_error"
    await influx.left.wait()


async def test_unpacking_does_not_hold_the_event_loop(
    influx: Misbehaving, make_source: MakeSource
) -> None:
    """What is a few kB on the way can be many MB: it held the loop for long."""
    names = [f"series {number}" for number in range(20)]
    day = [(START, START + timedelta(hours=26))]
    row = ROW.replace("20T00:00", "21T01:59")
    rows = row * (answer.limit(names, day) // len(row) - 1)
    influx.answer = server.packed(HEAD + rows + "\r\n")
    source = make_source(influx.url, run=in_thread)
    longest = 0.0

    async def look() -> None:
        # Of this thread alone: other programs do not count.
        nonlocal longest
        last = time.thread_time()
        while True:
            await asyncio.sleep(0)
            now = time.thread_time()
            longest, last = max(longest, now - last), now

    with pytest.raises(SourceError):
        # Imports the client.
        await source.buckets()
    looking = asyncio.create_task(look())
    frame = await source.readings("heatpump", ["outdoor_temp", *names], day)
    looking.cancel()
    assert len(frame) == 1
    assert longest < 0.02


@pytest.mark.parametrize(
    "body", ["[" * 20_000, '{"buckets": ' + "[" * 20_000, '{"message": ' + "[" * 20_000]
)
@pytest.mark.parametrize("status", [200, 400, 500])
async def test_a_json_as_deep_as_an_abyss_is_an_error_like_any_other(
    influx: Misbehaving, flux_source: FluxSource, body: str, status: int
) -> None:
    influx.answer = server.answers(body, status)
    for asking in (
        flux_source.buckets(),
        flux_source.check(),
        flux_source.list_series("heatpump"),
    ):
        with pytest.raises(SourceError):
            await asking
