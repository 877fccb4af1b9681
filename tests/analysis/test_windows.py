"""Windows of five minutes, and longer ones."""

import time

import numpy as np
import pandas as pd
import pytest

from custom_components.heatpump_dashboard.analysis.equipment import Equipment
from custom_components.heatpump_dashboard.analysis.samples import HOLD, Samples
from custom_components.heatpump_dashboard.analysis.windows import (
    COLUMNS,
    WINDOW_S,
    extremes,
    join_windows,
    ledger,
    means,
    resample,
)

from .factory import FAR, HOUR, START, book, every, readings, running, seconds, sums

MODES = ["heating_s", "hot_water_s", "auxiliary_s", "idle_s"]


def _minute(minutes: float) -> pd.Timestamp:
    return START + pd.Timedelta(minutes=minutes)


def test_windows_are_aligned_and_add_up() -> None:
    frame = running()
    frame.index += pd.Timedelta(seconds=110)
    windows = book(frame)

    assert tuple(windows.columns) == COLUMNS
    assert windows.index[0] == START
    assert windows.index.tz is not None
    assert set(np.diff(windows.index.asi8)) == {WINDOW_S * 10**9}
    assert windows["heating_s"].tolist() == [190] + [300] * 11 + [110]
    assert windows["heat_kwh"].sum() == pytest.approx(13.5)


def test_a_hold_is_split_at_the_edge_of_a_window() -> None:
    frame = readings(seconds(270.0, 340.0), compressor=1, power=3600)
    windows = book(frame)

    assert windows["heating_s"].tolist() == [30, 40]
    assert windows["electricity_kwh"].tolist() == pytest.approx([0.03, 0.04])


def test_the_last_reading_of_all_adds_nothing_yet() -> None:
    frame = running(600)
    one_less = frame.iloc[:-1]

    assert sums(frame)["heating_s"] - sums(one_less)["heating_s"] == 30
    assert sums(one_less)["heating_s"] == 570


def test_modes_exclude_one_another() -> None:
    frame = readings(
        every(240),
        compressor=[1, 1, 0, 0, 1, np.nan, 0, 0, 0],
        hot_water_valve=[0, 1, 1, 0, 1, 0, 0, 0, 0],
        auxiliary_percent=[0, 50, 50, 0, 0, 50, 0, 100, 0],
    )
    total = sums(frame)

    assert total[MODES].tolist() == [30, 60, 60, 60]
    assert total["auxiliary_on_s"] == 90
    assert total["compressor_auxiliary_s"] == 30


def test_energies_by_mode() -> None:
    frame = running(600, hot_water_valve=[0] * 10 + [1] * 11, auxiliary_percent=10)
    total = sums(frame)

    assert total["heat_hot_water_kwh"] == pytest.approx(total["heat_kwh"] / 2)
    assert total["electricity_hot_water_kwh"] == pytest.approx(
        total["electricity_kwh"] / 2
    )


def test_a_missing_state_of_the_compressor_is_not_covered() -> None:
    frame = running(300)
    frame.iloc[3:5, frame.columns.get_loc("compressor")] = np.nan
    total = sums(frame)

    assert total[MODES].sum() == 240
    assert total["energy_s"] == 240


def test_what_the_temperatures_differ_by_is_known_without_any_electricity() -> None:
    """A power series that died takes the energies with it, not the temperatures."""
    frame = running(
        HOUR, power=np.nan, brine_in_temp=2, brine_out_temp=[-1] * 60 + [np.nan] * 61
    )
    total = sums(frame)

    assert total["running_known_s"] == 0
    assert total["delta_t_ks"] / total["delta_t_running_s"] == 5
    assert total["delta_t_running_s"] == HOUR
    assert total["brine_delta_t_ks"] / total["brine_running_s"] == 3
    assert total["brine_running_s"] == HOUR / 2


def test_differences_of_a_heat_meter_are_those_of_the_time_they_are_known() -> None:
    """The meter knows the heat although the temperatures are silent for half an hour."""
    frame = running(HOUR, heat_energy=np.linspace(0, 13.5, 121))
    frame.iloc[60:, frame.columns.get_loc("return_temp")] = np.nan
    total = sums(frame, Equipment(heat_meter=True))

    assert total["running_known_s"] == HOUR
    assert total["delta_t_ks"] / total["delta_t_running_s"] == 5


@pytest.mark.parametrize("minutes", [2, 7, 20])
def test_differences_of_running_time_do_not_depend_on_the_length_of_runs(
    minutes: int,
) -> None:
    """Runs shorter than a row: their sums say what the temperatures differ by."""
    times = every(12 * HOUR)
    second = np.arange(len(times)) * 30
    is_on = second % 3600 < 60 * minutes
    frame = readings(
        times,
        compressor=is_on,
        supply_temp=np.where(is_on, 40, 25),
        return_temp=np.where(is_on, 35, 25),
    )
    hours = resample(book(frame), HOUR).iloc[:-1]

    assert (hours["delta_t_running_s"] == 60 * minutes).all()
    assert (hours["delta_t_ks"] == 5 * hours["delta_t_running_s"]).all()


@pytest.mark.parametrize(
    ("states", "starts"),
    [
        ([0, 1], 1),
        ([0, np.nan, 1], 1),
        ([1, np.nan, 1], 0),
        ([1, np.nan, 0, np.nan, 1], 1),
        ([np.nan, 1], 0),
        ([1, 1, 0], 0),
    ],
)
def test_starts_are_rises_between_valid_states(
    states: list[float], starts: int
) -> None:
    frame = readings(every(30 * (len(states) - 1)), compressor=states)

    assert sums(frame)["starts"] == starts


def test_a_start_is_counted_when_it_is_seen() -> None:
    frame = readings(seconds(0.0, 280.0, 310.0), compressor=[0, np.nan, 1])
    windows = book(frame)

    assert windows["starts"].to_dict() == {START: 0, _minute(5): 1}


def test_a_different_state_beyond_a_gap_is_one_start() -> None:
    times = seconds(np.arange(0, 300, 30.0), np.arange(18_000, 18_300, 30.0))
    same = readings(times, compressor=1)
    other = readings(times, compressor=[0] * 10 + [1] * 10)
    windows = book(other)

    assert sums(same)["starts"] == 0
    assert windows["starts"].sum() == 1
    assert windows["starts"][START + pd.Timedelta(hours=5)] == 1


def test_hot_water_charges() -> None:
    frame = readings(
        every(270),
        compressor=[0, 1, 1, 1, 0, 0, 1, np.nan, 1, 1],
        hot_water_valve=[1, 1, 0, 1, 1, 0, 1, 1, 1, np.nan],
    )

    assert sums(frame)["hot_water_charges"] == 3
    assert sums(frame)["starts"] == 2


def test_without_a_valve_nothing_is_hot_water() -> None:
    total = sums(readings(every(90), compressor=[0, 1, 1, 0]))

    assert total["hot_water_charges"] == total["hot_water_s"] == 0


def test_negative_heat_is_subtracted_and_reported() -> None:
    frame = running(return_temp=[41] * 60 + [35] * 61)
    total = sums(frame)

    assert total["negative_heat_kwh"] == pytest.approx(2.7 * 1 / 2)
    assert total["heat_kwh"] == pytest.approx((13.5 - 2.7) / 2)


def test_context_alone_gives_nothing() -> None:
    frame = running()
    windows = ledger(frame, Equipment(), START + FAR, START + 2 * FAR)

    assert windows.empty
    assert tuple(windows.columns) == COLUMNS
    assert isinstance(windows.index, pd.DatetimeIndex)
    assert book(frame.iloc[:0]).empty


def test_what_spills_over_the_end_is_included() -> None:
    frame = readings(seconds(280.0, 310.0), compressor=[1, 1])
    windows = ledger(frame, Equipment(), START, _minute(5))

    assert windows["heating_s"].to_dict() == {START: 20, _minute(5): 10}


def test_extremes_of_each_metric() -> None:
    frame = readings(
        seconds(0.0, 100.0, 200.0, 300.0, 900.0),
        supply_temp=[30, np.nan, 33, np.nan, 40],
        compressor=[0, 1, 1, 1, np.nan],
    )
    windows = extremes(frame)

    # The first holds for 90 s as nothing is usual yet, the fourth for 300 s.
    assert windows.index.tolist() == [START, _minute(5), _minute(15)]
    supply = windows[[f"supply_temp|{what}" for what in ("sum", "min", "max", "s")]]
    np.testing.assert_allclose(
        supply,
        [
            [30 * 90 + 33 * 100, 30, 33, 190],
            [0, np.nan, np.nan, 0],
            [0.04, 40, 40, 0.001],
        ],
    )
    assert windows["compressor|sum"].tolist() == [200, 300, 0]


def test_a_value_that_holds_for_several_windows_is_in_the_means_of_all() -> None:
    frame = readings(seconds(*range(0, 4800, 600)), supply_temp=[*range(20, 27), 0])
    windows = extremes(frame)

    mean = windows["supply_temp|sum"] / windows["supply_temp|s"]
    np.testing.assert_array_equal(mean[1:13], np.repeat(range(21, 27), 2))
    # What is least and most is of the window's own readings.
    assert windows["supply_temp|min"].notna().tolist()[1:] == [True, False] * 6 + [True]


def test_means_do_not_depend_on_how_often_something_is_read() -> None:
    """A minute at 40, read six times, and four at 30, read four times."""
    times = seconds(np.arange(0, 60, 10.0), np.arange(60, 301, 60.0))
    frame = readings(times, supply_temp=[40] * 6 + [30] * 5)

    assert means(frame, 300)["supply_temp"].tolist()[0] == pytest.approx(32)
    assert means(frame, 120)["supply_temp"].tolist() == pytest.approx([35, 30, 30])
    assert means(frame.iloc[:0], 300).empty


def test_windows_of_two_spans_are_those_of_both() -> None:
    frame = readings(seconds(*range(0, 6000, 400)), supply_temp=range(20, 35))
    frame["alarm_code"] = 10.0
    samples = Samples.of(frame)
    whole = frame.assign(**{HOLD: samples.hold_s})
    cut = _minute(45)

    both = join_windows(
        extremes(whole[whole.index < cut]), extremes(whole[whole.index >= cut])
    )

    pd.testing.assert_frame_equal(
        both, extremes(whole), check_freq=False, check_names=False
    )
    assert join_windows(whole.iloc[:0], both) is both
    assert join_windows(both, whole.iloc[:0]) is both


def test_codes_and_counters_have_a_last_value_alone() -> None:
    frame = readings(
        seconds(0.0, 100.0, 300.0), alarm_code=[10, 20, np.nan], energy=[5, np.nan, 6]
    )
    windows = extremes(frame)

    assert sorted(windows.columns) == ["alarm_code|last", "energy|last"]
    np.testing.assert_array_equal(windows["alarm_code|last"], [20, np.nan])
    np.testing.assert_array_equal(windows["energy|last"], [5, 6])


def test_extremes_of_nothing() -> None:
    windows = extremes(running().iloc[:0])

    assert windows.empty
    assert isinstance(windows.index, pd.DatetimeIndex)


def test_longer_windows() -> None:
    windows = pd.DataFrame(
        {
            "heat_kwh": [1.0, 2.0, 4.0],
            "supply_temp|sum": [10.0, np.nan, 30.0],
            "supply_temp|min": [5.0, np.nan, 7.0],
            "supply_temp|max": [9.0, np.nan, 8.0],
            "alarm_code|last": [3.0, np.nan, np.nan],
        },
        index=pd.DatetimeIndex([_minute(50), _minute(55), _minute(60)]),
    )
    hours = resample(windows, HOUR)

    assert hours.index.tolist() == [START, _minute(60)]
    assert list(hours.columns) == list(windows.columns)
    np.testing.assert_array_equal(hours, [[3, 10, 5, 9, 3], [4, 30, 7, 8, np.nan]])


def test_windows_of_their_own_length_stay() -> None:
    windows = book(running())

    assert resample(windows, WINDOW_S) is windows
    assert resample(windows.iloc[:0], HOUR).empty


def test_thirty_days_are_added_up_within_a_second() -> None:
    times = every(30 * 86_400)
    wave = np.sin(np.arange(len(times)) / 50)
    states = (
        "compressor",
        "brine_pump",
        "circulation_pump",
        "hot_water_valve",
        "alarm",
    )
    temperatures = (
        "outdoor_temp",
        "indoor_temp",
        "supply_temp",
        "return_temp",
        "hot_water_temp",
        "brine_in_temp",
        "brine_out_temp",
        "hot_gas_temp",
    )
    others = ("power", "energy", "degree_minutes", "auxiliary_percent", "alarm_code")
    frame = readings(
        times,
        **dict.fromkeys(states, wave > 0),
        **dict.fromkeys((*temperatures, *others), 30 + wave),
    )
    began = time.process_time()
    ledger(frame, Equipment(), START, START + FAR)
    extremes(frame)

    assert frame.shape == (86_401, 18)
    assert time.process_time() - began < 1
