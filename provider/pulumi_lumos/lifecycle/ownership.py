"""Which resource of a run has which object of Lumos.

The calls of a run hand over to each other, which no signature shows:

    check    declares the resource and claims its key       → others' check, diff and create
    diff     enters the object of the state, and its origin  → others' check and create
    create   enters what it makes, and protects what it takes over → delete of an older resource
"""

from __future__ import annotations

from collections.abc import Collection
from threading import Lock
from typing import NamedTuple

from pulumi_lumos.declare.flow import Inputs, State
from pulumi_lumos.declare.spec import ResourceSpec

from .claims import Claims
from .errors import ManagedTwice, StillTaken


class Original(NamedTuple):
    """An object as it was before this stack adopted it.

    found: the values that it had. managed: what the stack manages of it; a field of these that
        `found` lacks was null.
    """

    found: Inputs
    managed: Inputs


class Ownership:
    """Who has what in one run; safe for threads."""

    def __init__(self) -> None:
        self.claims = Claims()
        self._of_program: set[str] = set()
        self._owners: dict[tuple[str, str], str] = {}
        self._recorded: dict[tuple[str, str], str] = {}
        self._expected: dict[tuple[str, str], str] = {}
        self._after: dict[str, set[str]] = {}
        self._last: set[str] = set()
        self._made: set[tuple[str, str]] = set()
        self._originals: dict[tuple[str, str], Original] = {}
        self._protected: set[tuple[str, str]] = set()
        self._deleted_first: set[tuple[str, str]] = set()
        self._current: dict[str, tuple[str, State]] = {}
        self._changed: set[tuple[str, str]] = set()
        self._last_known: dict[str, State] = {}
        self._lock = Lock()

    def note_declared(self, owner: str) -> None:
        """Note that the program declares a resource. Only such a resource can own an object."""
        self._of_program.add(owner)

    def is_declared(self, owner: str) -> bool:
        """Whether the program declares a resource, rather than the state alone."""
        return owner in self._of_program

    def owner(self, spec: ResourceSpec, id: str) -> str | None:
        """The resource of this run that manages an object, if one is known."""
        return self._owners.get((spec.name, id))

    def note_owner(self, spec: ResourceSpec, id: str, owner: str) -> None:
        """Enter an object as managed by a resource; raises ManagedTwice."""
        with self._lock:
            known = self._owners.setdefault((spec.name, id), owner)
        if known != owner:
            raise ManagedTwice(spec, id, known, owner)

    def note_recorded_owner(self, spec: ResourceSpec, id: str, owner: str) -> None:
        """Enter an object as the state has it; raises ManagedTwice or StillTaken.

        A refresh compares what the state knows before the program runs. A resource that has been
        renamed or moved since then has its old URN there, which is no resource of the program.
        """
        if owner not in self._of_program:
            return
        expected = self._expected.get((spec.name, id), owner)
        if expected != owner:
            self.refuse_to_share(spec, id, expected, owner)
        self.note_owner(spec, id, owner)

    def refuse_to_share(self, spec: ResourceSpec, id: str, owner: str, other: str) -> None:
        """Raise unless `other` gives its key up before `owner` takes it.

        Raises ManagedTwice where it keeps the key, and StillTaken where nothing says that it comes
        first.
        """
        key, others = self.claims.key_of(owner), self.claims.key_of(other)
        if key is None or others in (None, key):
            raise ManagedTwice(spec, id, other, owner)
        declared = dict(key[1])
        if spec.key_of(declared).keys() != {*spec.key}:
            # The other one has a name of its own, and keeps what this one says in place of a name.
            raise ManagedTwice.by_key(spec, declared, other, owner)
        if other not in self._after.get(owner, ()) and owner not in self._last:
            raise StillTaken(spec, declared, owner, other)

    def expect(self, spec: ResourceSpec, id: str, owner: str) -> None:
        """Note that a create is going to take an object that is there."""
        self._expected[spec.name, id] = owner

    def note_order(self, owner: str, after: Collection[str]) -> None:
        """Note which resources come before one, by its `depends_on`."""
        known = [self._after.get(one, set()) for one in after]
        self._after[owner] = set(after).union(*known)

    def note_last(self, owner: str) -> None:
        """Note that the order is not known yet: this resource counts as the last one.

        Until `forget_last`, it may take a key that another resource gives up: the engine asks
        about a resource only when what it depends on is done.
        """
        with self._lock:
            self._last.add(owner)

    def forget_last(self, owner: str) -> None:
        """Note that what comes before a resource is done by now."""
        with self._lock:
            self._last.discard(owner)

    def recorded_owner(self, spec: ResourceSpec, id: str) -> str | None:
        """The resource of the state that has an object, if that is known."""
        return self._recorded.get((spec.name, id))

    def remember_origin(
        self, spec: ResourceSpec, id: str, owner: str, found: Inputs | None, managed: Inputs
    ) -> None:
        """Note which resource of the stack has an object, and how the stack came by it.

        `found` is how it was before the stack adopted it; None where the stack has made it.
        `managed` is what the stack manages of it.
        """
        self._recorded.setdefault((spec.name, id), owner)
        if found is None:
            self._made.add((spec.name, id))
        else:
            self._originals[spec.name, id] = Original(found, managed)

    def has_made(self, spec: ResourceSpec, id: str) -> bool:
        """Whether this stack has made an object, and has not adopted it."""
        key = (spec.name, id)
        return key in self._made and key not in self._originals

    def original_of(self, spec: ResourceSpec, id: str) -> Original | None:
        """How an object was before another resource of this stack adopted it, if one has."""
        return self._originals.get((spec.name, id))

    def note_deleted_first(self, spec: ResourceSpec, id: str) -> None:
        """Note that the engine deletes this object before it makes the resource anew."""
        self._deleted_first.add((spec.name, id))

    def is_deleted_first(self, spec: ResourceSpec, id: str) -> bool:
        """Whether the object is deleted before its resource is made anew, if it is replaced."""
        return (spec.name, id) in self._deleted_first

    def note_current(self, owner: str, id: str, state: State) -> None:
        """Note the id and the state with which a resource goes on after this run."""
        self._current[owner] = id, state

    def note_changed(self, owner: str, id: str) -> None:
        """Note that a resource changes, in place or by a replacement."""
        self._changed.add((owner, id))

    def is_replaced(self, owner: str, id: str) -> bool:
        """Whether a resource that changes has another object by now, or has none yet."""
        current = self._current.get(owner)
        return (owner, id) in self._changed and (current is None or current[0] != id)

    def note_last_known(self, owner: str, state: State) -> None:
        """Note the state that a resource has before this run changes or replaces it."""
        self._last_known[owner] = state

    def last_known(self, owner: str) -> State | None:
        """The state that a resource had before this run; None where the engine has not shown it."""
        return self._last_known.get(owner)

    def newer_state(self, owner: str, id: str, state: State) -> State | None:
        """The state with which a resource goes on under the same id, if it is another one.

        Where a run has failed after a replacement that kept the id, the state of the stack has the
        id twice, and the older one is to be deleted.
        """
        current_id, current = self._current.get(owner, ("", state))
        return current if current_id == id and current != state else None

    def protect(self, spec: ResourceSpec, id: str) -> None:
        """Note that a create returned this object, so that no delete of this run removes it."""
        self._protected.add((spec.name, id))

    def is_protected(self, spec: ResourceSpec, id: str) -> bool:
        """Whether a create of this run returned this object, so that a delete must leave it."""
        return (spec.name, id) in self._protected
