"""Puts events in words for viewers: one JSON object each, made once."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final

import numpy as np
import orjson
import pandas as pd

from ..analysis.basis import FigureBasis
from ..analysis.cop import run_cop
from ..analysis.events import Event
from ..analysis.samples import MILLISECOND, nanoseconds
from ..analysis.states import SETTINGS, Kind
from ..analysis.times import WINDOW_S
from ..analysis.words import ALARM_CHANGES
from ..languages import LANGUAGES
from ..profiles import Profile, alarm_text

# Of a month of a busy heat pump, with room for others.
_KEPT: Final = 8192
_KWH_KEYS: Final = {
    Kind.COMPRESSOR: "heat_kwh",
    Kind.HOT_WATER: "heat_kwh",
    Kind.AUXILIARY: "energy_kwh",
}


@dataclass(frozen=True, slots=True)
class EventRows:
    """Events in ascending order: their times (ms) and the JSON of each."""

    times: Sequence[int] = ()
    rows: Sequence[bytes] = ()

    def new_since(self, before: EventRows, start: int) -> Sequence[bytes] | None:
        """Return the rows that come after those of before from `start` on.

        None where these are not the same any more.
        """
        kept = [
            row
            for time, row in zip(before.times, before.rows, strict=True)
            if time >= start
        ]
        return self.rows[len(kept) :] if kept == self.rows[: len(kept)] else None


class RunFigures:
    """What is said of a run beside its event: its COP, and how cold it was outside."""

    def __init__(self, basis: FigureBasis, extremes: pd.DataFrame) -> None:
        """Take what figures rest on, and what the readings of each window were."""
        self._basis = basis
        self._starts = nanoseconds(extremes.index) // MILLISECOND
        sums, counts = (
            extremes.get(f"outdoor_temp|{what}", pd.Series(0.0, extremes.index))
            for what in ("sum", "s")
        )
        self._sums = np.concatenate([[0.0], np.nancumsum(sums)])
        self._counts = np.concatenate([[0.0], np.nancumsum(counts)])

    def cop(self, event: Event) -> float | None:
        """Return the COP of the run that ends, None where it cannot be said."""
        if event.kwh is None or event.electricity_kwh is None:
            return None
        paid = {"heat_kwh": event.kwh, "electricity_kwh": event.electricity_kwh}
        cop = run_cop(paid, self._basis)
        return None if cop is None else round(cop, 1)

    def outdoor(self, event: Event) -> float | None:
        """Return the mean outdoor temperature of the run that ends, °C.

        Of the windows before the one it ends in: that one still gets readings, and a
        row that was sent should stay as it is. None where there are none.
        """
        if event.kind not in _KWH_KEYS or event.duration_s is None:
            return None
        edges = np.array([event.time - event.duration_s * 1000, event.time])
        window = edges // (WINDOW_S * 1000) * (WINDOW_S * 1000)
        first, last = np.searchsorted(self._starts, window)
        count = self._counts[last] - self._counts[first]
        if not count or window[0] < self._starts[0]:
            return None
        return round(float(self._sums[last] - self._sums[first]) / float(count), 1)


def event_rows(
    events: Sequence[Event], figures: RunFigures, profile: Profile, language: str
) -> EventRows:
    """Return the rows of events; alarms are told in the language of the home."""
    return EventRows(
        [event.time for event in events],
        [
            orjson.dumps(_alarm(event, profile, language))
            if event.kind is Kind.ALARM
            else _row(event, figures.cop(event), figures.outdoor(event))
            if event.kind not in SETTINGS
            else orjson.dumps(_setting(event, profile))
            for event in events
        ],
    )


def word_of(kind: Kind) -> str:
    """Return what a kind is called: all settings are one kind for viewers."""
    return "setting" if kind in SETTINGS else kind.name.lower()


def alarm_texts(event: Event, profile: Profile) -> dict[str, str | None]:
    """Return what an alarm says, by language."""
    return {
        language: alarm_text(profile, event.code, active=True, language=language)
        for language in LANGUAGES
    }


@lru_cache(maxsize=_KEPT)
def _row(event: Event, cop: float | None, outdoor: float | None) -> bytes:
    """Return the row of an event that is no alarm.

    What differs from row to row comes first: so it is smallest when compressed.
    """
    return orjson.dumps(
        {
            "time": event.time,
            **_details(event, cop, outdoor),
            "kind": event.kind.name.lower(),
            "value": _number(event.value),
            "text": None,
        }
    )


def _alarm(event: Event, profile: Profile, language: str) -> Mapping[str, Any]:
    return {
        "time": event.time,
        **_details(event),
        "kind": "alarm",
        "value": _number(event.code),
        "change": ALARM_CHANGES[event.step],
        "text": alarm_text(profile, event.code, active=True, language=language),
        "texts": alarm_texts(event, profile),
    }


def _setting(event: Event, profile: Profile) -> Mapping[str, Any]:
    """Return the row of a setting; modes have words where the brand has them."""
    modes = profile.operating_modes if event.kind is Kind.OPERATING_MODE else {}
    values = {"from": event.before, "to": event.value}
    words = {
        key: modes[int(value)] for key, value in values.items() if int(value) in modes
    }
    return {
        "time": event.time,
        **{key: _number(value) for key, value in values.items()},
        "kind": "setting",
        "setting": SETTINGS[event.kind],
        **({"words": words} if words else {}),
        "value": _number(event.value),
        "text": None,
    }


def _details(
    event: Event, cop: float | None = None, outdoor: float | None = None
) -> dict[str, float | str]:
    """Return what is known of the run that ends."""
    first, last = event.celsius
    paid = event.electricity_kwh
    details: dict[str, float | str | None] = {
        "duration_s": None if event.duration_s is None else round(event.duration_s),
        _KWH_KEYS.get(event.kind, ""): None
        if event.kwh is None
        else round(event.kwh, 2),
        "electricity_kwh": None if paid is None else round(paid, 2),
        "cop": None if cop is None else _number(cop),
        "outdoor": None if outdoor is None else _number(outdoor),
        "from": None if first is None else _number(round(first, 1)),
        "to": None if last is None else _number(round(last, 1)),
        "cause": event.cause,
    }
    return {name: value for name, value in details.items() if value is not None}


def _number(value: float) -> float:
    """Return a whole number as one."""
    return int(value) if value.is_integer() else value
