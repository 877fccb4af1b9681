"""Single values and times as InfluxQL's JSON tells them."""

from datetime import UTC, datetime, timedelta
import math

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def number(value: object) -> float:
    """Return the number a value is, 1 and 0 for yes and no, NaN for any other."""
    if not isinstance(value, (str, int, float)):
        return math.nan
    try:
        found = float(value.replace("_", "-") if isinstance(value, str) else value)
    except ValueError, OverflowError:
        return math.nan
    return found if math.isfinite(found) else math.nan


def moment(microseconds: object) -> datetime:
    """Return a time. Raises ValueError or TypeError for what is none."""
    if not isinstance(microseconds, int):
        raise TypeError("a time is told as a number")
    try:
        return _EPOCH + timedelta(microseconds=microseconds)
    except OverflowError as err:
        raise ValueError("a time no calendar has") from err
