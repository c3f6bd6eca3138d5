"""What all resources of one process share: the client, and what was read with it."""

from __future__ import annotations

from collections.abc import Mapping
from threading import Lock
from typing import Any

from ..api.client import LumosClient, path, shared_client
from ..config import Settings
from ..declare.spec import Operation, ResourceSpec, Values
from .listing import Listing


class Session:
    """One Lumos, and what this process has read of it and made in it."""

    def __init__(self, client: LumosClient, calls_at_once: int) -> None:
        self.client = client
        self.calls_at_once = calls_at_once
        self._listings: dict[tuple[str, str], Listing] = {}
        self._claimed: set[tuple[str, str]] = set()
        self._token_accepted = False
        self._lock = Lock()

    def call(
        self,
        operation: Operation,
        query: Mapping[str, str],
        id: str = "",
        body: Values | None = None,
    ) -> Any:
        """Carry one operation out; raises ApiError."""
        address = path(operation.path, id=id) if "{id}" in operation.path else operation.path
        if operation.method == "GET":
            return self.client.get(address, dict(query))
        if operation.method == "POST":
            return self.client.post(address, body or {}, dict(query))
        if operation.method == "PATCH":
            return self.client.patch(address, body or {}, dict(query))
        return self.client.delete(address)

    def listing(self, spec: ResourceSpec, scope: str) -> Listing:
        """The objects of a kind that are listed together, such as the permissions of an app."""
        with self._lock:
            key = (spec.name, scope)
            if key not in self._listings:
                query = {spec.scope: scope, **spec.endpoints.query}
                self._listings[key] = Listing(self.client, spec.endpoints.list.path, query)
            return self._listings[key]

    @property
    def apps(self) -> Listing:
        """All apps of the tenant, whether in the AppStore or not."""
        with self._lock:
            return self._listings.setdefault(("", ""), Listing(self.client, "/apps", {}))

    def claim(self, spec: ResourceSpec, id: str) -> bool:
        """Take an object for one resource; False if another resource of this run has it."""
        with self._lock:
            key = (spec.name, id)
            free = key not in self._claimed
            self._claimed.add(key)
            return free

    def check_token(self) -> None:
        """Ask Lumos once whether it accepts the token; raises Unauthorized."""
        if not self._token_accepted:
            self.client.get("/users/current")
            self._token_accepted = True


_sessions: dict[Settings, Session] = {}
_sessions_lock = Lock()


def shared_session(settings: Settings) -> Session:
    """The one session of this process for these settings."""
    with _sessions_lock:
        if settings not in _sessions:
            _sessions[settings] = Session(shared_client(settings), settings.max_concurrency)
        return _sessions[settings]
