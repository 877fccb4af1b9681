"""FluxSource against a server that behaves as the real one never would, or too rarely."""

import asyncio
from collections.abc import AsyncIterator, Callable, Iterator
from datetime import UTC, datetime, timedelta
import json
from pathlib import Path
import socket
import ssl
import subprocess
import sys

import aiohttp
from aiohttp.abc import AbstractResolver, ResolveResult
import pytest

from custom_components.heatpump_dashboard.sources import (
    Bucket,
    CannotConnect,
    InvalidAuth,
    NotFound,
    QueryFailed,
    SeriesInfo,
    SourceError,
    flux,
    flux_errors,
)
from custom_components.heatpump_dashboard.sources.flux import FluxSource
from tests.support import misbehaving as server
from tests.support.certificate import self_signed
from tests.support.misbehaving import Answer, Misbehaving, misbehaving

pytestmark = pytest.mark.usefixtures("socket_enabled")

TOKEN = "token-that-must-not-be-seen"
START = datetime(2026, 11, 20, tzinfo=UTC)
STOP = START + timedelta(hours=1)
HEAD = ",result,table,_time,outdoor_temp\r\n"
ROW = ",_result,0,2026-11-20T00:00:00Z,-2.6\r\n"
ERROR = "\r\n,error,reference\r\n,runtime error: out of memory,\r\n"
PAGE = "<!DOCTYPE html><html><body>Please log in</body></html>"

type MakeSource = Callable[..., FluxSource]


async def run[*Ts, T](func: Callable[[*Ts], T], *args: *Ts) -> T:
    """Run where we are: what runs in the executor is not this file's subject."""
    return func(*args)


@pytest.fixture
async def session() -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession() as shared:
        yield shared
        assert not shared.closed


@pytest.fixture
async def influx() -> AsyncIterator[Misbehaving]:
    async with misbehaving() as behaviour:
        yield behaviour


@pytest.fixture
async def make_source(
    session: aiohttp.ClientSession,
) -> AsyncIterator[MakeSource]:
    made: list[FluxSource] = []

    def make(url: str, **changed: object) -> FluxSource:
        words = {
            "session": session,
            "ssl_context": ssl.create_default_context(),
            "token": TOKEN,
            "organization": "thermia",
            "run": run,
        }
        made.append(FluxSource(url=url, **(words | changed)))  # type: ignore[arg-type]
        return made[-1]

    yield make
    for source in made:
        await source.close()


@pytest.fixture
def source(influx: Misbehaving, make_source: MakeSource) -> FluxSource:
    return make_source(influx.url)


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(flux, "QUICK_TIMEOUT_S", 0.2)
    monkeypatch.setattr(flux, "QUERY_TIMEOUT_S", 0.2)


async def failure(source: FluxSource) -> SourceError:
    """Return the error of reading; it says what to do and keeps the token secret."""
    with pytest.raises(SourceError) as caught:
        await source.readings("heatpump", ["outdoor_temp"], START, STOP)
    text = str(caught.value)
    assert text[-1] == "."
    assert "{" not in text
    assert TOKEN not in text + repr(caught.value.placeholders)
    return caught.value


def message(text: str) -> str:
    """Return an error as InfluxDB tells it."""
    return json.dumps({"code": "whatever", "message": text})


@pytest.mark.parametrize(
    ("answer", "kind", "key"),
    [
        (
            server.answers(message("unauthorized access"), 401),
            InvalidAuth,
            "invalid_auth",
        ),
        (
            server.answers("unauthorized", 401, "text/plain"),
            InvalidAuth,
            "invalid_auth",
        ),
        (server.answers(message("user is inactive"), 403), InvalidAuth, "forbidden"),
        (
            server.answers(message('x: could not find bucket "heatpump"'), 404),
            NotFound,
            "bucket_not_found",
        ),
        (
            server.answers(
                message(
                    'failed to decode request body: organization name "a" not found'
                ),
                400,
            ),
            NotFound,
            "organization_not_found",
        ),
        (
            server.answers(message('organization name "bucket" not found'), 404),
            NotFound,
            "organization_not_found",
        ),
        (
            server.answers(message('could not find bucket "organization name"'), 404),
            NotFound,
            "bucket_not_found",
        ),
        (server.answers(message("queue full"), 400), QueryFailed, "query_failed"),
        (server.answers(message("internal error"), 500), CannotConnect, "server_error"),
        (server.answers("", 500, "text/plain"), CannotConnect, "server_error"),
        (server.answers(message("too many"), 429), CannotConnect, "server_error"),
        (server.answers('{"status": "starting"}', 503), CannotConnect, "starting"),
        (
            server.answers("404 page not found\n", 404, "text/plain"),
            CannotConnect,
            "not_influxdb",
        ),
        (server.answers(message("path not found"), 404), CannotConnect, "not_influxdb"),
        (server.answers(PAGE, 200, "text/html"), CannotConnect, "not_influxdb"),
        (server.answers(PAGE, 401, "text/html"), CannotConnect, "not_influxdb"),
        (server.answers(PAGE, 404, "text/html"), CannotConnect, "not_influxdb"),
        (server.answers(PAGE, 502, "text/html"), CannotConnect, "not_influxdb"),
        (server.answers('{"status": "ok"}', 200), CannotConnect, "not_influxdb"),
        (
            server.answers(HEAD.replace("_time", "time") + ROW + "\r\n"),
            CannotConnect,
            "not_influxdb",
        ),
        (
            server.answers(HEAD + ROW.replace("-2.6", "cold") + "\r\n"),
            CannotConnect,
            "not_influxdb",
        ),
        (
            server.answers(b"\xff\xfe not text", 200),
            CannotConnect,
            "not_influxdb",
        ),
        (
            server.answers("Client sent an HTTP request to an HTTPS server.\n", 400),
            CannotConnect,
            "tls",
        ),
        (server.answers(HEAD + ROW + ERROR), QueryFailed, "query_failed"),
        (server.answers(ERROR), QueryFailed, "query_failed"),
        (server.announces_more(HEAD + ROW), CannotConnect, "cut_off"),
        (server.stops_between_chunks(HEAD + ROW), CannotConnect, "cut_off"),
        (server.ends_by_hanging_up(HEAD + ROW), CannotConnect, "cut_off"),
        (server.hangs_up(), CannotConnect, "cut_off"),
        (server.answers(""), CannotConnect, "cut_off"),
    ],
)
async def test_what_goes_wrong_has_one_cause_and_says_what_to_do(
    influx: Misbehaving,
    source: FluxSource,
    answer: Answer,
    kind: type[SourceError],
    key: str,
) -> None:
    influx.answer = answer
    error = await failure(source)
    assert (type(error), error.key) == (kind, key)


async def test_a_server_without_http_is_not_influxdb(
    influx: Misbehaving, source: FluxSource
) -> None:
    influx.answer = server.says(b"220 mail.example ESMTP\r\n")
    assert (await failure(source)).key == "not_influxdb"


@pytest.mark.usefixtures("impatient")
@pytest.mark.parametrize(
    "answer",
    [server.waits(), server.waits(HEAD + ROW)],
    ids=["no_answer", "half_answer"],
)
async def test_a_slow_server_times_out_and_does_not_cancel_us(
    influx: Misbehaving, source: FluxSource, answer: Answer
) -> None:
    influx.answer = answer
    error = await failure(source)
    assert (type(error), error.key) == (CannotConnect, "timeout")
    task = asyncio.current_task()
    assert task is not None
    assert task.cancelling() == 0


@pytest.mark.parametrize(
    "answer",
    [server.waits(), server.waits(HEAD + ROW)],
    ids=["no_answer", "half_answer"],
)
async def test_cancellation_passes_through(
    influx: Misbehaving, source: FluxSource, answer: Answer
) -> None:
    influx.answer = answer
    reading = asyncio.create_task(source.readings("heatpump", ["a"], START, STOP))
    while not influx.requests:
        await asyncio.sleep(0.01)
    reading.cancel()
    with pytest.raises(asyncio.CancelledError):
        await reading


async def test_nobody_listening_is_refused(make_source: MakeSource) -> None:
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{unused.getsockname()[1]}"
        error = await failure(make_source(url))
    assert (type(error), error.key) == (CannotConnect, "refused")


class NoSuchName(AbstractResolver):
    """Knows no name."""

    async def resolve(
        self, host: str, port: int = 0, family: int = socket.AF_INET
    ) -> list[ResolveResult]:
        raise OSError(None, "Name or service not known")

    async def close(self) -> None:
        pass


async def test_an_unknown_name_is_told(make_source: MakeSource) -> None:
    connector = aiohttp.TCPConnector(resolver=NoSuchName())
    async with aiohttp.ClientSession(connector=connector) as session:
        source = make_source("http://influx.invalid:8086", session=session)
        error = await failure(source)
    assert (type(error), error.key) == (CannotConnect, "dns")
    assert "influx.invalid:8086" in str(error)


async def test_a_certificate_nobody_signed_is_told(
    make_source: MakeSource, tmp_path: Path
) -> None:
    async with misbehaving(self_signed(tmp_path)) as influx:
        influx.answer = server.answers("\r\n")
        error = await failure(make_source(influx.url))
        assert (type(error), error.key) == (CannotConnect, "tls")
        assert influx.requests == []


async def test_the_given_ssl_context_decides(
    make_source: MakeSource, tmp_path: Path
) -> None:
    trusting = ssl.create_default_context()
    trusting.check_hostname = False
    trusting.verify_mode = ssl.CERT_NONE
    async with misbehaving(self_signed(tmp_path)) as influx:
        influx.answer = server.answers(HEAD + ROW + "\r\n")
        source = make_source(influx.url, ssl_context=trusting)
        frame = await source.readings("heatpump", ["outdoor_temp"], START, STOP)
    assert len(frame) == 1


@pytest.mark.parametrize(
    "url",
    ["", "influx", "127.0.0.1:8086", "ftp://127.0.0.1", "http://", "http://h:port"],
)
async def test_what_is_no_address_is_told(make_source: MakeSource, url: str) -> None:
    error = await failure(make_source(url))
    assert (type(error), error.key) == (CannotConnect, "not_influxdb")


async def test_a_redirect_is_not_followed_with_the_token(
    influx: Misbehaving, source: FluxSource
) -> None:
    async with misbehaving() as elsewhere:
        influx.answer = server.answers("", 307, more=f"Location: {elsewhere.url}/\r\n")
        assert (await failure(source)).key == "not_influxdb"
        assert elsewhere.requests == []


@pytest.mark.parametrize("token", ["two\nlines", "nothing\0behind"])
async def test_a_token_that_cannot_be_sent_is_invalid(
    influx: Misbehaving, make_source: MakeSource, token: str
) -> None:
    with pytest.raises(InvalidAuth):
        await make_source(influx.url, token=token).check()
    assert influx.requests == []


async def test_a_password_in_the_address_is_neither_sent_nor_told(
    influx: Misbehaving, make_source: MakeSource
) -> None:
    url = influx.url.replace("//", "//me:secret-word@")
    influx.answer = server.answers(message("no"), 500)
    error = await failure(make_source(url))
    assert "secret-word" not in str(error) + repr(error.placeholders)
    assert f"authorization: token {TOKEN}".encode() in influx.requests[0].lower()


async def test_a_long_message_is_shortened_to_one_line(
    influx: Misbehaving, source: FluxSource
) -> None:
    influx.answer = server.answers(message("word\n\n" * 1000), 400)
    error = await failure(source)
    assert len(error.placeholders["reason"]) <= 200
    assert "\n" not in str(error)


async def test_an_empty_span_is_no_error(
    influx: Misbehaving, source: FluxSource
) -> None:
    influx.answer = server.answers("\r\n")
    frame = await source.readings("heatpump", ["outdoor_temp"], START, STOP)
    assert frame.empty
    assert str(frame.index.dtype) == "datetime64[ns, UTC]"
    assert await source.first_time("heatpump") is None
    assert await source.list_series("heatpump") == []


@pytest.mark.parametrize(
    ("series", "stop"), [([], STOP), (["a"], START), (["a"], START - timedelta(days=1))]
)
async def test_nothing_wanted_asks_nothing(
    influx: Misbehaving, source: FluxSource, series: list[str], stop: datetime
) -> None:
    assert (await source.readings("heatpump", series, START, stop)).empty
    assert influx.requests == []


async def test_a_long_span_is_read_a_day_at_a_time(
    influx: Misbehaving, source: FluxSource
) -> None:
    days: Iterator[str] = (f"2026-11-{day}" for day in (20, 21, 22))

    async def answer(writer: asyncio.StreamWriter) -> None:
        row = ROW.replace("2026-11-20", next(days))
        await server.answers(HEAD + row + "\r\n")(writer)

    influx.answer = answer
    stop = START + timedelta(days=2, hours=1)
    frame = await source.readings("heatpump", ["outdoor_temp"], START, stop)
    assert [time.day for time in frame.index] == [20, 21, 22]
    spans = [
        request[request.index(b"start: ") :][:70].split(b")")[0]
        for request in influx.requests
    ]
    assert spans == [
        b"start: 2026-11-20T00:00:00.000000Z, stop: 2026-11-21T00:00:00.000000Z",
        b"start: 2026-11-21T00:00:00.000000Z, stop: 2026-11-22T00:00:00.000000Z",
        b"start: 2026-11-22T00:00:00.000000Z, stop: 2026-11-22T01:00:00.000000Z",
    ]


async def test_the_newest_of_a_name_under_several_tags_is_the_series(
    influx: Misbehaving, source: FluxSource
) -> None:
    influx.answer = server.answers(
        ",result,table,_time,_value,name,unit\r\n"
        ",_result,0,2026-11-20T00:00:30.5Z,40,power,\r\n"
        ",_result,0,2026-11-20T00:00:00Z,20.5,outdoor_temp,°C\r\n"
        ",_result,0,2026-11-19T00:00:00Z,4,power,W\r\n"
        ",_result,0,2026-11-19T00:00:00Z,4,,W\r\n\r\n"
    )
    assert await source.list_series("heatpump") == [
        SeriesInfo("outdoor_temp", "°C", START, 20.5),
        SeriesInfo("power", None, START + timedelta(seconds=30.5), 40.0),
    ]


def buckets_page(names: list[str]) -> str:
    return json.dumps({"buckets": [{"name": name} for name in names]})


async def test_all_pages_of_buckets_are_read(
    influx: Misbehaving, source: FluxSource
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
    found = await source.buckets()
    assert found[0] == Bucket("b120", has_readings=True)
    assert [bucket.name for bucket in found[1:]] == [
        name for name in names[1:] if name != "b120"
    ]


async def test_a_bucket_that_cannot_be_asked_is_still_listed(
    influx: Misbehaving, source: FluxSource
) -> None:
    async def answer(writer: asyncio.StreamWriter) -> None:
        if b"/query" in influx.requests[-1]:
            await server.answers(message("internal error"), 500)(writer)
        else:
            await server.answers(buckets_page(["a"]))(writer)

    influx.answer = answer
    assert await source.buckets() == [Bucket("a", has_readings=False)]


@pytest.mark.parametrize(
    "body", ['{"buckets": 3}', "{}", "[]", "nothing", '{"buckets": [{}]}']
)
async def test_a_list_of_buckets_that_is_none_is_not_influxdb(
    influx: Misbehaving, source: FluxSource, body: str
) -> None:
    influx.answer = server.answers(body)
    with pytest.raises(CannotConnect) as caught:
        await source.buckets()
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
    influx: Misbehaving, make_source: MakeSource
) -> None:
    influx.answer = server.answers("\r\n")
    source = make_source(influx.url)
    await asyncio.gather(source.check(), source.check())
    assert len(influx.requests) == 2
    await source.close()
    await source.close()
    await source.check()


def test_importing_the_source_imports_neither_pandas_nor_numpy() -> None:
    heavy = "{'pandas', 'numpy', 'influxdb_client'}"
    program = f"import sys; import {flux.__name__}; print({heavy} & set(sys.modules))"
    found = subprocess.run(
        [sys.executable, "-c", program], check=True, capture_output=True, text=True
    )
    assert found.stdout.strip() == "set()"


@pytest.mark.parametrize("key", flux_errors.KEYS)
def test_every_cause_has_a_text_that_says_what_to_do(key: str) -> None:
    asked = flux_errors.Asked("h:1", "thermia", "heatpump")
    text = str(flux_errors.error(key, asked, "why"))
    assert text.count(".") >= 2
    assert "{" not in text
