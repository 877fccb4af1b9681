"""A heat pump that Home Assistant exports: from the set-up to the figures."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, Final

from homeassistant.const import (
    CONF_PASSWORD,
    CONF_TOKEN,
    CONF_URL,
    CONF_USERNAME,
    CONF_VERIFY_SSL,
)
from homeassistant.core import HomeAssistant
from homeassistant.data_entry_flow import FlowResultType
import pandas as pd
import pytest
from pytest_homeassistant_custom_component.typing import WebSocketGenerator

from custom_components.heatpump_dashboard.analysis.basis import basis
from custom_components.heatpump_dashboard.analysis.equipment import Equipment
from custom_components.heatpump_dashboard.analysis.figures import totals
from custom_components.heatpump_dashboard.analysis.readings import choose_series, clean
from custom_components.heatpump_dashboard.analysis.windows import ledger
from custom_components.heatpump_dashboard.const import (
    CONF_BRAND,
    CONF_BUCKET,
    CONF_ORGANIZATION,
    CONF_SERIES,
    CONF_UNITS,
    SOURCE_INFLUXDB,
    SOURCE_INFLUXQL,
)
from custom_components.heatpump_dashboard.profiles import load, map_series
from custom_components.heatpump_dashboard.sources.demo.physics import stored
from tests.support.running_collector import CYCLE, WINTER, floor

from .conftest import Store
from .exporting import Said, export
from .home import Viewer, asked, coordinator_of, open_form, poll, settle, submit

DAY: Final = timedelta(hours=26)
VIEWS: Final = (
    *("sankey", "cop", "runtime", "temperature", "performance", "power", "valve"),
)
# Rounded to what the screen shows.
TOLERANCE: Final = 0.002


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
    "supply_temp": temperature("supply_line", "radiator_forward"),
    "return_temp": temperature("return_line", "radiator_return"),
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


@pytest.fixture
def written() -> pd.DataFrame:
    """Return a day of the demo's Thermia, up to now, as its collector reads it."""
    shift = floor(datetime.now(UTC)) - WINTER
    rows = stored(
        "thermia", WINTER - DAY, WINTER, [e.series for e in ENTITIES.values()]
    )
    return rows.set_axis(rows.index + shift)


def changes(written: pd.DataFrame) -> list[Said]:
    """Return what is exported of readings: only what is another value."""
    found: list[Said] = []
    for entity in ENTITIES.values():
        about = {"friendly_name": entity.name.partition(".")[2].replace("_", " ")}
        if entity.unit is not None:
            about["unit_of_measurement"] = entity.unit
        values = written[entity.series].dropna()
        for time, value in values[values.diff() != 0].items():
            assert isinstance(time, pd.Timestamp)
            found.append((entity.name, entity.said(value), time.to_pydatetime(), about))
    for name, unit in HOUSE.items():
        told = {"unit_of_measurement": unit}
        found += [
            (name, str(k), written.index[-k].to_pydatetime(), told) for k in (9, 5)
        ]
    return sorted(found, key=lambda said: said[2])


def expected(written: pd.DataFrame, start: float, end: float) -> dict[str, Any]:
    """Return the totals from `start` to `end` (ms), from all readings at once."""
    profile = map_series(load("generic"), {m: e.series for m, e in ENTITIES.items()})
    rules = choose_series(written, profile, {})
    pump = Equipment.of(profile, {})
    begin, stop = (pd.Timestamp(t, unit="ms", tz="UTC") for t in (start, end))
    rows = ledger(clean(written, rules), pump, written.index[0], stop)
    span_s = (stop - begin).total_seconds()
    found = basis(rules, pump, CYCLE.total_seconds())
    return totals(rows[rows.index >= begin], span_s, found)


def source_of(connection: Mapping[str, Any]) -> tuple[str, dict[str, Any]]:
    """Return the kind of source, and what its form asks for."""
    if connection["api_version"] == "1":
        url = f"http://{connection['host']}:{connection['port']}"
        login = {key: connection[key] for key in (CONF_USERNAME, CONF_PASSWORD)}
        return SOURCE_INFLUXQL, {CONF_URL: url, CONF_VERIFY_SSL: True, **login}
    login = {key: connection[key] for key in (CONF_URL, CONF_TOKEN, CONF_ORGANIZATION)}
    return SOURCE_INFLUXDB, {CONF_VERIFY_SSL: True, **login}


async def test_what_home_assistant_exports_becomes_the_same_figures(
    hass: HomeAssistant,
    hass_ws_client: WebSocketGenerator,
    exported_to: Store,
    written: pd.DataFrame,
) -> None:
    _, bucket, connection = exported_to
    said = changes(written)
    newest = said[-1][2]
    await export(hass, connection, {}, [one for one in said if one[2] < newest])

    kind, answers = source_of(connection)
    form = await submit(hass, await open_form(hass, kind), answers)
    form = await submit(hass, form, {CONF_BUCKET: bucket})
    assert form["step_id"] == "brand"
    form = await submit(hass, form, {"name": "Cellar"})
    assert form["step_id"] == "entities"
    guessed = {key: name for key, name in asked(form).items() if name}
    assert guessed == {metric: entity.mapped for metric, entity in ENTITIES.items()}
    result = await submit(hass, form, guessed)
    assert result["type"] is FlowResultType.CREATE_ENTRY
    await settle(hass)
    entry = result["result"]
    (pump,) = entry.subentries.values()
    assert pump.data[CONF_BRAND] == "generic"
    assert pump.data[CONF_SERIES] == guessed
    assert pump.data[CONF_UNITS] == {"power": "kW", "energy": "Wh"}

    viewer = Viewer(await hass_ws_client(hass), pump.subentry_id)
    info = await viewer.info()
    assert {n for n, view in info["views"].items() if view["available"]} == set(VIEWS)
    shown = await viewer.look("24h")
    told, true = shown["totals"], expected(written, shown["start"], shown["end"])
    for key in ("heat_kwh", "electricity_kwh", "cop_compressor", "cop_system"):
        assert told[key] == pytest.approx(true[key], rel=TOLERANCE), key
    for key in ("heating_s", "hot_water_s", "auxiliary_on_s", "compressor_s"):
        assert told[key] == pytest.approx(true[key], abs=60), key
    assert (told["starts"], told["hot_water_charges"]) == (
        true["starts"],
        true["hot_water_charges"],
    )
    assert told["coverage"] > 0.99
    assert true["heat_kwh"] > 50

    before = coordinator_of(entry).last_reading
    await export(hass, connection, {}, [one for one in said if one[2] == newest])
    await poll(hass)
    assert before is not None and newest > before
    assert coordinator_of(entry).last_reading == newest
    assert [message["type"] for message in await viewer.received()] == ["update"]
