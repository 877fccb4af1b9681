"""What the recorder has stored of an entity's states; in its own threads."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from enum import IntEnum
from typing import Any, Final, NamedTuple

from homeassistant.components.recorder import history
from homeassistant.components.recorder.db_schema import States
from homeassistant.core import HomeAssistant, State
from homeassistant.helpers.recorder import session_scope
from sqlalchemy import func, select

from .. import EARLIEST, Times

# The value in force at the start of a span is looked for so far before it.
_BEFORE: Final = (timedelta(hours=1), timedelta(days=1))
# And until when one that stands for longer was confirmed, farther back.
_FARTHER: Final = (2, 4, 8, 16)
_INSTANT: Final = timedelta(microseconds=1)
# What changes more often is not told in words that come again.
_MOST_CHANGES: Final = 2000


class Needs(IntEnum):
    """What is to be read of an entity: states, with their units, or attributes alone."""

    STATES = 1
    UNITS = 2
    ATTRIBUTES = 3


class Stood(NamedTuple):
    """A state, from when on it stood (UTC); None where the entity was removed.

    `confirmed`: when it was last said again, as far as it is asked for.
    """

    since: datetime
    state: State | None
    confirmed: datetime


def as_stood(since: datetime, state: State | None, stop: datetime) -> Stood:
    """Return a state as it stood in a time that ends with `stop`."""
    if state is None:
        return Stood(since, None, since)
    return Stood(since, state, min(state.last_reported, stop - _INSTANT))


def in_force_of(stood: list[Stood], start: datetime) -> list[Stood]:
    """Return what stood last before `start` as one that was said once before it."""
    return [
        one._replace(since=one.confirmed) if one.confirmed <= start else one
        for one in stood[-1:]
    ]


def recorded_states(
    hass: HomeAssistant, entity_id: str, span: Times, needs: Needs, in_force: bool
) -> list[Stood]:
    """Return the states of a span, behind the one in force; in the recorder.

    Where that is not asked for, it is there if it was confirmed within the span.
    """
    start, stop = span
    before = in_force_of(_before(hass, entity_id, span, needs), start)
    if not in_force:
        before = [one for one in before if one.confirmed > start]
    inside = (start - _INSTANT, stop)
    return [*before, *_asked(hass, entity_id, inside, needs, stop, begin=False)]


def recorded_words(hass: HomeAssistant, entity_id: str, span: Times) -> list[str]:
    """Return what an entity's states were in a span, the last one first; likewise."""
    start, stop = span
    found = history.state_changes_during_period(
        hass,
        start,
        stop,
        entity_id,
        no_attributes=True,
        descending=True,
        limit=_MOST_CHANGES,
        include_start_time_state=True,
    )
    states = found.get(entity_id, [])
    ordered = sorted(states, key=lambda state: state.last_updated, reverse=True)
    return list(dict.fromkeys(state.state for state in ordered))


def oldest_recorded(hass: HomeAssistant) -> datetime | None:
    """Return the time of the oldest state that can be one, by an index; likewise."""
    time = States.last_updated_ts
    oldest = select(func.min(time)).where(time >= EARLIEST.timestamp())
    with session_scope(hass=hass, read_only=True) as session:
        found = session.scalar(oldest)
    return None if found is None else datetime.fromtimestamp(found, UTC)


def first_recorded(
    hass: HomeAssistant, entities: Iterable[str], begin: datetime
) -> datetime | None:
    """Return the time of the oldest state of some entities, None if there is none.

    `begin`: of the oldest state of all. A row an entity, by an index of the database.
    """
    firsts = (_first(hass, entity_id, begin, None) for entity_id in entities)
    times = [first.last_updated for first in firsts if first is not None]
    return min(times, default=None)


def has_recorded(hass: HomeAssistant, entities: Iterable[str], span: Times) -> bool:
    """Return whether a state of one of some entities begins in a span; likewise."""
    return any(_first(hass, entity_id, *span) is not None for entity_id in entities)


def _first(
    hass: HomeAssistant, entity_id: str, start: datetime, stop: datetime | None
) -> State | None:
    """Return the first state of an entity that begins in a span, without attributes."""
    found = history.state_changes_during_period(
        hass,
        start - _INSTANT,
        stop,
        entity_id,
        no_attributes=True,
        limit=1,
        include_start_time_state=False,
    )
    return next((state for states in found.values() for state in states), None)


def _before(
    hass: HomeAssistant, entity_id: str, span: Times, needs: Needs
) -> list[Stood]:
    """Return the state in force at a start, none where nothing is recorded before it.

    The recorder stamps it with the start of what it is asked for, and does not say
    until when it was confirmed, so it is asked for more: how long nothing has changed
    tells whether a heat pump is alive.
    """
    start, stop = span
    before = list[Stood]()
    for back in _BEFORE:
        first = start - back
        before = _asked(hass, entity_id, (first, start), needs, stop, begin=True)
        if len(before) != 1:
            return before[-1:]
    for days in _FARTHER:
        span, first = (start - timedelta(days=days), first), start - timedelta(days)
        if found := _asked(hass, entity_id, span, needs, stop, begin=False):
            return found[-1:]
    return before


def _asked(
    hass: HomeAssistant,
    entity_id: str,
    span: Times,
    needs: Needs,
    until: datetime,
    *,
    begin: bool,
) -> list[Stood]:
    """Return the states of a span; with `begin` the one in force at its start first.

    `until`: up to then it is asked for when they were said again.
    """
    start, stop = (moment.astimezone(UTC) for moment in span)
    if needs is Needs.ATTRIBUTES:
        found: Mapping[str, Sequence[State | dict[str, Any]]]
        found = history.get_significant_states(
            hass,
            start,
            stop,
            [entity_id],
            include_start_time_state=begin,
            significant_changes_only=False,
        )
    else:
        # The only one that knows until when a value was confirmed.
        found = history.state_changes_during_period(
            hass,
            start,
            stop,
            entity_id,
            no_attributes=needs is Needs.STATES,
            include_start_time_state=begin,
        )
    return [
        as_stood(state.last_updated, state, until)
        for state in found.get(entity_id, [])
        if isinstance(state, State)
    ]
