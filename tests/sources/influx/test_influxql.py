"""InfluxqlSource: what it asks, and what it makes of the answers."""

import asyncio
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
import json
import subprocess
import sys
from urllib.parse import unquote_plus

import aiohttp
from hypothesis import given, strategies as st
import pytest

from custom_components.heatpump_dashboard.sources import Bucket, SeriesInfo
from custom_components.heatpump_dashboard.sources.influx.influxql import InfluxqlSource
from custom_components.heatpump_dashboard.sources.influx.influxql_query import (
    can_be_asked,
    instant,
    name,
    readings,
    text,
)
from tests.support import misbehaving as server
from tests.support.misbehaving import Misbehaving

from .influxql_answers import (
    GOOD,
    HOUR,
    NO_RESULT,
    SPAN,
    START,
    asked,
    at,
    make,
    refusal,
    series,
    told,
)


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
        """ AND ("name" = 'a\\'b' OR "name" = 'c') GROUP BY *"""
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


@pytest.mark.parametrize(
    ("typed", "listed"),
    [
        ("heatpump", "heatpump"),
        ("heatpump/", "heatpump"),
        ("heatpump/autogen", "heatpump"),
        ("heatpump/year", "heatpump/year"),
        ("heatpump/unknown", "heatpump/unknown"),
    ],
)
async def test_a_bucket_has_one_name_however_it_is_typed(
    influx: Misbehaving, influxql_source: InfluxqlSource, typed: str, listed: str
) -> None:
    """Else one database would be several heat pumps."""
    columns = {"columns": ["name", "duration", "default"], "name": ""}
    policies = series("", ["autogen", "0s", True], ["year", "9h", False], **columns)
    influx.answer = server.answers(told(policies))
    assert await influxql_source.bucket_name(typed) == listed


async def test_a_bucket_is_called_as_typed_where_its_policies_are_not_told(
    influx: Misbehaving, influxql_source: InfluxqlSource
) -> None:
    influx.answer = server.answers(refusal("unsupported"))
    assert await influxql_source.bucket_name("heatpump/x") == "heatpump/x"
