"""What states say of series: numbers, words, attributes."""

from collections.abc import Sequence
from datetime import datetime
from itertools import zip_longest
import math
from typing import TYPE_CHECKING, Final

from homeassistant.const import STATE_UNAVAILABLE, STATE_UNKNOWN
from homeassistant.core import State
from homeassistant.helpers.state import state_as_number

from ..influx.layouts import Exported
from .states import Stood

if TYPE_CHECKING:
    import pandas as pd

_NOTHING: Final = frozenset(("", STATE_UNAVAILABLE, STATE_UNKNOWN))
# What a sensor of words may say.
_OPTIONS: Final = "options"


def frame_of(series: Sequence[str], stood: dict[str, list[Stood]]) -> pd.DataFrame:
    """Return states as readings. Imports pandas: only for the executor."""
    import numpy as np

    from ..influx.points import frame, nanosecond

    by_name = {}
    for name in series:
        wanted = Exported.of(name)
        rows = _values(stood[entity_of(wanted)], wanted) if wanted is not None else []
        if rows:
            times, values = zip(*rows, strict=True)
            moments = np.array([nanosecond(time) for time in times], dtype=np.int64)
            by_name[name] = [(moments, np.array(values, dtype=np.float64))]
    return frame(by_name)


def _values(stood: list[Stood], wanted: Exported) -> list[tuple[datetime, float]]:
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
    number = number_of(state) if wanted.attribute is None else float_of(said)
    return number if math.isfinite(number) else math.inf


def number_of(state: State) -> float:
    """Return the number that a state is, NaN if it is none."""
    try:
        return math.nan if state.state in _NOTHING else float(state_as_number(state))
    except ValueError:
        return math.nan


def words_of(state: State) -> tuple[str, ...]:
    """Return what a state tells in words, the present one first; none of a number."""
    if state.state in _NOTHING or not math.isnan(number_of(state)):
        return ()
    others = state.attributes.get(_OPTIONS, ())
    return (state.state, *(word for word in others if word != state.state))


def float_of(said: object) -> float:
    """Return the number that an attribute is, NaN if it is none."""
    return float(said) if isinstance(said, int | float) else math.nan


def entity_of(series: Exported) -> str:
    """Return the entity that a series is of."""
    return f"{series.domain}.{series.entity_id}"
