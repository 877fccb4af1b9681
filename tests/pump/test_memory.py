"""Memory: whatever way readings come in, what is known is that of one load."""

from datetime import UTC, datetime, timedelta
from typing import Any

from hypothesis import example, given, settings, strategies as st
import numpy as np
import pandas as pd
import pytest

from custom_components.heatpump_dashboard.analysis.equipment import Equipment
from custom_components.heatpump_dashboard.analysis.events import Event, events
from custom_components.heatpump_dashboard.analysis.states import Kind
from custom_components.heatpump_dashboard.profiles import load
from custom_components.heatpump_dashboard.pump.limits import CONTEXT
from custom_components.heatpump_dashboard.pump.memory import PumpMemory, Records
from tests.support.memory_source import EMPTY, thermia

START = datetime(2026, 1, 20, tzinfo=UTC)
HOUR = timedelta(hours=1)


def new_memory() -> PumpMemory:
    profile = load("thermia")
    return PumpMemory(profile, Equipment.of(profile, {}))


def between(stored: pd.DataFrame, start: datetime, stop: datetime) -> pd.DataFrame:
    return stored[(stored.index >= start) & (stored.index < stop)]


def load_at_once(stored: pd.DataFrame, start: datetime, stop: datetime) -> Records:
    memory = new_memory()
    memory.take_in(between(stored, start - CONTEXT, stop), start - CONTEXT, stop)
    return memory.records


def assert_same_windows(known: Records, expected: Records) -> None:
    """Compare what counts; a column without any value may be there or not."""
    assert_same_events(known.events, expected.events)
    for name in ("ledger", "extremes", "states"):
        left, right = getattr(known, name), getattr(expected, name)
        columns = left.columns.union(right.columns)
        pd.testing.assert_frame_equal(
            left.reindex(columns=columns),
            right.reindex(columns=columns),
            check_freq=False,
            check_names=False,
            atol=1e-9,
            rtol=1e-9,
        )


def assert_same_events(known: tuple[Event, ...], expected: tuple[Event, ...]) -> None:
    assert [event[:4] for event in known] == [event[:4] for event in expected]
    for left, right in zip(known, expected, strict=True):
        assert left.celsius == right.celsius
        assert left.duration_s == right.duration_s
        assert left.kwh == pytest.approx(right.kwh, abs=1e-9)


@pytest.fixture(scope="module")
def stored() -> pd.DataFrame:
    """Return eight hours with gaps, lost states and a jump of the interval."""
    dense = thermia(START - 2 * HOUR, START + 4 * HOUR)
    sparse = thermia(START + 4 * HOUR, START + 6 * HOUR, step_s=60)
    rows = pd.concat([dense, sparse])
    rng = np.random.default_rng(3)
    rows = rows[rng.random(len(rows)) > 0.05]
    gap = (rows.index >= START + 1.4 * HOUR) & (rows.index < START + 1.75 * HOUR)
    rows = rows[~gap].copy()
    lost = rng.random(len(rows)) < 0.03
    rows.loc[lost, ["compressor_status", "switch_valve_status"]] = np.nan
    rows.loc[rng.random(len(rows)) < 0.03, "radiator_return"] = -48.3
    rows["alarm_code"] = rng.choice([0.0, 10.0, 90.0], len(rows), p=[0.98, 0.01, 0.01])
    heater = (rows.index.minute // 10 % 3).to_numpy()
    rows["additional_heat_percent"] = np.array([0.0, 33.0, 36.0])[heater]
    rows.loc[rng.random(len(rows)) < 0.03, "alarm_code"] = np.nan
    return rows


def test_a_poll_adds_what_is_new(stored: pd.DataFrame) -> None:
    memory = new_memory()
    cut = START + 3 * HOUR
    memory.take_in(between(stored, START - CONTEXT, cut), START - CONTEXT, cut)
    before = memory.records

    assert memory.take_in(
        between(stored, cut - HOUR / 12, cut + HOUR), cut - HOUR / 12, cut + HOUR
    )

    assert_same_windows(memory.records, load_at_once(stored, START, cut + HOUR))
    assert memory.records.revision > before.revision
    # Who looked at it before still has what was known then.
    assert before.last is not None and before.last < cut


def test_what_is_known_already_is_no_news(stored: pd.DataFrame) -> None:
    memory = new_memory()
    stop = START + 3 * HOUR
    memory.take_in(between(stored, START - CONTEXT, stop), START - CONTEXT, stop)
    known = memory.records

    assert not memory.take_in(between(stored, stop - HOUR, stop), stop - HOUR, stop)
    assert not memory.take_in(EMPTY, stop, stop + HOUR)
    assert memory.records.revision == known.revision
    assert memory.records.ledger is known.ledger


def test_a_changed_row_replaces_the_one_known(stored: pd.DataFrame) -> None:
    memory = new_memory()
    stop = START + 3 * HOUR
    memory.take_in(between(stored, START - CONTEXT, stop), START - CONTEXT, stop)
    changed = stored.copy()
    late = changed.index[changed.index < stop][-4:-2]
    changed.loc[late, "compressor_status"] = 1 - changed.loc[late, "compressor_status"]

    assert memory.take_in(between(changed, stop - HOUR / 12, stop), stop, stop)

    assert_same_windows(memory.records, load_at_once(changed, START, stop))


def test_nothing_is_forgotten_when_nothing_comes(stored: pd.DataFrame) -> None:
    memory = new_memory()
    stop = START + 3 * HOUR
    memory.take_in(between(stored, START - CONTEXT, stop), START - CONTEXT, stop)

    memory.take_in(EMPTY, stop, stop + 24 * HOUR)

    assert_same_windows(memory.records, load_at_once(stored, START, stop))


def test_what_is_too_old_is_forgotten() -> None:
    memory = new_memory()
    stored = thermia(START - 2 * HOUR, START + 60 * HOUR, step_s=60)
    memory.take_in(between(stored, START - CONTEXT, START), START - CONTEXT, START)
    for hour in range(0, 60, 6):
        cut = START + hour * HOUR
        memory.take_in(between(stored, cut, cut + 6 * HOUR), cut, cut + 6 * HOUR)

    known = memory.records
    assert known.readings.index[0] == START + 12 * HOUR - CONTEXT
    assert_same_windows(known, load_at_once(stored, START, START + 60 * HOUR))

    later = START + timedelta(days=40)
    fresh = thermia(later - HOUR, later)
    memory.take_in(fresh, later - HOUR, later)
    assert memory.records.extremes.index[0] >= later - HOUR - timedelta(minutes=5)
    assert memory.records.ledger.index[0] == START

    later = START + timedelta(days=70)
    fresh = thermia(later - HOUR, later)
    memory.take_in(fresh, later - HOUR, later)
    assert memory.records.ledger.index[0] == START + timedelta(days=40) - HOUR


def test_a_start_on_the_far_side_of_days_without_readings_counts() -> None:
    memory = new_memory()
    stop = START + 5 * HOUR
    stored = thermia(START - 2 * HOUR, stop).assign(compressor_status=0.0)
    memory.take_in(between(stored, START - CONTEXT, stop), START - CONTEXT, stop)
    memory.take_in(EMPTY, stop, stop + 72 * HOUR)

    later = stop + 72 * HOUR
    memory.take_in(
        thermia(later, later + HOUR).assign(compressor_status=1.0), later, later + HOUR
    )

    assert memory.records.ledger["starts"].sum() == 1
    assert memory.records.ledger.loc[pd.Timestamp(later), "starts"] == 1


def test_a_start_behind_days_in_which_only_the_compressor_was_silent_counts() -> None:
    """Its last word stays, however old it is, while the others go on."""
    memory = new_memory()
    stop = START + 66 * HOUR
    stored = thermia(START - 2 * HOUR, stop + HOUR, step_s=60)
    stored["compressor_status"] = np.where(
        stored.index < START, 0.0, np.where(stored.index < stop, np.nan, 1.0)
    )
    memory.take_in(between(stored, START - CONTEXT, START), START - CONTEXT, START)
    for cut in [START + hour * HOUR for hour in range(0, 66, 6)]:
        memory.take_in(between(stored, cut, cut + 6 * HOUR), cut, cut + 6 * HOUR)
    memory.take_in(between(stored, stop, stop + HOUR), stop, stop + HOUR)

    assert memory.records.ledger["starts"].sum() == 1
    assert memory.records.ledger.loc[pd.Timestamp(stop), "starts"] == 1


def test_the_past_is_added_only_next_to_what_is_known(stored: pd.DataFrame) -> None:
    memory = new_memory()
    with pytest.raises(ValueError, match="without holes"):
        memory.add_past(EMPTY, START, START + HOUR)
    stop = START + 6 * HOUR
    memory.take_in(
        between(stored, START + 4 * HOUR - CONTEXT, stop),
        START + 4 * HOUR - CONTEXT,
        stop,
    )
    with pytest.raises(ValueError, match="without holes"):
        memory.add_past(EMPTY, START, START + HOUR)


def test_an_empty_past_is_a_past(stored: pd.DataFrame) -> None:
    memory = new_memory()
    memory.take_in(
        between(stored, START - CONTEXT, START + HOUR), START - CONTEXT, START + HOUR
    )
    memory.add_past(EMPTY, START - 24 * HOUR, START)

    assert memory.records.since == pd.Timestamp(START - 24 * HOUR)
    assert_same_windows(memory.records, load_at_once(stored, START, START + HOUR))


def test_sums_of_a_farther_past_complete_the_first_run() -> None:
    """What its window had before it is known only then; all else stays."""
    stored = thermia(START - 4 * HOUR, START + 4 * HOUR, cycle_min=43)
    running = stored["compressor_status"].loc[START:]
    begun = running.index[running.diff() > 0][0]
    since = begun.floor("5min").to_pydatetime()
    assert since < begun
    stop = START + 4 * HOUR
    memory = new_memory()
    memory.take_in(between(stored, since - CONTEXT, stop), since - CONTEXT, stop)
    before = memory.records
    end = next(e for e in before.events if (e.kind, e.value) == (Kind.COMPRESSOR, 0))
    assert end.kwh is None

    for hours in (1, 2):
        first, last = since - hours * HOUR, memory.records.since
        raw = between(stored, first - CONTEXT, last)
        memory.add_past(raw, first, last, sums_only=True)
        known = memory.records
        assert_same_events(known.events, events(known.states, known.ledger))
        assert known.states is before.states
        ends = [e for e in known.events if e[:4] == end[:4]]
        assert [e.kwh for e in ends] == [pytest.approx(13.5 * 21.5 / 60, rel=0.02)]


cuts = st.lists(st.integers(1, 359), max_size=12, unique=True).map(sorted)


@st.composite
def plans(draw: st.DrawFn) -> dict[str, Any]:
    """Draw where the first load begins and ends, and how the rest is cut and mixed."""
    first = draw(st.integers(0, 300))
    loaded = draw(st.integers(first + 15, 360))
    back = [cut for cut in draw(cuts) if cut < first]
    on = [cut for cut in draw(cuts) if cut > loaded]
    polls = list(zip([loaded, *on], [*on, 360], strict=True))
    repeated = draw(st.lists(st.sampled_from(polls), max_size=3)) if polls else []
    minute = st.integers(min(first + 15, 360), 360)
    late = draw(st.lists(st.tuples(minute, minute).map(sorted), max_size=3))
    return {
        "first": first,
        "loaded": loaded,
        "late": late,
        "pieces": list(zip([0, *back], [*back, first], strict=True))[::-1],
        "polls": draw(st.permutations(polls + repeated)),
        "history_first": draw(st.booleans()),
        "turns": draw(st.lists(st.booleans(), max_size=30)),
        "repeat_history": draw(st.booleans()),
    }


def at(minute: int) -> datetime:
    return START + timedelta(minutes=minute)


def without(stored: pd.DataFrame, spans: list[list[int]]) -> pd.DataFrame:
    """Return what is stored before the late points come."""
    for start, stop in spans:
        stored = stored[(stored.index < at(start)) | (stored.index >= at(stop))]
    return stored


def follow(plan: dict[str, Any], whole: pd.DataFrame) -> PumpMemory:
    """Feed a memory as planned; minutes are those after START.

    What is late is there when all else has been read, and then the last day is read
    again.
    """
    stored = without(whole, plan["late"])
    memory = new_memory()
    start, stop = at(plan["first"]), at(plan["loaded"])
    # The first load begins at an edge, as the coordinator's does.
    start -= timedelta(minutes=start.minute % 5)
    memory.take_in(between(stored, start - CONTEXT, stop), start - CONTEXT, stop)
    polls, pieces, turns = list(plan["polls"]), list(plan["pieces"]), plan["turns"]
    for poll in [*turns, *([plan["history_first"]] * 60)]:
        if (poll and polls) or not pieces:
            for span in polls[:1]:
                memory.take_in(
                    between(stored, at(span[0]), at(span[1])), at(0), at(360)
                )
            polls = polls[1:]
        else:
            first = at(pieces[0][0])
            first -= timedelta(minutes=first.minute % 5)
            known = memory.records.since
            assert known is not None
            memory.add_past(between(stored, first - CONTEXT, known), first, known)
            if plan["repeat_history"]:
                memory.add_past(between(stored, first - CONTEXT, known), first, known)
            pieces = pieces[1:]
    if plan["late"]:
        memory.take_in(between(whole, at(0), at(360)), at(0), at(360))
    return memory


# The first load begins within a gap, and the past is read before anything comes.
IN_THE_GAP = {
    "first": 85,
    "loaded": 100,
    "late": [],
    "pieces": [(0, 85)],
    "polls": [(100, 360)],
    "history_first": False,
    "turns": [],
    "repeat_history": False,
}
CUT_IN_THE_GAP = IN_THE_GAP | {"pieces": [(84, 85), (80, 84), (30, 80), (0, 30)]}


@settings(max_examples=60)
@example(plan=IN_THE_GAP)
@example(plan=IN_THE_GAP | {"repeat_history": True})
@example(plan=CUT_IN_THE_GAP)
@example(plan=CUT_IN_THE_GAP | {"turns": [False, True]})
@given(plan=plans())
def test_any_cutting_order_delay_and_repetition_gives_the_same_windows(
    plan: dict[str, Any], stored: pd.DataFrame
) -> None:
    memory = follow(plan, stored)

    expected = load_at_once(stored, START, START + 6 * HOUR)
    assert_same_windows(memory.records, expected)
    assert memory.records.ledger["starts"].sum() == expected.ledger["starts"].sum() > 0
    assert len({event.kind for event in expected.events}) == 5
