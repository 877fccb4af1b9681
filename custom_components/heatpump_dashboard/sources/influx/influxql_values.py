"""Single values and times as InfluxQL's JSON tells them."""

from datetime import UTC, datetime, timedelta
import math

from .answer import ForeignAnswerError

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
    """Return a time. Raises ForeignAnswerError for what is none."""
    if not isinstance(microseconds, int):
        raise ForeignAnswerError
    try:
        return _EPOCH + timedelta(microseconds=microseconds)
    except OverflowError as err:
        raise ForeignAnswerError from err
