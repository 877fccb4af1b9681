"""What is counted from midnight on, in Home Assistant's own statistics."""

from collections.abc import AsyncGenerator
from datetime import datetime, timedelta

from freezegun.api import FrozenDateTimeFactory
from homeassistant.components.recorder.statistics import get_last_short_term_statistics
from homeassistant.core import HomeAssistant
from homeassistant.helpers.recorder import get_instance
from homeassistant.util import dt as dt_util
import pandas as pd
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry

from tests.support.memory_source import MemorySource, thermia
from tests.support.pump_entry import NOW, pass_time, set_up

from .common import compile_statistics, sensors_of

# Before there is a Home Assistant.
pytestmark = pytest.mark.usefixtures("recorder_mock")

MINUTE = timedelta(minutes=1)
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)
COUNTS = [
    f"sensor.cellar_pump_{name}_today"
    for name in ("compressor_starts", "hot_water_charges", "compressor_runtime")
]
RUNTIME = COUNTS[2]
# The compressor rests until ten minutes before midnight.
LAST = timedelta(minutes=-10)
NEXT = timedelta(minutes=4)


def resting(start: datetime, stop: datetime) -> pd.DataFrame:
    rows = thermia(start, stop)
    rows[["compressor_status", "switch_valve_status"]] = 0.0
    return rows


def charging(start: datetime, stop: datetime) -> pd.DataFrame:
    rows = thermia(start, stop)
    rows[["compressor_status", "switch_valve_status"]] = 1.0
    return rows


@pytest.fixture
def midnight(hass: HomeAssistant) -> datetime:
    """Return the next local midnight after `NOW`."""
    return dt_util.start_of_local_day(NOW + DAY).astimezone(NOW.tzinfo)


@pytest.fixture
def source(midnight: datetime) -> MemorySource:
    return MemorySource(resting(midnight - 2 * DAY, midnight + LAST))


@pytest.fixture
async def entry(
    hass: HomeAssistant,
    source: MemorySource,
    midnight: datetime,
    freezer: FrozenDateTimeFactory,
) -> AsyncGenerator[MockConfigEntry]:
    """Return an entry with its sensors, five minutes before midnight."""
    freezer.move_to(midnight - 5 * MINUTE)
    async with sensors_of(hass, source) as entry:
        yield entry


async def compiled(hass: HomeAssistant) -> dict[str, float]:
    """Return the sums of the counts, with these five minutes in them."""
    await compile_statistics(hass)

    def read() -> dict[str, float]:
        return {
            name: get_last_short_term_statistics(hass, 1, name, True, {"sum"})[name][0][
                "sum"
            ]
            or 0.0
            for name in COUNTS
        }

    return await get_instance(hass).async_add_executor_job(read)


async def test_late_points_across_midnight_are_no_reset(
    hass: HomeAssistant,
    entry: MockConfigEntry,
    source: MemorySource,
    midnight: datetime,
    freezer: FrozenDateTimeFactory,
    caplog: pytest.LogCaptureFixture,
) -> None:
    """A run that seemed to begin after midnight, when it is known, began before."""
    source.write(charging(midnight + NEXT, midnight + 6 * MINUTE))
    freezer.move_to(midnight + 6 * MINUTE)
    await pass_time(hass, freezer)
    sums = await compiled(hass)
    assert sums[COUNTS[0]] == sums[COUNTS[1]] == 1

    caplog.clear()
    source.write(charging(midnight + LAST, midnight + 6 * MINUTE))
    # By slices the whole last day is read again.
    for _ in range(45):
        now = dt_util.utcnow()
        source.write(charging(now, now + MINUTE))
        await pass_time(hass, freezer)
    for name in COUNTS[:2]:
        assert hass.states.get(name).state == "0"  # type: ignore[union-attr]
    sums = await compiled(hass)
    assert sums[COUNTS[0]] == sums[COUNTS[1]] == 0
    assert "not strictly increasing" not in caplog.text
    for name in COUNTS:
        assert f"Detected new cycle for {name}," not in caplog.text


async def test_a_new_day_begins_a_new_cycle(
    hass: HomeAssistant,
    entry: MockConfigEntry,
    source: MemorySource,
    midnight: datetime,
    freezer: FrozenDateTimeFactory,
) -> None:
    for name in COUNTS:
        state = hass.states.get(name)
        assert state is not None
        assert state.attributes["state_class"] == "total"
        assert state.attributes["last_reset"] == (midnight - DAY).isoformat()
    source.write(resting(midnight + LAST, midnight + 6 * MINUTE))
    freezer.move_to(midnight + 6 * MINUTE)
    await pass_time(hass, freezer)
    for name in COUNTS:
        state = hass.states.get(name)
        assert state is not None
        assert state.attributes["last_reset"] == midnight.isoformat()


async def test_a_day_that_is_forgotten_takes_nothing_back(
    hass: HomeAssistant,
    entry: MockConfigEntry,
    source: MemorySource,
    midnight: datetime,
    freezer: FrozenDateTimeFactory,
) -> None:
    """A database made anew in the afternoon: from there on is another cycle."""
    later = midnight + 14 * HOUR
    source.write(charging(midnight + LAST, later))
    freezer.move_to(later)
    await pass_time(hass, freezer)
    sums = await compiled(hass)
    assert sums[RUNTIME] == pytest.approx(14, abs=0.1)

    assert await hass.config_entries.async_unload(entry.entry_id)
    source.stored = charging(later, later + HOUR)
    freezer.move_to(later + HOUR)
    await set_up(hass, entry)
    source.write(charging(later + HOUR, later + HOUR + MINUTE))
    await pass_time(hass, freezer)
    after = await compiled(hass)
    state = hass.states.get(RUNTIME)
    assert state is not None
    assert state.attributes["last_reset"] == later.isoformat()
    assert float(state.state) == pytest.approx(1, abs=0.1)
    assert after[RUNTIME] == pytest.approx(15, abs=0.2)
