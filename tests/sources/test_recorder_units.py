"""What is recorded in whatever unit, in words and in attributes."""

import math
from typing import Any

from homeassistant.const import EVENT_CORE_CONFIG_UPDATE
from homeassistant.util.unit_system import METRIC_SYSTEM, US_CUSTOMARY_SYSTEM
import pytest

from custom_components.heatpump_dashboard.const import STORED_UNITS
from custom_components.heatpump_dashboard.sources.recorder import RecorderSource

from .recorded import CELSIUS, SUPPLY, House


@pytest.mark.parametrize("live", [False, True])
async def test_each_value_has_the_unit_it_was_told_in(house: House, live: bool) -> None:
    """Whoever chooses another unit for an entity changes no figure."""
    power, units = "sensor.hp_power", {SUPPLY: "°C", "sensor.hp_power": "kW"}
    if live:
        await house.read(SUPPLY, power, start=-2, stop=-1)
    await house.becomes(0, SUPPLY, 35, **CELSIUS)
    await house.becomes(0, power, 2.5, unit_of_measurement="kW")
    await house.becomes(2, SUPPLY, 95, unit_of_measurement="°F")
    await house.becomes(2, power, 3000, unit_of_measurement="W")
    await house.becomes(4, SUPPLY, 30, **CELSIUS)
    assert await house.read(SUPPLY, power, start=-1, stop=10, units=units) == {
        SUPPLY: [(0, 35), (2, pytest.approx(35)), (4, 30)],
        power: [(0, 2.5), (2, 3)],
    }


@pytest.mark.parametrize("live", [False, True])
async def test_what_measures_something_else_has_no_value(
    house: House, live: bool
) -> None:
    if live:
        await house.read(SUPPLY, start=-2, stop=-1)
    await house.becomes(0, SUPPLY, 35, **CELSIUS)
    await house.becomes(1, SUPPLY, 36, unit_of_measurement="kWh")
    await house.becomes(2, SUPPLY, 37)
    read = house.read(SUPPLY, start=-1, stop=10, units={SUPPLY: "°C"})
    assert await read == {SUPPLY: [(0, 35), (1, math.inf), (2, 37)]}


async def test_temperatures_in_attributes_are_those_of_home_assistant(
    house: House,
) -> None:
    await house.becomes(0, "climate.hp", "heat", current_temperature=68)
    house.hass.config.units = US_CUSTOMARY_SYSTEM
    name = "climate.hp#current_temperature"
    read = house.read(name, start=-1, stop=10, units={name: "°C"})
    assert await read == {name: [(0, pytest.approx(20))]}


async def test_what_attributes_told_in_another_unit_is_not_known(house: House) -> None:
    """They do not say in which; it is recorded when the unit system is set."""
    name = "climate.hp#current_temperature"
    units = {name: "°C", SUPPLY: "°C"}
    await house.hass.config.async_update(unit_system="us_customary")
    await house.becomes(0, "climate.hp", "heat", current_temperature=95)
    await house.becomes(1, SUPPLY, 35, **CELSIUS)
    for _ in range(2):
        await house.hass.config.async_update(unit_system="metric", latitude=1.0)
    await house.becomes(6, "climate.hp", "heat", current_temperature=36)
    await house.hass.config.async_update(latitude=2.0)
    found = await house.read(name, SUPPLY, start=-1, stop=10, units=units)
    assert found == {name: [(0, math.inf), (6, 36)], SUPPLY: [(1, 35)]}


def again(house: House) -> None:
    """Have a source that knows what is stored, as after a restart."""
    house.source = RecorderSource(house.hass, house.hass.async_add_executor_job)


async def test_units_that_are_set_to_what_they_were_cost_no_past(house: House) -> None:
    """The page *General* of Home Assistant sets them whenever it is saved."""
    name = "climate.hp#current_temperature"
    await house.becomes(0, "climate.hp", "heat", current_temperature=36)
    await house.read(name, start=-1, stop=1, units={name: "°C"})
    await house.hass.config.async_update(unit_system="metric", latitude=1.0)
    house.hass.bus.async_fire(EVENT_CORE_CONFIG_UPDATE, {"unit_system": "imperial"})
    for _ in range(2):
        found = await house.read(name, start=-1, stop=10, units={name: "°C"})
        assert found == {name: [(0, 36)]}
        again(house)


@pytest.mark.parametrize("is_read_before", [False, True])
async def test_what_was_before_the_only_recorded_change_is_not_known(
    house: House, is_read_before: bool
) -> None:
    """The recorder has forgotten what was set before that, whatever it was."""
    name = "climate.hp#current_temperature"
    await house.becomes(0, "climate.hp", "heat", current_temperature=35)
    if is_read_before:
        await house.read(name, start=-1, stop=1, units={name: "°C"})
        await house.source.close()
        again(house)
    await house.becomes(3, SUPPLY, 35, **CELSIUS)
    await house.hass.config.async_update(unit_system="us_customary")
    await house.becomes(6, "climate.hp", "heat", current_temperature=95)
    for _ in range(2):
        found = await house.read(name, start=-1, stop=10, units={name: "°C"})
        assert found == {name: [(0, math.inf), (6, pytest.approx(35))]}
        again(house)


async def test_units_that_a_file_has_changed_are_noticed(house: House) -> None:
    """Home Assistant fires no event for what is written in its configuration."""
    name = "climate.hp#current_temperature"
    await house.becomes(0, "climate.hp", "heat", current_temperature=35)
    await house.read(name, start=-1, stop=1, units={name: "°C"})
    house.hass.config.units = US_CUSTOMARY_SYSTEM
    again(house)
    found = await house.read(name, start=-1, stop=2, units={name: "°C"})
    assert found == {name: [(0, math.inf)]}
    await house.becomes(3, "climate.hp", "heat", current_temperature=95)
    again(house)
    found = await house.read(name, start=2, stop=5, units={name: "°C"})
    assert found[name][-1] == (3, pytest.approx(35))


@pytest.mark.parametrize("stored", [{}, [], {"unit": "°C", "since": "odd"}], ids=str)
async def test_odd_units_on_disk_are_as_good_as_none(
    hass_storage: dict[str, Any], house: House, stored: object
) -> None:
    hass_storage[STORED_UNITS] = {"version": 1, "key": STORED_UNITS, "data": stored}
    name = "climate.hp#current_temperature"
    await house.becomes(0, "climate.hp", "heat", current_temperature=35)
    found = await house.read(name, start=-1, stop=1, units={name: "°C"})
    assert found == {name: [(0, 35)]}
    kept = hass_storage[STORED_UNITS]["data"]
    assert kept == {"unit": "°C", "since": None}


async def test_a_closed_source_listens_to_no_units(house: House) -> None:
    name = "climate.hp#current_temperature"
    await house.read(name, start=-1, stop=1, units={name: "°C"})
    assert EVENT_CORE_CONFIG_UPDATE in house.hass.bus.async_listeners()
    await house.source.close()
    assert EVENT_CORE_CONFIG_UPDATE not in house.hass.bus.async_listeners()


async def test_units_that_change_between_two_polls_are_noticed(house: House) -> None:
    name = "climate.hp#current_temperature"
    house.hass.config.units = US_CUSTOMARY_SYSTEM
    await house.becomes(0, "climate.hp", "heat", current_temperature=95)
    found = await house.read(name, start=-1, stop=1, units={name: "°C"})
    assert found == {name: [(0, pytest.approx(35))]}
    house.hass.config.units = METRIC_SYSTEM
    found = await house.read(name, start=1, stop=2, units={name: "°C"})
    assert [value for _, value in found[name]] == [math.inf]
    await house.becomes(3, "climate.hp", "heat", current_temperature=36)
    found = await house.read(name, start=2, stop=5, units={name: "°C"})
    assert found[name][-1] == (3, 36)


async def test_on_and_off_are_numbers(house: House) -> None:
    compressor = "binary_sensor.compressor"
    await house.becomes(0, compressor, "on")
    await house.becomes(1, compressor, "off")
    assert await house.read(compressor, start=-1, stop=10) == {
        compressor: [(0, 1), (1, 0)]
    }


async def test_attributes_are_series_of_their_own(house: House) -> None:
    await house.becomes(0, "climate.hp", "heat", current_temperature=20.5)
    await house.becomes(2, "climate.hp", "heat", current_temperature=21)
    await house.becomes(3, "climate.hp", "heat")
    name = "climate.hp#current_temperature"
    assert await house.read(name, start=-1, stop=10) == {
        name: [(0, 20.5), (2, 21), (3, math.inf)]
    }


async def test_what_is_told_behind_a_change_of_units_counts_before_the_next_poll(
    house: House,
) -> None:
    name = "climate.hp#current_temperature"
    await house.hass.config.async_update(unit_system="us_customary")
    await house.becomes(0, "climate.hp", "heat", current_temperature=95)
    units = {name: "°C"}
    found = await house.read(name, start=-1, stop=1, units=units)
    assert found == {name: [(0, pytest.approx(35))]}
    await house.hass.config.async_update(unit_system="metric")
    await house.becomes(2, "climate.hp", "heat", current_temperature=36)
    found = await house.read(name, start=1, stop=5, units=units)
    assert found[name][-1] == (2, 36)
    # There and back between two polls: in between it was told in another one.
    await house.hass.config.async_update(unit_system="us_customary")
    await house.becomes(6, "climate.hp", "heat", current_temperature=97)
    await house.becomes(7, SUPPLY, 35, **CELSIUS)
    await house.hass.config.async_update(unit_system="metric")
    await house.becomes(8, "climate.hp", "heat", current_temperature=37)
    found = await house.read(name, start=5, stop=9, units=units)
    assert (6, math.inf) in found[name]
    assert found[name][-1] == (8, 37)
    await house.source.close()
