"""The client's connection, for faults that happen on the wire.

ASGI gives an application no way to end a connection, so the server's protocol hands its
transport to the application in the scope.
"""

from __future__ import annotations

import asyncio
import socket
import struct

from starlette.types import Receive, Scope, Send
from uvicorn.protocols.http.h11_impl import H11Protocol

TRANSPORT = "lumos.transport"
_LINGER_NOT = struct.pack("ii", 1, 0)


class OpenProtocol(H11Protocol):
    """Uvicorn's HTTP protocol, with the connection's transport in each request's scope."""

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Put the application behind one that adds this connection's transport."""
        super().connection_made(transport)
        application = self.app

        async def with_transport(scope: Scope, receive: Receive, send: Send) -> None:
            scope[TRANSPORT] = transport
            await application(scope, receive, send)

        self.app = with_transport


async def reset(scope: Scope, receive: Receive) -> None:
    """End the connection with a TCP reset, as a crashed peer does."""
    transport = _transport(scope)
    sock = transport.get_extra_info("socket")
    sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _LINGER_NOT)
    transport.abort()
    await _disconnected(receive)


async def hang(_: Scope, receive: Receive) -> None:
    """Leave the client without an answer for as long as it stays."""
    await _disconnected(receive)


async def cut_off(scope: Scope, receive: Receive) -> None:
    """Send what was written so far, then close the connection."""
    _transport(scope).close()
    await _disconnected(receive)


def _transport(scope: Scope) -> asyncio.Transport:
    transport: asyncio.Transport | None = scope.get(TRANSPORT)
    if transport is None:
        raise RuntimeError("This fault needs a real server: run the app with OpenProtocol.")
    return transport


async def _disconnected(receive: Receive) -> None:
    """Wait until the server sees the end; else it complains about an unfinished answer."""
    while (await receive())["type"] != "http.disconnect":
        pass
