"""One run of one stack: all that is remembered of Lumos belongs to it, and ends with it."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping
from typing import TYPE_CHECKING, Any, TypeVar

from pulumi_lumos.api.paths import path
from pulumi_lumos.config import Settings
from pulumi_lumos.declare.endpoints import Operation
from pulumi_lumos.declare.flow import Answer, Body, Inputs
from pulumi_lumos.declare.spec import ObjectSpec, ResourceSpec, Values
from pulumi_lumos.reading.directory import Directory
from pulumi_lumos.reading.flights import Memory
from pulumi_lumos.reading.listing import Listing, Listings
from pulumi_lumos.values.beside import Beside

from .claims import Key
from .lag import Lag
from .ownership import Ownership
from .tenancy import Tenancy
from .waiting import Deferred

if TYPE_CHECKING:
    from pulumi_lumos.api.client import LumosClient

T = TypeVar("T")

CURRENT_USER = "/users/current"


class Run:
    """What the resources of a run share: the client, the lists read, who owns what.

    `connect` makes the client when it is first needed: a preview without changes asks nothing.
    `settings` say which tenant the client opens, whether a preview may ask Lumos about what it
    would make, and how long Lumos may hide a new object.
    """

    def __init__(
        self, connect: Callable[[], LumosClient], settings: Settings | None = None
    ) -> None:
        self._connect = connect
        self._tenancy = (
            Tenancy(settings, lambda: self.client, self.token_owner) if settings else None
        )
        self.previews_ask = settings is None or settings.preview_checks == "online"
        self._listings = Listings(lambda: self.client)
        self.directory = Directory(lambda: self.client, self._listings)
        self.ownership = Ownership()
        self.deferred = Deferred()
        self.lag = Lag(lambda: self.client.clock, settings.lag_seconds if settings else 0)
        self.beside: dict[str, Beside] = {}
        self._looked_up: dict[Key, list[Answer]] = {}
        self._declared: dict[tuple[str, str], Inputs] = {}
        self._memory: Memory[Any] = Memory()

    @property
    def client(self) -> LumosClient:
        """The client."""
        return self.remember("client", self._connect)

    @property
    def tenancy(self) -> Tenancy:
        """Which tenant the states of this run remember, and which one the token opens."""
        if self._tenancy is None:
            raise ValueError("a run without settings does not know its tenant")
        return self._tenancy

    def shared(self, kind: type[T]) -> T:
        """The one object of a class that the resources of this run share."""
        return self.remember(("shared", kind), kind)

    def send(
        self,
        operation: Operation,
        query: Mapping[str, str],
        id: str = "",
        body: Body | None = None,
    ) -> Any:
        """Carry one operation out; raises ApiError."""
        address = path(operation.path, id=id) if "{id}" in operation.path else operation.path
        calls: dict[str, Callable[[], Any]] = {
            "GET": lambda: self.client.get(address, dict(query)),
            "POST": lambda: self.client.post(address, body or {}, dict(query)),
            "PATCH": lambda: self.client.patch(address, body or {}, dict(query)),
            "PUT": lambda: self.client.put(address, body or {}, dict(query)),
            "DELETE": lambda: self.client.delete(address),
        }
        return calls[operation.method]()

    def declare(self, spec: ResourceSpec, inputs: Inputs) -> None:
        """Note what the program says of an object whose id it gives itself."""
        if isinstance(spec, ObjectSpec) and isinstance(inputs.get(spec.id), str):
            self._declared[spec.id, inputs[spec.id]] = inputs

    def declared(self, name: str, id: str) -> Inputs | None:
        """What the program says of the object of an id, if it was checked by now."""
        return self._declared.get((name, id))

    def remember(self, what: Hashable, read: Callable[[], T]) -> T:
        """Read a thing once in this run, whichever threads ask for it; a failure is not kept."""
        remembered: T = self._memory.get(what, read)
        return remembered

    def listing(self, spec: ObjectSpec, values: Values) -> Listing:
        """The objects that are listed together with one, such as the permissions of its app."""
        return self._listings.at(spec.endpoints.list.path, spec.list_query(values))

    @property
    def apps(self) -> Listing:
        """All apps of the tenant, whether in the AppStore or not."""
        return self._listings.at("/apps", {})

    def keep_twins(self, key: Key, twins: list[Answer]) -> None:
        """Keep what a check has looked up for the create that follows it."""
        self._looked_up[key] = twins

    def take_twins(self, key: Key) -> list[Answer] | None:
        """Take, and forget, what a check has looked up."""
        return self._looked_up.pop(key, None)

    def forget_twin(self, id: str) -> None:
        """Forget look-ups that have found an object: it was deleted, or given back, since then."""
        for key, twins in [*self._looked_up.items()]:
            if any(str(twin["id"]) == id for twin in twins):
                self._looked_up.pop(key, None)

    def token_owner(self) -> Any:
        """Return what Lumos says of the person whose token it is; raises ApiError."""
        return self.remember(CURRENT_USER, lambda: self.client.get(CURRENT_USER))

    def check_token(self) -> None:
        """Ask Lumos once whether it accepts the token; raises Unauthorized."""
        self.token_owner()
