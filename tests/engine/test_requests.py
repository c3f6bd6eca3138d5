"""How many requests and how much state Pulumi's commands cost, to the number."""

from __future__ import annotations

import json

import pytest
from pulumi_lumos.emulator import seed_ids

from ..drivers.stack import Stack
from ..drivers.tenant import Tenant
from ..kinds.values import by_source_id

pytestmark = pytest.mark.engine

PERMISSIONS = 100
CHANGED = 7
STATE_BYTES = 1500
PROVIDER_CHARACTERS = 80
PROGRAM = f"""
group = {by_source_id("Salesforce Admins")!r}
for number in range({PERMISSIONS}):
    lumos.RequestablePermission(
        f"permission-{{number}}",
        app_id=seed_ids.SALESFORCE_APP_ID,
        label=f"Permission {{number}}",
        request_config={{
            "appstore_visibility": "VISIBLE",
            "request_approval_config": {{
                "request_approval_config_override": True,
                "approvers": {{"groups": [group], "users": [{{"id": seed_ids.USERS["Grace"].id}}]}},
            }},
            "request_fulfillment_config": {{
                "manual_steps_needed": number < CHANGED,
                "provisioning_group": group,
            }},
        }},
    )
"""


@pytest.mark.slow
def test_a_hundred_permissions_cost_no_more_than_promised(tenant: Tenant, stack: Stack) -> None:
    stack.environment["PULUMI_SKIP_CHECKPOINTS"] = "true"
    stack.program("CHANGED = 0\n" + PROGRAM)
    stack.up()
    assert len(tenant.requests("POST")) == PERMISSIONS
    assert len(tenant.requests()) <= PERMISSIONS + 2
    assert_state_is_small(stack)

    assert requests_of(stack, "preview", "--expect-no-changes") == []
    refresh = requests_of(stack, "refresh", "--yes", "--skip-preview", "--expect-no-changes")
    assert len(refresh) <= 3
    assert set(refresh) == {"GET /requestable_permissions"}
    assert len(requests_of(stack, "preview", "--refresh", "--expect-no-changes")) <= 3

    stack.program(f"CHANGED = {CHANGED}\n" + PROGRAM)
    update = requests_of(stack, "up", "--yes", "--skip-preview")
    assert [call.split(" ")[0] for call in update] == ["PATCH"] * CHANGED
    bodies = [request["body"] for request in tenant.requests("PATCH")]
    fulfillment = {"request_fulfillment_config": {"manual_steps_needed": True}}
    shown = {"appstore_visibility": "VISIBLE"}
    assert bodies == [{"request_config": {**shown, **fulfillment}}] * CHANGED

    destroy = requests_of(stack, "destroy", "--yes", "--skip-preview")
    assert [call.split(" ")[0] for call in destroy] == ["DELETE"] * PERMISSIONS
    assert tenant.permissions(seed_ids.SALESFORCE_APP_ID) == []


@pytest.mark.slow
def test_an_app_in_the_app_store_costs_no_more_than_promised(tenant: Tenant, stack: Stack) -> None:
    given = {"app_id": seed_ids.SALESFORCE_APP_ID}
    settings = f"/apps/{given['app_id']}/settings"
    stack.declare("AppStoreApp", given)
    made = requests_of(stack, "up", "--yes", "--skip-preview")
    # The state remembers the tenant, so a run that makes something asks once whose token it has.
    made.remove("GET /users/current")
    assert len(made) <= 3
    read = requests_of(stack, "refresh", "--yes", "--skip-preview")
    assert f"GET {settings}" in read
    assert len(read) <= 2
    stack.declare("AppStoreApp", {**given, "custom_request_instructions": "Ask."})
    assert requests_of(stack, "up", "--yes", "--skip-preview") == [f"PATCH {settings}"]
    assert requests_of(stack, "destroy", "--yes", "--skip-preview") == [
        f"DELETE /apps/{given['app_id']}"
    ]


def requests_of(stack: Stack, *arguments: str) -> list[str]:
    """What a command asks of Lumos."""
    stack.tenant.forget_requests()
    stack.pulumi(*arguments)
    return stack.tenant.calls()


def assert_state_is_small(stack: Stack) -> None:
    resources = stack.resources()
    assert len(resources) == PERMISSIONS
    for resource in resources:
        provider = resource["outputs"].pop("__provider", "")  # Only the dynamic host has it.
        assert len(provider) <= PROVIDER_CHARACTERS
        resource["inputs"].pop("__provider", "")
        kept = json.dumps([resource["inputs"], resource["outputs"]], separators=(",", ":"))
        assert len(kept) <= STATE_BYTES, kept
