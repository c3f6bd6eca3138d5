"""What people and programs do to the demo company, by calls of its API."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from pulumi_lumos.emulator import seed_ids

from ..drivers.command import RunCommand
from ..drivers.tenant import RULES, Tenant

Keep = Callable[..., str]

SALESFORCE, SLACK = seed_ids.SALESFORCE_APP_ID, seed_ids.SLACK_APP_ID


def group(name: str) -> dict[str, str]:
    """A group of the demo company, as requests name it."""
    found = seed_ids.GROUPS[name]
    return {"id": found.id, "app_id": found.app_id}


def user(name: str) -> dict[str, str]:
    """A person of the demo company, as requests name one."""
    return {"id": seed_ids.USERS[name].id}


def approvers(*groups: str, users: tuple[str, ...] = ()) -> dict[str, Any]:
    """Who approves."""
    return {"groups": [group(name) for name in groups], "users": [user(name) for name in users]}


def asks(*groups: str) -> dict[str, Any]:
    """Who may ask: everybody, or some groups."""
    kind = "SPECIFIED_GROUPS" if groups else "ALL_GROUPS"
    return {"type": kind, "groups": [group(name) for name in groups]}


def apply_quickstart(tenant: Tenant) -> None:
    """What examples/quickstart makes, but for its manager approval: nobody decides.

    So a change of each kind has room to be wider and narrower. tests/report/test_plans.py holds
    that the rest is the same.
    """
    admins = {"groups": [group("Salesforce Admins")], "users": []}
    flow = {"admins": admins}
    tenant.call("POST", "/appstore/apps", {"app_id": SALESFORCE, "request_flow": flow})
    lasts = {"time_based_access_override": True, "time_based_access": ["2 hours", "7 days"]}
    fulfillment = {"provisioning_group": group("Salesforce Admins"), **lasts}
    tenant.add_permission(
        SALESFORCE, "Admin", appstore_visibility="VISIBLE", request_fulfillment_config=fulfillment
    )
    tenant.edit_settings(SALESFORCE, provisioning={"groups_provisioning": "GROUPS_AND_VISIBLE"})
    tenant.add_permission(
        SLACK,
        "Guest channels for engineers",
        appstore_visibility="VISIBLE",
        request_fulfillment_config={"provisioning_group": group("Engineering")},
    )
    hidden = {"appstore_visibility": "HIDDEN"}
    tenant.edit_permission(seed_ids.SLACK_PERMISSION_ID, request_config=hidden)


def admin_of(tenant: Tenant) -> str:
    """The id of Salesforce · Admin, while that has no other permission."""
    (admin,) = tenant.permissions(SALESFORCE)
    return str(admin["id"])


def add_rule(tenant: Tenant, **fields: Any) -> str:
    """A pre-approval rule of Salesforce; its id."""
    made = tenant.call("POST", RULES, {"app_id": SALESFORCE, **fields})
    return str(made["id"])


@pytest.fixture
def quickstart(tenant: Tenant) -> Tenant:
    """The demo company as the quickstart leaves it, without the time that the engine takes."""
    apply_quickstart(tenant)
    return tenant


@pytest.fixture
def keep(run: RunCommand, tmp_path: Path) -> Keep:
    """Keeps a report, as people do before a change; gives its file."""

    def keep(*arguments: str) -> str:
        kept = tmp_path / f"before-{len(list(tmp_path.iterdir()))}.json"
        done = run("report", "--json", "--out", str(kept), *arguments)
        assert (done.code, done.out) == (0, "")
        return str(kept)

    return keep
