"""What holds for a permission: its own configuration, and its app's where it has none.

Pure: configurations go in and copies come out, with pointers as they are kept.
"""

from __future__ import annotations

from .copies import copy_of
from .state import Record


def in_force(config: Record, settings: Record) -> Record:
    """A permission's `request_config` with the values of its app's settings that it inherits."""
    flow, provisioning = settings["request_flow"], settings["provisioning"]
    found = _with(
        config,
        allowed=flow["allowed_groups"],
        approval=approval_of_app(flow),
        message=flow["custom_approval_message"],
        lengths=provisioning["time_based_access"],
    )
    fulfillment = found["request_fulfillment_config"]
    if fulfillment["manual_steps_needed"] is None:
        fulfillment["manual_steps_needed"] = provisioning["manual_steps_needed"]
        instructions = provisioning["custom_provisioning_instructions"]
        fulfillment["manual_instructions"] = fulfillment["manual_instructions"] or instructions
    for own, name, parent in (
        (found, "request_validation_inline_webhook", flow),
        (found, "access_removal_inline_webhook", provisioning),
        (fulfillment, "provisioning_webhook", provisioning),
    ):
        own[name] = own[name] or copy_of(parent[name])
    return found


def own(config: Record) -> Record:
    """A permission's `request_config` with declared defaults in place of what it inherits."""
    nobody = {"approvers": None, "approvers_stage_2": None}
    none = {**nobody, "manager_approval": "NONE", "require_additional_approval": None}
    everybody = {"type": "ALL_GROUPS", "groups": []}
    return _with(config, allowed=everybody, approval=none, message=None, lengths=[])


def approval_of_app(flow: Record) -> Record:
    """An app's own approval process, in the words of a permission's `request_approval_config`."""
    return {
        "manager_approval": "INITIAL_APPROVAL" if flow["require_manager_approval"] else "NONE",
        "require_additional_approval": flow["require_additional_approval"],
        "approvers": flow["approvers"],
        "approvers_stage_2": flow["approvers_stage_2"],
    }


def _with(
    config: Record, *, allowed: Record, approval: Record, message: str | None, lengths: list[str]
) -> Record:
    """A copy of a configuration, with other values under each override flag that is off."""
    found = copy_of(config)
    if not found["allowed_groups_override"]:
        found["allowed_groups"] = copy_of(allowed)
    process = found["request_approval_config"]
    if not process["request_approval_config_override"]:
        process.update(copy_of(approval))
    if not process["custom_approval_message_override"]:
        process["custom_approval_message"] = message
    if not found["request_fulfillment_config"]["time_based_access_override"]:
        found["request_fulfillment_config"]["time_based_access"] = list(lengths)
    return found
