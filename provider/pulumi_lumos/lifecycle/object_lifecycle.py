"""The lifecycle of resources that are one object of Lumos each, derived from their declaration.

A kind with an oddity of its own subclasses `ObjectLifecycle` or `Objects` in its own folder and
overrides one or two methods there.
"""

from __future__ import annotations

from functools import cached_property
from typing import Any

from pulumi_lumos.declare.flow import Answer, Inputs, State
from pulumi_lumos.declare.spec import ObjectSpec, Problem, ResourceSpec
from pulumi_lumos.declare.unknown import contains_unknown
from pulumi_lumos.values.changes import Change
from pulumi_lumos.values.deferral import AWAITS, as_it_is
from pulumi_lumos.values.live import Live
from pulumi_lumos.values.texts import look_alikes
from pulumi_lumos.values.validation import observations

from . import adoption
from .call import Call
from .creation import create, look_ahead
from .errors import AlreadyExists, CannotAdopt, Gone, ManagedTwice, StillTaken
from .objects import Objects
from .ownership import Original
from .protocol import Lifecycle
from .settling import apply_until_settled
from .tenancy import TENANT


class ObjectLifecycle(Lifecycle):
    """Makes, changes and deletes one object of Lumos for each resource, or adopts it."""

    spec: ObjectSpec

    def __init__(self, spec: ObjectSpec) -> None:
        super().__init__(spec, adopts=spec)

    @cached_property
    def objects(self) -> Objects:
        """The objects of the kind in Lumos; a kind whose calls have an oddity has its own class."""
        return Objects(self.spec)

    def object_of(self, state: State, id: str = "") -> tuple[ResourceSpec, str] | None:
        """Return the object that the resource stands for."""
        known = id or state.get(self.spec.id) or (state.get(TENANT) or {}).get("id")
        return (self.spec, str(known)) if known else None

    def check_new(self, call: Call, inputs: Inputs) -> list[Problem]:
        """Look for the object in Lumos; report a conflict, or announce the adoption."""
        key = self.spec.key_of(inputs)
        if contains_unknown(key):
            call.run.check_token()
            return []
        try:
            if inputs.get(adoption.ADOPT):
                live = adoption.get_object_to_adopt(self.objects, call, inputs)
                call.ownership.note_owner(self.spec, str(live["id"]), call.resource)
                said = adoption.describe_adoption(self.objects, call, inputs, live)
                call.tell.info(said, said.replace(f" {live['id']}", "", 1))
            else:
                look_ahead(self.objects, call, inputs)
        except (AlreadyExists, CannotAdopt, ManagedTwice, StillTaken) as error:
            return [([*key][-1], str(error))]
        return []

    def example(self, call: Call, live: Answer, field: str) -> Any:
        """Show the form of a field that Lumos never answers, for people to fill in.

        A text or JSON with "..." for each part that only they know. Raises ApiError.
        """
        return "..."

    def _replaces(self, call: Call, id: str, state: State, change: Change) -> bool:
        """Whether a change needs a new object.

        A program may later give the field that connects an object, as Lumos has it: the
        `app_class_id` of an adopted integration, to send credentials. That is the same object.
        """
        marks = change.field.marks
        begins = marks.connects and state.get(change.name) is None
        if not marks.replaces or not begins:
            return marks.replaces
        live = self.objects.read_live(call, id, state)
        return live is None or bool(Live(self.spec, live).lacks(Inputs({change.name: change.new})))

    def _differences(self, call: Call, id: str, state: State, inputs: Inputs) -> list[Change]:
        """Find what differs; fields that had to wait are compared as Lumos has them."""
        if AWAITS in state:
            live = self.objects.read_live(call, id, state) or Answer({})
            state = State(as_it_is(self.spec.shape, state, live))
        return super()._differences(call, id, state, inputs)

    def create(self, call: Call, inputs: Inputs) -> tuple[str, State]:
        """Make the object, never a second one of the same natural key, or adopt it."""
        if inputs.get(adoption.ADOPT):
            there = adoption.get_object_to_adopt(self.objects, call, inputs)
            call.ownership.note_owner(self.spec, str(there["id"]), call.resource)
            call.ownership.protect(self.spec, str(there["id"]))
            live, before = adoption.adopt(self.objects, call, inputs, there)
            return str(live["id"]), State(self.objects.state(inputs, live) | before)
        live = create(self.objects, call, inputs)
        self.objects.remember(call, live)
        # A resource that has adopted it may have had another name until now.
        original = call.ownership.original_of(self.spec, str(live["id"]))
        kept = State({})
        if original:
            found = adoption.found_before(self.objects, inputs, live, original)
            kept[adoption.BEFORE_ADOPTION] = found
        live = apply_until_settled(self.objects, call, inputs, live, kept)
        self._warn(call, observations(self.spec.shape, live))
        return str(live["id"]), State(kept | self.objects.state(inputs, live))

    def is_there(self, call: Call, id: str, state: State) -> bool:
        """Whether Lumos has the object."""
        return self.objects.read_live(call, id, state) is not None

    def read(self, call: Call, id: str, state: State) -> State | None:
        """Read the state as Lumos has it now; return None if the object is gone."""
        live = self.objects.read_live(call, id, state)
        if live is None:
            return self.objects.state_without(call, id, state)
        self._warn(call, observations(self.spec.shape, live))
        managed = self.spec.inputs(state)
        seen = self.objects.state(managed or Live(self.spec, live).as_inputs(), live)
        self._warn(call, list(look_alikes(self.spec.shape, managed, self.spec.inputs(seen))))
        return State(_kept(state, adoption.BEFORE_ADOPTION, AWAITS) | seen)

    def keep_true(self, call: Call, id: str, state: State, inputs: Inputs, since: float) -> None:
        """Do nothing. Kinds whose objects other calls change override this."""

    def update(self, call: Call, id: str, state: State, inputs: Inputs) -> State:
        """Change exactly what differs."""
        found = self._differences(call, id, state, inputs)

        def live() -> Answer:
            now = self.objects.read_live(call, id, state)
            if now is None:
                raise Gone(self.spec, id)
            return now

        if adoption.BEFORE_ADOPTION in state and found:
            original = Original(state[adoption.BEFORE_ADOPTION], self.spec.inputs(state))
            before = adoption.found_before(self.objects, inputs, live(), original)
            state = State({**state, adoption.BEFORE_ADOPTION: before})
        body = self.objects.body(found, inputs, live)
        if not body:
            outputs = {name: state[name] for name in state if name not in self.spec.fields}
            return State({**outputs, **inputs})
        answer = self.objects.patch_on_record(call, id, body, state)
        self.objects.remember(call, answer)
        kept = _kept(state, adoption.BEFORE_ADOPTION)
        answer = apply_until_settled(self.objects, call, inputs, answer, kept)
        self._warn(call, observations(self.spec.shape, answer))
        return State(kept | self.objects.state(inputs, answer, state))

    def delete(self, call: Call, id: str, state: State) -> None:
        """Delete the object; one that is gone already is no error.

        `pulumi up --replace` gives no sign that what it creates and deletes is the same object, so
        what a create of this run has just given stays. With `delete_before_replace`, the check has
        looked already for what the create is going to take.
        """
        if call.ownership.is_protected(self.spec, id):
            return
        call.run.forget_twin(id)
        if call.ownership.is_deleted_first(self.spec, id):
            # Where it is only hidden, it is no twin that somebody else has made.
            call.ownership.note_owner(self.spec, id, call.resource)
        if adoption.BEFORE_ADOPTION in state:
            return adoption.give_back(self.objects, call, id, state)
        self.objects.delete(call, id, state)


def _kept(state: State, *names: str) -> State:
    """What only the state knows: how an adopted object was found, and what had to wait."""
    return State({name: state[name] for name in names if name in state})
