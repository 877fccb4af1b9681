"""What small answers in InfluxQL's JSON say: of databases, series and times."""

from dataclasses import dataclass
from datetime import datetime

from .. import SeriesInfo
from .influxql_values import moment, number
from .layouts import ABOUT, Newest, exported_series, is_text, series_name
from .results import Result, results


@dataclass(frozen=True, slots=True)
class Policy:
    """A retention policy of a database."""

    name: str
    is_default: bool


def names(body: bytes) -> list[str]:
    """Return the first column of an answer: names."""
    return [str(row[0]) for result in results(body) for row in result.rows]


def policies(body: bytes) -> list[Policy]:
    """Return the retention policies of an answer."""
    told = (
        dict(zip(result.columns, row, strict=True))
        for result in results(body)
        for row in result.rows
    )
    return [Policy(str(policy["name"]), policy["default"] is True) for policy in told]


def has_rows(body: bytes) -> bool:
    """Return whether an answer has a value."""
    return any(result.rows for result in results(body))


def first_time(body: bytes) -> datetime | None:
    """Return the earliest time of an answer."""
    times = (moment(row[0]) for result in results(body) for row in result.rows)
    return min(times, default=None)


def newest_series(body: bytes) -> list[SeriesInfo]:
    """Return what the newest values of a bucket tell of its series."""
    told = [_series_info(result) for result in results(body) if result.rows]
    newest = {info.name: info for info in sorted(told, key=lambda i: i.last_time)}
    return [newest[name] for name in sorted(newest) if name]


def newest_exported(body: bytes) -> list[SeriesInfo]:
    """Return what the newest points of Home Assistant's export tell of its series."""
    about: dict[tuple[str, str], dict[str, tuple[datetime, str]]] = {}
    newest: list[Newest] = []
    for result in results(body):
        entity = result.tags["domain"], result.tags["entity_id"]
        field = result.columns[1]
        for time, value in result.rows:
            at = moment(time)
            if field in ABOUT:
                # One that was renamed has said more than one thing of itself.
                known = about.setdefault(entity, {})
                known[field] = max(known.get(field, (at, "")), (at, str(value)))
                continue
            told = str(value) if is_text(field) else number(value)
            newest.append(Newest(result.measurement, *entity, field, at, told))
    return exported_series(
        newest,
        {
            entity: {field: told for field, (_, told) in known.items()}
            for entity, known in about.items()
        },
    )


def words(body: bytes) -> dict[str, set[str]]:
    """Return the texts that entities of Home Assistant's export have told, by series."""
    found: dict[str, set[str]] = {}
    for result in results(body):
        name = series_name(
            result.tags["domain"], result.tags["entity_id"], result.columns[1]
        )
        found.setdefault(name, set()).update(str(value) for _, value in result.rows)
    return found


def _series_info(result: Result) -> SeriesInfo:
    """Return what the newest value of a tag set tells."""
    time, value = result.rows[0]
    return SeriesInfo(
        name=result.tags.get("name", ""),
        unit=result.tags.get("unit") or None,
        last_time=moment(time),
        last_value=number(value),
    )
