"""However the past is cut, read or put together: the sums are the same."""

from itertools import pairwise

from hypothesis import given, settings, strategies as st
import numpy as np
import pandas as pd
import pytest

from custom_components.heatpump_dashboard.analysis.equipment import Equipment
from custom_components.heatpump_dashboard.analysis.limits import MOST_HEAT_KW
from custom_components.heatpump_dashboard.analysis.power import operation_of
from custom_components.heatpump_dashboard.analysis.readings import clean
from custom_components.heatpump_dashboard.analysis.samples import Samples
from custom_components.heatpump_dashboard.analysis.windows import (
    extremes,
    ledger,
    resample,
    sums_between,
)
from custom_components.heatpump_dashboard.profiles import SeriesRule

from .factory import (
    COUNTERS,
    FAR,
    INTERVALS,
    START,
    book,
    context_of,
    readings,
    seconds,
    sums,
)
from .strategies import any_equipment, any_readings

# What an edge or a step of a counter waits for.
CARRIED = ("compressor", "hot_water_valve", *COUNTERS)
BRINE = ("brine_in_temp", "brine_out_temp")
PLAIN = ("power", "auxiliary_percent", "hot_water_valve", *BRINE)


def _around(
    frame: pd.DataFrame, start: pd.Timestamp, stop: pd.Timestamp
) -> pd.DataFrame:
    """Return the readings of a piece with as little context as is allowed."""
    after = frame[frame.index >= stop]
    carried = [name for name in CARRIED if name in frame]
    valid = after[carried].notna().all(axis=1).to_numpy()
    enough = np.cumsum(valid) >= 2
    needed = after.iloc[: int(enough.argmax()) + 1] if enough.any() else after
    before = frame.iloc[context_of(frame, start) :]
    return pd.concat([before[before.index < stop], needed])


def _in_pieces(
    frame: pd.DataFrame, equipment: Equipment, cuts: list[pd.Timestamp]
) -> pd.DataFrame:
    """Return the ledger added up from pieces, the last of them first."""
    edges = [START - FAR, *sorted(cuts), START + FAR]
    total = book(frame.iloc[:0])
    for start, stop in reversed(list(pairwise(edges))):
        part = ledger(_around(frame, start, stop), equipment, start, stop)
        total = total.add(part, fill_value=0.0)
    return total


def _same(found: pd.DataFrame, expected: pd.DataFrame) -> None:
    pd.testing.assert_frame_equal(
        found[list(expected.columns)],
        expected,
        check_freq=False,
        check_names=False,
        rtol=1e-9,
        atol=1e-9,
    )


@settings(max_examples=200)
@given(any_readings(), any_equipment, st.data())
def test_any_cutting_gives_the_same_windows(
    frame: pd.DataFrame, equipment: Equipment, data: st.DataObject
) -> None:
    last_s = (frame.index[-1] - START).total_seconds()
    moments = st.floats(-100, last_s + 100).map(
        lambda into: START + pd.Timedelta(seconds=into).round("s")
    )
    cuts = data.draw(
        st.lists(st.one_of(moments, st.sampled_from(list(frame.index))), max_size=8)
    )

    _same(_in_pieces(frame, equipment, cuts), book(frame, equipment))


@settings(max_examples=30)
@given(any_readings(), any_equipment)
def test_each_reading_alone_gives_the_same_windows(
    frame: pd.DataFrame, equipment: Equipment
) -> None:
    frame = frame.iloc[:60]

    _same(_in_pieces(frame, equipment, list(frame.index)), book(frame, equipment))


def test_pieces_on_both_sides_of_a_gap_of_five_hours() -> None:
    times = seconds(np.arange(0, 600, 30.0), np.arange(18_600, 19_200, 30.0))
    states = [0] * 18 + [np.nan] * 2 + [np.nan] * 3 + [1] * 17
    frame = readings(times, compressor=states, hot_water_valve=1)
    cut = START + pd.Timedelta(seconds=17_000)
    before = ledger(_around(frame, START, cut), Equipment(), START, cut)
    after = ledger(_around(frame, cut, START + FAR), Equipment(), cut, START + FAR)

    assert before["starts"].sum() == before["hot_water_charges"].sum() == 1
    assert before["starts"].idxmax() == (START + pd.Timedelta(seconds=18_690)).floor(
        "5min"
    )
    assert after["starts"].sum() == 0
    _same(before.add(after, fill_value=0.0), book(frame))


def _plain(frame: pd.DataFrame, step_s: int) -> dict[int, dict[str, float]]:
    """Return sums by step, one pair of readings after the other."""
    steps: dict[int, dict[str, float]] = {}
    rows = list(
        frame.reindex(
            columns=[*PLAIN, "compressor", "supply_temp", "return_temp"]
        ).itertuples()
    )
    at = [(row.Index - START) / pd.Timedelta(seconds=1) for row in rows]
    state, charging = np.nan, np.nan
    valve = (np.nan, -np.inf)
    # Of an hour before the first reading nobody knows what was heard in it.
    heard = {"heat": at[0], "electricity": at[0]}
    for number, row in enumerate(rows):
        if not np.isnan(row.hot_water_valve):
            valve = (row.hot_water_valve, at[number])
        told = at[number] - valve[1] <= 3600
        hot_water = row.compressor == 1 and valve[0] == 1 and told
        if not np.isnan(row.supply_temp - row.return_temp):
            heard["heat"] = at[number]
        if not np.isnan(row.power):
            heard["electricity"] = at[number]
        silent = {name for name, when in heard.items() if at[number] - when > 3600}
        if not np.isnan(row.compressor):
            here = steps.setdefault(int(at[number] // step_s), {})
            here["starts"] = here.get("starts", 0) + (
                state == 0 and row.compressor == 1
            )
            here["hot_water_charges"] = here.get("hot_water_charges", 0) + (
                charging == 0 and hot_water
            )
            state = row.compressor
            # A running compressor may charge while the valve is silent, or not.
            if told or row.compressor == 0 or "hot_water_valve" not in frame:
                charging = float(hot_water)
        if number + 1 == len(rows):
            break
        intervals = [(a, b - a) for a, b in pairwise(at[: number + 1])][-100:]
        last_five = intervals[-INTERVALS:]
        usual = [s for a, s in intervals if a >= at[number] - 3600]
        if len(usual) < INTERVALS:
            usual = [s for _, s in last_five]
        longest = min(max(3 * (np.median(usual) if usual else 30), 90), 1800)
        hold = min(at[number + 1] - at[number], longest)
        for name, rate in _rates(frame, row, hot_water, silent).items():
            begin, end = at[number], at[number] + hold
            while begin < end:
                edge = min((begin // step_s + 1) * step_s, end)
                here = steps.setdefault(int(begin // step_s), {})
                here[name] = here.get(name, 0.0) + rate * (edge - begin)
                begin = edge
    return steps


def _rates(
    frame: pd.DataFrame, row: object, hot_water: bool, silent: set[str]
) -> dict[str, float]:
    """Return what a reading adds per second, as one would say it.

    `silent`: the energies whose sources have said nothing for more than an hour.
    """
    on = row.compressor  # type: ignore[attr-defined]
    if np.isnan(on):
        return {}
    heater = 0.0
    if "auxiliary_percent" in frame:
        heater = 9 * row.auxiliary_percent / 100  # type: ignore[attr-defined]
    warm = row.supply_temp - row.return_temp  # type: ignore[attr-defined]
    heat = 2.7 * warm if on else heater
    if abs(heat) > MOST_HEAT_KW:
        heat = np.nan
    watts = row.power  # type: ignore[attr-defined]
    least = 1000 * heater + 200 if heater > 0 else 20.0
    power = np.nan if on and not watts >= least else watts / 1000
    mode = (
        ("hot_water_s" if hot_water else "heating_s")
        if on
        else ("auxiliary_s" if heater > 0 else "idle_s")
    )
    if not on and watts < 1000 * heater:
        # Watts that are typed in may be without those of the heater.
        power = heater
    rates = {mode: 1.0} | _differences(row)
    kw = {"heat": heat, "electricity": power}
    sources = {"heat"} | ({"electricity"} if "power" in frame else set())
    there = {name for name in sources if name not in silent or not np.isnan(kw[name])}
    if there and not np.isnan([heater, *(kw[name] for name in there)]).any():
        rates |= {"energy_s": 1.0, "auxiliary_kwh": heater / 3600}
        for name in there:
            of_compressor = kw[name] - heater if on else 0.0
            rates |= {
                f"{name}_kwh": kw[name] / 3600,
                f"compressor_{name}_kwh": of_compressor / 3600,
            }
            if there == {name}:
                rates |= {
                    f"{name}_alone_s": 1.0,
                    f"running_{name}_alone_s": float(on),
                    f"{name}_alone_kwh": kw[name] / 3600,
                    f"compressor_{name}_alone_kwh": of_compressor / 3600,
                }
    return rates


def _differences(row: object) -> dict[str, float]:
    """Return the K·s and seconds that a reading of a running compressor adds."""
    warm = row.supply_temp - row.return_temp  # type: ignore[attr-defined]
    brine = row.brine_in_temp - row.brine_out_temp  # type: ignore[attr-defined]
    pairs = {
        ("delta_t_ks", "delta_t_running_s"): warm,
        ("brine_delta_t_ks", "brine_running_s"): brine,
    }
    found: dict[str, float] = {}
    for names, kelvin in pairs.items():
        if row.compressor == 1 and not np.isnan(kelvin):  # type: ignore[attr-defined]
            found |= dict(zip(names, (kelvin, 1.0), strict=True))
    return found


@settings(max_examples=100)
@given(any_readings(PLAIN), st.sampled_from([300, 900, 3600, 86_400]))
def test_windows_of_any_length_are_the_sums_of_their_readings(
    frame: pd.DataFrame, step_s: int
) -> None:
    kept = [*PLAIN, "compressor", "supply_temp", "return_temp"]
    frame = frame[[name for name in frame if name in kept]]
    found = resample(book(frame), step_s)
    expected = pd.DataFrame.from_dict(_plain(frame, step_s), orient="index")
    expected.index = START + pd.to_timedelta(expected.index * step_s, unit="s")
    for name in expected:
        pd.testing.assert_series_equal(
            found[name].reindex(expected.index),
            expected[name].fillna(0.0).astype("float64"),
            check_names=False,
            check_freq=False,
            check_index_type=False,
            rtol=1e-9,
            atol=1e-9,
        )
        assert found[name].sum() == pytest.approx(expected[name].sum())


@settings(max_examples=100)
@given(any_readings(), any_equipment, st.data())
def test_any_period_is_the_sum_of_its_parts_and_of_its_readings(
    frame: pd.DataFrame, equipment: Equipment, data: st.DataObject
) -> None:
    rows = book(frame, equipment)
    edges = st.integers(-2, len(rows) + 2).map(
        lambda number: START + pd.Timedelta(minutes=5 * number)
    )
    start, middle, stop = sorted(data.draw(st.tuples(edges, edges, edges)))

    def period(begin: pd.Timestamp, end: pd.Timestamp) -> pd.Series:
        return rows[(rows.index >= begin) & (rows.index < end)].sum()

    whole = period(start, stop)
    parts = period(start, middle) + period(middle, stop)
    direct = sums_between(
        operation_of(Samples.of(frame), equipment), start.value, stop.value
    )
    pd.testing.assert_series_equal(whole, parts, rtol=1e-9, atol=1e-9)
    for name, value in direct.items():
        assert whole[name] == pytest.approx(value, rel=1e-9, abs=1e-6), name


@settings(max_examples=60)
@given(any_readings(), st.sampled_from([600, 3600, 86_400]))
def test_extremes_of_any_length_are_those_of_their_readings(
    frame: pd.DataFrame, step_s: int
) -> None:
    found = resample(extremes(frame), step_s)
    shown = frame.drop(columns=["energy", "heat_energy"], errors="ignore")
    groups = shown.groupby(frame.index.floor(f"{step_s}s"))
    for what, expected in (("min", groups.min()), ("max", groups.max())):
        columns = [f"{name}|{what}" for name in expected]
        np.testing.assert_allclose(found.loc[expected.index, columns], expected)
    sums, seconds = _over_time(shown, step_s)
    for what, by_step in (("sum", sums), ("s", seconds)):
        for name in shown:
            expected = by_step[name].reindex(found.index, fill_value=0.0)
            np.testing.assert_allclose(
                found[f"{name}|{what}"], expected, rtol=1e-8, atol=1e-3
            )


def _over_time(frame: pd.DataFrame, step_s: int) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return Σ value × s and Σ s by step, one reading after the other."""
    sums: dict[pd.Timestamp, pd.Series] = {}
    seconds: dict[pd.Timestamp, pd.Series] = {}
    hold_s = np.maximum(Samples.of(frame).hold_s, 1e-3)
    for (at, row), hold in zip(frame.iterrows(), hold_s, strict=True):
        begin, end = at, at + pd.Timedelta(seconds=hold)
        while begin < end:
            step = begin.floor(f"{step_s}s")
            edge = min(step + pd.Timedelta(seconds=step_s), end)
            held = (edge - begin).total_seconds()
            sums[step] = sums.get(step, 0.0) + row.fillna(0.0) * held
            seconds[step] = seconds.get(step, 0.0) + row.notna() * held
            begin = edge
    return pd.DataFrame(sums).T, pd.DataFrame(seconds).T


@settings(max_examples=60)
@given(any_readings(), any_equipment, st.randoms(use_true_random=False))
def test_order_and_repetition_of_what_is_stored_do_not_matter(
    frame: pd.DataFrame, equipment: Equipment, random: object
) -> None:
    rows = [*range(len(frame)), *range(0, len(frame), 3)]
    random.shuffle(rows)  # type: ignore[attr-defined]
    rules = {str(name): SeriesRule(name=str(name)) for name in frame}
    orderly, mixed = (clean(each, rules) for each in (frame, frame.iloc[rows]))

    pd.testing.assert_frame_equal(mixed, orderly, check_freq=False)
    _same(book(mixed, equipment), book(orderly, equipment))


@settings(max_examples=60)
@given(any_readings(), any_equipment)
def test_what_must_hold_of_any_readings(
    frame: pd.DataFrame, equipment: Equipment
) -> None:
    total = sums(frame, equipment)
    modes = total[["heating_s", "hot_water_s", "auxiliary_s", "idle_s"]].sum()

    assert modes <= (frame.index[-1] - frame.index[0]).total_seconds() + 1e-6
    assert total["energy_s"] <= modes + 1e-6
    assert total["running_known_s"] <= total["heating_s"] + total["hot_water_s"] + 1e-6
    assert total["hot_water_charges"] >= 0
    assert total["electricity_kwh"] >= -1e-9
    assert np.isfinite(total).all()
