"""What a source makes of any answer: it is understood, or one of its four errors."""

from collections.abc import Awaitable, Callable, Collection, Mapping, Sequence
from datetime import datetime
from typing import Any

from custom_components.heatpump_dashboard.sources import (
    Bucket,
    CannotConnect,
    InvalidAuth,
    NotFound,
    QueryFailed,
    SeriesInfo,
    Source,
    SourceError,
)


async def outcome(asking: Awaitable[Any]) -> Any:
    """Return what is answered, None for an error that a source may raise."""
    try:
        return await asking
    except SourceError as err:
        failed = err
    assert type(failed) in (CannotConnect, InvalidAuth, NotFound, QueryFailed)
    assert failed.retry_after is None or 0 < failed.retry_after <= 3600
    assert str(failed).endswith(".")
    return None


async def ask_everything(
    make: Callable[[], Source],
    series: Sequence[str],
    spans: Sequence[tuple[datetime, datetime]],
) -> Mapping[str, Any]:
    """Return what new sources make of the same answers, whatever they are asked."""
    return {
        "check": await outcome(make().check()),
        "buckets": await outcome(make().buckets()),
        "series": await outcome(make().list_series("heatpump")),
        "first": await outcome(make().first_time("heatpump")),
        "readings": await outcome(make().readings("heatpump", series, spans)),
    }


def assert_understood(made: Mapping[str, Any], series: Collection[str]) -> None:
    """Fail where an answer is not what sources promise; only `series` are read."""
    assert all(isinstance(bucket, Bucket) for bucket in made["buckets"] or ())
    assert all(isinstance(info, SeriesInfo) for info in made["series"] or ())
    assert made["first"] is None or made["first"].tzinfo is not None
    if (frame := made["readings"]) is not None:
        assert set(frame) <= set(series)
        assert str(frame.index.dtype) == "datetime64[ns, UTC]"
        assert frame.index.is_monotonic_increasing
        assert frame.index.is_unique
        assert all(dtype == "float64" for dtype in frame.dtypes)
