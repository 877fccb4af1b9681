"""Sends what is shown of a heat pump: computed once for all who look at the same."""

import asyncio
from collections.abc import Iterator, Sequence
from functools import partial
from typing import Any, Final

from homeassistant.components.websocket_api import ActiveConnection
from homeassistant.config_entries import (
    SIGNAL_CONFIG_ENTRY_CHANGED,
    ConfigEntry,
    ConfigEntryChange,
    ConfigEntryState,
)
from homeassistant.core import CALLBACK_TYPE, HomeAssistant, callback
from homeassistant.exceptions import HomeAssistantError
from homeassistant.helpers.dispatcher import async_dispatcher_connect
from homeassistant.util import dt as dt_util
from homeassistant.util.hass_dict import HassKey

from ..const import DOMAIN, SUBENTRY_HEAT_PUMP
from ..coordinator import HeatPumpCoordinator
from ..view.ranges import Span
from ..worker import async_compute
from .info import status
from .shared_periods import Periods, SharedPeriods
from .shared_span import SharedSpan, Viewer, without
from .snapshots import make_all

# The event loop gets a turn after so many messages.
_MESSAGES_PER_TURN: Final = 100

# What is set up again says for a moment nothing of why it was not: that is no news.
_FAILED: Final = frozenset({ConfigEntryState.SETUP_RETRY, ConfigEntryState.SETUP_ERROR})

# Every free span is computed at every poll: what one reader asks for must not slow
# the others. The ranges are few.
MOST_OF_A_CONNECTION: Final = 20
MOST_OF_A_PUMP: Final = 60


class Subscriptions:
    """All spans of one heat pump that are looked at.

    It outlives the coordinator: while the entry is reloaded, viewers are told that
    it is away, and get a new snapshot when it is back.
    """

    def __init__(self, hass: HomeAssistant) -> None:
        """Begin without a coordinator."""
        self._hass = hass
        self._coordinator: HeatPumpCoordinator | None = None
        self._spans: dict[Span, SharedSpan] = {}
        # Why the heat pump is away, as its viewers have been told.
        self._away: str | None = None
        self._publishing = asyncio.Lock()
        self._periods = SharedPeriods(hass)
        self._unlisten: CALLBACK_TYPE | None = None

    @callback
    def attach(self, coordinator: HeatPumpCoordinator) -> CALLBACK_TYPE:
        """Show what this coordinator has, until the returned function is called."""
        self._coordinator, self._away = coordinator, None
        for shared in self._spans.values():
            shared.published = shared.stamp = None
            shared.failed = False
        self._listen()
        self._changed()
        return self._detach

    @callback
    def free_viewers(self) -> Iterator[Viewer]:
        """Yield those who look at a free span, or wait for it to be computed."""
        for shared in self._spans.values():
            if shared.span.range is None:
                yield from shared.viewers
                yield from shared.waiting

    async def async_subscribe(self, viewer: Viewer, span: Span) -> bool:
        """Send a snapshot and all that changes; return whether there is one to send."""
        shared = self._spans.setdefault(span, SharedSpan(span))
        # From now on the span is kept: whoever else looks at it shares it.
        shared.waiting.add(viewer)
        viewer.leave = partial(self._leave, shared, viewer)
        try:
            if not (viewer.gone or self._is_current(shared)):
                await self._async_prepare(shared)
            if viewer.gone:
                viewer.connection.send_result(viewer.message_id)
                return True
            if shared.failed:
                raise HomeAssistantError(
                    translation_domain=DOMAIN, translation_key="not_computed"
                )
            if self._coordinator is None or shared.published is None:
                return False
            # Nothing is awaited from here on, so no update is missed or sent twice.
            self._show(shared, viewer)
            return True
        finally:
            shared.waiting.discard(viewer)
            self._tidy(shared)

    async def async_periods(self, coordinator: HeatPumpCoordinator) -> Periods:
        """Return the figures of the calendar's periods, computed once for all who ask."""
        return await self._periods.async_get(coordinator, self._stamp)

    async def _async_prepare(self, shared: SharedSpan) -> None:
        """Compute a span; again if the entry was loaded again meanwhile."""
        async with self._publishing:
            coordinator = None
            # Whoever asked for it may have left meanwhile.
            while shared.waiting and coordinator is not self._coordinator:
                coordinator = self._coordinator
                await self._refresh([shared])

    @callback
    def _show(self, shared: SharedSpan, viewer: Viewer) -> None:
        """Send the snapshot; the first viewer of a heat pump makes it poll."""
        assert shared.published is not None
        shared.viewers.add(viewer)
        self._listen()
        viewer.connection.send_result(viewer.message_id)
        viewer.send(shared.published.json)
        # What changed while the snapshot was made was told to nobody: the first
        # viewer of a heat pump listens only now.
        if not self._is_current(shared):
            self._changed()

    @callback
    def _leave(self, shared: SharedSpan, viewer: Viewer) -> None:
        """Let a viewer go, whether it has its snapshot or not."""
        shared.viewers.discard(viewer)
        shared.waiting.discard(viewer)
        self._tidy(shared)
        self._listen()

    @callback
    def _tidy(self, shared: SharedSpan) -> None:
        """Forget a free span nobody looks at; the few ranges are kept for the next."""
        if shared.viewers or shared.waiting or shared.span.range is not None:
            return
        if self._spans.get(shared.span) is shared:
            del self._spans[shared.span]

    @callback
    def _listen(self) -> None:
        """Listen to the coordinator while anyone looks."""
        watched = any(shared.viewers for shared in self._spans.values())
        if watched and self._unlisten is None and self._coordinator is not None:
            self._unlisten = self._coordinator.async_add_listener(self._changed)
            self._coordinator.async_catch_up()
        elif not watched and self._unlisten is not None:
            self._unlisten()
            self._unlisten = None

    @callback
    def _detach(self) -> None:
        """Tell the viewers that the pump is away."""
        if self._unlisten is not None:
            self._unlisten()
            self._unlisten = None
        self._coordinator = None
        self.tell_away("not_loaded")

    @callback
    def tell_away(self, reason: str) -> None:
        """Tell the viewers why the heat pump is away, whenever that changes."""
        if self._coordinator is None and reason != self._away:
            self._away = reason
            self._tell(reason)

    @callback
    def end(self) -> None:
        """Tell the viewers that the pump exists no more, and let them go."""
        self._tell("not_found")
        for shared in self._spans.values():
            for viewer in shared.viewers | shared.waiting:
                viewer.leave = None
        self._spans.clear()

    @callback
    def _tell(self, source: str) -> None:
        """Tell all viewers what is the matter; what they are shown stays."""
        for shared in self._spans.values():
            if shared.published is not None and shared.viewers:
                _send(shared.viewers, without(source, shared.published))

    @callback
    def _changed(self) -> None:
        """Publish what has changed."""
        if self._coordinator is not None:
            self._coordinator.config_entry.async_create_background_task(
                self._hass, self._publish(), f"{DOMAIN} publish"
            )

    async def _publish(self) -> None:
        """Bring all spans up to date that are looked at."""
        async with self._publishing:
            await self._refresh(
                [shared for shared in self._spans.values() if shared.viewers]
            )

    def _is_current(self, shared: SharedSpan) -> bool:
        return shared.published is not None and shared.stamp == self._stamp()

    def _stamp(self) -> object:
        """Return what a snapshot depends on, None while the pump is away."""
        coordinator = self._coordinator
        if coordinator is None:
            return None
        records = coordinator.pump.records
        now = dt_util.utcnow().timestamp()
        fresh_s = records.fresh.total_seconds()
        old = records.last is None or now - records.last.timestamp() > fresh_s
        # The end of a span moves on while no reading comes.
        made_of = (records.revision, coordinator.data, coordinator.source_state)
        return (
            *made_of,
            coordinator.pump.history,
            coordinator.years.revision,
            coordinator.pump.prices,
            now // fresh_s if old else None,
        )

    async def _refresh(self, spans: Sequence[SharedSpan]) -> None:
        """Compute spans that are not current, and send what is new in them."""
        coordinator, stamp = self._coordinator, self._stamp()
        due = [shared for shared in spans if not self._is_current(shared)]
        if coordinator is None or not due:
            return
        made = await async_compute(
            self._hass,
            make_all,
            coordinator,
            _status(coordinator),
            [(shared.span, shared.base) for shared in due],
        )
        if self._coordinator is not coordinator:
            # Viewers have been told meanwhile that it is away, or have a newer one's.
            return
        updates = [
            (shared, shared.take(result, stamp))
            for shared, result in zip(due, made, strict=True)
        ]
        for shared, update in updates:
            if update is not None and self._coordinator is coordinator:
                await _async_send(shared.viewers, update)


DATA_SUBSCRIPTIONS: HassKey[dict[str, Subscriptions]] = HassKey(DOMAIN)


@callback
def async_subscriptions_of(hass: HomeAssistant, pump_id: str) -> Subscriptions:
    """Return the subscriptions of a heat pump."""
    return hass.data.setdefault(DATA_SUBSCRIPTIONS, {}).setdefault(
        pump_id, Subscriptions(hass)
    )


@callback
def async_follow_entries(hass: HomeAssistant) -> None:
    """Tell those who look why a heat pump is not loaded, whenever that changes."""

    @callback
    def changed(_change: ConfigEntryChange, entry: ConfigEntry) -> None:
        if entry.domain != DOMAIN or entry.state not in _FAILED:
            return
        reason = entry.error_reason_translation_key or "not_loaded"
        subscriptions = hass.data.get(DATA_SUBSCRIPTIONS, {})
        for pump_id in entry.subentries.keys() & subscriptions.keys():
            subscriptions[pump_id].tell_away(reason)

    async_dispatcher_connect(hass, SIGNAL_CONFIG_ENTRY_CHANGED, changed)


@callback
def async_has_room(
    hass: HomeAssistant, pump_id: str, connection: ActiveConnection
) -> bool:
    """Return whether a connection may look at one more free span of a heat pump."""
    pumps = hass.data.get(DATA_SUBSCRIPTIONS, {})
    own = sum(
        viewer.connection is connection
        for subscriptions in pumps.values()
        for viewer in subscriptions.free_viewers()
    )
    every = pumps[pump_id].free_viewers() if pump_id in pumps else ()
    return own < MOST_OF_A_CONNECTION and sum(1 for _ in every) < MOST_OF_A_PUMP


@callback
def async_connect(hass: HomeAssistant, coordinator: HeatPumpCoordinator) -> None:
    """Show a heat pump to those who look, once it is read, until it is unloaded."""
    subscriptions = async_subscriptions_of(hass, coordinator.pump_id)
    entry = coordinator.config_entry

    if coordinator.has_read:
        entry.async_on_unload(subscriptions.attach(coordinator))
        return
    waiting: list[CALLBACK_TYPE] = []

    @callback
    def attach() -> None:
        if coordinator.has_read:
            stop()
            entry.async_on_unload(subscriptions.attach(coordinator))
        elif not coordinator.last_update_success:
            subscriptions.tell_away(coordinator.source_state)

    @callback
    def stop() -> None:
        if waiting:
            waiting.pop()()

    waiting.append(coordinator.async_add_listener(attach))
    entry.async_on_unload(stop)
    attach()


@callback
def async_drop_subscriptions(hass: HomeAssistant) -> None:
    """Let go of the subscriptions of heat pumps that exist no more."""
    there = {
        pump.subentry_id
        for entry in hass.config_entries.async_entries(DOMAIN)
        for pump in entry.get_subentries_of_type(SUBENTRY_HEAT_PUMP)
    }
    subscriptions = hass.data.get(DATA_SUBSCRIPTIONS, {})
    for pump_id in subscriptions.keys() - there:
        subscriptions.pop(pump_id).end()


def _status(coordinator: HeatPumpCoordinator) -> dict[str, Any]:
    """Return the status of a heat pump at this moment."""
    return status(
        coordinator.data,
        coordinator.pump.history,
        coordinator.years.version,
        coordinator.source_state,
        coordinator.hass.config.language,
    )


@callback
def _send(viewers: set[Viewer], json: bytes) -> None:
    for viewer in viewers:
        viewer.send(json)


async def _async_send(viewers: set[Viewer], json: bytes) -> None:
    """Send to those who look now; who comes meanwhile has it in the snapshot."""
    for number, viewer in enumerate(list(viewers), 1):
        if not viewer.gone:
            viewer.send(json)
        if number % _MESSAGES_PER_TURN == 0:
            await asyncio.sleep(0)
