"""Temperature differences while the compressor runs."""

import numpy as np
import pandas as pd
import pytest

from custom_components.heatpump_dashboard.analysis.differences import with_differences
from custom_components.heatpump_dashboard.analysis.windows import extremes, resample

from .factory import HOUR, every, readings, seconds


def test_differences_are_blank_while_the_compressor_rests() -> None:
    frame = readings(
        seconds(0.0, 30.0, 60.0, 90.0),
        compressor=[0, 1, 1, np.nan],
        supply_temp=[30, 36, 37, 38],
        return_temp=[29, 31, np.nan, 33],
        brine_in_temp=[8, 4, 4, 4],
        brine_out_temp=[8, 1, 0, 1],
    )
    found = with_differences(frame)

    np.testing.assert_array_equal(found["delta_t"], [np.nan, 5, np.nan, np.nan])
    np.testing.assert_array_equal(found["brine_delta_t"], [np.nan, 3, 4, np.nan])


def test_a_difference_needs_both_its_sensors_and_the_compressor() -> None:
    both = readings(seconds(0.0), supply_temp=[30], return_temp=[29])
    one = readings(seconds(0.0), compressor=[1], supply_temp=[30])

    assert "delta_t" not in with_differences(both)
    assert "delta_t" not in with_differences(one)


def test_the_mean_of_an_hour_is_that_of_its_running_time() -> None:
    index = every(3600 - 30)
    running = np.arange(len(index)) < len(index) // 4
    frame = pd.DataFrame(
        {
            "compressor": running.astype("float64"),
            "supply_temp": np.where(running, 35.0, 25.0),
            "return_temp": np.where(running, 30.0, 25.0),
        },
        index=index,
    )
    hour = resample(extremes(with_differences(frame)), HOUR).iloc[0]

    assert hour["delta_t|sum"] / hour["delta_t|s"] == pytest.approx(5.0)
