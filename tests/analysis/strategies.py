"""Any readings a heat pump might have, for the tests that try many."""

from hypothesis import strategies as st
import numpy as np
import pandas as pd

from custom_components.heatpump_dashboard.analysis.equipment import Equipment

from .factory import readings, seconds

# Usual, irregular and slow cycles, gaps of minutes, and of hours.
_INTERVALS = (30, 30, 30, 30, 29.6, 31.7, 1, 60, 95, 290, 301, 700, 4000, 18_000)
_SAID = ("cooling", "defrost")
_STATES = ("compressor", "hot_water_valve", "circulation_pump", *_SAID)
_STEPS = ("auxiliary_step_1", "auxiliary_step_2")
_OPTIONAL = (
    *("power", "energy", "heat_energy", "flow", "auxiliary_percent", "auxiliary_power"),
    *_STEPS,
    "hot_water_valve",
    "circulation_pump",
    *("brine_in_temp", "brine_out_temp"),
    *_SAID,
)


@st.composite
def any_readings(
    draw: st.DrawFn, optional: tuple[str, ...] = _OPTIONAL
) -> pd.DataFrame:
    """Return some hours of readings with gaps, missing values and resets."""
    rng = np.random.default_rng(draw(st.integers(0, 2**32)))
    rows = draw(st.integers(1, 300))
    regular = draw(st.sampled_from([0.0, 0.8, 0.98]))
    intervals = np.where(rng.random(rows) < regular, 30.0, rng.choice(_INTERVALS, rows))
    wanted = draw(st.sets(st.sampled_from(optional)))
    frame = readings(seconds(np.cumsum(intervals)), **_values(rng, rows, intervals))
    frame = frame.drop(columns=[name for name in optional if name not in wanted])
    missing = draw(st.sampled_from([0.0, 0.02, 0.4]))
    return frame.mask(rng.random(frame.shape) < missing)


def _values(
    rng: np.random.Generator, rows: int, intervals: np.ndarray
) -> dict[str, np.ndarray]:
    """Return values of every metric that counts."""
    counter = np.cumsum(rng.random(rows) * intervals / 3600 * 4)
    resets = np.where(np.arange(rows) > rng.integers(0, 2 * rows), counter / 7, counter)
    return {
        **{name: _switching(rng, rows) for name in (*_STATES, *_STEPS)},
        "supply_temp": np.round(35 + 3 * rng.normal(size=rows), 1),
        "return_temp": np.round(31 + 3 * rng.normal(size=rows), 1),
        "brine_in_temp": np.round(2 + rng.normal(size=rows), 1),
        "brine_out_temp": np.round(-1 + rng.normal(size=rows), 1),
        "power": np.round(np.maximum(3000 * rng.normal(0.5, 1, rows), 0)),
        "energy": resets,
        "heat_energy": np.floor(counter),
        "flow": np.round(0.6 * rng.random(rows), 2),
        "auxiliary_percent": rng.choice([0.0, 33.0, 100.0], rows),
        "auxiliary_power": rng.choice([0.0, 3.0], rows),
    }


def _switching(rng: np.random.Generator, rows: int) -> np.ndarray:
    """Return a state that changes every few readings."""
    return (np.cumsum(rng.random(rows) < 0.2) % 2).astype("float64")


any_equipment = st.builds(
    Equipment,
    compressor_kw=st.sampled_from([None, 2.5]),
    auxiliary_step_kw=st.sampled_from([(), (3.0, 6.0)]),
    auxiliary_heats_supply=st.booleans(),
    power_includes_auxiliary=st.booleans(),
    heat_meter=st.booleans(),
    after_run_s=st.sampled_from([0.0, 45.0, 300.0, 3300.0]),
)
