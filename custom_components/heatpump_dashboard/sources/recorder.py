"""Home Assistant's recorder as a source: states as they were recorded, then live.

Importing this imports Home Assistant's recorder, and with it SQLAlchemy.
"""

import asyncio
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import zip_longest
import math
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from homeassistant.components.recorder import (
    DOMAIN as RECORDER,
    get_instance,
    history,
    is_entity_recorded,
)
from homeassistant.const import (
    ATTR_DEVICE_CLASS,
    ATTR_UNIT_OF_MEASUREMENT,
    STATE_UNAVAILABLE,
    STATE_UNKNOWN,
)
from homeassistant.core import (
    Event,
    EventStateChangedData,
    HomeAssistant,
    State,
    callback,
)
from homeassistant.helpers.event import async_track_state_change_event
from homeassistant.helpers.state import state_as_number
from homeassistant.util import dt as dt_util
from sqlalchemy.exc import SQLAlchemyError

from ..const import RECORDED
from . import Bucket, CannotConnect, QueryFailed, Run, SeriesInfo, Times
from .influx.layouts import IN_ATTRIBUTES, Exported

if TYPE_CHECKING:
    import pandas as pd

# Domains of which the state says something of a heat pump.
_DOMAINS: Final = ("sensor", "binary_sensor", "switch", "number", "select")
_NUMBERS: Final = ("current_temperature", "temperature")
_WORDS: Final = "hvac_action"
# What a sensor of words may say.
_OPTIONS: Final = "options"
# A database that is being migrated may take hours.
_READY_S: Final = 10.0
# The value in force at the start of a span is looked for so far before it.
_BEFORE: Final = (timedelta(hours=1), timedelta(days=1))
_INSTANT: Final = timedelta(microseconds=1)
# Polls ask for the last minutes again; what is older is in the database.
_GATHERED: Final = timedelta(minutes=20)
_NOTHING: Final = frozenset(("", STATE_UNAVAILABLE, STATE_UNKNOWN))


class _Stood(NamedTuple):
    """A state, from when on it stood (UTC); None where the entity was removed.

    `confirmed`: when it was last said again, as far as it is asked for.
    """

    since: datetime
    state: State | None
    confirmed: datetime


# A state, and from when on it stands; Home Assistant itself notes in it when it is said
# again.
type _Since = tuple[datetime, State | None]


class RecorderSource:
    """What Home Assistant records of its entities; their IDs are the series."""

    def __init__(self, hass: HomeAssistant, run: Run) -> None:
        """Ask nothing yet. `run` runs what needs no database outside the event loop."""
        self._hass = hass
        self._run = run
        self._live = _Live(hass)

    async def check(self) -> None:
        """Return if there is a recorder whose database can be read."""
        if RECORDER not in self._hass.config.components:
            raise _error("recorder_missing")
        ready = asyncio.shield(get_instance(self._hass).async_db_ready)
        try:
            async with asyncio.timeout(_READY_S):
                usable = await ready
        except TimeoutError:
            raise _error("recorder_busy") from None
        if not usable:
            raise _error("recorder_failed")

    async def buckets(self) -> list[Bucket]:
        """Return the only one there is."""
        await self.check()
        return [Bucket(RECORDED, bool(self._states()))]

    async def list_series(self, bucket: str) -> list[SeriesInfo]:
        """Return what is recorded of the entities that there are, by name."""
        await self.check()
        found = [info for state in self._states() for info in self._listed(state)]
        return sorted(found, key=lambda info: info.name)

    async def readings(
        self,
        bucket: str,
        series: Sequence[str],
        spans: Sequence[Times],
        *,
        in_force: bool = True,
    ) -> pd.DataFrame:
        """Return states as readings; of the last minutes without asking the database.

        What is unavailable or unknown has no value, and is said to have none.
        """
        await self.check()
        wanted = [one for name in series if (one := Exported.of(name)) is not None]
        entities = {_entity(one): one.attribute is not None for one in wanted}
        self._live.follow(entities)
        stood = {entity_id: list[_Stood]() for entity_id in entities}
        for span in spans:
            for entity_id, attributes in entities.items():
                states = self._live.states(entity_id, span)
                if states is None:
                    states = await self._recorded(entity_id, span, attributes, in_force)
                stood[entity_id] += states
        return await self._run(_frame, series, stood)

    async def first_time(self, bucket: str) -> datetime | None:
        """Return from when on states are recorded."""
        await self.check()
        oldest = get_instance(self._hass).states_manager.oldest_ts
        return None if oldest is None else dt_util.utc_from_timestamp(oldest)

    async def close(self) -> None:
        """Listen no more."""
        self._live.stop()

    def _states(self) -> list[State]:
        """Return the present states of what is recorded and may be of a heat pump."""
        return [
            state
            for state in self._hass.states.async_all((*_DOMAINS, *IN_ATTRIBUTES))
            if is_entity_recorded(self._hass, state.entity_id)
        ]

    def _listed(self, state: State) -> Iterable[SeriesInfo]:
        """Yield the series that an entity has."""
        told = state.attributes
        info = SeriesInfo(
            state.entity_id,
            told.get(ATTR_UNIT_OF_MEASUREMENT),
            state.last_reported,
            _number(state),
            title=state.name,
            device_class=told.get(ATTR_DEVICE_CLASS),
            words=_words(state),
        )
        if state.domain not in IN_ATTRIBUTES:
            yield info
            return
        degrees = self._hass.config.units.temperature_unit
        for attribute in (*_NUMBERS, _WORDS):
            if (value := told.get(attribute)) is not None:
                yield replace(
                    info,
                    name=f"{state.entity_id}#{attribute}",
                    unit=degrees if attribute in _NUMBERS else None,
                    last_value=_float(value),
                    words=(str(value),) if attribute == _WORDS else (),
                )

    async def _recorded(
        self, entity_id: str, span: Times, attributes: bool, in_force: bool
    ) -> list[_Stood]:
        """Return what the database has of a span: one entity and one day at a time.

        The recorder's own threads hold the interpreter while they make states of rows.
        """
        instance = get_instance(self._hass)
        try:
            return await instance.async_add_executor_job(
                _recorded, self._hass, entity_id, span, attributes, in_force
            )
        except SQLAlchemyError as err:
            raise QueryFailed(
                f"Home Assistant's recorder cannot be read: {type(err).__name__}",
                key="recorder_unreadable",
                placeholders={"reason": type(err).__name__},
            ) from err


class _Live:
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
            self._since[entity_id] = now
            state = self._hass.states.get(entity_id)
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
    def states(self, entity_id: str, span: Times) -> list[_Stood] | None:
        """Return the states of a span and the one before it, None if not all are known."""
        start, stop = span
        if start < self._since[entity_id]:
            return None
        known = _from(self._gathered[entity_id], start)
        stood = [_stood(since, state, stop) for since, state in known if since < stop]
        return [*_in_force(stood[:1], start), *stood[1:]]

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


def _stood(since: datetime, state: State | None, stop: datetime) -> _Stood:
    """Return a state as it stood in a time that ends with `stop`."""
    if state is None:
        return _Stood(since, None, since)
    return _Stood(since, state, min(state.last_reported, stop - _INSTANT))


def _in_force(stood: list[_Stood], start: datetime) -> list[_Stood]:
    """Return what stood last before `start` as one that was said once before it."""
    return [
        one._replace(since=one.confirmed) if one.confirmed <= start else one
        for one in stood[-1:]
    ]


def _recorded(
    hass: HomeAssistant, entity_id: str, span: Times, attributes: bool, in_force: bool
) -> list[_Stood]:
    """Return the states of a span, behind the one in force; in the recorder."""
    start, stop = span
    before = _before(hass, entity_id, start, attributes) if in_force else []
    return [
        *before,
        *_asked(hass, entity_id, (start - _INSTANT, stop), attributes, begin=False),
    ]


def _before(
    hass: HomeAssistant, entity_id: str, start: datetime, attributes: bool
) -> list[_Stood]:
    """Return the state in force at a moment, none where nothing is recorded before it.

    The recorder stamps it with the start of what it is asked for, so it is asked for
    more: how long nothing has changed tells whether a heat pump is alive.
    """
    before = list[_Stood]()
    for back in _BEFORE:
        before = _asked(hass, entity_id, (start - back, start), attributes, begin=True)
        if len(before) != 1:
            break
    return _in_force(before, start)


def _asked(
    hass: HomeAssistant, entity_id: str, span: Times, attributes: bool, *, begin: bool
) -> list[_Stood]:
    """Return the states of a span; with `begin` the one in force at its start first."""
    start, stop = (moment.astimezone(UTC) for moment in span)
    if attributes:
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
            no_attributes=True,
            include_start_time_state=begin,
        )
    return [
        _stood(state.last_updated, state, stop)
        for state in found.get(entity_id, [])
        if isinstance(state, State)
    ]


def _frame(series: Sequence[str], stood: dict[str, list[_Stood]]) -> pd.DataFrame:
    """Return states as readings. Imports pandas: only for the executor."""
    import numpy as np

    from .influx.points import frame, nanosecond

    by_name = {}
    for name in series:
        wanted = Exported.of(name)
        rows = _values(stood[_entity(wanted)], wanted) if wanted is not None else []
        if rows:
            times, values = zip(*rows, strict=True)
            moments = np.array([nanosecond(time) for time in times], dtype=np.int64)
            by_name[name] = [(moments, np.array(values, dtype=np.float64))]
    return frame(by_name)


def _values(stood: list[_Stood], wanted: Exported) -> list[tuple[datetime, float]]:
    """Return what a series was and when; once more where that was confirmed later."""
    rows = []
    ordered = sorted(stood, key=lambda one: one.since)
    following = [one.since for one in ordered[1:]]
    for one, after in zip_longest(ordered, following):
        value = math.inf if one.state is None else _value(one.state, wanted)
        rows.append((one.since, value))
        if one.since < one.confirmed and (after is None or one.confirmed < after):
            rows.append((one.confirmed, value))
    return rows


def _value(state: State, wanted: Exported) -> float:
    """Return what a state says of a series, infinity where that is nothing."""
    if state.state in _NOTHING:
        return math.inf
    said = (
        state.state
        if wanted.attribute is None
        else state.attributes.get(wanted.attribute)
    )
    if wanted.text is not None:
        return math.inf if said is None else float(str(said) == wanted.text)
    number = _number(state) if wanted.attribute is None else _float(said)
    return number if math.isfinite(number) else math.inf


def _number(state: State) -> float:
    """Return the number that a state is, NaN if it is none."""
    try:
        return math.nan if state.state in _NOTHING else float(state_as_number(state))
    except ValueError:
        return math.nan


def _words(state: State) -> tuple[str, ...]:
    """Return what a state tells in words, the present one first; none of a number."""
    if state.state in _NOTHING or not math.isnan(_number(state)):
        return ()
    others = state.attributes.get(_OPTIONS, ())
    return (state.state, *(word for word in others if word != state.state))


def _float(said: object) -> float:
    """Return the number that an attribute is, NaN if it is none."""
    return float(said) if isinstance(said, int | float) else math.nan


def _entity(series: Exported) -> str:
    return f"{series.domain}.{series.entity_id}"


def _error(key: str) -> CannotConnect:
    """Return why there is nothing to read."""
    return CannotConnect(_TEXTS[key], key=key)


_TEXTS: Final = {
    "recorder_missing": "Home Assistant's recorder is not running.",
    "recorder_busy": "Home Assistant's recorder is still preparing its database.",
    "recorder_failed": "Home Assistant's recorder cannot use its database.",
}
