"""The InfluxQL texts we send, and how names get into them safely."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from .. import EARLIEST, Times
from .flux_query import FIELD, MEASUREMENT, RECENT_DAYS
from .layouts import (
    LISTED,
    MOST_WORDS,
    STATE,
    VALUE,
    WORDS_DAYS,
    WORDY,
    WORDY_ATTRIBUTE,
    Exported,
    is_text,
)

# All values of a shard have one type, and the next shard's may have another. Without a
# type InfluxQL tells only one of them; whole numbers come with the decimals.
_TYPES = ("float", "boolean", "string")
_TAGGED = """ AND "domain" != '' AND "entity_id" != ''"""
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)
# Written as they are these end a text, or are read as another character.
_UNSPEAKABLE = frozenset("\r\0")
_MEASUREMENT, _FIELD = f'"{MEASUREMENT}"', f'"{FIELD}"'

# One statement or more, which are sent together.
type Statements = tuple[str, ...]

NOTHING: Statements = ("SHOW DATABASES",)


def text(value: str) -> str:
    """Return an InfluxQL string literal that means exactly `value`."""
    return _quoted(value, "'")


def name(value: str) -> str:
    """Return an InfluxQL identifier that means exactly `value`."""
    return _quoted(value, '"')


def can_be_asked(value: str) -> bool:
    """Return whether InfluxQL has a way to write a text."""
    return not _UNSPEAKABLE.intersection(value)


def instant(value: datetime) -> str:
    """Return an InfluxQL time literal, in microseconds. `value` must know its zone."""
    if value.tzinfo is None:
        raise ValueError("a time without a time zone means nothing to a database")
    return f"{(value - _EPOCH) // _MICROSECOND}u"


def readings(series: Sequence[str], *spans: Times) -> Statements:
    """Raw values of some series, start ≤ time < stop of each span.

    Each tag set by itself: where several have a value of one moment, any of them might
    come last, and that one counts.
    """
    names = " OR ".join(f'"name" = {text(name)}' for name in series)
    return _each_type(
        "",
        *(f"{_between(start, stop)} AND ({names}) GROUP BY *" for start, stop in spans),
    )


def newest() -> Statements:
    """Return the last value of every tag set within the recent days.

    Of those that have a value of one moment the last one counts, as where they are read.
    """
    return _each_type("last", f"{_recent()} GROUP BY *")


def oldest() -> Statements:
    """Return the first value of all since there can be any."""
    return _each_type("first", _ever())


def presence(span: Times | None = None) -> Statements:
    """Return a value if a heat pump has written within a span, or the recent days."""
    if span is None:
        return _each_type("last", _recent())
    return _each_type("first", _between(*span))


def exported(
    series: Sequence[Exported], *spans: Times, in_force: bool = True
) -> Statements:
    """Points of Home Assistant's export, and those in force at the start of each span.

    Only what was written in the recent days before a span can be in force at its start.
    """
    back = timedelta(days=RECENT_DAYS)
    fields = {field: None for one in series for field in one.fields}
    return tuple(
        _exported(function, field, f"{_between(*span)} AND ({_any(series, field)})")
        for field in fields
        for start, stop in spans
        for function, span in (("last", (start - back, start)), ("", (start, stop)))
        if in_force or not function
    )


def newest_exported() -> Statements:
    """Return the last values of what Home Assistant has exported in the recent days."""
    return tuple(_exported("last", field, f"{_recent()}{_TAGGED}") for field in LISTED)


def words_exported() -> Statements:
    """Return the different texts that Home Assistant has exported lately, by entity.

    Of a text that never comes again one more than an entity may have, which says so.
    """
    recent = f"time >= now() - {WORDS_DAYS}d AND time <= now()"
    domains = " OR ".join(f'"domain" = {text(domain)}' for domain in WORDY)
    asked = (
        _exported("distinct", STATE, f"{recent}{_TAGGED} AND ({domains})"),
        _exported("distinct", WORDY_ATTRIBUTE, f"{recent}{_TAGGED}"),
    )
    # InfluxQL counts the rows of each entity, behind `distinct`.
    return tuple(f"{statement} LIMIT {MOST_WORDS + 1}" for statement in asked)


def oldest_exported(
    series: Sequence[Exported] = (), span: Times | None = None
) -> Statements:
    """Return the first values of what Home Assistant has exported in a span.

    Of some series, or of all numbers where none are named. Without a span: since there
    can be any.
    """
    when = _ever() if span is None else _between(*span)
    if not series:
        return (_exported("first", VALUE, f"{when}{_TAGGED}"),)
    return tuple(
        _exported("first", field, f"{when} AND ({_any(series, field)})")
        for field in dict.fromkeys(field for one in series for field in one.fields)
    )


def policies(database: str) -> Statements:
    """Return the retention policies of a database."""
    return (f"SHOW RETENTION POLICIES ON {name(database)}",)


def _each_type(function: str, *where: str) -> Statements:
    """Return a statement for each condition and each type a value may have."""
    return tuple(
        f"SELECT {function}({_FIELD}::{kind}) AS {_FIELD} FROM {_MEASUREMENT}"  # noqa: S608 - all names are quoted
        f" WHERE {condition}"
        for condition in where
        for kind in _TYPES
    )


def _exported(function: str, field: str, condition: str) -> str:
    """Return a statement about a field of any measurement, by entity."""
    kind = "string" if is_text(field) else "float"
    return (
        f"SELECT {function}({name(field)}::{kind}) AS {name(field)} FROM /.*/"  # noqa: S608 - all names are quoted
        f' WHERE {condition} GROUP BY "domain", "entity_id"'
    )


def _any(series: Sequence[Exported], field: str) -> str:
    """Return the condition that a point is of an entity whose field is wanted."""
    return " OR ".join(
        f'("domain" = {text(one.domain)} AND "entity_id" = {text(one.entity_id)})'
        for one in series
        if field in one.fields
    )


def _between(start: datetime, stop: datetime) -> str:
    """Return the condition that a time is one of a span."""
    return f"time >= {instant(start)} AND time < {instant(stop)}"


def _ever() -> str:
    """Return the condition that a time is one at which there can be readings."""
    return f"time >= {instant(EARLIEST)} AND time <= now()"


def _recent() -> str:
    """Return the condition that a time is one of the recent days."""
    return f"time >= now() - {RECENT_DAYS}d AND time <= now()"


def _quoted(value: str, quote: str) -> str:
    """Return a text between quotes; InfluxQL knows these escapes and no others."""
    for special, meant in (("\\", "\\\\"), (quote, f"\\{quote}"), ("\n", "\\n")):
        value = value.replace(special, meant)
    return f"{quote}{value}{quote}"
