"""How a database names its series: as the collector does, or as Home Assistant exports.

The collector writes one measurement; its tag `name` is what a series is called. Home
Assistant's export has the tags `domain` and `entity_id`, whatever its measurements are
called, which its owner may choose; a series of it is called as the entity. So a name
says in which layout it is looked for, and a database may have both.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
import re
from typing import Self

from .. import SeriesInfo

# The number that a state is; on and off are 1 and 0.
VALUE = "value"
# The text that a state is, where it is no plain number.
STATE = "state"
UNIT = "unit_of_measurement_str"
_TEXT = "_str"
# Entities that have what is measured in attributes, and which of these are listed.
IN_ATTRIBUTES = ("climate", "water_heater")
_ATTRIBUTES = ("current_temperature", "temperature", f"hvac_action{_TEXT}")
LISTED = (VALUE, STATE, UNIT, *_ATTRIBUTES)

# Usually the measurement is the unit, but it may be anything.
_UNITS = frozenset(
    (
        *("°C", "°F", "K", "%", "W", "kW", "Wh", "kWh", "MWh", "V", "A", "Hz", "rpm"),
        *("bar", "s", "min", "h", "l/s", "l/min", "l/h", "L/s", "L/min", "L/h"),
        *("m³", "m³/h", "m³/s", "MJ", "GJ", "Pa", "kPa"),
    )
)
_NAME = re.compile(
    r"(?P<domain>[a-z0-9_]+)\.(?P<entity_id>[a-z0-9_]+)"
    r"(?:#(?P<attribute>[^=#]+))?(?:=(?P<text>.+))?",
    re.DOTALL,
)


def is_text(field: str) -> bool:
    """Return whether a field of the export has texts, and not numbers."""
    return field == STATE or field.endswith(_TEXT)


@dataclass(frozen=True, slots=True)
class Exported:
    """A series of Home Assistant's export, as its name says.

    `sensor.supply` is the number that a state is, `climate.pump#temperature` one in an
    attribute. What is told in words is asked word by word, and is 1 while it is so and
    0 while not: `sensor.mode=heating`, `climate.pump#hvac_action=idle`.
    """

    domain: str
    entity_id: str
    attribute: str | None = None
    text: str | None = None

    @classmethod
    def of(cls, name: str) -> Self | None:
        """Return what a name says, None for a series of the collector."""
        found = _NAME.fullmatch(name)
        return None if found is None else cls(**found.groupdict())

    @property
    def field(self) -> str:
        """Return the field that has its values."""
        if self.attribute is None:
            return VALUE if self.text is None else STATE
        return self.attribute if self.text is None else f"{self.attribute}{_TEXT}"

    @property
    def fields(self) -> tuple[str, ...]:
        """Return all fields that say something of it: a text ends a number."""
        return (VALUE, STATE) if self.field == VALUE else (self.field,)


@dataclass(frozen=True, slots=True)
class Newest:
    """The newest value of a field of an exported entity; NaN if it is a text."""

    measurement: str
    domain: str
    entity_id: str
    field: str
    time: datetime
    value: float

    @property
    def name(self) -> str:
        """Return what the series is called."""
        entity = f"{self.domain}.{self.entity_id}"
        if self.field in (VALUE, STATE):
            return entity
        return f"{entity}#{self.field.removesuffix(_TEXT)}"

    @property
    def is_listed(self) -> bool:
        """Return whether the field is a series of its own."""
        return self.field in (VALUE, STATE) or (
            self.domain in IN_ATTRIBUTES and self.field in _ATTRIBUTES
        )


def exported_series(
    found: Iterable[Newest], units: dict[tuple[str, str], str]
) -> list[SeriesInfo]:
    """Return the series of Home Assistant's export, by name.

    `units`: what entities themselves say of it, by domain and entity_id.
    """
    series: dict[str, SeriesInfo] = {}
    # Of on, which is 1 as well, the number counts.
    for newest in sorted(found, key=lambda n: (n.time, n.field == VALUE)):
        if newest.is_listed:
            own = newest.measurement if newest.measurement in _UNITS else None
            unit = units.get((newest.domain, newest.entity_id), own)
            series[newest.name] = SeriesInfo(
                newest.name, unit, newest.time, newest.value
            )
    return [series[name] for name in sorted(series)]
