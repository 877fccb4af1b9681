"""What electricity costs: a fixed price, or that of an entity with its history."""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from threading import Event
from typing import Any
from unittest.mock import patch

from freezegun.api import FrozenDateTimeFactory
from homeassistant.components.recorder.db_schema import RecorderRuns
from homeassistant.components.recorder.models import StatisticMeanType
from homeassistant.components.recorder.statistics import async_import_statistics
from homeassistant.components.recorder.util import session_scope
from homeassistant.config_entries import ConfigEntryState
from homeassistant.const import STATE_UNAVAILABLE, Platform
from homeassistant.core import HomeAssistant
from homeassistant.helpers import issue_registry as ir
import numpy as np
import pytest
from pytest_homeassistant_custom_component.components.recorder.common import (
    async_wait_recording_done,
)
from sqlalchemy.exc import SQLAlchemyError

from custom_components.heatpump_dashboard.const import DOMAIN
from custom_components.heatpump_dashboard.coordinator import HeatPumpCoordinator
from tests.support.memory_source import MemorySource, thermia
from tests.support.pump_entry import (
    COMPONENT,
    NOW,
    add_entry,
    coordinator_of,
    pass_time,
    pump,
    served_by,
    set_up,
)

HOUR = timedelta(hours=1)
SPOT = "sensor.spot"
COST = "sensor.cellar_pump_electricity_cost_today"
# UTC, where the day of the tests is that of the home too.
MIDNIGHT = NOW.replace(hour=0, minute=0, second=0)


@pytest.fixture(autouse=True)
def recorder(recorder_mock: object, freezer: FrozenDateTimeFactory) -> None:
    """Have a recorder before there is a Home Assistant, at a moment of the past."""
    freezer.move_to(NOW)


@asynccontextmanager
async def running(
    hass: HomeAssistant, source: MemorySource, **settings: Any
) -> AsyncGenerator[HeatPumpCoordinator]:
    """Run an entry with its sensors."""
    await hass.config.async_set_time_zone("UTC")
    entry = add_entry(hass, pump(**settings))
    with served_by(source), patch(f"{COMPONENT}.PLATFORMS", [Platform.SENSOR]):
        yield await set_up(hass, entry)
        if entry.state is ConfigEntryState.LOADED:
            await hass.config_entries.async_unload(entry.entry_id)


def three_days() -> MemorySource:
    return MemorySource(thermia(NOW - timedelta(days=3), NOW, step_s=60))


def tell(hass: HomeAssistant, price: float | str, unit: str = "SEK/kWh") -> None:
    hass.config.currency = "SEK"
    hass.states.async_set(SPOT, str(price), {"unit_of_measurement": unit})


def issue(hass: HomeAssistant) -> ir.IssueEntry | None:
    return ir.async_get(hass).async_get_issue(DOMAIN, "price_pump_1")


def expected(pump: HeatPumpCoordinator, prices: list[tuple[datetime, float]]) -> float:
    """Return the cost of today: each window by the last price before its end."""
    ledger = pump.pump.records.ledger
    total = 0.0
    for (start, price), (stop, _) in zip(prices, [*prices[1:], (NOW, 0)], strict=True):
        rows = ledger[(ledger.index >= max(start, MIDNIGHT)) & (ledger.index < stop)]
        total += price * rows["electricity_kwh"].sum()
    return total


async def test_without_a_price_there_is_no_cost(hass: HomeAssistant) -> None:
    async with running(hass, three_days()) as coordinator:
        assert hass.states.get(COST) is None
        assert coordinator.data.today["cost"] is None


async def test_a_fixed_price(hass: HomeAssistant) -> None:
    hass.config.currency = "SEK"
    async with running(hass, three_days(), price=1.5) as coordinator:
        state = hass.states.get(COST)
        assert state is not None
        today = coordinator.data.today["electricity_kwh"]
        assert float(state.state) == pytest.approx(1.5 * today, abs=1e-3)
        assert state.attributes["unit_of_measurement"] == "SEK"
        assert state.attributes["device_class"] == "monetary"
        assert state.attributes["state_class"] == "total"
        assert state.attributes["last_reset"] == MIDNIGHT.isoformat()


@pytest.mark.parametrize(
    "error",
    [
        SQLAlchemyError("locked"),
        OSError("disk full"),
        RuntimeError("cannot schedule new futures after shutdown"),
        KeyError("sensor.spot"),
        ValueError("nonsense in a row"),
        TimeoutError(),
        MemoryError(),
    ],
    ids=repr,
)
async def test_a_recorder_that_fails_leaves_the_price_of_now(
    hass: HomeAssistant, caplog: pytest.LogCaptureFixture, error: Exception
) -> None:
    tell(hass, 2.0)
    with patch(f"{COMPONENT}.price.entity._read", side_effect=error):
        async with running(hass, three_days(), price_entity=SPOT) as coordinator:
            assert coordinator.pump.prices is not None
            assert coordinator.pump.prices.values.tolist() == [2.0]
    assert caplog.text.count("The past prices of Cellar pump are unknown") == 1
    assert "Traceback" not in caplog.text


async def test_a_recorder_that_hangs_leaves_the_price_of_now(
    hass: HomeAssistant,
) -> None:
    tell(hass, 2.0)
    go = Event()
    with patch(f"{COMPONENT}.price.entity._read", lambda *_: go.wait(30) and []):
        await hass.config.async_set_time_zone("UTC")
        entry = add_entry(hass, pump(price_entity=SPOT))
        with served_by(three_days()), patch(f"{COMPONENT}.PLATFORMS", []):
            assert await hass.config_entries.async_setup(entry.entry_id)
            prices = coordinator_of(entry).pump.prices
            assert prices is not None
            assert prices.values.tolist() == [2.0]
            tell(hass, 3.0)
            await hass.async_block_till_done()
            prices = coordinator_of(entry).pump.prices
            assert prices is not None
            assert prices.values.tolist()[-1] == 3.0
            go.set()
            await hass.config_entries.async_unload(entry.entry_id)


async def test_statistics_that_fail_leave_the_states(
    hass: HomeAssistant,
    freezer: FrozenDateTimeFactory,
    caplog: pytest.LogCaptureFixture,
) -> None:
    for moment, price in ((NOW - 20 * HOUR, 1.0), (NOW - HOUR, 2.0)):
        freezer.move_to(moment)
        tell(hass, price)
        await async_wait_recording_done(hass)
    freezer.move_to(NOW)
    with patch(f"{COMPONENT}.price.entity._hourly", side_effect=OSError("gone")):
        async with running(hass, three_days(), price_entity=SPOT) as coordinator:
            assert coordinator.pump.prices is not None
            assert coordinator.pump.prices.values.tolist() == [1.0, 2.0]
    assert "Traceback" not in caplog.text


async def test_a_flapping_entity_costs_little(
    hass: HomeAssistant, freezer: FrozenDateTimeFactory
) -> None:
    tell(hass, 2.0)
    async with running(hass, three_days(), price_entity=SPOT) as coordinator:
        for second in range(1500):
            freezer.move_to(NOW + timedelta(seconds=second))
            for price in (1.0, 3.0, STATE_UNAVAILABLE):
                tell(hass, price)
        await hass.async_block_till_done()
        prices = coordinator.pump.prices
        assert prices is not None
        assert len(prices.times) < 320


async def test_prices_are_forgotten_with_what_they_are_for(
    hass: HomeAssistant, freezer: FrozenDateTimeFactory
) -> None:
    tell(hass, 2.0)
    async with running(hass, three_days(), price_entity=SPOT) as coordinator:
        for day in range(200):
            freezer.move_to(NOW + timedelta(days=day))
            tell(hass, float(day % 2))
        await hass.async_block_till_done()
        prices = coordinator.pump.prices
        assert prices is not None
        assert len(prices.times) == 64


async def test_a_day_with_too_many_states_is_told_by_the_statistics(
    hass: HomeAssistant, freezer: FrozenDateTimeFactory
) -> None:
    for minute in range(40):
        freezer.move_to(NOW - 30 * HOUR + timedelta(minutes=minute))
        tell(hass, float(minute))
    freezer.move_to(NOW - 2 * HOUR)
    tell(hass, 7.0)
    await async_wait_recording_done(hass)
    freezer.move_to(NOW)
    with patch(f"{COMPONENT}.price.entity._MOST_CHANGES", 20):
        async with running(hass, three_days(), price_entity=SPOT) as coordinator:
            assert coordinator.pump.prices is not None
            assert coordinator.pump.prices.values.tolist() == [7.0]


@pytest.mark.parametrize("price", ["nan", "inf", "-inf", "1e308", "-1e300", "soon"])
async def test_what_cannot_be_a_price_is_not_known(
    hass: HomeAssistant, price: str
) -> None:
    tell(hass, 2.0)
    async with running(hass, three_days(), price_entity=SPOT) as coordinator:
        tell(hass, price)
        await hass.async_block_till_done()
        assert coordinator.pump.prices is not None
        assert np.isnan(coordinator.pump.prices.values[-1])
        assert issue(hass) is None


async def test_a_unit_of_another_kind_is_told(hass: HomeAssistant) -> None:
    tell(hass, 2.0, ["SEK", "kWh"])  # type: ignore[arg-type]
    async with running(hass, three_days(), price_entity=SPOT):
        assert issue(hass) is not None


async def test_an_entity_with_the_history_the_recorder_has(
    hass: HomeAssistant, freezer: FrozenDateTimeFactory
) -> None:
    prices = [
        (NOW - 40 * HOUR, 1.0),
        (MIDNIGHT + 2 * HOUR, 3.0),
        (MIDNIGHT + 9 * HOUR, -0.5),
        (MIDNIGHT + 12 * HOUR, 2.0),
    ]
    for moment, price in prices:
        freezer.move_to(moment)
        tell(hass, 100 * price, "öre/kWh")
        await async_wait_recording_done(hass)
    freezer.move_to(NOW)
    source = three_days()
    async with running(hass, source, price_entity=SPOT) as coordinator:
        before = expected(coordinator, prices)
        assert coordinator.data.today["cost"] == pytest.approx(before, rel=1e-6)

        # And what comes: another price in half an hour, for the half after it.
        for price in (2.0, 8.0):
            tell(hass, 100 * price, "öre/kWh")
            now = NOW + HOUR / 2 * (1 if price == 2 else 2)
            source.write(thermia(now - HOUR / 2, now, step_s=60))
            await pass_time(hass, freezer, 1800)
        ledger = coordinator.pump.records.ledger
        new = ledger[ledger.index >= NOW - timedelta(seconds=10)]["electricity_kwh"]
        assert coordinator.data.today["cost"] == pytest.approx(
            before + 2 * new.iloc[:6].sum() + 8 * new.iloc[6:].sum(), rel=0.01
        )
        assert issue(hass) is None


@pytest.mark.parametrize(("after", "is_held"), [(5.0, False), (2.0, True)])
async def test_a_price_is_not_held_while_home_assistant_was_off(
    hass: HomeAssistant, freezer: FrozenDateTimeFactory, after: float, is_held: bool
) -> None:
    end, again = MIDNIGHT + 5 * HOUR, MIDNIGHT + 9 * HOUR
    for moment, price in ((MIDNIGHT, 2.0), (again, STATE_UNAVAILABLE), (again, after)):
        freezer.move_to(moment)
        tell(hass, price)
        await async_wait_recording_done(hass)
    with session_scope(hass=hass) as session:
        session.add(RecorderRuns(start=MIDNIGHT - 9 * HOUR, end=end, created=end))
        session.add(RecorderRuns(start=again, created=again))
    freezer.move_to(NOW)
    async with running(hass, three_days(), price_entity=SPOT) as coordinator:
        prices = coordinator.pump.prices
        assert prices is not None
        known = dict(zip(prices.times, prices.values, strict=True))
        assert (end.timestamp() in known) != is_held
        assert np.isnan(known.get(end.timestamp(), np.nan))


async def test_only_another_price_is_one(hass: HomeAssistant) -> None:
    """Some entities change their attributes every minute."""
    tell(hass, 2.0)
    async with running(hass, three_days(), price_entity=SPOT) as coordinator:
        before = coordinator.pump.prices
        assert before is not None
        state = hass.states.get(SPOT)
        assert state is not None
        hass.states.async_set(SPOT, "2.0", {**state.attributes, "next": 3.0})
        await hass.async_block_till_done()
        assert coordinator.pump.prices is before

        tell(hass, 3.0)
        await hass.async_block_till_done()
        assert coordinator.pump.prices.values.tolist() == [3.0]


async def test_what_is_purged_is_taken_from_the_statistics(
    hass: HomeAssistant, freezer: FrozenDateTimeFactory
) -> None:
    hours = [NOW.replace(minute=0, second=0) - n * HOUR for n in range(40, 4, -1)]
    async_import_statistics(
        hass,
        {
            "has_sum": False,
            "mean_type": StatisticMeanType.ARITHMETIC,
            "name": None,
            "source": "recorder",
            "statistic_id": SPOT,
            "unit_class": None,
            "unit_of_measurement": "SEK/MWh",
        },
        [{"start": hour, "mean": 1000.0 + 100 * hour.hour} for hour in hours],
    )
    await async_wait_recording_done(hass)
    told = hours[-1] + HOUR
    freezer.move_to(told)
    tell(hass, 5.0)
    await async_wait_recording_done(hass)
    freezer.move_to(NOW)

    async with running(hass, three_days(), price_entity=SPOT) as coordinator:
        prices = [(hour, 1.0 + hour.hour / 10) for hour in hours if hour >= MIDNIGHT]
        assert coordinator.data.today["cost"] == pytest.approx(
            expected(coordinator, [*prices, (told, 5.0)]), rel=1e-6
        )
        # Yesterday's price is known from the evening before last on only.
        assert coordinator.data.yesterday["cost"] is not None
        assert coordinator.data.this_month["cost"] is None


async def test_a_price_that_is_away_is_not_known(
    hass: HomeAssistant, freezer: FrozenDateTimeFactory
) -> None:
    freezer.move_to(NOW - 20 * HOUR)
    tell(hass, 1.0)
    await async_wait_recording_done(hass)
    freezer.move_to(NOW - 5 * HOUR)
    hass.states.async_set(SPOT, STATE_UNAVAILABLE)
    await async_wait_recording_done(hass)
    freezer.move_to(NOW)
    async with running(hass, three_days(), price_entity=SPOT) as coordinator:
        assert coordinator.data.today["cost"] is None
        assert coordinator.data.today["electricity_kwh"] > 10
        assert issue(hass) is None


async def test_an_entity_that_is_gone_says_nothing_of_now(
    hass: HomeAssistant, freezer: FrozenDateTimeFactory
) -> None:
    """The recorder still has its last price, which is in force no more."""
    freezer.move_to(NOW - 20 * HOUR)
    tell(hass, 1.5)
    await async_wait_recording_done(hass)
    freezer.move_to(NOW)
    hass.states.async_remove(SPOT)
    async with running(hass, three_days(), price_entity=SPOT) as coordinator:
        assert coordinator.pump.prices is not None
        later = np.array([NOW.timestamp() + 60])
        assert np.isnan(coordinator.pump.prices.means(later, 300)).all()


async def test_a_unit_that_says_nothing_is_told_and_comes_right(
    hass: HomeAssistant,
) -> None:
    tell(hass, 1.0, "EUR/kWh")
    async with running(hass, three_days(), price_entity=SPOT) as coordinator:
        assert coordinator.data.today["cost"] is None
        found = issue(hass)
        assert found is not None
        assert found.translation_key == "price_unit"
        assert found.translation_placeholders is not None
        assert found.translation_placeholders["unit"] == "EUR/kWh"

        tell(hass, 1.0)
        await hass.async_block_till_done()
        assert issue(hass) is None

        hass.states.async_remove(SPOT)
        await hass.async_block_till_done()
        found = issue(hass)
        assert found is not None
        assert found.translation_key == "price_missing"
    assert issue(hass) is None
