"""InfluxDB 2 as a source, asked in Flux."""

import asyncio
from collections.abc import Mapping, Sequence, Set as AbstractSet
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING, override

from .. import Bucket, QueryFailed, SeriesInfo, Source, SourceError, Times
from . import flux_query
from .address import normalise_id
from .answer import limit
from .csv_tables import records
from .errors import is_collision
from .flux_server import FluxServer
from .joining import join
from .layouts import Exported, exported, with_words
from .shards import DAY, SHORTEST, between_borders, questions, unread
from .small_answers import (
    exported_of,
    first,
    names_of,
    organization_ids,
    series_of,
    shard_length,
    words_of,
)

if TYPE_CHECKING:
    import pandas as pd

_BUCKETS_PER_PAGE = 100
# After so many pages without a bucket that may be read, there are no more.
_EMPTY_PAGES = 3
_BUCKETS_AT_ONCE = 4
# A point in CSV, with the names that are written beside it.
_POINT_BYTES = 192


class FluxSource(Source):
    """Reads what the collector has written to an InfluxDB 2 server.

    Importing the client and pandas, and all parsing of readings, happens in the executor.
    """

    def __init__(self, server: FluxServer) -> None:
        """Keep whom to ask; nothing is sent yet."""
        self._server = server
        # How long a shard of a bucket is, where that has mattered.
        self._shards: dict[str, timedelta] = {}

    @override
    async def check(self) -> None:
        """Return if InfluxDB answers, takes the token and knows the organisation."""
        await self._records(flux_query.nothing())

    @override
    async def buckets(self) -> list[Bucket]:
        """Return the readable buckets: those with readings first, then by name."""
        listed = await self._listed_buckets()
        names = [name for name in listed if not name.startswith("_")]
        if not names:
            # InfluxDB knows no bucket of an organisation's ID that it does not know.
            await self.check()
        at_once = asyncio.Semaphore(_BUCKETS_AT_ONCE)
        found = await asyncio.gather(*(self._bucket(name, at_once) for name in names))
        return sorted(found, key=lambda b: (not b.has_readings, b.name.casefold()))

    @override
    async def list_series(self, bucket: str) -> list[SeriesInfo]:
        """Return the series of the last 30 days, by name.

        A name that has been written under several types or units is one series: its
        unit and value are the newest. Those of the collector come first.
        """
        newest = await self._server.quick(flux_query.newest(bucket), bucket, series_of)
        found = {info.name: info for info in newest}
        # A list without what ended is better than none.
        with suppress(SourceError):
            if await self._names(bucket) - found.keys():
                now = datetime.now(UTC)
                recent = (now - timedelta(days=flux_query.RECENT_DAYS), now)
                parts = list(between_borders(*recent, await self._shard(bucket)))
                found |= await self._ended(bucket, parts, found.keys())
        own = [found[name] for name in sorted(found)]
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
        # A point without a name is no series.
        wanted = tuple(dict.fromkeys(name for name in series if name))
        theirs = exported(wanted, units)
        own = [name for name in wanted if name not in theirs]
        frames: list[pd.DataFrame] = []
        for together in questions(spans):
            if own:
                frames += await self._apart(bucket, own, together)
            if theirs:
                frames.append(
                    await self._exported(bucket, theirs, together, in_force=in_force)
                )
        if len(frames) == 1:
            return frames[0]
        return await self._server.run(join, frames, wanted)

    @override
    async def has_nothing(
        self, bucket: str, series: Sequence[str], span: Times
    ) -> bool:
        """Return whether the index of its shards says so, and an export has no first point.

        See `Source.has_nothing` for what is still in force.
        """
        theirs = exported(series)
        own = set(series) - theirs.keys()
        if own and await self._names(bucket, span) & own:
            return False
        oldest = flux_query.oldest_exported(bucket, list(theirs.values()), span)
        return not theirs or await self._server.quick(oldest, bucket, first) is None

    @override
    async def first_time(
        self, bucket: str, series: Sequence[str] = ()
    ) -> datetime | None:
        """Return the time of the oldest reading, None if there is none."""
        theirs = exported(series)
        questions = [flux_query.oldest_exported(bucket, list(theirs.values()))]
        if len(theirs) < len(series) or not series:
            questions.insert(0, flux_query.oldest(bucket))
        for flux in questions:
            if found := await self._server.quick(flux, bucket, first):
                return found
        return None

    @override
    async def close(self) -> None:
        """Let go of the client."""
        await self._server.close()

    async def organization_id(self) -> str | None:
        """Return the ID of the organisation, None where its buckets do not tell it."""
        if known := normalise_id(self._server.organization):
            return known
        return next(filter(None, (await self._listed_buckets()).values()), None)

    async def _listed_buckets(self) -> dict[str, str]:
        """Return the buckets the token may read, all pages: organisation's ID by name.

        InfluxDB makes pages of all buckets, and leaves out of each what the token may
        not read: a short page, or an empty one, need not be the last.
        """
        listed: dict[str, str] = {}
        empty = offset = 0
        while empty < _EMPTY_PAGES:
            more = listed | await self._page(offset)
            empty = empty + 1 if len(more) == len(listed) else 0
            listed = more
            offset += _BUCKETS_PER_PAGE
        return listed

    async def _page(self, offset: int) -> dict[str, str]:
        """Return one page of buckets: their organisation's ID by their name."""
        return await self._server.buckets(
            organization_ids, offset=offset, limit=_BUCKETS_PER_PAGE
        )

    async def _bucket(self, name: str, at_once: asyncio.Semaphore) -> Bucket:
        """Return a bucket. One that cannot be asked counts as one without readings."""
        async with at_once:
            try:
                rows = await self._records(flux_query.presence(name), name)
            except SourceError:
                rows = []
        return Bucket(name, has_readings=bool(rows))

    async def _apart(
        self, bucket: str, series: Sequence[str], spans: Sequence[Times]
    ) -> list[pd.DataFrame]:
        """Return the readings of spans, whatever types they are stored with.

        InfluxDB refuses to put types together, or leaves out without a word what lies
        behind the shard it began with: asked for apart, everything is told.
        """
        try:
            frame = await self._piece(bucket, series, spans)
        except QueryFailed as err:
            if not is_collision(err):
                raise
            parts = await self._parts(bucket, spans)
            if len(parts) < 2:
                raise
            apart = [await self._apart(bucket, series, part) for part in parts]
            return [frame for frames in apart for frame in frames]
        rest = await self._unread(bucket, spans, frame)
        return [frame, *(await self._apart(bucket, series, rest) if rest else ())]

    async def _ended(
        self, bucket: str, parts: Sequence[Times], known: AbstractSet[str]
    ) -> dict[str, SeriesInfo]:
        """Return the series of a span but those that are known, by name.

        InfluxDB leaves out what ended before a border behind which the type is
        another: the halves of the parts between borders are asked for apart.
        """
        found: dict[str, SeriesInfo] = {}
        half = len(parts) // 2
        for some in (parts[half:], parts[:half]):
            span = (some[0][0], some[-1][1])
            missing = await self._names(bucket, span) - known - found.keys()
            if not missing:
                continue
            newest = flux_query.newest(bucket, span)
            infos = await self._server.quick(newest, bucket, series_of)
            found |= {info.name: info for info in infos if info.name in missing}
            if len(some) > 1 and missing - found.keys():
                found |= await self._ended(bucket, some, known | found.keys())
        return found

    async def _names(self, bucket: str, span: Times | None = None) -> set[str]:
        """Return the names written within a span, or the recent days."""
        return await self._server.quick(
            flux_query.names(bucket, span), bucket, names_of
        )

    async def _parts(self, bucket: str, spans: Sequence[Times]) -> list[list[Times]]:
        """Return spans in two halves, a single one between the borders of shards."""
        if half := len(spans) // 2:
            return [list(spans[:half]), list(spans[half:])]
        shard = await self._shard(bucket)
        return [[part] for part in between_borders(*spans[0], shard)]

    async def _unread(
        self, bucket: str, spans: Sequence[Times], frame: pd.DataFrame
    ) -> list[Times]:
        """Return the parts of spans that may have been left out of their answer."""
        rest = unread(spans, frame, self._shards.get(bucket, SHORTEST))
        if rest and bucket not in self._shards:
            rest = unread(spans, frame, await self._shard(bucket))
        return rest

    async def _shard(self, bucket: str) -> timedelta:
        """Return how long a shard of a bucket is: days, where nobody says it."""
        read = partial(shard_length, bucket=bucket)
        try:
            self._shards[bucket] = await self._server.buckets(read, name=bucket)
        except SourceError:
            return DAY
        return self._shards[bucket]

    async def _piece(
        self, bucket: str, series: Sequence[str], spans: Sequence[Times]
    ) -> pd.DataFrame:
        """Return the readings of spans short enough for one request."""
        flux = flux_query.readings(bucket, series, *spans)
        return await self._server.query(
            flux, bucket, limit(series, spans), partial(_parse, series=series)
        )

    async def _exported(
        self,
        bucket: str,
        series: Mapping[str, Exported],
        spans: Sequence[Times],
        *,
        in_force: bool,
    ) -> pd.DataFrame:
        """Return what Home Assistant has exported of spans short enough for one request."""
        wanted = list(series.values())
        flux = flux_query.exported(bucket, wanted, *spans, in_force=in_force)
        most_bytes = limit(list(series), spans, _POINT_BYTES)
        read = partial(_parse_exported, series=series, spans=spans)
        return await self._server.query(flux, bucket, most_bytes, read)

    async def _list_exported(self, bucket: str) -> list[SeriesInfo]:
        """Return the series of Home Assistant's export, none where it cannot be told."""
        newest = flux_query.newest_exported(bucket)
        try:
            found = await self._server.quick(newest, bucket, exported_of)
        except QueryFailed:
            # Something else is written there, with tags that are called the same.
            return []
        told: dict[str, set[str]] = {}
        if any(info.words for info in found):
            # Without all words a list is better than none.
            with suppress(SourceError):
                words = flux_query.words_exported(bucket)
                told = await self._server.quick(words, bucket, words_of)
        return with_words(found, told)

    async def _records(self, flux: str, bucket: str = "") -> list[dict[str, str]]:
        """Return the rows of a small answer."""
        return await self._server.quick(flux, bucket, records)


def _parse(body: bytes, series: Sequence[str]) -> pd.DataFrame:
    """Import pandas and parse an answer. Slow: for the executor."""
    from .frames import parse

    return parse(body, series)


def _parse_exported(
    body: bytes, series: Mapping[str, Exported], spans: Sequence[Times]
) -> pd.DataFrame:
    """Import pandas and parse what Home Assistant has exported. Slow: for the executor."""
    from .export_frames import parse

    return parse(body, series, spans)
