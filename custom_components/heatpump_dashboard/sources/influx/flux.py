"""InfluxDB 2 as a source, asked in Flux."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
import json
import ssl
from typing import TYPE_CHECKING, override

import aiohttp
from yarl import URL

from .. import PIECE, Bucket, Run, SeriesInfo, Source, SourceError, Times, pieces
from . import flux_query
from .csv_tables import CsvError, NotCsvError, records
from .errors import Asked, error, from_exception, from_response

if TYPE_CHECKING:
    import pandas as pd

    from .http import FluxClient

QUERY_TIMEOUT_S = 30.0
QUICK_TIMEOUT_S = 10.0
_BUCKETS_PER_PAGE = 100
_BUCKETS_AT_ONCE = 4

type _Request = Callable[[FluxClient], Awaitable[tuple[int, bytes]]]


class FluxSource(Source):
    """Reads what the collector has written to an InfluxDB 2 server.

    The session is Home Assistant's: it is used, never closed. Importing the client
    and pandas, and all parsing of readings, happens in the executor.
    """

    def __init__(
        self,
        *,
        session: aiohttp.ClientSession,
        ssl_context: ssl.SSLContext,
        url: str,
        token: str,
        organization: str,
        run: Run,
    ) -> None:
        """Keep what is needed to ask; nothing is sent yet."""
        self._session = session
        self._ssl_context = ssl_context
        self._url = _address(url)
        self._token = token.strip()
        self._organization = organization.strip()
        self._run = run
        self._client: FluxClient | None = None
        host = self._url.authority if self._url else url.rpartition("@")[2]
        self._asked = Asked(host, self._organization)

    @override
    async def check(self) -> None:
        """Return if InfluxDB answers, takes the token and knows the organisation."""
        await self._query(flux_query.nothing(), quick=True)

    @override
    async def buckets(self) -> list[Bucket]:
        """Return the readable buckets: those with readings first, then by name."""
        names = await self._bucket_names()
        at_once = asyncio.Semaphore(_BUCKETS_AT_ONCE)
        found = await asyncio.gather(*(self._bucket(name, at_once) for name in names))
        return sorted(found, key=lambda b: (not b.has_readings, b.name.casefold()))

    @override
    async def list_series(self, bucket: str) -> list[SeriesInfo]:
        """Return the series of the last 30 days, by name.

        A name that has been written under several types or units is one series: its
        unit and value are the newest.
        """
        rows = await self._records(flux_query.newest(bucket), bucket)
        rows.sort(key=lambda row: _moment(row["_time"]))
        newest = {row["name"]: row for row in rows if row.get("name")}
        return [_series_info(newest[name]) for name in sorted(newest)]

    @override
    async def readings(
        self, bucket: str, series: Sequence[str], spans: Sequence[Times]
    ) -> pd.DataFrame:
        """Return the stored values of all the spans, one row per moment.

        See `Source.readings`. Much more than a day is read piece by piece.
        """
        wanted = tuple(dict.fromkeys(series))
        frames = [
            await self._piece(bucket, wanted, together)
            for together in _questions(spans)
            if wanted
        ]
        if len(frames) == 1:
            return frames[0]
        return await self._run(_join, frames, wanted)

    @override
    async def first_time(self, bucket: str) -> datetime | None:
        """Return the time of the oldest reading, None if there is none."""
        rows = await self._records(flux_query.oldest(bucket), bucket)
        return min((_moment(row["_time"]) for row in rows), default=None)

    @override
    async def close(self) -> None:
        """Let go of the client."""
        client, self._client = self._client, None
        if client is not None:
            await client.close()

    async def _bucket_names(self) -> list[str]:
        """Return the names of the buckets the token may read, all pages of them."""
        names: list[str] = []
        while page := await self._page(len(names)):
            names += page
            if len(page) < _BUCKETS_PER_PAGE:
                break
        return [name for name in names if not name.startswith("_")]

    async def _page(self, offset: int) -> list[str]:
        """Return one page of names of buckets."""

        def request(client: FluxClient) -> Awaitable[tuple[int, bytes]]:
            return client.buckets(offset, _BUCKETS_PER_PAGE, QUICK_TIMEOUT_S)

        body = await self._send(request, self._asked)
        try:
            return [bucket["name"] for bucket in json.loads(body)["buckets"]]
        except (ValueError, LookupError, TypeError) as err:
            raise from_exception(NotCsvError(), self._asked) from err

    async def _bucket(self, name: str, at_once: asyncio.Semaphore) -> Bucket:
        """Return a bucket. One that cannot be asked counts as one without readings."""
        async with at_once:
            try:
                rows = await self._records(flux_query.presence(name), name)
            except SourceError:
                rows = []
        return Bucket(name, has_readings=bool(rows))

    async def _piece(
        self, bucket: str, series: Sequence[str], spans: Sequence[Times]
    ) -> pd.DataFrame:
        """Return the readings of spans short enough for one request."""
        flux = flux_query.readings(bucket, series, *spans)
        body = await self._query(flux, bucket)
        try:
            return await self._run(_parse, body, series)
        except (CsvError, ValueError) as err:
            raise from_exception(err, self._about(bucket)) from err

    async def _records(self, flux: str, bucket: str) -> list[dict[str, str]]:
        """Return the rows of a small answer."""
        body = await self._query(flux, bucket, quick=True)
        try:
            return records(body)
        except (CsvError, ValueError) as err:
            raise from_exception(err, self._about(bucket)) from err

    async def _query(
        self, flux: str, bucket: str = "", *, quick: bool = False
    ) -> bytes:
        """Return the answer to a query, not yet looked into."""
        timeout_s = QUICK_TIMEOUT_S if quick else QUERY_TIMEOUT_S

        def request(client: FluxClient) -> Awaitable[tuple[int, bytes]]:
            return client.query(flux, timeout_s)

        return await self._send(request, self._about(bucket))

    async def _send(self, request: _Request, asked: Asked) -> bytes:
        """Return the body of an answer that is neither an error nor a web page."""
        client = await self._connected()
        try:
            status, body = await request(client)
        except (aiohttp.ClientError, TimeoutError, ValueError) as err:
            raise from_exception(err, asked) from err
        if (failure := from_response(status, body, asked)) is not None:
            raise failure
        return body

    async def _connected(self) -> FluxClient:
        """Return the client, made at the first use."""
        if self._url is None:
            raise error("not_influxdb", self._asked, "not an http(s):// address")
        if not self._token.isprintable():
            raise error("invalid_auth", self._asked)
        make = await self._run(_client_class)
        # Nothing is awaited from here on, so two first callers make one client.
        if self._client is None:
            self._client = make(
                session=self._session,
                ssl_context=self._ssl_context,
                url=self._url,
                token=self._token,
                organization=self._organization,
            )
        return self._client

    def _about(self, bucket: str) -> Asked:
        """Return the words of an error about a bucket."""
        return replace(self._asked, bucket=bucket)


def _address(url: str) -> URL | None:
    """Return the address without what does not belong to it, None if it is none."""
    try:
        address = URL(url.strip()).with_query(None).with_fragment(None)
    except ValueError:
        return None
    if address.scheme not in ("http", "https") or not address.host:
        return None
    return address.with_user(None).with_path(address.path.rstrip("/"))


def _questions(spans: Sequence[Times]) -> list[list[Times]]:
    """Return the pieces of all spans, as many in one question as a piece is long."""
    questions: list[list[Times]] = []
    room = timedelta()
    for begin, end in (piece for span in spans for piece in pieces(*span)):
        if end - begin > room:
            questions.append([])
            room = PIECE
        questions[-1].append((begin, end))
        room -= end - begin
    return questions


def _moment(text: str) -> datetime:
    """Return a time of InfluxDB's. Nanoseconds are cut to microseconds."""
    return datetime.fromisoformat(text)


def _series_info(row: dict[str, str]) -> SeriesInfo:
    """Return what a row of the newest values tells of a series."""
    return SeriesInfo(
        name=row["name"],
        unit=row.get("unit") or None,
        last_time=_moment(row["_time"]),
        last_value=float(row["_value"]),
    )


def _client_class() -> type[FluxClient]:
    """Import the client. Slow: for the executor."""
    from .http import FluxClient

    return FluxClient


def _parse(body: bytes, series: Sequence[str]) -> pd.DataFrame:
    """Import pandas and parse an answer. Slow: for the executor."""
    from .frames import parse

    return parse(body, series)


def _join(frames: Sequence[pd.DataFrame], series: Sequence[str]) -> pd.DataFrame:
    """Put pieces together. Slow: for the executor."""
    from .frames import join

    return join(frames, series)
