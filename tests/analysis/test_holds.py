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
        past = times[: number + 1]
        intervals = np.diff(past)[-100:].tolist()
        recent = [
            i for i, t in zip(intervals, past[-101:-1], strict=True) if t >= now - 3600
        ]
        last = intervals[-5:] if len(recent) < 5 else recent
        usual = float(np.median(last)) if last else 30.0
        held.append(min(times[number + 1] - now, max(min(3 * usual, 1800.0), 90.0)))
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
    quick = list(range(7200, 14_400, 40))
    held = _holds([*slow, 7190, *quick, 20_000])

    assert held[-2] == 120
    assert held[len(slow) // 2] == 60


def test_at_least_90_seconds() -> None:
    assert _holds([*range(0, 600, 10), 1000])[-2] == 90


@pytest.mark.parametrize("interval", [300, 303, 600, 900])
def test_a_slow_collector_has_no_gaps(interval: int) -> None:
    held = _holds([interval * number for number in range(12)])

    assert held[1:-1] == [interval] * 10


def test_a_gap_is_not_usual() -> None:
    slow = [600 * number for number in range(6)]

    assert _holds([*slow, 20_000, 20_600])[5] == 1800
    assert _holds([*slow, 20_000, 20_600, 40_000])[-3:] == [600, 1800, 0]


def test_never_more_than_half_an_hour() -> None:
    assert max(_holds([0, 1200, 2400, 3600, 9000])) == 1800


def test_another_interval_is_usual_after_an_hour() -> None:
    quick = list(range(0, 7200, 30))
    slow = list(range(7200, 14_400, 600))
    held = _holds([*quick, *slow])

    assert held[len(quick)] == 90
    assert held[len(quick) + 7 : -1] == [600] * 4


@settings(max_examples=60)
@given(
    st.lists(
        st.sampled_from(
            [0.25, 1.0, 29.5, 30.0, 31.0, 60.0, 89.0, 91.0, 300.0, 700.0, 2000.0]
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
