"""Servers that never come to the end of an answer.

Each goes on until the client leaves. A client that stays until the other side gives up, after as
long as any test waits, has not ended by itself: `outlasted` says so.
"""

from __future__ import annotations

import contextlib
import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterator

from ..patience import PATIENCE_SECONDS
from .scripted import Handler, Step

PACE_SECONDS = 0.02
TIMES = range(int(PATIENCE_SECONDS / PACE_SECONDS))

Talk = Callable[[socket.socket], None]
_gave_up = threading.Event()


@contextlib.contextmanager
def outlasted() -> Iterator[None]:
    """Whatever a client does here ends before the other side gives up."""
    _gave_up.clear()
    yield
    assert not _gave_up.is_set(), "the client stayed for as long as it was talked to"


def forever(begin: bytes, again: bytes) -> Step:
    """Send `begin`, then `again` and again, in place of an answer."""

    def step(handler: Handler) -> None:
        handler.close_connection = True
        repeat(handler.connection, begin, again)

    return step


def repeat(connection: socket.socket, begin: bytes, again: bytes) -> None:
    """The same on a bare connection."""
    with contextlib.suppress(OSError):
        connection.sendall(begin)
        for _ in TIMES:
            connection.sendall(again)
            time.sleep(PACE_SECONDS)
        _gave_up.set()


STATUS = b"HTTP/1.1 200 OK\r\ncontent-type: application/json\r\n"
GZIP_NAME = b"\x1f\x8b\x08\x08\x00\x00\x00\x00\x00\x03"
"""The header of gzip up to a file name, which ends with a zero byte."""
ENDLESS: dict[str, Step] = {
    "the status line": forever(b"HTTP/1.1 200 ", b"O"),
    "one header": forever(STATUS + b"x-long: ", b"x"),
    "headers": forever(STATUS, b"x-more: x\r\n"),
    "103 answers": forever(b"", b"HTTP/1.1 103 Early Hints\r\n\r\n"),
    "100 answers": forever(b"", b"HTTP/1.1 100 Continue\r\n\r\n"),
    "the body": forever(STATUS + b"content-length: 100000\r\n\r\n", b" "),
    "a body that ends with the connection": forever(STATUS + b"\r\n", b" "),
    "the size of a chunk": forever(STATUS + b"transfer-encoding: chunked\r\n\r\n", b"0"),
    "chunks": forever(STATUS + b"transfer-encoding: chunked\r\n\r\n", b"1\r\n \r\n"),
    "trailers": forever(STATUS + b"transfer-encoding: chunked\r\n\r\n0\r\n", b"x: y\r\n"),
    "a gzip header": forever(STATUS + b"content-encoding: gzip\r\n\r\n" + GZIP_NAME, b"x"),
    "an error's body": forever(b"HTTP/1.1 500 No\r\n\r\n", b" "),
    "a redirect's body": forever(b"HTTP/1.1 302 No\r\nlocation: /\r\n\r\n", b" "),
}
"""What a server can send for ever without finishing its answer, and without a pause."""


@contextlib.contextmanager
def listening(talk: Talk, tls: ssl.SSLContext | None = None) -> Iterator[int]:
    """The port of a server that talks to each connection as `talk` does."""

    def serve() -> None:
        with contextlib.suppress(OSError):
            while True:
                connection, _ = server.accept()
                threading.Thread(target=answer, args=(connection,), daemon=True).start()

    def answer(connection: socket.socket) -> None:
        with contextlib.suppress(OSError), connection:
            if tls is None:
                talk(connection)
            else:
                with tls.wrap_socket(connection, server_side=True) as secured:
                    talk(secured)

    with socket.create_server(("127.0.0.1", 0)) as server:
        threading.Thread(target=serve, daemon=True).start()
        yield server.getsockname()[1]


def read_slowly(connection: socket.socket) -> None:
    """Take a request byte by byte, as if it were never whole."""
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 1024)
    for _ in TIMES:
        if not connection.recv(1):
            return
        time.sleep(PACE_SECONDS)
    _gave_up.set()


def shake_hands_slowly(connection: socket.socket) -> None:
    """Begin an answer to TLS's greeting that promises 16 KB and comes byte by byte."""
    connection.recv(1024)
    repeat(connection, b"\x16\x03\x03\x40\x00", b"\x02")


def read_request(connection: socket.socket) -> bytes:
    """The head of a request."""
    head = b""
    while b"\r\n\r\n" not in head and (more := connection.recv(65536)):
        head += more
    return head
