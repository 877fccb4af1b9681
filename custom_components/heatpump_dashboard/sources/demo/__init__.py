"""The demo as a source: one bucket per brand, with two winters to compare."""

from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, override

from .. import Bucket, NotFound, Run, SeriesInfo, Source, Times

if TYPE_CHECKING:
    import pandas as pd

BUCKETS = ("ivt", "nibe", "thermia")
# Fifteen months: whatever day it is, there is a winter, and one to compare it with.
HISTORY = timedelta(days=456)

# Longer than any gap.
_LAST_VALUES = timedelta(hours=2)


class DemoSource(Source):
    """Heat pumps that exist only as a function of the clock.

    They have run for fifteen months, and like a real pump they have no future.
    """

    def __init__(self, run: Run, now: Callable[[], datetime] | None = None) -> None:
        """Take what runs the heavy part elsewhere, and a clock (UTC)."""
        self._run = run
        self._now = now or _utcnow

    @override
    async def check(self) -> None:
        """Return: there is nothing that could fail."""

    @override
    async def buckets(self) -> list[Bucket]:
        """Return one bucket per brand."""
        return [Bucket(name=name, has_readings=True) for name in BUCKETS]

    @override
    async def list_series(self, bucket: str) -> list[SeriesInfo]:
        """Return the series of a brand by name, with their last values."""
        return await self._run(_list_series, _known(bucket), self._now())

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
        """Return what the collector would have stored of the spans."""
        now = self._now()
        oldest = _oldest(now)
        known = [(max(start, oldest), min(stop, now)) for start, stop in spans]
        known = known or [(now, now)]
        return await self._run(_readings, _known(bucket), series, known)

    @override
    async def first_time(
        self, bucket: str, series: Sequence[str] = ()
    ) -> datetime | None:
        """Return the midnight fifteen months ago."""
        _known(bucket)
        return _oldest(self._now())

    @override
    async def close(self) -> None:
        """Return: there is nothing to let go of."""


def _utcnow() -> datetime:
    return datetime.now(UTC)


def _oldest(now: datetime) -> datetime:
    return (now.astimezone(UTC) - HISTORY).replace(
        hour=0, minute=0, second=0, microsecond=0
    )


def _known(bucket: str) -> str:
    """Return the bucket's brand. Raises NotFound."""
    if bucket not in BUCKETS:
        raise NotFound(
            f"The demo has no bucket {bucket!r}; choose one of {', '.join(BUCKETS)}",
            key="bucket_not_found",
            placeholders={"bucket": bucket, "organization": "Demo"},
        )
    return bucket


def _readings(
    brand: str, series: Sequence[str], spans: Sequence[Times]
) -> pd.DataFrame:
    import pandas as pd

    from .physics import stored

    frame = pd.concat([stored(brand, *span, series) for span in spans])
    frame = frame[~frame.index.duplicated()].sort_index()
    return frame if len(frame) else frame.iloc[:, :0]


def _list_series(brand: str, now: datetime) -> list[SeriesInfo]:
    from .physics import stored
    from .series import SERIES

    frame = stored(brand, now - _LAST_VALUES, now)
    time, last = frame.index[-1].to_pydatetime(), frame.iloc[-1]
    return [
        SeriesInfo(
            name=name,
            unit=SERIES[brand][name].unit,
            last_time=time,
            last_value=float(last[name]),
        )
        for name in sorted(SERIES[brand])
    ]
