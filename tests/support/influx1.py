"""A real InfluxDB 1 server of our own: started, stopped, filled, thrown away."""

from collections.abc import Iterable
import gzip
from itertools import batched
import json
from pathlib import Path
import subprocess
import time
from typing import Any, Self
from urllib.error import URLError
from urllib.parse import urlencode
from urllib.request import Request, urlopen

import pandas as pd

from tests.support import collector
from tests.support.influx import PASSWORD, READY_S, cpu_s, end, free_port

USER = "test"
_CONFIGURATION = """
reporting-disabled = true
bind-address = "127.0.0.1:{backup_port}"

[meta]
  dir = "{folder}/meta"

[data]
  dir = "{folder}/data"
  wal-dir = "{folder}/wal"
  query-log-enabled = false

[http]
  bind-address = "127.0.0.1:{port}"
  auth-enabled = {auth}
  log-enabled = false
  max-row-limit = {most_rows}

[monitor]
  store-enabled = false
"""


class Influx1:
    """One influxd 1.x on a free loopback port, with its data in a folder of its own.

    `stop()` and `start()` keep port and data; `most_rows` is what a server of a
    careful owner answers at most, 0 all there is. All methods block.
    """

    user = USER
    password = PASSWORD

    def __init__(
        self, program: str, folder: Path, *, auth: bool = True, most_rows: int = 0
    ) -> None:
        """Choose the port; nothing runs yet."""
        self._program = program
        self._folder = folder
        self._auth = auth
        self._most_rows = most_rows
        self._process: subprocess.Popen[bytes] | None = None
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"

    def __enter__(self) -> Self:
        """Start, and make the user who may do everything."""
        self.start()
        if self._auth:
            self.ask(
                f"CREATE USER {USER} WITH PASSWORD '{PASSWORD}' WITH ALL PRIVILEGES"
            )
        return self

    def __exit__(self, *_: object) -> None:
        """Stop."""
        self.stop()

    def start(self) -> None:
        """Start the server and return when it is ready."""
        self._folder.mkdir(parents=True, exist_ok=True)
        configuration = self._folder / "influxdb.conf"
        words = {
            "folder": self._folder,
            "port": self.port,
            "backup_port": free_port(),
            "auth": str(self._auth).lower(),
            "most_rows": self._most_rows,
        }
        configuration.write_text(_CONFIGURATION.format_map(words))
        with (self._folder / "log").open("ab") as log:
            self._process = subprocess.Popen(
                [self._program, "-config", configuration],
                stdout=log,
                stderr=subprocess.STDOUT,
            )
        self._wait()

    def stop(self) -> None:
        """Stop the server and return when it has gone."""
        process, self._process = self._process, None
        if process is not None:
            end(process)

    @property
    def cpu_s(self) -> float:
        """Return how long the server has computed, s."""
        return cpu_s(self._process) if self._process is not None else 0.0

    def ask(self, statement: str, database: str = "") -> Any:
        """Return what the server answers to a statement of InfluxQL."""
        words = {"q": statement, "db": database, "epoch": "u"}
        body = self._send("/query", urlencode(words).encode())
        return json.loads(body)

    def make_bucket(self, name: str) -> str:
        """Make a database that keeps everything; return what it is removed by."""
        self.ask(f'CREATE DATABASE "{name}"')
        return name

    def make_user(self, name: str, password: str, *reads: str) -> None:
        """Make a user who may read some databases and nothing else."""
        self.ask(f"CREATE USER \"{name}\" WITH PASSWORD '{password}'")
        for database in reads:
            self.ask(f'GRANT READ ON "{database}" TO "{name}"')

    def send(self, database: str, lines: Iterable[str], policy: str = "") -> None:
        """Write line protocol, many lines a request."""
        path = f"/write?{urlencode({'db': database, 'rp': policy, 'precision': 'ns'})}"
        for some in batched(lines, collector.LINES_PER_REQUEST, strict=False):
            body = gzip.compress("\n".join(some).encode(), compresslevel=1)
            self._send(path, body, {"Content-Encoding": "gzip"})

    def write(
        self,
        brand: str,
        frame: pd.DataFrame,
        database: str,
        era: collector.Era = "now",
        policy: str = "",
    ) -> None:
        """Write readings as the collector of an era does."""
        self.send(database, collector.lines(brand, frame, era), policy)

    def _wait(self) -> None:
        """Return when the server answers."""
        assert self._process is not None
        last = time.monotonic() + READY_S
        while time.monotonic() < last and self._process.poll() is None:
            try:
                self._send("/ping")
            except URLError, ConnectionError, TimeoutError:
                time.sleep(0.05)
            else:
                return
        log = (self._folder / "log").read_text(errors="replace")[-2000:]
        self.stop()
        raise RuntimeError(f"influxd did not become ready:\n{log}")

    def _send(
        self, path: str, body: bytes | None = None, more: dict[str, str] | None = None
    ) -> bytes:
        """Return the answer of the server, asked by the one who may do everything."""
        request = Request(f"{self.url}{path}", body, more or {})
        if self._auth:
            request.add_header("Authorization", f"Token {USER}:{PASSWORD}")
        with urlopen(request, timeout=collector.TIMEOUT_S) as answer:
            content: bytes = answer.read()
        return content
