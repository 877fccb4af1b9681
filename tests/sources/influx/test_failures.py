"""FluxSource and all that can go wrong between it and InfluxDB."""

import asyncio
from datetime import UTC, datetime, timedelta
import json
from pathlib import Path
import socket
import ssl

import aiohttp
from aiohttp.abc import AbstractResolver, ResolveResult
import pytest

from custom_components.heatpump_dashboard.sources import (
    CannotConnect,
    InvalidAuth,
    NotFound,
    QueryFailed,
    SourceError,
)
from custom_components.heatpump_dashboard.sources.influx import errors, flux_server
from custom_components.heatpump_dashboard.sources.influx.flux import FluxSource
from tests.sources.influx.conftest import TOKEN, MakeSource
from tests.support import misbehaving as server
from tests.support.certificate import self_signed
from tests.support.misbehaving import Answer, Misbehaving, misbehaving

START = datetime(2026, 11, 20, tzinfo=UTC)
STOP = START + timedelta(hours=1)
HEAD = ",result,table,_time,outdoor_temp\r\n"
ROW = ",_result,0,2026-11-20T00:00:00Z,-2.6\r\n"
ERROR = "\r\n,error,reference\r\n,runtime error: out of memory,\r\n"
PAGE = "<!DOCTYPE html><html><body>Please log in</body></html>"


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(flux_server, "QUICK_TIMEOUT_S", 0.2)
    monkeypatch.setattr(flux_server, "QUERY_TIMEOUT_S", 0.2)


async def failure(source: FluxSource) -> SourceError:
    """Return the error of reading; it says what to do and keeps the token secret."""
    with pytest.raises(SourceError) as caught:
        await source.readings("heatpump", ["outdoor_temp"], [(START, STOP)])
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
    flux_source: FluxSource,
    answer: Answer,
    kind: type[SourceError],
    key: str,
) -> None:
    influx.answer = answer
    error = await failure(flux_source)
    assert (type(error), error.key) == (kind, key)


async def test_a_server_without_http_is_not_influxdb(
    influx: Misbehaving, flux_source: FluxSource
) -> None:
    influx.answer = server.says(b"220 mail.example ESMTP\r\n")
    error = await failure(flux_source)
    assert error.key == "not_influxdb"
    assert error.placeholders["reason"] == "its answer is no HTTP"


@pytest.mark.usefixtures("impatient")
@pytest.mark.parametrize(
    "answer",
    [server.waits(), server.waits(HEAD + ROW)],
    ids=["no_answer", "half_answer"],
)
async def test_a_slow_server_times_out_and_does_not_cancel_us(
    influx: Misbehaving, flux_source: FluxSource, answer: Answer
) -> None:
    influx.answer = answer
    error = await failure(flux_source)
    assert (type(error), error.key) == (CannotConnect, "timeout")
    task = asyncio.current_task()
    assert task is not None
    assert task.cancelling() == 0


@pytest.mark.parametrize(
    "answer",
    [server.waits(), server.waits(HEAD + ROW)],
    ids=["no_answer", "half_answer"],
)
async def test_cancellation_passes_through_at_once_and_hangs_up(
    influx: Misbehaving, flux_source: FluxSource, answer: Answer
) -> None:
    influx.answer = answer
    reading = asyncio.create_task(
        flux_source.readings("heatpump", ["a"], [(START, STOP)])
    )
    while not influx.requests:
        await asyncio.sleep(0.01)
    reading.cancel()
    async with asyncio.timeout(1):
        with pytest.raises(asyncio.CancelledError):
            await reading
        await influx.left.wait()


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
        frame = await source.readings("heatpump", ["outdoor_temp"], [(START, STOP)])
    assert len(frame) == 1


@pytest.mark.parametrize(
    "url",
    ["", "http://me:word@127.0.0.1", "ftp://127.0.0.1", "http://", "http://h:port"],
)
async def test_what_is_no_address_is_told(make_source: MakeSource, url: str) -> None:
    error = await failure(make_source(url))
    assert (type(error), error.key) == (CannotConnect, "not_influxdb")


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
async def test_a_redirect_is_named_and_not_followed_with_the_token(
    influx: Misbehaving, flux_source: FluxSource, status: int
) -> None:
    async with misbehaving() as elsewhere:
        target = f"{elsewhere.url}/db/api/v2/query?org=thermia&token={TOKEN}"
        influx.answer = server.answers("", status, more=f"Location: {target}\r\n")
        error = await failure(flux_source)
        assert (type(error), error.key) == (CannotConnect, "redirect")
        assert error.placeholders["reason"] == f"{elsewhere.url}/db"
        assert f"{elsewhere.url}/db" in str(error)
        assert elsewhere.requests == []


@pytest.mark.parametrize("more", ["", "Location: http://h:port/\r\n", "Location:\r\n"])
async def test_a_redirect_to_nowhere_is_not_influxdb(
    influx: Misbehaving, flux_source: FluxSource, more: str
) -> None:
    influx.answer = server.answers("", 302, more=more)
    error = await failure(flux_source)
    assert (error.key, error.placeholders["reason"]) == ("not_influxdb", "HTTP 302")


@pytest.mark.parametrize("token", ["two\nlines", "nothing\0behind"])
async def test_a_token_that_cannot_be_sent_is_invalid(
    influx: Misbehaving, make_source: MakeSource, token: str
) -> None:
    with pytest.raises(InvalidAuth):
        await make_source(influx.url, token=token).check()
    assert influx.requests == []


async def test_an_address_with_a_password_is_refused_and_not_told(
    influx: Misbehaving, make_source: MakeSource
) -> None:
    error = await failure(make_source(influx.url.replace("//", "//me:secret-word@")))
    assert error.key == "not_influxdb"
    assert "secret-word" not in str(error) + repr(error.placeholders)
    assert influx.requests == []


async def test_a_long_message_is_shortened_to_one_line(
    influx: Misbehaving, flux_source: FluxSource
) -> None:
    influx.answer = server.answers(message("word\n\n" * 1000), 400)
    error = await failure(flux_source)
    assert len(error.placeholders["reason"]) <= 200
    assert "\n" not in str(error)


DATE = "Date: Sat, 28 Nov 2026 20:00:00 GMT\r\n"


@pytest.mark.parametrize("status", [429, 503])
@pytest.mark.parametrize(
    ("told", "seconds"),
    [
        ("120", 120.0),
        (" 1.5 ", 1.5),
        ("99999999", 3600.0),
        ("9" * 5000, 3600.0),
        ("Sat, 28 Nov 2026 20:01:30 GMT", 90.0),
        ("Saturday, 28-Nov-26 20:01:30 GMT", 90.0),
        ("Sat, 28 Nov 2999 20:01:30 GMT", 3600.0),
        ("Sat, 28 Nov 2026 19:59:00 GMT", None),
        ("0", None),
        ("-5", None),
        ("nan", None),
        ("inf", None),
        ("soon", None),
        ("", None),
        ("Sat, 99 Nov 2026 20:01:30 GMT", None),
    ],
)
async def test_how_long_a_server_wants_to_be_left_alone_is_told(
    influx: Misbehaving,
    flux_source: FluxSource,
    status: int,
    told: str,
    seconds: float | None,
) -> None:
    more = f"{DATE}Retry-After: {told}\r\n"
    influx.answer = server.answers(message("busy"), status, more=more)
    assert (await failure(flux_source)).retry_after == seconds


async def test_a_server_that_does_not_say_how_long_is_asked_as_usual(
    influx: Misbehaving, flux_source: FluxSource
) -> None:
    influx.answer = server.answers(message("busy"), 429)
    assert (await failure(flux_source)).retry_after is None
    influx.answer = server.answers(message("no"), 401, more="Retry-After: 5\r\n")
    assert (await failure(flux_source)).retry_after is None


@pytest.mark.parametrize("key", errors.KEYS)
def test_every_cause_has_a_text_that_says_what_to_do(key: str) -> None:
    asked = errors.Asked("h:1", "thermia", "heatpump")
    text = str(errors.error(key, asked, "why"))
    assert text.count(".") >= 2
    assert "{" not in text
