"""A loopback server that answers what the real InfluxDB never would, or too rarely."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
import gzip
import ssl
import zlib

_PACKINGS: dict[str, Callable[[bytes], bytes]] = {
    "gzip": gzip.compress,
    "deflate": zlib.compress,
}

type Answer = Callable[[asyncio.StreamWriter], Awaitable[None]]


@dataclass
class Misbehaving:
    """Where the server is, what it answers next, and what it has been asked.

    `left` is set when a client closes its connection.
    """

    url: str = ""
    left: asyncio.Event = field(default_factory=asyncio.Event)
    answer: Answer | None = None
    requests: list[bytes] = field(default_factory=list)
    serving: set[asyncio.Task[object]] = field(default_factory=set)

    async def serve(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        """Read one request, answer it, hang up."""
        task = asyncio.current_task()
        assert task is not None
        self.serving.add(task)
        try:
            self.requests.append(await _request(reader))
            assert self.answer is not None
            leaving = asyncio.create_task(self._watch(reader))
            self.serving.add(leaving)
            await self.answer(writer)
        except ConnectionError, asyncio.IncompleteReadError:
            pass
        finally:
            writer.close()
            self.serving.discard(task)

    async def _watch(self, reader: asyncio.StreamReader) -> None:
        """Notice that the client has gone."""
        with suppress(ConnectionError):
            await reader.read()
        self.left.set()


@asynccontextmanager
async def misbehaving(
    ssl_context: ssl.SSLContext | None = None,
) -> AsyncIterator[Misbehaving]:
    """Run the server on a free port of 127.0.0.1."""
    behaviour = Misbehaving()
    server = await asyncio.start_server(
        behaviour.serve, "127.0.0.1", 0, ssl=ssl_context
    )
    port = server.sockets[0].getsockname()[1]
    scheme = "https" if ssl_context else "http"
    behaviour.url = f"{scheme}://127.0.0.1:{port}"
    try:
        yield behaviour
    finally:
        server.close()
        for task in behaviour.serving:
            task.cancel()
        await asyncio.gather(*behaviour.serving, return_exceptions=True)
        server.close_clients()
        await server.wait_closed()


def answers(
    body: bytes | str,
    status: int = 200,
    content_type: str = "text/csv; charset=utf-8",
    more: str = "",
) -> Answer:
    """Answer properly, whatever the content."""
    return _whole(_response(_bytes(body), status, content_type, more=more))


def announces_more(body: bytes | str) -> Answer:
    """Hang up before the announced end of the body."""
    content = _bytes(body)
    return _whole(_response(content, 200, "text/csv", length=len(content) + 100))


def stops_between_chunks(body: bytes | str) -> Answer:
    """Hang up where another chunk of the body was due."""
    content = _bytes(body)
    head = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
    return _whole(head + f"{len(content):x}\r\n".encode() + content + b"\r\n")


def ends_by_hanging_up(body: bytes | str) -> Answer:
    """Send a body of unknown length, as old proxies do: its end may be a cut."""
    head = b"HTTP/1.0 200 OK\r\nContent-Type: text/csv\r\n\r\n"
    return _whole(head + _bytes(body))


def hangs_up() -> Answer:
    """Say nothing at all and hang up."""
    return _whole(b"")


def says(content: bytes) -> Answer:
    """Say something that is not HTTP."""
    return _whole(content)


def waits(first: bytes | str | None = None) -> Answer:
    """Never finish: neither an answer nor, with `first`, the rest of one."""

    async def answer(writer: asyncio.StreamWriter) -> None:
        if first is not None:
            content = _bytes(first)
            writer.write(_response(content, 200, "text/csv", length=10**6))
            await writer.drain()
        await asyncio.sleep(60)

    return answer


def packed(body: bytes | str, coding: str = "gzip") -> Answer:
    """Answer properly, packed in a way."""
    more = f"Content-Encoding: {coding}\r\n"
    return answers(_PACKINGS.get(coding, bytes)(_bytes(body)), more=more)


def never_ends(chunk: bytes, more: str = "", status: int = 200) -> Answer:
    """Send a chunk again and again, as long as somebody takes it."""

    async def answer(writer: asyncio.StreamWriter) -> None:
        head = f"HTTP/1.1 {status} OK\r\n{more}Transfer-Encoding: chunked\r\n\r\n"
        writer.write(head.encode())
        while True:
            writer.write(f"{len(chunk):x}\r\n".encode() + chunk + b"\r\n")
            await writer.drain()

    return answer


def _whole(content: bytes) -> Answer:
    async def answer(writer: asyncio.StreamWriter) -> None:
        writer.write(content)
        await writer.drain()

    return answer


def _response(
    content: bytes,
    status: int,
    content_type: str,
    *,
    length: int | None = None,
    more: str = "",
) -> bytes:
    length = len(content) if length is None else length
    head = (
        f"HTTP/1.1 {status} Whatever\r\nContent-Type: {content_type}\r\n"
        f"Content-Length: {length}\r\nConnection: close\r\n{more}\r\n"
    )
    return head.encode() + content


def _bytes(body: bytes | str) -> bytes:
    return body.encode() if isinstance(body, str) else body


async def _request(reader: asyncio.StreamReader) -> bytes:
    """Return head and body of one request."""
    head = await reader.readuntil(b"\r\n\r\n")
    length = 0
    for line in head.lower().split(b"\r\n"):
        if line.startswith(b"content-length:"):
            length = int(line.split(b":")[1])
    return head + await reader.readexactly(length)
