"""InfluxqlSource: what it asks, what it makes of the answers, and how it fails."""

import asyncio
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
import json
import socket
import ssl
import subprocess
import sys
from typing import Any
from urllib.parse import parse_qs, unquote_plus

import aiohttp
from hypothesis import given, strategies as st
import pytest

from custom_components.heatpump_dashboard.sources import (
    Bucket,
    CannotConnect,
    InvalidAuth,
    NotFound,
    QueryFailed,
    SeriesInfo,
    SourceError,
)
from custom_components.heatpump_dashboard.sources.influx import influxql
from custom_components.heatpump_dashboard.sources.influx.influxql import InfluxqlSource
from custom_components.heatpump_dashboard.sources.influx.influxql_query import (
    can_be_asked,
    instant,
    name,
    readings,
    text,
)
from tests.sources.influx.conftest import run
from tests.support import misbehaving as server
from tests.support.misbehaving import Answer as Behaviour, Misbehaving, misbehaving

START = datetime(2026, 11, 20, tzinfo=UTC)
HOUR = timedelta(hours=1)
SPAN = (START, START + HOUR)
US = 1_000_000
PASSWORD = "password-that-must-not-be-seen"
PAGE = "<!DOCTYPE html><html><body>Please log in</body></html>"
NO_RESULT = json.dumps({"results": [{"statement_id": 0}]})


def series(series_name: str, *rows: list[object], **more: object) -> dict[str, object]:
    """Return a series as InfluxDB tells it."""
    usual = {
        "name": "heatpump",
        "tags": {"name": series_name, "unit": ""},
        "columns": ["time", "value"],
        "values": list(rows),
    }
    return usual | more


def told(*found: dict[str, object], **more: object) -> str:
    """Return an answer with series to one statement."""
    return json.dumps({"results": [{"statement_id": 0, "series": found, **more}]})


def refusal(reason: str) -> str:
    """Return an answer that says no, under HTTP 200."""
    return json.dumps({"results": [{"statement_id": 0, "error": reason}]})


def at(seconds: float) -> int:
    """Return a time of the span as InfluxDB tells it."""
    return round((START.timestamp() + seconds) * US)


GOOD = told(series("a", [at(0), 1.5]))


@pytest.fixture
def influxql_source(
    influx: Misbehaving, session: aiohttp.ClientSession
) -> InfluxqlSource:
    return make(session, influx.url)


def make(session: aiohttp.ClientSession, url: str, **changed: object) -> InfluxqlSource:
    words: dict[str, Any] = {
        "ssl_context": ssl.create_default_context(),
        "username": "me",
        "password": PASSWORD,
        "run": run,
    }
    return InfluxqlSource(session=session, url=url, **(words | changed))


def asked(request: bytes) -> Mapping[str, list[str]]:
    """Return the words of a request."""
    return parse_qs(request.split(b"\r\n\r\n")[1].decode())


async def test_what_is_asked(
    influx: Misbehaving, influxql_source: InfluxqlSource
) -> None:
    """One statement for each type and span; the login is no part of the address."""
    influx.answer = server.answers(NO_RESULT)
    later = (START + 4 * HOUR, START + 5 * HOUR)
    await influxql_source.readings("db/rp", ["a'b", "c"], [SPAN, later])
    (request,) = influx.requests
    assert request.startswith(b"POST /query HTTP/1.1")
    assert b"Authorization: Basic " in request
    words = asked(request)
    assert (words["db"], words["rp"], words["epoch"]) == (["db"], ["rp"], ["u"])
    statements = words["q"][0].split("; ")
    assert len(statements) == 6
    head, condition = statements[0].split(" WHERE ")
    assert head == 'SELECT ("value"::float) AS "value" FROM "heatpump"'
    assert condition == (
        f"time >= {at(0)}u AND time < {at(3600)}u"
        """ AND ("name" = 'a\\'b' OR "name" = 'c') GROUP BY "name\""""
    )


@pytest.mark.parametrize(
    ("login", "header"),
    [
        ({"username": "", "password": ""}, None),
        ({"username": "", "password": "a.token"}, b"Authorization: Token a.token"),
        ({"username": " å ", "password": "b:c"}, b"Authorization: Basic w6U6Yjpj"),
    ],
)
async def test_how_it_is_let_in(
    influx: Misbehaving,
    session: aiohttp.ClientSession,
    login: Mapping[str, str],
    header: bytes | None,
) -> None:
    influx.answer = server.answers(NO_RESULT)
    await make(session, influx.url, **login).check()
    (request,) = influx.requests
    assert header is None or header in request
    assert header is not None or b"Authorization" not in request


async def test_nothing_wanted_asks_nothing(
    influx: Misbehaving, influxql_source: InfluxqlSource
) -> None:
    for wanted, spans in (([], [SPAN]), (["a"], []), (["", "\r", "\0"], [SPAN])):
        assert (await influxql_source.readings("db", wanted, spans)).empty
    assert influx.requests == []


async def test_moments_of_all_series_and_types_become_rows(
    influx: Misbehaving, influxql_source: InfluxqlSource
) -> None:
    """Each moment once, of several values of one the last; only numbers are values."""
    influx.answer = server.answers(
        json.dumps(
            {
                "results": [
                    {"series": [series("b", [at(30), 1], [at(30), 2], [at(0.5), 3])]},
                    {"series": [series("b", [at(60), True], [at(61), False])]},
                    {"series": [series("a", [at(0.5), " 7"], [at(90), "cold"])]},
                    {"series": [series("a", [at(91), None], [at(92), "true"])]},
                    {"series": [series("other", [at(0), 1])]},
                    {},
                ]
            }
        )
    )
    frame = await influxql_source.readings("db", ["a", "b"], [SPAN])
    seconds = [(time - START).total_seconds() for time in frame.index]
    assert seconds == [0.5, 30, 60, 61]
    assert frame["b"].tolist() == [3, 2, 1, 0]
    assert frame["a"].dropna().tolist() == [7]
    assert list(frame) == ["a", "b"]
    assert str(frame.index.dtype) == "datetime64[ns, UTC]"
    assert frame.index.name == "time"


async def test_the_newest_of_a_name_is_the_series(
    influx: Misbehaving, influxql_source: InfluxqlSource
) -> None:
    watts = {"tags": {"name": "power", "unit": "W"}}
    found = told(
        series("power", [at(30.5), 40]),
        series("power", [at(0), 4], **watts),
        series("", [at(60), 4]),
        series("mode", [at(60), "cold"]),
    )

    async def answer(writer: asyncio.StreamWriter) -> None:
        exported = "/.*/" in unquote_plus(influx.requests[-1].decode())
        await server.answers(NO_RESULT if exported else found)(writer)

    influx.answer = answer
    first, second = await influxql_source.list_series("db")
    assert (first.name, str(first.last_value)) == ("mode", "nan")
    moment = START + timedelta(seconds=30.5)
    assert second == SeriesInfo("power", None, moment, 40.0)


async def test_an_export_that_cannot_be_listed_hides_no_series_of_a_collector(
    influx: Misbehaving, influxql_source: InfluxqlSource
) -> None:
    async def answer(writer: asyncio.StreamWriter) -> None:
        exported = "/.*/" in unquote_plus(influx.requests[-1].decode())
        await server.answers(refusal("too much") if exported else GOOD)(writer)

    influx.answer = answer
    (info,) = await influxql_source.list_series("db")
    assert info.name == "a"


async def test_a_database_that_cannot_be_asked_is_still_listed(
    influx: Misbehaving, influxql_source: InfluxqlSource
) -> None:
    async def answer(writer: asyncio.StreamWriter) -> None:
        request = unquote_plus(influx.requests[-1].decode())
        if "SHOW DATABASES" in request:
            names = [["_internal"], ["b"], ["a"], ["locked"], ["un\rspeakable"]]
            listed = series("", values=names, columns=["name"])
            await server.answers(told(listed))(writer)
        elif '"locked"' in request:
            await server.answers('{"error": "no right"}', 403)(writer)
        elif "SHOW RETENTION" in request:
            rows = [["autogen", "0s", 1, True], ["year", "52w", 1, False]]
            columns = ["name", "duration", "replicaN", "default"]
            await server.answers(told(series("", values=rows, columns=columns)))(writer)
        elif "db=a" in request:
            await server.answers(refusal("what a pity"))(writer)
        else:
            await server.answers(GOOD if "rp=" in request else NO_RESULT)(writer)

    influx.answer = answer
    assert await influxql_source.buckets() == [
        Bucket("b/year", has_readings=True),
        Bucket("a", has_readings=False),
        Bucket("a/year", has_readings=False),
        Bucket("b", has_readings=False),
        Bucket("locked", has_readings=False),
    ]


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


def test_importing_the_source_imports_no_pandas() -> None:
    """It is imported where a config flow is: in the event loop."""
    code = (
        "import sys; import custom_components.heatpump_dashboard.sources.influx.influxql;"
        "assert not {'pandas', 'numpy', 'influxdb_client'} & set(sys.modules)"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


words = st.text(st.characters(codec="utf-8"), max_size=8)


@given(words)
def test_a_literal_ends_where_it_should(value: str) -> None:
    """As InfluxQL's scanner reads it: up to a quote that no backslash stands before."""
    for quoted, quote in ((text(value), "'"), (name(value), '"')):
        inner = quoted[1:-1].replace("\\\\", "").replace(f"\\{quote}", "")
        assert quoted[0] == quoted[-1] == quote
        assert quote not in inner
        assert "\n" not in inner
        assert inner.replace("\\n", "").count("\\") == 0


def test_a_time_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="zone"):
        instant(datetime(2026, 11, 20))
    assert instant(datetime(1970, 1, 1, 0, 0, 0, 7, UTC)) == "7u"
    assert not can_be_asked("a\rb")
    assert readings(["a"]) == ()
