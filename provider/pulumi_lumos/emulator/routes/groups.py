"""`/groups`: the groups that Lumos has synced, and who is in them."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter

from pulumi_lumos.emulator import answers as shown
from pulumi_lumos.emulator import wire
from pulumi_lumos.emulator.paging import AskedPage, page_of
from pulumi_lumos.emulator.permissions import matches

from .parts import Company, answers

router = APIRouter()


@router.get("/groups", **answers(wire.PageGroup))
async def get_groups(
    tenant: Company,
    paging: AskedPage,
    integration_specific_id: str | None = None,
    name: str | None = None,
    exact_match: bool = False,
    app_id: str | None = None,
) -> Any:
    """Groups, by the id their source gives them, by name and by the app that owns them."""
    found = [
        group
        for group in tenant.listed(tenant.collections["groups"].values())
        if (
            not integration_specific_id
            or group["integration_specific_id"] == integration_specific_id
        )
        and (not app_id or group["app_id"] == app_id)
        and (not name or matches([group["name"]], name, exact=exact_match))
    ]
    return page_of(found, paging, lambda group: shown.group(tenant, group["id"]))


@router.get("/groups/{group_id}", **answers(wire.Group))
async def get_group(tenant: Company, group_id: str) -> Any:
    """One group."""
    return shown.group(tenant, tenant.read("groups", group_id)["id"])


@router.get("/groups/{group_id}/users", **answers(wire.PageUser))
async def get_group_membership(tenant: Company, group_id: str, paging: AskedPage) -> Any:
    """The members of a group."""
    members = tenant.get("groups", group_id).get("member_ids", [])
    known = [key for key in members if tenant.find("users", key)]
    return page_of(known, paging, lambda key: shown.user(tenant, key))
