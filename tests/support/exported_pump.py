"""The demo's Thermia as entities that Home Assistant exports whenever they change."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, Final

import pandas as pd

from custom_components.heatpump_dashboard.sources.demo.physics import stored

from .export import point
from .running_collector import WINTER, floor

# What an entity is from when on, and what it says of itself.
type Said = tuple[str, str, datetime, Mapping[str, Any]]

DAY: Final = timedelta(hours=26)


@dataclass(frozen=True)
class Entity:
    """What tells a series of the demo's Thermia, in which words or unit."""

    name: str
    series: str
    unit: str | None = None
    scale: float = 1
    words: tuple[str, str] = ("off", "on")

    @property
    def mapped(self) -> str:
        """Return what is chosen for the metric."""
        binary = self.unit is not None or self.name.startswith("binary_sensor")
        return self.name if binary else f"{self.name}={self.words[1]}"

    def said(self, value: float) -> str:
        """Return the state that says a value."""
        return (
            self.words[round(value)] if self.unit is None else repr(value * self.scale)
        )


def temperature(name: str, series: str) -> Entity:
    return Entity(f"sensor.heat_pump_{name}_temperature", series, "°C")


def binary(name: str, series: str) -> Entity:
    return Entity(f"binary_sensor.heat_pump_{name}", series)


ENTITIES: Final = {
    "outdoor_temp": temperature("outdoor", "outdoor_temp"),
    "indoor_temp": temperature("room", "indoor_temp"),
    "supply_temp": temperature("supply", "radiator_forward"),
    "return_temp": temperature("return", "radiator_return"),
    "hot_water_temp": temperature("hot_water", "hot_water_top"),
    "brine_in_temp": temperature("brine_in", "brine_in_evaporator"),
    "brine_out_temp": temperature("brine_out", "brine_out_condenser"),
    "hot_gas_temp": temperature("hot_gas", "pressure_tube_temp"),
    "compressor": binary("compressor", "compressor_status"),
    "brine_pump": binary("brine_pump", "brine_pump_status"),
    "circulation_pump": binary("circulation_pump", "radiator_pump_status"),
    "hot_water_valve": Entity(
        "sensor.heat_pump_three_way_valve",
        "switch_valve_status",
        words=("Heating", "Hot water"),
    ),
    "alarm": binary("alarm", "alarm_status"),
    "auxiliary_percent": Entity(
        "sensor.heat_pump_additional_heat", "additional_heat_percent", "%"
    ),
    "power": Entity("sensor.heat_pump_power", "power_consumption", "kW", 0.001),
    "energy": Entity("sensor.heat_pump_energy", "accumulated_energy", "Wh", 1000.0),
}
# What else a house exports, that is called like it.
HOUSE: Final = {
    "sensor.washing_machine_power": "W",
    "sensor.weather_outdoor_temperature": "°C",
    "sensor.grid_energy": "kWh",
}


def written() -> pd.DataFrame:
    """Return a day of readings, up to now, as a collector reads them."""
    shift = floor(datetime.now(UTC)) - WINTER
    names = [entity.series for entity in ENTITIES.values()]
    rows = stored("thermia", WINTER - DAY, WINTER, names)
    return rows.set_axis(rows.index + shift)


def said(rows: pd.DataFrame) -> list[Said]:
    """Return what is exported of readings: only what is another value."""
    found: list[Said] = []
    for entity in ENTITIES.values():
        about = {"friendly_name": entity.name.partition(".")[2].replace("_", " ")}
        if entity.unit is not None:
            about["unit_of_measurement"] = entity.unit
        values = rows[entity.series].dropna()
        for time, value in values[values.diff() != 0].items():
            assert isinstance(time, pd.Timestamp)
            found.append((entity.name, entity.said(value), time.to_pydatetime(), about))
    for name, unit in HOUSE.items():
        told = {"unit_of_measurement": unit}
        found += [(name, str(k), rows.index[-k].to_pydatetime(), told) for k in (9, 5)]
    return sorted(found, key=lambda said: said[2])


def lines(rows: pd.DataFrame) -> list[str]:
    """Return what is exported of readings as line protocol."""
    return [_line(*one) for one in said(rows)]


def _line(name: str, state: str, time: datetime, about: Mapping[str, Any]) -> str:
    told = {key: value for key, value in about.items() if key == "friendly_name"}
    unit = about.get("unit_of_measurement", "")
    value = float(state) if unit else state
    return point(name, value, time, measurement=unit, attributes=told)
