"""Growing totals: no jump whatever is read or changed, and nothing that is lost."""

from collections.abc import AsyncGenerator
from datetime import datetime, timedelta
import json
from pathlib import Path
from typing import Any
from unittest.mock import patch

from freezegun.api import FrozenDateTimeFactory
from homeassistant.config_entries import ConfigEntryState
from homeassistant.const import Platform
from homeassistant.core import HomeAssistant, State
from homeassistant.helpers import restore_state
from homeassistant.helpers.json import prepare_save_json
from homeassistant.util import dt as dt_util
from homeassistant.util.file import WriteError
import pytest
from pytest_homeassistant_custom_component.common import (
    MockConfigEntry,
    mock_restore_cache_with_extra_data,
)

from custom_components.heatpump_dashboard.const import (
    CONF_BRAND,
    CONF_FLOW_FACTOR,
    CONF_SERIES,
)
from custom_components.heatpump_dashboard.pump.running_total import RunningTotal
from custom_components.heatpump_dashboard.sources import QueryFailed
from custom_components.heatpump_dashboard.totals import Totals, TotalsStore
from tests.support.memory_source import MemorySource, thermia
from tests.support.pump_entry import (
    COMPONENT,
    NOW,
    PUMP,
    add_entry,
    coordinator_of,
    pass_time,
    pump,
    served_by,
    set_up,
    settle,
)

HOUR = timedelta(hours=1)
DAY = timedelta(days=1)
STORED = "heatpump_dashboard.totals.entry"
ELECTRICITY = "sensor.cellar_pump_electricity"
HEAT = "sensor.cellar_pump_heat"
# What the greatest power gives while a reading of 30 s holds.
MOST_KWH = {ELECTRICITY: 30 * 30 / 3600, HEAT: 60 * 30 / 3600}


def rows(start: datetime, stop: datetime) -> Any:
    """Return a Thermia, with a meter beside it that has ten times its power."""
    stored = thermia(start, stop)
    return stored.assign(meter=10 * stored["power_consumption"])


@pytest.fixture
def source(freezer: FrozenDateTimeFactory) -> MemorySource:
    freezer.move_to(NOW)
    return MemorySource(rows(NOW - 2 * DAY, NOW))


@pytest.fixture
async def entry(
    hass: HomeAssistant, source: MemorySource
) -> AsyncGenerator[MockConfigEntry]:
    """Return an entry that is not set up yet, with its sensors."""
    with (
        served_by(source),
        patch(f"{COMPONENT}.PLATFORMS", [Platform.SENSOR]),
    ):
        entry = add_entry(hass)
        yield entry
        if entry.state is ConfigEntryState.LOADED:
            await hass.config_entries.async_unload(entry.entry_id)


def total(hass: HomeAssistant, name: str = ELECTRICITY) -> float:
    state = hass.states.get(name)
    assert state is not None
    return float(state.state)


async def goes_on(
    hass: HomeAssistant,
    freezer: FrozenDateTimeFactory,
    source: MemorySource,
    seconds: float = 31,
) -> None:
    """Let time pass, of which everything is stored."""
    now = dt_util.utcnow()
    source.write(rows(now, now + timedelta(seconds=seconds)))
    await pass_time(hass, freezer, seconds)


async def kill_and_start(hass: HomeAssistant, entry: MockConfigEntry) -> None:
    """Do what a kill does: nothing is left but what was written by then."""
    await hass.config_entries.async_unload(entry.entry_id)
    restore_state.async_get(hass).last_states.clear()
    hass.data.pop("heatpump_dashboard_totals")  # type: ignore[call-overload]
    await set_up(hass, entry)


@pytest.mark.parametrize(
    ("series", "value"),
    [
        ("power_consumption", 4294967295.0),
        ("power_consumption", 65535.0),
        ("power_consumption", 29_000.0),
        ("radiator_forward", 149.0),
        ("radiator_forward", 58.0),
        ("radiator_return", 12.0),
        ("radiator_return", -47.0),
        ("additional_heat_percent", 100.0),
    ],
)
async def test_one_reading_moves_no_total_far_and_a_correction_takes_it_back(
    hass: HomeAssistant,
    entry: MockConfigEntry,
    source: MemorySource,
    freezer: FrozenDateTimeFactory,
    series: str,
    value: float,
) -> None:
    freezer.move_to(NOW + 13 * timedelta(minutes=1))  # a run has just begun
    source.write(rows(NOW, dt_util.utcnow()))
    await set_up(hass, entry)
    for _ in range(12):
        await goes_on(hass, freezer, source)
    sane = source.stored
    wrong = sane.copy()
    wrong.iloc[-2, wrong.columns.get_loc(series)] = value
    before = {name: total(hass, name) for name in MOST_KWH}
    assert before[ELECTRICITY] > 0

    source.stored = wrong
    await pass_time(hass, freezer, 1)
    await hass.config_entries.async_reload(entry.entry_id)
    await settle(hass)
    for name, most in MOST_KWH.items():
        assert abs(total(hass, name) - before[name]) <= most, name
    source.stored = sane
    await pass_time(hass, freezer)
    for name in MOST_KWH:
        assert total(hass, name) == pytest.approx(before[name], abs=0.0015), name


CHANGES = {
    "series": {CONF_SERIES: {"power": "meter"}},
    "flow factor": {CONF_FLOW_FACTOR: 27.0},
    "brand": {
        CONF_BRAND: "generic",
        CONF_SERIES: {
            "compressor": "compressor_status",
            "supply_temp": "pressure_tube_temp",
            "return_temp": "radiator_return",
            "power": "meter",
        },
    },
}


@pytest.mark.parametrize("change", CHANGES)
async def test_what_is_changed_counts_from_then_on(
    hass: HomeAssistant,
    entry: MockConfigEntry,
    source: MemorySource,
    freezer: FrozenDateTimeFactory,
    change: str,
) -> None:
    await set_up(hass, entry)
    await goes_on(hass, freezer, source, 2 * 3600)
    before = {name: total(hass, name) for name in MOST_KWH}
    assert before[ELECTRICITY] > 2

    data = pump(PUMP)["data"] | CHANGES[change]
    hass.config_entries.async_update_subentry(entry, entry.subentries[PUMP], data=data)
    await settle(hass)
    assert entry.state is ConfigEntryState.LOADED
    assert {name: total(hass, name) for name in MOST_KWH} == before
    for _ in range(3):
        await goes_on(hass, freezer, source)
        await pass_time(hass, freezer)
    for name in MOST_KWH:
        assert total(hass, name) - before[name] < 1, name


async def test_what_was_told_first_is_stored_at_once(
    hass: HomeAssistant,
    hass_storage: dict[str, Any],
    entry: MockConfigEntry,
) -> None:
    await set_up(hass, entry)
    stored = hass_storage[STORED]["data"]
    assert {name.rpartition("pump_")[2] for name in stored} >= {"electricity", "heat"}
    assert {told["reported"] for told in stored.values()} == {0.0}


async def test_after_a_kill_a_total_is_at_most_a_minute_old(
    hass: HomeAssistant,
    hass_storage: dict[str, Any],
    entry: MockConfigEntry,
    source: MemorySource,
    freezer: FrozenDateTimeFactory,
) -> None:
    await set_up(hass, entry)
    for _ in range(30):
        await goes_on(hass, freezer, source)
        stored = hass_storage[STORED]["data"]["entry_pump_electricity"]
        age = dt_util.utcnow() - datetime.fromisoformat(stored["seen"])
        # The last reading is up to half a minute old when it is told.
        assert age <= timedelta(seconds=92)
    before = total(hass)
    assert before > 0.1

    await kill_and_start(hass, entry)
    assert total(hass) == pytest.approx(before, abs=0.002)
    await goes_on(hass, freezer, source)
    assert before <= total(hass) < before + 0.2


async def test_a_total_of_an_older_version_goes_on(
    hass: HomeAssistant,
    entry: MockConfigEntry,
    source: MemorySource,
    freezer: FrozenDateTimeFactory,
) -> None:
    """All that it stored were Home Assistant's restore states."""
    seen = NOW - HOUR
    old = {
        "settled": 1000.0,
        "until": (NOW - DAY).replace(minute=0, second=0).isoformat(),
        "reported": 1030.0,
        "seen": seen.isoformat(),
        "made_with": "Equipment(flow_factor=2.7, flow_measured=False)",
        "bucket": "pump",
    }
    mock_restore_cache_with_extra_data(hass, [(State(ELECTRICITY, "1030.0"), old)])
    await set_up(hass, entry)
    # What was taken in the hour since then is in it, and nothing of the day before.
    assert 1030 < total(hass) < 1033
    state = hass.states.get(ELECTRICITY)
    assert state is not None
    assert "last_reset" not in state.attributes


@pytest.mark.parametrize(
    "damaged",
    [
        {"version": 1, "data": []},
        {"version": 1, "data": "text"},
        {"version": 1, "data": {"entry_pump_electricity": 7}},
        {"version": 1, "data": {"entry_pump_electricity": {"settled": "much"}}},
        {"version": 9, "data": {}},
    ],
)
async def test_what_is_stored_and_is_no_total_keeps_nothing_from_going_on(
    hass: HomeAssistant,
    hass_storage: dict[str, Any],
    entry: MockConfigEntry,
    source: MemorySource,
    freezer: FrozenDateTimeFactory,
    damaged: dict[str, Any],
) -> None:
    hass_storage[STORED] = damaged
    await set_up(hass, entry)
    assert entry.state is ConfigEntryState.LOADED
    assert total(hass) == 0
    for _ in range(12):
        await goes_on(hass, freezer, source)
    assert total(hass) > 0


async def test_a_total_that_begins_again_says_so(
    hass: HomeAssistant,
    hass_storage: dict[str, Any],
    entry: MockConfigEntry,
    source: MemorySource,
    freezer: FrozenDateTimeFactory,
) -> None:
    """Or its fall to 0 would be taken for energy that was given back."""
    await set_up(hass, entry)
    begun = hass.states.get(ELECTRICITY)
    await goes_on(hass, freezer, source, 3600)
    hass_storage.pop(STORED)
    await kill_and_start(hass, entry)
    again = hass.states.get(ELECTRICITY)
    assert begun is not None
    assert again is not None
    assert float(again.state) == 0
    assert again.attributes["last_reset"] > begun.attributes["last_reset"]


async def test_totals_go_with_their_heat_pump_and_with_their_entry(
    hass: HomeAssistant,
    hass_storage: dict[str, Any],
    entry: MockConfigEntry,
    source: MemorySource,
    freezer: FrozenDateTimeFactory,
) -> None:
    await hass.config_entries.async_remove(entry.entry_id)
    entry = add_entry(hass, pump(), pump("pump_2", "other"))
    await set_up(hass, entry)
    assert any("entry_other_" in name for name in hass_storage[STORED]["data"])
    hass.config_entries.async_remove_subentry(entry, "pump_2")
    await settle(hass)
    await goes_on(hass, freezer, source)
    await pass_time(hass, freezer)
    assert not any("entry_other_" in name for name in hass_storage[STORED]["data"])

    # What is still to be written goes with the store that was to write it.
    await goes_on(hass, freezer, source)
    store = hass.data["heatpump_dashboard_totals"]["entry"]._store  # type: ignore[index]
    with patch.object(store, "async_remove", wraps=store.async_remove) as removed:
        await hass.config_entries.async_remove(entry.entry_id)
    removed.assert_awaited_once()
    await settle(hass)
    assert STORED not in hass_storage


def test_a_file_that_cannot_be_written_is_told_once(
    hass: HomeAssistant, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    store = TotalsStore(hass, 1, "totals")
    hass.config.config_dir = str(tmp_path)
    path = Path(store.path)
    path.mkdir(parents=True)
    mode, data = prepare_save_json({"data": 1}, encoder=None)

    with pytest.raises(WriteError):
        store._write_prepared_data(mode, data)
    told = len(caplog.records)
    for _ in range(3):
        store._write_prepared_data(mode, data)
    assert len(caplog.records) == told
    path.rmdir()
    store._write_prepared_data(mode, data)
    assert json.loads(path.read_text(encoding="utf-8")) == {"data": 1}
    assert [each.name for each in path.parent.iterdir()] == [path.name]


async def test_what_was_to_be_written_of_a_removed_entry_is_not(
    hass: HomeAssistant, hass_storage: dict[str, Any]
) -> None:
    totals = Totals(hass, "entry")
    await totals.async_load(["pump"])
    totals.put("heat", RunningTotal.beginning(NOW, "a"), "pump")
    await totals.async_remove()
    await settle(hass)
    assert STORED not in hass_storage


async def test_what_was_told_of_a_day_that_cannot_be_read_any_more_stays(
    hass: HomeAssistant,
    entry: MockConfigEntry,
    source: MemorySource,
    freezer: FrozenDateTimeFactory,
) -> None:
    """A restart three days later reads back to it, in vain."""
    await set_up(hass, entry)
    for _ in range(3):
        await goes_on(hass, freezer, source, 3600)
    before = total(hass)
    assert before == pytest.approx(3 * 1.55, rel=0.15)

    await hass.config_entries.async_unload(entry.entry_id)
    later = NOW + 3 * DAY
    freezer.move_to(later)
    source.write(rows(later - 2 * HOUR, later))
    source.unreadable[(NOW, NOW + 3 * HOUR)] = QueryFailed("odd", key="query_failed")
    await set_up(hass, entry)
    for _ in range(20):
        await goes_on(hass, freezer, source)
    assert coordinator_of(entry).pump.history.holes
    grown = 2 * 1.55 + 20 * 31 / 3600 * 1.55
    assert total(hass) == pytest.approx(before + grown, rel=0.1)
