"""The process of the provider: it listens, prints its port, and ends when the engine says so."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from types import FrameType

import grpc
from pulumi.runtime.proto import provider_pb2_grpc

from pulumi_lumos.garbage import collect_rarely
from pulumi_lumos.hosts.diagnostics import show_gathered
from pulumi_lumos.hosts.engine import end_with_engine

CALLS_AT_ONCE = 256
"""More than the engine asks at once, and all that `lumos:maxConcurrency` allows."""
LARGEST_MESSAGE = 400 * 1024 * 1024
"""In bytes: what the engine itself takes."""


def serve(provider: provider_pb2_grpc.ResourceProviderServicer) -> None:
    """Serve until the engine interrupts this process, and end then at once."""
    collect_rarely()
    interrupted = _interrupts()
    with listening(provider) as port:
        end_with_engine()
        # The engine reads the port, and nothing else, from here.
        os.write(sys.stdout.fileno(), f"{port}\n".encode())
        os.read(interrupted, 1)
        show_gathered()
        # The engine waits up to 5 seconds for a process that it interrupts; calls may be under way.
        os._exit(0)


def _interrupts() -> int:
    """Open a pipe that receives a byte for each interrupt.

    A signal wakes the main thread only if the main thread receives it, which on a busy machine it
    does not always. A byte in a pipe wakes it in any case.
    """
    received, sent = os.pipe()
    if hasattr(os, "set_blocking"):  # Windows has it from Python 3.12, and does without it
        os.set_blocking(sent, False)
    signal.set_wakeup_fd(sent, warn_on_full_buffer=False)
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, _do_nothing)
    return received


def _do_nothing(_signal: int, _frame: FrameType | None) -> None:
    """Stand in for the handler that would raise KeyboardInterrupt."""


@contextmanager
def listening(provider: provider_pb2_grpc.ResourceProviderServicer) -> Iterator[int]:
    """Listen on a port of this machine while the block lasts; gives the port."""
    sizes = ("grpc.max_receive_message_length", "grpc.max_send_message_length")
    server = grpc.server(
        ThreadPoolExecutor(CALLS_AT_ONCE), options=[(size, LARGEST_MESSAGE) for size in sizes]
    )
    provider_pb2_grpc.add_ResourceProviderServicer_to_server(provider, server)
    port = server.add_insecure_port("127.0.0.1:0")
    server.start()
    try:
        yield int(port)
    finally:
        server.stop(0)
