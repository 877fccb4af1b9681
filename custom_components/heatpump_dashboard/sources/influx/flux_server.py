"""One InfluxDB 2 server, as it is asked: the client, the address, the token."""

from collections.abc import Awaitable, Callable
from dataclasses import replace
import ssl
from typing import TYPE_CHECKING

import aiohttp
from yarl import URL

from .. import Run
from .address import normalise_url
from .answer import Answer
from .errors import Asked, error
from .exchange import QUERY_TIMEOUT_S, QUICK_TIMEOUT_S, exchange

if TYPE_CHECKING:
    from .http import FluxClient

type _Request = Callable[[FluxClient], Awaitable[Answer]]


class FluxServer:
    """Asks, and has what is answered read in the executor.

    The session is Home Assistant's: it is used, never closed. The client is made at
    the first question.
    """

    def __init__(
        self,
        *,
        session: aiohttp.ClientSession,
        ssl_context: ssl.SSLContext,
        url: str,
        token: str,
        organization: str,
        run: Run,
    ) -> None:
        """Keep what is needed to ask; nothing is sent yet."""
        self._session = session
        self._ssl_context = ssl_context
        address = normalise_url(url)
        self._url = URL(address) if address else None
        self._token = token.strip()
        self.organization = organization.strip()
        self.run = run
        self._client: FluxClient | None = None
        host = self._url.authority if self._url else url.rpartition("@")[2]
        self._asked = Asked(host, self.organization)
        if self._url:
            self._asked = replace(self._asked, url=self._url)

    async def quick[T](self, flux: str, bucket: str, read: Callable[[bytes], T]) -> T:
        """Return what a small answer says."""

        def request(client: FluxClient) -> Awaitable[Answer]:
            return client.query(flux, QUICK_TIMEOUT_S)

        return await self._send(request, self._about(bucket), read)

    async def query[T](
        self, flux: str, bucket: str, most_bytes: int, read: Callable[[bytes], T]
    ) -> T:
        """Return what an answer of at most so many bytes says."""

        def request(client: FluxClient) -> Awaitable[Answer]:
            return client.query(flux, QUERY_TIMEOUT_S, most_bytes)

        return await self._send(request, self._about(bucket), read)

    async def buckets[T](self, read: Callable[[bytes], T], **which: str | int) -> T:
        """Return what the list of buckets says; `which`: see `FluxClient.buckets`."""

        def request(client: FluxClient) -> Awaitable[Answer]:
            return client.buckets(QUICK_TIMEOUT_S, **which)

        return await self._send(request, self._asked, read)

    async def close(self) -> None:
        """Let go of the client."""
        client, self._client = self._client, None
        if client is not None:
            await client.close()

    async def _send[T](
        self, request: _Request, asked: Asked, read: Callable[[bytes], T]
    ) -> T:
        """Return what an answer says. It is unpacked and read in the executor."""
        client = await self._connected()
        return await exchange(request(client), asked, self.run, read)

    async def _connected(self) -> FluxClient:
        """Return the client, made at the first use."""
        if self._url is None:
            raise error("not_influxdb", self._asked, "not an http(s):// address")
        if not self._token.isprintable():
            raise error("invalid_auth", self._asked)
        make = await self.run(_client_class)
        # Nothing is awaited from here on, so two first callers make one client.
        if self._client is None:
            self._client = make(
                session=self._session,
                ssl_context=self._ssl_context,
                url=self._url,
                token=self._token,
                organization=self.organization,
            )
        return self._client

    def _about(self, bucket: str) -> Asked:
        """Return the words of an error about a bucket."""
        return replace(self._asked, bucket=bucket)


def _client_class() -> type[FluxClient]:
    """Import the client. Slow: for the executor."""
    from .http import FluxClient

    return FluxClient
