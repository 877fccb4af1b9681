"""The figures of periods that reach back beyond what is in memory, for entities."""

from collections.abc import Mapping
from datetime import datetime, tzinfo
from typing import TYPE_CHECKING, Any, Final

from homeassistant.core import CoreState, HomeAssistant, callback
from homeassistant.util import dt as dt_util

from ..analysis.periods import LONG_PERIODS, named_periods
from ..worker import async_compute

if TYPE_CHECKING:
    from ..pump.heat_pump import HeatPump
    from .years import Years

# While the past is still being read, figures become known, but not with every day.
GROWS_S: Final = 300.0
# They change with every hour that is over.
_HOUR_S: Final = 3600.0


class LongPeriods:
    """Keeps the totals of last month, of twelve months and of this year."""

    def __init__(self, hass: HomeAssistant, pump: HeatPump, years: Years) -> None:
        """Begin without totals."""
        self._hass = hass
        self._pump = pump
        self._years = years
        self._running = False
        self._found_at = 0.0
        self._found_of: object = None
        # By name of the period; none of one of which not all is known.
        self.totals: Mapping[str, Mapping[str, Any]] = {}

    @callback
    def async_is_due(self) -> bool:
        """Return whether the totals may have become others."""
        # A start has other things to do.
        started = self._hass.state is CoreState.running
        if self._running or not started or not self._pump.history.whole:
            return False
        ago = self._hass.loop.time() - self._found_at
        if self._found_of is None or ago >= _HOUR_S:
            return True
        return self._found_of != self._known() and ago >= GROWS_S

    async def async_go_on(self) -> None:
        """Find the totals."""
        self._running = True
        try:
            await self._years.async_open()
            # Also if it fails: another time it is tried as if it had not.
            self._found_of, self._found_at = self._known(), self._hass.loop.time()
            now, zone = dt_util.utcnow(), dt_util.get_default_time_zone()
            self.totals = await async_compute(self._hass, self._find, now, zone)
        finally:
            self._running = False

    def _known(self) -> object:
        """Return what the totals follow from: the past as it is known, and the day."""
        return self._years.version, dt_util.now().date()

    def _find(self, now: datetime, zone: tzinfo) -> dict[str, Mapping[str, Any]]:
        """Return the totals by name of the period. For an executor."""
        from .calendar import totals_of_spans

        periods = named_periods(now, zone)
        spans = [periods[name] for name in LONG_PERIODS]
        years = self._years
        found = totals_of_spans(
            self._pump, years.store, years.left_out, spans, now, zone
        )
        return {
            name: totals
            for name, totals in zip(LONG_PERIODS, found, strict=True)
            if totals is not None
        }
