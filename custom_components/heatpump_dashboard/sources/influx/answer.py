"""An answer of a server: as large as its question implies, unpacked off the event loop."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Self
import zlib

import aiohttp
from yarl import URL

from .. import Times

# Longer than any list of buckets or series, or any error.
SMALL = 4 * 2**20
# More than this is not kept of what says no.
ERROR = 64 * 2**10
# On the same machine packing costs more than it saves.
_LOOPBACK = ("127.0.0.1", "::1", "localhost")
# However long the spans and however many the series.
_LARGEST = 64 * 2**20
# A row and a value of the table, in bytes; most values are shorter, many are missing.
_ROW, _VALUE = 32, 8

# A server that wants to be left alone for longer is asked all the same.
_LONGEST_PAUSE_S = 3600.0

# gzip or zlib, whichever the first bytes say.
_ANY_WINDOW = 47


class AnswerError(Exception):
    """An answer that cannot be used."""


class RefusalError(AnswerError):
    """The server gave up after it had already said HTTP 200."""


class CutOffError(AnswerError):
    """The answer ends before its end."""


class ForeignAnswerError(AnswerError):
    """The answer has not the form that InfluxDB gives it."""


class TooLargeError(Exception):
    """An answer longer than its question implies; the text says how long it may be."""

    def __init__(self, limit: int) -> None:
        """Keep the limit, in bytes."""
        super().__init__(f"over {max(limit // 10**6, 1)} MB")


class UnknownCodingError(ValueError):
    """An answer that is packed in a way nobody asked for."""


@dataclass(frozen=True, slots=True)
class Answer:
    """Status, headers and body of an answer, the body as it came.

    `limit` is how many bytes the body may have, packed or not.
    """

    status: int
    headers: Mapping[str, str]
    body: Sequence[bytes]
    limit: int

    @property
    def good(self) -> bool:
        """Return whether the server has done what it was asked."""
        return 200 <= self.status < 300

    @classmethod
    async def receive(cls, response: aiohttp.ClientResponse, limit: int) -> Self:
        """Return what comes, packed as it comes. Raises TooLargeError.

        What says no is cut where it gets too long.
        """
        good = 200 <= response.status < 300
        limit = limit if good else ERROR
        body = await _body(response, limit, cut=not good)
        return cls(response.status, response.headers, body, limit)


def packing(url: URL) -> str:
    """Return how an answer of a server may be packed, as HTTP says it."""
    return "identity" if url.host in _LOOPBACK else "gzip"


def is_markup(body: bytes) -> bool:
    """Return whether a body is a web page."""
    return body.lstrip()[:1] == b"<"


def limit(
    series: Sequence[str], spans: Sequence[Times], value_bytes: int = _VALUE
) -> int:
    """Return how large readings can be: a row a second, in bytes."""
    seconds = sum((stop - start for start, stop in spans), timedelta()).total_seconds()
    rows = int(seconds) * (_ROW + value_bytes * len(series))
    return min(SMALL + rows, _LARGEST)


def unpack(answer: Answer) -> bytes:
    """Return the body as the server meant it. Slow: for the executor.

    What says no is cut where it gets too long. Raises TooLargeError, CutOffError,
    UnknownCodingError.
    """
    coding = answer.headers.get("Content-Encoding", "").strip().lower()
    if coding in ("", "identity"):
        return b"".join(answer.body)
    if coding in ("gzip", "x-gzip", "deflate"):
        return _inflate(answer)
    if answer.good:
        raise UnknownCodingError
    return b""


async def _body(
    response: aiohttp.ClientResponse, limit: int, *, cut: bool
) -> list[bytes]:
    """Return what comes, as it comes; where it gets too long it is cut, or an error."""
    chunks: list[bytes] = []
    size = 0
    async for chunk in response.content.iter_any():
        chunks.append(chunk)
        size += len(chunk)
        if size > limit and cut:
            break
        if size > limit:
            raise TooLargeError(limit)
    return chunks


def _inflate(answer: Answer) -> bytes:
    """Return a packed body unpacked, never more of it than one byte too many."""
    packed = zlib.decompressobj(_ANY_WINDOW)
    plain = bytearray()
    try:
        for chunk in answer.body:
            plain += packed.decompress(chunk, answer.limit + 1 - len(plain))
            if len(plain) > answer.limit:
                break
    except zlib.error as err:
        raise UnknownCodingError from err
    if len(plain) > answer.limit and answer.good:
        raise TooLargeError(answer.limit)
    if not packed.eof and answer.good:
        raise CutOffError
    return bytes(plain)


def retry_after(headers: Mapping[str, str]) -> float | None:
    """Return how many seconds a server wants to be left alone, at most an hour.

    It says a number, or a time by its own clock, which is not ours. None where it
    says nothing that makes sense.
    """
    told = headers.get("Retry-After", "").strip()
    if told.isascii() and told.replace(".", "", 1).isdigit():
        seconds = float(told)
    elif (until := _time(told)) is not None:
        now = _time(headers.get("Date", "")) or datetime.now(UTC)
        seconds = (until - now).total_seconds()
    else:
        return None
    return min(seconds, _LONGEST_PAUSE_S) if seconds > 0 else None


def _time(text: str) -> datetime | None:
    """Return a time as HTTP writes it, None if it is none."""
    try:
        time = parsedate_to_datetime(text)
    except ValueError, TypeError, OverflowError, IndexError:
        return None
    return time if time.tzinfo else time.replace(tzinfo=UTC)
