"""The past, joined onto what Home Assistant's recorder compiles itself."""

from collections.abc import AsyncGenerator, Generator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from functools import partial
import logging
from typing import Any
from unittest.mock import patch

from freezegun.api import FrozenDateTimeFactory
from homeassistant.components.recorder import Recorder
from homeassistant.components.recorder.models import StatisticMetaData
from homeassistant.components.recorder.statistics import (
    async_import_statistics,
    statistics_during_period,
)
from homeassistant.config_entries import ConfigEntryState
from homeassistant.const import Platform
from homeassistant.core import HomeAssistant
from homeassistant.helpers import entity_registry as er, issue_registry as ir
from homeassistant.helpers.recorder import get_instance
from homeassistant.setup import async_setup_component
import pandas as pd
import pytest
from pytest_homeassistant_custom_component.common import (
    MockConfigEntry,
    async_fire_time_changed,
)
from pytest_homeassistant_custom_component.components.recorder.common import (
    async_wait_recording_done,
    do_adhoc_statistics,
)

from custom_components.heatpump_dashboard.const import CONF_STATISTICS, DOMAIN
from custom_components.heatpump_dashboard.history.statistics import joining
from custom_components.heatpump_dashboard.history.statistics.joints import async_joints
from custom_components.heatpump_dashboard.sensor.figures import ENERGIES
from tests.support.memory_source import MemorySource, thermia
from tests.support.pump_entry import (
    COMPONENT,
    PUMP,
    add_entry,
    pump,
    served_by,
    set_up,
    settle,
)

ALL_SUMS = dict(joining.SUMS)
STATISTICS = f"{COMPONENT}.history.statistics"
POLL, MINUTE = timedelta(seconds=31), timedelta(minutes=1)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
# Three minutes before the first hour of Home Assistant's own is over; two months.
NOW = datetime(2026, 2, 2, 14, 57, 10, tzinfo=UTC)
OWN = NOW.replace(minute=0, second=0)
FIRST = datetime(2026, 1, 30, 20, tzinfo=UTC)
PAST_HOURS = int((OWN - FIRST) / HOUR)
HEAT, ELECTRICITY = "sensor.cellar_pump_heat", "sensor.cellar_pump_electricity"
COST, OUTDOOR = (
    "sensor.cellar_pump_electricity_cost_today",
    "sensor.cellar_pump_outdoor_temperature",
)
HEAT_OF_AN_HOUR, ELECTRICITY_OF_AN_HOUR = 6.75, 1.55
SETTINGS = {"price": 2.0, CONF_STATISTICS: True}

type Changes = list[float]


@pytest.fixture(autouse=True)
def hurry(
    recorder_mock: Recorder,
    hass: HomeAssistant,
    freezer: FrozenDateTimeFactory,
    caplog: pytest.LogCaptureFixture,
) -> Generator[None]:
    """Take no pauses, which would never end while the clock stands; few series."""
    # Of every task and every state.
    for name in ("homeassistant.components.recorder", "homeassistant.core"):
        caplog.set_level(logging.WARNING, name)
    freezer.move_to(NOW)
    keys = ("electricity", "heat", "cost_today")
    with (
        patch(f"{COMPONENT}.history.years.FIRST_LOOK_S", 0.0),
        patch(f"{COMPONENT}.history.years._SHORTEST_PAUSE_S", 0.0),
        patch(f"{STATISTICS}.forgetting.SHORTEST_PAUSE_S", 0.0),
        patch(f"{STATISTICS}.joining.SUMS", {k: joining.SUMS[k] for k in keys}),
        patch(f"{STATISTICS}.joining.MEANS", ("outdoor_temp",)),
    ):
        yield


def readings(start: datetime, stop: datetime) -> Any:
    """Return half of every hour of 13.5 kW."""
    return thermia(start, stop, step_s=300, cycle_min=60)


class Home:
    """A heat pump beside a recorder, and what the recorder has of it."""

    def __init__(
        self, hass: HomeAssistant, freezer: FrozenDateTimeFactory, source: MemorySource
    ) -> None:
        self._hass = hass
        self._freezer = freezer
        self._source = source
        self.entry: MockConfigEntry

    async def go_to(self, moment: datetime) -> None:
        """Let time pass until then, with readings."""
        last = self._source.stored.index[-1].to_pydatetime() + 5 * MINUTE
        self._source.write(readings(last, moment))
        self._freezer.move_to(moment)
        async_fire_time_changed(self._hass)
        await settle(self._hass)

    async def compile(self, hours: int = 1) -> None:
        """Let the next hours end, and have Home Assistant compile them."""
        for _ in range(hours):
            end = datetime.now(UTC).replace(minute=0, second=0) + HOUR
            await self.go_to(end - 2 * MINUTE)
            await async_wait_recording_done(self._hass)
            await self.go_to(end + timedelta(seconds=10))
            do_adhoc_statistics(self._hass, start=end - 5 * MINUTE)
            await async_wait_recording_done(self._hass)

    async def compare(self) -> None:
        """Let the next look come."""
        for wait in (HOUR, POLL):
            # At the first of them the years have their look, and then this.
            await self.go_to(datetime.now(UTC) + wait)
        await async_wait_recording_done(self._hass)

    async def rows(
        self, name: str, what: str = "change", period: Any = "hour", **units: str
    ) -> list[Any]:
        """Return what the recorder tells of a statistic, from before its beginning."""
        read: Any = partial(statistics_during_period, types={what})
        found = await get_instance(self._hass).async_add_executor_job(
            read, self._hass, FIRST - 40 * DAY, None, {name}, period, units
        )
        return [(row["start"], row[what]) for row in found.get(name, [])]

    def stored(self, start: float) -> pd.Series:
        """Return the outdoor temperatures that were read in an hour."""
        first = pd.Timestamp(start, unit="s", tz="UTC")
        values = self._source.stored["outdoor_temp"]
        return values[(values.index >= first) & (values.index < first + HOUR)]

    async def changes(self, name: str, **units: str) -> Changes:
        return [change for _, change in await self.rows(name, **units)]

    async def change(self, settings: dict[str, Any]) -> None:
        """Change settings of the heat pump, and let what follows happen."""
        subentry = self.entry.subentries[PUMP]
        self._hass.config_entries.async_update_subentry(
            self.entry, subentry, data={**subentry.data, **settings}
        )
        await settle(self._hass)
        # The years first, and then what follows from them.
        await self.go_to(datetime.now(UTC) + POLL)
        await self.compare()


@asynccontextmanager
async def home_of(
    hass: HomeAssistant, freezer: FrozenDateTimeFactory, **settings: Any
) -> AsyncGenerator[Home]:
    assert await async_setup_component(hass, "sensor", {})
    await async_wait_recording_done(hass)
    source = MemorySource(readings(FIRST, NOW))
    home = Home(hass, freezer, source)
    home.entry = add_entry(hass, pump(**settings))
    platforms = patch(f"{COMPONENT}.PLATFORMS", [Platform.SENSOR])
    with served_by(source), platforms:
        await set_up(hass, home.entry)
        yield home
        if home.entry.state is ConfigEntryState.LOADED:
            await hass.config_entries.async_unload(home.entry.entry_id)


@pytest.fixture
async def home(
    hass: HomeAssistant, freezer: FrozenDateTimeFactory
) -> AsyncGenerator[Home]:
    """Return a home in which the past has been joined, two hours after its beginning."""
    async with home_of(hass, freezer, **SETTINGS) as home:
        await home.compile(2)
        await home.compare()
        yield home


def is_whole(changes: Changes, of_an_hour: float) -> bool:
    """Return whether every hour before the joint has this, and the first own one too.

    But for the very first, in which nothing was read before the first reading.
    """
    first, *past = changes[: PAST_HOURS + 1]
    return (
        len(past) == PAST_HOURS
        and first == pytest.approx(of_an_hour, rel=0.2)
        and past == pytest.approx([of_an_hour] * len(past), abs=2e-3)
    )


async def test_the_past_and_the_present_are_one_series(home: Home) -> None:
    """From the first hour on; the one at the joint has what it had in whole."""
    heat, electricity = await home.changes(HEAT), await home.changes(ELECTRICITY)
    assert is_whole(heat, HEAT_OF_AN_HOUR)
    assert is_whole(electricity, ELECTRICITY_OF_AN_HOUR)
    assert is_whole(await home.changes(COST), 2 * ELECTRICITY_OF_AN_HOUR)
    # What Home Assistant compiled goes on.
    assert heat[PAST_HOURS + 1] == pytest.approx(HEAT_OF_AN_HOUR, abs=0.6)
    sums = [value for _, value in await home.rows(HEAT, "sum")]
    assert sums == sorted(sums)
    assert sums[0] == pytest.approx(HEAT_OF_AN_HOUR, rel=0.2)


async def test_temperatures_of_the_past_are_there(
    hass: HomeAssistant, home: Home
) -> None:
    means = await home.rows(OUTDOOR, "mean")
    assert len(means) >= PAST_HOURS
    assert [start for start, _ in means] == sorted({start for start, _ in means})
    for start, mean in means[:PAST_HOURS]:
        hour = home.stored(start)
        assert mean == pytest.approx(hour.mean(), abs=0.1)
    lowest = await home.rows(OUTDOOR, "min")
    assert lowest[5][1] == home.stored(lowest[5][0]).min()


async def test_a_changed_setting_changes_the_past_and_nothing_else(home: Home) -> None:
    before, electricity = await home.changes(HEAT), await home.changes(ELECTRICITY)

    await home.change({"flow_factor": 5.4, "flow_factor_measured": True})
    await home.compile()

    heat = await home.changes(HEAT)
    assert is_whole(heat, 2 * HEAT_OF_AN_HOUR)
    own = slice(PAST_HOURS + 1, len(before))
    assert heat[own] == pytest.approx(before[own], abs=1e-6)
    # Home Assistant goes on with the new one; some hours had nobody to compile them.
    assert heat[-1] > 2 * HEAT_OF_AN_HOUR
    same = await home.changes(ELECTRICITY)
    assert same[: len(electricity)] == pytest.approx(electricity, abs=1e-6)


async def test_a_changed_price_changes_what_the_past_cost(home: Home) -> None:
    await home.change({"price": 3.0})
    assert is_whole(await home.changes(COST), 3 * ELECTRICITY_OF_AN_HOUR)


async def test_turned_off_the_past_goes_and_the_own_hours_stay(
    hass: HomeAssistant, home: Home
) -> None:
    own = (await home.changes(HEAT))[PAST_HOURS + 1 :]
    temperatures = (await home.rows(OUTDOOR, "mean"))[PAST_HOURS:]

    await home.change({CONF_STATISTICS: False})
    assert (await home.rows(HEAT))[0][0] == OWN.timestamp()
    left = await home.changes(HEAT)
    assert left[0] == pytest.approx(HEAT_OF_AN_HOUR, abs=2e-3)
    assert left[1 : len(own) + 1] == pytest.approx(own, abs=1e-6)
    assert (await home.rows(OUTDOOR, "mean"))[: len(temperatures)] == temperatures
    assert (await async_joints(hass)).pumps == set()

    await home.compile()
    after = await home.changes(HEAT)
    # Some hours had nobody to compile them.
    assert after[-1] == pytest.approx(3 * HEAT_OF_AN_HOUR, rel=0.1)


async def test_with_the_heat_pump_goes_its_past(
    hass: HomeAssistant, home: Home
) -> None:
    hass.config_entries.async_remove_subentry(home.entry, PUMP)
    await settle(hass)
    await async_wait_recording_done(hass)
    await settle(hass)
    assert (await async_joints(hass)).pumps == set()
    for name in (HEAT, OUTDOOR):
        assert (await home.rows(name, "sum" if name == HEAT else "mean"))[0][
            0
        ] == OWN.timestamp()


async def test_it_goes_on_where_it_was_interrupted(
    hass: HomeAssistant, freezer: FrozenDateTimeFactory
) -> None:
    """The month before this one is missing, and so is the lift at the end."""
    real, calls = joining.async_pause, 0

    async def interrupted(hass: HomeAssistant) -> None:
        nonlocal calls
        calls += 1
        if calls >= 2:
            raise RuntimeError("the recorder is gone")
        await real(hass)

    async with home_of(hass, freezer, **SETTINGS) as home:
        with patch(f"{STATISTICS}.joining.async_pause", interrupted):
            await home.compile(2)
            await home.compare()
        assert calls >= 2
        assert not is_whole(await home.changes(HEAT), HEAT_OF_AN_HOUR)
        await home.compare()
        await home.compare()
        assert is_whole(await home.changes(HEAT), HEAT_OF_AN_HOUR)
        assert is_whole(await home.changes(ELECTRICITY), ELECTRICITY_OF_AN_HOUR)


async def test_a_renamed_sensor_takes_the_past_along(
    hass: HomeAssistant, home: Home, entity_registry: er.EntityRegistry
) -> None:
    entity_registry.async_update_entity(HEAT, new_entity_id="sensor.warmth")
    await settle(hass)
    await async_wait_recording_done(hass)
    await home.change({"flow_factor": 5.4, "flow_factor_measured": True})
    assert is_whole(await home.changes("sensor.warmth"), 2 * HEAT_OF_AN_HOUR)
    assert await home.rows(HEAT) == []

    entity_registry.async_update_entity("sensor.warmth", new_entity_id=HEAT)
    await settle(hass)
    await async_wait_recording_done(hass)
    await home.change({CONF_STATISTICS: False})
    assert (await home.rows(HEAT))[0][0] == OWN.timestamp()


async def test_another_unit_is_kept(hass: HomeAssistant, home: Home) -> None:
    get_instance(hass).async_change_statistics_unit(
        HEAT, new_unit_of_measurement="MWh", old_unit_of_measurement="kWh"
    )
    get_instance(hass).async_change_statistics_unit(
        OUTDOOR, new_unit_of_measurement="°F", old_unit_of_measurement="°C"
    )
    before = await home.rows(OUTDOOR, "mean", temperature="°C")
    await home.change({"flow_factor": 5.4, "flow_factor_measured": True})
    assert is_whole(await home.changes(HEAT, energy="kWh"), 2 * HEAT_OF_AN_HOUR)
    in_mwh = await home.changes(HEAT, energy="MWh")
    assert in_mwh[3] == pytest.approx(2 * HEAT_OF_AN_HOUR / 1000, abs=1e-5)
    after = await home.rows(OUTDOOR, "mean", temperature="°C")
    assert [mean for _, mean in after[: len(before)]] == pytest.approx(
        [mean for _, mean in before]
    )


async def test_statistics_that_were_there_stay(
    hass: HomeAssistant, freezer: FrozenDateTimeFactory
) -> None:
    """Somebody has imported an hour of his own, before the first reading."""
    theirs = FIRST.replace(minute=0) - 10 * HOUR
    metadata = StatisticMetaData(
        has_sum=True,
        mean_type=0,  # type: ignore[typeddict-item]
        name=None,
        source="recorder",
        statistic_id=HEAT,
        unit_class="energy",
        unit_of_measurement="kWh",
    )
    async with home_of(hass, freezer, **SETTINGS) as home:
        async_import_statistics(hass, metadata, [{"start": theirs, "sum": 5.0}])
        await async_wait_recording_done(hass)
        await home.compile(2)
        await home.compare()
        rows = await home.rows(HEAT, "sum")
        assert rows[0] == (theirs.timestamp(), 5.0)
        assert rows[1][0] == OWN.timestamp()
        assert is_whole(await home.changes(ELECTRICITY), ELECTRICITY_OF_AN_HOUR)


async def test_what_somebody_cleared_is_joined_again(
    hass: HomeAssistant, home: Home
) -> None:
    get_instance(hass).async_clear_statistics([HEAT])
    await async_wait_recording_done(hass)
    await home.compile(2)
    await home.change({"price": 3.0})
    changes = await home.changes(HEAT)
    assert is_whole(changes, HEAT_OF_AN_HOUR)
    assert len(changes) > PAST_HOURS + 4


async def test_a_sum_that_somebody_adjusted_keeps_its_past(
    hass: HomeAssistant, home: Home
) -> None:
    get_instance(hass).async_adjust_statistics(HEAT, OWN + HOUR, 100.0, "kWh")
    await async_wait_recording_done(hass)
    await home.change({"price": 3.0})
    changes = await home.changes(HEAT)
    assert is_whole(changes, HEAT_OF_AN_HOUR)
    assert changes[PAST_HOURS + 1] > 100


@pytest.mark.parametrize("zone", ["Asia/Kolkata", "Europe/Stockholm"])
async def test_days_are_those_of_the_zone(
    hass: HomeAssistant, freezer: FrozenDateTimeFactory, zone: str
) -> None:
    """Also where they begin in the middle of an hour, UTC."""
    await hass.config.async_set_time_zone(zone)
    async with home_of(hass, freezer, **SETTINGS) as home:
        await home.compile(2)
        await home.compare()
        hours = await home.rows(HEAT)
        assert all(start % 3600 == 0 for start, _ in hours)
        assert is_whole([change for _, change in hours], HEAT_OF_AN_HOUR)
        days = await home.rows(HEAT, period="day")
        # The second day is whole, with 24 hours.
        assert days[1][1] == pytest.approx(24 * HEAT_OF_AN_HOUR, abs=0.05)


async def test_a_sensor_that_is_disabled_is_left_alone(
    hass: HomeAssistant, home: Home, entity_registry: er.EntityRegistry
) -> None:
    before = await home.changes(HEAT)
    entity_registry.async_update_entity(HEAT, disabled_by=er.RegistryEntryDisabler.USER)
    await settle(hass)
    await home.change({"flow_factor": 5.4, "flow_factor_measured": True})
    assert await home.changes(HEAT) == before


async def test_a_recorder_that_fails_is_told_of_once(
    hass: HomeAssistant,
    freezer: FrozenDateTimeFactory,
    caplog: pytest.LogCaptureFixture,
) -> None:
    async with home_of(hass, freezer, **SETTINGS) as home:
        with patch(
            f"{STATISTICS}.recorded.metadata_of", side_effect=OSError("disk full")
        ):
            await home.compare()
            await home.compare()
        assert caplog.text.count("is tried again every hour: OSError") == 1
        state = hass.states.get(HEAT)
        assert state is not None and float(state.state) > 0


async def test_it_is_offered_once_all_years_are_read(
    hass: HomeAssistant,
    freezer: FrozenDateTimeFactory,
    issue_registry: ir.IssueRegistry,
) -> None:
    issue = f"past_statistics_{PUMP}"
    async with home_of(hass, freezer, price=2.0) as home:
        await home.compare()
        # There is nothing yet that it could be joined onto.
        assert issue_registry.async_get_issue(DOMAIN, issue) is None
        await home.compile(2)
        assert issue_registry.async_get_issue(DOMAIN, issue) is not None
        assert len(await home.rows(HEAT)) == 2


def test_the_totals_are_those_of_the_sensors() -> None:
    """Those that grow, and what is paid; of other modules, which stand above."""
    from custom_components.heatpump_dashboard.analysis.prices import COST as COLUMN

    sums = {description.key: column for column, description in ENERGIES}
    assert sums | {"cost_today": COLUMN} == ALL_SUMS
