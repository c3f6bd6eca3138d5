"""With PULUMI_SKIP_CHECKPOINTS a killed run leaves nothing in the state, and is finished anyway."""

from __future__ import annotations

import sys

import pytest
from pulumi_lumos.emulator import seed_ids

from ..drivers.killed import kill_everything_at, kill_host_at
from ..drivers.stack import Stack
from ..drivers.tenant import Tenant

pytestmark = [
    pytest.mark.engine,
    pytest.mark.slow,
    pytest.mark.skipif(sys.platform != "linux", reason="finds the processes in /proc"),
]

PERMISSIONS = 100
PROGRAM = f"""
for number in range({PERMISSIONS}):
    lumos.RequestablePermission(
        f"permission-{{number}}",
        app_id=seed_ids.SALESFORCE_APP_ID,
        label=f"Permission {{number}}",
        request_config={{"appstore_visibility": VISIBILITY}},
    )
"""


def declared(stack: Stack, visibility: str) -> list[tuple[str, str]]:
    """Write the program; what Lumos holds once it is carried out."""
    stack.program(f"VISIBILITY = {visibility!r}\n{PROGRAM}")
    return sorted((f"Permission {number}", visibility) for number in range(PERMISSIONS))


def held(tenant: Tenant) -> list[tuple[str, str]]:
    """Label and visibility of each permission of the app."""
    return sorted(
        (permission["label"], permission["request_config"]["appstore_visibility"])
        for permission in tenant.permissions(seed_ids.SALESFORCE_APP_ID)
    )


def test_a_killed_run_is_finished_by_the_next(tenant: Tenant, stack: Stack) -> None:
    stack.environment["PULUMI_SKIP_CHECKPOINTS"] = "true"
    desired = declared(stack, "VISIBLE")
    kill_everything_at(stack, 60, "after", "up")
    assert 40 < len(held(tenant)) < PERMISSIONS
    stack.pulumi("cancel", "--yes")
    assert stack.resources() == []
    stack.up()
    assert held(tenant) == desired
    assert len(stack.resources()) == PERMISSIONS
    stack.preview("--refresh", "--expect-no-changes")

    desired = declared(stack, "HIDDEN")
    kill_everything_at(stack, 50, "after", "up")
    stack.pulumi("cancel", "--yes")
    stack.up()
    assert held(tenant) == desired
    stack.preview("--refresh", "--expect-no-changes")

    kill_everything_at(stack, 50, "after", "destroy")
    stack.pulumi("cancel", "--yes")
    stack.destroy()
    assert held(tenant) == []
    assert stack.resources() == []


def test_what_was_done_before_a_host_died_is_recorded(tenant: Tenant, stack: Stack) -> None:
    stack.environment["PULUMI_SKIP_CHECKPOINTS"] = "true"
    desired = declared(stack, "VISIBLE")
    kill_host_at(stack, 60, "after", "up")
    recorded = {resource["id"] for resource in stack.resources()}
    there = {permission["id"] for permission in tenant.permissions(seed_ids.SALESFORCE_APP_ID)}
    assert recorded
    assert recorded < there
    stack.up()
    assert held(tenant) == desired
    stack.preview("--refresh", "--expect-no-changes")
