"""Spans, and what may be lost of them where shards meet."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise

from hypothesis import given, strategies as st
import pandas as pd

from custom_components.heatpump_dashboard.sources import Times
from custom_components.heatpump_dashboard.sources.influx.shards import (
    DAY,
    SHORTEST,
    questions,
    unread,
)

# A Monday: also a shard of a week begins here.
MIDNIGHT = datetime(2026, 11, 23, tzinfo=UTC)
HOUR = timedelta(hours=1)
MINUTE = timedelta(minutes=1)


def found(*times: datetime) -> pd.DataFrame:
    """Return readings of some moments."""
    index = pd.DatetimeIndex(list(times), tz="UTC", name="time")
    return pd.DataFrame({"a": 1.0}, index=index)


def test_what_reaches_the_last_border_is_complete() -> None:
    span = (MIDNIGHT - 26 * HOUR, MIDNIGHT)
    assert unread([span], found(MIDNIGHT - MINUTE), SHORTEST) == []
    later = (MIDNIGHT - HOUR, MIDNIGHT + HOUR)
    assert unread([later], found(MIDNIGHT), DAY) == []


def test_what_ends_before_a_border_may_go_on_behind_it() -> None:
    span = (MIDNIGHT - 2 * HOUR, MIDNIGHT + HOUR)
    rest = [(MIDNIGHT, MIDNIGHT + HOUR)]
    assert unread([span], found(MIDNIGHT - MINUTE), DAY) == rest
    assert unread([span], found(), 7 * DAY) == rest
    assert unread([span], found(MIDNIGHT - 61 * MINUTE), SHORTEST) == [
        (MIDNIGHT - HOUR, MIDNIGHT),
        *rest,
    ]


def test_a_shard_of_many_hours_ends_also_at_midnight() -> None:
    """How long shards were before somebody changed it is told nowhere."""
    span = (MIDNIGHT - DAY, MIDNIGHT + 2 * DAY)
    parts = unread([span], found(), timedelta(days=365))
    assert parts == [(MIDNIGHT + n * DAY, MIDNIGHT + (n + 1) * DAY) for n in (0, 1)]


def test_each_span_has_its_own_last_reading() -> None:
    spans = [(MIDNIGHT - HOUR, MIDNIGHT + HOUR), (MIDNIGHT + DAY, MIDNIGHT + 30 * HOUR)]
    answer = found(MIDNIGHT - MINUTE, MIDNIGHT + 29 * HOUR)
    assert unread(spans, answer, DAY) == [(MIDNIGHT, MIDNIGHT + HOUR)]


def test_spans_that_overlap_are_asked_once() -> None:
    poll, again = (MIDNIGHT - MINUTE, MIDNIGHT), (MIDNIGHT - 3 * HOUR, MIDNIGHT)
    assert questions([poll, again]) == [[again]]
    assert questions([]) == questions([(MIDNIGHT, MIDNIGHT)]) == []


moments = st.integers(0, 5_000).map(lambda minutes: MIDNIGHT + minutes * MINUTE)


@given(st.lists(st.tuples(moments, moments), max_size=6))
def test_questions_ask_for_every_moment_once(spans: list[Times]) -> None:
    asked = [span for question in questions(spans) for span in question]
    assert asked == sorted(asked)
    assert all(one[1] <= other[0] for one, other in pairwise(asked))
    wanted = {
        start + n * MINUTE
        for start, stop in spans
        for n in range((stop - start) // MINUTE)
    }
    got = {
        start + n * MINUTE
        for start, stop in asked
        for n in range((stop - start) // MINUTE)
    }
    assert got == wanted
