"""All hours that are known of a heat pump: those on disk, and those in memory."""

from collections.abc import Collection
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Final

import numpy as np
import pandas as pd

from ..pump.hours import hours_of, midnight

if TYPE_CHECKING:
    from ..pump.heat_pump import HeatPump
    from .store import HourStore

_DAY: Final = timedelta(days=1)


def known_hours(
    pump: HeatPump, store: HourStore | None, start: datetime, end: datetime
) -> pd.DataFrame:
    """Return all hours that are known of start ≤ time < end, see `hours_of`.

    Those of days of which memory has all count from there; of the days before that, of
    which it may have sums alone, what is on disk counts first.
    """
    recent = hours_of(pump.records, start, end)
    parts = [recent]
    if store is not None:
        since = pump.history.since or end
        whole = midnight(since.astimezone(UTC).date() + _DAY)
        on_disk = np.array([hour.date() in store.days for hour in recent.index], bool)
        kept = ~on_disk | (recent.index >= whole)
        parts = [store.hours(start, min(end, whole)), recent[kept]]
    return pd.concat([part for part in parts if len(part)] or [recent]).sort_index()


def first_known(pump: HeatPump, days: Collection[date]) -> datetime | None:
    """Return the first reading: what the source has forgotten may be on disk.

    `days`: those on disk.
    """
    known = [midnight(min(days))] if days else []
    if (first := pump.first_known) is not None:
        known.append(first)
    return min(known, default=None)
