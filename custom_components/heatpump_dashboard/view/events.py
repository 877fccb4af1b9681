"""Words events for those who look on: one JSON object each, made once."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final

import orjson

from ..analysis.events import Event
from ..analysis.states import Kind
from ..analysis.words import ALARM_CHANGES
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


def event_rows(events: Sequence[Event], profile: Profile, language: str) -> EventRows:
    """Return the rows of events; alarms are told in the language of the home."""
    return EventRows(
        [event.time for event in events],
        [
            orjson.dumps(_alarm(event, profile, language))
            if event.kind is Kind.ALARM
            else _row(event)
            for event in events
        ],
    )


def alarm_texts(event: Event, profile: Profile) -> dict[str, str | None]:
    """Return what an alarm says, by language."""
    return {
        language: alarm_text(profile, event.code, active=True, language=language)
        for language in ("en", "sv")
    }


@lru_cache(maxsize=_KEPT)
def _row(event: Event) -> bytes:
    """Return the row of an event that is no alarm.

    What differs from row to row comes first: so it is smallest when compressed.
    """
    return orjson.dumps(
        {
            "time": event.time,
            **_details(event),
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


def _details(event: Event) -> dict[str, float]:
    """Return what is known of the run that ends."""
    first, last = event.celsius
    details = {
        "duration_s": None if event.duration_s is None else round(event.duration_s),
        _KWH_KEYS.get(event.kind, ""): None
        if event.kwh is None
        else round(event.kwh, 2),
        "from": None if first is None else _number(round(first, 1)),
        "to": None if last is None else _number(round(last, 1)),
    }
    return {name: value for name, value in details.items() if value is not None}


def _number(value: float) -> float:
    """Return a whole number as one."""
    return int(value) if value.is_integer() else value
