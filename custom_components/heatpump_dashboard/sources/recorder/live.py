"""The states of the last minutes, from Home Assistant's own events."""

from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from typing import Final

from homeassistant.components.recorder import get_instance
from homeassistant.core import (
    Event,
    EventStateChangedData,
    HomeAssistant,
    State,
    callback,
)
from homeassistant.helpers.event import async_track_state_change_event
from homeassistant.util import dt as dt_util

from .. import Times
from .states import Stood, as_stood, in_force_of

# Polls ask for the last minutes again; what is older is in the database.
_GATHERED: Final = timedelta(minutes=20)
_INSTANT: Final = timedelta(microseconds=1)
# A state, and from when on it stands; Home Assistant itself notes in it when it is said
# again.
type _Since = tuple[datetime, State | None]


class Live:
    """The states of the last minutes of the entities that are asked for."""

    def __init__(self, hass: HomeAssistant) -> None:
        """Listen to nothing yet."""
        self._hass = hass
        self._gathered: dict[str, list[_Since]] = {}
        self._since: dict[str, datetime] = {}
        self._stops: list[Callable[[], None]] = []

    @callback
    def follow(self, entities: Iterable[str]) -> None:
        """Listen to these entities too."""
        new = [entity_id for entity_id in entities if entity_id not in self._since]
        if not new:
            return
        now = dt_util.utcnow()
        for entity_id in new:
            state = self._hass.states.get(entity_id)
            # Since then it has stood: the database knows no more of that.
            self._since[entity_id] = now if state is None else state.last_updated
            self._gathered[entity_id] = (
                [] if state is None else [(state.last_updated, state)]
            )
        stop = async_track_state_change_event(self._hass, new, self._changed)
        self._stops.append(stop)

    @callback
    def stop(self) -> None:
        """Listen no more, and forget."""
        for stop in self._stops:
            stop()
        self._stops.clear()
        self._since.clear()
        self._gathered.clear()

    @callback
    def states(self, entity_id: str, span: Times) -> list[Stood] | None:
        """Return the states of a span and the one before it, None if not all are known."""
        start, stop = span
        if start < self._since[entity_id]:
            return None
        known = _from(self._gathered[entity_id], start)
        stood = [as_stood(since, state, stop) for since, state in known if since < stop]
        return [*in_force_of(stood[:1], start), *stood[1:]]

    @callback
    def with_present(
        self, entity_id: str, stood: list[Stood], span: Times
    ) -> list[Stood]:
        """Return what is recorded of a span, its last state as it stands until now.

        The recorder stores when a state was last said again only with the one that
        follows it: a heat pump that says the same for hours would seem to be silent.
        """
        start, stop = span
        state = self._hass.states.get(entity_id)
        if state is None:
            return self._ended(entity_id, stood, stop)
        if state.last_updated >= stop:
            return stood
        since = state.last_updated
        if stood and stood[-1].since > max(since, start):
            # By a clock that was put back.
            return stood
        present = [as_stood(since, state, stop)]
        if since < start:
            return in_force_of(present, start)
        return [*(one for one in stood if one.since < since), *present]

    def _ended(self, entity_id: str, stood: list[Stood], stop: datetime) -> list[Stood]:
        """Return the states of an entity that there is not, which end when it ended.

        Nothing is recorded of one that is not there any more when Home Assistant starts
        again: it has no state since then. One that only comes late goes on with that.
        """
        if not stood:
            return stood
        gathered = self._gathered[entity_id]
        if gathered and gathered[-1][1] is None:
            ended = gathered[-1][0]
        else:
            ended = get_instance(self._hass).recorder_runs_manager.recording_start
        ended = max(ended, stood[-1].confirmed + _INSTANT)
        return stood if ended >= stop else [*stood, as_stood(ended, None, stop)]

    @callback
    def _changed(self, event: Event[EventStateChangedData]) -> None:
        """Gather a state, and forget what polls ask for no more."""
        entity_id, state = event.data["entity_id"], event.data["new_state"]
        since = event.time_fired if state is None else state.last_updated
        oldest = dt_util.utcnow() - _GATHERED
        kept = _from(self._gathered[entity_id], oldest)
        self._gathered[entity_id] = [*kept, (since, state)]
        self._since[entity_id] = max(self._since[entity_id], oldest)


def _from(gathered: list[_Since], start: datetime) -> list[_Since]:
    """Return what stood from `start` on: of the older ones only the last."""
    old = sum(since < start for since, _ in gathered)
    return gathered[max(old - 1, 0) :]
