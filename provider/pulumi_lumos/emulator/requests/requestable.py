"""What can be asked for: an app, or one of its permissions, with everything that holds for it."""

from __future__ import annotations

from dataclasses import dataclass

from pulumi_lumos.emulator import inheritance
from pulumi_lumos.emulator.state import Record, Tenant

from .process import Process


@dataclass(frozen=True)
class Requestable:
    """One thing that can be asked for, after all inheritance.

    `permission_id` is None for an app as a whole. `allowed_groups` is None where everybody may
    ask. `lengths` are labels, none where access has no end. Webhooks and the group are ids.
    """

    permission_id: str | None
    label: str
    allowed_groups: frozenset[str] | None
    lengths: tuple[str, ...]
    process: Process
    approval_message: str
    validation_webhook: str | None
    provisioning_webhook: str | None
    removal_webhook: str | None
    group_id: str | None
    manual_steps: bool
    instructions: str | None


def of_app(app: Record) -> Requestable:
    """An app as a whole."""
    flow, provisioning = app["settings"]["request_flow"], app["settings"]["provisioning"]
    return Requestable(
        permission_id=None,
        label=app["user_friendly_label"],
        allowed_groups=_allowed(flow["allowed_groups"]),
        lengths=tuple(provisioning["time_based_access"]),
        process=Process.of(inheritance.approval_of_app(flow)),
        approval_message=flow["custom_approval_message"] or "",
        validation_webhook=_id(flow["request_validation_inline_webhook"]),
        provisioning_webhook=_id(provisioning["provisioning_webhook"]),
        removal_webhook=_id(provisioning["access_removal_inline_webhook"]),
        group_id=None,
        manual_steps=bool(provisioning["manual_steps_needed"]),
        instructions=provisioning["custom_provisioning_instructions"],
    )


def of_permission(app: Record, permission: Record) -> Requestable:
    """A permission of the app."""
    config = inheritance.in_force(permission["request_config"], app["settings"])
    approval, fulfillment = (
        config[name] for name in ("request_approval_config", "request_fulfillment_config")
    )
    general = app["settings"]["provisioning"]["custom_provisioning_instructions"]
    return Requestable(
        permission_id=permission["id"],
        label=permission["label"],
        allowed_groups=_allowed(config["allowed_groups"]),
        lengths=tuple(fulfillment["time_based_access"]),
        process=Process.of(approval),
        approval_message=approval["custom_approval_message"] or "",
        validation_webhook=_id(config["request_validation_inline_webhook"]),
        provisioning_webhook=_id(fulfillment["provisioning_webhook"]),
        removal_webhook=_id(config["access_removal_inline_webhook"]),
        group_id=_id(fulfillment["provisioning_group"]),
        manual_steps=bool(fulfillment["manual_steps_needed"]),
        instructions=fulfillment["manual_instructions"] or general,
    )


def of_request(tenant: Tenant, request: Record) -> list[Requestable]:
    """What a request is for, as it is configured now, without deleted permissions."""
    app = tenant.find("apps", request["app_id"])
    if app is None:
        return []
    if not request["for_permissions"]:
        return [of_app(app)]
    pointers = request["requestable_permissions"]
    known = (tenant.find("permissions", pointer["id"]) for pointer in pointers)
    return [of_permission(app, permission) for permission in known if permission]


def _allowed(allowed: Record) -> frozenset[str] | None:
    if allowed["type"] != "SPECIFIED_GROUPS":
        return None
    return frozenset(group["id"] for group in allowed["groups"])


def _id(pointer: Record | None) -> str | None:
    return pointer["id"] if pointer else None
