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

from .address import normalise_id
from .answer import SMALL, Answer, packing

# Nothing in there has types worth the name.
_influx: Any = influxdb_client
# `asyncio.timeout` is the only clock: the client's own turns into a cancellation
# where it strikes while the body arrives.
_NO_TIMEOUT = aiohttp.ClientTimeout(total=None)
_DIALECT = _influx.Dialect(header=True, delimiter=",", annotations=["datatype"])


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
        """Send a request through the shared session. What comes is left packed."""
        return await self._session.request(
            **request, ssl=self._ssl, timeout=_NO_TIMEOUT, auto_decompress=False
        )

    async def close(self) -> None:
        """Close what the client has made, not what it was lent."""
        await self._unused_connector.close()


class FluxClient:
    """Asks InfluxDB and returns its answers as they came."""

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
        api.set_default_header("Accept-Encoding", packing(url))
        self._queries = _influx.QueryService(api)
        self._buckets = _influx.BucketsService(api)

    async def query(self, flux: str, timeout_s: float, limit: int = SMALL) -> Answer:
        """Return the answer to a Flux query, of so many bytes at most."""
        query = _influx.Query(query=flux, dialect=_DIALECT)
        return await self._ask(
            self._queries.post_query_async,
            timeout_s,
            limit,
            org=self._organization,
            query=query,
        )

    async def buckets(self, timeout_s: float, **words: Any) -> Answer:
        """Return the answer of the list of buckets: `offset` and `limit`, or a `name`."""
        # InfluxDB takes an ID for a name in a query, and only there.
        key = "org_id" if normalise_id(self._organization) else "org"
        words[key] = self._organization
        return await self._ask(
            self._buckets.get_buckets_async, timeout_s, SMALL, **words
        )

    async def close(self) -> None:
        """Close the client; the session stays open."""
        await self._client.close()

    @staticmethod
    async def _ask(
        call: Callable[..., Awaitable[aiohttp.ClientResponse]],
        timeout_s: float,
        limit: int,
        /,
        **words: Any,
    ) -> Answer:
        """Return one answer, all of it, at most `timeout_s` later."""
        async with asyncio.timeout(timeout_s):
            async with await call(_preload_content=False, **words) as response:
                return await Answer.receive(response, limit)
