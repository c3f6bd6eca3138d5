"""`/appstore/requestable_permissions`: what employees can ask for in an app."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from fastapi import APIRouter

from pulumi_lumos.emulator import permissions, wire
from pulumi_lumos.emulator.copies import copy_of
from pulumi_lumos.emulator.merging import patch, sent
from pulumi_lumos.emulator.paging import AskedPage, Paging, page_of
from pulumi_lumos.emulator.refusal import Problems, invalid
from pulumi_lumos.emulator.requests import cancelling
from pulumi_lumos.emulator.state import Record, Tenant

from .parts import Company, answers

router = APIRouter(prefix="/appstore")
ONE = "/requestable_permissions/{permission_id}"


@router.get(
    "/apps/{app_id}/requestable_permissions", **answers(wire.PageRequestablePermissionOutput)
)
async def get_permissions_of_app(
    tenant: Company,
    app_id: str,
    paging: AskedPage,
    search_term: str | None = None,
    exact_match: bool = False,
    in_app_store: bool | None = None,
    include_inherited_configs: bool = True,
) -> Any:
    """The permissions of one app."""
    own = tenant.permissions_of(tenant.get("apps", app_id)["id"])
    found = _found(tenant, own, (search_term, exact_match), in_app_store)
    return _page(tenant, found, paging, inherited=include_inherited_configs)


@router.get("/requestable_permissions", **answers(wire.PageRequestablePermissionOutput))
async def get_permissions(
    tenant: Company,
    paging: AskedPage,
    app_id: str | None = None,
    search_term: str | None = None,
    exact_match: bool = False,
    in_app_store: bool | None = None,
    include_inherited_configs: bool = True,
) -> Any:
    """Permissions of all apps, or of one."""
    everything = tenant.collections["permissions"].values()
    own = tenant.permissions_of(app_id) if app_id else everything
    found = _found(tenant, own, (search_term, exact_match), in_app_store)
    return _page(tenant, found, paging, inherited=include_inherited_configs)


@router.post("/requestable_permissions", **answers(wire.RequestablePermissionOutput, 201))
async def create_permission(
    tenant: Company,
    body: wire.RequestablePermissionInput,
    include_inherited_configs: bool = True,
) -> Any:
    """Create a NATIVE permission; only here may a provisioning group be given."""
    app = _app(tenant, body.app_id)
    permissions.check_label(tenant, app["id"], body.label)
    permission = permissions.new(app, body.label)
    changes = sent(body, declared_defaults=False).get("request_config") or {}
    permissions.configure(tenant, permission, changes, Problems())
    tenant.add("permissions", permission)
    return permissions.answer(tenant, permission, inherited=include_inherited_configs)


@router.get(ONE, **answers(wire.RequestablePermissionOutput))
async def get_permission(
    tenant: Company, permission_id: str, include_inherited_configs: bool = True
) -> Any:
    """One permission."""
    permission = tenant.read("permissions", permission_id)
    return permissions.answer(tenant, permission, inherited=include_inherited_configs)


@router.patch(ONE, **answers(wire.RequestablePermissionOutput))
async def update_permission(
    tenant: Company,
    permission_id: str,
    body: wire.RequestablePermissionInputUpdate,
    include_inherited_configs: bool = True,
) -> Any:
    """Change a permission; a null label or app is disregarded, as neither can be empty."""
    permission = tenant.get("permissions", permission_id)
    app = _target_app(tenant, permission, body.app_id)
    label = body.label if body.label is not None else permission["label"]
    permissions.check_label(tenant, app["id"], label, permission_id)
    changed = copy_of(permission)
    changes = patch(tenant, body)
    if "request_config" in changes:
        config = changes["request_config"] or dict.fromkeys(changed["request_config"])
        permissions.configure(tenant, changed, config, Problems())
    permission.update(changed, label=label)
    tenant.move(permission, app["id"])
    return permissions.answer(tenant, permission, inherited=include_inherited_configs)


@router.delete(ONE, status_code=204)
async def delete_permission(tenant: Company, permission_id: str) -> None:
    """Delete a NATIVE permission (Lumos API document: only those can be deleted)."""
    if tenant.get("permissions", permission_id)["type"] == "SYNCED":
        raise invalid(("path", "permission_id"), "Only permissions of type NATIVE can be deleted.")
    permissions.delete(tenant, permission_id)
    cancelling.end_without_permission(tenant, permission_id)


def _app(tenant: Tenant, app_id: str) -> Record:
    app = tenant.find("apps", app_id)
    if app is None:
        raise invalid(("body", "app_id"), f"App {app_id} not found.")
    return app


def _target_app(tenant: Tenant, permission: Record, app_id: str | None) -> Record:
    """The app a PATCH leaves the permission in (switch patch_app_id)."""
    stays = tenant.switches["patch_app_id"] == "ignore" or app_id in (None, permission["app_id"])
    app = _app(tenant, permission["app_id"] if stays or app_id is None else app_id)
    if not stays and tenant.switches["patch_app_id"] == "refuse":
        raise invalid(("body", "app_id"), "A permission cannot be moved to another app.")
    return app


def _found(
    tenant: Tenant,
    own: Iterable[Record],
    search: tuple[str | None, bool],
    in_app_store: bool | None,
) -> list[Record]:
    found = tenant.listed(own)
    term, exact = search
    if in_app_store is not None:
        desired = "VISIBLE" if in_app_store else "HIDDEN"
        found = [p for p in found if p["request_config"]["appstore_visibility"] == desired]
    if term:
        found = [p for p in found if permissions.search(p, tenant, term, exact=exact)]
    return found


def _page(tenant: Tenant, found: list[Record], paging: Paging, *, inherited: bool) -> Any:
    return page_of(found, paging, lambda p: permissions.answer(tenant, p, inherited=inherited))
