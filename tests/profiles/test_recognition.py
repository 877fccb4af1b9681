"""Recognition of a brand from the names of its series."""

import pytest

from custom_components.heatpump_dashboard.profiles import brands, load, recognise

REAL = [key for key in brands() if key != "generic"]


@pytest.mark.parametrize("key", REAL)
def test_all_series_of_a_brand_are_that_brand(key: str) -> None:
    assert recognise(load(key).series_names) == key


@pytest.mark.parametrize("key", REAL)
def test_the_normal_sensors_alone_are_enough(key: str) -> None:
    normal = [rule.candidates[0].name for rule in load(key).metrics.values()]
    assert recognise(normal) == key


@pytest.mark.parametrize("key", REAL)
def test_foreign_names_beside_do_not_disturb(key: str) -> None:
    assert recognise([*load(key).series, "kitchen_temp", "solar_power"]) == key


@pytest.mark.parametrize(
    ("series", "key"),
    [
        (["radiator_forward", "radiator_return", "hot_water_top"], "thermia"),
        (["compressor_status", "pressure_tube_temp"], "thermia"),
        (["compressor_status", "energy_accumulated"], "thermia"),
        (["warm_water_1_top", "pump_cold_circuit", "pump_radiator"], "ivt"),
        (["heat_carrier_forward", "heat_carrier_return", "hot_water_top"], "ivt"),
        (["outdoor_temp", "radiator_forward", "heat_carrier_return"], "ivt"),
        (["compressor_status", "add_heat_step_1"], "ivt"),
        (["heat_carrier_forward", "heat_carrier_return", "warm_water_top"], "nibe"),
        (["compressor_status", "switch_valve_status", "pool_mode"], "nibe"),
    ],
)
def test_part_of_the_series_is_enough_if_it_tells_the_brands_apart(
    series: list[str], key: str
) -> None:
    assert recognise(series) == key


@pytest.mark.parametrize(
    "series",
    [
        [],
        ["outdoor_temp"],
        ["outdoor_temp", "compressor_status", "indoor_temp"],
        ["heat_carrier_forward", "heat_carrier_return", "outdoor_temp"],
        ["hot_water_top", "compressor_status"],
        ["heat_pump_supply", "heat_pump_return", "kitchen"],
        [*load("thermia").series_names, *load("nibe").series_names],
    ],
    ids=[
        "empty",
        "one",
        "common",
        "ivt or nibe",
        "ivt or thermia",
        "other",
        "two pumps",
    ],
)
def test_nothing_is_said_when_unsure(series: list[str]) -> None:
    assert recognise(series) is None
