"""Requestable permissions: what is kept, what an app passes down, what may change."""

from __future__ import annotations

from typing import Any

from . import answers, inheritance
from .approval import answered_stages, no_members, settle_stages, take_stages
from .merging import merge
from .references import (
    PERMISSION_REFERENCES,
    RULE_REFERENCES,
    SETTINGS_REFERENCES,
    Resolver,
    places,
)
from .refusal import Location, Problems, RefusalError
from .state import Record, Tenant

CONFIG: Location = ("body", "request_config")


def blank_config() -> Record:
    """The configuration of a permission that nobody has configured (Lumos API document)."""
    return {
        "appstore_visibility": "HIDDEN",
        "allowed_groups_override": None,
        "allowed_groups": {"type": "ALL_GROUPS", "groups": []},
        "request_approval_config": {
            "request_approval_config_override": None,
            "manager_approval": "NONE",
            "require_additional_approval": None,
            "custom_approval_message": None,
            "custom_approval_message_override": None,
            "approvers": no_members(),
            "approvers_stage_2": no_members(),
        },
        "request_fulfillment_config": {
            "manual_steps_needed": False,
            "manual_instructions": None,
            "time_based_access": [],
            "time_based_access_override": None,
            "provisioning_group": None,
            "provisioning_webhook": None,
        },
        "access_removal_inline_webhook": None,
        "request_validation_inline_webhook": None,
    }


def new(app: Record, label: str, kind: str = "NATIVE") -> Record:
    """A permission as it is kept, with nothing configured."""
    return {
        "type": kind,
        "label": label,
        "app_id": app["id"],
        "request_config": blank_config(),
    }


def configure(tenant: Tenant, permission: Record, changes: Record, problems: Problems) -> None:
    """Merge a request's `request_config` into a permission; the group it grants stays."""
    config, blank = permission["request_config"], blank_config()
    group = config["request_fulfillment_config"]["provisioning_group"]
    blank["request_fulfillment_config"]["provisioning_group"] = group
    approval = changes.get("request_approval_config") or {}
    resolver = Resolver(tenant, permission["app_id"], problems)
    take_stages(resolver, approval, (*CONFIG, "request_approval_config"))
    resolver.resolve(changes, PERMISSION_REFERENCES, CONFIG)
    problems.raise_any()
    merge(config, changes, blank)
    settle_stages(tenant, config["request_approval_config"], approval)
    hide_under_direct_to_user(tenant, permission)


def hide_under_direct_to_user(tenant: Tenant, permission: Record) -> None:
    """Hide a permission of an app that is DIRECT_TO_USER (switch visible_under_direct_to_user)."""
    provisioning = tenant.get("apps", permission["app_id"])["settings"]["provisioning"]
    direct = provisioning["groups_provisioning"] == "DIRECT_TO_USER"
    if direct and tenant.switches["visible_under_direct_to_user"] == "hide":
        permission["request_config"]["appstore_visibility"] = "HIDDEN"


def check_label(tenant: Tenant, app_id: str, label: str, own_id: str | None = None) -> None:
    """Refuse a label that another permission of the app has (switch equal_labels)."""
    if tenant.switches["equal_labels"] == "allow":
        return
    for permission in tenant.permissions_of(app_id):
        if permission["label"] == label and permission["id"] != own_id:
            message = f"Requestable permission {permission['id']} already has the label {label!r}."
            raise conflict(tenant, message)


def conflict(tenant: Tenant, message: str) -> RefusalError:
    """The refusal of an object that already exists (switch conflict_status)."""
    return RefusalError(tenant.switches["conflict_status"], message)


def answer(tenant: Tenant, permission: Record, *, inherited: bool) -> Record:
    """A permission as Lumos answers it.

    Fields that a permission does not override have the app's value with `inherited`
    (`include_inherited_configs`), and the declared default without.
    """
    settings = tenant.get("apps", permission["app_id"])["settings"]
    kept = permission["request_config"]
    config = inheritance.in_force(kept, settings) if inherited else inheritance.own(kept)
    config = answers.filled(tenant, config, PERMISSION_REFERENCES)
    tenant.shuffled(config["request_fulfillment_config"]["time_based_access"])
    approval = config["request_approval_config"]
    stages = (approval[name] or no_members() for name in ("approvers", "approvers_stage_2"))
    approval["request_approval_stages"] = answered_stages(*stages)
    entire = tenant.switches["describes_entire_workflow"]
    approval["response_describes_entire_approval_workflow"] = entire
    return {**reference(tenant, permission), "request_config": config}


def reference(tenant: Tenant, permission: Record) -> Record:
    """A permission without its configuration, as rules point at it."""
    app = tenant.get("apps", permission["app_id"])
    return {
        "id": permission["id"],
        "type": permission["type"],
        "label": permission["label"],
        "app_id": permission["app_id"],
        "app_class_id": app["app_class_id"],
        "app_instance_id": app["instance_id"],
    }


def is_visible(permission: Record) -> bool:
    """Whether people see a permission in the AppStore."""
    return bool(permission["request_config"]["appstore_visibility"] == "VISIBLE")


def search(permission: Record, tenant: Tenant, term: str, *, exact: bool) -> bool:
    """Whether a search for a group's name, a label or an integration's id finds it."""
    pointer = permission["request_config"]["request_fulfillment_config"]["provisioning_group"]
    group = tenant.find("groups", pointer["id"]) if pointer else None
    texts = [permission["label"]]
    texts += [group["name"], group["integration_specific_id"]] if group else []
    return matches(texts, term, exact=exact)


def matches(texts: list[str | None], term: str, *, exact: bool) -> bool:
    """Lumos's search: equality with `exact_match`, else a part of the text in any case."""
    if exact:
        return term in texts
    return any(term.lower() in text.lower() for text in texts if text)


def delete(tenant: Tenant, key: str) -> None:
    """Remove a permission, and every pointer to it."""
    tenant.remove("permissions", key)
    forget(tenant, key)


def forget(tenant: Tenant, key: str) -> None:
    """Drop the pointers to a deleted object from settings, permissions and rules."""
    tables = (
        (SETTINGS_REFERENCES, [app["settings"] for app in tenant.collections["apps"].values()]),
        (RULE_REFERENCES, list(tenant.collections["pre_approval_rules"].values())),
    )
    for references, records in tables:
        for record in records:
            drop_pointers(record, references, key)


def drop_pointers(record: Record, references: tuple[Any, ...], key: str) -> None:
    """Drop the pointers to one id from one object."""
    for _, parent, name in places(record, references):
        value = parent[name]
        if isinstance(value, list):
            parent[name] = [item for item in value if item["id"] != key]
        elif value.get("id") == key:
            parent[name] = None
        else:
            for kind in ("groups", "users"):
                if kind in value:
                    value[kind] = [item for item in value[kind] if item["id"] != key]
