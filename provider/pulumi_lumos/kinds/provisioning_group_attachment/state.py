"""What Pulumi records of an attachment."""

from __future__ import annotations

from pulumi_lumos.declare.spec import ResourceSpec, Values
from pulumi_lumos.lifecycle.adoption import BEFORE
from pulumi_lumos.values.identity import ALIASES, aliases_in
from pulumi_lumos.values.projection import project

from ..requestable_permission.lifecycle import bound_group, visibility
from .bound import of_the_bound
from .succession import permissions


def seen(spec: ResourceSpec, inputs: Values, bound: Values, mode: str) -> Values:
    """The inputs as the bound permission shows them.

    Of a binding that was there already only the group is the attachment's business, and the
    visibility that stands at the attachment itself hides the one in its configuration.
    """
    config = dict(bound.get("request_config") or {})
    if inputs.get("appstore_visibility"):
        said = inputs.get("request_config") or {}
        config["appstore_visibility"] = said.get("appstore_visibility")
    live = {**inputs, "group": bound_group(bound), "request_config": config}
    aliases = aliases_in(permissions.spec.shape, bound)
    shows = project(spec.shape, inputs, live, aliases)
    if mode == "existing":
        return {**inputs, "group": shows.get("group")}
    own = {"label": bound["label"], "appstore_visibility": visibility(bound)}
    return shows | {name: own[name] for name in own if name in inputs}


def recorded(
    spec: ResourceSpec,
    inputs: Values,
    bound: Values,
    source: str,
    mode: str,
    source_visibility: str,
) -> Values:
    """The state of an attachment; `bound` is the permission that people request."""
    return {
        **seen(spec, inputs, bound, mode),
        ALIASES: aliases_in(permissions.spec.shape, bound),
        "app_id": bound["app_id"],
        "bound_permission_id": bound["id"],
        "source_permission_id": source,
        "group_id": (bound_group(bound) or {}).get("id"),
        "mode": mode,
        "source_visibility": source_visibility,
    }


def of_the_successor(spec: ResourceSpec, state: Values) -> Values:
    """What the state says of the bound permission, as the state of a RequestablePermission."""
    kept = {name: state[name] for name in (ALIASES, BEFORE) if name in state}
    return {**of_the_bound(spec.inputs(state), state["app_id"]), **kept}
