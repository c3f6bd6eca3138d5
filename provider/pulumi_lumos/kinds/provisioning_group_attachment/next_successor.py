"""Describes the next successor, also where the program gives fewer fields than before."""

from __future__ import annotations

from pulumi_lumos.declare.flow import Answer, Inputs, State
from pulumi_lumos.declare.spec import ResourceSpec
from pulumi_lumos.kinds.requestable_permission.lifecycle import before_aside, visibility_body
from pulumi_lumos.lifecycle.call import Call
from pulumi_lumos.values.body import clearing_body
from pulumi_lumos.values.changes import changes
from pulumi_lumos.values.projection import deep_merge

from .bound import declared_visibility, of_the_bound
from .succession import permissions


def describe_next(
    call: Call, spec: ResourceSpec, state: State, inputs: Inputs, last: Answer | None
) -> Inputs:
    """Return the fields of the next successor, and the values that clear what it loses."""
    declared = of_the_bound(complete_inputs(call, spec, state, inputs), state["app_id"])
    shows = visibility_body(declared_visibility(inputs) or state["source_visibility"])
    desired: Inputs = deep_merge(shows, declared)
    if last:
        before = of_the_bound(spec.inputs(state), state["app_id"])
        cleared = clearing_body(changes(permissions.spec.shape, before, desired, {}))
        desired = deep_merge(cleared, desired)
    return desired


def complete_inputs(call: Call, spec: ResourceSpec, state: State, inputs: Inputs) -> Inputs:
    """Add to the inputs the fields that they no longer give, as the source has them."""
    completed = Inputs({**inputs})
    if "label" in state and "label" not in inputs:
        source = permissions.read_live(call, state["source_permission_id"])
        completed["label"] = before_aside(source).label if source else state["label"]
    if declared_visibility(spec.inputs(state)) and not declared_visibility(inputs):
        completed["appstore_visibility"] = state["source_visibility"]
    return completed
