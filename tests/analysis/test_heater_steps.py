"""Steps of the auxiliary heater: counted where nothing else changes."""

from typing import Any

import numpy as np
import pandas as pd
import pytest

from custom_components.heatpump_dashboard.analysis.equipment import Equipment
from custom_components.heatpump_dashboard.analysis.heater_steps import HEATER_STEPS
from custom_components.heatpump_dashboard.analysis.windows import ledger

from .factory import FAR, HOUR, START, running, sums

# 33.3 % of 9 kW at minute 60 are 3 kW: from 4.8 to 6.6 K.
STEP = 100 / 3


def stepped(
    *spans: tuple[float, float], length_s: float = 2 * HOUR, **metrics: Any
) -> pd.DataFrame:
    """Return a compressor beside a heater at a percent from each minute on."""
    frame = running(length_s)
    minute = (frame.index - START).total_seconds().to_numpy() / 60
    percent = np.zeros(len(frame))
    for begin, value in spans:
        percent[minute >= begin] = value
    # What has left the heater before is on its way for a while.
    late = np.interp(minute, minute + 2, percent)
    return frame.assign(
        auxiliary_percent=percent,
        supply_temp=35 + 4.8 + 1.8 * late / STEP,
        return_temp=35.0,
        **metrics,
    )


def told(frame: pd.DataFrame) -> list[float]:
    total = sums(frame)
    return [float(total[name]) for name in HEATER_STEPS]


def test_a_step_up_and_one_down_are_the_same() -> None:
    """3.0 kW, 4.8 → 6.6 K."""
    up, down = told(stepped((60, STEP))), told(stepped((0, STEP), (60, 0)))

    assert up == pytest.approx([1, 3.0, 1.8], abs=1e-6)
    assert down == pytest.approx(up, abs=1e-6)
    assert up[1] / up[2] == pytest.approx(1.667, abs=5e-4)


def test_an_offset_of_the_sensors_cancels() -> None:
    frame = stepped((60, STEP))
    off = frame.assign(supply_temp=frame["supply_temp"] + 0.7)
    assert told(off) == pytest.approx(told(frame))


@pytest.mark.parametrize(
    "frame",
    [
        stepped((60, STEP), (70, 2 * STEP)),
        stepped((20, STEP)),
        stepped((60, STEP), length_s=74 * 60),
        stepped((60, 8)),
        stepped((60, STEP), hot_water_valve=np.repeat([0, 1], [140, 101])),
        stepped((60, STEP), hot_water_valve=1),
        stepped((60, STEP)).assign(compressor=np.repeat([1, 0, 1], [100, 10, 131])),
        stepped((60, STEP)).assign(compressor=0),
        stepped((60, STEP)).drop(index=stepped().index[100:125]),
        stepped((60, STEP)).assign(supply_temp=np.nan),
        stepped(),
    ],
    ids=[
        "two in a quarter of an hour",
        "the compressor has just begun",
        "not known what follows",
        "too small to show",
        "hot water begins after it",
        "hot water",
        "a stop before it",
        "no compressor",
        "nobody looked",
        "no supply",
        "no step",
    ],
)
def test_what_is_no_step(frame: pd.DataFrame) -> None:
    assert told(frame) == [0, 0, 0]


@pytest.mark.parametrize("cut_min", [45, 59, 60, 61, 70, 74.5, 75, 76, 90])
def test_wherever_the_past_is_cut_it_is_counted_once(cut_min: float) -> None:
    frame = stepped((60, STEP), length_s=3 * HOUR)
    cut = START + pd.Timedelta(minutes=cut_min)
    hour = pd.Timedelta(hours=1)
    parts = (
        ledger(frame[frame.index <= cut + hour], Equipment(), START - FAR, cut),
        ledger(frame[frame.index >= cut - hour], Equipment(), cut, START + FAR),
    )
    total = sum(part[list(HEATER_STEPS)].sum() for part in parts)
    assert list(total) == pytest.approx([1, 3.0, 1.8], abs=1e-6)
