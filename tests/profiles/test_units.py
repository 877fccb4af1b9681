"""Units of what is told, and what they become."""

import pandas as pd
import pytest

from custom_components.heatpump_dashboard.analysis.readings import choose_series, clean
from custom_components.heatpump_dashboard.profiles import (
    METRICS,
    conversion,
    load,
    map_series,
)


@pytest.mark.parametrize(
    ("metric", "unit", "told", "meant"),
    [
        ("supply_temp", "°C", 34.5, 34.5),
        ("supply_temp", None, 34.5, 34.5),
        ("supply_temp", "°F", 95, 35),
        ("outdoor_temp", "°F", -4, -20),
        ("brine_in_temp", "K", 273.15, 0),
        ("brine_in_temp", "°K", 273.15, 0),
        ("power", "kW", 1.2, 1200),
        ("power", "W", 1200, 1200),
        ("auxiliary_power", "W", 3000, 3),
        ("auxiliary_power", "kW", 3, 3),
        ("energy", "Wh", 2500, 2.5),
        ("energy", "MWh", 1.5, 1500),
        ("heat_energy", "MJ", 3.6, 1),
        ("heat_energy", "GJ", 3.6, 1000),
        ("flow", "l/min", 30, 0.5),
        ("flow", "L/min", 30, 0.5),
        ("flow", "l/h", 1800, 0.5),
        ("flow", "m³/h", 1.8, 0.5),
        ("flow", "m3/h", 1.8, 0.5),
        ("flow", "gal/min", 7.925, 0.5),
        ("degree_minutes", "°Cmin", -60, -60),
        ("degree_minutes", "DM", -60, -60),
        ("auxiliary_percent", "%", 33, 33),
    ],
)
def test_a_value_becomes_one_of_the_metrics_own_unit(
    metric: str, unit: str | None, told: float, meant: float
) -> None:
    found = conversion(metric, unit)
    assert found is not None and not found.speed
    assert told * found.scale + found.offset == pytest.approx(meant, abs=1e-4)


@pytest.mark.parametrize(
    ("metric", "unit"),
    [
        ("supply_temp", "%"),
        ("supply_temp", "Hz"),
        ("power", "kWh"),
        ("energy", "kW"),
        ("flow", "°C"),
        ("compressor_speed", "Hz"),
        ("auxiliary_percent", "kW"),
        ("compressor", "°C"),
        ("hot_water_valve", "kWh"),
        ("alarm_code", "W"),
        ("degree_minutes", "kWh"),
        ("operating_mode", "h"),
    ],
)
def test_what_cannot_be_the_metric_has_no_conversion(metric: str, unit: str) -> None:
    assert conversion(metric, unit) is None


@pytest.mark.parametrize("unit", ["Hz", "rpm", "%", "W", "l/min"])
def test_how_much_something_does_says_whether_it_is_on(unit: str) -> None:
    for metric, rule in METRICS.items():
        found = conversion(metric, unit)
        assert rule.kind != "state" or (found is not None and found.speed)


def test_every_metric_is_told_in_its_own_unit() -> None:
    for metric, rule in METRICS.items():
        found = conversion(metric, rule.unit)
        assert found is not None
        assert (found.scale, found.offset) == (1, 0)


def test_a_mapping_takes_the_units_along() -> None:
    names = {"power": "sensor.power", "supply_temp": "sensor.supply", "alarm": "a"}
    units = {"power": "kW", "supply_temp": "°F"}
    metrics = map_series(load("generic"), names, units).metrics
    assert metrics["power"].candidates[0].scale == 1000
    assert metrics["supply_temp"].candidates[0].offset == pytest.approx(-160 / 9)
    assert metrics["supply_temp"].candidates[0].maximum == 150
    assert not metrics["alarm"].candidates[0].speed


def test_a_mapping_in_an_impossible_unit_is_refused() -> None:
    with pytest.raises(ValueError, match="supply_temp cannot be told in %"):
        map_series(load("generic"), {"supply_temp": "x"}, {"supply_temp": "%"})


def test_readings_are_converted_before_they_are_judged() -> None:
    """212 °F are 100 °C, and 400 °F no temperature of a heat pump."""
    mapping = {"hot_gas_temp": "gas", "power": "power"}
    profile = map_series(
        load("generic"), mapping, {"hot_gas_temp": "°F", "power": "kW"}
    )
    index = pd.date_range("2026-01-10", periods=2, freq="30s", tz="UTC", name="time")
    raw = pd.DataFrame({"gas": [212.0, 400.0], "power": [1.25, 0.5]}, index=index)
    found = clean(raw, choose_series(raw, profile, {}))
    assert found["hot_gas_temp"].dropna().tolist() == [100]
    assert found["power"].tolist() == [1250, 500]


@pytest.mark.parametrize(
    ("metric", "unit", "told", "states"),
    [
        # A smart plug at rest, and a heat pump of 15 kW that starts.
        ("compressor", "W", [0, 7, 20, 21, 10_001, 29_000, 40_000], "000111x"),
        ("compressor", "kW", [0, 0.007, 2.5, 31], "001x"),
        ("compressor", "BTU/h", [20, 8000, 90_000, 200_000], "011x"),
        ("auxiliary_step_1", "W", [7, 9000, 10_500], "011"),
        # The pumps of newer ones take a few watts.
        ("circulation_pump", "W", [1, 4, 60], "011"),
        ("circulation_pump", "l/h", [0, 900, 12_000, 20_000], "011x"),
        ("brine_pump", "l/min", [0, 30, 400], "01x"),
        ("compressor", "rpm", [0, 1, 9000, 10_001], "011x"),
        ("compressor", None, [0, 1, 9000, 10_001], "011x"),
    ],
)
def test_a_state_that_is_told_as_an_amount_is_judged_by_its_unit(
    metric: str, unit: str | None, told: list[float], states: str
) -> None:
    units = {} if unit is None else {metric: unit}
    profile = map_series(load("generic"), {metric: "sensor.x"}, units)
    index = pd.date_range("2026-01-10", periods=len(told), freq="30s", tz="UTC")
    raw = pd.DataFrame({"sensor.x": told}, index=index, dtype=float)
    found = clean(raw, choose_series(raw, profile, {}))[metric]

    said = ["x" if pd.isna(state) else str(int(state)) for state in found]
    assert "".join(said) == states


@pytest.mark.parametrize("unit", ["R/min", "RPM", "r/min", "rpm"])
def test_a_speed_may_be_spelled_otherwise(unit: str) -> None:
    assert conversion("compressor", unit) == conversion("compressor", "Hz")


def test_what_is_on_by_an_amount_is_wanted_in_the_unit_it_was_chosen_in() -> None:
    """Else kW would be taken for W; how fast it turns is above 0 in every unit."""
    names = {metric: f"sensor.{metric}" for metric in ("compressor", "brine_pump")}
    for units, wanted in (
        ({"compressor": "W"}, {"sensor.compressor": "W"}),
        ({"brine_pump": "l/min"}, {"sensor.brine_pump": "l/min"}),
        ({"compressor": "Hz", "brine_pump": "%"}, {}),
        ({}, {}),
    ):
        assert map_series(load("generic"), names, units).units == wanted
