"""The growing totals in Home Assistant's own statistics and Energy dashboard."""

from collections.abc import AsyncGenerator, Mapping, Sequence
from datetime import datetime, timedelta
from typing import override

from freezegun.api import FrozenDateTimeFactory
from homeassistant.components.energy.data import async_get_manager
from homeassistant.components.energy.validate import async_validate
from homeassistant.components.recorder.statistics import (
    get_last_short_term_statistics,
    list_statistic_ids,
)
from homeassistant.core import HomeAssistant
from homeassistant.helpers import restore_state
from homeassistant.helpers.recorder import get_instance
from homeassistant.setup import async_setup_component
from homeassistant.util import dt as dt_util
import pandas as pd
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.heatpump_dashboard.analysis.equipment import Equipment
from custom_components.heatpump_dashboard.profiles import load
from custom_components.heatpump_dashboard.pump.limits import CONTEXT
from custom_components.heatpump_dashboard.pump.memory import PumpMemory
from custom_components.heatpump_dashboard.sources import Times
from tests.support.memory_source import MemorySource, thermia
from tests.support.pump_entry import NOW, pass_time, set_up, settle

from .common import compile_statistics, sensors_of

# Before there is a Home Assistant.
pytestmark = pytest.mark.usefixtures("recorder_mock", "hass_storage")

MINUTE = timedelta(minutes=1)
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)
COLUMNS = {
    "electricity": "electricity_kwh",
    "compressor_electricity": "compressor_electricity_kwh",
    "auxiliary_heater_energy": "auxiliary_kwh",
    "heat": "heat_kwh",
    "hot_water_heat": "heat_hot_water_kwh",
}
ENERGIES = {f"sensor.cellar_pump_{name}": column for name, column in COLUMNS.items()}
# The totals begin with the window after the last reading at the first set-up.
BEGIN = NOW.replace(minute=35, second=0)


def stored(start: datetime, stop: datetime) -> pd.DataFrame:
    """Return what the collector stores, the auxiliary heater on every sixth hour."""
    rows = thermia(start, stop, step_s=60)
    heater = rows.index.hour % 6 == 0
    rows.loc[heater, "additional_heat_percent"] = 33.0
    rows.loc[heater, "power_consumption"] += 2970.0
    return rows


class SlowSource(MemorySource):
    """Takes its time: what is told one after the other has not the same moment."""

    def __init__(self, rows: pd.DataFrame, clock: FrozenDateTimeFactory) -> None:
        super().__init__(rows)
        self.clock = clock

    @override
    async def readings(
        self,
        bucket: str,
        series: Sequence[str],
        spans: Sequence[Times],
        *,
        in_force: bool = True,
        units: Mapping[str, str] | None = None,
    ) -> pd.DataFrame:
        self.clock.tick(timedelta(milliseconds=20))
        return await super().readings(
            bucket, series, spans, in_force=in_force, units=units
        )


@pytest.fixture
def source(freezer: FrozenDateTimeFactory) -> MemorySource:
    return SlowSource(stored(NOW - 3 * DAY, NOW), freezer)


@pytest.fixture
async def entry(
    hass: HomeAssistant,
    source: MemorySource,
    freezer: FrozenDateTimeFactory,
    all_entities_enabled: None,
) -> AsyncGenerator[MockConfigEntry]:
    """Return an entry with its sensors, beside a recorder."""
    freezer.move_to(NOW)
    async with sensors_of(hass, source) as entry:
        yield entry


async def hours_pass(
    hass: HomeAssistant,
    freezer: FrozenDateTimeFactory,
    source: MemorySource,
    hours: int,
    *,
    written: bool = True,
) -> None:
    """Let hours pass, with a poll and statistics at each of them."""
    for _ in range(hours):
        now = dt_util.utcnow()
        if written:
            source.write(stored(now, now + HOUR))
        await pass_time(hass, freezer, 3600)
        await compile_statistics(hass)


async def restart(
    hass: HomeAssistant,
    entry: MockConfigEntry,
    freezer: FrozenDateTimeFactory,
    down: timedelta,
) -> None:
    """Do what a restart does to an entity: nothing is left but what was written."""
    written = restore_state.async_get(hass)
    await written.async_dump_states()
    assert await hass.config_entries.async_unload(entry.entry_id)
    freezer.tick(down)
    await written.async_load()
    await set_up(hass, entry)
    await compile_statistics(hass)


def truth(source: MemorySource) -> dict[str, float]:
    """Return the energies since the beginning, of all that is stored, in one piece."""
    profile = load("thermia")
    memory = PumpMemory(profile, Equipment.of(profile, {}))
    start, now = BEGIN - 2 * HOUR, dt_util.utcnow()
    rows = source.stored
    memory.take_in(rows[rows.index >= start - CONTEXT], start - CONTEXT, now)
    ledger = memory.records.ledger
    sums = ledger[ledger.index >= BEGIN].sum()
    return {name: float(sums[column]) for name, column in ENERGIES.items()}


def states(hass: HomeAssistant) -> dict[str, float]:
    return {name: float(hass.states.get(name).state) for name in ENERGIES}  # type: ignore[union-attr]


async def statistics(hass: HomeAssistant) -> dict[str, float]:
    """Return the sums that the statistics have of the totals."""

    def read() -> dict[str, float]:
        return {
            name: get_last_short_term_statistics(hass, 1, name, True, {"sum"})[name][0][
                "sum"
            ]
            or 0.0
            for name in ENERGIES
        }

    return await get_instance(hass).async_add_executor_job(read)


async def assert_all_is_true(
    hass: HomeAssistant, source: MemorySource
) -> dict[str, float]:
    """Check states and statistics against the energies of all readings at once."""
    expected = truth(source)
    assert states(hass) == pytest.approx(expected, abs=0.002)
    assert await statistics(hass) == pytest.approx(expected, abs=0.002)
    return expected


async def test_totals_are_true_through_restarts_gaps_and_late_points(
    hass: HomeAssistant,
    entry: MockConfigEntry,
    source: MemorySource,
    freezer: FrozenDateTimeFactory,
    caplog: pytest.LogCaptureFixture,
) -> None:
    assert set(states(hass).values()) == {0.0}

    await hours_pass(hass, freezer, source, 5)
    after = await assert_all_is_true(hass, source)
    # 1.55 kW on the average, and a third of 9 kW for an hour.
    assert after["sensor.cellar_pump_electricity"] == pytest.approx(
        5 * 1.55 + 2.97, rel=0.1
    )
    assert after["sensor.cellar_pump_auxiliary_heater_energy"] == pytest.approx(2.97)

    # Down for a moment, for hours, and for days that have to be read back to.
    for down in (timedelta(minutes=6), 7 * HOUR, 5 * DAY):
        now = dt_util.utcnow()
        source.write(stored(now, now + down))
        await restart(hass, entry, freezer, down)
        await assert_all_is_true(hass, source)
        await hours_pass(hass, freezer, source, 1)
        await assert_all_is_true(hass, source)

    # The collector stops for hours; what it has meanwhile comes when newer has come.
    begun = dt_util.utcnow()
    await hours_pass(hass, freezer, source, 3, written=False)
    for name in ENERGIES:
        assert hass.states.get(name).state == "unavailable"  # type: ignore[union-attr]
    await hours_pass(hass, freezer, source, 1)
    await assert_all_is_true(hass, source)
    source.write(stored(begun, begun + 3 * HOUR))
    # By slices the whole last day is read again.
    for _ in range(37):
        now = dt_util.utcnow()
        source.write(stored(now, now + timedelta(seconds=31)))
        await pass_time(hass, freezer)
    await compile_statistics(hass)
    late = await assert_all_is_true(hass, source)
    assert late["sensor.cellar_pump_electricity"] > 5.7 * 24 * 1.55

    # Nothing in all of this was a reset, or a step back.
    assert "not strictly increasing" not in caplog.text
    for name in ENERGIES:
        assert f"Detected new cycle for {name}," not in caplog.text


async def test_a_correction_is_no_reset(
    hass: HomeAssistant,
    entry: MockConfigEntry,
    source: MemorySource,
    freezer: FrozenDateTimeFactory,
    caplog: pytest.LogCaptureFixture,
) -> None:
    """Ten minutes of 29 kW that were none: in the totals, and out of them again."""
    await hours_pass(hass, freezer, source, 1)
    sane = source.stored
    wrong = sane.copy()
    wrong.iloc[-12:-2, wrong.columns.get_loc("power_consumption")] = 29_000.0
    before = states(hass)
    source.stored = wrong
    for _ in range(45):
        now = dt_util.utcnow()
        source.write(stored(now, now + timedelta(seconds=31)))
        await pass_time(hass, freezer)
    await compile_statistics(hass)
    high = await assert_all_is_true(hass, source)
    name = "sensor.cellar_pump_electricity"
    assert high[name] > before[name] + 3
    source.write(sane)
    for _ in range(45):
        now = dt_util.utcnow()
        source.write(stored(now, now + timedelta(seconds=31)))
        await pass_time(hass, freezer)
    await compile_statistics(hass)
    low = await assert_all_is_true(hass, source)
    assert low[name] < high[name] - 2
    for each in ENERGIES:
        assert f"Detected new cycle for {each}," not in caplog.text


async def test_totals_go_on_after_a_downtime_nobody_can_read_back_to(
    hass: HomeAssistant,
    entry: MockConfigEntry,
    source: MemorySource,
    freezer: FrozenDateTimeFactory,
) -> None:
    await hours_pass(hass, freezer, source, 3)
    before = states(hass)

    down = 10 * DAY
    now = dt_util.utcnow()
    source.stored = stored(now + down - 2 * HOUR, now + down)
    await restart(hass, entry, freezer, down)
    grown = states(hass)["sensor.cellar_pump_electricity"]
    assert grown == pytest.approx(
        before["sensor.cellar_pump_electricity"] + 2 * 1.55, rel=0.15
    )
    assert await statistics(hass) == pytest.approx(states(hass), abs=0.002)


@pytest.mark.parametrize("kept_h", [0, 6])
async def test_what_the_source_has_forgotten_takes_nothing_back(
    hass: HomeAssistant,
    entry: MockConfigEntry,
    source: MemorySource,
    freezer: FrozenDateTimeFactory,
    kept_h: int,
) -> None:
    """A database made anew, and one that keeps no more than some hours."""
    await hours_pass(hass, freezer, source, 30)
    before = states(hass)
    assert before["sensor.cellar_pump_electricity"] > 40
    now = dt_util.utcnow()
    kept = source.stored[source.stored.index >= now - kept_h * HOUR]
    source.stored = pd.concat([kept, stored(now, now + 6 * MINUTE)])
    await restart(hass, entry, freezer, 6 * MINUTE)
    # Less than the window in which it was seen last.
    assert states(hass) == pytest.approx(before, abs=0.5)
    begun = states(hass)
    source.write(stored(now + 6 * MINUTE, now + 7 * MINUTE))
    await hours_pass(hass, freezer, source, 2)
    grown = states(hass)
    for name in ENERGIES:
        assert grown[name] >= begun[name] >= before[name]
    name = "sensor.cellar_pump_electricity"
    assert grown[name] == pytest.approx(before[name] + 2 * 1.55, abs=0.7)
    assert await statistics(hass) == pytest.approx(grown, abs=0.002)


async def test_the_energy_dashboard_takes_them(
    hass: HomeAssistant,
    entry: MockConfigEntry,
    source: MemorySource,
    freezer: FrozenDateTimeFactory,
) -> None:
    await hours_pass(hass, freezer, source, 1)
    assert await async_setup_component(hass, "energy", {})
    await settle(hass)
    manager = await async_get_manager(hass)
    today = "sensor.cellar_pump_electricity_today"
    await manager.async_update(
        {
            "energy_sources": [
                {
                    "type": "grid",
                    "stat_energy_from": "sensor.cellar_pump_electricity",
                    "stat_energy_to": None,
                    "stat_cost": None,
                    "entity_energy_price": None,
                    "number_energy_price": 2.0,
                    "entity_energy_price_export": None,
                    "number_energy_price_export": None,
                    "stat_compensation": None,
                    "cost_adjustment_day": 0.0,
                }
            ],
            "device_consumption": [
                {"stat_consumption": name} for name in (*ENERGIES, today)
            ],
        }
    )
    await settle(hass)
    await compile_statistics(hass)
    found = (await async_validate(hass)).as_dict()
    assert len(found["energy_sources"]) == 1
    assert len(found["device_consumption"]) == len(ENERGIES) + 1
    assert not [issue for issues in found["energy_sources"] for issue in issues]
    assert not [issue for issues in found["device_consumption"] for issue in issues]

    known = await get_instance(hass).async_add_executor_job(
        list_statistic_ids, hass, set(ENERGIES)
    )
    assert {(s["statistic_id"], s["has_sum"]) for s in known} == {
        (name, True) for name in ENERGIES
    }
    assert {s["statistics_unit_of_measurement"] for s in known} == {"kWh"}
