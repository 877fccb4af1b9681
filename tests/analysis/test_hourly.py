"""What hourly statistics tell of hours, and the figures that are made of them."""

from typing import Any

import numpy as np
import pandas as pd
import pytest

from custom_components.heatpump_dashboard.analysis.basis import FigureBasis
from custom_components.heatpump_dashboard.analysis.equipment import Equipment
from custom_components.heatpump_dashboard.analysis.figures import totals
from custom_components.heatpump_dashboard.analysis.hourly import hours_of_statistics
from custom_components.heatpump_dashboard.analysis.windows import COLUMNS
from custom_components.heatpump_dashboard.profiles import load, map_series

COUNTER = FigureBasis(heat="counter", electricity="meter", calibration="measured")
FACTOR = FigureBasis(heat="factor", electricity="meter")
DAY_S = 86_400.0
MAPPING = {
    "supply_temp": "sensor.supply",
    "power": "sensor.power",
    "energy": "sensor.energy",
    "heat_energy": "sensor.heat",
}


def statistics(hours: int = 24, **columns: Any) -> pd.DataFrame:
    index = pd.date_range("2025-01-10", periods=hours, freq="h", tz="UTC", name="time")
    named = {name.replace("__", "|"): told for name, told in columns.items()}
    return pd.DataFrame(
        {f"sensor.{name}": told for name, told in named.items()}, index, dtype=float
    )


def hours_of(
    told: pd.DataFrame, basis: FigureBasis = COUNTER, **settings: Any
) -> pd.DataFrame:
    profile = map_series(load("generic"), MAPPING, {"power": "kW"})
    return hours_of_statistics(told, profile, Equipment(**settings), basis)


def figures(hours: pd.DataFrame, basis: FigureBasis = COUNTER) -> dict[str, Any]:
    return totals(hours, len(hours) * 3600.0, basis)


def test_counters_and_mean_power_give_energies_and_a_cop_of_everything() -> None:
    found = figures(hours_of(statistics(power__mean=1.5, heat__change=4.5)))
    assert found["electricity_kwh"] == pytest.approx(36)
    assert found["heat_kwh"] == pytest.approx(108)
    assert found["cop_system"] == pytest.approx(3)
    assert found["counted_s"] == DAY_S
    assert (found["covered_s"], found["coverage"]) == (0, 0)


def test_a_counter_counts_where_there_is_no_power() -> None:
    found = figures(hours_of(statistics(energy__change=1.25, heat__change=4.0)))
    assert found["electricity_kwh"] == pytest.approx(30)


@pytest.mark.parametrize(
    "name",
    [
        *("starts", "heating_s", "hot_water_s", "idle_s", "compressor_s"),
        *("heat_hot_water_kwh", "standby_kwh", "auxiliary_kwh", "cop_compressor"),
        *("compressor_electricity_kwh", "hot_water_charges"),
    ],
)
def test_what_statistics_do_not_tell_is_not_known(name: str) -> None:
    """It is not nothing either."""
    found = figures(hours_of(statistics(power__mean=1.5, heat__change=4.5)))
    assert found[name] is None


def test_heat_of_another_scale_is_not_mixed_in() -> None:
    hours = hours_of(statistics(power__mean=1.5, heat__change=4.5), FACTOR)
    found = figures(hours, FACTOR)
    assert found["electricity_kwh"] == pytest.approx(36)
    assert found["heat_kwh"] is None
    assert found["cop_system"] is None
    assert found["cop_system_reason"] == "not_known"


def test_beside_readings_they_count_once_and_cops_are_of_both_energies() -> None:
    """A day of readings at COP 5, a day of statistics without heat."""
    read = pd.DataFrame(0.0, pd.date_range("2025-01-11", periods=24, freq="h"), COLUMNS)
    for name, told in {
        "heating_s": 3600.0,
        "running_known_s": 3600.0,
        "energy_s": 3600.0,
        "heat_kwh": 5.0,
        "electricity_kwh": 1.0,
    }.items():
        read[name] = told
    counted = hours_of(statistics(power__mean=2.0), FACTOR)
    both = pd.concat([read.tz_localize("UTC"), counted]).fillna(0.0)
    found = figures(both, FACTOR)
    assert found["electricity_kwh"] == pytest.approx(24 + 48)
    assert found["heat_kwh"] == pytest.approx(120)
    assert found["cop_system"] == pytest.approx(5)
    assert found["coverage"] == pytest.approx(0.5)


def test_what_cannot_be_is_not_believed() -> None:
    power, heat = np.full(24, 1.5), np.full(24, 4.5)
    power[3], heat[5], heat[6] = 4e6, 1e5, -7.0
    found = figures(hours_of(statistics(power__mean=power, heat__change=heat)))
    assert found["electricity_kwh"] == pytest.approx(23 * 1.5)
    assert found["heat_kwh"] == pytest.approx(22 * 4.5)
    assert found["cop_system"] == pytest.approx(3)


def test_what_a_heater_beside_the_power_takes_is_not_known() -> None:
    profile = map_series(
        load("generic"), {**MAPPING, "auxiliary_percent": "sensor.heater"}
    )
    from dataclasses import replace

    told = statistics(power__mean=1500)
    equipment = Equipment.of(replace(profile, power_includes_auxiliary=False), {})
    hours = hours_of_statistics(told, profile, equipment, COUNTER)
    assert not hours["counted_electricity_s"].any()


def test_temperatures_are_means_and_extremes_of_hours() -> None:
    told = statistics(supply__mean=35.0, supply__min=30.0, supply__max=150.5)
    hours = hours_of(told)
    assert (hours["supply_temp|sum"] / hours["supply_temp|s"]).unique().tolist() == [35]
    assert hours["supply_temp|min"].unique().tolist() == [30]
    assert hours["supply_temp|max"].isna().all()


@pytest.mark.parametrize("first", [0, 1, 12])
def test_hours_without_a_power_are_counted_whatever_others_have(first: int) -> None:
    """The mean power is known from an hour on: it says nothing of those before."""
    power = np.where(np.arange(24) < first, np.nan, 1.5)
    told = statistics(power__mean=power, energy__change=1.25)
    whole = hours_of(told)
    assert whole["counted_electricity_s"].sum() == DAY_S
    assert whole["counted_electricity_kwh"].sum() == pytest.approx(36 - first / 4)
    cut = pd.concat([hours_of(told.iloc[:5]), hours_of(told.iloc[5:])])
    columns = [name for name in whole if name.startswith("counted")]
    pd.testing.assert_frame_equal(cut[columns], whole[columns], check_freq=False)
