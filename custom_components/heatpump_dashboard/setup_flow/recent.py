"""What the readings of the last days say of series, for who chooses among them.

Imports pandas only where it judges: in the executor.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final

from ..profiles import METRICS
from ..sources import SeriesInfo, Times
from .names import may_be_exchanged
from .series_guess import Ranked

if TYPE_CHECKING:
    import pandas as pd

# Readings of so long before now tell candidates apart.
_JUDGED: Final = timedelta(days=2)


def recent_days(now: datetime) -> Times:
    """Return the span whose readings are judged."""
    return now - _JUDGED, now


def told_apart(readings: pd.DataFrame, candidates: Mapping[str, list[str]]) -> Ranked:
    """Return candidates in the order that their readings suggest."""
    from ..analysis.behaviour import told_apart as by_readings

    return by_readings(readings, candidates, may_be_exchanged)


def may_count(
    series: Sequence[SeriesInfo], mapping: Mapping[str, str]
) -> dict[str, str]:
    """Return what is to be on or off and may be a counter: a bare number above 1."""
    bare = {i.name for i in series if not i.unit and not i.words and i.last_value > 1}
    return {
        metric: name
        for metric, name in mapping.items()
        if METRICS[metric].kind == "state" and name in bare
    }


def counting(readings: pd.DataFrame, mapping: Mapping[str, str]) -> dict[str, str]:
    """Return what only counts, and is so neither on nor off: metric to error."""
    from ..analysis.behaviour import only_counts

    return {
        metric: "not_state"
        for metric, name in mapping.items()
        if name in readings and only_counts(readings[name])
    }
