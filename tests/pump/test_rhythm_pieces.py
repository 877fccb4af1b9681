"""What is read in pieces, in any order, is what is read at once: in any rhythm."""

from datetime import datetime, timedelta

from hypothesis import given, settings, strategies as st
import numpy as np
import pandas as pd

from custom_components.heatpump_dashboard.analysis.equipment import Equipment
from custom_components.heatpump_dashboard.pump.limits import CONTEXT
from custom_components.heatpump_dashboard.pump.memory import PumpMemory
from tests.analysis.sane_day import by_hand
from tests.support.rhythms import Floats, Physics, apart, in_force, on_change, polled

from .test_memory import assert_same_windows
from .test_rhythms import BEFORE_S, DAY_S, FIRST, NAMES, START, any_physics

COUNTERS = ("energy", "heat_energy")
METERED = Equipment(heat_meter=True)


def with_counters(physics: Physics, resolution: float) -> Physics:
    """Return the same with what is counted of power and of heat, and no power."""
    grid = np.arange(BEFORE_S - DAY_S, DAY_S, 30)
    true = physics(grid)
    kelvin = true["supply_temp"] - true["return_temp"]
    kw = {"energy": true["power"] / 1000, "heat_energy": 2.7 * kelvin}
    kw["heat_energy"] = np.where(true["compressor"] == 1, kw["heat_energy"], 0)

    def counted(times: Floats) -> dict[str, Floats]:
        told = physics(times)
        del told["power"]
        for name in COUNTERS:
            kwh = 5000 + np.interp(times, grid, np.cumsum(kw[name]) / 120)
            told[name] = np.round(np.floor(kwh / resolution) * resolution, 3)
        return told

    return counted


def _memory() -> PumpMemory:
    return PumpMemory(by_hand(*NAMES, *COUNTERS), METERED)


def _load(rows: pd.DataFrame, stop: datetime) -> PumpMemory:
    memory = _memory()
    first = START - CONTEXT
    memory.take_in(in_force(rows[rows.index < stop], pd.Timestamp(first)), first, stop)
    return memory


@settings(max_examples=20)
@given(
    physics=any_physics(),
    resolution=st.sampled_from([None, 0.01, 0.1, 1.0]),
    data=st.data(),
)
def test_polls_late_points_and_the_past_give_the_same_windows(
    physics: Physics, resolution: float | None, data: st.DataObject
) -> None:
    if resolution is not None:
        physics = with_counters(physics, resolution)
    rows = apart(on_change(polled(FIRST, physics, (BEFORE_S - DAY_S, 30_000), 30)))
    hour = timedelta(hours=1)
    stop = START + 8 * hour
    expected = _load(rows, stop)
    minutes = st.integers(0, 240)
    late = START + timedelta(minutes=data.draw(minutes, label="late"))
    lost = (rows.index >= late) & (rows.index < late + hour / 3)
    begun = START + 3 * hour
    memory = _memory()
    first, there = begun - CONTEXT, rows[~lost]
    early = there[there.index < begun + hour]
    memory.take_in(in_force(early, pd.Timestamp(first)), first, begun + hour)
    span = (START - CONTEXT, memory.records.since)
    past = in_force(rows[rows.index < span[1]], pd.Timestamp(span[0]))
    memory.add_past(past, START, span[1].to_pydatetime())
    for poll in range(4):
        now = begun + (poll + 2) * hour
        fresh = there[(there.index >= now - 1.2 * hour) & (there.index < now)]
        memory.take_in(fresh, now - 1.2 * hour, now)
    again = rows[(rows.index >= START) & (rows.index < stop)]
    memory.take_in(again[again.index >= begun], begun, stop)
    memory.take_in(again, START, stop)

    # What came late before the first load began, also what was in force there, or with
    # its first minutes, is beyond the day that is read again: `PumpMemory._earliest`. And
    # a counter says what it counted with its next value: where that came after the past
    # was added, or late, the windows before the load stay unknown. That is no wrong figure.
    margin = hour / 6 if resolution is None else hour
    counters = early.columns.intersection(["energy", "heat_energy"])
    counted = early.loc[early.index >= begun, counters].count()
    if (counted < 2).any():
        return
    whole = in_force(rows[rows.index < begun + hour], pd.Timestamp(first))
    known = in_force(early, pd.Timestamp(first))
    if late >= begun + margin or (late + hour / 3 <= first and whole.equals(known)):
        assert_same_windows(memory.records, expected.records)
