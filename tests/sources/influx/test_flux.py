"""FluxSource: what it asks and what it makes of the answers."""

import asyncio
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
import json
import subprocess
import sys
from typing import Any
from unittest.mock import patch

import pandas as pd
import pytest

from custom_components.heatpump_dashboard.sources import (
    Bucket,
    CannotConnect,
    SeriesInfo,
)
from custom_components.heatpump_dashboard.sources.influx import flux, flux_server
from custom_components.heatpump_dashboard.sources.influx.errors import Asked, error
from custom_components.heatpump_dashboard.sources.influx.flux import FluxSource
from custom_components.heatpump_dashboard.sources.influx.http import FluxClient
from tests.sources.influx.conftest import MakeSource
from tests.support import misbehaving as server
from tests.support.misbehaving import Misbehaving

START = datetime(2026, 11, 20, tzinfo=UTC)
STOP = START + timedelta(hours=1)
HEAD = ",result,table,_time,outdoor_temp\r\n"
ROW = ",_result,0,2026-11-20T00:00:00Z,-2.6\r\n"


def message(text: str) -> str:
    """Return an error as InfluxDB tells it."""
    return json.dumps({"code": "whatever", "message": text})


async def test_an_empty_span_is_no_error(
    influx: Misbehaving, flux_source: FluxSource
) -> None:
    influx.answer = server.answers("\r\n")
    frame = await flux_source.readings("heatpump", ["outdoor_temp"], [(START, STOP)])
    assert frame.empty
    assert str(frame.index.dtype) == "datetime64[ns, UTC]"
    assert await flux_source.first_time("heatpump") is None
    assert await flux_source.list_series("heatpump") == []


@pytest.mark.parametrize(
    ("series", "stop"), [([], STOP), (["a"], START), (["a"], START - timedelta(days=1))]
)
async def test_nothing_wanted_asks_nothing(
    influx: Misbehaving, flux_source: FluxSource, series: list[str], stop: datetime
) -> None:
    assert (await flux_source.readings("heatpump", series, [(START, stop)])).empty
    assert influx.requests == []


async def test_a_long_span_is_read_about_a_day_at_a_time(
    influx: Misbehaving, flux_source: FluxSource
) -> None:
    days: Iterator[str] = (f"2026-11-{day}" for day in ("21T01", "22T03", "22T11"))

    async def answer(writer: asyncio.StreamWriter) -> None:
        row = ROW.replace("2026-11-20T00:00", f"{next(days)}:59")
        await server.answers(HEAD + row + "\r\n")(writer)

    influx.answer = answer
    stop = START + timedelta(days=2, hours=12)
    frame = await flux_source.readings("heatpump", ["outdoor_temp"], [(START, stop)])
    assert [time.hour for time in frame.index] == [1, 3, 11]
    spans = [
        request[request.index(b"start: ") :][:70].split(b")")[0]
        for request in influx.requests
    ]
    assert spans == [
        b"start: 2026-11-20T00:00:00.000000Z, stop: 2026-11-21T02:00:00.000000Z",
        b"start: 2026-11-21T02:00:00.000000Z, stop: 2026-11-22T04:00:00.000000Z",
        b"start: 2026-11-22T04:00:00.000000Z, stop: 2026-11-22T12:00:00.000000Z",
    ]


async def test_short_spans_are_read_in_one_question(
    influx: Misbehaving, flux_source: FluxSource
) -> None:
    influx.answer = server.answers("\r\n")
    hour = timedelta(hours=1)
    spans = [(START + n * 4 * hour, START + (n * 4 + 3) * hour) for n in range(5)]
    await flux_source.readings("heatpump", ["a"], spans)
    assert influx.requests[0].count(b"range(") == 5


LISTED = (
    ",result,table,_time,_value,name,unit\r\n"
    ",_result,0,2026-11-20T00:00:30.5Z,40,power,\r\n"
    ",_result,0,2026-11-20T00:00:00Z,20.5,outdoor_temp,°C\r\n"
    ",_result,0,2026-11-19T00:00:00Z,4,power,W\r\n"
    ",_result,0,2026-11-19T00:00:00Z,4,,W\r\n\r\n"
)
NAMES = ",result,table,_value\r\n,_result,0,outdoor_temp\r\n,_result,0,power\r\n\r\n"


@pytest.mark.parametrize(
    "names",
    [
        server.answers(NAMES),
        server.answers(message("nobody knows schema"), 400),
        server.answers("<html>", 502),
        server.hangs_up(),
    ],
    ids=["known", "refused", "broken", "gone"],
)
async def test_the_newest_of_a_name_under_several_tags_is_the_series(
    influx: Misbehaving, flux_source: FluxSource, names: server.Answer
) -> None:
    """Also where nobody says whether others have ended."""

    async def answer(writer: asyncio.StreamWriter) -> None:
        looked_up = b"tagValues" in influx.requests[-1]
        await (names if looked_up else server.answers(LISTED))(writer)

    influx.answer = answer
    assert await flux_source.list_series("heatpump") == [
        SeriesInfo("outdoor_temp", "°C", START, 20.5),
        SeriesInfo("power", None, START + timedelta(seconds=30.5), 40.0),
    ]
    assert sum(b"tagValues" in request for request in influx.requests) == 1


def buckets_page(names: list[str]) -> str:
    return json.dumps({"buckets": [{"name": name} for name in names]})


async def test_all_pages_of_buckets_are_read(
    influx: Misbehaving, flux_source: FluxSource
) -> None:
    names = ["_monitoring", *(f"b{number:03}" for number in range(150))]

    async def answer(writer: asyncio.StreamWriter) -> None:
        request = influx.requests[-1]
        if b"/query" in request:
            found = HEAD + ROW + "\r\n" if b'\\"b120\\"' in request else "\r\n"
            await server.answers(found)(writer)
            return
        assert b"org=thermia" in request
        offset = int(request.split(b"offset=")[1].split(b"&")[0])
        page = buckets_page(names[offset : offset + 100])
        await server.answers(page, content_type="application/json")(writer)

    influx.answer = answer
    found = await flux_source.buckets()
    assert found[0] == Bucket("b120", has_readings=True)
    assert [bucket.name for bucket in found[1:]] == [
        name for name in names[1:] if name != "b120"
    ]


async def test_a_bucket_that_cannot_be_asked_is_still_listed(
    influx: Misbehaving, flux_source: FluxSource
) -> None:
    async def answer(writer: asyncio.StreamWriter) -> None:
        if b"/query" in influx.requests[-1]:
            await server.answers(message("internal error"), 500)(writer)
        else:
            await server.answers(buckets_page(["a"]))(writer)

    influx.answer = answer
    assert await flux_source.buckets() == [Bucket("a", has_readings=False)]


@pytest.mark.parametrize(
    "body", ['{"buckets": 3}', "{}", "[]", "nothing", '{"buckets": [{}]}']
)
async def test_a_list_of_buckets_that_is_none_is_not_influxdb(
    influx: Misbehaving, flux_source: FluxSource, body: str
) -> None:
    influx.answer = server.answers(body)
    with pytest.raises(CannotConnect) as caught:
        await flux_source.buckets()
    assert caught.value.key == "not_influxdb"


@pytest.mark.parametrize("path", ["", "/", "/influx/", "/influx/?a=b#c"])
async def test_an_address_may_end_in_a_path(
    influx: Misbehaving, make_source: MakeSource, path: str
) -> None:
    influx.answer = server.answers(",result,table,ok\r\n,_result,0,1\r\n\r\n")
    await make_source(f" {influx.url}{path} ").check()
    wanted = path.split("?", maxsplit=1)[0].rstrip("/") + "/api/v2/query?org=thermia"
    assert influx.requests[0].startswith(f"POST {wanted} HTTP".encode())


async def test_two_first_callers_share_one_client(
    influx: Misbehaving, make_source: MakeSource, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[FluxClient] = []

    async def slow_import[*Ts, T](func: Callable[[*Ts], T], *args: *Ts) -> T:
        await asyncio.sleep(0.01)
        return func(*args)

    def make_client(**words: Any) -> FluxClient:
        made.append(FluxClient(**words))
        return made[-1]

    monkeypatch.setattr(flux_server, "_client_class", lambda: make_client)
    influx.answer = server.answers("\r\n")
    source = make_source(influx.url, run=slow_import)
    await asyncio.gather(source.check(), source.check())
    assert len(made) == 1


async def test_a_closed_source_can_be_asked_again(
    influx: Misbehaving, flux_source: FluxSource
) -> None:
    influx.answer = server.answers("\r\n")
    await flux_source.check()
    await flux_source.close()
    await flux_source.close()
    await flux_source.check()
    assert len(influx.requests) == 2


def test_importing_the_source_imports_neither_pandas_nor_numpy() -> None:
    heavy = "{'pandas', 'numpy', 'influxdb_client'}"
    program = f"import sys; import {flux.__name__}; print({heavy} & set(sys.modules))"
    found = subprocess.run(
        [sys.executable, "-c", program], check=True, capture_output=True, text=True
    )
    assert found.stdout.strip() == "set()"


async def test_types_that_collide_in_one_span_are_asked_for_between_the_borders(
    flux_source: FluxSource,
) -> None:
    """A day of the past is one span, and may begin in a shard of another type."""
    midnight = datetime(2026, 11, 21, tzinfo=UTC)
    asked: list[Any] = []

    async def piece(bucket: str, series: Any, spans: Any) -> pd.DataFrame:
        asked.append(spans)
        if any(start < midnight < stop for start, stop in spans):
            about = Asked("127.0.0.1", "home")
            raise error("query_failed", about, "schema collision: cannot group")
        times = pd.DatetimeIndex([spans[0][0]], tz="UTC", name="time")
        return pd.DataFrame({"power": [float(len(asked))]}, index=times)

    with (
        patch.object(flux_source, "_piece", piece),
        patch.object(flux_source, "_shard", return_value=timedelta(days=1)),
        patch.object(flux_source, "_unread", return_value=[]),
    ):
        span = (midnight - timedelta(hours=5), midnight + timedelta(hours=14))
        frame = await flux_source.readings("b", ["power"], [span])
    assert list(frame.index) == [span[0], midnight]
    assert len(asked) == 3
