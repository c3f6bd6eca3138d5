"""Ends every attempt in time, at the level of the socket.

httpx gives each read and write the whole time-out again. So an answer of one byte a second, or of
one `103` a second, never ends. It also waits for a name server without any time-out. Here each
operation gets only the seconds that are left of the attempt.
"""

from __future__ import annotations

import ipaddress
import math
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import partial
from typing import Any, TypeVar
from weakref import WeakSet

T = TypeVar("T")

_PIECE_BYTES = 4096


class TimeIsUp(TimeoutError):
    """The attempt has ended before its answer did."""


class NotReached(OSError):
    """There is no connection, so nothing was sent."""


class Attempt(threading.local):
    """When the attempt of the present thread ends, on the monotonic clock."""

    ends = math.inf

    @contextmanager
    def within(self, seconds: float) -> Iterator[None]:
        """Let all network operations of this thread end after so many seconds."""
        self.ends = time.monotonic() + seconds
        try:
            yield
        finally:
            self.ends = math.inf

    def seconds_left(self, most: float | None = None) -> float:
        """Return the seconds left of the attempt, but no more than `most`. Raises TimeIsUp."""
        left = self.ends - time.monotonic()
        if left <= 0:
            raise TimeIsUp("the answer came too slowly")
        return min(left, threading.TIMEOUT_MAX if most is None else most)


class BoundedNetwork:
    """A network backend of httpcore whose operations all end with the attempt of their thread."""

    def __init__(self, backend: Any, attempt: Attempt) -> None:
        self._backend = backend
        self._attempt = attempt
        self._streams: WeakSet[BoundedStream] = WeakSet()

    def connect_tcp(
        self, host: str, port: int, timeout: float | None = None, **options: Any
    ) -> BoundedStream:
        """Connect to the first address of a host that takes the connection."""
        failure: Exception = NotReached(f"{host} has no address")
        for address in _addresses(host, port, self._attempt.seconds_left()):
            try:
                left = self._attempt.seconds_left(timeout)
                opened = self._backend.connect_tcp(host=address, port=port, timeout=left, **options)
            except TimeIsUp:
                raise NotReached(f"{host} took no connection in time") from None
            except Exception as problem:
                failure = problem
            else:
                return BoundedStream(opened, self._attempt, self._streams)
        raise failure

    def close(self) -> None:
        """Close all connections in this process alone: a forked parent keeps its own."""
        for stream in list(self._streams):
            stream.close()


class BoundedStream:
    """A connection whose operations all end with the attempt of their thread.

    TLS within TLS, as to an `https://` proxy, reads as often as one operation needs, each time with
    the whole time-out: there the connection is shut down when the time is up.
    """

    def __init__(
        self, stream: Any, attempt: Attempt, streams: WeakSet[BoundedStream], layers: int = 0
    ) -> None:
        self._stream = stream
        self._attempt = attempt
        self._streams = streams
        self._layers = layers
        streams.add(self)

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        """Wait for bytes, and return at most `max_bytes`."""
        return self._bounded(timeout, lambda left: bytes(self._stream.read(max_bytes, left)))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        """Send the whole buffer."""
        # A socket takes a large buffer little by little, each time with the whole time-out.
        for begin in range(0, len(buffer), _PIECE_BYTES):
            write = partial(self._stream.write, buffer[begin : begin + _PIECE_BYTES])
            self._bounded(timeout, write)

    def close(self) -> None:
        """Close the connection in this process."""
        self._stream.close()

    def start_tls(
        self, ssl_context: Any, server_hostname: str | None = None, timeout: float | None = None
    ) -> BoundedStream:
        """Encrypt the connection once more."""
        inner = BoundedStream(self._stream, self._attempt, self._streams, self._layers + 1)
        try:
            inner._stream = inner._bounded(
                timeout, lambda left: self._stream.start_tls(ssl_context, server_hostname, left)
            )
        except TimeIsUp:
            self.close()
            raise NotReached("the TLS handshake took too long") from None
        return inner

    def get_extra_info(self, info: str) -> Any:
        """Answer what httpcore asks of the socket."""
        return self._stream.get_extra_info(info)

    def _bounded(self, most: float | None, operation: Callable[[float], T]) -> T:
        left = self._attempt.seconds_left(most)
        if self._layers < 2:
            return operation(left)
        cut_off = threading.Timer(left, self._shut_down)
        cut_off.daemon = True
        cut_off.start()
        try:
            return operation(left)
        except Exception:
            self._attempt.seconds_left()
            raise
        finally:
            cut_off.cancel()

    def _shut_down(self) -> None:
        """Wake the thread that reads or writes."""
        with suppress(OSError):
            # Not the method of a TLS socket, which would pull the TLS from under that thread.
            socket.socket.shutdown(self.get_extra_info("socket"), socket.SHUT_RDWR)


def _addresses(host: str, port: int, seconds: float) -> list[str]:
    """Ask for the addresses of a host in a thread: a question to DNS has no time-out."""
    with suppress(ValueError):
        return [str(ipaddress.ip_address(host))]
    found: list[str] = []
    failures: list[Exception] = []

    def ask() -> None:
        try:
            answers = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
            found.extend(str(address[0]) for *_, address in answers)
        except (OSError, ValueError) as problem:
            failures.append(problem)

    asking = threading.Thread(target=ask, daemon=True)
    asking.start()
    asking.join(seconds)
    if asking.is_alive():
        raise NotReached(f"no name server gave the address of {host} in time")
    if failures:
        raise NotReached(f"{host}: {failures[0]}")
    return list(dict.fromkeys(found))
