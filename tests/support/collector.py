"""Writes to InfluxDB the way the collector does, which no one can run in a test."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
import gzip
from itertools import batched
import json
import math
from pathlib import Path
from typing import Any, Literal
from urllib.parse import urlencode
from urllib.request import Request, urlopen

import pandas as pd

MEASUREMENT = "heatpump"
LINES_PER_REQUEST = 50_000
TIMEOUT_S = 300

# "early" is the collector of November 2025: some names and types were others.
type Era = Literal["now", "early"]

_REGISTERS: Mapping[str, Mapping[str, Mapping[str, Any]]] = json.loads(
    Path(__file__).with_name("registers.json").read_text(encoding="utf-8")
)


def lines(brand: str, frame: pd.DataFrame, era: Era = "now") -> Iterator[str]:
    """Yield the line protocol of readings: all points of a moment, then the next's.

    `frame` is what the collector has stored: columns are series of the brand, the
    index UTC. A missing value is a point that was not written.
    """
    registers = _REGISTERS[brand]
    keys = [_key(registers[str(name)], str(name), era) for name in frame]
    times = frame.index.to_numpy("datetime64[ns]").astype("int64").tolist()
    columns = [frame[name].tolist() for name in frame]
    for time, *values in zip(times, *columns, strict=True):
        for key, value in zip(keys, values, strict=True):
            if not math.isnan(value):
                yield f"{key} value={repr(value).removesuffix('.0')} {time}"


@dataclass(frozen=True)
class Target:
    """A bucket that one may write to."""

    url: str
    token: str
    organization: str
    bucket: str


def write(target: Target, brand: str, frame: pd.DataFrame, era: Era = "now") -> None:
    """Write readings of a heat pump to a bucket. Blocks until the server has them."""
    send(target, lines(brand, frame, era))


def send(target: Target, protocol: Iterable[str]) -> None:
    """Send line protocol to a bucket, many lines a request. Blocks."""
    names = {"org": target.organization, "bucket": target.bucket, "precision": "ns"}
    url = f"{target.url}/api/v2/write?{urlencode(names)}"
    headers = {"Authorization": f"Token {target.token}", "Content-Encoding": "gzip"}
    for some in batched(protocol, LINES_PER_REQUEST, strict=False):
        body = gzip.compress("\n".join(some).encode(), compresslevel=1)
        request = Request(url, body, headers, method="POST")
        with urlopen(request, timeout=TIMEOUT_S):
            pass


def escaped(tag: str) -> str:
    """Return a tag's value as line protocol wants it."""
    for special in ",= ":
        tag = tag.replace(special, f"\\{special}")
    return tag


def _key(register: Mapping[str, Any], name: str, era: Era) -> str:
    """Return measurement and tags of a series, in the client's order."""
    told = {"name": name, **register}
    if era == "early":
        told |= register.get("early", {})
    tags = {
        "name": told["name"],
        "register_id": told["register"],
        "type": told["type"],
        "unit": told.get("unit", ""),
    }
    pairs = (f"{key}={escaped(value)}" for key, value in tags.items() if value)
    return ",".join((MEASUREMENT, *pairs))


def series(brand: str) -> list[str]:
    """Return the names of all series that the collector writes for a brand."""
    return list(_REGISTERS[brand])
