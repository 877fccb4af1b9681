"""Whatever a server says, a source answers or raises one of its four errors."""

import asyncio
from datetime import UTC, datetime, timedelta
import gzip
import json
import ssl
from typing import Any, cast

import aiohttp
from hypothesis import given, settings, strategies as st

from custom_components.heatpump_dashboard.sources.influx.answer import SMALL, Answer
from custom_components.heatpump_dashboard.sources.influx.flux import FluxSource
from custom_components.heatpump_dashboard.sources.influx.flux_server import FluxServer
from custom_components.heatpump_dashboard.sources.influx.http import FluxClient

from .in_place import run
from .understood import ask_everything, assert_understood

START = datetime(2026, 11, 20, tzinfo=UTC)
DAY = timedelta(days=1)
SPANS = [(START, START + DAY), (START - DAY, START - DAY / 2)]

times = st.sampled_from(
    [
        "2026-11-20T00:00:00Z",
        "2262-04-11T23:47:16.854775807Z",
        "1677-09-21T00:12:43Z",
        "0001-01-01T00:00:00Z",
        "99999-01-01T00:00:00Z",
        "2026-11-20",
        "Z",
        "soon",
    ]
)
values = st.sampled_from(
    ["1", "-48.3", "true", "cold", "", "NaN", "1e999", '"', "\x00"]
)
words = st.text(st.characters(codec="utf-8"), max_size=8)
names = st.sampled_from(
    ["_time", "_value", "name", "unit", "a", "table", "", '"a', "é", "sensor.a"]
)
types = st.sampled_from(["double", "long", "boolean", "string", "nothing"])


@st.composite
def csv(draw: st.DrawFn) -> str:
    """Return what looks like a table of InfluxDB, more or less."""
    columns = draw(
        st.just(["_time", "_value", "_field", "_measurement", "domain", "entity_id"])
        | st.lists(names).map(lambda more: ["_time", *more])
        | st.lists(names).map(lambda more: ["x", *more])
    )
    line = st.lists(times | values | words, max_size=6).map(",".join) | st.tuples(
        times,
        values,
        st.sampled_from(["value", "state", "temperature"]),
        st.just("°C"),
        st.just("sensor"),
        st.just("a"),
    ).map(",".join)
    rows = "\r\n".join(
        f",_result,0,{text}" for text in draw(st.lists(line, max_size=4))
    )
    kinds = ",".join(draw(st.lists(types, max_size=6)))
    head = f"#datatype,string,long,{kinds}\r\n" if draw(st.booleans()) else ""
    end = draw(st.sampled_from(["\r\n\r\n", "\r\n", ""]))
    return f"{head},result,table,{','.join(columns)}\r\n{rows}{end}"


whatever = st.recursive(
    st.none() | st.booleans() | st.floats() | st.integers() | words,
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["buckets", "name", "message", "retentionRules"]) | words,
            inner,
            max_size=3,
        )
    ),
)
rules = st.fixed_dictionaries({"shardGroupDurationSeconds": whatever})
bucket_lists = st.fixed_dictionaries(
    {
        "buckets": st.lists(
            st.fixed_dictionaries(
                {
                    "name": st.just("heatpump") | whatever,
                    "retentionRules": st.lists(rules),
                }
            ),
            max_size=3,
        )
    }
)
bodies = (
    st.binary(max_size=60)
    | csv().map(str.encode)
    | (whatever | bucket_lists).map(lambda content: json.dumps(content).encode())
)
headers = st.fixed_dictionaries(
    {},
    optional={
        "Content-Encoding": st.sampled_from(["gzip", "deflate", "br", "", "é"]),
        "Retry-After": words
        | st.sampled_from(["5", "1e9", "Sat, 28 Nov 2026 99:00 X"]),
        "Date": words,
        "Location": words | st.sampled_from(["/x", "//", "http://[", "http://a:b@c/"]),
    },
)
answers = st.builds(
    lambda status, told, body, packed: Answer(
        status, told, [gzip.compress(body) if packed else body], SMALL
    ),
    st.sampled_from([200, 204, 301, 307, 400, 401, 403, 404, 422, 429, 500, 503, 599]),
    headers,
    bodies,
    st.booleans(),
)


class Nasty:
    """Answers each question with the next of some answers, the last one for ever."""

    def __init__(self, told: list[Answer]) -> None:
        """Take the answers."""
        self._told = told

    async def query(self, *_: Any) -> Answer:
        return self._next()

    async def buckets(self, *_: Any, **words: Any) -> Answer:
        # A list of buckets that is always full would never end.
        return self._next() if not words.get("offset") else Answer(500, {}, [], SMALL)

    def _next(self) -> Answer:
        return self._told.pop(0) if len(self._told) > 1 else self._told[0]


class Asked(FluxSource):
    """A source that asks us instead of a server."""

    def __init__(self, told: list[Answer]) -> None:
        """Take the answers."""
        server = FluxServer(
            session=cast("aiohttp.ClientSession", None),
            ssl_context=ssl.create_default_context(),
            url="http://127.0.0.1:8086",
            token="token",
            organization="home",
            run=run,
        )
        # Then it needs no other.
        server._client = cast("FluxClient", Nasty(told))
        super().__init__(server)


@given(st.lists(answers, min_size=1, max_size=3), st.lists(names | words, max_size=4))
@settings(deadline=None, max_examples=60)
def test_every_answer_is_understood_or_one_of_four_errors(
    told: list[Answer], series: list[str]
) -> None:
    made = asyncio.run(ask_everything(lambda: Asked(list(told)), series, SPANS))
    assert_understood(made, series)
