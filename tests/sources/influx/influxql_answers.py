"""What an InfluxDB 1 answers, written by hand, and who asks it."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
import json
import ssl
from typing import Any
from urllib.parse import parse_qs

import aiohttp

from custom_components.heatpump_dashboard.sources.influx.influxql import InfluxqlSource
from tests.sources.influx.in_place import run

START = datetime(2026, 11, 20, tzinfo=UTC)
HOUR = timedelta(hours=1)
SPAN = (START, START + HOUR)
US = 1_000_000
PASSWORD = "password-that-must-not-be-seen"
PAGE = "<!DOCTYPE html><html><body>Please log in</body></html>"
NO_RESULT = json.dumps({"results": [{"statement_id": 0}]})


def series(series_name: str, *rows: list[object], **more: object) -> dict[str, object]:
    """Return a series as InfluxDB tells it."""
    usual = {
        "name": "heatpump",
        "tags": {"name": series_name, "unit": ""},
        "columns": ["time", "value"],
        "values": list(rows),
    }
    return usual | more


def told(*found: dict[str, object], **more: object) -> str:
    """Return an answer with series to one statement."""
    return json.dumps({"results": [{"statement_id": 0, "series": found, **more}]})


def refusal(reason: str) -> str:
    """Return an answer that says no, under HTTP 200."""
    return json.dumps({"results": [{"statement_id": 0, "error": reason}]})


def at(seconds: float) -> int:
    """Return a time of the span as InfluxDB tells it."""
    return round((START.timestamp() + seconds) * US)


GOOD = told(series("a", [at(0), 1.5]))


def make(session: aiohttp.ClientSession, url: str, **changed: object) -> InfluxqlSource:
    words: dict[str, Any] = {
        "ssl_context": ssl.create_default_context(),
        "username": "me",
        "password": PASSWORD,
        "run": run,
    }
    return InfluxqlSource(session=session, url=url, **(words | changed))


def asked(request: bytes) -> Mapping[str, list[str]]:
    """Return the words of a request."""
    return parse_qs(request.split(b"\r\n\r\n")[1].decode())
