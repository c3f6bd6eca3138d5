"""People: tokens with which they act, and how they leave or move.

Lumos learns of its people from its sources; its API cannot change them.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal

from fastapi import APIRouter, Depends, Request
from pydantic import BaseModel, ConfigDict

from pulumi_lumos.emulator.exchange import ADMIN_PREFIX, TENANTS
from pulumi_lumos.emulator.refusal import invalid
from pulumi_lumos.emulator.routes.parts import Company
from pulumi_lumos.emulator.tenants import Tenants

router = APIRouter(prefix=ADMIN_PREFIX)


async def _tenants(request: Request) -> Tenants:
    tenants: Tenants = request.scope[TENANTS]
    return tenants


class TokenWanted(BaseModel):
    """The person who gets a token; the scope `admin` makes them a domain admin."""

    model_config = ConfigDict(extra="forbid")

    user_id: str
    scope: Literal["user", "admin"] = "user"


class PersonChange(BaseModel):
    """Changes of a person; fields that are left out stay.

    `manager_id` null takes the manager away. `custom_attributes` are texts by name; null takes
    one away, and those left out stay.
    """

    model_config = ConfigDict(extra="forbid")

    status: Literal["STAGED", "ACTIVE", "SUSPENDED", "INACTIVE"] | None = None
    manager_id: str | None = None
    custom_attributes: dict[str, str | None] = {}


@router.post("/tokens", status_code=201)
async def issue_token(
    tenant: Company, tenants: Annotated[Tenants, Depends(_tenants)], desired: TokenWanted
) -> Any:
    """Make a token with which somebody acts in this tenant."""
    if tenant.find("users", desired.user_id) is None:
        raise invalid(("body", "user_id"), f"User {desired.user_id} not found.")
    token = tenants.issue(tenant, desired.user_id, is_admin=desired.scope == "admin")
    return {"token": token, **desired.model_dump()}


@router.patch("/users/{user_id}")
async def change_person(tenant: Company, user_id: str, change: PersonChange) -> Any:
    """Let a person join or leave, get another manager or another department."""
    user = tenant.get("users", user_id)
    if change.manager_id is not None and tenant.find("users", change.manager_id) is None:
        raise invalid(("body", "manager_id"), f"User {change.manager_id} not found.")
    if "manager_id" in change.model_fields_set:
        user["manager_id"] = change.manager_id
    if change.status is not None:
        user["status"] = change.status
    for name, value in change.custom_attributes.items():
        if value is None:
            user["custom_attributes"].pop(name, None)
        else:
            user["custom_attributes"][name] = {"type": "TEXT", "value": value}
    tenant.touch()
    return user
