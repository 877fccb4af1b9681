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


def tables(body: bytes) -> list[Table]:
    """Return the tables of an answer, none for an empty one.

    An error can stand behind any number of good tables, or be the only one.
    """
    parts = [part for part in body.split(_BLANK_LINE) if part.strip()]
    for part in parts:
        if _is_error(part):
            raise ErrorTableError(_reason(part))
    if not (body.endswith(_BLANK_LINE) or body == _NEWLINE):
        # A blank line ends every result: without it the answer was cut, even where
        # the cut fell exactly between two rows.
        raise CutOffError if _HEAD.startswith(body[: len(_HEAD)]) else NotCsvError
    return [_table(part.removeprefix(_NEWLINE)) for part in parts]


def records(body: bytes) -> list[dict[str, str]]:
    """Return the rows of a small answer as dictionaries of text."""
    return [
        dict(zip(table.columns, row, strict=True))
        for table in tables(body)
        for row in _rows(table.rows)
    ]


def _is_error(part: bytes) -> bool:
    """Return whether a table is the one that tells an error."""
    return part.strip().lstrip(b",").startswith(b"error,reference")


def _reason(part: bytes) -> str:
    """Return the server's own words from the table that tells an error."""
    _, row = [*_rows(part.strip()), []][:2]
    return next((word for word in row if word), "no reason given")


def _table(part: bytes) -> Table:
    """Return a table: its first line are the names of its columns.

    A quoted name may hold a line break: only one outside quotes ends the line.
    """
    end = part.find(_NEWLINE)
    while end >= 0 and part.count(b'"', 0, end) % 2:
        end = part.find(_NEWLINE, end + 1)
    columns = next(_rows(part[:end]))
    if end < 0 or columns[:3] != ["", "result", "table"]:
        raise NotCsvError
    return Table(tuple(columns), part[end + len(_NEWLINE) :])


def _rows(text: bytes) -> Iterator[list[str]]:
    """Yield the rows of CSV as text."""
    yield from csv.reader(io.StringIO(text.decode(), newline=""))
