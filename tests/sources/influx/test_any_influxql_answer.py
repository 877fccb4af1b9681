"""Whatever a server answers InfluxqlSource: understood, or one of the four errors."""

import asyncio
from datetime import UTC, datetime, timedelta
import json
import ssl
from typing import cast
from unittest.mock import patch

import aiohttp
from hypothesis import given, settings, strategies as st

from custom_components.heatpump_dashboard.sources.influx import influxql
from custom_components.heatpump_dashboard.sources.influx.answer import SMALL, Answer
from custom_components.heatpump_dashboard.sources.influx.influxql import InfluxqlSource
from custom_components.heatpump_dashboard.sources.influx.influxql_http import (
    InfluxqlClient,
)
from tests.sources.influx.in_place import run
from tests.sources.influx.understood import ask_everything, assert_understood

START = datetime(2026, 11, 20, tzinfo=UTC)
SPAN = (START, START + timedelta(hours=1))
# The series that answers may be of; nobody tells of another.
TOLD = ("a", "sensor.a", "sensor.a=cold")
# A moment of the span as InfluxDB tells it, in µs since 1970.
MOMENT = round((START.timestamp() + 1) * 1_000_000)

words = st.text(st.characters(codec="utf-8"), max_size=8)
scalars = st.none() | st.booleans() | st.floats() | st.integers() | words
cells = scalars | st.lists(scalars, max_size=2)
rows = st.lists(st.lists(cells, min_size=1, max_size=3), max_size=3)
pairs = st.lists(st.tuples(st.just(MOMENT) | cells, cells), max_size=3)
tags = st.fixed_dictionaries(
    {"name": st.just("a") | cells},
    optional={
        "unit": st.just("") | cells,
        "domain": st.just("sensor") | cells,
        "entity_id": st.just("a") | cells,
    },
)
fields = st.sampled_from(["value", "state", "temperature", "unit_of_measurement_str"])
found = st.fixed_dictionaries(
    {
        "tags": tags,
        "columns": st.tuples(st.just("time"), fields),
        "values": pairs,
    }
) | st.fixed_dictionaries(
    {},
    optional={
        "tags": tags | scalars,
        "columns": st.just(["time", "value"]) | st.lists(cells) | scalars,
        "values": rows | scalars,
        "partial": scalars,
    },
)
statements = st.fixed_dictionaries({"series": st.lists(found, max_size=2)}) | (
    st.fixed_dictionaries({}, optional={"series": scalars, "error": cells})
)
contents = st.fixed_dictionaries({"results": st.lists(statements, max_size=2)}) | (
    st.fixed_dictionaries({}, optional={"results": st.lists(scalars) | scalars})
)
bodies = st.binary(max_size=40) | (contents | cells).map(
    lambda content: json.dumps(content).encode()
)
answers = st.builds(
    lambda status, body: Answer(status, {}, [body], SMALL),
    st.sampled_from([200, 200, 200, 400, 401, 403, 404, 500, 503]),
    bodies,
)


class Nasty(InfluxqlSource):
    """A source that is answered the same, whatever it asks."""

    def __init__(self, answer: Answer) -> None:
        """Take the answer."""
        super().__init__(
            session=cast("aiohttp.ClientSession", None),
            ssl_context=ssl.create_default_context(),
            url="http://127.0.0.1:8086",
            username="me",
            password="any password",
            run=run,
        )
        self._told = answer

    def _client(self) -> InfluxqlClient:
        return cast("InfluxqlClient", self)

    async def query(self, *_: object, **__: object) -> Answer:
        return self._told


@given(answers)
@settings(deadline=None, max_examples=300)
def test_every_answer_is_understood_or_one_of_four_errors(answer: Answer) -> None:
    with patch.object(influxql, "_DATABASES_AT_ONCE", 1):
        made = asyncio.run(ask_everything(lambda: Nasty(answer), [*TOLD, "b"], [SPAN]))
    assert_understood(made, TOLD)
