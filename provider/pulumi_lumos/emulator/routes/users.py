"""`/users`: people, their accounts and their roles."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter

from pulumi_lumos.emulator import accounts, wire
from pulumi_lumos.emulator import answers as shown
from pulumi_lumos.emulator.callers import require_admin
from pulumi_lumos.emulator.paging import AskedPage, page_of
from pulumi_lumos.emulator.permissions import matches
from pulumi_lumos.emulator.refusal import missing
from pulumi_lumos.emulator.state import Record, Tenant

from .parts import Company, Expand, Person, answers

router = APIRouter()


@router.get("/users/current", **answers(wire.User))
async def current_user(tenant: Company, caller: Person) -> Any:
    """The person the token belongs to."""
    return shown.user(tenant, tenant.get("users", caller.user_id)["id"])


@router.get("/users", **answers(wire.PageUserWithCustomAttributes))
async def list_users(
    tenant: Company,
    paging: AskedPage,
    search_term: str | None = None,
    exact_match: bool = False,
    expand: Expand = None,
) -> Any:
    """People, by name or email."""
    users = tenant.listed(tenant.collections["users"].values())
    if search_term:
        users = [u for u in users if matches(_texts(u), search_term, exact=exact_match)]
    return page_of(users, paging, lambda user: _answer(tenant, user, expand))


@router.get("/users/{user_id}", **answers(wire.UserWithCustomAttributes))
async def get_user(tenant: Company, user_id: str, expand: Expand = None) -> Any:
    """One person."""
    return _answer(tenant, tenant.get("users", user_id), expand)


@router.get("/users/{user_id}/accounts", **answers(wire.PageAccount))
async def get_user_accounts(
    tenant: Company, user_id: str, paging: AskedPage, expand: Expand = None
) -> Any:
    """The accounts of a person."""
    found = accounts.of_user(tenant, tenant.get("users", user_id))
    return page_of(found, paging, lambda account: accounts.answer(tenant, account, expand or ()))


@router.get("/users/{user_id}/roles")
async def get_user_roles(tenant: Company, user_id: str) -> Any:
    """The roles of a person; the document does not say what the answer looks like."""
    return {"roles": tenant.get("users", user_id).get("roles", [])}


@router.post("/users/{user_id}/roles/{role_name}", status_code=201)
async def add_role_to_user(tenant: Company, caller: Person, user_id: str, role_name: str) -> Any:
    """Give a person a role."""
    require_admin(caller, "change roles")
    roles = tenant.get("users", user_id).setdefault("roles", [])
    if role_name not in roles:
        roles.append(role_name)
        tenant.touch()
    return {"roles": roles}


@router.delete("/users/{user_id}/roles/{role_name}", status_code=204)
async def remove_role_from_user(
    tenant: Company, caller: Person, user_id: str, role_name: str
) -> None:
    """Take a role from a person."""
    require_admin(caller, "change roles")
    roles = tenant.get("users", user_id).get("roles", [])
    if role_name not in roles:
        raise missing("Role")
    roles.remove(role_name)
    tenant.touch()


def _texts(user: Record) -> list[str | None]:
    name = f"{user.get('given_name') or ''} {user.get('family_name') or ''}".strip()
    return [user.get("email"), user.get("given_name"), user.get("family_name"), name]


def _answer(tenant: Tenant, user: Record, expand: list[str] | None) -> Record:
    """A person; the manager, whom Lumos takes from its sources, is one of the attributes."""
    attributes = None
    if "custom_attributes" in (expand or []):
        attributes = dict(user.get("custom_attributes") or {})
        manager = shown.user(tenant, user.get("manager_id") or "")
        if manager is not None:
            attributes["manager"] = {"type": "USER", "value": [manager]}
    return {**(shown.user(tenant, user["id"]) or {}), "custom_attributes": attributes}
