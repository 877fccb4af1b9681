"""Whatever a server answers InfluxqlSource: understood, or one of the four errors."""

import asyncio
from collections.abc import Awaitable, Mapping
from datetime import UTC, datetime, timedelta
import json
import ssl
from typing import Any, cast
from unittest.mock import patch

import aiohttp
from hypothesis import given, settings, strategies as st

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
from custom_components.heatpump_dashboard.sources.influx.answer import SMALL, Answer
from custom_components.heatpump_dashboard.sources.influx.influxql import InfluxqlSource
from custom_components.heatpump_dashboard.sources.influx.influxql_http import (
    InfluxqlClient,
)
from tests.sources.influx.conftest import run

START = datetime(2026, 11, 20, tzinfo=UTC)
SPAN = (START, START + timedelta(hours=1))
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


async def outcome(asking: Awaitable[Any]) -> Any:
    """Return what is answered, None for an error that a source may raise."""
    try:
        return await asking
    except SourceError as err:
        failed = err
    assert type(failed) in (CannotConnect, InvalidAuth, NotFound, QueryFailed)
    assert str(failed).endswith(".")
    return None


async def ask_everything(answer: Answer) -> Mapping[str, Any]:
    """Return what a source makes of the same answer, whatever it is asked."""
    source = Nasty(answer)
    return {
        "check": await outcome(source.check()),
        "buckets": await outcome(source.buckets()),
        "series": await outcome(source.list_series("db")),
        "first": await outcome(source.first_time("db")),
        "readings": await outcome(
            source.readings("db", ["a", "b", "sensor.a", "sensor.a=cold"], [SPAN])
        ),
    }


@given(answers)
@settings(deadline=None, max_examples=300)
def test_every_answer_is_understood_or_one_of_four_errors(answer: Answer) -> None:
    with patch.object(influxql, "_DATABASES_AT_ONCE", 1):
        made = asyncio.run(ask_everything(answer))
    assert all(isinstance(bucket, Bucket) for bucket in made["buckets"] or ())
    assert all(isinstance(info, SeriesInfo) for info in made["series"] or ())
    assert made["first"] is None or made["first"].tzinfo is not None
    if (frame := made["readings"]) is not None:
        assert set(frame) <= {"a", "sensor.a", "sensor.a=cold"}
        assert str(frame.index.dtype) == "datetime64[ns, UTC]"
        assert frame.index.is_monotonic_increasing
        assert frame.index.is_unique
        assert all(dtype == "float64" for dtype in frame.dtypes)
