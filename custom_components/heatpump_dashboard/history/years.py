"""The hours of all years of a heat pump, on disk, and the events of its past."""

from collections.abc import Collection
from datetime import UTC, date, datetime, timedelta
from functools import partial
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Any, Final

from homeassistant.const import EVENT_HOMEASSISTANT_FINAL_WRITE
from homeassistant.core import CoreState, Event, callback
from homeassistant.util import dt as dt_util

from ..analysis.periods import Period
from ..analysis.times import milliseconds
from ..pump.past import History
from ..worker import async_compute
from .pump_source import PumpSource
from .walk import Walk

if TYPE_CHECKING:
    from homeassistant.config_entries import ConfigEntry

    from .store import HourStore

_DAY: Final = timedelta(days=1)
_MOMENT: Final = timedelta(microseconds=1)
# The first look, s after the heat pump was loaded: who has just set it up looks first.
FIRST_LOOK_S: Final = 10.0
# Days become final one at a time.
_LOOK_INTERVAL_S: Final = 3600.0


class Years:
    """Keeps the hours of one heat pump from its first reading on.

    `folder`: where they are kept. `made_with`: the fingerprint of what hours are computed
    with now; days with another one are read again, and stay as they are until then.
    """

    def __init__(self, source: PumpSource, folder: Path, made_with: str) -> None:
        """Begin with nothing read."""
        self._hass = source.hass
        self._pump = source.pump
        self._name = source.name
        self._folder = folder
        self._walk = Walk(source, made_with)
        # None until it is open.
        self.store: HourStore | None = None
        self._opening = Lock()
        self._version = milliseconds(dt_util.utcnow())
        self._reading = False
        self._next_look = source.hass.loop.time() + FIRST_LOOK_S

    @property
    def revision(self) -> int:
        """Return a number that grows with every change of the hours on disk."""
        return 0 if self.store is None else self.store.revision

    @property
    def version(self) -> int:
        """Return a number that is another one whenever a figure of the past may be.

        It grows with every change of the hours on disk, with prices of the past, and with
        every loading: of other settings, another mapping or another version of all this.
        """
        return self._version + self.revision

    @callback
    def async_price_again(self) -> None:
        """Have what the past cost asked anew: prices of it have become known."""
        self._version += 1

    @property
    def left_out(self) -> set[date]:
        """Return the days that cannot be read, or that the source has forgotten."""
        return self._walk.left_out

    @property
    def history(self) -> History:
        """Return how far back the past has been read, of all years."""
        from .hours import history_of

        days = {} if self.store is None else self.store.days
        return history_of(self._pump, days, self.left_out, self._walk.empty)

    @property
    def first_known(self) -> datetime | None:
        """Return the first reading, also one that the source has forgotten since."""
        from .hours import first_known

        return first_known(self._pump, () if self.store is None else self.store.days)

    @property
    def outdated(self) -> list[date]:
        """Return the days whose hours are those of other settings, in order.

        They are shown as they are until they have been read again; for good where the
        source has forgotten them.
        """
        from .hours import memory_begins

        if self.store is None:
            return []
        begins = memory_begins(self._pump, dt_util.utcnow()).date()
        return sorted(
            day
            for day, made_with in self.store.days.items()
            if made_with not in self._walk.current and day < begins
        )

    @property
    def mixed(self) -> bool:
        """Return whether days of other settings are among those of now, for a while.

        Or days are missing for a while, as the disk holds them back. Not those that
        stay: which the source has forgotten, or that cannot be read.
        """
        if self.store is not None and not self.store.readable:
            return True
        first = self._pump.first_reading
        if first is None or self._walk.retries.broken:
            return False
        staying = self.left_out
        return any(day >= first.date() and day not in staying for day in self.outdated)

    @property
    def whole(self) -> bool:
        """Return whether all days are on disk, each as it would be computed now."""
        if self.store is None or self._reading or self._pump.first_reading is None:
            return False
        return self.store.readable and self._walk.next_day(self.store) is None

    @callback
    def async_is_due(self) -> bool:
        """Return whether to go on after a poll that succeeded.

        Not before Home Assistant has started, nor before the last month is known.
        """
        started = self._hass.state is CoreState.running
        if self._reading or not started or not self._pump.history.whole:
            return False
        now = self._hass.loop.time()
        return now >= self._next_look and self._walk.retries.is_due(now)

    async def async_go_on(self) -> None:
        """Read on, until all is read or something cannot be."""
        self._reading = True
        # Not behind it: days that are asked for meanwhile do not wait.
        self._next_look = self._hass.loop.time() + _LOOK_INTERVAL_S
        try:
            await self._walk.async_go_on(await self.async_open())
        except Exception as err:  # noqa: BLE001 - one bad day is no end of the past
            self._walk.retries.failed(err, self._hass.loop.time())
            self._next_look = 0.0
        finally:
            self._reading = False

    async def async_write(self) -> None:
        """Write what is not on disk yet."""
        if self.store is not None:
            await self._hass.async_add_executor_job(self.store.write)

    @callback
    def async_write_at_end(self, entry: ConfigEntry) -> None:
        """Write what is left when the entry is unloaded, or Home Assistant stops."""

        async def write(_event: Event) -> None:
            await self.async_write()

        entry.async_on_unload(self.async_write)
        entry.async_on_unload(
            self._hass.bus.async_listen(EVENT_HOMEASSISTANT_FINAL_WRITE, write)
        )

    async def async_open(self) -> HourStore:
        """Return where the hours are kept, of which it is known what there is."""
        if self.store is None:
            await self._hass.async_add_executor_job(self.open)
        assert self.store is not None
        return self.store

    def open(self) -> HourStore:
        """Return the same. For an executor, where several may ask for it at once."""
        from .store import HourStore

        with self._opening:
            if self.store is None:
                store = HourStore(self._folder, self._name)
                store.open()
                self.store = store
            return self.store

    async def async_events(
        self,
        span: Period,
        *,
        kinds: Collection[str],
        limit: int,
        told: tuple[int, int] = (-1, 0),
    ) -> tuple[list[dict[str, Any]], bool]:
        """Return the newest events of a span, and whether there are more.

        `told`: a moment (ms), and how many of its events are known already.
        """
        store = await self.async_open()
        if (first := self.first_known) is None:
            return [], False
        now = dt_util.utcnow()
        span = Period(max(span.start, first), min(span.end, now + _DAY))
        return await async_compute(
            self._hass,
            partial(
                _newest_events,
                self._pump,
                store,
                span,
                kinds=kinds,
                limit=limit,
                told=told,
                language=self._hass.config.language,
            ),
        )

    async def async_read_again(self, span: Period) -> None:
        """Have the days of a span read again, as their points may have come late."""
        store = await self.async_open()
        first, last = (
            edge.astimezone(UTC).date() for edge in (span.start, span.end - _MOMENT)
        )
        days = {first + number * _DAY for number in range((last - first).days + 1)}
        await self._walk.async_read_again(store, days)
        self._next_look = 0.0


def _newest_events(*args: Any, **kwargs: Any) -> tuple[list[dict[str, Any]], bool]:
    """Return what `newest_events` does: its module is slow to import."""
    from .events import newest_events

    return newest_events(*args, **kwargs)
