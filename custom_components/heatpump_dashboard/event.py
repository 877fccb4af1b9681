"""Event entities of a heat pump: its alarms, and what it begins and ends."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import takewhile
from typing import TYPE_CHECKING, Any, Final, NamedTuple, override

from homeassistant.components.event import EventEntity, EventEntityDescription
from homeassistant.core import HomeAssistant, callback
from homeassistant.helpers.entity_platform import AddConfigEntryEntitiesCallback
from homeassistant.util import dt as dt_util

from .analysis.words import ALARM_CHANGES
from .coordinator import HeatPumpConfigEntry, HeatPumpCoordinator
from .entity import HeatPumpEntity, async_add_to_each_pump
from .profiles import Profile, alarm_severity, alarm_text

if TYPE_CHECKING:
    from .analysis.events import Event

PARALLEL_UPDATES = 0

# An automation that acts on what is older would act on the past.
OLDEST: Final = timedelta(minutes=10)

_OPERATION: Final = {
    ("COMPRESSOR", "begin"): "compressor_started",
    ("COMPRESSOR", "end"): "compressor_stopped",
    ("HOT_WATER", "begin"): "hot_water_started",
    ("HOT_WATER", "end"): "hot_water_finished",
    ("AUXILIARY", "begin"): "auxiliary_started",
    ("AUXILIARY", "change"): "auxiliary_changed",
    ("AUXILIARY", "end"): "auxiliary_stopped",
}


class _Change(NamedTuple):
    """What tells a change from all others: what happened to what, and when."""

    kind: str
    step: str
    time: datetime


@dataclass(frozen=True, kw_only=True)
class HeatPumpEventDescription(EventEntityDescription):
    """An event entity; a pump has it that reports any of its metrics.

    `type_fn` says which type a change of the heat pump is, None if it is none,
    `attributes_fn` what is told of it, by its brand and in a language.
    """

    metrics: frozenset[str]
    type_fn: Callable[[Event], str | None]
    attributes_fn: Callable[[Event, Profile, str], dict[str, Any]]


def _alarm_type(event: Event) -> str | None:
    return ALARM_CHANGES[event.step] if event.kind.name == "ALARM" else None


def _alarm_attributes(event: Event, profile: Profile, language: str) -> dict[str, Any]:
    """Return the alarm that begins or ends, in the language of the home."""
    return {
        "code": event.code or None,
        "text": alarm_text(profile, event.code, active=True, language=language),
        "severity": alarm_severity(profile, event.code),
        "duration": event.duration_s,
    }


def _operation_type(event: Event) -> str | None:
    return _OPERATION.get((event.kind.name, event.step))


def _operation_attributes(event: Event, *_: object) -> dict[str, Any]:
    """Return how long a run was (s) and what came of it (kWh, °C)."""
    auxiliary = event.kind.name == "AUXILIARY"
    kwh = None if event.kwh is None else round(event.kwh, 2)
    return {
        "percent": event.value if auxiliary and event.value else None,
        "duration": event.duration_s,
        "energy" if auxiliary else "heat": kwh,
        "temperature_before": event.celsius[0],
        "temperature_after": event.celsius[1],
    }


DESCRIPTIONS: tuple[HeatPumpEventDescription, ...] = (
    HeatPumpEventDescription(
        key="alarm_event",
        translation_key="alarm_event",
        event_types=list(ALARM_CHANGES.values()),
        metrics=frozenset({"alarm", "alarm_code"}),
        type_fn=_alarm_type,
        attributes_fn=_alarm_attributes,
    ),
    HeatPumpEventDescription(
        key="operation_event",
        translation_key="operation_event",
        event_types=list(_OPERATION.values()),
        metrics=frozenset({"compressor"}),
        type_fn=_operation_type,
        attributes_fn=_operation_attributes,
    ),
)


async def async_setup_entry(
    hass: HomeAssistant,
    entry: HeatPumpConfigEntry,
    async_add_entities: AddConfigEntryEntitiesCallback,
) -> None:
    """Add the event entities each heat pump of the entry has."""
    async_add_to_each_pump(entry, async_add_entities, _events)


def _events(
    entry: HeatPumpConfigEntry, coordinator: HeatPumpCoordinator
) -> Iterator[HeatPumpEvent]:
    """Yield the event entities a heat pump has."""
    for description in DESCRIPTIONS:
        if coordinator.pump.capabilities.reports_any(description.metrics):
            yield HeatPumpEvent(
                entry=entry, coordinator=coordinator, description=description
            )


class HeatPumpEvent(HeatPumpEntity, EventEntity):
    """An event entity: it tells each change once, in whatever order they become known.

    A row may come in halves, the alarm a poll after the rest, and a reading between
    two others may show that a run began earlier. Therefore each change that was told
    is remembered by itself: a mere "told up to 12:00" would miss one that turns up
    late with an earlier time. What was known at the start is the past and is not told, nor is
    what became known more than ten minutes after it happened.
    """

    entity_description: HeatPumpEventDescription

    def __init__(
        self,
        *,
        entry: HeatPumpConfigEntry,
        coordinator: HeatPumpCoordinator,
        description: HeatPumpEventDescription,
    ) -> None:
        """Take what is known already as told."""
        super().__init__(entry=entry, coordinator=coordinator, description=description)
        self._begun = dt_util.utcnow()
        self._sent: set[_Change] | None = None
        if coordinator.has_read:
            self._sent = {change for change, _, _ in self._recent()}

    @callback
    @override
    def _handle_coordinator_update(self) -> None:
        """Tell what is new."""
        profile = self.coordinator.pump.profile
        language = self.hass.config.language
        for event, event_type in self._news():
            attributes = self.entity_description.attributes_fn(event, profile, language)
            known = {k: v for k, v in attributes.items() if v is not None}
            self._trigger_event(event_type, {"time": _time(event), **known})
            self.async_write_ha_state()
        super()._handle_coordinator_update()

    def _news(self) -> list[tuple[Event, str]]:
        """Return the changes that have not been told, in ascending order."""
        recent = self._recent()
        if self._sent is None:
            if not self.coordinator.has_read:
                return []
            self._sent = {
                change for change, _, _ in recent if change.time <= self._begun
            }
        # By the readings' clock: ours may be put forward and back.
        kept = self._last_reading - 2 * OLDEST
        told = {change for change in self._sent if change.time > kept}
        gone = told - {_change(event) for event in self._since(kept)}
        news = []
        for change, event, event_type in recent:
            if change in told:
                continue
            if (moved := _moved(change, gone)) is None:
                news.append((event, event_type))
            else:
                gone.discard(moved)
            told.add(change)
        self._sent = told
        return news

    @property
    def _last_reading(self) -> datetime:
        return self.coordinator.last_reading or self._begun

    def _since(self, oldest: datetime) -> list[Event]:
        """Return the events after a moment, the newest first."""
        events = reversed(self.coordinator.pump.records.events)
        return list(takewhile(lambda event: _time(event) > oldest, events))

    def _recent(self) -> list[tuple[_Change, Event, str]]:
        """Return the changes of the last ten minutes with their types, ascending."""
        oldest = max(dt_util.utcnow(), self._last_reading) - OLDEST
        return [
            (_change(event), event, event_type)
            for event in reversed(self._since(oldest))
            if (event_type := self.entity_description.type_fn(event)) is not None
        ]


def _change(event: Event) -> _Change:
    return _Change(event.kind.name, event.step, _time(event))


def _moved(change: _Change, gone: set[_Change]) -> _Change | None:
    """Return what was told of a change that is now known to have been at another time."""
    same = [
        other
        for other in gone
        if (other.kind, other.step) == (change.kind, change.step)
    ]
    return min(same, key=lambda other: abs(other.time - change.time), default=None)


def _time(event: Event) -> datetime:
    return datetime.fromtimestamp(event.time / 1000, UTC)
