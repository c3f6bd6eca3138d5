"""Serving the emulator on a loopback address."""

from __future__ import annotations

import ipaddress
import logging
import socket
import sys
import threading

import uvicorn
from starlette.types import ASGIApp

from pulumi_lumos.emulator.connection import OpenProtocol

BACKLOG = 2048
GRACE_SECONDS = 1


class NotLoopbackError(ValueError):
    """The address is one that other machines can reach."""


class _Announcing(uvicorn.Server):
    """Prints one line once requests are answered."""

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        if sockets and not self.should_exit:
            host, port = sockets[0].getsockname()[:2]
            shown = f"[{host}]" if ":" in host else host
            print(f"Lumos emulator ready on http://{shown}:{port}", flush=True)  # noqa: T201


def listen(host: str, port: int) -> socket.socket:
    """Open the socket; NotLoopbackError for other addresses, OSError when the port is taken."""
    address = "127.0.0.1" if host == "localhost" else host
    try:
        loopback = ipaddress.ip_address(address).is_loopback
    except ValueError:
        loopback = False
    if not loopback:
        raise NotLoopbackError(host)
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    # asyncio switches Nagle's delay off only for sockets that name their protocol.
    listener = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((address, port))
        listener.listen(BACKLOG)
    except OSError:
        listener.close()
        raise
    return listener


def serve(app: ASGIApp, listener: socket.socket, *, verbose: bool, until_stdin_ends: bool) -> None:
    """Serve until the process is told to stop or, on demand, until its standard input ends."""
    config = uvicorn.Config(
        app,
        http=OpenProtocol,
        ws="none",
        lifespan="on",
        access_log=verbose,
        log_level=logging.INFO if verbose else logging.WARNING,
        server_header=False,
        backlog=BACKLOG,
        timeout_keep_alive=75,
        timeout_graceful_shutdown=GRACE_SECONDS,
    )
    server = _Announcing(config)
    if until_stdin_ends:
        threading.Thread(target=_stop_with_stdin, args=(server,), daemon=True).start()
    server.run(sockets=[listener])


def _stop_with_stdin(server: uvicorn.Server) -> None:
    """Stop when whoever holds the other end of standard input is gone, however it went."""
    while sys.stdin.buffer.read(1024):
        pass
    server.should_exit = True
