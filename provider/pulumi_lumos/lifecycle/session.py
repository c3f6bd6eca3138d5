"""What all resources of one process share: the client, and what was read with it."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping
from functools import cached_property
from threading import Lock
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

from ..api.paths import path
from ..api.sharing import shared_client
from ..config import Settings
from ..declare.spec import Operation, ResourceSpec, Values
from .beside import NOTHING, Beside
from .claims import Claims
from .deferral import Deferred
from .directory import Directory
from .errors import ManagedTwice
from .lag import Lag
from .listing import Listing, Listings

if TYPE_CHECKING:
    from ..api.client import LumosClient


T = TypeVar("T")


class Diagnostics(NamedTuple):
    """How people hear of the resource whose call is under way.

    `warn` and `remark` may be shown later: what several resources say is said once. Both take the
    text, how it is put where several resources say it ("" for the same words), and what decides
    then whether it is not to be shown after all. `progress` is shown at once; where there is none,
    it is a remark.
    """

    warn: Callable[..., None]
    remark: Callable[..., None]
    progress: Callable[[str], None] | None = None


class Session:
    """One Lumos, and what this process has read of it and made in it.

    `connect` gives the client, when it is first needed: a preview without changes asks nothing.
    `previews_ask` says whether a preview may ask Lumos about what it would make; `lag_seconds` is
    for how long Lumos may hide a new object, by default what `lag` says.
    """

    def __init__(
        self,
        connect: Callable[[], LumosClient],
        diagnostics: Diagnostics,
        *,
        previews_ask: bool = True,
        lag_seconds: float | None = None,
    ) -> None:
        self._connect = connect
        self.previews_ask = previews_ask
        self.warn = diagnostics.warn
        self.remark = diagnostics.remark
        self.progress = diagnostics.progress or diagnostics.remark
        self._listings = Listings(lambda: self.client)
        self.directory = Directory(lambda: self.client, self._listings)
        self._owners: dict[tuple[str, str], str] = {}
        self._found: dict[tuple[str, str], Values] = {}
        self._spared: set[tuple[str, str]] = set()
        self._looked_up: dict[tuple[str, ...], list[Values]] = {}
        self.claims = Claims()
        self.deferred = Deferred()
        self.beside: dict[str, Beside] = {}
        self._declared: dict[tuple[str, str], Values] = {}
        self._remembered: dict[Hashable, Any] = {}
        self.lag = Lag(lambda: self.client.clock, lag_seconds)
        self._token_accepted = False
        self._lock = Lock()

    @cached_property
    def client(self) -> LumosClient:
        """The client."""
        return self._connect()

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

    def beside_of(self, owner: str) -> Beside:
        """What the program says beside the inputs of a resource that was checked in this run."""
        return self.beside.get(owner, NOTHING)

    def declare(self, spec: ResourceSpec, inputs: Values) -> None:
        """Note what the program says of an object whose id it gives itself."""
        if spec.id and isinstance(inputs.get(spec.id), str):
            self._declared[spec.id, inputs[spec.id]] = inputs

    def declared(self, name: str, id: str) -> Values | None:
        """What the program says of the object of an id, if it was checked by now."""
        return self._declared.get((name, id))

    def remember(self, what: Hashable, read: Callable[[], T]) -> T:
        """What this run has read under a name, read when it is first asked for."""
        if what not in self._remembered:
            self._remembered[what] = read()
        remembered: T = self._remembered[what]
        return remembered

    def listing(self, spec: ResourceSpec, scope: str) -> Listing:
        """The objects of a kind that are listed together, such as the permissions of an app."""
        query = {spec.scope: scope, **spec.endpoints.query}
        return self._listings.at(spec.endpoints.list.path, query)

    @property
    def apps(self) -> Listing:
        """All apps of the tenant, whether in the AppStore or not."""
        return self._listings.at("/apps", {})

    def owner(self, spec: ResourceSpec, id: str) -> str | None:
        """The resource of this run that manages an object, if one has been seen to."""
        return self._owners.get((spec.name, id))

    def own(self, spec: ResourceSpec, id: str, owner: str) -> None:
        """Enter an object as managed by a resource; raises ManagedTwice."""
        with self._lock:
            known = self._owners.setdefault((spec.name, id), owner)
        if known != owner:
            raise ManagedTwice(spec, id, known, owner)

    def keep_found(self, spec: ResourceSpec, id: str, before: Values) -> None:
        """Keep how an adopted object was found, for whatever adopts it in place of this one."""
        self._found[spec.name, id] = before

    def found(self, spec: ResourceSpec, id: str) -> Values:
        """How an object was found that another resource of this run has adopted before."""
        return self._found.get((spec.name, id), {})

    def spare(self, spec: ResourceSpec, id: str) -> None:
        """Note that a create gave an object whose id an older resource may have had too."""
        self._spared.add((spec.name, id))

    def spares(self, spec: ResourceSpec, id: str) -> bool:
        """Whether a delete of this id, in the same run, would hit what a create has just given."""
        return (spec.name, id) in self._spared

    def keep(self, key: tuple[str, ...], twins: list[Values]) -> None:
        """Keep what a check has looked up for the create that follows it."""
        self._looked_up[key] = twins

    def kept(self, key: tuple[str, ...]) -> list[Values] | None:
        """What a check has looked up, once."""
        return self._looked_up.pop(key, None)

    def check_token(self) -> None:
        """Ask Lumos once whether it accepts the token; raises Unauthorized."""
        if not self._token_accepted:
            self.client.get("/users/current")
            self._token_accepted = True


_sessions: dict[Settings, Session] = {}
_sessions_lock = Lock()


def shared_session(
    settings: Settings,
    diagnostics: Diagnostics,
    allow_calls: Callable[[int], object],
    before_write: Callable[[], object],
) -> Session:
    """The one session of this process for these settings.

    `allow_calls` lets so many calls run at once. It is called when Lumos is first asked: while
    nobody waits for Lumos, more calls at once only get in each other's way. `before_write` is
    called before each write, see LumosClient.
    """

    def connect() -> LumosClient:
        allow_calls(settings.max_concurrency)
        return shared_client(settings, before_write)

    with _sessions_lock:
        if settings not in _sessions:
            _sessions[settings] = Session(
                connect, diagnostics, previews_ask=settings.preview_checks == "online"
            )
        return _sessions[settings]
