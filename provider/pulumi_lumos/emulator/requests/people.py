"""Who is who: people who can act, members of groups, managers."""

from __future__ import annotations

from pulumi_lumos.emulator.state import Record, Tenant

from .pre_approval import Receiver
from .process import Members


def is_active(tenant: Tenant, user_id: str | None) -> bool:
    """Whether somebody is there to act."""
    user = tenant.find("users", user_id)
    return user is not None and user["status"] == "ACTIVE"


def active_in(tenant: Tenant, group_id: str) -> set[str]:
    """The people of a group who can act."""
    group = tenant.find("groups", group_id) or {}
    return {key for key in group.get("member_ids", []) if is_active(tenant, key)}


def active_among(tenant: Tenant, members: Members) -> set[str]:
    """The people who can act, named or in a group that is named."""
    named = {key for key in members.users if is_active(tenant, key)}
    return named.union(*(active_in(tenant, key) for key in members.groups))


def groups_of(tenant: Tenant, user_id: str) -> frozenset[str]:
    """The groups that somebody is in."""
    groups = tenant.collections["groups"].values()
    return frozenset(group["id"] for group in groups if user_id in group.get("member_ids", []))


def admins_of(app: Record) -> Members:
    """The admins of an app."""
    return Members.of(app["settings"]["request_flow"]["admins"])


def receiver(tenant: Tenant, user_id: str) -> Receiver:
    """Somebody as pre-approval rules look at them."""
    attributes = tenant.get("users", user_id).get("custom_attributes") or {}
    values = {name: attribute.get("value") for name, attribute in attributes.items()}
    return Receiver(groups_of(tenant, user_id), values)


def name_of(tenant: Tenant, user_id: str) -> str:
    """What people call somebody: the name, else the email, else the id."""
    user = tenant.find("users", user_id) or {}
    names = [user.get("given_name"), user.get("family_name")]
    return " ".join(name for name in names if name) or user.get("email") or user_id
