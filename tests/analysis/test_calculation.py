"""What is stored of a day is as it was, or `CALCULATION` says that it is not."""

import numpy as np
from syrupy.assertion import SnapshotAssertion

from custom_components.heatpump_dashboard.analysis.fingerprint import CALCULATION

from .factory import STEP, every, readings, sums

# What it does, and for how many minutes; a run below ten minutes is a short one.
DAY = (
    *(("idle", 30), ("heating", 9.5), ("idle", 20), ("heating", 10.5), ("idle", 25)),
    *(("hot_water", 45), ("heating", 40), ("auxiliary", 30), ("heating", 40)),
    *(("idle", 40), ("sanitizing", 30), ("idle", 20)),
)


def test_sums_change_only_with_the_number_of_the_calculation(
    snapshot: SnapshotAssertion,
) -> None:
    """Who changes a formula raises the number, and then the snapshot: both or none."""
    doing = np.concatenate(
        [np.full(int(minutes * 60 / STEP), what) for what, minutes in DAY]
    )
    into_s = np.arange(len(doing)) * STEP
    hot = np.isin(doing, ("hot_water", "sanitizing"))
    on = np.isin(doing, ("heating", "auxiliary")) | hot
    helped = np.isin(doing, ("auxiliary", "sanitizing"))
    supply = np.where(on, 40 + into_s % 1800 / 600, 32.0)
    frame = readings(
        every(into_s[-1]),
        compressor=on,
        supply_temp=supply,
        return_temp=supply - np.where(on, 5 + 1.5 * helped, 0.5),
        hot_water_temp=np.where(doing == "sanitizing", 61.0, 48.0),
        hot_water_valve=hot,
        brine_in_temp=np.where(on, 3.5, 6.0),
        brine_out_temp=np.where(on, 0.5, 6.0),
        hot_gas_temp=np.where(on, 80.0, 30.0),
        brine_pump=on,
        circulation_pump=1,
        auxiliary_power=3 * helped,
        power=np.where(on, 2500 + into_s % 900, 50) + 3000 * helped,
    )
    found = {name: round(value, 3) for name, value in sums(frame).items()}
    assert {"calculation": CALCULATION, "sums": found} == snapshot
