"""What a host calls: the lifecycle of a kind, guarded against losing people's objects.

Two mistakes would cost objects without a word: a token of another tenant than the one the stack's
objects are in, and the deletion of an object that another resource of the program stands for.
"""

from __future__ import annotations

import time

from pulumi_lumos.api.errors import InvalidId
from pulumi_lumos.declare.flow import Inputs, State
from pulumi_lumos.declare.spec import Problem, ResourceSpec

from .call import Call
from .errors import Gone, HalfMade, NotThere
from .protocol import Difference, Lifecycle
from .tenancy import TENANT, Look


class GuardedLifecycle:
    """The calls of a host for one declared kind, see `Lifecycle`."""

    def __init__(self, lifecycle: Lifecycle) -> None:
        self._lifecycle = lifecycle

    @property
    def spec(self) -> ResourceSpec:
        """What the kind declares."""
        return self._lifecycle.spec

    @property
    def adopts(self) -> ResourceSpec:
        """The kind of the objects that the kind adopts."""
        return self._lifecycle.adopts

    def check(
        self, call: Call, old: Inputs, new: Inputs, *, preview: bool
    ) -> tuple[Inputs, list[Problem]]:
        """See `Lifecycle.check`; raises OtherTenant before anything is made."""
        inputs, problems = self._lifecycle.check(call, old, new, preview=preview)
        if not old and not problems and (call.run.previews_ask or not preview):
            call.run.tenancy.verify()
        return inputs, problems

    def foresee(self, call: Call, old: Inputs, new: Inputs) -> list[Problem]:
        """See `Lifecycle.check_references`: whether Lumos has what the program names."""
        if not call.run.previews_ask:
            return []
        return self._lifecycle.check_references(call, old, new)

    def diff(self, call: Call, id: str, state: State, inputs: Inputs) -> Difference:
        """See `Lifecycle.diff`; raises OtherTenant, also where nothing changes."""
        difference = self._lifecycle.diff(call, id, state, inputs)
        look = self._look(call, id, state)
        call.run.tenancy.note_in_question(id, state, look)
        if call.run.previews_ask and difference.changed:
            call.run.tenancy.verify()
        elif call.run.previews_ask:
            call.run.tenancy.verify_unchanged(state, look)
        if call.ownership.is_declared(call.resource) and difference.changed:
            call.ownership.note_changed(call.resource, id)
        elif call.ownership.is_declared(call.resource):
            call.ownership.note_current(call.resource, id, state)
        if call.ownership.is_declared(call.resource) and not difference.replaces:
            self._lifecycle.keep_true(call, id, state, inputs, since=0.0)
        return difference

    def create(self, call: Call, inputs: Inputs) -> tuple[str, State]:
        """See `Lifecycle.create`; the state remembers the tenant."""
        call.run.tenancy.verify()
        call.run.tenancy.prepare()
        began = time.monotonic()
        try:
            id, state = self._lifecycle.create(call, inputs)
        except HalfMade as half:
            half.state.update(call.run.tenancy.memory(half.id))
            raise
        state = State(state | call.run.tenancy.memory(id))
        call.ownership.note_current(call.resource, id, state)
        self._lifecycle.keep_true(call, id, state, inputs, began)
        return id, state

    def read(self, call: Call, id: str, state: State) -> State | None:
        """See `Lifecycle.read`; raises OtherTenant before anything counts as gone.

        Nothing is known before of an object that a program only reads: raises NotThere.
        """
        try:
            found = self._lifecycle.read(call, id, state)
        except InvalidId:
            # A person gave this id, such as an empty one: an error about an address would not help.
            if state:
                raise
            found = None
        if found is None and not state:
            raise NotThere(self.spec, id)
        required = [name for name, field in self.spec.fields.items() if field.required]
        # The state of an object that is gone lacks one of those, where a kind keeps it.
        if found is not None and all(name in found for name in required):
            call.run.tenancy.note_found(state)
        else:
            call.run.tenancy.note_missing(id, state, call.tell.warn)
        return None if found is None else State(found | _kept(state))

    def update(self, call: Call, id: str, state: State, inputs: Inputs) -> State:
        """See `Lifecycle.update`; raises OtherTenant before anything is changed."""
        call.ownership.note_current(call.resource, id, state)
        call.run.tenancy.note_in_question(id, state, self._look(call, id, state))
        call.run.tenancy.verify()
        memory = call.run.tenancy.renew(id, state)
        began = time.monotonic()
        try:
            now = self._lifecycle.update(call, id, state, inputs)
        except HalfMade as half:
            half.state.update(memory)
            raise
        except Gone as gone:
            remembered = call.run.tenancy.elsewhere(state)
            raise Gone(gone.spec, gone.id, remembered) from None
        now = State(now | memory)
        call.ownership.note_current(call.resource, id, now)
        self._lifecycle.keep_true(call, id, now, inputs, began)
        return now

    def delete(self, call: Call, id: str, state: State) -> None:
        """See `Lifecycle.delete`; raises OtherTenant before anything is deleted.

        What another resource of the program stands for stays, as after a rename in two steps. So
        does the object with which this one goes on, see `Ownership.newer_state`. A resource that
        is renamed with an alias, and replaced, is deleted under its old name.
        """
        holder = call.ownership.owner(self.spec, id)
        has_id_of_object = self._lifecycle.object_of(state, id) == (self.spec, id)
        goes_on = call.ownership.newer_state(call.resource, id, state) is not None
        is_of_another = (
            holder is not None
            and holder != call.resource
            and not call.ownership.is_replaced(holder, id)
        )
        if has_id_of_object and (goes_on or is_of_another):
            return
        call.run.tenancy.verify_before_delete(
            id, state, self._look(call, id, state), call.tell.warn
        )
        self._lifecycle.delete(call, id, state)

    def _look(self, call: Call, id: str, state: State) -> Look:
        return lambda: self._lifecycle.is_there(call, id, state)


def _kept(state: State) -> State:
    return State({TENANT: state[TENANT]} if TENANT in state else {})
