"""Simulated houses: each fault is found within its limit, and no month that is healthy."""

from dataclasses import replace
from datetime import date, timedelta
from functools import cache
import os

import pandas as pd
import pytest

from custom_components.heatpump_dashboard.insights.change import change
from custom_components.heatpump_dashboard.insights.cop import cop
from custom_components.heatpump_dashboard.insights.curve import curve
from custom_components.heatpump_dashboard.insights.heater import heater
from custom_components.heatpump_dashboard.insights.house import house
from custom_components.heatpump_dashboard.insights.registry import answers
from tests.support.simulated.faults import Fault
from tests.support.simulated.house import House
from tests.support.simulated.scenarios import (
    ASKED,
    BREAKS,
    FIRST,
    SCENARIOS,
    Told,
    first_said,
    winter,
)
from tests.support.simulated.told import Power, Simulated

YEARS = int(os.environ.get("HEATPUMP_YEARS", "0"))
DAY = timedelta(days=1)
# As many as were simulated for the limit: less than one in ten years of a heat pump.
FALSE_ALARMS_A_YEAR = 0.1
TOLD = [(name, told) for name, one in SCENARIOS.items() for told in one.told]


@cache
def healthy(digits: int = 1, power: Power = "meter", days: int = 110) -> Simulated:
    return Simulated(first=FIRST, days=days, digits=digits, power=power)


@pytest.mark.parametrize(
    ("name", "told"),
    TOLD,
    ids=[f"{name}-{told.check}-{told.state}" for name, told in TOLD],
)
def test_a_fault_is_found_in_time_and_not_before(name: str, told: Told) -> None:
    states = ("act",) if told.state == "act" else ("watch", "act")
    found = first_said(winter(name), told.check, SCENARIOS[name], states)

    assert found is not None
    day, result = found
    assert result.code == told.code
    assert told.silent_days < (day - BREAKS).days <= told.days


@pytest.mark.parametrize(
    ("name", "cause"),
    [
        ("compressor", "compressor"),
        ("compressor_worn", "compressor"),
        ("refrigerant", "refrigerant"),
        ("refrigerant_typed_in", "refrigerant"),
    ],
)
def test_what_moved_with_it_points_to_the_fault(name: str, cause: str) -> None:
    for days in (14, 28):
        found = cop(winter(name).subject(BREAKS + days * DAY))
        assert found.params["cause"] == cause


@pytest.mark.parametrize("name", SCENARIOS)
def test_nothing_else_is_found(name: str) -> None:
    scenario = SCENARIOS[name]
    named = {told.check for told in scenario.told} | set(scenario.beside)
    found = {}
    for check in sorted(ASKED.keys() - named):
        said = first_said(winter(name), check, scenario, ("watch", "act"), every=5)
        if said is not None:
            found[check] = said
    assert found == {}


def test_every_healthy_month_is_ok() -> None:
    told = healthy(days=260)
    found = {}
    for month in pd.date_range("2026-01-01", "2026-07-01", freq="MS"):
        verdict = answers(told.subject(month.date())).verdict
        if verdict.state != "ok":
            found[month.date()] = verdict.named
    assert found == {}


@pytest.mark.parametrize(
    ("digits", "power"), [(0, "meter"), (1, "gateway"), (0, "gateway"), (1, None)]
)
def test_a_healthy_winter_is_ok_whatever_is_measured(digits: int, power: Power) -> None:
    told = healthy(digits, power)
    for number in (80, 95, 110):
        verdict = answers(told.subject(FIRST + number * DAY)).verdict
        assert verdict.named == ()


@pytest.mark.parametrize("digits", [0, 1])
def test_the_house_is_the_true_one(digits: int) -> None:
    """Within 6 %: twice what a season of such a house scatters."""
    told = healthy(digits)
    found = house(told.subject(FIRST + 110 * DAY))

    assert found.code == "signature"
    assert found.value == pytest.approx(told.house.loss, rel=0.06)
    assert found.params["base"] == pytest.approx(told.base_temp, abs=1.0)


def lower_curve(house: House, kelvin: float) -> Simulated:
    """Return two months of winter with the heat curve as much lower."""
    first = date(2025, 12, 1)
    fault = Fault(kind="curve", start=first, days=60, size=kelvin)
    return Simulated(
        house=house, first=first, days=60, faults=(fault,) if kelvin else ()
    )


def test_a_lower_curve_does_what_is_said_of_it() -> None:
    """By simulation −4.0 % of the electricity for a kelvin, of which heat −3.0."""
    usual, lower = (lower_curve(House(), kelvin) for kelvin in (0.0, 2.0))
    said = curve(usual.subject(usual.first + 60 * DAY))
    before, after = (one.table.iloc[10:] for one in (usual, lower))
    share = after.mean() / before.mean() - 1
    rooms = (after["indoor_temp"].mean() - before["indoor_temp"].mean()) / 2

    assert 50 * share["electricity_kwh"] == pytest.approx(-4.0, abs=0.3)
    assert 50 * share["space_kw"] == pytest.approx(-3.0, abs=0.3)
    assert said.code == "lower"
    assert said.params["heat"] == pytest.approx(-50 * share["space_kw"], abs=0.5)
    # How rooms react is right to 30 %.
    assert said.params["room"] == pytest.approx(-rooms, rel=0.3)


def test_with_thermostats_a_lower_curve_saves_less() -> None:
    plain, throttled = (
        [
            lower_curve(House(thermostats=thermostats), kelvin).table.iloc[10:].mean()
            for kelvin in (0.0, 2.0)
        ]
        for thermostats in (False, True)
    )
    saved, less = (
        1 - after["electricity_kwh"] / before["electricity_kwh"]
        for before, after in (plain, throttled)
    )
    cooler, hardly = (
        before["indoor_temp"] - after["indoor_temp"]
        for before, after in (plain, throttled)
    )
    assert 0 < less < saved
    assert 0 < hardly < cooler


def test_the_heater_ran_for_what_it_truly_did() -> None:
    start = BREAKS
    faults = (
        Fault(kind="blocked", start=start, days=30 / 24, hour=6, alarm=True),
        Fault(kind="blocked", start=start + 7 * DAY, days=9 / 24, hour=1),
        Fault(kind="cold_spell", start=start + 13 * DAY, days=6, size=26.0),
    )
    count = (BREAKS - FIRST).days + 25
    told = Simulated(first=FIRST, days=count, faults=faults)
    found = heater(told.subject(FIRST + count * DAY))
    said = {
        name.removesuffix("_kwh"): kwh
        for name, kwh in found.params.items()
        if name.endswith("_kwh") and name != "avoidable_kwh"
    }
    true = told.heater_kwh(FIRST + (count - 30) * DAY, 30)

    assert found.value == pytest.approx(sum(true.values()), rel=1e-6)
    assert sum(said.values()) == pytest.approx(found.value)
    for cause in said.keys() | true.keys():
        # One episode may have two causes, and the first of a cold week has none yet.
        expected = pytest.approx(true.get(cause, 0.0), rel=0.1, abs=5.0)
        assert said.get(cause, 0.0) == expected, cause


@pytest.mark.skipif(not YEARS, reason="takes minutes; asked for by HEATPUMP_YEARS=20")
@pytest.mark.parametrize("thermostats", [False, True])
def test_the_sun_of_spring_is_no_change(thermostats: bool) -> None:
    """Nothing was done to the house; without its sun a season says 4 to 9 % less."""
    first, changed = date(2025, 3, 1), date(2026, 3, 15)
    told = Simulated(house=House(thermostats=thermostats), first=first, days=415)
    days = told.table
    # Of the same days a year before too few are known to be compared with.
    known = (days.index < "2025-03-16") | (days.index >= "2025-04-08")
    asked = replace(
        told.subject(changed + 36 * DAY),
        days=days[known],
        own_change=changed,
        latitude=59.3,
    )
    found = change(asked)
    assert found.params["sun"]
    assert found.code == "no_difference"


@pytest.mark.skipif(not YEARS, reason="takes minutes; asked for by HEATPUMP_YEARS=20")
def test_hardly_ever_a_healthy_heat_pump_is_told_to_act() -> None:
    alarms = [(seed, *alarm) for seed in range(YEARS) for alarm in false_alarms(seed)]
    print(f"{len(alarms)} false alarms in {YEARS} years: {alarms}")
    assert len(alarms) < FALSE_ALARMS_A_YEAR * YEARS


def false_alarms(seed: int) -> list[tuple[str, date]]:
    """Return the checks that said `act` in a healthy year, and when they began to."""
    built = House(thermostats=bool(seed % 3 == 2))
    told = Simulated(
        house=built, first=FIRST, days=425, seed=100 + seed, digits=seed % 2
    )
    began, acting = [], set[str]()
    for number in range(60, 425, 3):
        today = FIRST + number * DAY
        checks = answers(told.subject(today)).verdict.checks
        now = {check.id for check in checks if check.state == "act"}
        began += [(check, today) for check in sorted(now - acting)]
        acting = now
    return began
