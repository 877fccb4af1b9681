"""What cannot be is not believed, whichever way it comes."""

from datetime import timedelta

from hypothesis import example, given, settings, strategies as st
import numpy as np
import pandas as pd
import pytest

from custom_components.heatpump_dashboard.analysis.differences import with_differences
from custom_components.heatpump_dashboard.analysis.equipment import Equipment
from custom_components.heatpump_dashboard.analysis.limits import (
    MOST_DELTA_T_K,
    limits,
    most_electric_kw,
)
from custom_components.heatpump_dashboard.analysis.readings import choose_series, clean
from custom_components.heatpump_dashboard.analysis.windows import extremes, ledger
from custom_components.heatpump_dashboard.profiles import METRICS, Profile, load
from custom_components.heatpump_dashboard.pump.memory import PumpMemory

from .factory import FAR, HOUR, START, STEP
from .sane_day import by_hand, stored, usual

BASIC = ("compressor", "supply_temp", "return_temp", "hot_water_valve")
# Every way to heat and electricity, and each brand's own.
WAYS = {
    "power": (by_hand(*BASIC, "power"), {}),
    "counter": (by_hand(*BASIC, "energy"), {}),
    "flow": (by_hand(*BASIC, "power", "flow"), {}),
    "meter": (by_hand(*BASIC, "power", "heat_energy"), {"heat_meter": True}),
    "meter alone": (by_hand("compressor", "energy", "heat_energy"), {}),
    "configured": (by_hand(*BASIC), {"compressor_kw": 3.0}),
    "auxiliary": (by_hand(*BASIC, "power", "auxiliary_power"), {}),
    "thermia": (load("thermia"), {}),
    "ivt": (load("ivt"), {"auxiliary_step_kw": (3.0, 6.0)}),
    "nibe": (load("nibe"), {"compressor_kw": 3.0}),
}
ABSURD = {
    "power": (4294967295.0, 65535.0, -1.0),
    "energy": (4294967295.0, 65535.0, 0.0, -1.0),
    "heat_energy": (4294967295.0, 4e5, 0.0, -1.0),
    "flow": (65535.0, 5.1, -0.1),
    "supply_temp": (149.0, 111.0, 80.0),
    "return_temp": (149.0, 120.0, 9.0),
    "auxiliary_power": (4294967295.0, 655.35),
    "auxiliary_percent": (65535.0, 101.0),
    "auxiliary_step_1": (65535.0, 2.0),
    "compressor": (65535.0, -1.0),
    "hot_water_valve": (255.0,),
}
CASES = [
    (way, metric, value)
    for way, (profile, _) in WAYS.items()
    for metric, values in ABSURD.items()
    if metric in profile.metrics
    for value in values
]
FIRST = [case for case in CASES if case[2] == ABSURD[case[1]][0]]
# A reading in the middle of a run.
AT = 260


def figures(
    raw: pd.DataFrame, profile: Profile, equipment: Equipment
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return the ledger and the extremes of all that is stored."""
    most = limits(equipment)
    frame = clean(raw, choose_series(raw, profile, {}, most), most)
    windows = ledger(frame, equipment, START - FAR, START + FAR)
    return windows, extremes(with_differences(frame))


def with_value(
    raw: pd.DataFrame, profile: Profile, metric: str, at: int, value: float
) -> pd.DataFrame:
    """Return what is stored with one value, in the metric's unit, in its place."""
    rule = usual(profile, metric)
    changed = raw.copy()
    changed.iloc[at, changed.columns.get_loc(rule.name)] = value / rule.scale
    return changed


@pytest.mark.parametrize(("way", "metric", "value"), CASES)
def test_the_figures_are_those_of_the_day_without_it(
    way: str, metric: str, value: float
) -> None:
    profile, settings = WAYS[way]
    equipment = Equipment(**settings)
    raw = stored(profile, 3 * HOUR)
    absurd = figures(with_value(raw, profile, metric, AT, value), profile, equipment)
    without = figures(with_value(raw, profile, metric, AT, np.nan), profile, equipment)

    counts = ["dropped", "dropped_steps"]
    if metric in ("supply_temp", "return_temp") and value in (80.0, 9.0):
        # Each may well be a temperature, only not beside the other.
        pair = without[0].drop(columns=counts), absurd[0].drop(columns=counts)
        pd.testing.assert_frame_equal(*pair)
        assert absurd[1]["delta_t|max"].max() == 5
        return
    pd.testing.assert_frame_equal(
        absurd[0].drop(columns=counts), without[0].drop(columns=counts)
    )
    if metric in ("energy", "heat_energy"):
        return
    pd.testing.assert_frame_equal(absurd[1], without[1])
    assert absurd[0]["dropped"].sum() == 1
    assert without[0]["dropped"].sum() == 0


@pytest.mark.parametrize(("way", "metric", "value"), FIRST)
def test_a_corrected_value_gives_back_the_figures(
    way: str, metric: str, value: float
) -> None:
    """Told reading by reading, as the present is: the fault is known for a while."""
    profile, settings = WAYS[way]
    equipment = Equipment(**settings)
    raw = stored(profile, 3 * HOUR)
    absurd = with_value(raw, profile, metric, AT, value)
    whole, told = (PumpMemory(profile, equipment) for _ in range(2))
    start, stop = START + timedelta(hours=-2), START + timedelta(hours=5)
    whole.take_in(raw, start, stop)
    told.take_in(absurd.iloc[: AT - 2], start, stop)
    for rows in range(AT - 2, AT + 8):
        told.take_in(absurd.iloc[rows - 5 : rows + 1], start, stop)
    told.take_in(absurd, start, stop)
    seen = figures(absurd, profile, equipment)[0]
    pd.testing.assert_frame_equal(told.records.ledger, seen, check_freq=False)

    told.take_in(raw.iloc[AT - 2 : AT + 2], start, stop)
    pd.testing.assert_frame_equal(told.records.ledger, whole.records.ledger)
    pd.testing.assert_frame_equal(told.records.extremes, whole.records.extremes)


EVERY_WAY = [
    (way, metric) for way, (profile, _) in WAYS.items() for metric in profile.metrics
]
ANY_VALUE = st.one_of(
    st.floats(),
    st.floats(-1000, 70_000),
    st.sampled_from([2.0**bits - 1 for bits in (8, 15, 16, 31, 32, 63)]),
)
# kW that a reading may be off by in any column, and steps of counters, kWh.
BOUND_KW = 60 + 13.5
COUNT_KWH = 0.1
# How long a compressor runs before what it does is called steady.
SETTLES_S = 600


@settings(max_examples=120, deadline=None)
@given(
    where=st.sampled_from(EVERY_WAY),
    value=ANY_VALUE,
    at=st.one_of(st.integers(0, 120), st.just(120)),
)
@example(where=("power", "compressor"), value=0.0, at=11)
def test_no_value_moves_a_total_by_more_than_the_greatest_power_times_its_hold(
    where: tuple[str, str], value: float, at: int
) -> None:
    way, metric = where
    profile, settings = WAYS[way]
    equipment = Equipment(**settings)
    raw = stored(profile, HOUR)
    sane, _ = figures(raw, profile, equipment)
    changed, seen = figures(
        with_value(raw, profile, metric, at, value), profile, equipment
    )

    kwh = [name for name in sane if name.endswith("_kwh")]
    moved = (changed[kwh].sum() - sane[kwh].sum()).abs()
    # The step to it and the step from it.
    most = 2 * BOUND_KW * STEP / 3600 + COUNT_KWH
    # A moment without compressor may well be: what runs after it has to settle anew.
    is_steady = moved.index.str.startswith("steady_")
    assert moved[~is_steady].max() <= most
    assert moved[is_steady].max() <= most + BOUND_KW * SETTLES_S / 3600
    for name, (least, most) in limits(equipment).items():
        if f"{name}|max" in seen:
            assert not (seen[f"{name}|max"] > most).any()
            assert not (seen[f"{name}|min"] < least).any()
    if "delta_t|max" in seen:
        assert not (seen["delta_t|max"] > MOST_DELTA_T_K).any()
        assert not (seen["delta_t|min"] < -MOST_DELTA_T_K).any()


def test_a_large_heat_pump_may_take_twice_what_its_settings_say() -> None:
    assert most_electric_kw(Equipment()) == 30
    large = Equipment(compressor_kw=15.0, auxiliary_max_kw=15.0)
    assert most_electric_kw(large) == 60
    assert limits(large)["power"] == (0, 60_000)


@pytest.mark.parametrize("speeds", [[0, 45, 87.5], [0, 1400, 7200], [0, 1, 1]])
def test_a_compressor_told_as_a_speed_is_on_above_0(speeds: list[float]) -> None:
    profile = by_hand("compressor")
    raw = stored(profile, 3 * STEP)
    raw["compressor"] = [*speeds, 65535.0]
    frame = clean(raw, choose_series(raw, profile, {}))

    np.testing.assert_array_equal(frame["compressor"], [0, 1, 1, np.nan])
    assert frame["dropped"].iloc[-1] == 1


def test_a_series_of_absurd_values_only_is_absent() -> None:
    profile = by_hand(*BASIC, "power")
    raw = stored(profile, HOUR).assign(power=65535.0)

    assert "power" not in choose_series(raw, profile, {})


def test_every_metric_that_has_limits_exists() -> None:
    assert limits(Equipment()).keys() <= METRICS.keys()


def test_what_is_not_installed_is_no_reading_that_was_dropped() -> None:
    """A sensor that never was there: its metric is absent, and nothing is missed."""
    profile = load("thermia")
    raw = stored(profile, HOUR).assign(indoor_temp=-48.3)
    windows, _ = figures(raw, profile, Equipment())

    assert windows["dropped"].sum() == 0
