"""Prices of the past, as the recorder has them, or fails to."""

from datetime import datetime, timedelta
from threading import Event, get_ident
from unittest.mock import patch

from freezegun.api import FrozenDateTimeFactory
from homeassistant.components.recorder.models import StatisticMeanType
from homeassistant.components.recorder.statistics import async_import_statistics
from homeassistant.const import STATE_UNAVAILABLE
from homeassistant.core import HomeAssistant
from homeassistant.helpers.recorder import get_instance
import numpy as np
import pytest
from pytest_homeassistant_custom_component.components.recorder.common import (
    async_wait_recording_done,
)
from sqlalchemy.exc import SQLAlchemyError

from custom_components.heatpump_dashboard.analysis.prices import Prices
from tests.support.pump_entry import (
    COMPONENT,
    NOW,
    add_entry,
    coordinator_of,
    pump,
    served_by,
)

from .common import HOUR, MIDNIGHT, SPOT, expected, running, tell, three_days

pytestmark = pytest.mark.usefixtures("recorder")


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
    with patch(
        f"{COMPONENT}.price.entity._read", lambda *_: go.wait(30) and Prices.of([])
    ):
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


async def test_prices_are_kept_for_the_years_that_they_are_for(
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
        assert len(prices.times) == 200


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


async def test_what_was_told_is_put_together_outside_the_event_loop(
    hass: HomeAssistant, freezer: FrozenDateTimeFactory
) -> None:
    """Five years of quarter-hours held it for a sixth of a second."""
    for hour in range(5):
        freezer.move_to(NOW + (hour - 20) * HOUR)
        tell(hass, float(hour))
    await async_wait_recording_done(hass)
    freezer.move_to(NOW)
    made = dict[int, int]()

    def noted(steps: list[tuple[float, float | None]]) -> Prices:
        made[len(steps)] = get_ident()
        return Prices.of(steps)

    with patch(f"{COMPONENT}.price.entity._prices", noted):
        async with running(hass, three_days(), price_entity=SPOT) as coordinator:
            assert coordinator.pump.prices is not None
            assert coordinator.pump.prices.values.tolist() == [0, 1, 2, 3, 4]
    assert made[1] == get_ident() != made[5]


def add_statistics(hass: HomeAssistant, hours: list[datetime]) -> None:
    """Add a price to the statistics of hours: 1 SEK/kWh, and 0.1 for each hour of day."""
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


@pytest.mark.parametrize("has_statistics", [True, False])
async def test_prices_reach_as_far_back_as_they_were_recorded(
    hass: HomeAssistant, freezer: FrozenDateTimeFactory, has_statistics: bool
) -> None:
    noon = NOW.replace(hour=12, minute=0, second=0)
    winter, spring = noon - timedelta(days=700), noon - timedelta(days=90)
    if has_statistics:
        add_statistics(hass, [winter])
    for moment, price in ((spring, 3.0), (NOW - HOUR, 2.0)):
        freezer.move_to(moment)
        tell(hass, price)
        await async_wait_recording_done(hass)
    # As a start of the recorder finds it.
    oldest = spring.timestamp() - 1
    get_instance(hass).states_manager._oldest_ts = oldest
    freezer.move_to(NOW)
    async with running(hass, three_days(), price_entity=SPOT) as coordinator:
        prices = coordinator.pump.prices
        assert prices is not None
        hours = [winter - HOUR, winter, winter + HOUR, spring - HOUR, spring + HOUR]
        starts = np.array([hour.timestamp() for hour in hours])
        of_winter = 2.2 if has_statistics else np.nan
        assert prices.means(starts, 3600.0) == pytest.approx(
            [np.nan, of_winter, np.nan, np.nan, 3.0], nan_ok=True
        )


async def test_what_is_purged_is_taken_from_the_statistics(
    hass: HomeAssistant, freezer: FrozenDateTimeFactory
) -> None:
    hours = [NOW.replace(minute=0, second=0) - n * HOUR for n in range(40, 4, -1)]
    add_statistics(hass, hours)
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
