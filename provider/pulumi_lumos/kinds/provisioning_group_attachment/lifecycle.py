"""The lifecycle of an attachment: up to two permissions, the source and its successor.

Nothing of it is an object of its own in Lumos, so every step differs from the usual. Each step can
be cut off after any request and be taken again.
"""

from __future__ import annotations

from pulumi_lumos.declare.flow import Answer, Inputs, State
from pulumi_lumos.declare.spec import Problem, ResourceSpec
from pulumi_lumos.declare.unknown import UNKNOWN, contains_unknown
from pulumi_lumos.errors import LumosError
from pulumi_lumos.kinds.requestable_permission.lifecycle import (
    before_aside,
    bound_group,
    visibility,
    visibility_body,
)
from pulumi_lumos.kinds.requestable_permission.pointers import warn_of_pointers
from pulumi_lumos.lifecycle.adoption import ADOPT, BEFORE_ADOPTION, remembered
from pulumi_lumos.lifecycle.after_failure import delay_failure
from pulumi_lumos.lifecycle.call import Call
from pulumi_lumos.lifecycle.errors import CannotAdopt, Gone, HalfMade, ManagedTwice, NotThere
from pulumi_lumos.lifecycle.protocol import Difference, Lifecycle
from pulumi_lumos.lifecycle.references import advise_lookup
from pulumi_lumos.values.changes import changes
from pulumi_lumos.values.identity import ALIASES
from pulumi_lumos.values.projection import deep_merge, to_inputs
from pulumi_lumos.values.validation import observations

from . import adoption
from .announcements import announce, announce_move, warn_of_what_is_ignored
from .bound import declared_visibility, of_the_bound
from .next_successor import complete_inputs, describe_next
from .state import of_the_successor, recorded, seen
from .succession import (
    Belongs,
    SuccessorInDoubt,
    before_replacement,
    carries,
    find_left_over,
    find_other_successor,
    get_permission,
    hide,
    how_found,
    make_successor,
    of_permissions,
    permissions,
    restore_label,
    state_without_successor,
    update_successor,
)

NOT_BOUND = (
    "that permission has no provisioning group",
    "Give the id of the permission that has the group, or leave the id out to bind one.",
)


class AttachmentLifecycle(Lifecycle):
    """Binds a permission to a group, through a successor where it has to."""

    def __init__(self, spec: ResourceSpec) -> None:
        super().__init__(spec, adopts=permissions.spec)

    def object_of(self, state: State, id: str = "") -> tuple[ResourceSpec, str] | None:
        """The successor; a binding that was there already is nobody's."""
        if state.get("mode") != "successor":
            return None
        return permissions.spec, str(state["bound_permission_id"])

    def check_new(self, call: Call, inputs: Inputs) -> list[Problem]:
        """Look for the permission in Lumos, and tell what becomes of it."""
        if inputs["permission"] is UNKNOWN:
            call.run.check_token()
            return []
        source = permissions.read_live(call, inputs["permission"])
        if source is None:
            missing = f"Lumos has no permission with the id {inputs['permission']!r}"
            return [("permission", f"{missing}; {advise_lookup('permission')}")]
        source = before_replacement(call, source)
        try:
            announce(call, source, inputs, self._belongs_in(call))
        except (CannotAdopt, SuccessorInDoubt) as error:
            return [("permission", str(error))]
        return []

    def diff(self, call: Call, id: str, state: State, inputs: Inputs) -> Difference:
        """Compare the inputs with the state; warn of what still points at the old object.

        A program that looks the permission up by its label may find the successor of the last run:
        naming either of the two is naming the same attachment.
        """
        own = (state.get("bound_permission_id"), state.get("source_permission_id"))
        if inputs["permission"] in own:
            inputs = Inputs({**inputs, "permission": state["permission"]})
        call.ownership.note_last_known(call.resource, state)
        difference = super().diff(call, id, state, inputs)
        call.ownership.note_recorded_owner(
            self.spec, state.get("bound_permission_id") or id, call.resource
        )
        if not call.run.previews_ask or inputs["permission"] is UNKNOWN:
            return difference
        if "permission" in difference.changed:
            source = get_permission(call, inputs["permission"])
            announce(call, source, inputs, self._belongs_in(call))
        elif "group" in difference.changed and not contains_unknown(inputs["group"]):
            announce_move(call, state, inputs["group"])
        return difference

    def keep_true(self, call: Call, id: str, state: State, inputs: Inputs, since: float) -> None:
        """Let people see the successor whatever the call of its app hides in this run."""
        if state.get("mode") != "successor":
            return
        if (declared_visibility(inputs) or state["source_visibility"]) == "VISIBLE":
            bound = state["bound_permission_id"]
            permissions.keep_visible(call, state["app_id"], bound, since)

    @delay_failure
    def create(self, call: Call, inputs: Inputs) -> tuple[str, State]:
        """Record the binding that is there, or make the successor and hide the source."""
        source = before_replacement(call, get_permission(call, inputs["permission"]))
        call.ownership.note_owner(self.spec, source["id"], call.resource)
        call.ownership.protect(self.spec, source["id"])
        state = self._bind(call, source, inputs)
        call.ownership.note_owner(self.spec, state["bound_permission_id"], call.resource)
        return source["id"], state

    def is_there(self, call: Call, id: str, state: State) -> bool:
        """Whether Lumos has the permission that is bound."""
        bound = str(state.get("bound_permission_id") or id)
        return permissions.read_live(call, bound, state) is not None

    def read(self, call: Call, id: str, state: State) -> State | None:
        """Read the binding as Lumos has it now; return None if the permission is gone."""
        bound = permissions.read_live(call, state.get("bound_permission_id") or id, state)
        if bound is None:
            return state_without_successor(call, state)
        self._warn(call, observations(permissions.spec.shape, bound))
        if "permission" not in state:
            if not bound_group(bound):
                raise NotThere(self.spec, id, *NOT_BOUND)
            group = to_inputs(self.spec.fields["group"].type, bound_group(bound))
            given = Inputs({"permission": id, "group": group})
            return recorded(self.spec, given, bound, id, "existing", "")
        inputs = self.spec.inputs(state)
        outputs = {name: state[name] for name in state if name not in inputs}
        return State({**outputs, **seen(self.spec, inputs, bound, state["mode"])})

    @delay_failure
    def update(self, call: Call, id: str, state: State, inputs: Inputs) -> State:
        """Bring the successor up to date; another group makes another successor first."""
        differs = changes(self.spec.shape, self.spec.inputs(state), inputs, state[ALIASES])
        if not any(difference.path[0] == "group" for difference in differs):
            return self._update_in_place(call, state, inputs)
        source = permissions.read_live(call, state["source_permission_id"])
        if state["mode"] == "existing":
            source = source or get_permission(call, state["source_permission_id"])
            return self._bind(call, source, inputs, adopts=False)
        if source and carries(source, inputs["group"]):
            self.delete(call, id, state)
            return recorded(self.spec, inputs, source, source["id"], "existing", "")
        return self._move(call, state, source, inputs)

    def delete(self, call: Call, id: str, state: State) -> None:
        """Bring the source back as it was found, then remove the successor.

        What a create of this run has given stays, as in `ObjectLifecycle.delete`: the source that
        it has hidden, and the permission that it has bound. So does the source of an attachment
        that goes on with another successor.
        """
        if state["mode"] == "existing":
            return
        source = permissions.read_live(call, state["source_permission_id"])
        goes_on = call.ownership.newer_state(call.resource, id, state) is not None
        if source and (goes_on or call.ownership.is_protected(self.spec, source["id"])):
            source = None
        # Never the other way: an attachment of another stack may have found it hidden by this one.
        if source and state["source_visibility"] == "VISIBLE" != visibility(source):
            permissions.change(call, source, visibility_body("VISIBLE"))
        if not call.ownership.is_protected(permissions.spec, state["bound_permission_id"]):
            of_permissions.delete(
                call, state["bound_permission_id"], of_the_successor(self.spec, state)
            )
        if source:
            restore_label(call, source)

    def _belongs_in(self, call: Call, *, moves: bool = False, to_us: bool = False) -> Belongs:
        """Return what tells whether a permission is this attachment's own.

        The last one is not, where it `moves`; one that no resource has is, where it goes `to_us`.
        """

        def belongs(id: str) -> bool | None:
            holder = call.ownership.owner(self.spec, id)
            if holder or call.ownership.owner(permissions.spec, id):
                return holder == call.resource and not moves
            return True if to_us else None

        return belongs

    def _bind(
        self,
        call: Call,
        source: Answer,
        inputs: Inputs,
        *,
        adopts: bool = True,
    ) -> State:
        """Bind a permission that has no successor yet; return the state."""
        desired = of_the_bound(inputs, source["app_id"])
        if carries(source, inputs["group"]):
            call.ownership.protect(permissions.spec, source["id"])
            warn_of_what_is_ignored(call, source, desired)
            return recorded(self.spec, inputs, source, source["id"], "existing", "")
        warn_of_pointers(call, source["app_id"], [source["id"]])
        if adopts and inputs.get(ADOPT):
            return self._adopt(call, source, inputs, desired)
        declared = declared_visibility(inputs)
        if not declared and find_other_successor(call, source, inputs["group"]):
            desired = deep_merge(visibility_body("VISIBLE"), desired)
        bound = make_successor(call, source, source, desired, self._belongs_in(call))
        try:
            hide(call, source, "succeeded" if declared else None)
        except LumosError as error:
            # The next create finds the successor; until then, the error says where it is.
            raise HalfMade(permissions.spec, bound["id"], State({}), error) from None
        was = how_found(source, bound, declared)
        return recorded(self.spec, inputs, bound, source["id"], "successor", was)

    def _adopt(self, call: Call, source: Answer, inputs: Inputs, desired: Inputs) -> State:
        """Make a permission that is there the successor; return the state."""
        there = adoption.get_permission_to_adopt(call, source, desired, inputs[ADOPT])
        id, was = str(there["id"]), before_aside(source).visibility
        if other := call.ownership.owner(permissions.spec, id):
            raise ManagedTwice(permissions.spec, id, other, call.resource)
        call.ownership.note_owner(self.spec, id, call.resource)

        def state(bound: Answer, before: State) -> State:
            now = recorded(self.spec, inputs, bound, source["id"], "successor", was)
            return State(now | before)

        try:
            bound, before = adoption.adopt(call, source, desired, there)
        except HalfMade as half:
            kept = state(there, remembered(half.state))
            raise HalfMade(self.spec, source["id"], kept, half) from None
        call.ownership.protect(permissions.spec, id)
        try:
            hide(call, source, "adopted")
        except LumosError as error:
            raise HalfMade(self.spec, source["id"], state(bound, before), error) from None
        return state(bound, before)

    def _move(self, call: Call, state: State, source: Answer | None, inputs: Inputs) -> State:
        """Make another successor, then remove the last one; return the state."""
        last = permissions.read_live(call, state["bound_permission_id"], state)
        # Where the last one is gone, a run that was cut off may have made the next one already.
        adopted = BEFORE_ADOPTION in state
        belongs = self._belongs_in(call, moves=True, to_us=not last and not adopted)
        before = source if source and adopted else last or source
        if before is None:
            bound = find_left_over(call, state["app_id"], inputs["group"], belongs)
        else:
            left = sorted({state["source_permission_id"], state["bound_permission_id"]})
            warn_of_pointers(call, state["app_id"], left)
            desired = describe_next(call, self.spec, state, inputs, last)
            bound = make_successor(call, before, source, desired, belongs)
        if bound is None:
            raise Gone(permissions.spec, state["source_permission_id"])
        if last:
            of_permissions.delete(call, last["id"], of_the_successor(self.spec, state))
        elif source:
            hide(call, source, "succeeded" if declared_visibility(inputs) else None)
        was = state["source_visibility"]
        return recorded(self.spec, inputs, bound, state["source_permission_id"], "successor", was)

    def _update_in_place(self, call: Call, state: State, inputs: Inputs) -> State:
        outputs = {name: state[name] for name in state if name not in self.spec.fields}
        if state["mode"] == "existing":
            return State({**outputs, **inputs})
        old = of_the_successor(self.spec, state)
        new = of_the_bound(complete_inputs(call, self.spec, state, inputs), state["app_id"])
        bound, source = state["bound_permission_id"], state["source_permission_id"]
        try:
            updated = update_successor(call, bound, old, new, source)
        except HalfMade as half:
            if BEFORE_ADOPTION not in state:
                raise
            kept = State({**state, **remembered(half.state)})
            raise HalfMade(self.spec, source, kept, half) from None
        if BEFORE_ADOPTION in state:
            adoption.finish(call, state, inputs)
        own = {name: updated[name] for name in (ALIASES, BEFORE_ADOPTION) if name in updated}
        return State({**outputs, **own, **inputs})
