"""What each brand reports, and where its names mislead."""

import numpy as np
import pandas as pd
import pytest

from custom_components.heatpump_dashboard.analysis.readings import clean
from custom_components.heatpump_dashboard.profiles import METRICS, load

COMMON = {
    "outdoor_temp": "outdoor_temp",
    "indoor_temp": "indoor_temp",
    "brine_in_temp": "brine_in_evaporator",
    "brine_out_temp": "brine_out_condenser",
    "compressor": "compressor_status",
    "brine_pump": "brine_pump_status",
    "circulation_pump": "radiator_pump_status",
    "hot_water_valve": "switch_valve_status",
    "auxiliary_percent": "additional_heat_percent",
    "alarm_code": "alarm_code",
}

CONTRACT: dict[str, dict[str, str]] = {
    "thermia": COMMON
    | {
        "supply_temp": "radiator_forward",
        "return_temp": "radiator_return",
        "hot_water_temp": "hot_water_top",
        "hot_gas_temp": "pressure_tube_temp",
        "power": "power_consumption",
        "energy": "accumulated_energy",
        "degree_minutes": "degree_minutes",
        "alarm": "alarm_status",
        "operating_mode": "operating_mode",
        "supply_setpoint": "heating_setpoint",
        "heat_curve": "heat_curve_L",
        "heat_curve_max": "heat_curve_R",
        "heating_stop": "heating_stop_temp",
        "hot_water_start": "hot_water_start_temp",
        "hot_water_stop": "hot_water_stop_temp",
        "room_setpoint": "room_temp_setpoint",
    },
    "ivt": COMMON
    | {
        "supply_temp": "heat_carrier_forward",
        "return_temp": "heat_carrier_return",
        "hot_water_temp": "hot_water_top",
        "hot_gas_temp": "hot_gas_compressor",
        "auxiliary_step_1": "add_heat_step_1",
        "auxiliary_step_2": "add_heat_step_2",
        "power": "power_consumption",
        "energy": "accumulated_energy",
        "alarm": "alarm_status",
        "supply_setpoint": "heating_setpoint",
        "heat_curve": "heat_curve_level",
        "heat_curve_offset": "heat_curve_parallel",
        "heating_stop": "summer_mode_temp",
        "hot_water_stop": "warm_water_stop_temp",
        "room_setpoint": "room_temp_setpoint",
    },
    "nibe": COMMON
    | {
        "supply_temp": "heat_carrier_forward",
        "return_temp": "heat_carrier_return",
        "hot_water_temp": "warm_water_top",
        "hot_gas_temp": "hot_gas_temp",
        "auxiliary_power": "additional_heat_power",
        "compressor_speed": "compressor_speed",
        "heat_energy": "energy_total",
        "degree_minutes": "degree_minutes_integral",
        "operating_mode": "operating_mode",
        "supply_setpoint": "heating_setpoint",
        "heat_curve": "heating_curve",
        "heat_curve_offset": "heating_curve_offset",
        "room_setpoint": "room_temp_setpoint_set",
    },
}

# What a view cannot do without (any of a group is enough).
VIEWS: dict[str, list[set[str]]] = {
    "sankey": [{"compressor"}, {"supply_temp"}, {"return_temp"}, {"power", "energy"}],
    "cop": [{"compressor"}, {"supply_temp"}, {"return_temp"}, {"power", "energy"}],
    "runtime": [{"compressor"}, {"hot_water_valve"}],
    "temperature": [{"outdoor_temp"}, {"supply_temp"}, {"brine_in_temp"}],
    "performance": [
        {"compressor"},
        {"supply_temp"},
        {"return_temp"},
        {"brine_in_temp"},
        {"brine_out_temp"},
    ],
    "power": [{"power", "energy"}],
    "valve": [{"hot_water_valve"}, {"hot_water_temp"}],
}


@pytest.mark.parametrize("key", CONTRACT)
def test_every_metric_comes_from_its_series_or_is_declared_missing(key: str) -> None:
    profile = load(key)
    normal = {m: rule.candidates[0].name for m, rule in profile.metrics.items()}
    assert normal == CONTRACT[key]
    assert sorted([*profile.metrics, *profile.missing]) == sorted(METRICS)


@pytest.mark.parametrize("key", CONTRACT)
def test_every_view_has_its_metrics_or_the_profile_says_which_is_missing(
    key: str,
) -> None:
    profile = load(key)
    for view, needs in VIEWS.items():
        lacking = [group for group in needs if not group & set(profile.metrics)]
        assert all(group <= set(profile.missing) for group in lacking), view
        no_power = key == "nibe" and view in ("sankey", "cop", "power")
        assert bool(lacking) == no_power, view


def _names(key: str, metric: str) -> list[tuple[str, ...]]:
    return [rule.names for rule in load(key).metrics[metric].candidates]


def test_nibe_reports_heat_but_no_electricity() -> None:
    assert {"power", "energy"} <= set(load("nibe").missing)
    assert _names("nibe", "heat_energy") == [("energy_total",)]


def test_nibe_series_named_return_is_a_supply_sensor() -> None:
    assert _names("nibe", "return_temp") == [("heat_carrier_return",)]
    assert _names("nibe", "supply_temp") == [
        ("heat_carrier_forward",),
        ("radiator_return",),
    ]


def test_nibe_liquid_flow_is_no_flow() -> None:
    assert "flow" in load("nibe").missing
    assert "liquid_flow" in load("nibe").other_series


def test_nibe_hot_water_falls_back_on_the_charging_sensor() -> None:
    assert _names("nibe", "hot_water_temp") == [
        ("warm_water_top",),
        ("warm_water_mid",),
    ]


def test_nibe_degree_minutes_are_the_integral_not_the_setting() -> None:
    first, second = _names("nibe", "degree_minutes")
    assert (first, second) == (
        ("degree_minutes_integral",),
        ("degree_minutes_compressor",),
    )


def test_ivt_measures_at_the_heat_carrier_before_the_radiators() -> None:
    assert _names("ivt", "supply_temp") == [
        ("heat_carrier_forward",),
        ("radiator_forward",),
    ]
    assert _names("ivt", "return_temp") == [
        ("heat_carrier_return",),
        ("radiator_return",),
    ]


def test_ivt_keeps_the_names_it_had_before() -> None:
    for metric, old in {
        "hot_water_temp": "warm_water_1_top",
        "brine_pump": "pump_cold_circuit",
        "circulation_pump": "pump_radiator",
        "hot_water_valve": "switch_valve_1",
        "indoor_temp": "switch_on_rego",
    }.items():
        assert old in _names("ivt", metric)[0]
        assert old in load("ivt").series


def test_thermia_measures_at_the_radiators_and_has_no_other_sensors() -> None:
    assert _names("thermia", "supply_temp") == [("radiator_forward",)]
    assert _names("thermia", "return_temp") == [("radiator_return",)]
    assert load("thermia").hot_water_estimated
    assert not load("ivt").hot_water_estimated


def test_thermia_energy_counter_had_another_name() -> None:
    assert _names("thermia", "energy") == [("accumulated_energy", "energy_accumulated")]


def test_only_ivt_reports_the_steps_of_its_heater() -> None:
    assert load("ivt").auxiliary.step_kw == (3.0, 6.0)
    assert load("thermia").auxiliary.step_kw == load("nibe").auxiliary.step_kw == ()
    assert {load(key).auxiliary.max_kw for key in CONTRACT} == {9.0}


def test_thermia_modes_are_translation_keys() -> None:
    assert load("thermia").operating_modes == {
        0: "off",
        1: "auto",
        2: "heat_pump_only",
        3: "auxiliary_only",
        4: "hot_water_only",
    }
    assert load("nibe").operating_modes == {0: "auto", 1: "manual", 2: "auxiliary_only"}
    assert load("ivt").operating_modes == {}


def test_nibe_setpoint_of_the_room_is_the_chosen_one_not_that_of_a_schedule() -> None:
    assert _names("nibe", "room_setpoint") == [("room_temp_setpoint_set",)]
    assert "room_temp_setpoint" in load("nibe").other_series


@pytest.mark.parametrize(
    ("key", "metric", "stored", "valid"),
    [
        ("thermia", "heat_curve", 400.0, True),
        ("thermia", "heat_curve", 40.0, False),
        ("ivt", "heat_curve", 19.0, True),
        ("ivt", "heat_curve", 190.0, False),
        ("nibe", "heat_curve", 90.0, True),
        ("nibe", "heat_curve", 900.0, False),
        ("nibe", "heat_curve_offset", -20.0, True),
        ("thermia", "hot_water_stop", 3275.8, False),
        ("thermia", "hot_water_stop", 0.0, False),
    ],
)
def test_settings_in_tenths_are_those_of_a_house(
    key: str, metric: str, stored: float, valid: bool
) -> None:
    """A collector of before December 2025 stored them whole: outside, no other curve."""
    (rule,) = load(key).metrics[metric].candidates
    index = pd.DatetimeIndex(["2026-01-10T12:00:00Z"], name="time").as_unit("ns")
    raw = pd.DataFrame({rule.name: [stored]}, index=index)
    (value,) = clean(raw, {metric: rule})[metric]
    assert np.isfinite(value) == valid
    if valid:
        assert value == pytest.approx(stored * rule.scale)
