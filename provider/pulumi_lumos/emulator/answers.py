"""Builds Lumos's answers: fills the related objects in where an object is kept with pointers."""

from __future__ import annotations

from typing import Any

from .copies import copy_of
from .references import Reference, places
from .state import Record, Tenant

USER_FIELDS = ("id", "email", "given_name", "family_name", "status")
GROUP_FIELDS = (
    "id",
    "app_id",
    "integration_specific_id",
    "name",
    "description",
    "group_lifecycle",
    "source_app_id",
)


def filled(tenant: Tenant, record: Record, references: tuple[Reference, ...]) -> Record:
    """A copy of `record` with each pointer replaced by the object; sets in random order."""
    answer = copy_of(record)
    for reference, parent, key in places(answer, references):
        parent[key] = _value(tenant, reference.kind, parent[key])
    return answer


def _value(tenant: Tenant, kind: str, value: Any) -> Any:
    if kind == "members":
        return members(tenant, value)
    if kind in ("groups", "webhooks", "permissions"):
        items = (_value(tenant, kind[:-1], item) for item in value)
        return tenant.shuffled([item for item in items if item is not None])
    if kind == "group":
        return group(tenant, value["id"])
    if kind == "webhook":
        return tenant.find("inline_webhooks", value["id"])
    return value


def members(tenant: Tenant, value: Record) -> Record:
    """Groups and users with their names; other fields stay."""
    answer = dict(value)
    for name, describe in (("groups", group), ("users", user)):
        if name in value:
            items = (describe(tenant, item["id"]) for item in value[name])
            answer[name] = tenant.shuffled([item for item in items if item is not None])
    return answer


def user(tenant: Tenant, key: str) -> Record | None:
    """A user as other objects show it."""
    found = tenant.find("users", key)
    return {name: found.get(name) for name in USER_FIELDS} if found else None


def group(tenant: Tenant, key: str) -> Record | None:
    """A group as Lumos shows it everywhere."""
    found = tenant.find("groups", key)
    return {name: found.get(name) for name in GROUP_FIELDS} if found else None
