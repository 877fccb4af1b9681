"""What a real recorder keeps of states that it has purged, as a source and on disk."""

from datetime import datetime, timedelta
from typing import Any

from freezegun.api import FrozenDateTimeFactory
from homeassistant.components.recorder import Recorder
from homeassistant.core import HomeAssistant
from homeassistant.setup import async_setup_component
from homeassistant.util import dt as dt_util
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry
from pytest_homeassistant_custom_component.components.recorder.common import (
    async_wait_purge_done,
    async_wait_recording_done,
    do_adhoc_statistics,
)
from sqlalchemy.exc import OperationalError

from custom_components.heatpump_dashboard.analysis.periods import Period
from custom_components.heatpump_dashboard.const import DOMAIN, RECORDED
from custom_components.heatpump_dashboard.coordinator import HeatPumpCoordinator
from custom_components.heatpump_dashboard.history.calendar import calendar_of
from custom_components.heatpump_dashboard.sources.recorder import RecorderSource
from tests.support.pump_entry import coordinator_of, pump, settle

COMPONENT = "custom_components.heatpump_dashboard"
WALK, SOURCES = f"{COMPONENT}.history.walk", f"{COMPONENT}.sources"
BEGIN = datetime(2026, 11, 20, 12, tzinfo=dt_util.UTC)
STEP = timedelta(minutes=5)
HOURS = 3
POWER, HEAT, SUPPLY, RUNS = (
    "sensor.hp_power",
    "sensor.hp_heat",
    "sensor.hp_supply",
    "binary_sensor.hp_compressor",
)
ABOUT: dict[str, dict[str, Any]] = {
    POWER: {"unit_of_measurement": "kW", "device_class": "power"},
    HEAT: {"unit_of_measurement": "MWh", "device_class": "energy"},
    SUPPLY: {"unit_of_measurement": "°C", "device_class": "temperature"},
}
MAPPING = {
    "power": POWER,
    "heat_energy": HEAT,
    "supply_temp": SUPPLY,
    "compressor": RUNS,
}
UNITS = {"power": "kW", "heat_energy": "MWh"}
WANTED = {POWER: "kW", HEAT: "MWh", SUPPLY: "°C"}


def say(hass: HomeAssistant, step: int) -> None:
    """20 min on at 3 kW of 9 kW heat, 20 min off; the counter tells what was made."""
    on = step // 4 % 2 == 0
    made = 9 / 12 * sum(k // 4 % 2 == 0 for k in range(step))
    told = {POWER: 3.0 if on else 0.05, HEAT: 7 + made / 1000, SUPPLY: 30 + step % 4}
    for entity_id, value in told.items():
        about = {"state_class": "measurement", **ABOUT[entity_id]}
        if entity_id == HEAT:
            about["state_class"] = "total_increasing"
        hass.states.async_set(entity_id, f"{value:.6f}", about)
    hass.states.async_set(RUNS, "on" if on else "off")


@pytest.fixture
async def purged(
    recorder_mock: Recorder, hass: HomeAssistant, freezer: FrozenDateTimeFactory
) -> HomeAssistant:
    """Return a Home Assistant that has purged the states of three hours, days ago."""
    freezer.move_to(BEGIN - timedelta(seconds=10))
    assert await async_setup_component(hass, "sensor", {})
    for step in range(12 * HOURS + 1):
        freezer.move_to(BEGIN + step * STEP)
        say(hass, step)
        await hass.async_block_till_done()
    await async_wait_recording_done(hass)
    for step in range(12 * HOURS):
        do_adhoc_statistics(hass, start=BEGIN + step * STEP)
    await async_wait_recording_done(hass)
    freezer.move_to(BEGIN + timedelta(days=12))
    say(hass, 12 * HOURS + 1)
    await async_wait_recording_done(hass)
    await hass.services.async_call("recorder", "purge", {"keep_days": 5}, blocking=True)
    await async_wait_purge_done(hass)
    return hass


async def load(
    hass: HomeAssistant, monkeypatch: pytest.MonkeyPatch
) -> HeatPumpCoordinator:
    """Load an entry with the heat pump, of which the last days are known."""
    entry = MockConfigEntry(
        domain=DOMAIN,
        entry_id="entry",
        data={"source": "recorder"},
        subentries_data=[
            pump(bucket=RECORDED, brand="generic", series=MAPPING, units=UNITS)
        ],
    )
    entry.add_to_hass(hass)
    assert await hass.config_entries.async_setup(entry.entry_id)
    await settle(hass)
    coordinator = coordinator_of(entry)
    assert coordinator.pump.history.whole
    # While the clock stands no pause would end.
    monkeypatch.setattr(f"{WALK}._SHORTEST_PAUSE_S", 0.0)
    return coordinator


async def test_hours_are_told_in_the_wanted_units_when_states_are_gone(
    purged: HomeAssistant,
) -> None:
    source = RecorderSource(purged, purged.async_add_executor_job)
    span = (BEGIN, BEGIN + timedelta(hours=HOURS))
    states = await source.readings(RECORDED, list(MAPPING.values()), [span])
    assert states.empty
    found = await source.hours(RECORDED, list(MAPPING.values()), span, units=WANTED)
    assert found is not None
    assert list(found.index) == [BEGIN + timedelta(hours=hour) for hour in range(HOURS)]
    assert found[f"{HEAT}|change"].sum() == pytest.approx(0.01425, abs=1e-6)
    assert found[f"{POWER}|mean"].tolist() == pytest.approx(
        [2.0167, 1.0333, 2.0167], abs=0.3
    )
    assert found[f"{SUPPLY}|mean"].tolist() == pytest.approx([31.5] * 3, abs=0.2)
    assert found[f"{SUPPLY}|max"].tolist() == [33] * 3
    assert not [name for name in found if RUNS in name]
    before = (BEGIN - timedelta(days=31), BEGIN)
    nothing = await source.hours(RECORDED, [POWER], before, units=WANTED)
    assert nothing is not None
    assert nothing.empty


async def test_statistics_that_cannot_be_read_cost_nothing_else(
    purged: HomeAssistant,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    def fail(*_: object) -> None:
        raise OperationalError("select", {}, Exception("disk"))

    monkeypatch.setattr(f"{SOURCES}.recorder.recorded_hours", fail)
    years = (await load(purged, monkeypatch)).years
    for _ in range(8):
        await years.async_go_on()
    assert not years.left_out
    assert caplog.text.count("statistics of Cellar Home Assistant cannot be read") == 1
    monkeypatch.undo()
    monkeypatch.setattr(f"{WALK}._SHORTEST_PAUSE_S", 0.0)
    await years.async_go_on()
    assert years.store is not None
    assert min(years.store.days) == BEGIN.date()


async def test_the_history_has_what_statistics_tell(
    purged: HomeAssistant, monkeypatch: pytest.MonkeyPatch
) -> None:
    coordinator = await load(purged, monkeypatch)
    years = coordinator.years
    await years.async_go_on()

    def rows() -> list[dict[str, Any]]:
        return calendar_of(
            coordinator.pump,
            years.store,
            years.left_out,
            "day",
            Period(BEGIN, dt_util.utcnow()),
            dt_util.utcnow(),
            dt_util.UTC,
        )

    day, *others = await purged.async_add_executor_job(rows)
    assert day["start"] == BEGIN.replace(hour=0).timestamp() * 1000
    assert day["totals"]["heat_kwh"] == pytest.approx(14.25, abs=0.01)
    assert day["totals"]["electricity_kwh"] == pytest.approx(5, rel=0.2)
    assert day["totals"]["counted_s"] == HOURS * 3600
    assert day["totals"]["starts"] is None
    assert day["totals"]["compressor_s"] is None
    # Nothing in between is still to be read.
    assert all(row["totals"] is not None for row in others)
    revision = years.revision
    await years.async_go_on()
    assert years.revision == revision
