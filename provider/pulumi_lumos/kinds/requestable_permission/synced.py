"""Permissions that a sync has made: Lumos owns their lifecycle, a program only their settings.

Lumos makes one of each group of an identity provider, and takes it away when the group is gone
from there. So a program adopts them; it neither makes nor deletes one, and one that has vanished
stays in the state, without its name, until the program gives it up or Lumos has it again.
"""

from __future__ import annotations

from collections.abc import Mapping

from pulumi_lumos.declare.flow import Answer, Inputs, State
from pulumi_lumos.declare.spec import Problem, ResourceSpec, Values
from pulumi_lumos.lifecycle.call import Call
from pulumi_lumos.lifecycle.objects import Objects

from .group_sync import is_missing, named_group

SYNCED_GROUP = "synced_group"
"""The output that remembers the group of a synced permission.

Once the permission is gone, Lumos no longer says which group that was.
"""
WHAT_TO_DO = (
    "nothing recreates it. Bring its group back where that came from, or remove the resource from "
    "the program."
)


REMEMBERS: Mapping[str, str] = {
    SYNCED_GROUP: "The group that a synced permission was made of.",
}
"""What the state holds of a synced object for the lifecycle alone."""


class SyncedObjects(Objects):
    """Objects of which a sync has made some."""

    def state_without(self, call: Call, id: str, state: State) -> State | None:
        """Keep a synced object that is gone in the state, without its name.

        Nobody can leave the name out, so it tells the next check what has happened.
        """
        if state.get("type") != "SYNCED":
            return None
        because = _explain_loss(call, state.get(SYNCED_GROUP) or {})
        call.tell.warn(
            f"{self.spec.name} {id} was synced and is gone because {because}, {WHAT_TO_DO}"
        )
        return State({name: state[name] for name in state if name != self.spec.key[-1]})

    def state(self, managed: Inputs, live: Answer, before: State | None = None) -> State:
        """What Pulumi records; one that was gone and is back has its name again."""
        if live.get("type") == "SYNCED":
            managed = Inputs({self.spec.key[-1]: "", **managed})
        return super().state(managed, live, before)

    def delete(self, call: Call, id: str, state: State) -> None:
        """Delete the object; a synced one that was imported stays, as one that was adopted does.

        Lumos refuses to delete it, and the stack could never be destroyed.
        """
        if state.get("type") == "SYNCED":
            call.tell.info(
                f"{self.spec.name} {id} stays in Lumos as it is: a sync has made it",
                f"{self.spec.name} stays in Lumos as it is: a sync has made it",
            )
            return
        super().delete(call, id, state)

    def may_be_made_from(self, call: Call, inputs: Inputs, live: Answer) -> bool:
        """Whether a POST may have made an object; a sync has made a synced one."""
        return live.get("type") != "SYNCED" and super().may_be_made_from(call, inputs, live)


def problems_of_gone(spec: ResourceSpec, old: Inputs) -> list[Problem]:
    """What is wrong with a synced object that is gone, see `SyncedObjects.state_without`."""
    named = spec.key[-1]
    if not old or named in old:
        return []
    return [(named, f"the {spec.name} was synced and is gone, {WHAT_TO_DO}")]


def group_of(live: Answer, bound: Values | None) -> Values:
    """What the state of a synced permission remembers: its group as the app that owns it does."""
    if live.get("type") != "SYNCED" or not bound:
        return {}
    names = ("app_id", "integration_specific_id")
    return {SYNCED_GROUP: {name: bound.get(name) for name in names}}


def _explain_loss(call: Call, group: Values) -> str:
    if not group.get("integration_specific_id"):
        return "Lumos has deleted it"
    its_group = f"its {named_group(call, group)}"
    if is_missing(call, group):
        return f"{its_group} is gone from there"
    return f"Lumos has deleted it, though {its_group} is still there"
