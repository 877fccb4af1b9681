"""A house with a heat pump whose insights are found as time passes."""

from collections.abc import Generator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any
from unittest.mock import patch

from freezegun.api import FrozenDateTimeFactory
from homeassistant.core import HomeAssistant
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.heatpump_dashboard.coordinator import HeatPumpCoordinator

from .memory_source import MemorySource, thermia
from .pump_entry import (
    COMPONENT,
    NOW,
    add_entry,
    coordinator_of,
    pass_time,
    pump,
    served_by,
    set_up,
)

DAY = timedelta(days=1)
# From a poll to behind the next.
POLL = timedelta(seconds=31)


class House:
    """A house whose collector writes as time passes.

    With water at rest, supply and return of this heat pump differ by 1 K: its sensors
    need a look, and after three days something has to be done.
    """

    def __init__(
        self,
        hass: HomeAssistant,
        freezer: FrozenDateTimeFactory,
        source: MemorySource,
        entry: MockConfigEntry,
    ) -> None:
        self._hass = hass
        self._freezer = freezer
        self.source = source
        self.entry = entry
        self._now = NOW

    async def start(self) -> HeatPumpCoordinator:
        """Load it, with somebody listening, and let the past be read."""
        await set_up(self._hass, self.entry)
        return self.listen()

    def listen(self) -> HeatPumpCoordinator:
        coordinator = coordinator_of(self.entry)
        self.entry.async_on_unload(coordinator.async_add_listener(lambda: None))
        return coordinator

    async def passes(self, time: timedelta, **values: float) -> None:
        """Let time pass, in which readings come, some at other values."""
        then = self._now + time
        self.source.write(thermia(self._now, then, step_s=300).assign(**values))
        await self.silence(time)

    async def silence(self, time: timedelta) -> None:
        """Let time pass without a reading, and what is found be told by the next poll."""
        self._now += time
        await pass_time(self._hass, self._freezer, time.total_seconds())
        self._now += POLL
        await pass_time(self._hass, self._freezer)

    def check(self, name: str) -> tuple[str, str]:
        """Return state and code of a check, as everybody is told."""
        verdict = coordinator_of(self.entry).data.insights["verdict"]
        return next(
            (one["state"], one["code"])
            for one in verdict["checks"]
            if one["id"] == name
        )


@contextmanager
def house_of(
    hass: HomeAssistant,
    freezer: FrozenDateTimeFactory,
    *,
    entities: bool = False,
    days: int = 5,
    settings: dict[str, Any] | None = None,
    **values: float,
) -> Generator[House]:
    """Let there be a house of which some days are known, some series at other values."""
    freezer.move_to(NOW)
    source = MemorySource(thermia(NOW - days * DAY, NOW, step_s=300).assign(**values))
    with (
        patch(f"{COMPONENT}.history.insights.FIRST_LOOK_S", 0.0),
        served_by(source, entities=entities),
    ):
        yield House(hass, freezer, source, add_entry(hass, pump(**(settings or {}))))
