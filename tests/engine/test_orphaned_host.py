"""A dynamic host whose engine is killed ends by itself, and writes nothing any more."""

from __future__ import annotations

import sys

import pytest
from pulumi_lumos.emulator import seed_ids

from ..drivers.killed import kill_engine, start, wait_for
from ..drivers.stack import Stack
from ..drivers.tenant import PERMISSIONS, Tenant

pytestmark = [
    pytest.mark.engine,
    pytest.mark.slow,
    pytest.mark.skipif(sys.platform != "linux", reason="finds the processes in /proc"),
]

APP = seed_ids.SALESFORCE_APP_ID


def test_a_write_that_waits_for_its_turn_is_not_made_once_the_engine_is_gone(
    stack: Stack, tenant: Tenant
) -> None:
    stack.declare("RequestablePermission", {"app_id": APP, "label": "Admin"})
    later = {"Retry-After": "60"}
    tenant.fault("status", status=429, headers=later, method="POST", path=PERMISSIONS, times=1)
    up = start(stack, "up")
    wait_for(up, lambda: tenant.requests("POST"), "the host has sent its POST")
    kill_engine(up)
    stack.pulumi("cancel", "--yes")
    stack.up()
    assert [request["status"] for request in tenant.requests("POST")] == [429, 201]
    assert len(tenant.permissions(APP)) == 1
