"""Rows that hold, moments, and what shows how often something is read."""

from typing import Any

import numpy as np
import pandas as pd
import pytest

from custom_components.heatpump_dashboard.analysis.align import (
    ENDED,
    align,
    aligned_frame,
    in_force,
)
from custom_components.heatpump_dashboard.analysis.moments import SPREAD, moments
from custom_components.heatpump_dashboard.analysis.rhythm import (
    Rhythm,
    Told,
    pace,
    rhythm,
)
from custom_components.heatpump_dashboard.analysis.samples import Samples
from tests.support.memory_source import thermia
from tests.support.rhythms import apart, on_change

from .factory import START, every, readings, seconds

NAN = np.nan
CHANGING = Rhythm(on_change=frozenset(("compressor", "supply_temp", "energy")))


def rows(frame: pd.DataFrame, known: Rhythm = Rhythm()) -> dict[float, list[float]]:
    """Return the aligned rows by their seconds; the last value is the hold."""
    found = aligned_frame(align(frame, known))
    into = (found.index - START).total_seconds()
    return dict(zip(into, found.to_numpy().tolist(), strict=True))


def test_rows_of_all_series_are_those_that_were_read() -> None:
    frame = readings(
        seconds(np.arange(0, 600, 30.0), 1200.0, 1230.0), compressor=1, power=7
    )
    aligned, plain = align(frame, Rhythm()), Samples.of(frame)

    np.testing.assert_array_equal(aligned.time, plain.time)
    np.testing.assert_array_equal(aligned.hold_s, plain.hold_s)
    assert aligned.hold_s[-3] == 90


def test_a_metric_is_carried_for_as_long_as_it_holds() -> None:
    frame = readings(
        seconds(0.0, 60.0, 120.0, 180.0, 240.0),
        compressor=1,
        supply_temp=[30, NAN, NAN, NAN, 31],
    )

    np.testing.assert_equal(
        rows(frame),
        {
            0: [1, 30, 60],
            60: [1, 30, 30],
            # Here it ends, while the compressor goes on.
            90: [1, NAN, 30],
            120: [1, NAN, 60],
            180: [1, NAN, 60],
            240: [1, 31, 0],
        },
    )


def test_what_is_no_value_ends_the_one_before() -> None:
    frame = readings(
        seconds(0.0, 30.0, 60.0), compressor=1, supply_temp=[30, ENDED, NAN]
    )

    np.testing.assert_equal(
        rows(frame), {0: [1, 30, 30], 30: [1, NAN, 30], 60: [1, NAN, 0]}
    )


def test_what_is_on_change_holds_while_anything_is_read() -> None:
    frame = readings(
        seconds(0.0, 600.0, 1400.0, 2600.0, 2700.0),
        compressor=[1, NAN, NAN, NAN, 0],
        supply_temp=[30, 31, 32, 33, NAN],
    )

    np.testing.assert_equal(
        rows(frame, CHANGING),
        {
            0: [1, 30, 600],
            600: [1, 31, 800],
            # 15 min after the last value nobody knows whether it is alive.
            1400: [1, 32, 900],
            2600: [1, 33, 100],
            2700: [0, 33, 0],
        },
    )


def test_after_an_hour_of_silence_the_old_value_is_none() -> None:
    frame = readings(
        seconds(0.0, 4000.0, 4100.0), compressor=[1, NAN, 0], supply_temp=[30, 31, 32]
    )

    np.testing.assert_equal(
        rows(frame, CHANGING), {0: [1, 30, 900], 4000: [NAN, 31, 100], 4100: [0, 32, 0]}
    )


def test_counters_have_values_where_they_were_read() -> None:
    frame = readings(every(120), compressor=1, energy=[5, NAN, NAN, 6, NAN])

    np.testing.assert_array_equal(
        align(frame, CHANGING).get("energy"), [5, NAN, NAN, 6, NAN]
    )


def test_what_was_so_before_a_moment_stands_at_it() -> None:
    frame = readings(
        seconds(0.0, 5500.0, 9000.0), compressor=[1, NAN, NAN], power=[7, NAN, 8]
    )
    found = in_force(frame, START + pd.Timedelta(seconds=8000), CHANGING)

    assert found["compressor"].tolist()[0] == 1
    assert found["power"].isna().tolist() == [True, False]
    # What is polled has not been read since.
    assert len(in_force(frame, START + pd.Timedelta(seconds=8000), Rhythm())) == 1
    assert in_force(frame, START, CHANGING) is frame


def grouped(fresh: pd.DataFrame, known: pd.DataFrame | None = None) -> pd.DataFrame:
    before = fresh.iloc[:0] if known is None else known
    return moments(fresh, before, quickest_s=30, on_change=frozenset())


def test_values_stamped_one_after_the_other_are_one_moment() -> None:
    whole = thermia(
        START.to_pydatetime(), (START + pd.Timedelta(hours=1)).to_pydatetime()
    )
    found = grouped(apart(whole))

    pd.testing.assert_frame_equal(
        found.drop(columns=SPREAD)[list(whole)],
        whole,
        check_freq=False,
        check_names=False,
    )
    assert found[SPREAD].tolist() == pytest.approx([0.007 * 15] * 120)
    assert grouped(whole) is whole


@pytest.mark.parametrize("begin_s", [0.0, 0.05, 29.9])
def test_what_is_read_again_comes_to_the_same_moments(begin_s: float) -> None:
    whole = thermia(
        START.to_pydatetime(), (START + pd.Timedelta(minutes=9)).to_pydatetime()
    )
    stamped = apart(whole)
    known = grouped(stamped)
    again = stamped[stamped.index >= START + pd.Timedelta(seconds=begin_s)]
    found = grouped(again, known)

    expected = known.loc[found.index, found.columns]
    pd.testing.assert_frame_equal(found, expected, check_freq=False, check_names=False)


def test_another_value_of_a_metric_is_another_moment() -> None:
    frame = readings(seconds(0.0, 5.0, 9.0), power=[1, 2, NAN], flow=[NAN, NAN, 3])
    found = grouped(frame)

    into = (found.index - START).total_seconds().tolist()
    assert into == [0, 5]
    assert found["flow"].tolist()[1] == 3


def thinned(brand: str) -> pd.DataFrame:
    whole = thermia(
        START.to_pydatetime(), (START + pd.Timedelta(hours=12)).to_pydatetime()
    )
    noise = np.random.default_rng(5)
    whole["degree_minutes"] = np.cumsum(noise.integers(0, 2, len(whole)))
    return apart(on_change(whole)) if brand == "change" else whole


def test_values_show_whether_they_are_polled() -> None:
    polled = thinned("poll")

    assert rhythm(polled, Rhythm()).on_change == frozenset()
    patchy = polled.mask(np.random.default_rng(1).random(polled.shape) < 0.3)
    assert rhythm(patchy, Rhythm()).on_change == frozenset()


def test_what_is_told_is_on_change_whatever_it_looks_like() -> None:
    polled = thinned("poll")
    told = Told(in_force=frozenset(("compressor_status",)))

    assert rhythm(polled, Rhythm(), told).on_change >= told.on_change


def test_a_slow_polled_series_beside_quick_ones_stays_polled() -> None:
    frame = readings(every(36_000), power=0.0, outdoor_temp=NAN)
    noise = np.random.default_rng(2)
    frame["power"] = noise.normal(size=len(frame))
    frame.loc[frame.index[::20], "outdoor_temp"] = noise.normal(size=len(frame[::20]))

    found = rhythm(frame, Rhythm())
    assert found.on_change == frozenset()
    assert found.quickest_s == 30


@pytest.mark.parametrize(
    ("step_s", "quiet_s"), [(30, 90), (300, 900), (600, 1800), (900, 1800)]
)
def test_how_long_no_new_value_is_usual(step_s: int, quiet_s: float) -> None:
    found = pace(readings(every(9000, step_s), compressor=1), Rhythm())

    assert (found.usual_s, found.resolution_s) == (step_s, step_s)
    assert found.quiet_s == quiet_s


def test_nothing_is_known_of_nothing() -> None:
    nothing: Any = readings(every(0), compressor=1).iloc[:0]

    assert rhythm(nothing, Rhythm()).usual_s == 30
    assert not len(align(nothing, Rhythm()))
