"""Keep Python's own frames out of the stack trace that Pulumi records with every resource.

The SDK sends the whole stack with each registration, and the engine writes it into the state: the
frames of the script that runs the program, of asyncio and of runpy, with paths of the machine. They
made up 40 % of the state. The SDK reads the stack with `traceback.extract_stack`, which obeys the
public `sys.tracebacklimit`, counted from the innermost frame.
"""

from __future__ import annotations

import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

RUNNERS = {"asyncio", "concurrent", "pulumi", "runpy", "threading"}
"""The packages that run a program or a part of it: its frames end where one of theirs begins."""

FRAMES_OF_THE_SDK = 4
"""From the constructor of CustomResource to the function that reads the stack, both included.

An SDK with more of them would record no position; a test holds this for the oldest and the newest.
"""


@contextmanager
def only_frames_of_the_program() -> Iterator[None]:
    """Limit what Pulumi records of the stack to the frames of the program, and those above it.

    Several threads may register resources at once (programs of the Automation API): the limit is
    taken back when the last of them is done.
    """
    # This function and the frame of contextlib stand above the one that registers.
    _limit.lower_to(FRAMES_OF_THE_SDK + _frames_up_to_the_program(sys._getframe(2)))
    try:
        yield
    finally:
        _limit.restore()


def _frames_up_to_the_program(frame: FrameType | None) -> int:
    """Count the frames from `frame` to the outermost one of the program."""
    count = 0
    while frame and _package_of(frame) not in RUNNERS:
        count += 1
        frame = frame.f_back
    return count


def _package_of(frame: FrameType) -> str:
    return str(frame.f_globals.get("__name__")).partition(".")[0]


class _TracebackLimit:
    """The limit of tracebacks in this process, and what it was before the first of ours."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._holders = 0
        self._before: int | None = None

    def lower_to(self, limit: int) -> None:
        """Set the limit. While others hold one too, the largest counts."""
        with self._lock:
            if self._holders:
                limit = max(limit, getattr(sys, "tracebacklimit", None) or 0)
            else:
                self._before = getattr(sys, "tracebacklimit", None)
            self._holders += 1
            sys.tracebacklimit = limit

    def restore(self) -> None:
        """Put the limit back as it was, unless others still need one."""
        with self._lock:
            self._holders -= 1
            if self._holders:
                return
            if self._before is None:
                del sys.tracebacklimit
            else:
                sys.tracebacklimit = self._before


_limit = _TracebackLimit()
