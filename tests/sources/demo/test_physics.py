"""The demo heat pump: like a real one."""

from datetime import UTC, datetime, timedelta

import numpy as np
import pandas as pd
import pytest

from custom_components.heatpump_dashboard.profiles import load
from custom_components.heatpump_dashboard.sources.demo.faults import lasts
from custom_components.heatpump_dashboard.sources.demo.physics import stored, truth

from .moments import AUTUMN, DAY, MONTH, SUMMER, WINTER, every_brand, lengths


@every_brand
def test_values_are_valid_by_the_profile_once_scaled(brand: str) -> None:
    frame = stored(brand, AUTUMN, AUTUMN + MONTH)
    for metric in load(brand).metrics.values():
        rule = metric.candidates[0]
        exchanged = frame[rule.name].map(dict(rule.replace))
        values = exchanged.fillna(frame[rule.name] * rule.scale)
        if rule.minimum is not None:
            assert values.min() >= rule.minimum, metric.metric
        if rule.maximum is not None:
            assert values.max() <= rule.maximum, metric.metric


def test_sensors_resolve_what_they_do_in_each_brand() -> None:
    for brand, step in (("thermia", 1.0), ("ivt", 0.1), ("nibe", 0.1)):
        frame = stored(brand, AUTUMN, AUTUMN + DAY)
        rules = [r for r in load(brand).metrics.values() if r.kind == "temperature"]
        for name in (rule.candidates[0].name for rule in rules):
            steps = frame[name].to_numpy() / step
            assert np.abs(steps - np.rint(steps)).max() < 1e-9, name
            assert brand == "thermia" or (frame[name] % 1.0 != 0).any(), name


def test_sensors_that_are_not_fitted_have_impossible_values() -> None:
    ivt = stored("ivt", AUTUMN, AUTUMN + DAY)
    nibe = stored("nibe", AUTUMN, AUTUMN + DAY)
    assert set(ivt["radiator_forward"]) == {-48.3}
    assert set(nibe["radiator_return"]) == {3275.8}
    assert set(nibe["air_intake_temp"]) == {-3276.8}
    assert not {"power_consumption", "accumulated_energy"} & set(nibe)


@every_brand
def test_heat_is_exactly_flow_factor_times_difference(brand: str) -> None:
    true = truth(brand, WINTER, WINTER + MONTH)
    difference = true["supply_temp"] - true["return_temp"]
    working = (true["compressor"] > 0) | (true["auxiliary_kw"] > 0)
    np.testing.assert_allclose(
        true["heat_kw"][working], 2.7 * difference[working], rtol=1e-12
    )
    assert (true["heat_kw"][~working] == 0.0).all()


@every_brand
@pytest.mark.parametrize(
    "start", [AUTUMN, WINTER, SUMMER], ids=["autumn", "winter", "summer"]
)
def test_temperatures_and_powers_stay_within_reason(
    brand: str, start: datetime
) -> None:
    true = truth(brand, start, start + MONTH)
    bounds = {
        "outdoor_temp": (-22, 28),
        "indoor_temp": (20.4, 21.7),
        "supply_temp": (20, 70),
        "return_temp": (20, 62),
        "hot_water_temp": (40, 61),
        "brine_in_temp": (0, 11),
        "brine_out_temp": (-5, 11),
        "hot_gas_temp": (24, 118),
        "electricity_kw": (0.059, 16),
        "auxiliary_kw": (0, 9),
    }
    for name, (low, high) in bounds.items():
        assert true[name].between(low, high).all(), name
    running = true[true["compressor"] > 0]
    settled = running["compressor"].rolling("5min").sum() >= 10
    difference = (running["supply_temp"] - running["return_temp"])[settled]
    assert difference.between(3.5, 10.5).all()
    assert difference.median() == pytest.approx(
        {"thermia": 4.6, "ivt": 5.2, "nibe": 5.8}[brand], abs=0.4
    )


@every_brand
def test_cop_is_that_of_a_ground_source_pump(brand: str) -> None:
    for start, low, high in (
        (WINTER, 2.6, 3.5),
        (AUTUMN, 3.0, 3.8),
        (SUMMER, 1.8, 3.2),
    ):
        true = truth(brand, start, start + MONTH)
        assert low < true["heat_kw"].sum() / true["electricity_kw"].sum() < high
        running = true[true["compressor"] > 0]
        tank = running["hot_water"] > 0
        parts = [running[tank], running[~tank]]
        cops = [
            (p["heat_kw"] - p["auxiliary_kw"]).sum()
            / (p["electricity_kw"] - p["auxiliary_kw"]).sum()
            for p in parts
            if len(p)
        ]
        assert 2.4 < cops[0] < 3.2
        assert all(2.7 < cop < 4.6 and cop > cops[0] for cop in cops[1:])


@every_brand
def test_it_takes_some_watts_at_rest(brand: str) -> None:
    true = truth(brand, AUTUMN, AUTUMN + MONTH)
    resting = true[(true["compressor"] == 0) & (true["auxiliary_kw"] == 0)]
    np.testing.assert_allclose(resting["electricity_kw"], 0.06)


@every_brand
def test_the_compressor_cycles_like_one(brand: str) -> None:
    true = truth(brand, AUTUMN, AUTUMN + MONTH)
    runs = lengths(true["compressor"])
    assert 10 < len(runs) / 30 < 26
    assert runs["minutes"].min() >= 2.0
    assert runs["minutes"].between(15, 100).mean() > 0.9
    assert 20 < runs["minutes"].median() < 60


def test_it_runs_more_the_colder_it_is() -> None:
    true = truth("thermia", WINTER, WINTER + 2 * MONTH)
    daily = true.resample("1D").mean()
    assert daily["compressor"].corr(daily["outdoor_temp"]) < -0.9
    assert truth("thermia", SUMMER, SUMMER + MONTH)["compressor"].mean() < 0.12


def test_supply_climbs_in_a_run_and_falls_at_rest() -> None:
    true = truth("ivt", AUTUMN, AUTUMN + MONTH)
    runs = lengths(true["compressor"] * (1 - true["hot_water"]))
    runs = runs[runs["minutes"] > 20]
    supply = true["supply_temp"]
    early, late = (
        supply[runs["start"] + timedelta(minutes=6)],
        supply[runs["stop"] - timedelta(minutes=1)],
    )
    assert (late.to_numpy() > early.to_numpy()).mean() > 0.9
    after = supply[runs["stop"] + timedelta(minutes=8)]
    assert (after.to_numpy() < late.to_numpy()).mean() > 0.9


def test_degree_minutes_start_and_stop_the_compressor() -> None:
    frame = stored("nibe", AUTUMN, AUTUMN + MONTH)
    minutes = 0.1 * frame["degree_minutes_integral"]
    change = frame["compressor_status"].diff()
    heating = frame["switch_valve_status"] == 0
    assert minutes[(change == 1) & heating].median() == pytest.approx(-60, abs=6)
    assert minutes[(change == -1) & heating].median() == pytest.approx(0, abs=8)
    # Where a fuse has tripped the heater waits for −400, and then carries the house.
    assert minutes.between(-650, 100).all()
    tripped = lasts(
        "nibe",
        "blocked",
        pd.DatetimeIndex(minutes.index).as_unit("s").asi8.astype(float),
    )
    assert minutes[~tripped].between(-500, 100).all()


@every_brand
def test_hot_water_is_charged_a_few_times_a_day(brand: str) -> None:
    true = truth(brand, AUTUMN, AUTUMN + MONTH)
    charges = lengths(true["hot_water"])
    assert charges["minutes"].between(20, 46).all()
    daily = charges.groupby(charges["start"].dt.date).size()
    assert daily.between(1, 5).all()
    assert 2 < len(charges) / 30 < 5
    tank = true["hot_water_temp"]
    assert tank[charges["start"]].between(40.5, 43.5).all()
    ends = tank[charges["stop"]]
    assert (ends > 59.5).sum() in (4, 5)
    assert ends[ends < 59].between(51, 53).all()
    assert (true["compressor"][true["hot_water"] > 0] == 1).all()


def test_the_auxiliary_heater_helps_on_cold_mornings_only() -> None:
    true = truth("thermia", AUTUMN, AUTUMN + MONTH)
    helped = true[
        (true["auxiliary_kw"] > 0) & (true["hot_water"] == 0) & (true["alarm"] == 0)
    ]
    assert 0.5 < len(helped) / 120 < 15
    assert set(helped.index.hour) <= set(range(4, 10))
    assert (helped["outdoor_temp"] < -2).all()
    assert (
        truth("thermia", SUMMER, SUMMER + MONTH)["auxiliary_kw"].sum() < 120 * 3 * 1.5
    )


@pytest.mark.parametrize(
    ("brand", "levels"),
    [
        ("thermia", {0, 33, 67, 100}),
        ("ivt", {0, 33.3, 66.7, 100}),
        ("nibe", {0, 33.3, 66.7, 100}),
    ],
)
def test_the_auxiliary_heater_has_three_levels(brand: str, levels: set[float]) -> None:
    start = datetime(2024, 1, 1, tzinfo=UTC)
    frame = stored(brand, start, start + 2 * MONTH)
    true = truth(brand, start, start + 2 * MONTH).reindex(frame.index)
    percent = frame["additional_heat_percent"]
    assert set(percent) <= levels
    assert len(set(percent)) >= 3
    np.testing.assert_allclose(0.09 * percent, true["auxiliary_kw"], atol=0.05)
    if brand == "ivt":
        steps = 3.0 * frame["add_heat_step_1"] + 6.0 * frame["add_heat_step_2"]
        np.testing.assert_allclose(steps, true["auxiliary_kw"])
    if brand == "nibe":
        # In kW: tenths of it have been stored since December 2025.
        np.testing.assert_allclose(frame["additional_heat_power"], true["auxiliary_kw"])


@every_brand
@pytest.mark.parametrize(
    "start", [AUTUMN, WINTER, SUMMER], ids=["autumn", "winter", "summer"]
)
def test_every_month_has_alarms_that_stop_the_compressor(
    brand: str, start: datetime
) -> None:
    true = truth(brand, start, start + MONTH)
    alarms = lengths(true["alarm"])
    assert 2 <= len(alarms) <= 5
    assert alarms["minutes"].between(19, 91).all()
    assert (true["compressor"][true["alarm"] > 0] == 0).all()


@every_brand
def test_alarm_codes_follow_the_rule_of_the_brand(brand: str) -> None:
    frame = stored(brand, AUTUMN, AUTUMN + MONTH)
    true = truth(brand, AUTUMN, AUTUMN + MONTH).reindex(frame.index)
    code, active = frame["alarm_code"] / 10, true["alarm"] > 0
    assert set(code[active]) <= set(load(brand).alarms)
    if brand == "ivt":
        assert (code > 0).all()
        changes = code.diff().fillna(0) != 0
        assert (active & ~active.shift(fill_value=False))[changes].all()
    else:
        assert (code[~active] == 0).all()
    if brand != "nibe":
        assert (frame["alarm_status"] == true["alarm"]).all()


@every_brand
def test_now_and_then_nothing_is_stored(brand: str) -> None:
    frame = stored(brand, AUTUMN, AUTUMN + 2 * MONTH, ["compressor_status"])
    pauses = frame.index.to_series().diff().dt.total_seconds().div(60).dropna()
    gaps = pauses[pauses > 0.5]
    assert 10 <= len(gaps) <= 16
    assert gaps.between(10, 61).all()


@every_brand
def test_counters_count_what_happened(brand: str) -> None:
    start = datetime(2025, 12, 20, tzinfo=UTC)
    true = truth(brand, start, start + MONTH)
    for name in ("heat", "electricity"):
        counter = true[f"{name}_kwh"]
        assert (counter.diff().dropna() >= 0).all()
        expected = true[f"{name}_kw"].cumsum().shift(fill_value=0.0) / 120
        np.testing.assert_allclose(counter - counter.iloc[0], expected, atol=2e-3)


@every_brand
def test_stored_counters_never_fall(brand: str) -> None:
    start = datetime(2025, 12, 20, tzinfo=UTC)
    frame = stored(brand, start, start + MONTH)
    true = truth(brand, start, start + MONTH).reindex(frame.index)
    counters = [
        n for n in frame if "runtime" in n or n.startswith(("energy", "accumulated"))
    ]
    assert len(counters) >= 2
    for name in counters:
        assert (frame[name].diff().dropna() >= 0).all(), name
        assert (frame[name] == np.floor(frame[name])).all(), name
    if brand == "nibe":
        np.testing.assert_allclose(
            0.1 * frame["energy_total"], true["heat_kwh"], atol=0.11
        )
    else:
        np.testing.assert_allclose(
            frame["accumulated_energy"], true["electricity_kwh"], atol=1.01
        )


def test_run_time_counters_agree_with_the_compressor() -> None:
    frame = stored("thermia", AUTUMN, AUTUMN + MONTH)
    hours = truth("thermia", AUTUMN, AUTUMN + MONTH)["compressor"].sum() / 120
    counted = 0.1 * (
        frame["compressor_runtime"].iloc[-1] - frame["compressor_runtime"].iloc[0]
    )
    assert counted == pytest.approx(hours, rel=0.01)
    assert frame["compressor_runtime"].iloc[-1] > frame["hot_water_runtime"].iloc[-1]


def test_power_is_the_electricity_in_whole_watts() -> None:
    frame = stored("ivt", AUTUMN, AUTUMN + DAY)
    true = truth("ivt", AUTUMN, AUTUMN + DAY).reindex(frame.index)
    np.testing.assert_allclose(
        frame["power_consumption"], 1000 * true["electricity_kw"], atol=0.51
    )


@every_brand
def test_nothing_jumps_where_one_day_of_the_demo_ends(brand: str) -> None:
    true = truth(brand, AUTUMN, AUTUMN + MONTH)
    for name in ("outdoor_temp", "indoor_temp", "hot_water_temp", "brine_in_temp"):
        assert true[name].diff().abs().max() < 0.8, name
    off = (true["compressor"] == 0) & (true["compressor"].shift() == 0)
    assert true["return_temp"].diff().abs()[off].max() < 5.0
