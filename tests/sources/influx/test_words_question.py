"""What is told in words is asked beside the list of series, and never costs it."""

import asyncio
from typing import Any

import pytest

from custom_components.heatpump_dashboard.sources.influx import (
    flux_query,
    influxql_query,
)
from custom_components.heatpump_dashboard.sources.influx.answer import SMALL
from custom_components.heatpump_dashboard.sources.influx.flux import FluxSource
from custom_components.heatpump_dashboard.sources.influx.influxql import InfluxqlSource
from custom_components.heatpump_dashboard.sources.influx.layouts import MOST_WORDS
from tests.support import misbehaving as server
from tests.support.misbehaving import Misbehaving

from .influxql_answers import NO_RESULT, refusal, series, told

COLUMNS = ",result,table,_time,_value,_field,_measurement,domain,entity_id\r\n"
AT = "2026-11-20T00:00:00Z"
NEWEST = (
    f"#datatype,string,long,dateTime:RFC3339,double,string,string,string,string\r\n"
    f"{COLUMNS},_result,0,{AT},40,value,°C,sensor,supply\r\n\r\n"
    f"#datatype,string,long,dateTime:RFC3339,string,string,string,string,string\r\n"
    f"{COLUMNS},_result,0,{AT},{AT},state,seen,sensor,seen\r\n\r\n"
)
TAGS = [{"domain": "sensor", "entity_id": name} for name in ("supply", "seen")]
NEWEST_QL = told(
    series("", [0, 40.0], name="°C", tags=TAGS[0]),
    series("", [0, AT], name="seen", tags=TAGS[1], columns=["time", "state"]),
)
TOO_MUCH = "x" * (SMALL + 1)
CUT = refusal("max-row-limit exceeded")


def answering(influx: Misbehaving, newest: str, words: str, nothing: str) -> None:
    async def answer(writer: asyncio.StreamWriter) -> None:
        asked = influx.requests[-1]
        text = words if b"distinct" in asked else newest
        known = b"distinct" in asked or b"entity_id" in asked
        await server.answers(text if known else nothing)(writer)

    influx.answer = answer


@pytest.mark.parametrize("words", [TOO_MUCH, "no table"], ids=["much", "foreign"])
async def test_a_flux_list_is_told_without_the_words_that_cannot_be(
    influx: Misbehaving, flux_source: FluxSource, words: str
) -> None:
    answering(influx, NEWEST, words, "\r\n")
    found = await flux_source.list_series("home")
    assert [info.name for info in found] == ["sensor.seen", "sensor.supply"]


@pytest.mark.parametrize(
    "words", [TOO_MUCH, CUT, "no JSON"], ids=["much", "cut", "foreign"]
)
async def test_an_influxql_list_is_told_without_the_words_that_cannot_be(
    influx: Misbehaving, influxql_source: InfluxqlSource, words: str
) -> None:
    answering(influx, NEWEST_QL, words, NO_RESULT)
    found = await influxql_source.list_series("home")
    assert [info.name for info in found] == ["sensor.seen", "sensor.supply"]


def test_no_more_words_are_asked_for_than_tell_that_they_are_too_many() -> None:
    flux = flux_query.words_exported("home")
    assert flux.endswith(f"|> distinct() |> limit(n: {MOST_WORDS + 1})")
    for statement in influxql_query.words_exported():
        assert statement.endswith(f'"entity_id" LIMIT {MOST_WORDS + 1}')


async def test_too_many_words_are_none(
    influx: Misbehaving, influxql_source: InfluxqlSource
) -> None:
    rows: Any = [[0, f"word {number}"] for number in range(MOST_WORDS + 1)]
    many = series("", *rows, name="seen", tags=TAGS[1], columns=["time", "state"])
    answering(influx, NEWEST_QL, told(many), NO_RESULT)
    found = await influxql_source.list_series("home")
    assert {info.name: info.words for info in found} == {
        "sensor.seen": (),
        "sensor.supply": (),
    }
