"""What a host asks of a kind of resource, and what follows from any declaration."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass, field

from pulumi_lumos.declare.flow import Inputs, State
from pulumi_lumos.declare.spec import ObjectSpec, Problem, ResourceSpec
from pulumi_lumos.declare.unknown import contains_unknown
from pulumi_lumos.values.changes import Change, changes, described_in_full, in_known_order
from pulumi_lumos.values.deferral import AWAITS
from pulumi_lumos.values.identity import ALIASES
from pulumi_lumos.values.projection import deep_merge
from pulumi_lumos.values.removals import removals
from pulumi_lumos.values.texts import look_alikes
from pulumi_lumos.values.validation import problems, warnings

from . import adoption
from .call import Call
from .claims import key_of
from .errors import ManagedTwice
from .mistakes import problems_in_lumos
from .references import References
from .tenancy import TENANT, TENANT_DOC


@dataclass(frozen=True)
class Difference:
    """What a preview finds: the property paths that change, and those that force a new object.

    awaited: the paths that the last run had recorded as given, and could not set.
    """

    changed: list[str] = field(default_factory=list)
    replaces: list[str] = field(default_factory=list)
    awaited: list[str] = field(default_factory=list)


class Lifecycle(ABC):
    """Check, diff, create, read, update and delete for one declared kind.

    `state` is what Pulumi records as the outputs: the fields the program gave, as Lumos has them,
    and the computed ones. A call names its resource, so that two of one program never share an
    object. All methods raise ApiError where Lumos refuses.

    A kind whose resources are one object of Lumos each has an `ObjectLifecycle`.
    """

    remembers: Mapping[str, str] = {
        adoption.BEFORE_ADOPTION: (
            "The values that an adopted object had before; deletion gives them back."
        ),
        adoption.SECRETS_BEFORE: "The paths in `before_adoption` whose values are secrets.",
        TENANT: TENANT_DOC,
    }
    """What the state may hold for this lifecycle alone: outputs that no program reads."""

    def __init__(self, spec: ResourceSpec, adopts: ObjectSpec) -> None:
        self.spec = spec
        self.adopts = adopts
        """The kind of the objects that this kind makes and adopts."""

    @abstractmethod
    def object_of(self, state: State, id: str = "") -> tuple[ResourceSpec, str] | None:
        """The kind and id of the object that a resource of the state has made or adopted.

        `id` is that of the resource, where it is known; None where it has neither.
        """

    @abstractmethod
    def check_new(self, call: Call, inputs: Inputs) -> list[Problem]:
        """Find problems of a new resource by asking Lumos."""

    @abstractmethod
    def is_there(self, call: Call, id: str, state: State) -> bool:
        """Whether Lumos has the object."""

    @abstractmethod
    def create(self, call: Call, inputs: Inputs) -> tuple[str, State]:
        """Make the object; return its id and state."""

    @abstractmethod
    def read(self, call: Call, id: str, state: State) -> State | None:
        """Read the state as Lumos has it now; return None if the object is gone."""

    @abstractmethod
    def update(self, call: Call, id: str, state: State, inputs: Inputs) -> State:
        """Change exactly what differs; return the state."""

    @abstractmethod
    def delete(self, call: Call, id: str, state: State) -> None:
        """Delete the object, or give it back as it was found; one that is gone is no error."""

    @abstractmethod
    def keep_true(self, call: Call, id: str, state: State, inputs: Inputs, since: float) -> None:
        """Keep for the rest of the run what the call of another resource may undo.

        Hosts call it for each resource of the program, with the moment (`time.monotonic`) `since`
        when the other call may have undone it already.
        """

    def problems(self, values: Inputs) -> list[Problem]:
        """Find everything wrong with what a program says, as far as it can be known."""
        return problems(self.spec.shape, values)

    def check(
        self, call: Call, old: Inputs, new: Inputs, *, preview: bool
    ) -> tuple[Inputs, list[Problem]]:
        """Check what the program gives; return the inputs to use and all problems.

        A preview looks up a new object, and everything that a program begins to name. So does the
        check of inputs with a mistake: nothing is going to be made of them. Unchanged inputs were
        validated by the last run. Only the natural key is checked again: another resource may have
        just claimed it.
        """
        call.run.declare(self.spec, new)
        call.ownership.note_declared(call.resource)
        if old == new:
            return new, self._check_key(call, old, new)
        asks = call.run.previews_ask or not preview
        found = self.problems(new)
        taken = [] if found else self._check_key(call, old, new)
        if not taken and (preview or found) and call.run.previews_ask:
            found += problems_in_lumos(self.check_references, call, old, new, found)
        found += taken
        if not found and not old and asks:
            found = self.check_new(call, new)
        if not found:
            whole = self.with_imported(call, old, new)
            self._warn(call, warnings(self.spec.shape, old, whole))
            self._warn(call, list(look_alikes(self.spec.shape, old, new)))
            self._warn(call, list(removals(self.spec.shape, old, whole)) if old else [])
        return Inputs(in_known_order(self.spec.shape, old, new, {})), found

    def with_imported(self, call: Call, old: Inputs, new: Inputs) -> Inputs:
        """The inputs, with what an import leaves as it is: all that the program does not give."""
        return Inputs(deep_merge(old, new)) if call.beside.is_imported else new

    def _check_key(self, call: Call, old: Inputs, new: Inputs) -> list[Problem]:
        """Claim the natural key; report a resource of the program that has it.

        An object that was adopted by its id may share its key with others. One that was adopted by
        its key counts again once the program changes that.
        """
        key = self.spec.key_of(new)
        if contains_unknown(key) or None in key.values():
            return []
        adopts = new.get(adoption.ADOPT)
        anew = not adopts
        if old:
            anew = not isinstance(adopts, str) and self.spec.key_of(old) != key
        other = call.ownership.claims.claim_key(key_of(self.spec, new), call.resource, anew=anew)
        if other is None:
            return []
        twice = ManagedTwice.by_key(self.spec, new, other, call.resource)
        return [([*key][-1], str(twice))]

    def check_references(self, call: Call, old: Inputs, new: Inputs) -> list[Problem]:
        """Find every object that a program begins to name and that Lumos does not have."""
        whole = self.with_imported(call, old, new)
        references = References(self.spec.shape, old, whole, call.run.directory)
        found = references.problems()
        if not found:
            self._warn(call, list(references.inactive()))
            if names := references.names():
                call.tell.info(names)
        return found

    def diff(self, call: Call, id: str, state: State, inputs: Inputs) -> Difference:
        """Compare the inputs with the state; unknown values count as changed."""
        call.ownership.note_recorded_owner(self.spec, id, call.resource)
        if made := self.object_of(state, id):
            call.ownership.remember_origin(
                *made,
                call.resource,
                state.get(adoption.BEFORE_ADOPTION),
                self.adopts.inputs(state),
            )
        found = self._differences(call, id, state, inputs)
        return Difference(
            changed=[change.name for change in found],
            replaces=[one.name for one in found if self._replaces(call, id, state, one)],
            awaited=[change.name for change in found if change.name in state.get(AWAITS, ())],
        )

    def _replaces(self, call: Call, id: str, state: State, change: Change) -> bool:
        """Whether a change needs a new object."""
        return change.field.marks.replaces

    def _differences(self, call: Call, id: str, state: State, inputs: Inputs) -> list[Change]:
        """Find what differs and may be changed; warn about what is left alone."""
        shape, old = self.spec.shape, self.spec.inputs(state)
        differs = changes(shape, old, inputs, state.get(ALIASES) or {})
        if not differs:
            return []
        found = described_in_full(shape, state, differs)
        if alone := [change.name for change in differs if change not in found]:
            call.tell.warn(
                f"{', '.join(alone)}: not changed, because Lumos's API shows only a part of it; "
                "make the change in Lumos"
            )
        return found

    def _warn(self, call: Call, found: list[Problem]) -> None:
        for path, reason in found:
            # Kinds have a field of one name at different places: a shared text keeps the name.
            field = path.rpartition(".")[2]
            together = f"{field}: {reason}" if field else reason
            call.tell.warn(f"{path or self.spec.name}: {reason}", together)
