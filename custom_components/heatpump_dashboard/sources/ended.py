"""A source of exported entities that are not all there any more.

An export stores nothing when an entity is removed or disabled: what it said last would
stand for as long as others say something.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Final, override

from . import Bucket, Run, SeriesInfo, Source, Times

if TYPE_CHECKING:
    import pandas as pd

# By name, when series ended of which some are asked for.
type Ends = Callable[[Sequence[str]], Mapping[str, datetime]]

# An integration goes on with an entity until it is loaded again without it.
_GOES_ON_S: Final = 120.0
_INSTANT_NS: Final = 1_000_000


class EndingSource(Source):
    """Says of what has ended that it has no value from then on; else it is the source."""

    def __init__(self, source: Source, ends: Ends, run: Run) -> None:
        """Ask nothing yet. `run` runs what takes its time outside the event loop."""
        self._source = source
        self._ends = ends
        self._run = run

    @override
    async def check(self) -> None:
        await self._source.check()

    @override
    async def buckets(self) -> list[Bucket]:
        return await self._source.buckets()

    @override
    async def list_series(self, bucket: str) -> list[SeriesInfo]:
        return await self._source.list_series(bucket)

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
        frame = await self._source.readings(
            bucket, series, spans, in_force=in_force, units=units
        )
        if not (ends := self._ends(series)):
            return frame
        return await self._run(with_ends, frame, series, ends, spans)

    @override
    async def hours(
        self,
        bucket: str,
        series: Sequence[str],
        span: Times,
        *,
        units: Mapping[str, str],
    ) -> pd.DataFrame | None:
        return await self._source.hours(bucket, series, span, units=units)

    @override
    async def has_nothing(
        self, bucket: str, series: Sequence[str], span: Times
    ) -> bool:
        return await self._source.has_nothing(bucket, series, span)

    @override
    async def first_time(
        self, bucket: str, series: Sequence[str] = ()
    ) -> datetime | None:
        return await self._source.first_time(bucket, series)

    @override
    async def close(self) -> None:
        await self._source.close()


def with_ends(
    frame: pd.DataFrame,
    series: Sequence[str],
    ends: Mapping[str, datetime],
    spans: Sequence[Times],
) -> pd.DataFrame:
    """Return readings in which what has ended is said to have no value from then on.

    `frame`: as `Source.readings` has it, of these spans. What has had a value for
    minutes after its end has come back, or is another one's. Imports pandas.
    """
    import pandas as pd

    rows: dict[pd.Timestamp, list[str]] = {}
    for name, moment in ends.items():
        end = pd.Timestamp(moment).as_unit("ns")
        said = frame.index[frame[name].notna()] if name in frame else frame.index[:0]
        if len(said) and said[-1] >= end:
            if (said[-1] - end).total_seconds() > _GOES_ON_S:
                continue
            end = said[-1] + pd.Timedelta(_INSTANT_NS, "ns")
        asked = any(start <= end < stop for start, stop in spans)
        stood = len(said) > 0 and any(end < stop for _, stop in spans)
        if asked or stood:
            rows.setdefault(end, []).append(name)
    if not rows:
        return frame
    known = {*frame.columns, *(name for names in rows.values() for name in names)}
    times = pd.DatetimeIndex(sorted(rows)).as_unit("ns")
    index = frame.index.union(times).rename("time")
    ended = frame.reindex(index=index, columns=[n for n in series if n in known])
    for time, names in rows.items():
        ended.loc[time, names] = float("inf")
    return ended
