"""Where Lumos's objects point at other objects, and how a request's pointers are resolved.

A pointer is kept as `{"id": ...}`, whatever way the request spelled it. The tables below name
every place once; resolving a request, answering and forgetting a deleted object all follow them.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Literal

from .refusal import Location, Problems
from .state import Record, Tenant

Kind = Literal["group", "groups", "members", "webhook", "webhooks", "permission", "permissions"]


@dataclass(frozen=True)
class Reference:
    """One place that points: its path inside the object, and what it points at.

    `members` is an object with `groups` and `users`; a webhook's slot takes one `hook_type`.
    """

    path: tuple[str, ...]
    kind: Kind
    hook_type: str | None = None


PERMISSION_REFERENCES = (
    Reference(("allowed_groups",), "members"),
    Reference(("request_approval_config", "approvers"), "members"),
    Reference(("request_approval_config", "approvers_stage_2"), "members"),
    Reference(("request_fulfillment_config", "provisioning_group"), "group"),
    Reference(("request_fulfillment_config", "provisioning_webhook"), "webhook", "PROVISION"),
    Reference(("access_removal_inline_webhook",), "webhook", "DEPROVISION"),
    Reference(("request_validation_inline_webhook",), "webhook", "REQUEST_VALIDATION"),
)
"""Inside a permission's `request_config`."""

SETTINGS_REFERENCES = (
    Reference(("request_flow", "allowed_groups"), "members"),
    Reference(("request_flow", "approvers"), "members"),
    Reference(("request_flow", "approvers_stage_2"), "members"),
    Reference(("request_flow", "admins"), "members"),
    Reference(
        ("request_flow", "request_validation_inline_webhook"), "webhook", "REQUEST_VALIDATION"
    ),
    Reference(("provisioning", "default_permission"), "permission"),
    Reference(("provisioning", "provisioning_webhook"), "webhook", "PROVISION"),
    Reference(("provisioning", "access_removal_inline_webhook"), "webhook", "DEPROVISION"),
)
"""Inside an app's settings."""

RULE_REFERENCES = (
    Reference(("preapproved_groups",), "groups"),
    Reference(("preapproved_permissions",), "permissions"),
    Reference(("preapproval_webhooks",), "webhooks", "PRE_APPROVAL"),
)
"""Inside a pre-approval rule."""


def places(
    record: Record, references: tuple[Reference, ...]
) -> Iterator[tuple[Reference, Record, str]]:
    """Those places of an object that hold something: the reference, its parent and its key."""
    for reference in references:
        parent: Any = record
        for part in reference.path[:-1]:
            parent = parent.get(part) if isinstance(parent, dict) else None
        key = reference.path[-1]
        if isinstance(parent, dict) and parent.get(key) is not None:
            yield reference, parent, key


class Resolver:
    """Turns the pointers of one request into `{"id": ...}`, noting those that lead nowhere."""

    def __init__(self, tenant: Tenant, app_id: str, problems: Problems) -> None:
        self.tenant = tenant
        self.app_id = app_id
        self.problems = problems

    def resolve(
        self, record: Record, references: tuple[Reference, ...], location: Location
    ) -> None:
        """Resolve every place of `record`, which lies at `location` of the request, in place."""
        for reference, parent, key in places(record, references):
            at = (*location, *reference.path)
            parent[key] = self._value(reference, parent[key], at)

    def _value(self, reference: Reference, value: Any, at: Location) -> Any:
        kind, hook_type = reference.kind, reference.hook_type
        if kind == "members":
            return self.members(value, at)
        if kind in ("groups", "webhooks", "permissions"):
            one = Reference(reference.path, kind[:-1], hook_type)  # type: ignore[arg-type]
            return _unique(self._value(one, item, (*at, i)) for i, item in enumerate(value))
        if kind == "group":
            return self.group(value, at)
        if kind == "permission":
            return self.permission(value, at)
        return self.webhook(value, hook_type, at)

    def members(self, value: Record, at: Location) -> Record:
        """Resolve `groups` and `users`, keeping what stands beside them."""
        resolved = dict(value)
        if "groups" in value:
            groups = enumerate(value["groups"])
            resolved["groups"] = _unique(self.group(g, (*at, "groups", i)) for i, g in groups)
        if "users" in value:
            users = enumerate(value["users"])
            resolved["users"] = _unique(self.user(u, (*at, "users", i)) for i, u in users)
        return resolved

    def group(self, value: Record, at: Location) -> Record | None:
        """A group by `id` or `integration_specific_id`, owned by `app_id` and known to Lumos."""
        key, source_id = value.get("id"), value.get("integration_specific_id")
        app_id = value.get("app_id")
        if not key and not source_id:
            return self._nothing(at, "A group needs an id or an integration_specific_id.")
        always = self.tenant.switches["group_needs_app_id"] == "always"
        if not app_id and (always or not key):
            return self._nothing(at, "A group needs the app_id of the app that owns it.")
        found = (
            self.tenant.find("groups", key)
            if key
            else group_by_source_id(self.tenant, app_id, source_id)
        )
        if found is None:
            return self._nothing(at, f"Group {key or source_id} is not synced into Lumos.")
        if app_id and found["app_id"] != app_id:
            return self._nothing(at, f"Group {key or source_id} does not belong to app {app_id}.")
        if source_id and found["integration_specific_id"] != source_id:
            return self._nothing(at, f"Group {key} has another integration_specific_id.")
        return {"id": found["id"]}

    def user(self, value: Record, at: Location) -> Record | None:
        """A user by id."""
        if self.tenant.find("users", value["id"]) is None:
            return self._nothing(at, f"User {value['id']} not found.")
        return {"id": value["id"]}

    def webhook(self, value: Record, hook_type: str | None, at: Location) -> Record | None:
        """An inline webhook by id, of the type that its slot takes."""
        found = self.tenant.find("inline_webhooks", value["id"])
        if found is None:
            return self._nothing(at, f"Inline webhook {value['id']} not found.")
        if found["hook_type"] != hook_type:
            return self._nothing(
                at, f"The webhook must be a {hook_type}, not a {found['hook_type']}."
            )
        return {"id": value["id"]}

    def permission(self, value: Record, at: Location) -> Record | None:
        """A permission of the app that the request is about."""
        key = value.get("id")
        found = self.tenant.find("permissions", key)
        if found is None:
            return self._nothing(at, f"Requestable permission {key} not found.")
        if found["app_id"] != self.app_id:
            return self._nothing(at, f"Requestable permission {key} belongs to another app.")
        return {"id": found["id"]}

    def _nothing(self, at: Location, message: str) -> Record | None:
        self.problems.add(at, message)
        return None


def group_by_source_id(tenant: Tenant, app_id: str | None, source_id: str | None) -> Record | None:
    """The group that its source knows by this id, if Lumos has it."""
    groups = tenant.collections["groups"].values()
    same = [group for group in groups if group["integration_specific_id"] == source_id]
    return next((group for group in same if group["app_id"] == app_id), next(iter(same), None))


def _unique(items: Any) -> list[Record]:
    """Each thing once, in the order of first mention; a set has no duplicates."""
    return list({item["id"]: item for item in items if item is not None}.values())
