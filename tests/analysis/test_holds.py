"""For how long a reading holds."""

from hypothesis import given, settings, strategies as st
import numpy as np
import pytest

from custom_components.heatpump_dashboard.analysis.samples import SECOND, Samples, holds

from .factory import readings, seconds


def _holds(times: list[float]) -> list[float]:
    return holds((np.array(times) * SECOND).astype(np.int64)).tolist()


def _plain(times: list[float]) -> list[float]:
    """Return the same, one reading after the other."""
    held = []
    for number, now in enumerate(times[:-1]):
        past = [t for t in times[: number + 1] if t >= now - 3600]
        intervals = [i for i in np.diff(past) if i <= 300]
        usual = float(np.median(intervals)) if intervals else 30.0
        held.append(min(times[number + 1] - now, 3 * usual, 300.0))
    return [*held, 0.0]


def test_a_reading_holds_until_the_next() -> None:
    assert _holds([0, 30, 65, 90]) == [30, 35, 25, 0]


def test_the_last_reading_holds_nothing() -> None:
    assert _holds([0]) == [0]
    assert _holds([]) == []


def test_at_most_three_usual_intervals() -> None:
    times = [*range(0, 600, 30), 1200]

    assert _holds(times)[-2] == 90


def test_what_is_usual_is_of_the_hour_before() -> None:
    slow = list(range(0, 7200, 60))
    quick = list(range(7200, 14_400, 10))
    held = _holds([*slow, 7190, *quick, 20_000])

    assert held[-2] == 30
    assert held[len(slow) // 2] == 60


def test_a_gap_is_not_usual() -> None:
    assert _holds([0, 1000, 2000, 2400]) == [90, 90, 90, 0]


def test_never_more_than_five_minutes() -> None:
    assert max(_holds([0, 250, 500, 750, 2000])) == 300


@settings(max_examples=60)
@given(
    st.lists(
        st.sampled_from(
            [0.25, 1.0, 7.0, 29.5, 30.0, 31.0, 60.0, 89.0, 91.0, 300.0, 700.0]
        ),
        max_size=150,
    )
)
def test_holds_are_those_of_the_plain_definition(intervals: list[float]) -> None:
    times = np.concatenate(([0.0], np.cumsum(intervals))).tolist()

    assert _holds(times) == pytest.approx(_plain(times))


def test_a_state_is_carried_for_an_hour() -> None:
    times = seconds(0.0, 3600.0, 3630.0)
    frame = readings(times, hot_water_valve=[1, np.nan, np.nan])

    np.testing.assert_array_equal(
        Samples.of(frame).carried("hot_water_valve"), [1, 1, np.nan]
    )


def test_times_are_read_in_any_resolution() -> None:
    frame = readings(seconds(0.0, 30.0), compressor=1)
    coarse = frame.set_axis(frame.index.as_unit("s"))

    assert Samples.of(coarse).time.tolist() == Samples.of(frame).time.tolist()
