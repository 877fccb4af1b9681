"""InfluxDB 1 as a source, asked in InfluxQL; the door to 2 where it is mapped."""

import asyncio
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import datetime
from functools import partial
import ssl
from typing import TYPE_CHECKING, override

import aiohttp
from yarl import URL

from .. import (
    Bucket,
    InvalidAuth,
    QueryFailed,
    Run,
    SeriesInfo,
    Source,
    SourceError,
    Times,
)
from . import influxql_answers, influxql_query
from .address import normalise_url
from .answer import SMALL, limit
from .errors import Asked, error, is_cut, is_unexplained
from .exchange import QUERY_TIMEOUT_S, QUICK_TIMEOUT_S, exchange
from .influxql_http import InfluxqlClient
from .influxql_query import Statements
from .joining import join
from .layouts import Exported, exported, with_words
from .results import results
from .shards import halves, questions

if TYPE_CHECKING:
    import pandas as pd

_DATABASES_AT_ONCE = 4
# A value in JSON: its time, its digits, what stands between.
_VALUE_BYTES = 32

# Makes the question for some spans.
type _Ask = Callable[..., Statements]
# Makes a frame of an answer, of the wanted spans.
type _Parse = Callable[..., pd.DataFrame]


class InfluxqlSource(Source):
    """Reads what the collector has written to an InfluxDB 1 server.

    A bucket is a database, `database/policy` where another retention policy than the
    default is meant. The session is Home Assistant's: it is used, never closed. All
    answers are read in the executor.
    """

    def __init__(
        self,
        *,
        session: aiohttp.ClientSession,
        ssl_context: ssl.SSLContext,
        url: str,
        username: str,
        password: str,
        run: Run,
    ) -> None:
        """Keep what is needed to ask; nothing is sent yet.

        Where the server asks for no login both words are empty. A password without a
        user is a token of InfluxDB 2.
        """
        self._session = session
        self._ssl_context = ssl_context
        address = normalise_url(url)
        self._url = URL(address) if address else None
        self._username = username.strip()
        self._password = password
        self._run = run
        host = self._url.authority if self._url else url.rpartition("@")[2]
        # What an organisation has elsewhere, here the server has.
        self._asked = Asked(host, organization=host)
        if self._url:
            self._asked = replace(self._asked, url=self._url)

    @override
    async def check(self) -> None:
        """Return if InfluxDB answers and lets us in."""
        await self._ask(influxql_query.NOTHING, influxql_answers.names)

    @override
    async def buckets(self) -> list[Bucket]:
        """Return the readable databases: those with readings first, then by name."""
        names = await self._ask(influxql_query.NOTHING, influxql_answers.names)
        at_once = asyncio.Semaphore(_DATABASES_AT_ONCE)
        found = await asyncio.gather(
            *(
                self._buckets(name, at_once)
                for name in names
                if not name.startswith("_") and influxql_query.can_be_asked(name)
            )
        )
        return sorted(
            (bucket for buckets in found for bucket in buckets),
            key=lambda bucket: (not bucket.has_readings, bucket.name.casefold()),
        )

    @override
    async def bucket_name(self, bucket: str) -> str:
        """Return the name of a database alone where its default policy is meant."""
        database, _, policy = bucket.partition("/")
        if not policy or not influxql_query.can_be_asked(database):
            return database
        with suppress(QueryFailed):
            # A server that does not tell its policies has what is asked for, or not.
            found = await self._ask(
                influxql_query.policies(database), influxql_answers.policies
            )
            if any(one.is_default and one.name == policy for one in found):
                return database
        return bucket

    @override
    async def list_series(self, bucket: str) -> list[SeriesInfo]:
        """Return the series of the last 30 days, by name.

        A name that has been written under several types or units is one series: its
        unit and value are the newest. Those of the collector come first.
        """
        own = await self._ask(
            influxql_query.newest(), influxql_answers.newest_series, bucket
        )
        return own + await self._list_exported(bucket)

    @override
    async def readings(
        self,
        bucket: str,
        series: Sequence[str],
        spans: Sequence[Times],
        *,
        in_force: bool = True,
        units: Mapping[str, str] | None = None,
    ) -> pd.DataFrame:
        """Return the stored values of all the spans, one row per moment.

        See `Source.readings`. Much more than a day is read piece by piece.
        """
        wanted = tuple(
            name
            for name in dict.fromkeys(series)
            if name and influxql_query.can_be_asked(name)
        )
        theirs = exported(wanted, units)
        own = [name for name in wanted if name not in theirs]
        frames: list[pd.DataFrame] = []
        for together in questions(spans):
            if own:
                ask = partial(influxql_query.readings, own)
                read = partial(_parse, series=own)
                frames += await self._piece(bucket, own, together, ask, read)
            if theirs:
                ask = partial(
                    influxql_query.exported, list(theirs.values()), in_force=in_force
                )
                read = partial(_parse_exported, series=theirs)
                frames += await self._piece(bucket, list(theirs), together, ask, read)
        if len(frames) == 1:
            return frames[0]
        return await self._run(join, frames, wanted)

    @override
    async def has_nothing(
        self, bucket: str, series: Sequence[str], span: Times
    ) -> bool:
        """Return whether there is no first value.

        See `Source.has_nothing` for what is still in force.
        """
        theirs = list(exported(series).values())
        statements = influxql_query.oldest_exported(theirs, span) if theirs else ()
        if len(theirs) < len(series):
            statements = (*influxql_query.presence(span), *statements)
        return not await self._ask(statements, influxql_answers.has_rows, bucket)

    @override
    async def first_time(
        self, bucket: str, series: Sequence[str] = ()
    ) -> datetime | None:
        """Return the time of the oldest reading, None if there is none."""
        theirs = exported(series)
        questions = [influxql_query.oldest_exported(list(theirs.values()))]
        if len(theirs) < len(series) or not series:
            questions.insert(0, influxql_query.oldest())
        for statements in questions:
            if found := await self._ask(
                statements, influxql_answers.first_time, bucket
            ):
                return found
        return None

    @override
    async def close(self) -> None:
        """Hold nothing: the session is not ours."""

    async def _buckets(self, database: str, at_once: asyncio.Semaphore) -> list[Bucket]:
        """Return the buckets of a database. One that cannot be asked is only named."""
        async with at_once:
            try:
                policies = await self._ask(
                    influxql_query.policies(database), influxql_answers.policies
                )
            except SourceError:
                return [Bucket(database, has_readings=False)]
            return [
                await self._bucket(
                    database if policy.is_default else f"{database}/{policy.name}"
                )
                for policy in policies
            ]

    async def _bucket(self, name: str) -> Bucket:
        """Return a bucket. One that cannot be asked counts as one without readings."""
        try:
            found = await self._ask(
                influxql_query.presence(), influxql_answers.has_rows, name
            )
        except SourceError:
            found = False
        return Bucket(name, has_readings=found)

    async def _list_exported(self, bucket: str) -> list[SeriesInfo]:
        """Return the series of Home Assistant's export, none where it cannot be told."""
        newest = influxql_query.newest_exported()
        try:
            found = await self._ask(newest, influxql_answers.newest_exported, bucket)
        except QueryFailed:
            return []
        told: dict[str, set[str]] = {}
        if any(info.words for info in found):
            # Without all words a list is better than none.
            with suppress(SourceError):
                words = influxql_query.words_exported()
                told = await self._ask(words, influxql_answers.words, bucket)
        return with_words(found, told)

    async def _piece(
        self,
        bucket: str,
        series: Sequence[str],
        spans: Sequence[Times],
        ask: _Ask,
        parse: _Parse,
    ) -> list[pd.DataFrame]:
        """Return the readings of spans short enough for one request.

        `ask`: what makes the question for them, `parse` what reads the answer. Where
        the server tells no more than so many rows, shorter ones are asked for.
        """
        try:
            frame = await self._ask(
                ask(*spans),
                partial(parse, spans=spans),
                bucket,
                QUERY_TIMEOUT_S,
                limit(series, spans, _VALUE_BYTES),
            )
        except QueryFailed as err:
            parts = halves(spans) if is_cut(err) else []
            if not parts:
                raise
            return [
                frame
                for part in parts
                for frame in await self._piece(bucket, series, part, ask, parse)
            ]
        return [frame]

    async def _ask[T](
        self,
        statements: Statements,
        read: Callable[[bytes], T],
        bucket: str = "",
        timeout_s: float = QUICK_TIMEOUT_S,
        limit: int = SMALL,
    ) -> T:
        """Return what the answer to statements about a bucket says."""
        database, _, policy = bucket.partition("/")
        request = self._client().query(
            "; ".join(statements),
            timeout_s,
            database=database,
            policy=policy,
            limit=limit,
        )
        asked = replace(self._asked, bucket=bucket)
        try:
            return await exchange(request, asked, self._run, read)
        except QueryFailed as err:
            if len(statements) > 1 and is_unexplained(err):
                # Of several it tells that they failed, of one alone why.
                await self._ask(statements[:1], results, bucket)
            raise
        except InvalidAuth as err:
            if bucket and err.key == "forbidden":
                # Who is let in is refused a database, and likewise one that is gone.
                raise error("bucket_not_found", asked) from err
            raise

    def _client(self) -> InfluxqlClient:
        """Return what asks the server."""
        if self._url is None:
            raise error("not_influxdb", self._asked, "not an http(s):// address")
        # A header is one line, and a colon ends the name in it.
        if ":" in self._username or not (
            self._username or self._password.isprintable()
        ):
            raise error("invalid_auth", self._asked)
        return InfluxqlClient(
            session=self._session,
            ssl_context=self._ssl_context,
            url=self._url,
            username=self._username,
            password=self._password,
        )


def _parse(body: bytes, series: Sequence[str], spans: Sequence[Times]) -> pd.DataFrame:
    """Import pandas and parse an answer. Slow: for the executor."""
    from .influxql_frames import parse

    return parse(body, series)


def _parse_exported(
    body: bytes, series: Mapping[str, Exported], spans: Sequence[Times]
) -> pd.DataFrame:
    """Import pandas and parse what Home Assistant has exported. Slow: for the executor."""
    from .influxql_frames import parse_exported

    return parse_exported(body, series, spans)
