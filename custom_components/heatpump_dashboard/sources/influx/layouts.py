"""How a database names its series: as the collector does, or as Home Assistant exports.

The collector writes one measurement; its tag `name` is what a series is called. Home
Assistant's export has the tags `domain` and `entity_id`, whatever its measurements are
called, which its owner may choose; a series of it is called as the entity. So a name
says in which layout it is looked for, and a database may have both.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
import math
from typing import Self

from ...profiles.entities import NAME
from ...units import Linear, between, is_unit
from .. import SeriesInfo

# The number that a state is; on and off are 1 and 0.
VALUE = "value"
# The text that a state is, where it is no plain number.
STATE = "state"
UNIT = "unit_of_measurement_str"
TITLE = "friendly_name_str"
DEVICE_CLASS = "device_class_str"
# What entities say of themselves.
ABOUT = (UNIT, TITLE, DEVICE_CLASS)
_TEXT = "_str"
_OR = "|"
# Entities that have what is measured in attributes, and which of these are listed.
IN_ATTRIBUTES = ("climate", "water_heater")
# What a climate entity says that it does now.
HVAC_ACTION = "hvac_action"
# Temperatures in attributes, which never tell their unit: it is Home Assistant's own.
TEMPERATURES = ("current_temperature", "temperature")
# So begin those of them that are set, and not measured.
_SET = ("temperature", "target_temp")
_ATTRIBUTES = (*TEMPERATURES, f"{HVAC_ACTION}{_TEXT}")
LISTED = (VALUE, STATE, *ABOUT, *_ATTRIBUTES)
# Where a heat pump may say in words what it does; and in how many different ones, as a
# text that never comes again is none of these.
WORDY = ("sensor", "select")
WORDY_ATTRIBUTE = f"{HVAC_ACTION}{_TEXT}"
MOST_WORDS = 12
# What is told in words comes again within these.
WORDS_DAYS = 7
# Texts that are exported as 1 or 0, too.
_SWITCHED = frozenset(
    (
        *("on", "open", "home", "locked", "above_horizon"),
        *("off", "closed", "not_home", "unlocked", "below_horizon"),
    )
)

# By domain and entity_id, what an entity says of itself, by field.
type About = Mapping[tuple[str, str], Mapping[str, str]]


def is_text(field: str) -> bool:
    """Return whether a field of the export has texts, and not numbers."""
    return field == STATE or field.endswith(_TEXT)


def measured_in(measurement: str) -> str | None:
    """Return the unit that a measurement is called by, as they usually are, if it is."""
    return measurement if is_unit(measurement) else None


def series_name(domain: str, entity_id: str, field: str) -> str:
    """Return what the series of an entity's field is called."""
    entity = f"{domain}.{entity_id}"
    if field in (VALUE, STATE):
        return entity
    return f"{entity}#{field.removesuffix(_TEXT)}"


@dataclass(frozen=True, slots=True)
class Exported:
    """A series of Home Assistant's export, as its name says.

    `sensor.supply` is the number that a state is, `climate.pump#temperature` one in an
    attribute. What is told in words is asked word by word, and is 1 while it is so and
    0 while not: `sensor.mode=heating`, `climate.pump#hvac_action=idle`; of several any
    will do: `sensor.mode=heating|hot water`. `unit`: that in
    which a number is wanted, None where it is taken as it is.
    """

    domain: str
    entity_id: str
    attribute: str | None = None
    text: str | None = None
    unit: str | None = None

    @classmethod
    def of(cls, name: str, units: Mapping[str, str] | None = None) -> Self | None:
        """Return what a name says, None for a series of the collector.

        `units`: in which a number is wanted, by name.
        """
        found = NAME.fullmatch(name)
        if found is None:
            return None
        return cls(**found.groupdict(), unit=(units or {}).get(name))

    @property
    def field(self) -> str:
        """Return the field that has its values."""
        if self.attribute is None:
            return VALUE if self.text is None else STATE
        return self.attribute if self.text is None else f"{self.attribute}{_TEXT}"

    @property
    def fields(self) -> tuple[str, ...]:
        """Return all fields that say something of it: a text ends a number."""
        if self.field != VALUE:
            return (self.field,)
        return (VALUE, STATE) if self.unit is None else (VALUE, STATE, UNIT)

    @property
    def is_set(self) -> bool:
        """Return whether it is what somebody has set, as an attribute tells it."""
        return (self.attribute or "").startswith(_SET)

    def says(self, told: str) -> bool:
        """Return whether a text is the one that is asked for, or one of them."""
        return self.text is not None and told in (self.text, *self.text.split(_OR))

    def is_none_of(self, options: Iterable[object]) -> bool:
        """Return whether an entity that says one of these can say nothing asked for.

        As after a change of its language. Not where it does not tell what it may say.
        """
        told = [str(option) for option in options]
        return bool(told) and self.text is not None and not any(map(self.says, told))

    def conversion(self, unit: str | None) -> Linear | None:
        """Return what becomes of a number told in a unit, None where it is none of it.

        One that does not tell its unit is taken as it is.
        """
        if not unit or self.unit is None:
            return Linear()
        return between(unit, self.unit)


def exported(
    names: Iterable[str], units: Mapping[str, str] | None = None
) -> dict[str, Exported]:
    """Return the series of Home Assistant's export among some, by name."""
    found = ((name, Exported.of(name, units)) for name in names)
    return {name: one for name, one in found if one is not None}


@dataclass(frozen=True, slots=True)
class Newest:
    """The newest value of a field of an exported entity: a number, or a text."""

    measurement: str
    domain: str
    entity_id: str
    field: str
    time: datetime
    value: float | str

    @property
    def name(self) -> str:
        """Return what the series is called."""
        return series_name(self.domain, self.entity_id, self.field)

    @property
    def is_listed(self) -> bool:
        """Return whether the field is a series of its own."""
        return self.field in (VALUE, STATE) or (
            self.domain in IN_ATTRIBUTES and self.field in _ATTRIBUTES
        )


def exported_series(found: Iterable[Newest], about: About) -> list[SeriesInfo]:
    """Return the series of Home Assistant's export, by name."""
    series: dict[str, SeriesInfo] = {}
    # Of on, which is 1 as well, the number counts; that it is a word is kept, too.
    for newest in sorted(found, key=lambda n: (n.time, n.field == VALUE)):
        if newest.is_listed:
            told = about.get((newest.domain, newest.entity_id), {})
            info = _series_info(newest, told)
            before = series.get(newest.name)
            if (
                before is not None
                and before.last_time == newest.time
                and newest.domain in WORDY
            ):
                info = replace(info, words=before.words)
            series[newest.name] = info
    return [series[name] for name in sorted(series)]


def with_words(
    series: Iterable[SeriesInfo], words: Mapping[str, Iterable[str]]
) -> list[SeriesInfo]:
    """Return series with all that they have told in words, by their names."""
    return [_with_words(info, words.get(info.name, ())) for info in series]


def _series_info(newest: Newest, about: Mapping[str, str]) -> SeriesInfo:
    """Return what the newest value of an entity, and what it says of itself, tell."""
    own = measured_in(newest.measurement)
    text = newest.value if isinstance(newest.value, str) else None
    return SeriesInfo(
        newest.name,
        about.get(UNIT, own),
        newest.time,
        math.nan if isinstance(newest.value, str) else newest.value,
        about.get(TITLE),
        about.get(DEVICE_CLASS),
        (text,) if text else (),
    )


def _with_words(info: SeriesInfo, words: Iterable[str]) -> SeriesInfo:
    """Return a series with its words, the last one first; none where it has too many.

    One that is a number now has none, but where that is on or off beside other words.
    """
    told = tuple(dict.fromkeys((*info.words, *sorted(words))))
    is_number = not math.isnan(info.last_value)
    if len(told) > MOST_WORDS or (is_number and not info.words):
        told = ()
    if is_number and _SWITCHED.issuperset(told):
        told = ()
    return replace(info, words=told)
