"""A websocket client of Home Assistant that counts its bytes on the wire."""

from collections.abc import Mapping
from contextlib import AsyncExitStack
import json
import socket
from time import monotonic
from typing import Any, Self, override

from aiohttp import (
    AddrInfoType,
    ClientSession,
    ClientWebSocketResponse,
    TCPConnector,
    WSMsgType,
)

# What a browser asks for: permessage-deflate with the whole window.
DEFLATE = 15
TIMEOUT_S = 60.0


class CountingSocket(socket.socket):
    """Counts what comes in, before anything is inflated."""

    received = 0

    @override
    def recv(self, bufsize: int, flags: int = 0, /) -> bytes:
        """Receive and count."""
        data = super().recv(bufsize, flags)
        self.received += len(data)
        return data


class Client:
    """One logged-in websocket connection, closed at the end of its `async with`."""

    def __init__(self, url: str, token: str, receive_buffer: int = 0) -> None:
        """Keep where to and as whom; `receive_buffer` in bytes, 0 as the system has it."""
        self._url = url
        self._token = token
        self._receive_buffer = receive_buffer
        self._number = 0
        self._stack = AsyncExitStack()
        self._connection: ClientWebSocketResponse
        self._socket: CountingSocket

    async def __aenter__(self) -> Self:
        """Connect and log in."""
        session = await self._stack.enter_async_context(
            ClientSession(connector=TCPConnector(socket_factory=self._make_socket))
        )
        self._connection = await self._stack.enter_async_context(
            session.ws_connect(
                f"{self._url}/api/websocket", compress=DEFLATE, max_msg_size=0
            )
        )
        await self.receive()
        await self._send({"type": "auth", "access_token": self._token})
        if (answer := await self.receive())["type"] != "auth_ok":
            raise RuntimeError(f"Home Assistant did not let us in: {answer}")
        return self

    async def __aexit__(self, *_: object) -> None:
        """Close."""
        await self._stack.aclose()

    @property
    def received(self) -> int:
        """Return how many bytes came over the wire so far."""
        return self._socket.received

    async def call(self, command: str, **words: Any) -> Any:
        """Return the result of a command, leaving out events that come before it."""
        number = await self.send(command, **words)
        while (answer := await self.receive()).get("id") != number or (
            answer["type"] != "result"
        ):
            pass
        if not answer["success"]:
            raise RuntimeError(f"{command}: {answer['error']}")
        return answer["result"]

    async def subscribe(self, pump: str, **words: str) -> dict[str, Any]:
        """Return the snapshot that a subscription to a range or a span begins with."""
        await self.call("heatpump_dashboard/subscribe", pump=pump, **words)
        return await self.event()

    async def event(self) -> dict[str, Any]:
        """Return the next event of a subscription."""
        while (message := await self.receive())["type"] != "event":
            pass
        event: dict[str, Any] = message["event"]
        return event

    async def arrival(self) -> float:
        """Return when the next message is there, on the clock `monotonic`, unread."""
        message = await self._connection.receive(TIMEOUT_S)
        if message.type is not WSMsgType.TEXT:
            raise RuntimeError(f"The connection has ended: {message}")
        return monotonic()

    async def send(self, command: str, **words: Any) -> int:
        """Send a command without waiting for its answer; return its number."""
        self._number += 1
        await self._send({"id": self._number, "type": command, **words})
        return self._number

    async def receive(self) -> dict[str, Any]:
        """Return the next message of any kind."""
        message: dict[str, Any] = json.loads(
            await self._connection.receive_str(timeout=TIMEOUT_S)
        )
        return message

    async def _send(self, message: Mapping[str, Any]) -> None:
        await self._connection.send_str(json.dumps(message))

    def _make_socket(self, address: AddrInfoType) -> socket.socket:
        family, kind, protocol, *_ = address
        self._socket = CountingSocket(family, kind, protocol)
        if self._receive_buffer:
            self._socket.setsockopt(
                socket.SOL_SOCKET, socket.SO_RCVBUF, self._receive_buffer
            )
        return self._socket


async def login(url: str) -> str:
    """Return an access token of the owner, who needs no password on this machine."""
    client_id = f"{url}/"
    async with ClientSession(raise_for_status=True) as session:
        asked = {
            "client_id": client_id,
            "handler": ["trusted_networks", None],
            "redirect_uri": client_id,
        }
        async with session.post(f"{url}/auth/login_flow", json=asked) as answer:
            code = (await answer.json())["result"]
        granted = {
            "client_id": client_id,
            "code": code,
            "grant_type": "authorization_code",
        }
        async with session.post(f"{url}/auth/token", data=granted) as answer:
            token: str = (await answer.json())["access_token"]
    return token
