"""An air-source heat pump that thaws by night and cools by day, as Home Assistant has it."""

from datetime import UTC, datetime
from typing import Any

from homeassistant.components.recorder import Recorder
from homeassistant.core import HomeAssistant
import numpy as np
import pandas as pd
import pytest
from pytest_homeassistant_custom_component.components.recorder.common import (
    async_wait_recording_done,
)

from custom_components.heatpump_dashboard.const import (
    CONF_BRAND,
    CONF_FLOW_FACTOR,
    CONF_HEAT_METERED,
    CONF_SERIES,
    CONF_SOURCE,
    RECORDED,
    SOURCE_INFLUXDB,
    SOURCE_RECORDER,
)
from tests.support.exported_pump import Said
from tests.support.influx import Influx

from .conftest import Store
from .exporting import export
from .home import connection, coordinator_of, poll, set_up, state
from .test_stores_live import add_entry

HOURS = 30
STEP_S = 30.0
FACTOR = 2.7
CLIMATE = "climate.hp"
UNITS = {
    "supply_temp": "°C",
    "return_temp": "°C",
    "outdoor_temp": "°C",
    "power": "W",
    "heat_energy": "kWh",
}
STATES = ("compressor", "hot_water_valve")
SERIES = {
    **{metric: f"sensor.hp_{metric}" for metric in UNITS},
    **{metric: f"binary_sensor.hp_{metric}" for metric in STATES},
    "cooling": f"{CLIMATE}#hvac_action=cooling",
    "defrost": f"{CLIMATE}#hvac_action=defrosting",
}


class Days:
    """Frost, then hot water, then heat in which it cools; what it does every 30 s."""

    def __init__(self) -> None:
        """Let it happen up to now."""
        end = pd.Timestamp(datetime.now(UTC)).floor("5min")
        self.end, self.start = end, end - pd.Timedelta(hours=HOURS)
        index = pd.date_range(self.start, end, freq=f"{STEP_S:g}s", inclusive="left")
        hour, minute = np.divmod(np.arange(len(index)) * STEP_S / 60, 60)
        night, tank, day = hour < 10, (hour >= 10) & (hour < 12), hour >= 12
        self.thaws = night & (minute >= 20) & (minute < 26)
        self.cools = day & (minute < 30)
        heats = night & (minute < 40) & ~self.thaws
        does = [self.thaws, self.cools, heats, tank]
        supply = np.select(does, [28.0, 12.0, 36.0, 50.0], 24.0)
        delta_t = np.select(does, [-4.0, -4.0, 5.0, 5.0], 0.0)
        watts = np.select(does, [2000.0, 800.0, 3000.0, 3500.0], 60.0)
        self.kwh = FACTOR * delta_t * STEP_S / 3600
        self.electricity = watts * STEP_S / 3.6e6
        counted = 700 + np.cumsum(self.kwh) - self.kwh
        self.rows = pd.DataFrame(
            {
                "supply_temp": supply,
                "return_temp": supply - delta_t,
                # Something that always changes a little: so it is known to be alive.
                "outdoor_temp": np.where(day, 26.0, -3.0) + 0.1 * (minute // 5 % 2),
                "power": watts,
                "heat_energy": np.round(counted, 3),
                "compressor": np.any(does, axis=0).astype("float64"),
                "hot_water_valve": tank.astype("float64"),
            },
            index=index,
        )

    def states(self) -> list[Said]:
        """Return the states of its entities, each change of them."""
        found: list[Said] = []
        for metric, values in self.rows.items():
            changed = values[values.ne(values.shift())]
            for time, value in changed.items():
                told = f"{value:g}" if metric in UNITS else ("off", "on")[int(value)]
                if metric == "heat_energy":
                    told = f"{value:.3f}"
                unit = UNITS.get(str(metric))
                about = {} if unit is None else {"unit_of_measurement": unit}
                found.append((SERIES[str(metric)], told, time.to_pydatetime(), about))
        running = self.rows["compressor"] > 0
        action = np.select(
            [self.thaws, self.cools, running], ["defrosting", "cooling", "heating"], ""
        )
        told_action = pd.Series(action, index=self.rows.index).replace("", "idle")
        for time, word in told_action[told_action.ne(told_action.shift())].items():
            about = {"hvac_action": word}
            found.append((CLIMATE, "heat_cool", time.to_pydatetime(), about))
        return sorted(found, key=lambda said: said[2])

    def settings(self, *, metered: bool) -> dict[str, Any]:
        """Return the settings of the heat pump."""
        return {
            CONF_BRAND: "generic",
            CONF_SERIES: SERIES,
            CONF_FLOW_FACTOR: FACTOR,
            **({CONF_HEAT_METERED: True} if metered else {}),
        }

    def are_told(self, totals: dict[str, Any]) -> None:
        """Find the truth in the figures."""
        heat, electricity = self.kwh, self.electricity
        running = self.rows["compressor"].to_numpy() > 0
        cold, paid = -heat[self.cools].sum(), electricity[self.cools].sum()
        assert totals["coverage"] >= 0.99
        assert totals["dropped"] == 0
        assert totals["heat_kwh"] == pytest.approx(heat.sum(), abs=0.2)
        assert totals["cooling_kwh"] == pytest.approx(cold, rel=0.005)
        assert totals["cooling_electricity_kwh"] == pytest.approx(paid, rel=0.005)
        assert totals["electricity_kwh"] == pytest.approx(electricity.sum(), rel=0.005)
        assert totals["cooling_s"] == pytest.approx(
            self.cools.sum() * STEP_S, rel=0.005
        )
        assert totals["defrost_s"] == pytest.approx(
            self.thaws.sum() * STEP_S, rel=0.005
        )
        assert totals["cop_compressor"] == pytest.approx(
            (heat.sum() + cold) / (electricity[running].sum() - paid), rel=0.005
        )


async def test_in_the_recorder(recorder_mock: Recorder, hass: HomeAssistant) -> None:
    """Heat by the temperatures; then what it does now, as its events tell."""
    days = Days()
    for entity_id, value, time, about in days.states():
        hass.states.async_set(entity_id, value, about, timestamp=time.timestamp())
    await async_wait_recording_done(hass)
    data = {CONF_SOURCE: SOURCE_RECORDER}
    entry = add_entry(hass, data, RECORDED, days.settings(metered=False))
    await set_up(hass, entry)
    pump = coordinator_of(entry).pump
    days.are_told(pump.figures().between(days.start, days.end))
    hass.states.async_set("binary_sensor.hp_compressor", "on")
    hass.states.async_set("sensor.hp_supply_temp", "12", {"unit_of_measurement": "°C"})
    hass.states.async_set("sensor.hp_return_temp", "16", {"unit_of_measurement": "°C"})
    hass.states.async_set(CLIMATE, "heat_cool", {"hvac_action": "cooling"})
    await async_wait_recording_done(hass)
    await poll(hass)
    assert state(hass, entry, "mode").state == "cooling"


@pytest.mark.parametrize("exported_to", ["influxdb"], indirect=True)
async def test_as_home_assistant_exports(
    hass: HomeAssistant, exported_to: Store, influx: Influx
) -> None:
    """Heat by a meter that counts back what it draws."""
    days = Days()
    _, bucket, target = exported_to
    await export(hass, target, {}, days.states())
    data = {CONF_SOURCE: SOURCE_INFLUXDB, **connection(influx)}
    entry = add_entry(hass, data, bucket, days.settings(metered=True))
    await set_up(hass, entry)
    pump = coordinator_of(entry).pump
    days.are_told(pump.figures().between(days.start, days.end))
