"""The CSV that InfluxDB answers with: its tables, its errors, its cuts."""

from collections.abc import Iterator
import csv
from dataclasses import dataclass
import io

_NEWLINE = b"\r\n"
_BLANK_LINE = b"\r\n\r\n"
_HEAD = b",result,table,"


class CsvError(Exception):
    """An answer that cannot be used."""


class ErrorTableError(CsvError):
    """The server gave up after it had already said HTTP 200."""


class CutOffError(CsvError):
    """The answer ends before its end."""


class NotCsvError(CsvError):
    """The answer is no CSV of InfluxDB's."""


@dataclass(frozen=True, slots=True)
class Table:
    """One table: the names of its columns and the bytes of its rows.

    The first three columns (annotation, result, table) are InfluxDB's own.
    """

    columns: tuple[str, ...]
    rows: bytes


def is_markup(body: bytes) -> bool:
    """Return whether a body is a web page."""
    return body.lstrip()[:1] == b"<"


def tables(body: bytes) -> Iterator[Table]:
    """Yield the tables of an answer, none for an empty one.

    An error can stand behind any number of good tables, or be the only one.
    """
    for part in _parts(body):
        head, rows = _split_head(part)
        columns = tuple(next(csv.reader([head.decode()])))
        if columns[-2:] == ("error", "reference"):
            raise ErrorTableError(_reason(rows))
        if columns[:3] != ("", "result", "table"):
            raise NotCsvError(head.decode()[:80])
        yield Table(columns, rows)


def records(body: bytes) -> list[dict[str, str]]:
    """Return the rows of a small answer as dictionaries of text."""
    return [
        dict(zip(table.columns, row, strict=True))
        for table in tables(body)
        for row in _rows(table.rows)
    ]


def _parts(body: bytes) -> list[bytes]:
    """Cut an answer at the blank lines that separate its tables.

    InfluxDB puts a blank line behind every result, so an answer that lacks it was
    cut, even where the cut fell exactly between two rows. Only an error comes last
    without one.
    """
    parts = [part for part in body.split(_BLANK_LINE) if part.strip()]
    complete = body.endswith(_BLANK_LINE) or (body == _NEWLINE)
    if not complete and not (parts and _is_error(parts[-1])):
        raise CutOffError if _HEAD.startswith(body[: len(_HEAD)]) else NotCsvError
    return [part.removeprefix(_NEWLINE) for part in parts]


def _is_error(part: bytes) -> bool:
    """Return whether a table is the one that tells an error."""
    return part.strip().lstrip(b",").startswith(b"error,reference")


def _split_head(part: bytes) -> tuple[bytes, bytes]:
    """Return the line of column names and the rows below it.

    A quoted column name may hold a line break: only one outside quotes counts.
    """
    end = part.find(_NEWLINE)
    while end >= 0 and part.count(b'"', 0, end) % 2:
        end = part.find(_NEWLINE, end + 1)
    if end < 0:
        raise CutOffError
    return part[:end], part[end + len(_NEWLINE) :]


def _rows(rows: bytes) -> Iterator[list[str]]:
    """Yield the rows of a table as text."""
    yield from csv.reader(io.StringIO(rows.decode(), newline=""))


def _reason(rows: bytes) -> str:
    """Return the server's own words from a table that tells an error."""
    row = next(_rows(rows), [])
    return next((word for word in row if word), "no reason given")
