"""What small answers of InfluxDB say: of buckets, series and times."""

from datetime import datetime, timedelta
import json

from .. import SeriesInfo
from .answer import ForeignAnswerError
from .csv_tables import records
from .influxql_values import number
from .layouts import ABOUT, Newest, exported_series, is_text, series_name
from .shards import DAY, SHORTEST

# How InfluxDB writes yes and no.
_YES_NO = {"true": 1.0, "false": 0.0}
# What reading a JSON that is another than we think can end in.
_OTHER_JSON = (
    AttributeError,
    LookupError,
    OverflowError,
    RecursionError,
    TypeError,
    ValueError,
)


def organization_ids(body: bytes) -> dict[str, str]:
    """Return the ID of each bucket's organisation in a list of buckets, by its name."""
    try:
        buckets = json.loads(body)["buckets"]
        return {str(bucket["name"]): str(bucket.get("orgID", "")) for bucket in buckets}
    except _OTHER_JSON as err:
        raise ForeignAnswerError from err


def shard_length(body: bytes, bucket: str) -> timedelta:
    """Return how long a shard of a bucket in a list is: days, where it does not say."""
    try:
        (found,) = (b for b in json.loads(body)["buckets"] if b["name"] == bucket)
        seconds = found["retentionRules"][0]["shardGroupDurationSeconds"]
        return max(timedelta(seconds=seconds), SHORTEST)
    except _OTHER_JSON:
        return DAY


def _moment(text: str) -> datetime:
    """Return a time of InfluxDB's. Nanoseconds are cut to microseconds."""
    moment = datetime.fromisoformat(text)
    if moment.tzinfo is None:
        raise ValueError("a time that does not tell its zone")
    return moment


def first(body: bytes) -> datetime | None:
    """Return the earliest time of an answer."""
    times = (_moment(row["_time"]) for row in records(body))
    return min(times, default=None)


def names_of(body: bytes) -> set[str]:
    """Return the values of a tag."""
    return {row["_value"] for row in records(body) if row.get("_value")}


def series_of(body: bytes) -> list[SeriesInfo]:
    """Return what the newest values of a bucket tell of its series."""
    rows = sorted(records(body), key=lambda row: _moment(row["_time"]))
    newest = {row["name"]: row for row in rows if row.get("name")}
    return [_series_info(newest[name]) for name in sorted(newest)]


def exported_of(body: bytes) -> list[SeriesInfo]:
    """Return what the newest points of Home Assistant's export tell of its series."""
    rows = [row for row in records(body) if row.get("domain") and row.get("entity_id")]
    about: dict[tuple[str, str], dict[str, str]] = {}
    # One that was renamed has said more than one thing of itself.
    for row in sorted(rows, key=lambda row: _moment(row["_time"])):
        if row["_field"] in ABOUT:
            entity = about.setdefault((row["domain"], row["entity_id"]), {})
            entity[row["_field"]] = row["_value"]
    newest = (
        Newest(
            row["_measurement"],
            row["domain"],
            row["entity_id"],
            row["_field"],
            _moment(row["_time"]),
            row["_value"] if is_text(row["_field"]) else _number(row["_value"]),
        )
        for row in rows
        if row["_field"] not in ABOUT
    )
    return exported_series(newest, about)


def words_of(body: bytes) -> dict[str, set[str]]:
    """Return the texts that entities of Home Assistant's export have told, by series."""
    found: dict[str, set[str]] = {}
    for row in records(body):
        if row.get("domain") and row.get("entity_id"):
            name = series_name(row["domain"], row["entity_id"], row["_field"])
            found.setdefault(name, set()).add(row["_value"])
    return found


def _series_info(row: dict[str, str]) -> SeriesInfo:
    """Return what a row of the newest values tells of a series."""
    return SeriesInfo(
        name=row["name"],
        unit=row.get("unit") or None,
        last_time=_moment(row["_time"]),
        last_value=_number(row["_value"]),
    )


def _number(text: str) -> float:
    """Return the number in a text, 1 and 0 for yes and no, NaN for any other."""
    return _YES_NO[text] if text in _YES_NO else number(text)
