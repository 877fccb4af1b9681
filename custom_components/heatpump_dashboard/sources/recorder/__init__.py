"""Home Assistant's recorder as a source: states as they were recorded, then live.

Importing this imports Home Assistant's recorder, and with it SQLAlchemy.
"""

import asyncio
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final

from homeassistant.components.recorder import (
    DOMAIN as RECORDER,
    get_instance,
    is_entity_recorded,
)
from homeassistant.const import ATTR_DEVICE_CLASS, ATTR_UNIT_OF_MEASUREMENT
from homeassistant.core import HomeAssistant, State
from homeassistant.util import dt as dt_util
from sqlalchemy.exc import SQLAlchemyError

from ...const import RECORDED
from .. import EARLIEST, Bucket, CannotConnect, QueryFailed, Run, SeriesInfo, Times
from ..influx.layouts import (
    HVAC_ACTION,
    IN_ATTRIBUTES,
    TEMPERATURES,
    WORDS_DAYS,
    exported,
)
from .live import Live
from .states import (
    Stood,
    first_recorded,
    has_recorded,
    oldest_recorded,
    recorded_states,
    recorded_words,
)
from .statistics import recorded_hours
from .units import Told, ToldUnits, units_since
from .values import (
    actions_of,
    entities_of,
    float_of,
    frame_of,
    hides_words,
    is_silent,
    number_of,
    options_of,
    words_of,
)

if TYPE_CHECKING:
    import pandas as pd

# Domains of which the state says something of a heat pump.
_DOMAINS: Final = ("sensor", "binary_sensor", "switch", "number", "select")
# A database that is being migrated may take hours.
_READY_S: Final = 10.0


class RecorderSource:
    """What Home Assistant records of its entities; their IDs are the series."""

    def __init__(self, hass: HomeAssistant, run: Run) -> None:
        """Ask nothing yet. `run` runs what needs no database outside the event loop."""
        self._hass = hass
        self._run = run
        self._live = Live(hass)
        self._settling = asyncio.Lock()
        self._is_settled = False
        self._units = ToldUnits(hass, self._async_units_since)

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

    async def bucket_name(self, bucket: str) -> str:
        """Return what it is called: there is only one."""
        return RECORDED

    async def list_series(self, bucket: str) -> list[SeriesInfo]:
        """Return what is recorded of the entities that there are, by name."""
        await self.check()
        found = [
            info
            for state in self._states()
            for info in self._listed(state, await self._async_said(state))
        ]
        return sorted(found, key=lambda info: info.name)

    async def readings(
        self,
        bucket: str,
        series: Sequence[str],
        spans: Sequence[Times],
        *,
        in_force: bool = True,
        units: Mapping[str, str] | None = None,
    ) -> pd.DataFrame:
        """Return states as readings; of the last minutes without asking the database.

        What is unavailable or unknown has no value, and is said to have none.
        """
        await self.check()
        wanted = exported(series, units)
        entities = entities_of(wanted.values())
        self._live.follow(entities)
        stood = {entity_id: list[Stood]() for entity_id in entities}
        for span in spans:
            for entity_id, needs in entities.items():
                states = self._live.states(entity_id, span)
                if states is None:
                    # One entity and one day at a time: the recorder's own threads hold
                    # the interpreter while they make states of rows.
                    recorded = await self._async_ask(
                        recorded_states, entity_id, span, needs, in_force
                    )
                    states = self._live.with_present(entity_id, recorded, span)
                stood[entity_id] += states
        in_attributes = any(one.attribute and one.unit for one in wanted.values())
        told: Told = self._units.degrees, None
        if in_attributes:
            told = await self._units.async_get()
        options = {one: options_of(self._hass.states.get(one)) for one in entities}
        return await self._run(frame_of, wanted, stood, spans, *told, options)

    async def hours(
        self,
        bucket: str,
        series: Sequence[str],
        span: Times,
        *,
        units: Mapping[str, str],
    ) -> pd.DataFrame | None:
        """Return statistics, which are kept when states are not; see `Source.hours`."""
        await self.check()
        wanted = {
            name: one
            for name, one in exported(series, units).items()
            if one.unit is not None and one.attribute is None
        }
        return await self._async_ask(recorded_hours, wanted, span)

    async def has_nothing(
        self, bucket: str, series: Sequence[str], span: Times
    ) -> bool:
        """Return whether no state begins in a span.

        False where attributes are asked for, too: while a state stays, what is quickly
        found says nothing of them.
        """
        await self.check()
        ones = exported(series).values()
        if any(one.attribute is not None for one in ones):
            return False
        entities = tuple(entities_of(ones))
        return not await self._async_ask(has_recorded, entities, span)

    async def first_time(
        self, bucket: str, series: Sequence[str] = ()
    ) -> datetime | None:
        """Return from when on states of these series are recorded.

        Of all there are where none are named.
        """
        await self.check()
        oldest = get_instance(self._hass).states_manager.oldest_ts
        if oldest is None:
            return None
        begin = dt_util.utc_from_timestamp(oldest)
        if begin < EARLIEST:
            since = await self._async_ask(oldest_recorded)
            if since is None:
                return None
            begin = since
        if not series:
            return begin
        ones = exported(series).values()
        if any(one.attribute is not None for one in ones):
            # Of a state that stays the same while its attributes change, what is
            # quickly found is its last change.
            return begin
        entities = tuple(entities_of(ones))
        return await self._async_ask(first_recorded, entities, begin)

    async def close(self) -> None:
        """Listen no more."""
        self._live.stop()
        self._units.stop()

    async def _async_units_since(
        self, degrees: str, kept: Told | None
    ) -> datetime | None:
        return await self._async_ask(units_since, degrees, kept)

    def _states(self) -> list[State]:
        """Return the present states of what is recorded and may be of a heat pump."""
        return [
            state
            for state in self._hass.states.async_all((*_DOMAINS, *IN_ATTRIBUTES))
            if is_entity_recorded(self._hass, state.entity_id)
        ]

    async def _async_said(self, state: State) -> Sequence[str]:
        """Return what an entity has said lately, where its state may not tell of it."""
        if not hides_words(state):
            return ()
        now = dt_util.utcnow()
        span = (now - timedelta(days=WORDS_DAYS), now)
        return await self._async_ask(recorded_words, state.entity_id, span)

    def _listed(self, state: State, said: Sequence[str]) -> Iterable[SeriesInfo]:
        """Yield the series that an entity has, which has `said` words lately."""
        told = state.attributes
        info = SeriesInfo(
            state.entity_id,
            told.get(ATTR_UNIT_OF_MEASUREMENT),
            state.last_reported,
            number_of(state),
            title=state.name,
            device_class=told.get(ATTR_DEVICE_CLASS),
            words=words_of(state, said),
            is_silent=is_silent(state),
        )
        if state.domain not in IN_ATTRIBUTES:
            yield info
            return
        for attribute in (*TEMPERATURES, HVAC_ACTION):
            if (value := told.get(attribute)) is not None:
                yield replace(
                    info,
                    name=f"{state.entity_id}#{attribute}",
                    unit=self._units.degrees if attribute in TEMPERATURES else None,
                    last_value=float_of(value),
                    words=actions_of(state) if attribute == HVAC_ACTION else (),
                )

    async def _async_ask[*Ts, T](
        self, question: Callable[[HomeAssistant, *Ts], T], *args: *Ts
    ) -> T:
        """Return what the database says, asked in the recorder's own threads."""
        instance = get_instance(self._hass)
        await self._async_settle()
        try:
            return await instance.async_add_executor_job(question, self._hass, *args)
        except SQLAlchemyError as err:
            raise QueryFailed(
                f"Home Assistant's recorder cannot be read: {type(err).__name__}",
                key="recorder_unreadable",
                placeholders={"reason": type(err).__name__},
            ) from err

    async def _async_settle(self) -> None:
        """Let the recorder write what it has been told so far, before the first question.

        An entity that was renamed a moment ago is renamed in the database only then.
        """
        async with self._settling:
            if self._is_settled:
                return
            written = get_instance(self._hass).async_get_commit_future()
            with suppress(TimeoutError):
                async with asyncio.timeout(_READY_S):
                    await (written or asyncio.sleep(0))
            self._is_settled = True


def _error(key: str) -> CannotConnect:
    """Return why there is nothing to read."""
    return CannotConnect(_TEXTS[key], key=key)


_TEXTS: Final = {
    "recorder_missing": "Home Assistant's recorder is not running.",
    "recorder_busy": "Home Assistant's recorder is still preparing its database.",
    "recorder_failed": "Home Assistant's recorder cannot use its database.",
}
