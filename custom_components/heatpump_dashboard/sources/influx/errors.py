"""What can go wrong between us and InfluxDB, said so that one can act on it."""

from collections.abc import Mapping
from dataclasses import dataclass
import json
from pathlib import Path
from types import MappingProxyType

import aiohttp
from yarl import URL

from .. import CannotConnect, InvalidAuth, NotFound, QueryFailed, SourceError
from .address import shown
from .answer import (
    CutOffError,
    ForeignAnswerError,
    RefusalError,
    TooLargeError,
    UnknownCodingError,
    is_markup,
    retry_after,
)

_LONGEST_REASON = 200
_NO_HEADERS: Mapping[str, str] = MappingProxyType({})
_NOWHERE = URL("http://localhost")

# How InfluxDB's messages about the organisation start. Our requests have nothing
# else in them that it could fail to decode.
_ABOUT_ORGANIZATION = ("organization name", "failed to decode request body")

# What a careful owner may have set, and InfluxQL's other words for what is not there.
MAX_ROW_LIMIT = "max-row-limit"
_NOT_DONE = "not executed"
_NO_DATABASE = (
    "database not found",
    "database name required",
    "retention policy not found",
)

# What InfluxDB calls it where a question meets values of several types.
_COLLISION = "schema collision"

_KINDS: dict[str, type[SourceError]] = {
    "refused": CannotConnect,
    "dns": CannotConnect,
    "tls": CannotConnect,
    "timeout": CannotConnect,
    "redirect": CannotConnect,
    "not_influxdb": CannotConnect,
    "cut_off": CannotConnect,
    "starting": CannotConnect,
    "server_error": CannotConnect,
    "invalid_auth": InvalidAuth,
    "forbidden": InvalidAuth,
    "bucket_not_found": NotFound,
    "organization_not_found": NotFound,
    "query_failed": QueryFailed,
    "too_large": QueryFailed,
}

KEYS = tuple(_KINDS)

# What the user is told in English is also what an exception and the log say. Read with
# the module, which Home Assistant imports outside the event loop.
_TEXTS: dict[str, dict[str, str]] = json.loads(
    Path(__file__).parents[2].joinpath("translations", "en.json").read_text("utf-8")
)["exceptions"]


@dataclass(frozen=True, slots=True)
class Asked:
    """What was asked, for the words of an error. The token is not among them."""

    host: str
    organization: str
    bucket: str = ""
    url: URL = _NOWHERE


def error(
    key: str, asked: Asked, reason: str = "", pause_s: float | None = None
) -> SourceError:
    """Return the error of a cause, with its text and the text's words."""
    words = {
        "host": asked.host,
        "organization": asked.organization,
        "bucket": asked.bucket,
        "reason": " ".join(reason.split())[:_LONGEST_REASON].rstrip("."),
    }
    text = _TEXTS[key]["message"].format_map(words)
    return _KINDS[key](text, key=key, placeholders=words, retry_after=pause_s)


def is_collision(err: SourceError) -> bool:
    """Return whether InfluxDB would not put values of several types together."""
    return _COLLISION in err.placeholders.get("reason", "")


def is_unexplained(err: SourceError) -> bool:
    """Return whether InfluxDB only says that it has not done what it was asked."""
    return err.placeholders.get("reason") == _NOT_DONE


def is_cut(err: SourceError) -> bool:
    """Return whether InfluxDB would not tell all the rows at once."""
    return MAX_ROW_LIMIT in err.placeholders.get("reason", "")


def from_exception(err: Exception, asked: Asked) -> SourceError:
    """Return the source's error for one of the network's or the parser's."""
    match err:
        case TimeoutError():
            return error("timeout", asked)
        case aiohttp.ClientConnectorDNSError():
            return error("dns", asked)
        case aiohttp.ClientSSLError() | aiohttp.ServerFingerprintMismatch():
            return error("tls", asked, str(err))
        case aiohttp.ClientConnectorError():
            return error("refused", asked)
        case aiohttp.ClientPayloadError() | aiohttp.ClientConnectionError():
            return error("cut_off", asked)
        case aiohttp.ClientResponseError():
            return error("not_influxdb", asked, "its answer is no HTTP")
        case CutOffError() | OSError():
            return error("cut_off", asked)
        case RefusalError() if str(err).startswith(_NO_DATABASE):
            return error("bucket_not_found", asked)
        case RefusalError():
            return error("query_failed", asked, str(err))
        case ForeignAnswerError():
            return error("not_influxdb", asked, "its answer is no table")
        case UnknownCodingError():
            return error("not_influxdb", asked, "its answer cannot be unpacked")
        case TooLargeError():
            return error("too_large", asked, str(err))
        case _:
            # Not the error's own text: it may quote the address with a password.
            return error("not_influxdb", asked, type(err).__name__)


def from_response(
    status: int, body: bytes, asked: Asked, headers: Mapping[str, str] = _NO_HEADERS
) -> SourceError | None:
    """Return the error of an HTTP answer, None if it is a good one.

    What says no in a web page is a proxy or another server: its 401 is not about
    our token, its 404 not about a bucket.
    """
    if 200 <= status < 300 and not is_markup(body):
        return None
    if 300 <= status < 400 and (
        target := shown(headers.get("Location", ""), asked.url)
    ):
        return error("redirect", asked, target)
    reason = _message(body)
    pause_s = retry_after(headers) if status in (429, 503) else None
    cause = _cause(status, body, reason)
    return error(cause, asked, reason or f"HTTP {status}", pause_s)


def _cause(status: int, body: bytes, reason: str) -> str:
    """Return the cause that a status and InfluxDB's own message stand for."""
    match status:
        case _ if is_markup(body):
            return "not_influxdb"
        case 401:
            return "invalid_auth"
        case 403:
            return "forbidden"
        case 400 | 404 if reason.startswith(_ABOUT_ORGANIZATION):
            return "organization_not_found"
        case 404 if "could not find bucket" in reason:
            return "bucket_not_found"
        case 400 if b"HTTPS server" in body:
            return "tls"
        case 400 | 413 | 422 if reason:
            return "query_failed"
        case 500 if _COLLISION in reason:
            return "query_failed"
        case 503:
            return "starting"
        case 429 | 500 | 502 | 504:
            return "server_error"
        case _:
            return "not_influxdb"


def _message(body: bytes) -> str:
    """Return what InfluxDB says in its answer, empty if it is not InfluxDB's."""
    try:
        answer = json.loads(body)
    except ValueError, RecursionError:
        return ""
    if not isinstance(answer, dict):
        return ""
    # Version 1, and 2 where it speaks its language, call it an error.
    message = answer.get("message", answer.get("error"))
    return message if isinstance(message, str) else ""
