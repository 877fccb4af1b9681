"""A real InfluxDB 2 server of our own: started, stopped, filled, thrown away."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
import json
import os
from pathlib import Path
import socket
import subprocess
import time
from typing import Any, Self
from urllib.error import URLError
from urllib.parse import quote
from urllib.request import Request, urlopen

import pandas as pd

from tests.support import collector

ORGANIZATION = "thermia"
TOKEN = "a-token-that-only-the-tests-know"
PASSWORD = "a-password-that-only-the-tests-know"
READY_S = 300.0
STOP_S = 60.0
_QUERIES = 'path="/api/v2/query"'


class Influx:
    """One influxd on a free loopback port, with its data in a folder of its own.

    `stop()` and `start()` keep port and data. All methods block. Where `server` is an
    address, a server already runs there that nobody has set up yet, or that was set
    up here before; it cannot be stopped.
    """

    token = TOKEN
    organization = ORGANIZATION

    def __init__(self, server: str, folder: Path, port: int = 0) -> None:
        """Choose the port; nothing runs yet. `server` is a program or an address."""
        self.ours = not server.startswith(("http://", "https://"))
        self._server = server
        self._folder = folder
        self._process: subprocess.Popen[bytes] | None = None
        self._organization_id = ""
        self._token_ids: dict[str, str] = {}
        self.port = port or free_port()
        self.url = f"http://127.0.0.1:{self.port}" if self.ours else server.rstrip("/")

    def __enter__(self) -> Self:
        """Start, and set up if the folder is new."""
        self.start()
        self.set_up()
        return self

    def __exit__(self, *_: object) -> None:
        """Stop."""
        self.stop()

    def start(self) -> None:
        """Start the server and return when it is ready."""
        if not self.ours:
            return
        self._folder.mkdir(parents=True, exist_ok=True)
        with (self._folder / "log").open("ab") as log:
            self._process = subprocess.Popen(
                self._command(), stdout=log, stderr=subprocess.STDOUT
            )
        self._wait()

    def stop(self) -> None:
        """Stop the server and return when it has gone."""
        process, self._process = self._process, None
        if process is not None:
            end(process)

    @property
    def cpu_s(self) -> float:
        """Return how long the server has computed, s, 0 where it is not ours."""
        return cpu_s(self._process) if self._process is not None else 0.0

    def set_up(self) -> None:
        """Make organisation and token, unless that has been done."""
        if self._call("GET", "/api/v2/setup")["allowed"]:
            first = {"username": "test", "password": PASSWORD, "token": TOKEN}
            self._call(
                "POST",
                "/api/v2/setup",
                first | {"org": ORGANIZATION, "bucket": "empty"},
            )
        found = self._call("GET", f"/api/v2/orgs?org={ORGANIZATION}")["orgs"]
        self._organization_id = found[0]["id"]

    @property
    def organization_id(self) -> str:
        """Return the ID of the organisation."""
        return self._organization_id

    def make_bucket(
        self, name: str, organization_id: str = "", shard: timedelta | None = None
    ) -> str:
        """Make a bucket that keeps everything, in shards so long; return its id."""
        wanted: dict[str, Any] = {
            "orgID": organization_id or self._organization_id,
            "name": name,
        }
        if shard is not None:
            seconds = round(shard.total_seconds())
            rule = {"everySeconds": 0, "shardGroupDurationSeconds": seconds}
            wanted["retentionRules"] = [{"type": "expire", **rule}]
        made: str = self._call("POST", "/api/v2/buckets", wanted)["id"]
        return made

    def bucket_id(self, name: str) -> str:
        """Return the id of a bucket."""
        found = self._call("GET", f"/api/v2/buckets?name={quote(name)}")["buckets"]
        bucket_id: str = found[0]["id"]
        return bucket_id

    def make_organization(self, name: str) -> str:
        """Make one more organisation; return its id."""
        made: str = self._call("POST", "/api/v2/orgs", {"name": name})["id"]
        return made

    def make_token(self, bucket_ids: Sequence[str]) -> str:
        """Make a token that may read some buckets and nothing else."""
        wanted = {
            "orgID": self._organization_id,
            "permissions": [
                {"action": "read", "resource": {"type": "buckets", "id": bucket_id}}
                for bucket_id in bucket_ids
            ],
        }
        made = self._call("POST", "/api/v2/authorizations", wanted)
        token: str = made["token"]
        self._token_ids[token] = made["id"]
        return token

    def revoke(self, token: str) -> None:
        """Take back a token that was made here."""
        self._call("DELETE", f"/api/v2/authorizations/{self._token_ids.pop(token)}")

    def remove_bucket(self, bucket_id: str) -> None:
        """Remove a bucket with everything in it."""
        self._call("DELETE", f"/api/v2/buckets/{bucket_id}")

    def delete(self, bucket_id: str, start: datetime, stop: datetime) -> None:
        """Delete what lies between two moments in a bucket."""
        span = {"start": start.isoformat(), "stop": stop.isoformat()}
        organization = f"orgID={self._organization_id}"
        self._call("POST", f"/api/v2/delete?{organization}&bucketID={bucket_id}", span)

    def queries(self) -> int:
        """Return how many queries were answered since the server started."""
        return round(self._metric("requests_total"))

    def query_seconds(self) -> float:
        """Return how long the server has worked on queries since it started."""
        return self._metric("request_duration_seconds_sum")

    def _metric(self, name: str) -> float:
        """Return what the server counts of the requests that are queries."""
        metrics = self._send("GET", "/metrics").decode().splitlines()
        return sum(
            float(line.rpartition(" ")[2])
            for line in metrics
            if line.startswith(f"http_api_{name}{{") and _QUERIES in line
        )

    def target(self, bucket: str) -> collector.Target:
        """Return where to write to."""
        return collector.Target(self.url, TOKEN, ORGANIZATION, bucket)

    def write(
        self,
        brand: str,
        frame: pd.DataFrame,
        bucket: str,
        era: collector.Era = "now",
    ) -> None:
        """Write readings as the collector of an era does."""
        collector.write(self.target(bucket), brand, frame, era)

    def send(self, bucket: str, lines: Iterable[str]) -> None:
        """Write line protocol."""
        collector.send(self.target(bucket), lines)

    def query(self, flux: str) -> bytes:
        """Return the server's own answer to a Flux text, as it comes."""
        return self._send(
            "POST",
            f"/api/v2/query?orgID={self._organization_id}",
            {"query": flux, "dialect": {"annotations": [], "header": True}},
        )

    def _command(self) -> list[str]:
        """Return how the server is started."""
        return [
            self._server,
            f"--http-bind-address=127.0.0.1:{self.port}",
            f"--bolt-path={self._folder / 'bolt'}",
            f"--sqlite-path={self._folder / 'sqlite'}",
            f"--engine-path={self._folder / 'engine'}",
            "--reporting-disabled",
            "--log-level=warn",
        ]

    def _wait(self) -> None:
        """Return when the server answers."""
        assert self._process is not None
        last = time.monotonic() + READY_S
        while time.monotonic() < last and self._process.poll() is None:
            try:
                if self._call("GET", "/health")["status"] == "pass":
                    return
            except URLError, ConnectionError, TimeoutError:
                pass
            time.sleep(0.05)
        log = (self._folder / "log").read_text(errors="replace")[-2000:]
        self.stop()
        raise RuntimeError(f"influxd did not become ready:\n{log}")

    def _call(self, method: str, path: str, body: Any = None) -> Any:
        """Return the JSON answer of the server's API."""
        return json.loads(self._send(method, path, body) or "null")

    def _send(self, method: str, path: str, body: Any = None) -> bytes:
        """Return the answer of the server's API."""
        headers = {
            "Authorization": f"Token {TOKEN}",
            "Content-Type": "application/json",
        }
        data = None if body is None else json.dumps(body).encode()
        request = Request(f"{self.url}{path}", data, headers, method=method)
        with urlopen(request, timeout=collector.TIMEOUT_S) as answer:
            content: bytes = answer.read()
        return content


def cpu_s(process: subprocess.Popen[bytes]) -> float:
    """Return how long a process has computed so far, s, whatever else the machine does."""
    # Behind the name of the program, which is in brackets: utime and stime.
    told = Path(f"/proc/{process.pid}/stat").read_text("ascii").rpartition(")")[2]
    return sum(map(int, told.split()[11:13])) / os.sysconf("SC_CLK_TCK")


def end(process: subprocess.Popen[bytes]) -> None:
    """End a server and return when it has gone."""
    process.terminate()
    try:
        process.wait(STOP_S)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait(STOP_S)


def free_port() -> int:
    """Return a port of 127.0.0.1 that no one listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port
