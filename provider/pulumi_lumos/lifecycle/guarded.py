"""What a host calls: the lifecycle of a kind, guarded against losing people's objects.

Two mistakes would cost objects without a word: a token of another tenant than the one the stack's
objects are in, and the deletion of an object that another resource of the program stands for.
"""

from __future__ import annotations

from ..declare.spec import Problem, ResourceSpec, Values
from .call import Call
from .errors import HalfMade, NotThere
from .object_lifecycle import Difference, ObjectLifecycle
from .tenancy import TENANT, Look


class GuardedLifecycle:
    """The calls of a host for one declared kind, see `ObjectLifecycle`."""

    def __init__(self, lifecycle: ObjectLifecycle) -> None:
        self._lifecycle = lifecycle

    @property
    def spec(self) -> ResourceSpec:
        """What the kind declares."""
        return self._lifecycle.spec

    @property
    def adopts(self) -> ResourceSpec:
        """See `ObjectLifecycle.adopts`."""
        return self._lifecycle.adopts

    def check(
        self, call: Call, old: Values, new: Values, *, preview: bool
    ) -> tuple[Values, list[Problem]]:
        """See `ObjectLifecycle.check`; raises OtherTenant before anything is made."""
        inputs, problems = self._lifecycle.check(call, old, new, preview=preview)
        if not old and not problems and (call.run.previews_ask or not preview):
            call.run.tenancy.verify()
        return inputs, problems

    def foresee(self, call: Call, old: Values, new: Values) -> list[Problem]:
        """See `ObjectLifecycle.check_references`; where previews may ask."""
        if not call.run.previews_ask:
            return []
        return self._lifecycle.check_references(call, old, new)

    def diff(self, call: Call, id: str, state: Values, inputs: Values) -> Difference:
        """See `ObjectLifecycle.diff`; raises OtherTenant before anything is changed."""
        difference = self._lifecycle.diff(call, id, state, inputs)
        call.run.tenancy.question(id, state, self._look(call, id, state))
        if difference.changed and call.run.previews_ask:
            call.run.tenancy.verify()
        return difference

    def create(self, call: Call, inputs: Values) -> tuple[str, Values]:
        """See `ObjectLifecycle.create`; the state remembers the tenant."""
        call.run.tenancy.verify()
        call.run.tenancy.prepare()
        try:
            id, state = self._lifecycle.create(call, inputs)
        except HalfMade as half:
            half.state.update(call.run.tenancy.memory(half.id))
            raise
        return id, state | call.run.tenancy.memory(id)

    def read(self, call: Call, id: str, state: Values) -> Values | None:
        """See `ObjectLifecycle.read`; raises OtherTenant before anything counts as gone.

        Nothing is known before of an object that a program only reads: raises NotThere.
        """
        found = self._lifecycle.read(call, id, state)
        if found is None and not state:
            raise NotThere(self.spec, id)
        required = [name for name, field in self.spec.fields.items() if field.required]
        # What lacks one of those is what the state keeps of an object that is gone.
        if found is not None and all(name in found for name in required):
            call.run.tenancy.find(state)
        else:
            call.run.tenancy.miss(id, state, call.tell.warn)
        return None if found is None else found | _kept(state)

    def update(self, call: Call, id: str, state: Values, inputs: Values) -> Values:
        """See `ObjectLifecycle.update`; raises OtherTenant before anything is changed."""
        call.run.tenancy.question(id, state, self._look(call, id, state))
        call.run.tenancy.verify()
        memory = call.run.tenancy.renewed(id, state)
        try:
            return self._lifecycle.update(call, id, state, inputs) | memory
        except HalfMade as half:
            half.state.update(memory)
            raise

    def delete(self, call: Call, id: str, state: Values) -> None:
        """See `ObjectLifecycle.delete`; raises OtherTenant before anything is deleted.

        What another resource of the program stands for stays, as after a rename in two steps.
        """
        holder = call.ownership.owner(self.spec, id)
        if self._lifecycle.stands_for_one_object and holder not in (None, call.resource):
            return
        call.run.tenancy.verify_before_delete(
            id, state, self._look(call, id, state), call.tell.warn
        )
        self._lifecycle.delete(call, id, state)

    def _look(self, call: Call, id: str, state: Values) -> Look:
        return lambda: self._lifecycle.is_there(call, id, state)


def _kept(state: Values) -> Values:
    return {TENANT: state[TENANT]} if TENANT in state else {}
