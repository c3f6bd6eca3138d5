"""The one client of a process for each Lumos and token.

The client takes as long to import as all the rest of the package (httpx most of it), and a
program or a preview without changes needs none: it is imported when it is first asked for.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pulumi_lumos.api.client import LumosClient
    from pulumi_lumos.config import Settings

_clients: dict[tuple[str, str], LumosClient] = {}
_lock = threading.Lock()


def shared_client(
    settings: Settings, before_write: Callable[[], object] = lambda: None
) -> LumosClient:
    """The client of this process for this Lumos and token, whichever thread asks.

    Sharing it shares the connections, the pace and the retry budget. `before_write` is as in
    LumosClient.
    """
    from pulumi_lumos.api.client import LumosClient

    key = (settings.server_url, settings.access_token)
    with _lock:
        if key not in _clients:
            _clients[key] = LumosClient(settings, before_write=before_write)
        return _clients[key]
