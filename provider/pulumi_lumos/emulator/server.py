"""Serving the emulator on a loopback address."""

from __future__ import annotations

import logging
import os
import signal
import socket
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

import uvicorn
from starlette.types import ASGIApp

from .connection import OpenProtocol
from .loopback import is_loopback
from .process import READY

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
            print(f"{READY}http://{shown}:{port}", flush=True)  # noqa: T201


def listen(host: str, port: int) -> socket.socket:
    """Open the socket; NotLoopbackError for other addresses, OSError when the port is taken."""
    address = "127.0.0.1" if host == "localhost" else host
    if not is_loopback(address):
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


def serve(
    app: ASGIApp, listener: socket.socket, *, verbose: bool, until_stdin_ends: bool
) -> list[int]:
    """Serve until a signal or, on demand, the end of standard input; give the signals."""
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
    with _stopped_by_signals(server) as signals:
        server.run(sockets=[listener])
    return signals


@contextmanager
def _stopped_by_signals(server: uvicorn.Server) -> Iterator[list[int]]:
    """Let signals end the server but not yet the process, which may have something to report.

    Uvicorn raises each signal again once it has stopped, and its default would end the process.
    """
    signals: list[int] = []

    def stop(number: int, _: FrameType | None) -> None:
        signals.append(number)
        server.should_exit = True

    before = {number: signal.signal(number, stop) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield signals
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _stop_with_stdin(server: uvicorn.Server) -> None:
    """Stop when whoever holds the other end of standard input is gone, however it went."""
    # Not through Python's buffer: its lock, held by this thread, aborts a process that ends.
    while os.read(sys.stdin.fileno(), 1024):
        pass
    server.should_exit = True
