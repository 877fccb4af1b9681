"""One heat pump's readings in every store: the figures are those of the physics."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import Any
from unittest.mock import patch

from homeassistant.components.recorder import Recorder
from homeassistant.const import STATE_UNAVAILABLE
from homeassistant.core import HomeAssistant
import numpy as np
import pandas as pd
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry
from pytest_homeassistant_custom_component.components.recorder.common import (
    async_wait_recording_done,
)

from custom_components.heatpump_dashboard.analysis.readings import choose_series, clean
from custom_components.heatpump_dashboard.const import (
    CONF_AUXILIARY_POWER,
    CONF_BRAND,
    CONF_BUCKET,
    CONF_SERIES,
    CONF_SOURCE,
    DOMAIN,
    RECORDED,
    SOURCE_INFLUXDB,
    SOURCE_INFLUXQL,
    SOURCE_RECORDER,
    SUBENTRY_HEAT_PUMP,
)
from custom_components.heatpump_dashboard.profiles import load
from tests.support.influx import Influx
from tests.support.influx1 import Influx1
from tests.support.running_collector import RunningCollector

from .conftest import MakeCollector
from .home import PUMP, connection, coordinator_of, set_up
from .test_exporting_home_live import YAML
from .test_truth_live import line, truth_of

BRAND = "thermia"
PAST = timedelta(days=11)
DAYS = (1, 7, 10)
# Of whole degrees.
NEAR = 0.005
# What gaps of ten days may be taken to be shorter, as a share.
A_GAP = 0.004
UNITS = {
    "°C": ("supply_temp", "return_temp", "hot_water_temp", "outdoor_temp"),
    "W": ("power",),
    "%": ("auxiliary_percent",),
}
STATES = ("compressor", "hot_water_valve")
ENTITIES = {
    **{metric: f"sensor.hp_{metric}" for names in UNITS.values() for metric in names},
    **{metric: f"binary_sensor.hp_{metric}" for metric in STATES},
}


def states(rows: pd.DataFrame) -> Iterator[tuple[str, str, float, dict[str, Any]]]:
    """Yield the states that the entities of a heat pump have, each change of them."""
    unit_of = {metric: unit for unit, names in UNITS.items() for metric in names}
    changes = []
    for metric, entity_id in ENTITIES.items():
        values = rows[metric].to_numpy()
        changed = np.append(True, values[1:] != values[:-1])
        changed &= ~(np.isnan(values) & np.isnan(np.append(0.0, values[:-1])))
        unit = unit_of.get(metric)
        told = {} if unit is None else {"unit_of_measurement": unit}
        for time, value in zip(rows.index[changed], values[changed], strict=True):
            state = STATE_UNAVAILABLE if np.isnan(value) else f"{value:g}"
            if metric in STATES and state in "01":
                state = "on" if state == "1" else "off"
            changes.append((entity_id, state, time.timestamp(), told))
    yield from sorted(changes, key=lambda change: change[2])


async def happen(hass: HomeAssistant, rows: pd.DataFrame) -> None:
    """Let all that happened to a heat pump happen in Home Assistant."""
    for count, (entity_id, state, time, told) in enumerate(states(rows)):
        hass.states.async_set(entity_id, state, told, timestamp=time)
        if count % 500 == 0:
            await hass.async_block_till_done()
    await hass.async_block_till_done()


@contextmanager
def exporting(
    hass: HomeAssistant, target: Mapping[str, Any]
) -> Iterator[MockConfigEntry]:
    """Have Home Assistant export to a server, once its entry is set up."""
    entry = MockConfigEntry(domain="influxdb", data=dict(target))
    entry.add_to_hass(hass)
    with patch(YAML, return_value={"influxdb": {}}):
        yield entry


def add_entry(
    hass: HomeAssistant, data: Mapping[str, Any], bucket: str, pump: Mapping[str, Any]
) -> MockConfigEntry:
    """Add an entry with one heat pump, as the flow would make it."""
    entry = MockConfigEntry(
        domain=DOMAIN,
        data=dict(data),
        subentries_data=[
            {
                "data": {CONF_BUCKET: bucket, **pump},
                "subentry_id": PUMP,
                "subentry_type": SUBENTRY_HEAT_PUMP,
                "title": "Cellar",
                "unique_id": bucket,
            }
        ],
    )
    entry.add_to_hass(hass)
    return entry


class Winter:
    """Days of a heat pump, and the figures that an integration has of them."""

    def __init__(self, collector: RunningCollector, figures: list[str]) -> None:
        """Let the days happen; nothing is stored yet."""
        now = datetime.now(UTC)
        self.collector = collector
        self.rows = collector.happened(now - PAST, now - timedelta(seconds=30))
        self._figures = figures

    def clean(self) -> pd.DataFrame:
        """Return what happened in metrics, which is what entities tell."""
        profile = load(BRAND)
        return clean(self.rows, choose_series(self.rows, profile, {}))

    def entities(self) -> dict[str, Any]:
        """Return the settings of a heat pump whose readings are entities."""
        return {
            CONF_BRAND: "generic",
            CONF_SERIES: ENTITIES,
            CONF_AUXILIARY_POWER: load(BRAND).auxiliary.max_kw,
        }

    async def is_told(
        self, hass: HomeAssistant, store: str, entry: MockConfigEntry
    ) -> None:
        """Load the entry, and find the truth in its figures."""
        if self.collector.written.empty:
            self.collector.written = self.rows
        await set_up(hass, entry)
        pump = coordinator_of(entry).pump
        end = self.rows.index[-1].floor("5min")
        for days in DAYS:
            start = end - pd.Timedelta(days=days)
            totals = pump.figures().between(start.to_pydatetime(), end.to_pydatetime())
            true = truth_of(self.collector, start.value / 1e6, end.value / 1e6)
            self._figures.append(f"{store:9}{line('', f'{days}d', totals, true)}")
            # Of a gap its first quarter of an hour is known where values hold.
            more = totals["coverage"] / true.coverage
            assert totals["heat_kwh"] == pytest.approx(true.heat * more, rel=NEAR)
            assert totals["electricity_kwh"] == pytest.approx(
                true.electricity * more, rel=NEAR
            )
            assert totals["cop_system"] == pytest.approx(
                true.heat / true.electricity, rel=NEAR
            )
            assert totals["starts"] == true.starts
            assert totals["hot_water_charges"] == true.charges
            assert totals["coverage"] >= 0.99
            assert 1 - A_GAP <= more <= 1 + A_GAP


@pytest.fixture
def winter(make_collector: MakeCollector, figures: list[str]) -> Winter:
    return Winter(make_collector(BRAND), figures)


async def test_in_influxdb_2_as_the_collector_writes(
    hass: HomeAssistant, influx: Influx, winter: Winter
) -> None:
    winter.collector.write(winter.rows)
    data = {CONF_SOURCE: SOURCE_INFLUXDB, **connection(influx)}
    entry = add_entry(hass, data, winter.collector.bucket, {CONF_BRAND: BRAND})
    await winter.is_told(hass, "collector", entry)


async def test_in_influxdb_2_as_home_assistant_exports(
    hass: HomeAssistant, influx: Influx, winter: Winter
) -> None:
    target = {
        "api_version": "2",
        "url": influx.url,
        "token": influx.token,
        "organization": influx.organization,
        "bucket": winter.collector.bucket,
        "verify_ssl": False,
    }
    with exporting(hass, target) as export:
        assert await hass.config_entries.async_setup(export.entry_id)
        await happen(hass, winter.clean())
        assert await hass.config_entries.async_unload(export.entry_id)
    data = {CONF_SOURCE: SOURCE_INFLUXDB, **connection(influx)}
    entry = add_entry(hass, data, winter.collector.bucket, winter.entities())
    await winter.is_told(hass, "export 2", entry)


async def test_in_influxdb_1_as_home_assistant_exports(
    hass: HomeAssistant, influx1: Influx1, database: str, winter: Winter
) -> None:
    target = {
        "api_version": "1",
        "host": "127.0.0.1",
        "port": influx1.port,
        "username": influx1.user,
        "password": influx1.password,
        "database": database,
        "ssl": False,
        "verify_ssl": False,
    }
    with exporting(hass, target) as export:
        assert await hass.config_entries.async_setup(export.entry_id)
        await happen(hass, winter.clean())
        assert await hass.config_entries.async_unload(export.entry_id)
    data = {
        CONF_SOURCE: SOURCE_INFLUXQL,
        "url": influx1.url,
        "username": influx1.user,
        "password": influx1.password,
        "verify_ssl": True,
    }
    entry = add_entry(hass, data, database, winter.entities())
    await winter.is_told(hass, "export 1", entry)


async def test_in_the_recorder(
    recorder_mock: Recorder, hass: HomeAssistant, winter: Winter
) -> None:
    await happen(hass, winter.clean())
    await async_wait_recording_done(hass)
    entry = add_entry(hass, {CONF_SOURCE: SOURCE_RECORDER}, RECORDED, winter.entities())
    await winter.is_told(hass, "recorder", entry)
