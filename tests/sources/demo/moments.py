"""When the demo is looked at, and how its switches are told."""

from datetime import UTC, datetime, timedelta

import numpy as np
import pandas as pd
import pytest

from custom_components.heatpump_dashboard.sources.demo.physics import BRANDS

AUTUMN = datetime(2026, 10, 25, tzinfo=UTC)
WINTER = datetime(2026, 1, 1, tzinfo=UTC)
SUMMER = datetime(2026, 7, 1, tzinfo=UTC)
MONTH = timedelta(days=30)
DAY = timedelta(days=1)

every_brand = pytest.mark.parametrize("brand", BRANDS)
every_brand = pytest.mark.parametrize("brand", BRANDS)


def lengths(flags: pd.Series) -> pd.DataFrame:
    """Return start, stop and length (min) of the spans of ones that end inside."""
    on = flags.to_numpy() > 0
    edges = np.flatnonzero(np.diff(on)) + 1
    edges = edges[1:] if on[0] else edges
    starts, stops = edges[: len(edges) // 2 * 2 : 2], edges[1::2]
    return pd.DataFrame(
        {
            "start": flags.index[starts],
            "stop": flags.index[stops],
            "minutes": (stops - starts) / 2.0,
        }
    )
