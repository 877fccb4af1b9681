"""One heat pump's readings in every store: the figures are those of the physics."""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
import os
from time import perf_counter, process_time
from typing import Any

from homeassistant.components.recorder import Recorder
from homeassistant.const import (
    CONF_PASSWORD,
    CONF_URL,
    CONF_USERNAME,
    CONF_VERIFY_SSL,
    STATE_UNAVAILABLE,
)
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
from custom_components.heatpump_dashboard.coordinator import HeatPumpCoordinator
from custom_components.heatpump_dashboard.profiles import load
from tests.support.influx import Influx
from tests.support.influx1 import Influx1
from tests.support.loop_watch import watched
from tests.support.running_collector import RunningCollector

from .conftest import MakeCollector, Store
from .exporting import Said, export
from .home import PUMP, connection, coordinator_of, poll, set_up
from .test_truth_live import line, truth_of

BRAND = "thermia"
PAST = timedelta(days=11)
DAYS = (1, 7, 10)
POLLS = 50
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


def changes(rows: pd.DataFrame) -> list[Said]:
    """Return the states that the entities of a heat pump have, each change of them."""
    unit_of = {metric: unit for unit, names in UNITS.items() for metric in names}
    found: list[Said] = []
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
            found.append((entity_id, state, time.to_pydatetime(), told))
    return sorted(found, key=lambda change: change[2])


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


async def cost_of(
    coordinator: HeatPumpCoordinator, server_cpu_s: Callable[[], float]
) -> str:
    """Return what a store costs: a first day, a poll, a day of the past, and holds.

    Of a machine that may be busy: to be looked at, not to be asserted. How long the
    database computes for a poll depends less on it. The recorder computes in our own
    process, and so is asked for nothing.
    """
    profile, now = coordinator.pump.profile, datetime.now(UTC)
    bucket: str = coordinator.subentry.data[CONF_BUCKET]
    spans = {
        "24 h": (now - timedelta(days=1), now),
        "poll": (now - timedelta(minutes=5), now),
        "a day before": (now - timedelta(days=6), now - timedelta(days=5)),
    }
    told = []
    for name, span in spans.items():
        async with watched() as held:
            begun = perf_counter()
            await coordinator.source.readings(
                bucket,
                profile.series,
                [span],
                in_force=name != "poll",
                units=profile.units,
            )
            took = perf_counter() - begun
        told.append(f"{name} {took:.3f} s (held {1000 * held.longest_s:.0f} ms)")
    begun = server_cpu_s()
    for _ in range(POLLS):
        await coordinator.source.readings(
            bucket,
            profile.series,
            [spans["poll"]],
            in_force=False,
            units=profile.units,
        )
    ms = 1000 * (server_cpu_s() - begun) / POLLS
    load = os.getloadavg()[0]
    return ", ".join([*told, f"database {ms:.1f} ms a poll (load {load:.1f})"])


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
        self,
        hass: HomeAssistant,
        store: str,
        entry: MockConfigEntry,
        server_cpu_s: Callable[[], float] = process_time,
    ) -> None:
        """Load the entry, and find the truth in its figures."""
        if self.collector.written.empty:
            self.collector.written = self.rows
        await set_up(hass, entry)
        cost = await cost_of(coordinator_of(entry), server_cpu_s)
        self._figures.append(f"{store:10}{cost}")
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
    await winter.is_told(hass, "collector", entry, lambda: influx.cpu_s)


@pytest.mark.parametrize("exported_to", ["influxdb", "influxql"], indirect=True)
async def test_as_home_assistant_exports(
    hass: HomeAssistant,
    exported_to: Store,
    influx: Influx,
    influx1: Influx1,
    winter: Winter,
) -> None:
    _, bucket, target = exported_to
    await export(hass, target, {}, changes(winter.clean()))
    data = {CONF_SOURCE: SOURCE_INFLUXDB, **connection(influx)}
    if target["api_version"] == "1":
        data = {
            CONF_SOURCE: SOURCE_INFLUXQL,
            CONF_URL: f"http://{target['host']}:{target['port']}",
            CONF_USERNAME: target["username"],
            CONF_PASSWORD: target["password"],
            CONF_VERIFY_SSL: True,
        }
    entry = add_entry(hass, data, bucket, winter.entities())
    server = influx1 if target["api_version"] == "1" else influx
    store = f"export {target['api_version']}"
    await winter.is_told(hass, store, entry, lambda: server.cpu_s)


async def test_in_the_recorder(
    recorder_mock: Recorder, hass: HomeAssistant, winter: Winter
) -> None:
    for entity_id, state, time, told in changes(winter.clean()):
        hass.states.async_set(entity_id, state, told, timestamp=time.timestamp())
    await async_wait_recording_done(hass)
    entry = add_entry(hass, {CONF_SOURCE: SOURCE_RECORDER}, RECORDED, winter.entities())
    await winter.is_told(hass, "recorder", entry)
    hass.states.async_set("sensor.hp_supply_temp", "51", {"unit_of_measurement": "°C"})
    await poll(hass)
    assert coordinator_of(entry).data.metrics["supply_temp"] == 51
