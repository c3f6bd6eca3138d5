"""Synced permissions: a program configures them; Lumos makes them and takes them away."""

from __future__ import annotations

import time

import pytest
from pulumi_lumos.emulator import seed_ids

from ..drivers.stack import Stack
from ..drivers.tenant import PERMISSIONS, Tenant

pytestmark = pytest.mark.engine

GROUP = seed_ids.OKTA_GROUPS["On-call"]
PROGRAM = """
lumos.RequestablePermission(
    "on-call",
    app_id=seed_ids.OKTA_APP_ID,
    label="On-call",
    request_config={{"appstore_visibility": "VISIBLE"{more}}},
    {adopt}
)
"""
SOURCE = f"/_emulator/apps/{GROUP.app_id}/source_groups"


def program(adopt: str = "adopt=True,", more: str = "") -> str:
    return PROGRAM.format(adopt=adopt, more=more)


def sync(tenant: Tenant) -> None:
    """Let Lumos sync Okta, to the end."""
    tenant.call("POST", f"/apps/{GROUP.app_id}/sync", {"sync_type": "full_sync"})
    while tenant.call("GET", f"/apps/{GROUP.app_id}")["sync_status"] == "SYNCING":
        time.sleep(0.05)


@pytest.mark.slow
def test_a_synced_permission_is_adopted_and_never_made_or_deleted(
    tenant: Tenant, stack: Stack
) -> None:
    inline = f", 'request_fulfillment_config': {{'provisioning_group': {{'id': {GROUP.id!r}, "
    stack.program(program("", f"{inline}'app_id': {GROUP.app_id!r}}}}}"))
    assert "Pass adopt=True" in stack.preview(fails=True)
    stack.program(program())
    stack.up()
    synced = stack.resource("on-call")["id"]
    assert tenant.permission(synced)["request_config"]["appstore_visibility"] == "VISIBLE"

    tenant.call("DELETE", f"{SOURCE}/{GROUP.integration_specific_id}")
    sync(tenant)
    refreshed = stack.refresh()
    assert f"RequestablePermission {synced} was synced and is gone because its group" in refreshed
    assert GROUP.integration_specific_id in refreshed
    assert "nothing recreates it" in refreshed
    for text in (program(), program("")):
        stack.program(text)
        assert "nothing recreates it" in stack.up_stopped_by_its_preview()
        assert "nothing recreates it" in stack.up("--refresh", fails=True)

    again = {"integration_specific_id": GROUP.integration_specific_id, "name": "On-call"}
    tenant.call("POST", SOURCE, again)
    sync(tenant)
    stack.up("--refresh")
    assert tenant.permission(synced)["request_config"]["appstore_visibility"] == "VISIBLE"
    stack.preview("--refresh", "--expect-no-changes")

    tenant.call("DELETE", f"{SOURCE}/{GROUP.integration_specific_id}")
    sync(tenant)
    stack.program("")
    stack.up("--refresh")
    assert stack.resources() == []
    assert [r for r in tenant.requests("POST", "DELETE") if r["path"].startswith(PERMISSIONS)] == []
