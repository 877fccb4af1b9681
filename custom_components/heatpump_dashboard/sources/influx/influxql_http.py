"""HTTP to InfluxDB 1, on Home Assistant's session."""

import asyncio
import ssl

import aiohttp
from yarl import URL

from .answer import SMALL, Answer, packing

# `asyncio.timeout` is the only clock.
_NO_TIMEOUT = aiohttp.ClientTimeout(total=None)


class InfluxqlClient:
    """Asks InfluxDB and returns its answers as they came."""

    def __init__(
        self,
        *,
        session: aiohttp.ClientSession,
        ssl_context: ssl.SSLContext,
        url: URL,
        username: str,
        password: str,
    ) -> None:
        """Keep what is needed to ask. A password without a user is a token."""
        self._session = session
        self._ssl = ssl_context
        self._url = url / "query"
        self._headers = {
            "Accept": "application/json",
            "Accept-Encoding": packing(url),
            **_login(username, password),
        }

    async def query(
        self,
        influxql: str,
        timeout_s: float,
        *,
        database: str = "",
        policy: str = "",
        limit: int = SMALL,
    ) -> Answer:
        """Return the answer to a query, of so many bytes at most. Times are in µs.

        It is posted: an address has a limit, and ends in the logs.
        """
        words = {"q": influxql, "epoch": "u", "db": database, "rp": policy}
        async with asyncio.timeout(timeout_s):
            async with self._session.post(
                self._url,
                data={key: value for key, value in words.items() if value},
                headers=self._headers,
                ssl=self._ssl,
                timeout=_NO_TIMEOUT,
                # A redirect could carry the password elsewhere.
                allow_redirects=False,
                auto_decompress=False,
            ) as response:
                return await Answer.receive(response, limit)


def _login(username: str, password: str) -> dict[str, str]:
    """Return the header that lets us in, none where nothing is asked for."""
    if username:
        return {"Authorization": aiohttp.encode_basic_auth(username, password, "utf-8")}
    return {"Authorization": f"Token {password}"} if password else {}
