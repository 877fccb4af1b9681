"""What can go wrong between us and InfluxDB, said so that one can act on it."""

from dataclasses import dataclass
import json

import aiohttp

from .. import CannotConnect, InvalidAuth, NotFound, QueryFailed, SourceError
from .csv_tables import CutOffError, ErrorTableError, NotCsvError, is_markup

_LONGEST_REASON = 200

# How InfluxDB's messages about the organisation start. Our requests have nothing
# else in them that it could fail to decode.
_ABOUT_ORGANIZATION = ("organization name", "failed to decode request body")

_TEXTS: dict[str, tuple[type[SourceError], str]] = {
    "refused": (
        CannotConnect,
        (
            "Nothing answers at {host}. Check the address and the port, which is"
            " usually :8086 after it, and that InfluxDB is running."
        ),
    ),
    "dns": (
        CannotConnect,
        "The name in {host} is not known on this network. Check the address.",
    ),
    "tls": (
        CannotConnect,
        (
            "No secure connection to {host}: {reason}. Check http or https in the"
            " address, and the certificate; a self-signed one needs its check off."
        ),
    ),
    "timeout": (
        CannotConnect,
        (
            "{host} did not answer in time. Check the port, which is usually :8086"
            " after the address, that InfluxDB is not overloaded and that no firewall"
            " stands in between."
        ),
    ),
    "not_influxdb": (
        CannotConnect,
        (
            "Something other than InfluxDB 2 answers at {host} ({reason}). Check the"
            " address and the port, which is usually :8086 after it, and any proxy in"
            " between."
        ),
    ),
    "cut_off": (
        CannotConnect,
        (
            "The connection to {host} broke in the middle of an answer. If this stays,"
            " check the network and any proxy in between."
        ),
    ),
    "starting": (
        CannotConnect,
        "InfluxDB at {host} is still starting. Wait a moment and try again.",
    ),
    "server_error": (
        CannotConnect,
        "InfluxDB at {host} has a problem of its own ({reason}). Look at its log.",
    ),
    "invalid_auth": (
        InvalidAuth,
        "InfluxDB at {host} does not accept the token. Give one that is valid.",
    ),
    "forbidden": (
        InvalidAuth,
        (
            "The token may not do this at {host} ({reason}). Give one that may read the"
            " bucket, and check that its user is active."
        ),
    ),
    "bucket_not_found": (
        NotFound,
        (
            "There is no bucket {bucket} in {organization}, or the token may not read"
            " it. Check its name and the token's permissions."
        ),
    ),
    "organization_not_found": (
        NotFound,
        (
            "InfluxDB at {host} knows no organization {organization}, or the token does"
            " not belong to it. Check its name."
        ),
    ),
    "query_failed": (
        QueryFailed,
        (
            "InfluxDB at {host} could not answer ({reason}). Look at its log; if it says"
            " nothing of use, report this."
        ),
    ),
}

KEYS = tuple(_TEXTS)


@dataclass(frozen=True, slots=True)
class Asked:
    """What was asked, for the words of an error. The token is not among them."""

    host: str
    organization: str
    bucket: str = ""


def error(key: str, asked: Asked, reason: str = "") -> SourceError:
    """Return the error of a cause, with its text and the text's words."""
    kind, template = _TEXTS[key]
    words = {
        "host": asked.host,
        "organization": asked.organization,
        "bucket": asked.bucket,
        "reason": " ".join(reason.split())[:_LONGEST_REASON].rstrip("."),
    }
    return kind(template.format_map(words), key=key, placeholders=words)


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
        case CutOffError():
            return error("cut_off", asked)
        case ErrorTableError():
            return error("query_failed", asked, str(err))
        case NotCsvError():
            return error("not_influxdb", asked, "its answer is no table")
        case _:
            # Not the error's own text: it may quote the address with a password.
            return error("not_influxdb", asked, type(err).__name__)


def from_response(status: int, body: bytes, asked: Asked) -> SourceError | None:
    """Return the error of an HTTP answer, None if it is a good one.

    What says no in a web page is a proxy or another server: its 401 is not about
    our token, its 404 not about a bucket.
    """
    if 200 <= status < 300 and not is_markup(body):
        return None
    reason = _message(body)
    return error(_cause(status, body, reason), asked, reason or f"HTTP {status}")


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
    except ValueError:
        return ""
    message = answer.get("message") if isinstance(answer, dict) else None
    return message if isinstance(message, str) else ""
