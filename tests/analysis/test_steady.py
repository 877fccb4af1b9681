"""Steady running, whole heating runs and water at rest: what insights rest on."""

from itertools import pairwise
from typing import Any

from hypothesis import given, settings, strategies as st
import numpy as np
import pandas as pd
import pytest

from custom_components.heatpump_dashboard.analysis.equipment import Equipment
from custom_components.heatpump_dashboard.analysis.heater_steps import HEATER_STEPS
from custom_components.heatpump_dashboard.analysis.samples import Samples
from custom_components.heatpump_dashboard.analysis.steady import STEADY
from custom_components.heatpump_dashboard.analysis.windows import ledger, resample

from .factory import FAR, HOUR, START, book, every, readings, running, seconds, sums

MODES = {1.0: "heating", 2.0: "hot_water"}
BRINE = {"brine_in_temp": 2.0, "brine_out_temp": -1.0}
CONTEXT = pd.Timedelta(hours=1)


def switched(*spans: tuple[float, float], step_s: float = 30, **metrics: Any) -> Any:
    """Return readings of a compressor that is on or off for so many seconds each."""
    edges = np.cumsum([0, *(span_s for _, span_s in spans)])
    times = np.arange(0, edges[-1] + step_s, step_s)
    place = np.searchsorted(edges, times, side="right") - 1
    states = np.array([*(state for state, _ in spans), spans[-1][0]])
    usual = {"supply_temp": 40, "return_temp": 35, "power": 3000}
    compressor = states[np.minimum(place, len(spans))]
    return readings(seconds(times), **{**usual, "compressor": compressor, **metrics})


def test_the_first_ten_minutes_of_a_run_are_not_steady() -> None:
    total = sums(running(HOUR, **BRINE, hot_gas_temp=70))

    assert total["steady_heating_s"] == 3000
    assert total["steady_heating_supply_ks"] == 3000 * 40
    assert total["steady_heating_return_ks"] == 3000 * 35
    assert total["steady_heating_brine_s"] == 3000
    assert total["steady_heating_brine_in_ks"] == 3000 * 2
    assert total["steady_heating_brine_out_ks"] == -3000
    assert total["steady_heating_hot_gas_s"] == 3000
    assert total["steady_heating_hot_gas_ks"] == 3000 * 70
    assert total["steady_heating_heat_kwh"] == pytest.approx(13.5 * 5 / 6)
    assert total["steady_heating_electricity_kwh"] == pytest.approx(3 * 5 / 6)
    assert not total.filter(like="steady_hot_water").any()


def test_a_change_to_hot_water_begins_anew() -> None:
    valve = np.repeat([0, 1], [60, 61])
    total = sums(running(HOUR, hot_water_valve=valve))

    assert total["steady_heating_s"] == 1200
    assert total["steady_hot_water_s"] == 1200
    assert total["steady_hot_water_heat_kwh"] == pytest.approx(13.5 / 3)


def test_nothing_is_steady_while_the_auxiliary_heater_may_be_on() -> None:
    percent = np.repeat([0.0, 33.0, np.nan, 0.0], [40, 40, 21, 20])
    total = sums(running(HOUR, auxiliary_percent=percent))

    assert total["steady_heating_s"] == 20 * 30 + 19 * 30


@pytest.mark.parametrize("silent", ["supply_temp", "power"])
def test_what_is_not_known_is_not_steady(silent: str) -> None:
    values = np.where(np.arange(121) < 60, np.nan, 40 if silent == "supply_temp" else 3)
    values = values if silent == "supply_temp" else values * 1000
    total = sums(running(HOUR, **{silent: values}))

    assert total["steady_heating_s"] == 1800
    assert total["steady_heating_supply_ks"] == 1800 * 40


def test_a_silent_sensor_of_brine_has_its_own_seconds() -> None:
    brine = np.where(np.arange(121) < 60, np.nan, 2.0)
    total = sums(running(HOUR, brine_in_temp=brine, brine_out_temp=-20.0))
    assert total["steady_heating_brine_s"] == 0

    total = sums(running(HOUR, brine_in_temp=brine, brine_out_temp=-1.0))
    assert total["steady_heating_s"] == 3000
    assert total["steady_heating_brine_s"] == 1800
    assert total["steady_heating_brine_out_ks"] == -1800


def test_a_silence_that_may_hide_a_stop_begins_anew() -> None:
    times = seconds(np.arange(0, 1800, 30.0), np.arange(3000, 4800, 30.0))
    total = sums(readings(times, compressor=1, supply_temp=40, return_temp=35))

    # The last reading before the silence holds for 90 s, the last of all for none.
    assert total["steady_heating_s"] == (1800 - 600 - 30 + 90) + (1800 - 600 - 30)


def test_runs_are_counted_when_they_end() -> None:
    frame = switched((0, 600), (1, 1200), (0, 600), (1, 300), (0, 600), (1, 600))
    windows = book(frame)

    assert windows["heating_runs"].sum() == 2
    assert windows["heating_runs_s"].sum() == 1500
    assert windows["heating_runs_short"].sum() == 1
    assert list(windows.index[windows["heating_runs"] > 0]) == [
        START + pd.Timedelta(seconds=1800),
        START + pd.Timedelta(seconds=2700),
    ]


def test_long_runs_count_as_long_as_any_piece_of_the_past_can_know() -> None:
    total = sums(switched((0, 600), (1, 20_000), (0, 600)))

    assert total["heating_runs"] == 1
    assert total["heating_runs_s"] == 2700


@pytest.mark.parametrize(
    ("states", "valves"),
    [
        ([(0, 600), (1, 1200), (0, 600)], [(0, 1200), (1, 1200)]),
        ([(0, 600), (1, 1200), (0, 600)], [(1, 1200), (0, 1200)]),
        ([(1, 1200), (0, 600)], [(0, 1800)]),
        ([(0, 600), (1, 1200)], [(0, 1800)]),
    ],
    ids=["ends with hot water", "follows hot water", "no start", "no end"],
)
def test_runs_of_which_not_all_is_known_do_not_count(
    states: list[tuple[float, float]], valves: list[tuple[float, float]]
) -> None:
    valve = switched(*valves)["compressor"].to_numpy()
    assert sums(switched(*states, hot_water_valve=valve))["heating_runs"] == 0


def test_supply_and_return_are_compared_when_the_pipes_are_at_rest() -> None:
    frame = switched(
        (1, 600),
        (0, 3000),
        circulation_pump=np.repeat([1, 0], [101, 20]),
        supply_temp=30.3,
        return_temp=30.0,
    )
    total = sums(frame)

    assert total["idle_delta_t_s"] == 3000 - 900 - 600 + 30
    assert total["idle_delta_t_ks"] == pytest.approx(0.3 * total["idle_delta_t_s"])


def test_pipes_are_not_at_rest_while_the_auxiliary_heater_is_on() -> None:
    heater = np.repeat([0.0, 33.0], [81, 40])
    frame = switched((1, 600), (0, 3000), circulation_pump=1, auxiliary_percent=heater)
    assert sums(frame)["idle_delta_t_s"] == 81 * 30 - 600 - 900


@pytest.mark.parametrize(
    ("metrics", "seconds_at_rest"),
    [
        ({"brine_pump": 0}, 3000 - 900),
        # Brine through its own exchanger cools the house, whatever the compressor does.
        ({"brine_pump": 1}, 0),
        ({"supply_temp": 17.0, "return_temp": 19.0}, 0),
    ],
    ids=["nothing cools", "brine goes round", "cold water"],
)
def test_water_that_cools_the_house_is_not_at_rest(
    metrics: dict[str, float], seconds_at_rest: float
) -> None:
    usual = {"supply_temp": 22.0, "return_temp": 24.0, "circulation_pump": 1}
    frame = switched((1, 600), (0, 3000), **{**usual, **metrics})
    assert sums(frame)["idle_delta_t_s"] == seconds_at_rest


@st.composite
def any_running(draw: st.DrawFn) -> pd.DataFrame:
    """Return hours of readings in which a state lasts for minutes or for hours."""
    rng = np.random.default_rng(draw(st.integers(0, 2**32)))
    rows = draw(st.integers(2, 300))
    rare = draw(st.sampled_from([0.0, 0.02, 0.2]))
    step_s = draw(st.sampled_from([30.0, 60.0, 299.7]))
    odd = rng.choice([1.0, 95.0, 700.0, 899.0, 900.5, 1900.0, 4000.0], rows)
    intervals = np.where(rng.random(rows) < rare, odd, step_s)
    changes = draw(st.sampled_from([0.01, 0.05, 0.2]))

    def switching() -> np.ndarray:
        return (np.cumsum(rng.random(rows) < changes) % 2).astype("float64")

    frame = readings(
        seconds(np.cumsum(intervals)),
        compressor=switching(),
        hot_water_valve=switching(),
        circulation_pump=switching(),
        # Never the other way round: what thaws or cools is another test.
        supply_temp=np.round(35 + rng.normal(size=rows).clip(-2, 2), 1),
        return_temp=np.round(31 + rng.normal(size=rows).clip(-2, 2), 1),
        brine_in_temp=np.round(2 + rng.normal(size=rows), 1),
        brine_out_temp=np.round(-1 + 8 * rng.normal(size=rows), 1),
        hot_gas_temp=np.round(70 + rng.normal(size=rows), 1),
        power=2500.0,
        auxiliary_percent=33 * switching() * (rng.random() < 0.5),
    )
    unwanted = draw(st.sets(st.sampled_from(sorted(set(frame) - {"compressor"}))))
    missing = draw(st.sampled_from([0.0, 0.02, 0.3]))
    frame = frame.drop(columns=list(unwanted))
    return frame.mask(rng.random(frame.shape) < missing)


def test_how_long_the_tank_was_60_degrees_whatever_else_is_known() -> None:
    """One reading of a 30 s poll is half a minute; running or not, heat known or not."""
    tank = np.full(121, 52.0)
    tank[40] = 61.0
    frame = switched((1, 600), (0, 3000), hot_water_temp=tank)
    usual = sums(switched((1, 600), (0, 3000)))
    assert sums(frame)["tank_safe_s"] == 30
    assert usual["tank_safe_s"] == 0
    tank[40:70] = 60.0
    hot = switched((1, 600), (0, 3000), hot_water_temp=tank)
    assert sums(hot)["tank_safe_s"] == 900
    unknown = sums(hot.assign(compressor=np.nan, supply_temp=np.nan))
    assert unknown["tank_safe_s"] == 900
    rest = [name for name in STEADY if name != "tank_safe_s"]
    assert sums(hot)[rest].to_dict() == usual[rest].to_dict()
    assert not unknown[rest].any()


def _direct(frame: pd.DataFrame) -> dict[pd.Timestamp, dict[str, float]]:
    """Return the sums of windows, one reading after the other, as one would say it."""
    found: dict[pd.Timestamp, dict[str, float]] = {}

    def add(at: pd.Timestamp, name: str, amount: float) -> None:
        here = found.setdefault(at.floor("5min"), {})
        here[name] = here.get(name, 0.0) + amount

    hold_s = Samples.of(frame).hold_s
    known: list[tuple[pd.Timestamp, float, pd.Timestamp, bool]] = []
    for number, (at, row) in enumerate(frame.iterrows()):
        state = _state_of(frame, row)
        if np.isnan(state):
            continue
        last = known[-1] if known else None
        heard = last is not None and at - last[0] <= pd.Timedelta(minutes=15)
        goes_on = heard and last[1] == state
        since = last[2] if goes_on else at
        started = last[3] if goes_on else (heard and last[1] == 0 and state == 1)
        if heard and last[1] == 1 and state == 0:
            _add_run(add, at, (at - last[2]).total_seconds(), last[3])
        known.append((at, state, since, started))
        lasted_s = (at - since).total_seconds()
        for name, rate in _rates(frame, row, state, lasted_s).items():
            begin, end = at, at + pd.Timedelta(seconds=hold_s[number])
            while begin < end:
                edge = min(begin.floor("5min") + pd.Timedelta(minutes=5), end)
                add(begin, name, rate * (edge - begin).total_seconds())
                begin = edge
    return found


def _add_run(add: Any, at: pd.Timestamp, length_s: float, started: bool) -> None:
    if started or length_s >= 2700:
        add(at, "heating_runs", 1)
        add(at, "heating_runs_s", min(length_s, 2700))
        add(at, "heating_runs_short", length_s < 600)


def _state_of(frame: pd.DataFrame, row: pd.Series) -> float:
    """Return 0 = off, 1 = heating, 2 = hot water, NaN = not known."""
    if np.isnan(row.compressor) or row.compressor == 0:
        return row.compressor
    valve = row.hot_water_valve if "hot_water_valve" in frame else 0.0
    return 1 + valve


def _rates(
    frame: pd.DataFrame, row: pd.Series, state: float, lasted_s: float
) -> dict[str, float]:
    named = ["supply_temp", "return_temp", "circulation_pump", *BRINE]
    values = row.reindex(row.index.union(named))
    heater = row.get("auxiliary_percent", 0.0)
    warm = values.supply_temp - values.return_temp
    if heater != 0 or np.isnan(warm):
        return {}
    if state == 0:
        rests = lasted_s >= 900 and values.circulation_pump == 1
        return {"idle_delta_t_s": 1.0, "idle_delta_t_ks": warm} if rests else {}
    if lasted_s < 600 or np.isnan(row.get("power", 0.0)):
        return {}
    mode = f"steady_{MODES[state]}"
    rates = {
        f"{mode}_s": 1.0,
        f"{mode}_supply_ks": values.supply_temp,
        f"{mode}_return_ks": values.return_temp,
        f"{mode}_heat_kwh": 2.7 * warm / 3600,
        f"{mode}_electricity_kwh": row.get("power", 0.0) / 3600 / 1000,
    }
    if abs(values.brine_in_temp - values.brine_out_temp) <= 15:
        rates[f"{mode}_brine_s"] = 1.0
        rates[f"{mode}_brine_in_ks"] = values.brine_in_temp
        rates[f"{mode}_brine_out_ks"] = values.brine_out_temp
    if not np.isnan(row.get("hot_gas_temp", np.nan)):
        rates[f"{mode}_hot_gas_s"] = 1.0
        rates[f"{mode}_hot_gas_ks"] = row.hot_gas_temp
    return rates


def _same(found: pd.DataFrame, expected: pd.DataFrame) -> None:
    # Who adds up tenths of seconds one by one rounds as often.
    np.testing.assert_allclose(
        found[list(STEADY)], expected[list(STEADY)], rtol=1e-6, atol=1e-6
    )


@settings(max_examples=50)
@given(any_running())
def test_they_are_what_one_reading_after_the_other_says(frame: pd.DataFrame) -> None:
    found = book(frame)
    expected = pd.DataFrame.from_dict(_direct(frame), orient="index")

    # The heater's steps need more than one reading at a time: they are another test.
    found[list(HEATER_STEPS)] = 0.0
    _same(found, expected.reindex(index=found.index, columns=STEADY).fillna(0.0))
    assert set(expected.index) <= set(found.index)


@settings(max_examples=50)
@given(any_running(), st.data())
def test_any_cutting_gives_the_same(frame: pd.DataFrame, data: st.DataObject) -> None:
    last_s = int((frame.index[-1] - START).total_seconds())
    cuts = data.draw(st.lists(st.integers(0, last_s + 100), max_size=6))
    edges = [
        START - FAR,
        *(START + pd.Timedelta(seconds=into) for into in sorted(cuts)),
        START + FAR,
    ]
    whole = book(frame)
    total = whole * 0.0
    # Holds are those of the whole: how they follow from their context is another test.
    held = frame.assign(hold_s=Samples.of(frame).hold_s)
    for start, stop in reversed(list(pairwise(edges))):
        piece = held[(held.index >= start - CONTEXT) & (held.index < stop)]
        rest = held[held.index >= stop]
        # What a compressor runs for is known where the valve is, too.
        states = [name for name in ("compressor", "hot_water_valve") if name in rest]
        after = rest.notna()[states].all(axis=1).to_numpy().cumsum() >= 2
        context = rest.iloc[: int(after.argmax()) + 1] if after.any() else rest
        part = ledger(pd.concat([piece, context]), Equipment(), start, stop)
        total = total.add(part, fill_value=0.0)

    _same(total, whole)


def test_longer_windows_are_the_sums_of_shorter_ones() -> None:
    windows = book(running(5 * HOUR))
    hours = resample(windows, HOUR)

    assert list(hours["steady_heating_s"]) == [3000.0, *[3600.0] * 4, 0.0]
    assert hours[list(STEADY)].sum().to_numpy() == pytest.approx(
        windows[list(STEADY)].sum().to_numpy()
    )


def test_there_is_nothing_in_readings_without_a_compressor() -> None:
    frame = readings(every(HOUR), supply_temp=40, return_temp=35, circulation_pump=1)
    assert not sums(frame)[list(STEADY)].any()
