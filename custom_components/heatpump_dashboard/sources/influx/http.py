"""HTTP to InfluxDB 2: influxdb-client as the transport, Home Assistant's session.

Importing this imports influxdb-client, and with it numpy: only in the executor.
"""

import asyncio
from collections.abc import Awaitable, Callable
import ssl
from typing import Any

import aiohttp
import influxdb_client

# The client imports this only when it is made, which is in the event loop.
import influxdb_client._async.api_client
from influxdb_client.client.influxdb_client_async import InfluxDBClientAsync
from yarl import URL

# Nothing in there has types worth the name.
_influx: Any = influxdb_client
_LOOPBACK = ("127.0.0.1", "::1", "localhost")
# `asyncio.timeout` is the only clock: the client's own turns into a cancellation
# where it strikes while the body arrives.
_NO_TIMEOUT = aiohttp.ClientTimeout(total=None)
_DIALECT = _influx.Dialect(header=True, delimiter=",", annotations=[])


class _SharedSession:
    """Makes the client use a session that is not its own, and never close it."""

    def __init__(
        self,
        *,
        connector: aiohttp.BaseConnector,
        shared: aiohttp.ClientSession,
        shared_ssl: ssl.SSLContext,
        **_unused: Any,
    ) -> None:
        """Keep the connector the client has made, only to close it."""
        self._unused_connector = connector
        self._session = shared
        self._ssl = shared_ssl

    async def request(self, **request: Any) -> aiohttp.ClientResponse:
        """Send a request through the shared session."""
        return await self._session.request(
            **request, ssl=self._ssl, timeout=_NO_TIMEOUT
        )

    async def close(self) -> None:
        """Close what the client has made, not what it was lent."""
        await self._unused_connector.close()


class FluxClient:
    """Asks InfluxDB and returns status and body, both as they came."""

    def __init__(
        self,
        *,
        session: aiohttp.ClientSession,
        ssl_context: ssl.SSLContext,
        url: URL,
        token: str,
        organization: str,
    ) -> None:
        """Make the client; needs a running event loop, does not block it."""
        self._organization = organization
        self._client: Any = InfluxDBClientAsync(
            url=str(url),
            token=token,
            org=organization,
            timeout=_NO_TIMEOUT,
            ssl_context=ssl_context,
            # A redirect could carry the token elsewhere, and makes a GET of a POST.
            allow_redirects=False,
            client_session_type=_SharedSession,
            client_session_kwargs={"shared": session, "shared_ssl": ssl_context},
        )
        api: Any = self._client.api_client
        if url.host in _LOOPBACK:
            api.set_default_header("Accept-Encoding", "identity")
        self._queries = _influx.QueryService(api)
        self._buckets = _influx.BucketsService(api)

    async def query(self, flux: str, timeout_s: float) -> tuple[int, bytes]:
        """Return status and body of a Flux query."""
        query = _influx.Query(query=flux, dialect=_DIALECT)
        return await self._ask(
            self._queries.post_query_async,
            timeout_s,
            org=self._organization,
            query=query,
        )

    async def buckets(
        self, offset: int, limit: int, timeout_s: float
    ) -> tuple[int, bytes]:
        """Return status and body of one page of the list of buckets."""
        return await self._ask(
            self._buckets.get_buckets_async,
            timeout_s,
            org=self._organization,
            offset=offset,
            limit=limit,
        )

    async def close(self) -> None:
        """Close the client; the session stays open."""
        await self._client.close()

    @staticmethod
    async def _ask(
        call: Callable[..., Awaitable[aiohttp.ClientResponse]],
        timeout_s: float,
        **words: Any,
    ) -> tuple[int, bytes]:
        """Return status and whole body of one request, at most `timeout_s` later."""
        async with asyncio.timeout(timeout_s):
            async with await call(_preload_content=False, **words) as response:
                return response.status, await response.read()
