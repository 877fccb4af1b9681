"""Growing totals: no jump, nothing twice, nothing lost that can be known."""

from datetime import UTC, datetime, timedelta
import json
from typing import Any

from hypothesis import given, settings, strategies as st
import pandas as pd
import pytest

from custom_components.heatpump_dashboard.pump.running_total import RunningTotal

START = datetime(2026, 1, 22, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)


WHOLE = RunningTotal.beginning(START, "a").as_dict()


def windows(*kwh: float, start: datetime = START, hours: float = 1.0) -> pd.Series:
    """Return windows of five minutes; each value is that of so many hours."""
    each = round(hours * 12)
    values = [value / each for value in kwh for _ in range(each)]
    index = pd.date_range(start, periods=len(values), freq="5min", name="time")
    return pd.Series(values, index=index)


def advance(total: RunningTotal, known: pd.Series, **changes: Any) -> RunningTotal:
    """Advance with all windows known and the last reading at the end of them."""
    stop = known.index[-1].to_pydatetime() + 5 * MINUTE
    told = {
        "since": known.index[0].to_pydatetime(),
        "last": stop - timedelta(seconds=10),
        "now": stop,
        "whole": True,
        "made_with": "a",
    }
    return total.advance(known, **(told | changes))


def stored(total: RunningTotal) -> RunningTotal:
    """Return the total after a restart."""
    found = RunningTotal.from_dict(json.loads(json.dumps(total.as_dict())))
    assert found is not None
    return found


def test_it_begins_at_0_with_the_next_window() -> None:
    total = RunningTotal.beginning(START + 58 * MINUTE, "a")
    assert total.reported == 0
    assert advance(total, windows(5.0)).reported == 0
    assert advance(total, windows(5.0, 2.0)).reported == pytest.approx(2.0)


def test_what_is_settled_is_not_counted_again() -> None:
    total = RunningTotal.beginning(START - MINUTE, "a")
    for hours in range(1, 80):
        known = windows(*[1.0] * hours).iloc[-60 * 12 :]
        total = stored(advance(total, known))
        assert total.reported == pytest.approx(hours, abs=1e-3)
    assert total.until > START + 50 * HOUR


@pytest.mark.parametrize("hours", [23, 30, 47, 24 * 40])
def test_downtime_is_made_up_for(hours: int) -> None:
    total = advance(RunningTotal.beginning(START - MINUTE, "a"), windows(*[1.0] * 30))
    later = windows(*[1.0] * (30 + hours))
    assert advance(stored(total), later).reported == pytest.approx(30 + hours)


def test_it_waits_until_the_past_has_been_read() -> None:
    total = advance(RunningTotal.beginning(START - MINUTE, "a"), windows(*[1.0] * 30))
    later = windows(*[1.0] * 200)
    two_days = later.iloc[-48 * 12 :]
    waiting = advance(stored(total), two_days, whole=False)
    assert waiting.reported == total.reported
    assert advance(waiting, later, whole=False).reported == pytest.approx(200)


def test_it_goes_on_from_what_is_known_where_the_past_is_gone() -> None:
    total = advance(RunningTotal.beginning(START - MINUTE, "a"), windows(*[1.0] * 30))
    later = windows(*[1.0] * 20, start=START + 100 * HOUR)
    after = advance(stored(total), later)
    assert after.reported == pytest.approx(50)
    more = windows(*[1.0] * 60, start=START + 100 * HOUR)
    assert advance(after, more).reported == pytest.approx(90)


def test_a_past_that_begins_within_what_was_told_is_not_counted_twice() -> None:
    """The database forgot all but the last hours."""
    total = advance(RunningTotal.beginning(START - MINUTE, "a"), windows(*[1.0] * 30))
    later = windows(*[1.0] * 10, start=START + 25 * HOUR)
    assert advance(stored(total), later).reported == pytest.approx(35)


@pytest.mark.parametrize("kept", [0, 1, 10, 23])
@pytest.mark.parametrize("later", [1, 2, 30])
def test_what_the_source_has_forgotten_takes_nothing_back(
    kept: int, later: int
) -> None:
    """It was asked for, but a store made anew or of few hours has the last ones only."""
    begun = RunningTotal.beginning(START - MINUTE, "a")
    total = advance(begun, windows(*[1.0] * 40))
    left = windows(*[1.0] * (kept + later), start=START + (40 - kept) * HOUR)
    for hours in range(1, later + 1):
        known = left.iloc[: (kept + hours) * 12]
        since = min(START + (40 + hours - 48) * HOUR, START)
        total = stored(advance(total, known, since=since))
        assert total.reported == pytest.approx(40 + hours)


def test_before_all_is_read_nothing_counts_as_forgotten() -> None:
    """It was silent for 28 hours, to which what is asked for at a start goes back."""
    begun = RunningTotal.beginning(START - MINUTE, "a")
    before = windows(*[1.0] * 10)
    told = pd.concat([before, windows(1.0, 1.0, start=START + 38 * HOUR)])
    total = advance(begun, told)
    late = windows(1.0, 3.0, 1.0, start=START + 38 * HOUR)
    waiting = advance(stored(total), late, since=START + 12 * HOUR, whole=False)
    assert waiting.reported == 12
    assert advance(waiting, pd.concat([before, late])).reported == pytest.approx(15)


def test_without_any_window_it_stays_as_it_was_told() -> None:
    begun = RunningTotal.beginning(START - MINUTE, "a")
    total = advance(begun, windows(*[1.0] * 40))
    last = START + 41 * HOUR
    none = windows(1.0).iloc[:0]
    told = total.advance(
        none, since=START, last=last, now=last, whole=True, made_with="a"
    )
    assert told.reported == 40


def test_late_points_of_the_last_day_count() -> None:
    begun = RunningTotal.beginning(START - MINUTE, "a")
    total = advance(begun, windows(*[1.0] * 20, 0.0, 0.0, 1.0))
    assert total.reported == pytest.approx(21)
    late = advance(total, windows(*[1.0] * 24))
    assert late.reported == pytest.approx(24)


def test_a_correction_of_the_open_day_corrects_it() -> None:
    total = advance(RunningTotal.beginning(START - MINUTE, "a"), windows(4.0, 40.0))
    assert total.reported == pytest.approx(44)
    total = advance(stored(total), windows(4.0, 1.0))
    assert total.reported == pytest.approx(5)
    assert advance(total, windows(4.0, 1.0, 2.0)).reported == pytest.approx(7)


def test_negative_heat_takes_from_it() -> None:
    total = advance(RunningTotal.beginning(START - MINUTE, "a"), windows(4.0))
    total = advance(total, windows(4.0, -1.0))
    assert total.reported == pytest.approx(3)
    assert advance(total, windows(4.0, -1.0, 3.0)).reported == pytest.approx(6)


def test_what_is_settled_is_corrected_no_more() -> None:
    known = windows(4.0, *[1.0] * 30)
    total = advance(RunningTotal.beginning(START - MINUTE, "a"), known)
    late = windows(40.0, *[1.0] * 30)
    assert advance(stored(total), late).reported == pytest.approx(34)


def test_a_changed_setting_counts_from_then_on() -> None:
    total = advance(RunningTotal.beginning(START - MINUTE, "a"), windows(*[1.0] * 10))
    doubled = windows(*[2.0] * 10)
    changed = advance(stored(total), doubled, made_with="b")
    assert changed.reported == pytest.approx(10)
    after = advance(changed, windows(*[2.0] * 11), made_with="b")
    assert after.reported == pytest.approx(12)


def test_another_series_counts_from_then_on() -> None:
    """A sensor is taken instead of another, without any setting that changed."""
    begun = RunningTotal.beginning(START - MINUTE, "a", {"power": "old"})
    total = advance(begun, windows(*[1.0] * 10), made_of={"power": "old"})
    other = {"power": "new"}
    changed = advance(stored(total), windows(*[9.0] * 10), made_of=other)
    assert changed.reported == pytest.approx(10)
    after = advance(stored(changed), windows(*[9.0] * 11), made_of=other)
    assert after.reported == pytest.approx(19)


def test_a_series_that_is_seen_later_changes_nothing() -> None:
    begun = RunningTotal.beginning(START - MINUTE, "a", {"power": "w"})
    total = advance(begun, windows(*[1.0] * 10), made_of={"power": "w"})
    both = {"power": "w", "flow": "l"}
    total = advance(total, windows(*[1.0] * 10, 2.0), made_of=both)
    assert total.reported == pytest.approx(12)
    # After a restart it is not seen at first, and still not changed.
    total = advance(stored(total), windows(*[1.0] * 11), made_of={"power": "w"})
    assert total.reported == pytest.approx(11)
    gone = advance(total, windows(*[5.0] * 11), made_of={"power": "w", "flow": "gal"})
    assert gone.reported == pytest.approx(11)


def test_a_total_of_an_older_version_goes_on_without_a_jump() -> None:
    old = {
        "settled": 100.0,
        "until": START.isoformat(),
        "reported": 104.0,
        "seen": (START + 4 * HOUR - MINUTE).isoformat(),
        "made_with": "Equipment(flow_factor=2.7)",
    }
    total = RunningTotal.from_dict(old)
    assert total is not None
    assert total.begun is None
    total = advance(
        total, windows(*[7.0] * 4), made_with="0123", made_of={"power": "w"}
    )
    assert total.reported == pytest.approx(104)
    after = advance(
        stored(total), windows(*[7.0] * 5), made_with="0123", made_of={"power": "w"}
    )
    assert after.reported == pytest.approx(111)


@pytest.mark.parametrize(
    "damaged",
    [
        {},
        {"settled": "x"},
        {"settled": 1.0, "until": 3, "reported": 1.0},
        {**WHOLE, "settled": "nan"},
        {**WHOLE, "reported": "inf"},
        {**WHOLE, "until": "2026-01-22T00:00:00"},
        {**WHOLE, "made_of": 3},
        {**WHOLE, "begun": 3},
        {**WHOLE, "seen": None},
    ],
)
def test_what_is_no_total_is_not_taken_for_one(damaged: dict[str, Any]) -> None:
    assert RunningTotal.from_dict(damaged) is None


@settings(max_examples=60)
@given(
    kwh=st.lists(st.floats(0, 5), min_size=30, max_size=90),
    cuts=st.lists(st.integers(1, 90), max_size=12),
    forgotten=st.integers(26, 60),
)
def test_it_is_the_sum_whenever_it_was_looked_at(
    kwh: list[float], cuts: list[int], forgotten: int
) -> None:
    """Restarted and shown only what a memory of some hours has, at any moments."""
    total = RunningTotal.beginning(START - MINUTE, "a")
    before, seen = 0.0, 0
    for cut in sorted({min(cut, len(kwh)) for cut in cuts} | {len(kwh)}):
        first = max(0, min(seen - 25, cut - forgotten))
        known = windows(*kwh[:cut]).iloc[first * 12 :]
        total = stored(advance(total, known))
        assert total.reported >= before
        assert total.reported == pytest.approx(sum(kwh[:cut]), abs=0.01)
        before, seen = total.reported, cut


@pytest.mark.parametrize("later", [0.0, 8.65])
def test_a_hole_takes_nothing_back_that_was_told(later: float) -> None:
    """A day that was told and cannot be read any more: it stays as it was told."""
    told = RunningTotal(100.0, START, 120.0, START + DAY, "a")
    beyond = START + 3 * DAY
    known = windows(later, start=beyond)
    hole = (START - HOUR, START + DAY)
    for _ in range(3):
        told = stored(
            advance(
                told, known, since=START - 5 * DAY, holes=(hole,), last=beyond + HOUR
            )
        )
        assert told.reported == pytest.approx(120 + later)


def test_a_hole_after_all_that_was_told_changes_nothing() -> None:
    told = RunningTotal(100.0, START, 120.0, START + HOUR, "a")
    known = windows(20.0, 5.0)
    hole = (START + 10 * HOUR, START + 20 * HOUR)
    assert advance(told, known, holes=(hole,)).reported == pytest.approx(125)


def test_a_hole_costs_nothing_of_what_comes_after_it() -> None:
    """Asked again with every reading, as long as the hole lies in the open day."""
    told = advance(RunningTotal.beginning(START - MINUTE, "a"), windows(*[1.0] * 30))
    hole = (START + 29 * HOUR + 50 * MINUTE, START + 55 * HOUR)
    beyond = windows(*[12.0] * 8, start=START + 55 * HOUR)
    first = beyond.iloc[:60]
    told = advance(told, first, since=START, holes=(hole,))
    assert told.reported == pytest.approx(30 + 60)
    for number in range(61, len(beyond) + 1):
        for share in (0.3, 0.7, 1.0):
            known = beyond.iloc[:number].copy()
            known.iloc[-1] *= share
            told = stored(advance(told, known, since=START, holes=(hole,)))
            assert told.reported == pytest.approx(30 + known.sum(), abs=1e-3)


@pytest.mark.parametrize("ahead", [2 * HOUR, 3 * DAY, 400 * DAY])
def test_a_total_told_by_a_clock_that_was_ahead_goes_on(ahead: timedelta) -> None:
    told = advance(RunningTotal.beginning(START - MINUTE, "a"), windows(*[1.0] * 30))
    false = windows(1.0, start=START + 30 * HOUR + ahead)
    known = pd.concat([windows(*[1.0] * 30), false])
    told = stored(advance(told, known))
    assert told.reported == pytest.approx(31)

    told = advance(told, windows(*[1.0] * 30))
    assert told.reported == pytest.approx(31)
    for hours in range(31, 80):
        told = advance(told, windows(*[1.0] * hours))
        assert told.reported == pytest.approx(hours + 1, abs=0.1)


def test_a_clock_that_is_behind_at_the_start_counts_nothing_twice() -> None:
    told = advance(RunningTotal.beginning(START - MINUTE, "a"), windows(*[1.0] * 30))
    for hours in (29.0, 29.25, 29.5):
        known = windows(*[1.0] * 30).iloc[: round(hours * 12)]
        told = advance(told, known)
        assert told.reported == pytest.approx(30)
    assert advance(told, windows(*[1.0] * 31)).reported == pytest.approx(31)


def test_a_clock_of_ours_that_is_behind_changes_no_total() -> None:
    told = advance(RunningTotal.beginning(START - MINUTE, "a"), windows(*[1.0] * 30))
    behind = START + 10 * HOUR
    assert advance(told, windows(*[1.0] * 31), now=behind).reported == pytest.approx(31)
