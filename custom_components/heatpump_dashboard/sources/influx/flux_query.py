"""The Flux texts we send, and how names get into them safely."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from .. import Times

MEASUREMENT = "heatpump"
FIELD = "value"
RECENT_DAYS = 30

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
    """Return the first time of every tag set since 1970."""
    return _from(bucket, "start: 0") + ' |> first() |> keep(columns: ["_time"])'


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


def nothing() -> str:
    """Ask nothing of any bucket: the answer only proves token and organisation."""
    return 'import "array" array.from(rows: [{ok: 1}])'


def _from(bucket: str, span: str) -> str:
    """Read the heat pump's values of a span."""
    return (
        f"from(bucket: {text(bucket)}) |> range({span}) |> filter(fn: (r) => {_OURS})"
    )
