"""Takes the values that a permission inherits out of an answer, and fills them in after a change.

Lumos answers the values in force. Where a flag says that an aspect is not the permission's own, its
value is the app's. Webhooks have no flag, and count as the app's where they are equal to its own.
"""

from __future__ import annotations

import copy
from collections.abc import Mapping
from typing import Any

from pulumi_lumos.report.population import Values

_APPROVAL = {
    "manager_approval": "NONE",
    "require_additional_approval": None,
    "approvers": None,
    "approvers_stage_2": None,
}
WEBHOOKS = (
    (("request_validation_inline_webhook",), ("request_flow", "request_validation_inline_webhook")),
    (("access_removal_inline_webhook",), ("provisioning", "access_removal_inline_webhook")),
    (
        ("request_fulfillment_config", "provisioning_webhook"),
        ("provisioning", "provisioning_webhook"),
    ),
)
"""The path of each webhook in a permission's configuration, and that of its app's webhook."""


def own_of(config: Mapping[str, Any], settings: Mapping[str, Any]) -> Values:
    """The configuration of a permission without the values of its app."""
    own = copy.deepcopy(dict(config))
    approval = _part(own, "request_approval_config")
    fulfillment = _part(own, "request_fulfillment_config")
    if not own.get("allowed_groups_override"):
        own["allowed_groups"] = None
    if not approval.get("request_approval_config_override"):
        approval.update(copy.deepcopy(_APPROVAL))
    if not fulfillment.get("time_based_access_override"):
        fulfillment["time_based_access"] = []
    for mine, of_app in WEBHOOKS:
        if _id(at(own, mine)) == _id(at(settings, of_app)):
            put(own, mine, None)
    return own


def effective(own: Mapping[str, Any], settings: Mapping[str, Any]) -> Values:
    """The configuration that is in force: the permission's own, else its app's."""
    config = copy.deepcopy(dict(own))
    flow, provisioning = settings.get("request_flow") or {}, settings.get("provisioning") or {}
    approval = _part(config, "request_approval_config")
    fulfillment = _part(config, "request_fulfillment_config")
    if not config.get("allowed_groups_override"):
        config["allowed_groups"] = copy.deepcopy(flow.get("allowed_groups"))
    if not approval.get("request_approval_config_override"):
        manager = flow.get("require_manager_approval")
        named = {True: "INITIAL_APPROVAL", False: "NONE", None: "NONE"}
        approval["manager_approval"] = named[manager] if manager in (True, False, None) else manager
        for name in ("require_additional_approval", "approvers", "approvers_stage_2"):
            approval[name] = copy.deepcopy(flow.get(name))
    if not fulfillment.get("time_based_access_override"):
        fulfillment["time_based_access"] = copy.deepcopy(provisioning.get("time_based_access"))
    if fulfillment.get("manual_steps_needed") is None:
        fulfillment["manual_steps_needed"] = provisioning.get("manual_steps_needed")
    for mine, of_app in WEBHOOKS:
        if at(config, mine) is None:
            put(config, mine, copy.deepcopy(at(settings, of_app)))
    return config


def passes_on_otherwise(before: Mapping[str, Any], after: Mapping[str, Any]) -> bool:
    """Whether an app changes its webhooks or manual steps, for which permissions have no flag."""
    places = [of_app for _, of_app in WEBHOOKS] + [("provisioning", "manual_steps_needed")]
    return any(_id(at(before, place)) != _id(at(after, place)) for place in places)


def merge_stages(approval: Values) -> None:
    """`require_additional_approval=False` merges the approvers of stage 2 into stage 1.

    From the description of the field in the API document.
    """
    second = approval.get("approvers_stage_2")
    if approval.get("require_additional_approval") is not False or not isinstance(second, Mapping):
        return
    first = approval.get("approvers")
    both = {
        part: [*((first or {}).get(part) or []), *(second.get(part) or [])]
        for part in ("groups", "users")
    }
    approval["approvers"] = {part: _distinct(items) for part, items in both.items()}
    approval["approvers_stage_2"] = None


def _distinct(items: list[Any]) -> list[Any]:
    found = {str(item.get("id") if isinstance(item, Mapping) else item): item for item in items}
    return list(found.values())


def _part(values: Values, name: str) -> Values:
    if not isinstance(values.get(name), dict):
        values[name] = {}
    part: Values = values[name]
    return part


def at(values: Mapping[str, Any], path: tuple[str, ...]) -> Any:
    """The value at a path, or None."""
    found: Any = values
    for step in path:
        found = found.get(step) if isinstance(found, Mapping) else None
    return found


def put(values: Values, path: tuple[str, ...], value: Any) -> None:
    """Set the value at a path."""
    *above, last = path
    for step in above:
        values = _part(values, step)
    values[last] = value


def _id(value: Any) -> Any:
    return value.get("id") if isinstance(value, Mapping) else value
