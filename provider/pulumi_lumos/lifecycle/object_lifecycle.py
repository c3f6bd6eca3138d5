"""The lifecycle of one kind of resource, derived from its declaration.

A kind with an oddity of its own subclasses `ObjectLifecycle` in its own file and overrides one or
two methods there.
"""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

from ..api.errors import NotFound
from ..declare.spec import Problem, ResourceSpec, Values
from ..declare.unknown import contains_unknown
from ..values.changes import Change, changes, in_known_order, said_in_full
from ..values.deferral import AWAITS, as_it_is
from ..values.identity import ALIASES
from ..values.projection import to_inputs
from ..values.removals import removals
from ..values.texts import look_alikes
from ..values.validation import observations, problems, warnings
from . import adoption
from .call import Call
from .creation import create, look_ahead
from .errors import AlreadyExists, CannotAdopt, Gone, ManagedTwice, StillTaken
from .objects import Objects
from .references import References
from .settling import apply_until_settled, lacking
from .tenancy import TENANT, TENANT_DOC


@dataclass(frozen=True)
class Difference:
    """What a preview finds: the property paths that change, and those that force a new object.

    awaited: the paths that the last run had recorded as given, and could not set.
    """

    changed: list[str] = field(default_factory=list)
    replaces: list[str] = field(default_factory=list)
    awaited: list[str] = field(default_factory=list)


class ObjectLifecycle(Objects):
    """Check, diff, create, read, update and delete for one declared kind.

    `state` is what Pulumi records as the outputs: the fields the program gave, as Lumos has them,
    and the computed ones. A call names its resource, so that two of one program never share an
    object. All methods raise ApiError where Lumos refuses.
    """

    stands_for_one_object = True
    """Whether each resource is one object of Lumos, rather than what becomes of several."""

    remembers: Mapping[str, str] = {
        adoption.BEFORE: "How an adopted object was found, which deletion gives back.",
        adoption.SECRETS_BEFORE: "The paths of it whose values are secrets of a program.",
        TENANT: TENANT_DOC,
    }
    """What the state may hold for this lifecycle alone: outputs that no program reads."""

    @property
    def adopts(self) -> ResourceSpec:
        """The kind of the objects that this kind adopts."""
        return self.spec

    def object_of(self, state: Values, id: str = "") -> tuple[ResourceSpec, str] | None:
        """The kind and id of the object that a resource of the state has made or adopted.

        `id` is that of the resource, where it is known; None where it has neither.
        """
        known = id or state.get(self.spec.id) or (state.get(TENANT) or {}).get("id")
        return (self.spec, str(known)) if known else None

    def problems(self, values: Values) -> list[Problem]:
        """Everything wrong with what a program says, as far as it can be known."""
        return problems(self.spec.shape, values)

    def check(
        self, call: Call, old: Values, new: Values, *, preview: bool
    ) -> tuple[Values, list[Problem]]:
        """The inputs to go on with and everything wrong with them.

        A new object is looked up, and in a preview everything that a program begins to name.
        Inputs that the last run has recorded were checked then, all but whether another resource
        begins to say their key.
        """
        call.run.declare(self.spec, new)
        call.ownership.note_declared(call.resource)
        if old == new:
            return new, self._check_key(call, old, new)
        asks = call.run.previews_ask or not preview
        found = self.problems(new)
        if not found:
            found = self._check_key(call, old, new)
        if not found and preview and asks:
            found = self.check_references(call, old, new)
        if not found and not old and asks:
            found = self.check_new(call, new)
        if not found:
            self._warn(call, warnings(self.spec.shape, old, new))
            self._warn(call, list(look_alikes(self.spec.shape, old, new)))
            self._warn(call, list(removals(self.spec.shape, old, new)) if old else [])
        return in_known_order(self.spec.shape, old, new, {}), found

    def _check_key(self, call: Call, old: Values, new: Values) -> list[Problem]:
        """Whether another resource of the program has the natural key that this one begins to say.

        What a program adopts is there already: by an id it may be one of several of a key, else
        adoption looks at it.
        """
        key = {name: new[name] for name in self.spec.key}
        if contains_unknown(key):
            return []
        adopts = new.get(adoption.OPTION)
        anew = not adopts
        if old:
            anew = not isinstance(adopts, str) and any(old.get(n) != key[n] for n in key)
        other = call.ownership.claims.claim_key(
            (self.spec.name, *map(str, key.values())), call.resource, anew=anew
        )
        if other is None:
            return []
        return [(self.spec.key[-1], str(ManagedTwice.by_key(self.spec, new, other, call.resource)))]

    def check_new(self, call: Call, inputs: Values) -> list[Problem]:
        """What a preview can tell of a new object: whether Lumos has it already."""
        if contains_unknown({name: inputs.get(name) for name in self.spec.key}):
            call.run.check_token()
            return []
        try:
            if inputs.get(adoption.OPTION):
                live = adoption.find_to_adopt(self, call, inputs)
                call.ownership.own(self.spec, str(live["id"]), call.resource)
                said = adoption.announcement(self, call, inputs, live, call.beside)
                call.tell.remark(said, said.replace(f" {live['id']}", "", 1))
            else:
                look_ahead(self, call, inputs)
        except (AlreadyExists, CannotAdopt, ManagedTwice, StillTaken) as error:
            return [(self.spec.key[-1], str(error))]
        return []

    def check_references(self, call: Call, old: Values, new: Values) -> list[Problem]:
        """Everything that a program begins to name and that is not there."""
        references = References(self.spec.shape, old, new, call.run.directory)
        found = references.problems()
        if not found:
            self._warn(call, list(references.inactive()))
            if names := references.names():
                call.tell.remark(names)
        return found

    def example(self, call: Call, live: Values, field: str) -> Any:
        """What a value of a field looks like that Lumos never answers, for people to fill in.

        A text or JSON with "..." for each part that only they know. Raises ApiError.
        """
        return "..."

    def _warn(self, call: Call, found: list[Problem]) -> None:
        for path, reason in found:
            # Kinds have a field of one name at different places: what many say keeps the name.
            field = path.rpartition(".")[2]
            together = f"{field}: {reason}" if field else reason
            call.tell.warn(f"{path or self.spec.name}: {reason}", together)

    def diff(self, call: Call, id: str, state: Values, inputs: Values) -> Difference:
        """What would change; unknown values count as changed."""
        call.ownership.own_recorded(self.spec, id, call.resource)
        if made := self.object_of(state, id):
            call.ownership.remember_origin(*made, call.resource, state.get(adoption.BEFORE))
        found = self._differences(call, id, state, inputs)
        return Difference(
            changed=[change.name for change in found],
            replaces=[one.name for one in found if self._replaces(call, id, state, one)],
            awaited=[change.name for change in found if change.name in state.get(AWAITS, ())],
        )

    def _replaces(self, call: Call, id: str, state: Values, change: Change) -> bool:
        """Whether a change needs a new object.

        A program may begin to say what connects an object and Lumos has: somebody who adopts an
        integration without it, and says it later to give credentials, means the same integration.
        """
        marks = change.field.marks
        begins = marks.connects and state.get(change.name) is None
        if not marks.replaces or not begins:
            return marks.replaces
        live = self.live(call, id, state)
        return live is None or bool(lacking(self, {change.name: change.new}, live))

    def _differences(self, call: Call, id: str, state: Values, inputs: Values) -> list[Change]:
        """What differs and may be changed; warns about what is left alone."""
        if AWAITS in state:
            state = as_it_is(self.spec.shape, state, self.live(call, id, state) or {})
        shape, old = self.spec.shape, self.spec.inputs(state)
        differs = changes(shape, old, inputs, state.get(ALIASES) or {})
        if not differs:
            return []
        found = said_in_full(shape, state, differs)
        if alone := [change.name for change in differs if change not in found]:
            call.tell.warn(
                f"{', '.join(alone)}: left as in Lumos, which holds more of it than its API can "
                "show; make the change there"
            )
        return found

    def create(self, call: Call, inputs: Values) -> tuple[str, Values]:
        """Make the object, never a second one of the same natural key, or adopt it."""
        if inputs.get(adoption.OPTION):
            there = adoption.find_to_adopt(self, call, inputs)
            call.ownership.own(self.spec, str(there["id"]), call.resource)
            call.ownership.protect(self.spec, str(there["id"]))
            live, before = adoption.adopt(self, call, inputs, there)
            return str(live["id"]), self.state(inputs, live) | before
        live = create(self, call, inputs)
        self.remember(call, live)
        # A resource that has adopted it may have had another name until now.
        found = call.ownership.original_of(self.spec, str(live["id"]))
        kept = {adoption.BEFORE: found} if found else {}
        live = apply_until_settled(self, call, inputs, live, kept)
        self._warn(call, observations(self.spec.shape, live))
        return str(live["id"]), kept | self.state(inputs, live)

    def is_there(self, call: Call, id: str, state: Values) -> bool:
        """Whether Lumos has the object."""
        return self.live(call, id, state) is not None

    def read(self, call: Call, id: str, state: Values) -> Values | None:
        """The state as Lumos has it now; None if the object is gone."""
        live = self.live(call, id, state)
        if live is None:
            return None
        self._warn(call, observations(self.spec.shape, live))
        managed = self.spec.inputs(state)
        seen = self.state(managed or to_inputs(self.spec.shape, live), live)
        self._warn(call, list(look_alikes(self.spec.shape, managed, self.spec.inputs(seen))))
        return _kept(state, adoption.BEFORE, AWAITS) | seen

    def update(self, call: Call, id: str, state: Values, inputs: Values) -> Values:
        """Change exactly what differs."""
        found = self._differences(call, id, state, inputs)

        def live() -> Values:
            now = self.live(call, id, state)
            if now is None:
                raise Gone(self.spec, id)
            return now

        if adoption.BEFORE in state and found:
            before = adoption.widened(self, inputs, state[adoption.BEFORE], live())
            state = {**state, adoption.BEFORE: before}
        body = self.body(found, inputs, live)
        if not body:
            outputs = {name: state[name] for name in state if name not in self.spec.fields}
            return {**outputs, **inputs}
        answer = self.patch_on_record(call, id, body, state)
        self.remember(call, answer)
        kept = _kept(state, adoption.BEFORE)
        answer = apply_until_settled(self, call, inputs, answer, kept)
        self._warn(call, observations(self.spec.shape, answer))
        return kept | self.state(inputs, answer, state)

    def delete(self, call: Call, id: str, state: Values) -> None:
        """Delete the object; one that is gone already is no error.

        `pulumi up --replace` gives no sign that what it creates and deletes is the same object, so
        what a create of this run has just given stays.
        """
        if call.ownership.is_protected(self.spec, id):
            return
        if adoption.BEFORE in state:
            return adoption.give_back(self, call, id, state)
        with suppress(NotFound):
            call.run.send(self.spec.endpoints.delete, {}, id=id)
        if not self.spec.id:
            self.listing(call, state).forget(id)


def _kept(state: Values, *names: str) -> Values:
    """What only the state knows: how an adopted object was found, and what had to wait."""
    return {name: state[name] for name in names if name in state}
