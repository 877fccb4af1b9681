"""Fills a bucket with many days at once, for measurements."""

from collections.abc import Iterator
from datetime import datetime, timedelta

import pandas as pd

from tests.support.influx import Influx


def repeated(frame: pd.DataFrame, stop: datetime, days: int) -> Iterator[pd.DataFrame]:
    """Yield the readings of a few days again and again, newest first.

    The last of them is at `stop` (UTC); all together cover `days` days.
    """
    interval = frame.index[1] - frame.index[0]
    span = frame.index[-1] - frame.index[0] + interval
    shift = pd.Timestamp(stop) - frame.index[-1]
    oldest = pd.Timestamp(stop) - timedelta(days=days)
    while frame.index[-1] + shift > oldest:
        moved = frame.set_axis(frame.index + shift)
        yield moved[moved.index > oldest]
        shift -= span


def fill(
    server: Influx,
    bucket: str,
    brand: str,
    frame: pd.DataFrame,
    *,
    stop: datetime,
    days: int = 400,
) -> int:
    """Write `days` days of readings that end at `stop`; return the number of points."""
    points = 0
    for part in repeated(frame, stop, days):
        server.write(brand, part, bucket)
        points += int(part.count().sum())
    return points
