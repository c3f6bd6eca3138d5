"""The one client of a process for each kind of settings, as long as a run holds it.

The client takes as long to import as all the rest of the package (httpx most of it), and a
program or a preview without changes needs none: it is imported when it is first asked for.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import TYPE_CHECKING
from weakref import WeakValueDictionary

from .forks import begin_afresh_in_children

if TYPE_CHECKING:
    from pulumi_lumos.config import Settings

    from .client import LumosClient


class _Clients:
    """The clients of this process, each made once however many threads ask for it.

    A service that runs programs for weeks, with tokens that change, keeps none of a run that ended.
    """

    def __init__(self) -> None:
        self._clients: WeakValueDictionary[Settings, LumosClient] = WeakValueDictionary()
        self._lock = threading.Lock()

    def begin_afresh(self) -> None:
        """Wait for no thread of the parent process."""
        self._lock = threading.Lock()

    def get(self, settings: Settings, before_write: Callable[[], object]) -> LumosClient:
        from .client import LumosClient

        begin_afresh_in_children(self)
        with self._lock:
            client = self._clients.get(settings)
            if client is None:
                client = LumosClient(settings, before_write=before_write)
                self._clients[settings] = client
            return client


_clients = _Clients()


def shared_client(
    settings: Settings, before_write: Callable[[], object] = lambda: None
) -> LumosClient:
    """Return the one client of this process for these settings, whichever thread asks.

    Sharing it shares the connections, the pace and the retry budget. Two stacks of one process
    share it only if all their settings are equal: each call obeys the time-outs and the
    concurrency of its own stack. `before_write` is as in LumosClient.
    """
    return _clients.get(settings, before_write)
