"""The figures of today, this month and so on, computed once for all who ask."""

import asyncio
from collections.abc import Callable
from datetime import datetime, tzinfo
from typing import Any
from weakref import ref

from homeassistant.core import HomeAssistant
from homeassistant.util import dt as dt_util

from ..coordinator import HeatPumpCoordinator
from ..worker import async_compute

type Periods = dict[str, dict[str, Any]]


class SharedPeriods:
    """Keeps the periods of one heat pump until what they are made of changes."""

    def __init__(self, hass: HomeAssistant) -> None:
        """Begin with nothing computed."""
        self._hass = hass
        self._periods: Periods = {}
        self._made_of: object = None
        self._computing = asyncio.Lock()

    async def async_get(
        self, coordinator: HeatPumpCoordinator, stamp: Callable[[], object]
    ) -> Periods:
        """Return the periods. `stamp`: gives what they depend on now."""
        async with self._computing:
            zone = dt_util.get_default_time_zone()
            # One that has been unloaded is not kept in memory for this.
            made_of = (ref(coordinator), zone, stamp())
            if made_of != self._made_of:
                self._periods = await async_compute(
                    self._hass, _periods, coordinator, dt_util.utcnow(), zone
                )
                self._made_of = made_of
            return self._periods


def _periods(coordinator: HeatPumpCoordinator, now: datetime, zone: tzinfo) -> Periods:
    """Return the periods, their figures without decimals that mean nothing. Slow."""
    from ..view.snapshot import sent

    periods = coordinator.pump.figures().periods(now, zone)
    return {
        name: period | {"totals": period["totals"] and sent(period["totals"])}
        for name, period in periods.items()
    }
