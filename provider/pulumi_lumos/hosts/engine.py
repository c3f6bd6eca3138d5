"""The engine that has started this host, and the end of the host when that is gone.

A host outlives an engine that is killed, because nothing tells it: Pulumi's host only serves
calls, and its parent is a shell that stays. A host that waits for its turn, as after a 429, would
then write what no engine records, while the next run makes the same once more. The sign is the
address of the engine's own server, which is the host's first argument: nobody listens there once
the engine has ended. An engine that ends by itself ends its hosts first (pulumi: `Close` of
`sdk/go/common/resource/plugin/host.go`).
"""

from __future__ import annotations

import os
import socket
import sys
import time
from functools import cache
from threading import Thread

LOOK_EVERY_SECONDS = 1.0
LOOK_AGAIN_AFTER_SECONDS = 0.1
CONNECT_WITHIN_SECONDS = 1.0
EXIT_CODE = 1

Address = tuple[str, int]

_last_look = 0.0


def engine_address() -> str:
    """The address of the engine's own server, the first argument of a host; else an empty text."""
    return sys.argv[1] if len(sys.argv) > 1 else ""


@cache
def end_with_engine() -> None:
    """Let this process end within about a second of its engine."""
    if _engine() is not None:
        Thread(target=_watch, name="engine watch", daemon=True).start()


def end_if_engine_is_gone() -> None:
    """End this process at once if its engine is gone; for the moment before a write.

    Looks at most every tenth of a second, since a run can make hundreds of writes in a second.
    """
    global _last_look
    now = time.monotonic()
    if now - _last_look < LOOK_AGAIN_AFTER_SECONDS:
        return
    engine = _engine()
    if engine is not None and not _is_there(engine):
        # No clean end: other threads may be about to write as well.
        os._exit(EXIT_CODE)
    _last_look = now


def _watch() -> None:
    while True:
        end_if_engine_is_gone()
        time.sleep(LOOK_EVERY_SECONDS)


@cache
def _engine() -> Address | None:
    """The address of the engine; None where there was none to begin with, as in a test."""
    host, _, port = engine_address().rpartition(":")
    if not port.isdigit():
        return None
    address = (host, int(port))
    return address if _is_there(address) else None


def _is_there(engine: Address) -> bool:
    try:
        socket.create_connection(engine, CONNECT_WITHIN_SECONDS).close()
    except ConnectionRefusedError:
        return False
    except OSError:
        # Such as too few descriptors: this says nothing about the engine.
        return True
    return True
