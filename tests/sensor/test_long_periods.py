"""The sensors of last month, of twelve months and of this year."""

from collections.abc import AsyncGenerator
from datetime import UTC, datetime

from freezegun.api import FrozenDateTimeFactory
from homeassistant.core import HomeAssistant
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry

from tests.support.memory_source import MemorySource, thermia
from tests.support.pump_entry import add_entry, pass_time, pump, served_by, set_up

# Three days into February; readings begin on the 29th of January.
NOW = datetime(2026, 2, 3, 14, 30, 10, tzinfo=UTC)
FIRST = datetime(2026, 1, 29, tzinfo=UTC)
HEAT_OF_A_DAY = 162.0


@pytest.fixture
async def entry(
    hass: HomeAssistant,
    freezer: FrozenDateTimeFactory,
    all_entities_enabled: None,
) -> AsyncGenerator[MockConfigEntry]:
    freezer.move_to(NOW)
    await hass.config.async_set_time_zone("UTC")
    source = MemorySource(thermia(FIRST, NOW, step_s=60))
    entry = add_entry(hass, {**pump(price=2.0), "title": "Cellar"})
    with served_by(source, entities=True):
        await set_up(hass, entry)
        yield entry


def value(hass: HomeAssistant, name: str) -> str:
    state = hass.states.get(f"sensor.cellar_{name}")
    assert state is not None, name
    return state.state


async def test_they_are_known_a_poll_after_all_of_their_past_is(
    hass: HomeAssistant, entry: MockConfigEntry, freezer: FrozenDateTimeFactory
) -> None:
    await pass_time(hass, freezer)
    await pass_time(hass, freezer)
    assert float(value(hass, "heat_last_month")) == pytest.approx(
        3 * HEAT_OF_A_DAY, rel=2e-3
    )
    this_year = (5 + 14.5 / 24) * HEAT_OF_A_DAY
    assert float(value(hass, "heat_this_year")) == pytest.approx(this_year, rel=5e-3)
    electricity = float(value(hass, "electricity_last_month"))
    assert float(value(hass, "electricity_cost_last_month")) == pytest.approx(
        2 * electricity, rel=1e-2
    )
    cop = 3 * HEAT_OF_A_DAY / electricity
    for name in ("cop_last_month", "cop_last_12_months"):
        assert float(value(hass, name)) == pytest.approx(cop, rel=1e-2)
    state = hass.states.get("sensor.cellar_cop_last_12_months")
    assert state is not None
    # Five days of a year.
    assert state.attributes["coverage"] < 2
    assert state.attributes["cop_name"] == "period"


async def test_until_then_they_are_unknown_and_say_why(
    hass: HomeAssistant, entry: MockConfigEntry
) -> None:
    state = hass.states.get("sensor.cellar_cop_last_month")
    assert state is not None
    assert state.state == "unknown"
    assert state.attributes["reason"] == "not_read"
