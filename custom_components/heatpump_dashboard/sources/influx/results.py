"""The JSON that InfluxQL is answered with: its series, its errors, its cuts."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import orjson

from .answer import CutOffError, ForeignAnswerError, RefusalError
from .errors import MAX_ROW_LIMIT

# How every answer begins, however it goes on.
_HEAD = b'{"results"'


class TooManyRowsError(RefusalError):
    """The server tells so many rows and no more."""

    def __init__(self) -> None:
        """Name the setting that does it."""
        super().__init__(f"its {MAX_ROW_LIMIT} cuts the answer")


@dataclass(frozen=True, slots=True)
class Result:
    """One series of an answer: its measurement and tags, its columns, its rows."""

    measurement: str
    tags: dict[str, str]
    columns: list[str]
    rows: list[list[Any]]


def results(body: bytes) -> list[Result]:
    """Return the series of all statements. Raises AnswerError.

    An error may stand behind any number of good series.
    """
    try:
        told = list(_told(body))
    except (LookupError, TypeError, ValueError, AttributeError) as err:
        raise ForeignAnswerError from err
    return [_result(series) for series in told]


def _told(body: bytes) -> Iterator[dict[str, Any]]:
    """Yield what an answer tells of its series.

    What fails behind the statements is told beside their results, or instead of them.
    """
    answer = _json(body)
    if (reason := answer.get("error")) is not None:
        raise RefusalError(str(reason))
    for statement in answer["results"]:
        if (reason := statement.get("error")) is not None:
            raise RefusalError(str(reason))
        for series in statement.get("series", ()):
            if statement.get("partial") or series.get("partial"):
                raise TooManyRowsError
            yield series


def _json(body: bytes) -> Any:
    """Return the content of an answer. Where it is cut it is no JSON."""
    try:
        return orjson.loads(body)
    except orjson.JSONDecodeError as err:
        raise (
            CutOffError if _HEAD.startswith(body[: len(_HEAD)]) else ForeignAnswerError
        ) from err


def _result(series: dict[str, Any]) -> Result:
    """Return a series, whose rows are as long as it has columns."""
    tags, columns = series.get("tags", {}), series.get("columns")
    rows = series.get("values", [])
    if not (
        isinstance(tags, dict)
        and isinstance(columns, list)
        and all(isinstance(word, str) for word in (*tags.values(), *columns))
        and isinstance(rows, list)
        and all(isinstance(row, list) and len(row) == len(columns) for row in rows)
    ):
        raise ForeignAnswerError
    return Result(str(series.get("name", "")), tags, columns, rows)
