"""What states say of series: numbers, words, attributes."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from itertools import zip_longest
import math
from typing import TYPE_CHECKING, Final, NamedTuple

from homeassistant.components.sensor import ATTR_STATE_CLASS
from homeassistant.const import (
    ATTR_UNIT_OF_MEASUREMENT,
    STATE_UNAVAILABLE,
    STATE_UNKNOWN,
)
from homeassistant.core import State
from homeassistant.helpers.state import state_as_number

from .. import Times
from ..influx.layouts import HVAC_ACTION, MOST_WORDS, WORDY, Exported
from .states import Needs, Stood

if TYPE_CHECKING:
    import pandas as pd

_NOTHING: Final = frozenset(("", STATE_UNAVAILABLE, STATE_UNKNOWN))
# Within the time for which a heat pump is alive after any value, see
# `analysis.rhythm`.
_AGAIN_S: Final = 600
# What a sensor of words may say.
_OPTIONS: Final = "options"
# What a climate entity can be set to, and what of it may cool.
_HVAC_MODES: Final = "hvac_modes"
_COOLS: Final = frozenset(("cool", "heat_cool"))


class _Told(NamedTuple):
    """How an entity tells what it does: the unit and the words that it has now."""

    degrees: str
    since: datetime | None
    options: frozenset[str]


def options_of(state: State | None) -> frozenset[str]:
    """Return what an entity may say, nothing where it does not tell that."""
    told = () if state is None else state.attributes.get(_OPTIONS) or ()
    return frozenset(map(str, told))


def frame_of(
    series: Mapping[str, Exported],
    stood: Mapping[str, Sequence[Stood]],
    spans: Sequence[Times],
    degrees: str,
    since: datetime | None,
    options: Mapping[str, frozenset[str]],
) -> pd.DataFrame:
    """Return states as readings. Imports pandas: only for the executor.

    `spans`: those that were asked for. `degrees`: the unit of temperatures in
    attributes; `since`: from when on, None if always. In which unit they were told
    before that is not known. `options`: what each entity may say now, which is not
    recorded.
    """
    import numpy as np

    from ..influx.points import frame, nanosecond

    by_name = {}
    for name, wanted in series.items():
        entity_id = entity_of(wanted)
        told = _Told(degrees, since, options.get(entity_id, frozenset()))
        if rows := _values(stood[entity_id], wanted, spans, told):
            times, values = zip(*rows, strict=True)
            moments = np.array([nanosecond(time) for time in times], dtype=np.int64)
            by_name[name] = [(moments, np.array(values, dtype=np.float64))]
    return frame(by_name)


def _values(
    stood: Sequence[Stood],
    wanted: Exported,
    spans: Sequence[Times],
    told: _Told,
) -> list[tuple[datetime, float]]:
    """Return what a series was and when; again as long as that was confirmed later."""
    rows = []
    ordered = sorted(stood, key=lambda one: one.since)
    following = [one.since for one in ordered[1:]]
    for one, after in zip_longest(ordered, following):
        told_otherwise = told.since is not None and one.since < told.since
        if one.state is None or (told_otherwise and wanted.attribute and wanted.unit):
            value = math.inf
        else:
            value = _value(one.state, wanted, told)
        rows.append((one.since, value))
        confirmed = one.confirmed if after is None else min(one.confirmed, after)
        rows += [(time, value) for time in _again(one.since, confirmed, spans)]
        if one.since < one.confirmed and (after is None or one.confirmed < after):
            rows.append((one.confirmed, value))
    return rows


def _again(
    since: datetime, confirmed: datetime, spans: Sequence[Times]
) -> Iterator[datetime]:
    """Yield when a state was said again, so often that nobody takes it for silent.

    Each time that it was, is not stored, only the last. All entities have the same
    times, so that their rows are.
    """
    for start, stop in spans:
        first, last = max(since, start).timestamp(), min(confirmed, stop).timestamp()
        for tick in range(int(first // _AGAIN_S) + 1, math.ceil(last / _AGAIN_S)):
            yield datetime.fromtimestamp(tick * _AGAIN_S, UTC)


def _value(state: State, wanted: Exported, told: _Told) -> float:
    """Return what a state says of a series, infinity where that is nothing."""
    if state.state in _NOTHING:
        return math.inf
    said = (
        state.state
        if wanted.attribute is None
        else state.attributes.get(wanted.attribute)
    )
    if wanted.text is not None:
        return math.inf if said is None else _so(str(said), wanted, told.options)
    number = number_of(state) if wanted.attribute is None else float_of(said)
    if wanted.unit is not None:
        unit = told.degrees if wanted.attribute else _unit(state)
        number = _converted(number, wanted, unit)
    return number if math.isfinite(number) else math.inf


def _so(said: str, wanted: Exported, options: frozenset[str]) -> float:
    """Return whether a word is the one that is asked for.

    Infinity for one of a language in which the entity has no such word.
    """
    is_foreign = said in options and wanted.is_none_of(options)
    return math.inf if is_foreign else float(wanted.says(said))


def _unit(state: State) -> str | None:
    unit: str | None = state.attributes.get(ATTR_UNIT_OF_MEASUREMENT)
    return unit


def _converted(number: float, wanted: Exported, unit: str | None) -> float:
    """Return a number in the unit that is wanted, NaN where it measures another."""
    found = wanted.conversion(unit)
    return math.nan if found is None else number * found.scale + found.offset


def number_of(state: State) -> float:
    """Return the number that a state is, NaN if it is none."""
    try:
        return math.nan if state.state in _NOTHING else float(state_as_number(state))
    except ValueError:
        return math.nan


def is_silent(state: State) -> bool:
    """Return whether a state says nothing."""
    return state.state in _NOTHING


def words_of(state: State, said: Sequence[str] = ()) -> tuple[str, ...]:
    """Return what an entity tells in words, the last one first; none of a number.

    On and off are numbers, but not beside other words: so what it may say counts, too,
    and what it has `said`, the last first, unless that never comes again.
    """
    options = (str(word) for word in state.attributes.get(_OPTIONS) or ())
    again = said if len(set(said) - _NOTHING) <= MOST_WORDS else ()
    told = dict.fromkeys((state.state, *again, *options))
    words = tuple(word for word in told if word not in _NOTHING)
    return () if all(_is_number(word) for word in words) else words


def hides_words(state: State) -> bool:
    """Return whether an entity may have said words that its state does not tell of."""
    is_nothing = state.state in _NOTHING
    told = state.attributes
    if state.domain not in WORDY or told.get(ATTR_STATE_CLASS) or _unit(state):
        return False
    if told.get(_OPTIONS) and not is_nothing:
        return False
    return is_nothing or math.isnan(float_of(state.state))


def _is_number(word: str) -> bool:
    return not math.isnan(number_of(State("sensor.any", word)))


def actions_of(state: State) -> tuple[str, ...]:
    """Return what a climate entity says that it does, and that it cools where it can."""
    cools = not _COOLS.isdisjoint(state.attributes.get(_HVAC_MODES) or ())
    does = (str(state.attributes[HVAC_ACTION]), *(("cooling",) if cools else ()))
    return tuple(dict.fromkeys(does))


def float_of(said: object) -> float:
    """Return the number that an attribute is, also as a text; NaN if it is none."""
    try:
        return float(said) if isinstance(said, int | float | str) else math.nan
    except ValueError:
        return math.nan


def entities_of(wanted: Iterable[Exported]) -> dict[str, Needs]:
    """Return the entities of series, and what is to be read of each."""
    found: dict[str, Needs] = {}
    for one in wanted:
        needs = Needs.STATES if one.unit is None else Needs.UNITS
        if one.attribute is not None:
            needs = Needs.ATTRIBUTES
        found[entity_of(one)] = max(needs, found.get(entity_of(one), needs))
    return found


def entity_of(series: Exported) -> str:
    """Return the entity that a series is of."""
    return f"{series.domain}.{series.entity_id}"
