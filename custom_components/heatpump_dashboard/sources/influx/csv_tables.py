"""The CSV that InfluxDB answers with: its tables, its errors, its cuts."""

from collections.abc import Iterator
import csv
from dataclasses import dataclass
import io

from .answer import CutOffError, ForeignAnswerError, RefusalError

_NEWLINE = b"\r\n"
_BLANK_LINE = b"\r\n\r\n"
_TYPES = b"#datatype,"
_HEADS = (b",result,table,", _TYPES)


@dataclass(frozen=True, slots=True)
class Table:
    """One table: the names of its columns, the bytes of its rows, the columns' types.

    The first three columns (annotation, result, table) are InfluxDB's own. Types are
    Flux's words, none where they were not told.
    """

    columns: tuple[str, ...]
    rows: bytes
    types: tuple[str, ...] = ()


def tables(body: bytes) -> list[Table]:
    """Return the tables of an answer, none for an empty one.

    An error can stand behind any number of good tables, or be the only one.
    """
    parts = [part for part in _parts(body) if part.strip()]
    for part in parts:
        if _is_error(part):
            raise RefusalError(_reason(part))
    if not (body.endswith(_BLANK_LINE) or body == _NEWLINE):
        # A blank line ends every result: without it the answer was cut, even where
        # the cut fell exactly between two rows.
        heads = (head.startswith(body[: len(head)]) for head in _HEADS)
        raise CutOffError if any(heads) else ForeignAnswerError
    return [_table(part.removeprefix(_NEWLINE)) for part in parts]


def records(body: bytes) -> list[dict[str, str]]:
    """Return the rows of a small answer as dictionaries of text."""
    return [
        dict(zip(table.columns, row, strict=True))
        for table in tables(body)
        for row in _rows(table.rows)
    ]


def _parts(body: bytes) -> Iterator[bytes]:
    """Yield what blank lines part; one in a quoted text parts nothing."""
    held: list[bytes] = []
    quoted = False
    for part in body.split(_BLANK_LINE):
        held.append(part)
        quoted ^= part.count(b'"') % 2 == 1
        if not quoted:
            yield _BLANK_LINE.join(held)
            held.clear()
    yield _BLANK_LINE.join(held)


def _is_error(part: bytes) -> bool:
    """Return whether a table is the one that tells an error."""
    _, head = _annotation(part.strip())
    return head.lstrip(b",").startswith(b"error,reference")


def _reason(part: bytes) -> str:
    """Return the server's own words from the table that tells an error."""
    _, head = _annotation(part.strip())
    _, row = [*_rows(head), []][:2]
    return next((word for word in row if word), "no reason given")


def _annotation(part: bytes) -> tuple[bytes, bytes]:
    """Return the line that tells the types of a table, if there is one, and the rest."""
    if not part.startswith(_TYPES):
        return b"", part
    types, _, rest = part.partition(_NEWLINE)
    return types, rest


def _table(part: bytes) -> Table:
    """Return a table: its first line are the names of its columns.

    A quoted name may hold a line break: only one outside quotes ends the line. It is
    the only one where Flux found nothing of what it looked up in the index.
    """
    types, part = _annotation(part)
    end = part.find(_NEWLINE)
    quotes = part.count(b'"', 0, end)
    while end >= 0 and quotes % 2:
        begin, end = end, part.find(_NEWLINE, end + 1)
        quotes += part.count(b'"', begin, end)
    if end < 0 and not quotes % 2:
        end = len(part)
    columns = next(_rows(part[:end]), []) if end >= 0 else []
    if columns[:3] != ["", "result", "table"]:
        raise ForeignAnswerError
    rows = part[end + len(_NEWLINE) :]
    return Table(tuple(columns), rows, tuple(next(_rows(types), ())))


def _rows(text: bytes) -> Iterator[list[str]]:
    """Yield the rows of CSV as text."""
    try:
        yield from csv.reader(io.StringIO(text.decode(), newline=""))
    except csv.Error as err:
        raise ForeignAnswerError from err
