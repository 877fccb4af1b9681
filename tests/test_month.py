"""Thirty days: what is shown of them is whole, from the first window to the last."""

from datetime import timedelta

from freezegun.api import FrozenDateTimeFactory
from homeassistant.core import HomeAssistant

from custom_components.heatpump_dashboard.view.ranges import Span, grid
from tests.support.memory_source import MemorySource, thermia
from tests.support.pump_entry import NOW, add_entry, served_by, set_up


async def test_first_window_is_whole_although_the_last_reading_is_of_the_hour_before(
    hass: HomeAssistant, freezer: FrozenDateTimeFactory
) -> None:
    """What the reading before the first window says holds on into it."""
    hour = NOW.replace(minute=0, second=0)
    now = hour + timedelta(seconds=10)
    freezer.move_to(now)
    stored = thermia(hour - timedelta(days=31), hour)
    stored.index -= timedelta(seconds=13)
    with served_by(MemorySource(stored)):
        entry = add_entry(hass)
        coordinator = await set_up(hass, entry)
        known = coordinator.pump.records
        assert known.last is not None and known.last < hour
        start = grid(Span("30d"), known.last.timestamp(), now.timestamp()).start
        times = known.ledger.index.as_unit("s").astype("int64")
        first = known.ledger.iloc[int(times.searchsorted(start))]
        modes = ("heating_s", "hot_water_s", "auxiliary_s", "idle_s")
        assert sum(first[mode] for mode in modes) == 300
        await hass.config_entries.async_unload(entry.entry_id)
