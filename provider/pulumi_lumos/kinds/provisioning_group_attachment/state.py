"""What Pulumi records of an attachment."""

from __future__ import annotations

from pulumi_lumos.declare.flow import Answer, Inputs, State
from pulumi_lumos.declare.spec import ResourceSpec
from pulumi_lumos.kinds.requestable_permission.lifecycle import bound_group, visibility
from pulumi_lumos.lifecycle.adoption import BEFORE_ADOPTION
from pulumi_lumos.values.identity import ALIASES
from pulumi_lumos.values.live import Live
from pulumi_lumos.values.projection import project

from .bound import of_the_bound
from .succession import permissions


def seen(spec: ResourceSpec, inputs: Inputs, bound: Answer, mode: str) -> State:
    """The inputs as the bound permission shows them.

    Of a binding that was there already only the group is the attachment's business, and the
    visibility that stands at the attachment itself hides the one in its configuration.
    """
    config = dict(bound.get("request_config") or {})
    if inputs.get("appstore_visibility"):
        declared = inputs.get("request_config") or {}
        config["appstore_visibility"] = declared.get("appstore_visibility")
    live = {**inputs, "group": bound_group(bound), "request_config": config}
    shows = project(spec.shape, inputs, live, Live(permissions.spec, bound).aliases)
    if mode == "existing":
        return State({**inputs, "group": shows.get("group")})
    own = {"label": bound["label"], "appstore_visibility": visibility(bound)}
    return State(shows | {name: own[name] for name in own if name in inputs})


def recorded(
    spec: ResourceSpec,
    inputs: Inputs,
    bound: Answer,
    source: str,
    mode: str,
    source_visibility: str,
) -> State:
    """The state of an attachment; `bound` is the permission that people request."""
    own = {
        ALIASES: Live(permissions.spec, bound).aliases,
        "app_id": bound["app_id"],
        "bound_permission_id": bound["id"],
        "source_permission_id": source,
        "group_id": (bound_group(bound) or {}).get("id"),
        "mode": mode,
        "source_visibility": source_visibility,
    }
    return State({**seen(spec, inputs, bound, mode), **own})


def of_the_successor(spec: ResourceSpec, state: State) -> State:
    """What the state says of the bound permission, as the state of a RequestablePermission."""
    kept = {name: state[name] for name in (ALIASES, BEFORE_ADOPTION) if name in state}
    return State({**of_the_bound(spec.inputs(state), state["app_id"]), **kept})
