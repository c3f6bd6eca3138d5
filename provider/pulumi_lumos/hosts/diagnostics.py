"""Warnings and information, shown by the engine beside the resources they are about.

Pulumi's dynamic host is started with the address of the engine as its argument but does not
connect to it, so that `pulumi.log` is of no use there (pulumi/pulumi#20409); this connects. Where
there is no engine to be reached, the text goes to standard error, which the engine shows as well.

Forty apps may give the same warning forty times. So warnings wait until the phase is over. The
engine then interrupts this process, which shows each text once, with the number and the names of
the resources. Tried with Pulumi 3.259: the engine still shows what comes at that moment. On
Windows, an interrupt ends the process before anything can run, so there each text comes at once.
"""

from __future__ import annotations

import atexit
import sys
from collections import defaultdict
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass
from functools import cache, partial
from signal import SIG_IGN, SIGINT, signal
from threading import Lock
from typing import Any

import grpc
from pulumi.runtime.proto import engine_pb2, engine_pb2_grpc

from pulumi_lumos.lifecycle.diagnostics import Diagnostics
from pulumi_lumos.lifecycle.run import Run
from pulumi_lumos.printable import printable_name
from pulumi_lumos.urns import name_of

from .engine import engine_address
from .texts import text

SHOW_WITHIN_SECONDS = 5.0
NAMED_AT_MOST = 10
"""A text about more resources than this names only so many."""
WAITS = sys.platform != "win32"


@dataclass(frozen=True)
class Message:
    """One text for the engine; without a `urn` it is about the whole stack."""

    severity: Any
    text: str
    urn: str = ""


Unless = Callable[[], bool]
"""Whether to drop a text after all; called when the phase is over."""


class Gathered:
    """The messages of one run that are still to be shown; safe for threads."""

    def __init__(self) -> None:
        self._said: dict[tuple[Any, str], dict[Message, Unless]] = defaultdict(dict)
        self._lock = Lock()

    def add(self, message: Message, together: str, unless: Unless) -> None:
        """Keep a message; `together` is its text where several resources give the same one."""
        with self._lock:
            self._said[message.severity, together or message.text].setdefault(message, unless)
        with _waiting_lock:
            _waiting.add(self)

    def take(self) -> Iterable[Message]:
        """Give all messages, each text once, and forget them."""
        with self._lock:
            said, self._said = self._said, defaultdict(dict)
        for (severity, together), messages in said.items():
            shown = [message for message, unless in messages.items() if not unless()]
            urns = {message.urn for message in shown}
            if len(urns) <= 1:
                yield from shown
                continue
            texts = {message.text for message in shown}
            said_by_all = texts.pop() if len(texts) == 1 else together
            yield Message(severity, f"{said_by_all} ({_listed(urns)})")


def _listed(urns: Iterable[str]) -> str:
    """The names of several resources, and how many they are."""
    names = sorted(printable_name(name_of(urn)) for urn in urns)
    shown = ", ".join(names[:NAMED_AT_MOST])
    left_out = len(names) - NAMED_AT_MOST
    more = f" and {left_out:,} more" if left_out > 0 else ""
    return f"{len(names):,} resources: {shown}{more}"


_waiting: set[Gathered] = set()
"""What has messages still to be shown, also where its run is over before the process is."""
_waiting_lock = Lock()


def _never() -> bool:
    return False


def diagnostics_of(run: Run, urn: str) -> Diagnostics:
    """Show warnings and information of a resource when the phase is over, equal ones once."""
    gathered = run.shared(Gathered)
    _show_at_exit()

    def say(severity: Any, what: str, together: str = "", unless: Unless = _never) -> None:
        gathered.add(Message(severity, what, urn), together, unless)
        if not WAITS:
            _show(gathered.take())

    return Diagnostics(
        partial(say, engine_pb2.WARNING),
        partial(say, engine_pb2.INFO),
        lambda what: _show([Message(engine_pb2.INFO, what, urn)]),
    )


@cache
def _show_at_exit() -> None:
    """Let this process show what is left when it ends: a host, for programs gather nothing."""
    atexit.register(_show_without_interrupts)


def _show_without_interrupts() -> None:
    """Show what is left, and ignore interrupts meanwhile.

    The engine interrupts twice where an update has failed. Python's traceback of the second one
    stood in the output.
    """
    with suppress(KeyboardInterrupt, ValueError):
        signal(SIGINT, SIG_IGN)
    show_gathered()


def show_gathered() -> None:
    """Show all messages that wait, those of each run together."""
    with _waiting_lock:
        waiting = [*_waiting]
        _waiting.clear()
    for gathered in waiting:
        _show(gathered.take())


def _show(messages: Iterable[Message]) -> None:
    reachable = True
    for one in messages:
        reachable = reachable and _send(one)
        if not reachable:
            sys.stderr.write(f"{text(one.text)}\n")


def _send(message: Message) -> bool:
    """Send a message to the engine; return whether the engine has taken it."""
    request = engine_pb2.LogRequest(
        severity=message.severity, message=text(message.text), urn=message.urn
    )
    try:
        _engine().Log(request, timeout=SHOW_WITHIN_SECONDS)
    except grpc.RpcError:
        return False
    return True


@cache
def _engine() -> engine_pb2_grpc.EngineStub:
    """The engine that has started this host."""
    return engine_pb2_grpc.EngineStub(grpc.insecure_channel(engine_address() or "127.0.0.1:0"))
