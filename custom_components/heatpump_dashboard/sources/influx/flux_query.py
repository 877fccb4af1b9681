"""The Flux texts we send, and how names get into them safely."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from .. import EARLIEST, Times
from .layouts import (
    LISTED,
    MOST_WORDS,
    STATE,
    VALUE,
    WORDS_DAYS,
    WORDY,
    WORDY_ATTRIBUTE,
    Exported,
)

MEASUREMENT = "heatpump"
FIELD = "value"
RECENT_DAYS = 30
# Whatever the measurement is.
_EXPORTED = "exists r.domain and exists r.entity_id"

_SPECIAL = '"\\$'


def text(value: str) -> str:
    r"""Return a Flux string literal that means exactly `value`.

    Flux reads a `$` together with the character after it, whatever that is: in `"$\""`
    the second quote already ends the string, so a backslash before a quote is no
    protection. Whatever is special is written as the number of its byte.
    """
    characters = (
        f"\\x{ord(character):02x}"
        if character in _SPECIAL or character < " "
        else character
        for character in value
    )
    return f'"{"".join(characters)}"'


# What is ours of a bucket.
_OURS = f"r._measurement == {text(MEASUREMENT)} and r._field == {text(FIELD)}"


def instant(value: datetime) -> str:
    """Return a Flux time literal. `value` must know its time zone."""
    if value.tzinfo is None:
        raise ValueError("a time without a time zone means nothing to a database")
    return value.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def readings(bucket: str, series: Sequence[str], *spans: Times) -> str:
    """Raw values of some series, one row per moment, start ≤ time < stop of each span.

    Everything up to `keep` is pushed down into the storage engine; the pivot makes
    the answer a tenth of the size and joins a name that has several tag sets. The
    first column are the times, and no series is called as it is.
    """
    names = " or ".join(f"r.name == {text(name)}" for name in series)
    time = text(_time_column(series))
    stored = [
        _from(bucket, _range(span))
        + f" |> filter(fn: (r) => {names})"
        + ' |> keep(columns: ["_time", "_value", "name"])'
        for span in spans
    ]
    return (
        (stored[0] if len(stored) == 1 else f"union(tables: [{', '.join(stored)}])")
        + " |> group()"
        + (f" |> rename(columns: {{_time: {time}}})" if "_time" in series else "")
        + f' |> pivot(rowKey: [{time}], columnKey: ["name"], valueColumn: "_value")'
    )


def _time_column(series: Sequence[str]) -> str:
    """Return what the times are called beside columns that are called as the series."""
    name = "_time"
    while name in series:
        name += "_"
    return name


def newest(bucket: str, span: Times | None = None) -> str:
    """Return the last value of every tag set within a span, or the recent days.

    What comes last is looked for from the end, which must not be where a shard begins:
    its type would be that of all.
    """
    if span is not None:
        span = (span[0], span[1] - timedelta(microseconds=1))
    return (
        _from(bucket, _range(span))
        + " |> last()"
        + ' |> keep(columns: ["_time", "_value", "name", "unit"])'
        + " |> group()"
    )


def names(bucket: str, span: Times | None = None) -> str:
    """Return the names written within a span, or the recent days, of any type.

    InfluxDB takes them from its index, but not where it is asked for a field, too: some
    may have ended a shard before, or have another field only.
    """
    return (
        'import "influxdata/influxdb/schema"'
        f' schema.tagValues(bucket: {text(bucket)}, tag: "name", {_range(span)},'
        f" predicate: (r) => r._measurement == {text(MEASUREMENT)})"
    )


def oldest(bucket: str) -> str:
    """Return the first time of every tag set since there can be any."""
    return _from(bucket, _since_ever()) + ' |> first() |> keep(columns: ["_time"])'


def presence(bucket: str) -> str:
    """Return one row if a heat pump has written within the recent days."""
    return (
        _from(bucket, _range(None))
        + ' |> last() |> keep(columns: ["_time"]) |> group() |> limit(n: 1)'
    )


def _range(span: Times | None) -> str:
    """Return the start and stop of a span, without one those of the recent days."""
    if span is None:
        return f"start: -{RECENT_DAYS}d"
    return f"start: {instant(span[0])}, stop: {instant(span[1])}"


def _since_ever() -> str:
    """Return all the time in which there can be readings, up to now."""
    return f"start: {instant(EARLIEST)}"


def nothing() -> str:
    """Ask nothing of any bucket: the answer only proves token and organisation."""
    return 'import "array" array.from(rows: [{ok: 1}])'


def exported(
    bucket: str, series: Sequence[Exported], *spans: Times, in_force: bool = True
) -> str:
    """Points of Home Assistant's export, one a row, and those in force at the start.

    Not pivoted: no two of them share a moment. Only what was written in the recent
    days before a span can be in force at its start.
    """
    wanted = " or ".join(dict.fromkeys(_is(one) for one in series))
    back = timedelta(days=RECENT_DAYS)
    questions = [_points(wanted, start, stop) for start, stop in spans]
    if in_force:
        before = (_points(wanted, start - back, start) for start, _ in spans)
        questions += [f"{points} |> last()" for points in before]
    columns = '["_time", "_value", "_field", "_measurement", "domain", "entity_id"]'
    return " ".join(
        f"from(bucket: {text(bucket)}) |> {question} |> keep(columns: {columns})"
        f' |> yield(name: "{number}")'
        for number, question in enumerate(questions)
    )


def newest_exported(bucket: str) -> str:
    """Return the last values of what Home Assistant has exported in the recent days."""
    fields = " or ".join(f"r._field == {text(field)}" for field in LISTED)
    columns = '["_time", "_value", "_field", "_measurement", "domain", "entity_id"]'
    return (
        f"from(bucket: {text(bucket)}) |> range(start: -{RECENT_DAYS}d)"
        f" |> filter(fn: (r) => {_EXPORTED} and ({fields}))"
        f" |> last() |> keep(columns: {columns})"
    )


def words_exported(bucket: str) -> str:
    """Return the different texts that Home Assistant has exported lately, by entity.

    Of a text that never comes again one more than an entity may have, which says so.
    """
    domains = " or ".join(f"r.domain == {text(domain)}" for domain in WORDY)
    wordy = f"r._field == {text(STATE)} and ({domains})"
    columns = '["_value", "_field", "domain", "entity_id"]'
    return (
        f"from(bucket: {text(bucket)}) |> range(start: -{WORDS_DAYS}d)"
        f" |> filter(fn: (r) => {_EXPORTED}"
        f" and (r._field == {text(WORDY_ATTRIBUTE)} or {wordy}))"
        f" |> keep(columns: {columns}) |> distinct() |> limit(n: {MOST_WORDS + 1})"
    )


def oldest_exported(
    bucket: str, series: Sequence[Exported] = (), span: Times | None = None
) -> str:
    """Return the first times of what Home Assistant has exported in a span.

    Of some series, or of all numbers where none are named. Without a span: since there
    can be any.
    """
    range_ = _since_ever() if span is None else _range(span)
    wanted = " or ".join(dict.fromkeys(f"({_is(one)})" for one in series))
    wanted = wanted or f"{_EXPORTED} and r._field == {text(VALUE)}"
    return (
        f"from(bucket: {text(bucket)}) |> range({range_})"
        f" |> filter(fn: (r) => {wanted})"
        ' |> first() |> keep(columns: ["_time"])'
    )


def _points(wanted: str, start: datetime, stop: datetime) -> str:
    """Return what chooses some points of a span."""
    span = f"start: {instant(start)}, stop: {instant(stop)}"
    return f"range({span}) |> filter(fn: (r) => {wanted})"


def _is(series: Exported) -> str:
    """Return the condition that a point says something of an exported series."""
    fields = " or ".join(f"r._field == {text(field)}" for field in series.fields)
    return (
        f"r.domain == {text(series.domain)} and r.entity_id == {text(series.entity_id)}"
        f" and ({fields})"
    )


def _from(bucket: str, span: str) -> str:
    """Read the heat pump's values of a span."""
    return (
        f"from(bucket: {text(bucket)}) |> range({span}) |> filter(fn: (r) => {_OURS})"
    )
