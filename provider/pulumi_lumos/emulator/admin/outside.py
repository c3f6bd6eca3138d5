"""The world outside of Lumos: groups in third parties, and people who leave or move.

Lumos learns such things from its sources; its API cannot change them.
"""

from __future__ import annotations

from typing import Any, Literal

from fastapi import APIRouter
from pydantic import BaseModel, ConfigDict

from pulumi_lumos.emulator.exchange import ADMIN_PREFIX
from pulumi_lumos.emulator.refusal import missing
from pulumi_lumos.emulator.routes.parts import Company

router = APIRouter(prefix=ADMIN_PREFIX)
SOURCE_GROUPS = "/apps/{app_id}/source_groups"


class SourceGroup(BaseModel):
    """A group in the third party itself, which Lumos learns of at the next sync."""

    model_config = ConfigDict(extra="forbid")

    integration_specific_id: str
    name: str
    description: str = ""
    member_ids: list[str] = []


class PersonChange(BaseModel):
    """What becomes of a person; what is left out stays.

    `custom_attributes` are texts by name; null takes one away, and those left out stay.
    """

    model_config = ConfigDict(extra="forbid")

    status: Literal["STAGED", "ACTIVE", "SUSPENDED", "INACTIVE"] | None = None
    custom_attributes: dict[str, str | None] = {}


@router.patch("/users/{user_id}")
async def change_person(tenant: Company, user_id: str, change: PersonChange) -> Any:
    """Let a person join, leave, or get another department."""
    user = tenant.get("users", user_id)
    if change.status is not None:
        user["status"] = change.status
    for name, value in change.custom_attributes.items():
        if value is None:
            user["custom_attributes"].pop(name, None)
        else:
            user["custom_attributes"][name] = {"type": "TEXT", "value": value}
    tenant.touch()
    return user


@router.post(SOURCE_GROUPS, status_code=201)
async def add_source_group(tenant: Company, app_id: str, group: SourceGroup) -> Any:
    """Add or change a group in the third party that an app stands for."""
    source = group.model_dump(exclude={"integration_specific_id"})
    groups = tenant.get("apps", app_id)["source_groups"]
    groups[group.integration_specific_id] = source
    tenant.touch()
    return group


@router.delete(SOURCE_GROUPS + "/{integration_specific_id}", status_code=204)
async def remove_source_group(tenant: Company, app_id: str, integration_specific_id: str) -> None:
    """Remove a group from the third party; Lumos forgets it at the next sync."""
    groups = tenant.get("apps", app_id)["source_groups"]
    if groups.pop(integration_specific_id, None) is None:
        raise missing("Source group")
    tenant.touch()
