"""A year beside the one before and beside other heating."""

from dataclasses import replace
from datetime import date, timedelta

import numpy as np
import pandas as pd
import pytest

from custom_components.heatpump_dashboard.insights.year import against, year

from .factory import subject, winter, without_heat


def test_without_a_source_of_heat_a_year_is_not_known() -> None:
    found = year(without_heat(subject(winter(365))))
    assert (found.code, found.params) == ("no_metric", {"metric": "supply_temp"})


def test_a_year_beside_other_heating() -> None:
    found = against(18_000, 5_400)
    assert pytest.approx(3.33, abs=5e-3) == 18_000 / 5_400
    assert found["saved"] == 12_600
    assert found["oil"] == pytest.approx(2128, abs=0.5)


def test_what_the_electricity_of_a_year_let_out() -> None:
    """The specification's: 5 400 kWh at 59 g are 319 kg. Without a factor nothing is."""
    days = winter(365)
    days["electricity_kwh"] = np.full(365, 5400 / 365)
    found = year(subject(days, co2_per_kwh=59.0)).params
    assert found["co2"] == pytest.approx(319, abs=0.5)
    assert found["co2_per_kwh"] == 59
    assert year(subject(days, co2_per_kwh=0.0)).params["co2"] == 0
    assert not {"co2", "co2_per_kwh"} & year(subject(days)).params.keys()


def test_how_cold_a_year_was_and_what_a_degree_day_took() -> None:
    days = winter(365, outdoor=7.0)
    found = year(subject(days)).params
    assert found["degree_days"] == pytest.approx(3650)
    assert found["per_degree_day"] == pytest.approx(
        (days["electricity_kwh"] - days["electricity_hot_water_kwh"]).sum() / 3650
    )
    days["outdoor_temp|s"] = np.zeros(365)
    unseen = year(subject(days)).params
    assert not {"degree_days", "per_degree_day"} & unseen.keys()


def test_a_whole_year_is_a_season() -> None:
    found = year(subject(winter(365)))

    assert (found.state, found.code) == ("ok", "scop")
    assert found.value == pytest.approx(3.5)
    assert found.scale == 0.08
    assert "change" not in found.params


def test_of_cold_there_is_neither_heat_nor_a_cop() -> None:
    """In summer it draws 20 kWh a day out of the house, for 5 kWh of electricity."""
    days = winter(365)
    summer = np.arange(365) >= 265
    days["cooling_kwh"] = np.where(summer, 20.0, 0.0)
    days["cooling_electricity_kwh"] = np.where(summer, 5.0, 0.0)
    for name in ("heat_kwh", "compressor_heat_kwh"):
        days[name] = days[name] - days["cooling_kwh"]
    for name in ("electricity_kwh", "compressor_electricity_kwh"):
        days[name] = days[name] + days["cooling_electricity_kwh"]
    usual, cooled = subject(winter(365)), subject(days)

    assert cooled.days["space_kw"].to_numpy() == pytest.approx(usual.days["space_kw"])
    assert year(cooled).value == pytest.approx(3.5)
    assert year(cooled).params["heat"] == pytest.approx(year(usual).params["heat"])
    assert year(cooled).params["electricity"] == pytest.approx(
        year(usual).params["electricity"]
    )


def test_two_years_are_compared_at_the_same_weather() -> None:
    days = winter(730)
    days["electricity_kwh"][365:] *= 1.1
    assert year(subject(days)).params["change"] == pytest.approx(0.1, abs=0.02)


def a_year(warmer: float = 0.0, cooling: float = 0.0) -> dict[str, np.ndarray]:
    """Return a year of a house and a heat pump that are always the same.

    4 kWh of electricity a day for hot water; `cooling`: of two months, kWh a day.
    """
    day = np.arange(365)
    outdoor = 6 - 11 * np.cos(2 * np.pi * (day - 45) / 365) + warmer
    values = winter(365, outdoor=outdoor)
    cooled = np.where((day >= 180) & (day < 240), cooling, 0.0)
    heating = (values["heat_kwh"] - 5) / 3.5
    return values | {
        "electricity_hot_water_kwh": np.full(365, 4.0),
        "cooling_electricity_kwh": cooled,
        "electricity_kwh": heating + 4.0 + cooled,
    }


@pytest.mark.parametrize("second", [{"warmer": 2.0}, {"cooling": 8.0}])
def test_a_milder_year_and_one_with_cooling_took_no_more(
    second: dict[str, float],
) -> None:
    first, then = a_year(), a_year(**second)
    both = {name: np.concatenate((first[name], then[name])) for name in first}
    assert "change" not in year(subject(both, first=date(2024, 12, 1))).params


@pytest.mark.parametrize(("factor", "told"), [(1.02, False), (1.05, True)])
def test_years_differ_by_more_than_chance(factor: float, told: bool) -> None:
    first, then = a_year(), a_year()
    then["electricity_kwh"] = 4.0 + factor * (then["electricity_kwh"] - 4.0)
    both = {name: np.concatenate((first[name], then[name])) for name in first}
    found = year(subject(both, first=date(2024, 12, 1))).params
    assert ("change" in found) is told


def test_months_that_changed_to_and_fro_tell_nothing() -> None:
    first, then = a_year(), a_year()
    then["electricity_kwh"] *= np.where(np.arange(365) // 30 % 2, 1.3, 0.85)
    both = {name: np.concatenate((first[name], then[name])) for name in first}
    assert "change" not in year(subject(both, first=date(2024, 12, 1))).params


@pytest.mark.parametrize("more", [0, 10, 30])
def test_the_days_until_a_year_is_known_count_down(more: int) -> None:
    """Of a year with a gap of three months, each new day pushes a known one out."""
    whole = subject(winter(500))
    first = pd.Timestamp(date(2025, 11, 1))
    age = (whole.days.index - first).days
    at = 365 + more
    days = whole.days[((age < 90) | (age >= 182)) & (age < at)]
    today = date(2025, 11, 1) + timedelta(days=at)
    found = year(replace(whole, days=days, today=today))
    assert found.code == "so_far"
    # Known again when the gap leaves the window but for a tenth of a year.
    assert found.params["missing"] == 146 - more


def test_half_a_year_is_not_one_yet() -> None:
    found = year(subject(winter(180)))
    assert (found.state, found.code) == ("learning", "so_far")
    assert found.value == pytest.approx(3.5)


@pytest.mark.parametrize(
    ("known", "code"), [(365, "scop"), (300, "so_far"), (170, "coverage")]
)
def test_a_year_is_as_known_as_its_energies_are(known: int, code: str) -> None:
    """What the compressor does is known of all of it, the power only of some days."""
    days = winter(365)
    unknown = np.arange(365) >= known
    for name in ("energy_s", "running_known_s", "heat_kwh", "electricity_kwh"):
        days[name][unknown] = 0.0
    found = year(subject(days))
    assert found.code == code
    if code == "so_far":
        assert found.state == "learning"
        assert found.params["coverage"] == pytest.approx(300 / 365, abs=0.03)
    if code == "coverage":
        assert (found.state, found.value) == ("unknown", None)


def test_a_year_whose_running_is_hardly_known_is_no_season() -> None:
    """At rest the energies are known by themselves: 0.7 of its running is less."""
    days = winter(365)
    days["energy_s"] -= 0.3 * days["running_known_s"]
    days["running_known_s"] *= 0.7
    found = year(subject(days))
    assert (found.state, found.code) == ("learning", "so_far")
    assert found.params["coverage"] == pytest.approx(0.7)


def test_without_electricity_there_is_no_year() -> None:
    assert year(subject(electricity=None)).code == "no_measured_power"
