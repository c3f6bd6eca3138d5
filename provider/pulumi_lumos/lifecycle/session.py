"""What all resources of one process share: the client, and what was read with it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Hashable, Mapping
from functools import cached_property
from threading import Lock
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

from ..api.paths import path
from ..api.sharing import shared_client
from ..config import Settings
from ..declare.spec import Operation, ResourceSpec, Values
from ..reading.directory import Directory
from ..reading.listing import Listing, Listings
from ..values.beside import NOTHING, Beside
from .claims import Claims
from .errors import ManagedTwice, StillTaken
from .lag import Lag
from .tenancy import Tenancy
from .waiting import Deferred

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
    `settings` say which tenant the client opens, and whether a preview may ask Lumos about what it
    would make, and how long Lumos may hide a new object.
    """

    def __init__(
        self,
        connect: Callable[[], LumosClient],
        diagnostics: Diagnostics,
        *,
        settings: Settings | None = None,
    ) -> None:
        self._connect = connect
        self._tenancy = (
            Tenancy(settings, lambda: self.client, diagnostics.warn) if settings else None
        )
        self.previews_ask = settings is None or settings.preview_checks == "online"
        self.warn = diagnostics.warn
        self.remark = diagnostics.remark
        self.progress = diagnostics.progress or diagnostics.remark
        self._listings = Listings(lambda: self.client)
        self.directory = Directory(lambda: self.client, self._listings)
        self._of_program: set[str] = set()
        self._owners: dict[tuple[str, str], str] = {}
        self._recorded: dict[tuple[str, str], str] = {}
        self._expected: dict[tuple[str, str], str] = {}
        self._after: dict[str, set[str]] = {}
        self._made: set[tuple[str, str]] = set()
        self._found: dict[tuple[str, str], Values] = {}
        self._spared: set[tuple[str, str]] = set()
        self._looked_up: dict[tuple[str, ...], list[Values]] = {}
        self._shared: dict[type, Any] = {}
        self.claims = Claims()
        self.deferred = Deferred()
        self.beside: dict[str, Beside] = {}
        self._declared: dict[tuple[str, str], Values] = {}
        self._remembered: dict[Hashable, Any] = {}
        self.lag = Lag(lambda: self.client.clock, settings.lag_seconds if settings else 0)
        self._token_accepted = False
        self._lock = Lock()

    @cached_property
    def client(self) -> LumosClient:
        """The client."""
        return self._connect()

    @property
    def tenancy(self) -> Tenancy:
        """Which tenant the states of this run remember, and which one the token opens."""
        if self._tenancy is None:
            raise ValueError("a session without settings does not know its tenant")
        return self._tenancy

    def shared(self, kind: type[T]) -> T:
        """The one object of a class that the resources of this run share."""
        with self._lock:
            shared: T = self._shared.setdefault(kind, kind())
            return shared

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

    def note_declared(self, owner: str) -> None:
        """Note that the program declares a resource. Only such a resource can own an object."""
        self._of_program.add(owner)

    def is_declared(self, owner: str) -> bool:
        """Whether the program declares a resource, rather than the state alone."""
        return owner in self._of_program

    def owner(self, spec: ResourceSpec, id: str) -> str | None:
        """The resource of this run that manages an object, if one has been seen to."""
        return self._owners.get((spec.name, id))

    def own(self, spec: ResourceSpec, id: str, owner: str) -> None:
        """Enter an object as managed by a resource; raises ManagedTwice."""
        with self._lock:
            known = self._owners.setdefault((spec.name, id), owner)
        if known != owner:
            raise ManagedTwice(spec, id, known, owner)

    def own_recorded(self, spec: ResourceSpec, id: str, owner: str) -> None:
        """Enter an object as the state has it; raises ManagedTwice or StillTaken.

        A refresh compares what the state knows before the program runs. A resource that has been
        renamed or moved since then has its old URN there, which is no resource of the program.
        """
        if owner not in self._of_program:
            return
        expected = self._expected.get((spec.name, id), owner)
        if expected != owner:
            self.refuse_to_share(spec, id, expected, owner)
        self.own(spec, id, owner)

    def refuse_to_share(self, spec: ResourceSpec, id: str, owner: str, other: str) -> None:
        """Raise unless `other`, which has an object of the key of `owner`, gives the key up first.

        Raises ManagedTwice where it keeps the key, and StillTaken where nothing says that it comes
        first.
        """
        key = self.claims.key_of(owner)
        if key is None or self.claims.key_of(other) in (None, key):
            raise ManagedTwice(spec, id, other, owner)
        if other not in self._after.get(owner, ()):
            raise StillTaken(spec, dict(zip(spec.key, key[1:], strict=True)), owner, other)

    def expect(self, spec: ResourceSpec, id: str, owner: str) -> None:
        """Note that a create is going to take an object that is there."""
        self._expected[spec.name, id] = owner

    def order(self, owner: str, after: Collection[str]) -> None:
        """Note which resources come before one, by its `depends_on`."""
        known = [self._after.get(one, set()) for one in after]
        self._after[owner] = set(after).union(*known)

    def recorded_owner(self, spec: ResourceSpec, id: str) -> str | None:
        """The resource of the state that has an object, if that is known."""
        return self._recorded.get((spec.name, id))

    def note_origin(self, spec: ResourceSpec, id: str, owner: str, found: Values | None) -> None:
        """Note which resource of the stack has an object, and how the stack came by it.

        `found` is how it was before the stack adopted it; None where the stack has made it.
        """
        self._recorded.setdefault((spec.name, id), owner)
        if found is None:
            self._made.add((spec.name, id))
        else:
            self._found[spec.name, id] = found

    def has_made(self, spec: ResourceSpec, id: str) -> bool:
        """Whether this stack has made an object, so that nobody else's is taken over with it."""
        return (spec.name, id) in self._made - self._found.keys()

    def found(self, spec: ResourceSpec, id: str) -> Values:
        """How an object was found that another resource of this stack has adopted before."""
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
            _sessions[settings] = Session(connect, diagnostics, settings=settings)
        return _sessions[settings]
