"""One run of a user's program: whatever is remembered of Lumos belongs to it.

A process may run programs for days, as the Automation API does, and two of them at once. Each run
has a connection of its own to the engine, its *monitor*, which identifies it.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from threading import Lock
from typing import TYPE_CHECKING, Any, TypeVar
from weakref import WeakKeyDictionary

from pulumi.runtime.settings import get_monitor

from pulumi_lumos.api.sharing import shared_client
from pulumi_lumos.config import Settings

if TYPE_CHECKING:
    from pulumi_lumos.api.client import LumosClient

T = TypeVar("T")


class ProgramRun:
    """What one run of a program remembers; safe for threads."""

    def __init__(self) -> None:
        self._remembered: dict[Hashable, Any] = {}
        self._lock = Lock()

    def remember(self, what: Hashable, make: Callable[[], T]) -> T:
        """Make a thing once in this run; later calls return it by its name."""
        with self._lock:
            if what not in self._remembered:
                self._remembered[what] = make()
            remembered: T = self._remembered[what]
            return remembered


_runs: WeakKeyDictionary[object, ProgramRun] = WeakKeyDictionary()
_lock = Lock()


def this_run() -> ProgramRun:
    """The run that the program belongs to, or a new one of its own outside of any run."""
    monitor = get_monitor()
    if monitor is None:
        return ProgramRun()
    with _lock:
        return _runs.setdefault(monitor, ProgramRun())


def client_of_run(settings: Settings) -> LumosClient:
    """Return the client of this run for some settings; its connections last as long as the run."""
    return this_run().remember((shared_client, settings), lambda: shared_client(settings))
