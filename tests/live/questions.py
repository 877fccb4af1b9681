"""What the tests of a source on the real InfluxDB ask it."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

import pandas as pd
import pytest

from custom_components.heatpump_dashboard.sources import SourceError
from custom_components.heatpump_dashboard.sources.influx.flux import FluxSource

# What would be read as something else if it were put into a question as it is.
NASTY = (
    'a" or true) //',
    'a$" or true) //',
    'back\\slash\\"',
    "${1 + 1}",
    "$${x}",
    "comma, equals = space",
    "Värme °C 熱 🔥",
    "_time",
    "result",
    "error",
    "%20+&?#",
)


async def read(
    source: FluxSource, bucket: str, names: Sequence[str], written: pd.DataFrame
) -> pd.DataFrame:
    """Read a little more than was written."""
    margin = timedelta(minutes=5)
    begin, end = written.index[0], written.index[-1]
    return await source.readings(bucket, names, [(begin - margin, end + margin)])


async def key_of(source: FluxSource, bucket: str) -> tuple[type[SourceError], str]:
    """Return how reading fails."""
    now = datetime.now(UTC)
    with pytest.raises(SourceError) as caught:
        await source.readings(bucket, ["a"], [(now - timedelta(hours=1), now)])
    return type(caught.value), caught.value.key
