"""What the tests of InfluxQL against real servers share."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

import pandas as pd
import pytest

from custom_components.heatpump_dashboard.sources import SourceError
from custom_components.heatpump_dashboard.sources.influx.influxql import InfluxqlSource
from tests.support.collector import escaped

NASTY = (
    "a' OR 1=1; DROP DATABASE x --",
    'a" OR true',
    "back\\slash\\'",
    "\\' OR time > 0 --",
    "comma, equals = space",
    "Värme °C 熱 🔥",
    "time",
    "_time",
    "%20+&?#;",
    "/^.*$/",
    "$param",
)
HOUR = timedelta(hours=1)


async def read(
    source: InfluxqlSource, bucket: str, names: Sequence[str], written: pd.DataFrame
) -> pd.DataFrame:
    """Read a little more than was written."""
    margin = timedelta(minutes=5)
    begin, end = written.index[0], written.index[-1]
    return await source.readings(bucket, names, [(begin - margin, end + margin)])


async def failure(source: InfluxqlSource, bucket: str) -> SourceError:
    """Return how reading fails."""
    now = datetime.now(UTC)
    with pytest.raises(SourceError) as caught:
        await source.readings(bucket, ["a"], [(now - HOUR, now)])
    return caught.value


async def key_of(source: InfluxqlSource, bucket: str) -> tuple[type[SourceError], str]:
    """Return how reading fails, in short."""
    failed = await failure(source, bucket)
    return type(failed), failed.key


def line(name: str, value: object, time: datetime) -> str:
    """Return a point of a series of any name."""
    return (
        f"heatpump,name={escaped(name)} value={value} {int(time.timestamp())}000000000"
    )
