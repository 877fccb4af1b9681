"""Guesses in a house whose meters, boilers and thermostats are called alike."""

from datetime import UTC, datetime

import pytest

from custom_components.heatpump_dashboard.profiles import Profile
from custom_components.heatpump_dashboard.setup_flow.entities import (
    entities_schema,
    present_values,
)
from custom_components.heatpump_dashboard.setup_flow.series_guess import guess_series
from custom_components.heatpump_dashboard.sources import SeriesInfo

from .told import PAIR, entities

TIME = datetime(2026, 11, 24, tzinfo=UTC)
UNITS = {"power": "W", "energy": "kWh", "compressor": None}


@pytest.mark.parametrize(
    ("house", "pump", "names"),
    [
        (
            *("villa", "villa_varmepump"),
            {
                "supply_temp": "framledning",
                "return_temp": "retur",
                "compressor": "kompressor",
                "energy": "energi",
                "power": "effekt",
            },
        ),
        (
            *("haus", "haus_warmepumpe"),
            {
                "supply_temp": "vorlauf",
                "return_temp": "rucklauf",
                "compressor": "verdichter",
                "energy": "stromverbrauch",
                "power": "leistung",
            },
        ),
        (
            *("home", "home_nibe"),
            {
                "supply_temp": "supply",
                "return_temp": "return",
                "compressor": "compressor",
                "energy": "energy_total",
                "power": "power",
            },
        ),
    ],
)
def test_the_meter_of_the_house_is_not_the_heat_pumps(
    profiles: dict[str, Profile], house: str, pump: str, names: dict[str, str]
) -> None:
    """Nothing is known of their devices, and the house's name is in front of all."""
    own = {f"{pump}_{name}": UNITS.get(m, "°C") for m, name in names.items()}
    meters = {
        f"{house}_{names[metric]}": UNITS[metric] for metric in ("energy", "power")
    }
    meters |= {f"{house}_{one}": "kWh" for one in ("consumption", "energiforbrukning")}
    found = guess_series(entities(**meters, **own), profiles)
    assert {m: name.partition(".")[2] for m, name in found.items()} == {
        metric: f"{pump}_{name}" for metric, name in names.items()
    }
    lacking = {name: unit for name, unit in own.items() if unit not in ("W", "kWh")}
    found = guess_series(entities(**meters, **lacking), profiles)
    assert found.keys() == {"supply_temp", "return_temp", "compressor"}


def test_a_heat_pump_whose_controller_is_called_boiler_has_its_water(
    profiles: dict[str, Profile],
) -> None:
    series = [
        SeriesInfo(f"sensor.boiler_{key}", "°C", TIME, 1.0, title=f"Boiler {title}")
        for key, title in (
            ("curflowtemp", "Current flow temperature"),
            ("rettemp", "Return temperature"),
        )
    ]
    assert guess_series(series, profiles) == {
        "supply_temp": "sensor.boiler_curflowtemp",
        "return_temp": "sensor.boiler_rettemp",
    }


def attributes(entity: str, title: str, now: float, target: float) -> list[SeriesInfo]:
    """Return the temperatures of a climate or a water heater."""
    told = (("current_temperature", now), ("temperature", target))
    return [
        SeriesInfo(f"{entity}#{name}", "°C", TIME, value, title=title)
        for name, value in told
    ]


def test_what_is_set_is_not_what_is_measured(profiles: dict[str, Profile]) -> None:
    series = [
        *entities(**PAIR),
        *attributes("water_heater.hp_hot_water", "HP Hot water", 48, 55),
        *attributes("climate.hp_room", "HP Room", 20.4, 21),
    ]
    found = guess_series(series, profiles)
    assert found["hot_water_temp"] == "water_heater.hp_hot_water#current_temperature"
    assert found["indoor_temp"] == "climate.hp_room#current_temperature"
    schema = entities_schema(series, found, TIME).schema
    offered = {
        str(field): [option["value"] for option in selector.config["options"]]
        for field, selector in schema.items()
    }
    assert "climate.hp_room#temperature" not in offered["indoor_temp"]
    assert "climate.hp_room#temperature" in offered["room_setpoint"]
    # Both have the title of their entity.
    beside = present_values(series, found, TIME)
    assert (
        beside["hot_water_temp"] == "HP Hot water · current_temperature · 48 °C · 0 s"
    )
