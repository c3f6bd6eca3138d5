"""`/access_policies`: who has which apps from the start."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter

from pulumi_lumos.emulator import wire
from pulumi_lumos.emulator.merging import sent
from pulumi_lumos.emulator.paging import AskedPage, page_of
from pulumi_lumos.emulator.refusal import Problems
from pulumi_lumos.emulator.state import Record, Tenant

from .parts import Company, answers

router = APIRouter(prefix="/access_policies")


@router.get("", **answers(wire.PageAccessPolicyOutput))
async def get_access_policies(tenant: Company, paging: AskedPage, name: str | None = None) -> Any:
    """Access policies, newest first; `name` is part of the name in any case."""
    policies = tenant.listed(tenant.collections["access_policies"].values())[::-1]
    found = [p for p in policies if not name or name.lower() in p["name"].lower()]
    return page_of(found, paging, lambda policy: _answer(tenant, policy))


@router.post("", **answers(wire.AccessPolicyOutput))
async def create_access_policy(tenant: Company, body: wire.AccessPolicyInput) -> Any:
    """Create an access policy, by default a draft that is not enabled."""
    policy = _policy(tenant, sent(body, declared_defaults=True), {})
    return _answer(tenant, tenant.add("access_policies", policy))


@router.get("/{access_policy_id}", **answers(wire.AccessPolicyOutput))
async def get_access_policy(tenant: Company, access_policy_id: str) -> Any:
    """One access policy."""
    return _answer(tenant, tenant.read("access_policies", access_policy_id))


@router.put("/{access_policy_id}", **answers(wire.AccessPolicyOutput))
async def update_access_policy(
    tenant: Company, access_policy_id: str, body: wire.AccessPolicyInput
) -> Any:
    """Replace an access policy; a status or enablement that is left out stays."""
    policy = tenant.get("access_policies", access_policy_id)
    policy.update(_policy(tenant, sent(body, declared_defaults=True), policy))
    tenant.touch()
    return _answer(tenant, policy)


@router.delete("/{access_policy_id}", status_code=204)
async def delete_access_policy(tenant: Company, access_policy_id: str) -> None:
    """Delete an access policy."""
    tenant.remove("access_policies", access_policy_id)


def _policy(tenant: Tenant, given: Record, old: Record) -> Record:
    """The policy that a request describes; InvalidError if any of it is wrong."""
    problems = Problems()
    for index, app in enumerate(given["apps"]):
        _check_app(tenant, app, index, problems)
    if not given["is_everyone_condition"] and given.get("access_condition") is None:
        problems.add(("body", "access_condition"), "Required unless is_everyone_condition is true.")
    problems.raise_any()
    everyone = given["is_everyone_condition"]
    kept_status, kept_enabled = old.get("status", "DRAFT"), old.get("is_enabled", False)
    enabled = given.get("is_enabled")
    return {
        "name": given["name"],
        "business_justification": given["business_justification"],
        "status": given.get("status") or kept_status,
        "is_enabled": kept_enabled if enabled is None else enabled,
        "apps": [_app(app) for app in given["apps"]],
        "access_condition": {} if everyone else given["access_condition"],
        "is_everyone_condition": everyone,
    }


def _check_app(tenant: Tenant, app: Record, index: int, problems: Problems) -> None:
    at = ("body", "apps", index)
    if tenant.find("apps", app["id"]) is None:
        problems.add((*at, "id"), f"App {app['id']} not found.")
    for number, pointer in enumerate(app.get("permissions") or []):
        permission = tenant.find("permissions", pointer.get("id"))
        if permission is None or permission["app_id"] != app["id"]:
            message = f"Requestable permission {pointer.get('id')} does not belong to the app."
            problems.add((*at, "permissions", number, "id"), message)


def _app(app: Record) -> Record:
    permissions = app.get("permissions") or []
    return {**app, "is_preapproved": bool(app.get("is_preapproved")), "permissions": permissions}


def _answer(tenant: Tenant, policy: Record) -> Record:
    """A policy without the apps and permissions that are gone."""
    apps = [
        {
            **app,
            "permissions": tenant.shuffled(
                [p for p in app["permissions"] if tenant.find("permissions", p["id"])]
            ),
        }
        for app in policy["apps"]
        if tenant.find("apps", app["id"])
    ]
    return {**policy, "apps": tenant.shuffled(apps)}
