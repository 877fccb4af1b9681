"""What the house needs, and how cold it can get."""

from typing import Any, Literal

import numpy as np
import pytest

from custom_components.heatpump_dashboard.insights.house import (
    house,
    left_out,
    need,
    normal_year,
    quotient,
    reserve,
    signature,
)
from custom_components.heatpump_dashboard.insights.subject import HeatBasis, Subject

from .factory import METRICS, subject, winter

OUTDOOR = np.array([-10.0, -5, 0, 5, 10, 15, 18, 22])
HEAT = 0.18 * np.maximum(17 - OUTDOOR, 0)


def test_the_line_of_a_house_without_people() -> None:
    found = signature(OUTDOOR, HEAT)
    assert found.slope == pytest.approx(0.18)
    assert found.base == pytest.approx(17.0)


def test_the_line_of_days_that_differ() -> None:
    differing = np.array([0.1, -0.1, 0.05, -0.05, 0.1, -0.1, 0, 0])
    found = signature(OUTDOOR, HEAT + differing)

    assert found.slope == pytest.approx(0.1829, abs=5e-5)
    assert found.error == pytest.approx(0.0049, abs=5e-5)
    assert found.base == pytest.approx(16.77, abs=5e-3)
    assert found.scatter == pytest.approx(0.102, abs=5e-4)


def test_the_quotient_of_a_month_at_two_degrees() -> None:
    degree_days = 30 * (17.0 - 2.0)
    assert degree_days == 450
    assert quotient(1944, degree_days) == pytest.approx(0.18)
    assert normal_year(1944, degree_days, 600) == pytest.approx(2592)
    assert need(0.18, 17.0, -18.0) == pytest.approx(6.3)


def test_from_where_on_it_runs_all_day() -> None:
    found = reserve(np.array([-3.0, 5.0]), np.array([0.5, 0.3]))
    assert found is not None
    assert found.full == pytest.approx(-23.0)
    assert found.at(-3.0) == pytest.approx(0.5)
    assert reserve(np.array([-3.0, 5.0]), np.array([0.3, 0.5])) is None


def test_of_a_hundred_days_there_is_a_line() -> None:
    found = house(subject())

    assert (found.state, found.code, found.unit) == ("ok", "signature", "kW/K")
    assert found.value == pytest.approx(0.18, abs=1e-3)
    assert found.params["base"] == pytest.approx(17.0, abs=0.1)
    assert found.params["reserve"] == pytest.approx(-23.0, abs=0.1)
    assert found.scale == 0.08
    assert found.n == 100


def test_of_a_month_there_is_a_quotient() -> None:
    found = house(subject(winter(30, outdoor=2.0)))

    assert found.code == "quotient"
    assert found.value == pytest.approx(0.18)
    assert found.params["degree_days"] == pytest.approx(450)
    assert found.params["heat_kwh"] == pytest.approx(1944)
    assert found.scatter == pytest.approx(0.035 * 0.18, rel=0.02)
    assert found.params["reserve"] is None


def test_a_month_in_which_it_was_as_cold_every_day_has_no_reserve() -> None:
    assert house(subject(winter(30, outdoor=2.0))).params["reserve_code"] == "span"


def test_days_of_holidays_are_no_part_of_the_line() -> None:
    days = winter(100)
    days["heat_kwh"][40:46] *= 0.5
    found = house(subject(days))

    assert found.code == "signature"
    assert found.value == pytest.approx(0.18, abs=2e-3)
    out = left_out(subject(days)).to_numpy()
    assert out[40:46].all()
    assert not out[:40].any() and not out[46:].any()


def test_a_house_that_is_slow_has_yesterday_in_its_line() -> None:
    """Half of the heat is for the cold of the day before."""
    days = winter(120)
    outdoor = days["outdoor_temp|sum"] / 86_400
    outdoor = outdoor + np.random.default_rng(3).normal(0, 3, 120)
    felt = (outdoor + np.roll(outdoor, 1)) / 2
    days["outdoor_temp|sum"] = outdoor * 86_400
    days["heat_kwh"] = 24 * 0.18 * np.maximum(17 - felt, 0.0) + 5
    found = house(subject(days))

    assert found.value == pytest.approx(0.18, rel=0.01)
    plain = signature(outdoor, (days["heat_kwh"] - 5) / 24)
    assert plain.slope < 0.17


def test_what_the_coldest_days_ask_for() -> None:
    """6.3 kW at −18 °C, for which it would have to run for 0.875 of the day."""
    found = house(subject(design_temp=-18.0)).params

    assert found["design_temp"] == -18.0
    assert found["design_kw"] == pytest.approx(6.3, abs=0.05)
    assert found["design_share"] == pytest.approx(0.875, abs=2e-3)
    assert found["design_gives"] == pytest.approx(6.3 / 0.875, abs=0.05)
    assert "design_kw" not in house(subject()).params
    blind = house(subject(winter(30, outdoor=2.0), design_temp=-18.0)).params
    assert blind["design_kw"] == pytest.approx(6.3)
    assert "design_share" not in blind


def test_in_summer_there_is_hot_water_alone() -> None:
    outdoor = 8 + 12 * np.sin(np.arange(365) / 58)
    assert house(subject(winter(365, outdoor=outdoor))).params[
        "summer_kwh"
    ] == pytest.approx(5.0)
    assert "summer_kwh" not in house(subject()).params


def test_where_the_speed_varies_running_all_day_is_no_limit() -> None:
    """It does so from its least power on."""
    basis = HeatBasis(varies=True)
    found = house(subject(heat=basis, design_temp=-18.0))
    assert (found.state, found.code) == ("ok", "signature")
    assert found.params["reserve"] is None
    assert found.params["reserve_code"] == "variable_speed"
    assert found.params["design_kw"] == pytest.approx(0.18 * 35, rel=0.02)
    assert not {"design_share", "design_gives"} & found.params.keys()


def air_source(days: int = 365) -> dict[str, np.ndarray]:
    """Return a year of 8 kW at 7 °C that gives 3 % less with each kelvin colder.

    Of a house that needs 0.14 kW/K: the pump alone manages to −10 °C.
    """
    outdoor = 6 - 11 * np.cos(np.arange(days) / 58)
    needs = 0.14 * np.maximum(17 - outdoor, 0)
    running = (needs + 0.2) / (8 * (1 + 0.03 * (outdoor - 7)))
    changed = winter(days, outdoor=outdoor)
    changed["heating_s"] = running * 86_400 * 0.9
    changed["hot_water_s"] = running * 86_400 * 0.1
    changed["idle_s"] = (1 - running) * 86_400
    changed["heat_kwh"] = 24 * needs + 5
    return changed


@pytest.mark.parametrize("source", ["factor", None])
def test_how_cold_it_can_get_is_not_told_of_what_heats_from_air(
    source: Literal["factor"] | None,
) -> None:
    """Its running grows faster than the weather gets colder."""
    without_brine = METRICS - {"brine_in_temp", "brine_out_temp"}
    found = house(
        subject(
            air_source(),
            metrics=without_brine,
            heat=HeatBasis(source=source),
            design_temp=-18.0,
        )
    )
    assert found.params.get("reserve") is None
    assert found.params["reserve_code"] == "air_source"
    assert not {"design_share", "design_gives"} & found.params.keys()


def test_with_the_heater_on_there_is_no_reserve() -> None:
    days = winter(100)
    days["auxiliary_kwh"][::5] = 3.0
    assert house(subject(days)).params["reserve_code"] == "heater"


def test_a_tank_that_the_heater_makes_hot_once_a_week_hides_nothing() -> None:
    days = winter(100)
    days["auxiliary_kwh"][::5] = 1.0
    assert house(subject(days)).params["reserve"] == pytest.approx(-23, abs=0.1)


def test_heat_that_does_not_follow_the_cold_has_no_line() -> None:
    days = winter(100)
    rng = np.random.default_rng(1)
    days["heat_kwh"] = rng.uniform(20, 120, 100)
    assert house(subject(days)).code == "quotient"


def test_in_summer_nothing_is_said() -> None:
    assert house(subject(winter(40, outdoor=16.5))).code == "not_heating"
    assert house(subject(winter(40, outdoor=20.0))).state == "learning"


def test_after_ten_days_four_are_missing() -> None:
    found = house(subject(winter(10)))
    assert (found.state, found.params["missing"]) == ("learning", 4)


def test_without_an_outdoor_sensor_nothing_is_known() -> None:
    found = house(subject(metrics=METRICS - {"outdoor_temp"}))
    assert (found.state, found.code) == ("unknown", "no_metric")


def test_a_usual_year_is_one_of_its_own() -> None:
    """The heat of a mild year, as it would be in the mean of two."""
    outdoor = np.concatenate([np.full(365, 0.0), np.full(365, 5.0)])
    outdoor = outdoor + np.tile(8 * np.sin(np.arange(365) / 7), 2)
    found = house(subject(winter(730, outdoor=outdoor))).params
    cold = np.maximum(17 - outdoor, 0.0)
    years = cold[:365].sum(), cold[365:].sum()

    assert found["years"] == 2
    assert found["normal_kwh"] == pytest.approx(24 * 0.18 * np.mean(years), rel=0.01)
    assert "normal_kwh" not in house(subject(winter(500))).params
    typed = house(subject(winter(500), normal_degree_days=3000.0)).params
    assert typed["normal_kwh"] == pytest.approx(24 * 0.18 * 3000, rel=0.01)
    assert typed["years"] == 0


def without_heat(days: dict[str, np.ndarray], **told: Any) -> Subject:
    """Return a heat pump whose supply and return nobody reads.

    The ledger says 0 kWh then, which is no house that needs nothing.
    """
    nothing = np.zeros(len(days["heat_kwh"]))
    days |= {"heat_kwh": nothing, "heat_hot_water_kwh": nothing}
    return subject(days, heat=HeatBasis(source=None), **told)


def test_how_cold_it_can_get_needs_no_heat() -> None:
    found = house(without_heat(winter(100), design_temp=-18.0))

    assert (found.state, found.code, found.value) == ("ok", "reserve", None)
    assert found.params["reserve"] == pytest.approx(-23.0, abs=0.1)
    assert found.params["design_share"] == pytest.approx(0.875, abs=2e-3)
    assert not {"design_kw", "design_gives", "base"} & found.params.keys()
    assert found.n == 100
    assert not left_out(without_heat(winter(100))).any()


def test_nor_electricity() -> None:
    days = winter(100)
    days["electricity_kwh"] = np.full(100, np.nan)
    days["energy_s"] = np.zeros(100)
    found = house(without_heat(days, electricity=None))
    assert found.params["reserve"] == pytest.approx(-23.0, abs=0.1)


def test_without_a_source_of_heat_the_house_is_not_known() -> None:
    found = house(without_heat(winter(30, outdoor=2.0)))
    assert (found.state, found.code, found.value) == ("unknown", "no_metric", None)
    assert found.params == {"metric": "supply_temp", "reserve_code": "span"}


def test_days_of_the_heater_tell_nothing_of_it_without_heat_either() -> None:
    days = winter(100)
    days["auxiliary_kwh"][::5] = 3.0
    assert house(without_heat(days)).params["reserve_code"] == "heater"


@pytest.mark.parametrize("lacking", ["days", "compressor"])
def test_of_ten_days_more_are_awaited_unless_nothing_will_come(lacking: str) -> None:
    days = winter(10 if lacking == "days" else 100)
    if lacking == "compressor":
        for name in ("heating_s", "hot_water_s", "idle_s"):
            days[name] = np.full(100, np.nan)
    found = house(without_heat(days))
    assert found.state == ("learning" if lacking == "days" else "unknown")
