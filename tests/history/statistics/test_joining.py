"""The past and the present as one series, whatever is changed."""

from homeassistant.core import HomeAssistant
import pytest
from pytest_homeassistant_custom_component.components.recorder.common import (
    async_wait_recording_done,
)

from custom_components.heatpump_dashboard.const import CONF_STATISTICS
from custom_components.heatpump_dashboard.history.statistics.joints import async_joints
from tests.support.pump_entry import PUMP, settle

from .home import (
    COST,
    ELECTRICITY,
    ELECTRICITY_OF_AN_HOUR,
    HEAT,
    HEAT_OF_AN_HOUR,
    OUTDOOR,
    OWN,
    PAST_HOURS,
    Home,
    is_whole,
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
