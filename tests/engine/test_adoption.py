"""Objects that exist are taken over explicitly and given back as they were found."""

from __future__ import annotations

import pytest
from pulumi_lumos.emulator import seed_ids

from ..tenant import Tenant
from .stack import Stack

pytestmark = pytest.mark.engine

PROGRAM = """
slack = lumos.AppStoreApp(
    "slack", app_id=seed_ids.SLACK_APP_ID, custom_request_instructions="Ask.", adopt={app}
)
lumos.RequestablePermission(
    "guests",
    app_id=slack.app_id,
    label="Guest channels",
    request_config={{"appstore_visibility": "HIDDEN", **{more}}},
    adopt={native},
)
lumos.RequestablePermission(
    "on-call",
    app_id=seed_ids.OKTA_APP_ID,
    label="On-call",
    request_config={{"appstore_visibility": "VISIBLE"}},
    adopt={synced},
)
"""
STEPS = {
    "request_fulfillment_config": {"manual_steps_needed": True, "manual_instructions": "Call."}
}


def program(adopt: object = True, native: object = True, **more: object) -> str:
    return PROGRAM.format(app=adopt, native=repr(native), synced=adopt, more=more)


def test_what_exists_is_refused_in_the_preview_and_taken_over_on_request(
    tenant: Tenant, stack: Stack
) -> None:
    found = tenant.state()
    tenant.forget_requests()
    stack.program(program(adopt=False, native=False))
    assert "Pass adopt=True" in stack.preview(fails=True)
    stack.program(program(native="no-such-permission"))
    assert "to adopt" in stack.preview(fails=True)

    stack.program(program(native=seed_ids.SLACK_PERMISSION_ID))
    stack.up()
    assert tenant.requests("POST", "DELETE") == []
    assert stack.resource("guests")["id"] == seed_ids.SLACK_PERMISSION_ID
    guests = tenant.permission(seed_ids.SLACK_PERMISSION_ID)
    assert guests["request_config"]["appstore_visibility"] == "HIDDEN"
    stack.preview("--refresh", "--expect-no-changes")

    stack.program(program(native=seed_ids.SLACK_PERMISSION_ID, **STEPS))
    stack.up()
    stack.preview("--refresh", "--expect-no-changes")
    stack.destroy()
    assert tenant.requests("POST", "DELETE") == []
    assert tenant.state() == found


def test_a_permission_that_is_to_be_hidden_is_never_deleted(tenant: Tenant, stack: Stack) -> None:
    given = {
        "app_id": seed_ids.SALESFORCE_APP_ID,
        "label": "Admin",
        "deletion_policy": "hide",
        "request_config": {"appstore_visibility": "VISIBLE"},
    }
    stack.declare("RequestablePermission", given)
    stack.up()
    stack.preview("--refresh", "--expect-no-changes")
    stack.destroy()
    (kept,) = tenant.permissions(seed_ids.SALESFORCE_APP_ID)
    assert kept["request_config"]["appstore_visibility"] == "HIDDEN"
    assert tenant.requests("DELETE") == []
