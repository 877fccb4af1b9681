"""InfluxqlSource where something goes wrong."""

import asyncio
from collections.abc import Mapping
import socket

import aiohttp
import pytest

from custom_components.heatpump_dashboard.sources import (
    CannotConnect,
    InvalidAuth,
    NotFound,
    QueryFailed,
    SourceError,
)
from custom_components.heatpump_dashboard.sources.influx import influxql
from custom_components.heatpump_dashboard.sources.influx.influxql import InfluxqlSource
from tests.support import misbehaving as server
from tests.support.misbehaving import Answer as Behaviour, Misbehaving, misbehaving

from .influxql_answers import (
    GOOD,
    HOUR,
    PAGE,
    PASSWORD,
    SPAN,
    START,
    US,
    asked,
    at,
    make,
    refusal,
    series,
    told,
)


async def failure(source: InfluxqlSource) -> SourceError:
    """Return the error of reading; it says what to do and keeps the password secret."""
    with pytest.raises(SourceError) as caught:
        await source.readings("heatpump", ["a"], [SPAN])
    said = str(caught.value)
    assert said[-1] == "."
    assert "{" not in said
    assert PASSWORD not in said + repr(caught.value.placeholders)
    return caught.value


@pytest.mark.parametrize(
    ("answer", "kind", "key"),
    [
        (
            server.answers('{"error": "authorization failed"}', 401),
            InvalidAuth,
            "invalid_auth",
        ),
        (server.answers('{"error": "no READ"}', 403), NotFound, "bucket_not_found"),
        (
            server.answers(refusal("database not found: heatpump")),
            NotFound,
            "bucket_not_found",
        ),
        (
            server.answers(refusal("retention policy not found: x")),
            NotFound,
            "bucket_not_found",
        ),
        (server.answers(refusal("timeout")), QueryFailed, "query_failed"),
        (server.answers(refusal("not executed")), QueryFailed, "query_failed"),
        (server.answers('{"error": "timeout"}'), QueryFailed, "query_failed"),
        (
            server.answers(GOOD[:-1] + ', "error": "timeout"}'),
            QueryFailed,
            "query_failed",
        ),
        (
            server.answers('{"error": "database not found: heatpump"}'),
            NotFound,
            "bucket_not_found",
        ),
        (
            server.answers('{"error": "error parsing query"}', 400),
            QueryFailed,
            "query_failed",
        ),
        (server.answers('{"error": "a"}', 500), CannotConnect, "server_error"),
        (server.answers("", 503), CannotConnect, "starting"),
        (server.answers("404 page not found\n", 404), CannotConnect, "not_influxdb"),
        (server.answers(PAGE, 200, "text/html"), CannotConnect, "not_influxdb"),
        (server.answers(PAGE, 401, "text/html"), CannotConnect, "not_influxdb"),
        (server.answers('{"status": "ok"}'), CannotConnect, "not_influxdb"),
        (server.answers('{"results": 5}'), CannotConnect, "not_influxdb"),
        (server.answers("[]"), CannotConnect, "not_influxdb"),
        (server.answers(told(series("a", [1]))), CannotConnect, "not_influxdb"),
        (server.answers(told(series("a", ["x", 1]))), CannotConnect, "not_influxdb"),
        (server.answers(GOOD.replace("1.5", "{}")), CannotConnect, "not_influxdb"),
        (server.says(b"220 mail.example ESMTP\r\n"), CannotConnect, "not_influxdb"),
        (
            server.answers("Client sent an HTTP request to an HTTPS server.\n", 400),
            CannotConnect,
            "tls",
        ),
        (server.answers(GOOD[:-1]), CannotConnect, "cut_off"),
        (server.answers(GOOD[:5]), CannotConnect, "cut_off"),
        (server.answers(""), CannotConnect, "cut_off"),
        (server.announces_more(GOOD), CannotConnect, "cut_off"),
        (server.stops_between_chunks(GOOD[:-9]), CannotConnect, "cut_off"),
        (server.ends_by_hanging_up(GOOD[:-9]), CannotConnect, "cut_off"),
        (server.hangs_up(), CannotConnect, "cut_off"),
        (server.packed(" " * 70_000_000 + GOOD), QueryFailed, "too_large"),
        (server.never_ends(b" " * 2**20), QueryFailed, "too_large"),
        (server.packed(GOOD, "br"), CannotConnect, "not_influxdb"),
    ],
)
async def test_what_goes_wrong_has_one_cause(
    influx: Misbehaving,
    influxql_source: InfluxqlSource,
    answer: Behaviour,
    kind: type[SourceError],
    key: str,
) -> None:
    influx.answer = answer
    failed = await failure(influxql_source)
    assert (type(failed), failed.key) == (kind, key)


@pytest.mark.parametrize("time", [None, "2026-11-20T00:00:00Z", 10**18])
async def test_a_time_that_is_none_is_not_influxdb(
    influx: Misbehaving, influxql_source: InfluxqlSource, time: object
) -> None:
    influx.answer = server.answers(told(series("a", [time, 1.5])))
    for asking in (influxql_source.first_time("a"), influxql_source.list_series("a")):
        with pytest.raises(CannotConnect) as caught:
            await asking
        assert caught.value.key == "not_influxdb"


async def test_a_user_who_may_nothing_at_all_is_told(
    influx: Misbehaving, influxql_source: InfluxqlSource
) -> None:
    influx.answer = server.answers('{"error": "no right"}', 403)
    with pytest.raises(InvalidAuth) as caught:
        await influxql_source.check()
    assert caught.value.key == "forbidden"


async def test_what_is_packed_is_read(
    influx: Misbehaving, influxql_source: InfluxqlSource
) -> None:
    influx.answer = server.packed(GOOD)
    assert len(await influxql_source.readings("db", ["a"], [SPAN])) == 1


async def test_why_several_statements_failed_is_asked_of_one(
    influx: Misbehaving, influxql_source: InfluxqlSource
) -> None:
    async def answer(writer: asyncio.StreamWriter) -> None:
        together = "; " in asked(influx.requests[-1])["q"][0]
        reason = "not executed" if together else "database not found: heatpump"
        await server.answers(refusal(reason))(writer)

    influx.answer = answer
    assert (await failure(influxql_source)).key == "bucket_not_found"
    assert len(influx.requests) == 2


@pytest.mark.parametrize("where", ["series", "statement"])
async def test_where_the_server_cuts_less_is_asked_for(
    influx: Misbehaving, influxql_source: InfluxqlSource, where: str
) -> None:
    async def answer(writer: asyncio.StreamWriter) -> None:
        statement = asked(influx.requests[-1])["q"][0].split("; ")[0]
        begin, end = (int(word[:-1]) for word in statement.split() if word[-2:] == "0u")
        cut: dict[str, object] = {"partial": True} if end - begin > 900 * US else {}
        rows = series("a", [begin, 1], **(cut if where == "series" else {}))
        await server.answers(told(rows, **(cut if where == "statement" else {})))(
            writer
        )

    influx.answer = answer
    frame = await influxql_source.readings("db", ["a"], [SPAN, (START + 2 * HOUR,) * 2])
    assert [(t - START).total_seconds() for t in frame.index] == [0, 900, 1800, 2700]
    later = (START + 2 * HOUR, START + 3 * HOUR)
    assert len(await influxql_source.readings("db", ["a"], [SPAN, later])) == 8


async def test_a_server_that_cuts_whatever_is_asked_for_is_told(
    influx: Misbehaving, influxql_source: InfluxqlSource
) -> None:
    influx.answer = server.answers(told(series("a", [at(0), 1], partial=True)))
    failed = await failure(influxql_source)
    assert failed.key == "query_failed"
    assert "max-row-limit" in str(failed)
    assert len(influx.requests) < 10


@pytest.mark.parametrize("first", [None, GOOD[:9]], ids=["no_answer", "half_answer"])
async def test_a_slow_server_times_out_and_does_not_cancel_us(
    influx: Misbehaving,
    influxql_source: InfluxqlSource,
    first: str | None,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(influxql, "QUERY_TIMEOUT_S", 0.2)
    influx.answer = server.waits(first)
    assert (await failure(influxql_source)).key == "timeout"
    task = asyncio.current_task()
    assert task is not None
    assert task.cancelling() == 0


async def test_nobody_listening_is_refused(session: aiohttp.ClientSession) -> None:
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{unused.getsockname()[1]}"
        assert (await failure(make(session, url))).key == "refused"


async def test_a_redirect_is_named_and_not_followed_with_the_password(
    influx: Misbehaving, influxql_source: InfluxqlSource
) -> None:
    async with misbehaving() as elsewhere:
        more = f"Location: {elsewhere.url}/db/query?p={PASSWORD}\r\n"
        influx.answer = server.answers("", 307, more=more)
        failed = await failure(influxql_source)
        assert failed.key == "redirect"
        assert failed.placeholders["reason"] == f"{elsewhere.url}/db"
        assert elsewhere.requests == []


@pytest.mark.parametrize(
    ("wrong", "kind"),
    [
        ({"url": "ftp://127.0.0.1"}, CannotConnect),
        ({"url": "http://me:secret-word@127.0.0.1"}, CannotConnect),
        ({"username": "a:b"}, InvalidAuth),
        ({"username": "", "password": "two\nlines"}, InvalidAuth),
    ],
)
async def test_what_cannot_be_sent_is_told(
    influx: Misbehaving,
    session: aiohttp.ClientSession,
    wrong: Mapping[str, str],
    kind: type[SourceError],
) -> None:
    with pytest.raises(kind) as caught:
        await make(session, **({"url": influx.url} | wrong)).check()
    assert "secret-word" not in str(caught.value) + repr(caught.value.placeholders)
    assert influx.requests == []


async def test_closing_leaves_the_session(
    influxql_source: InfluxqlSource, session: aiohttp.ClientSession
) -> None:
    await influxql_source.close()
    assert not session.closed
