"""What electricity costs: a fixed price, or that of an entity with its history."""

from datetime import timedelta

from freezegun.api import FrozenDateTimeFactory
from homeassistant.components.recorder.db_schema import RecorderRuns
from homeassistant.components.recorder.util import session_scope
from homeassistant.const import STATE_UNAVAILABLE
from homeassistant.core import HomeAssistant
from homeassistant.helpers import issue_registry as ir
import numpy as np
import pytest
from pytest_homeassistant_custom_component.components.recorder.common import (
    async_wait_recording_done,
)

from custom_components.heatpump_dashboard.const import DOMAIN
from tests.support.issues import is_ignored
from tests.support.memory_source import thermia
from tests.support.pump_entry import NOW, pass_time, settle

from .common import (
    COST,
    HOUR,
    MIDNIGHT,
    SPOT,
    expected,
    issue,
    running,
    tell,
    three_days,
)

ISSUE = "price_pump_1"

pytestmark = pytest.mark.usefixtures("recorder")


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


async def test_another_currency_of_the_home_begins_with_a_new_cost(
    hass: HomeAssistant,
) -> None:
    """A price that an entity tells in the old one is none any more."""
    hass.config.currency = "SEK"
    async with running(hass, three_days(), price=1.5) as coordinator:
        # What is saved without another currency loads nothing again.
        await hass.config.async_update(currency="SEK", latitude=1.0)
        await settle(hass)
        entry = coordinator.config_entry
        assert entry.runtime_data.coordinators["pump_1"] is coordinator
        await hass.config.async_update(currency="EUR")
        await settle(hass)
        state = hass.states.get(COST)
        assert state is not None
        assert state.attributes["unit_of_measurement"] == "EUR"
        assert float(state.state) > 0


async def test_a_price_of_the_former_currency_is_said(hass: HomeAssistant) -> None:
    tell(hass, 1.0)
    async with running(hass, three_days(), price_entity=SPOT):
        assert issue(hass) is None
        await hass.config.async_update(currency="EUR")
        await settle(hass)
        found = issue(hass)
        assert found is not None
        assert found.translation_key == "price_unit"


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
        # What years had cost was told without the prices that came later.
        years = coordinator.years
        assert years.version - years.revision > NOW.timestamp() * 1000
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


async def test_who_ignores_a_unit_that_says_nothing_is_not_told_again(
    hass: HomeAssistant,
) -> None:
    """The entity may say nothing for a while, and the entry may be loaded again."""
    registry = ir.async_get(hass)
    tell(hass, 1.0, "EUR/kWh")
    async with running(hass, three_days(), price_entity=SPOT) as coordinator:
        ir.async_ignore_issue(hass, DOMAIN, ISSUE, True)
        tell(hass, "unavailable", "EUR/kWh")
        await settle(hass)
        assert is_ignored(registry, ISSUE)
        entry = coordinator.config_entry
        await hass.config_entries.async_reload(entry.entry_id)
        await settle(hass)
        assert is_ignored(registry, ISSUE)
        tell(hass, 1.0, "EUR/kWh")
        await settle(hass)
        found = issue(hass)
        assert found is not None
        assert found.active
        assert is_ignored(registry, ISSUE)
        # What has come right is said again when it happens anew.
        tell(hass, 1.0)
        await settle(hass)
        assert issue(hass) is None
        tell(hass, 1.0, "EUR/kWh")
        await settle(hass)
        assert issue(hass) is not None
        ir.async_ignore_issue(hass, DOMAIN, ISSUE, True)
        await hass.config_entries.async_remove(entry.entry_id)
        await settle(hass)
        assert issue(hass) is None


async def test_an_unloaded_pump_follows_no_price(hass: HomeAssistant) -> None:
    tell(hass, 1.0)
    async with running(hass, three_days(), price_entity=SPOT) as coordinator:
        await hass.config_entries.async_unload(coordinator.config_entry.entry_id)
        prices = coordinator.pump.prices
        tell(hass, 2.0, "EUR/kWh")
        await settle(hass)
        assert coordinator.pump.prices is prices
        assert issue(hass) is None


async def test_without_a_price_entity_nothing_stays_ignored_of_it(
    hass: HomeAssistant,
) -> None:
    """Whoever chooses another one some day is told of that."""
    tell(hass, 1.0, "EUR/kWh")
    async with running(hass, three_days(), price_entity=SPOT) as coordinator:
        ir.async_ignore_issue(hass, DOMAIN, ISSUE, True)
        settings = dict(coordinator.subentry.data)
        del settings["price_entity"]
        hass.config_entries.async_update_subentry(
            coordinator.config_entry, coordinator.subentry, data=settings
        )
        await settle(hass)
        assert issue(hass) is None
