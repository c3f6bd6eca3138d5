"""Secrets of a program: in no text, and in the state, its backups and history never in plain."""

from __future__ import annotations

import json

import pytest
from pulumi_lumos.emulator import seed_ids

from ..drivers.stack import Stack
from ..drivers.tenant import Tenant
from ..drivers.traces import files_with, holds
from ..kinds.values import by_source_id

pytestmark = pytest.mark.engine

FOUND = "CANARYfound: ask Omar for the root password"
SECRET, NEXT = "CANARYsecret0123456789", 'CANARYnext: the "other" one, 0123456789'
IT = by_source_id("IT")
PROGRAM = """
import os

lumos.RequestablePermission(
    "guests",
    app_id=seed_ids.SLACK_APP_ID,
    label="Guest channels",
    adopt=True,
    request_config={{
        "allowed_groups_override": True,
        "allowed_groups": {{
            "type": "SPECIFIED_GROUPS",
            "groups": [{{
                "app_id": seed_ids.OKTA_APP_ID,
                "integration_specific_id": pulumi.Output.secret(os.environ["GROUP"]),
            }}],
        }},
        "request_fulfillment_config": {{"manual_steps_needed": True, {instructions}}},
    }},
)
"""
INSTRUCTIONS = '"manual_instructions": pulumi.Output.secret(os.environ["INSTRUCTIONS"])'


@pytest.fixture
def guests(tenant: Tenant, stack: Stack) -> Stack:
    """A stack that adopts a permission whose instructions a program says as a secret."""
    instructions = {"manual_steps_needed": True, "manual_instructions": FOUND}
    config = {"request_fulfillment_config": instructions}
    tenant.edit_permission(seed_ids.SLACK_PERMISSION_ID, request_config=config)
    stack.environment |= {"INSTRUCTIONS": SECRET, "GROUP": IT["integration_specific_id"]}
    stack.environment["PULUMI_DIY_BACKEND_RETAIN_CHECKPOINTS"] = "true"
    stack.program(PROGRAM.format(instructions=INSTRUCTIONS))
    return stack


def instructions(tenant: Tenant) -> str:
    config = tenant.permission(seed_ids.SLACK_PERMISSION_ID)["request_config"]
    return str(config["request_fulfillment_config"]["manual_instructions"])


def assert_hidden(stack: Stack, *printed: str) -> None:
    """No canary in what was printed, nor in any file of the stack."""
    for canary in (FOUND, SECRET, NEXT, IT["integration_specific_id"]):
        assert not holds("".join(printed).encode(), canary)
        assert not holds("".join(printed).encode(), json.dumps(canary)[1:-1])
        assert files_with(stack.folder, canary) == []


def test_what_an_adoption_finds_at_a_secret_is_a_secret(tenant: Tenant, guests: Stack) -> None:
    printed = [guests.preview("--diff"), guests.up()]
    assert "and sets" in printed[0]
    assert instructions(tenant) == SECRET
    assert_hidden(guests, *printed)


@pytest.mark.slow
def test_a_secret_stays_one_through_updates_and_refreshes(tenant: Tenant, guests: Stack) -> None:
    guests.up()
    guests.environment["INSTRUCTIONS"] = NEXT
    printed = [guests.up(), guests.preview("--refresh", "--expect-no-changes"), guests.refresh()]
    assert instructions(tenant) == NEXT
    assert_hidden(guests, *printed)

    # The update comes from a program that knows nothing of a secret.
    guests.program(PROGRAM.format(instructions=""))
    assert_hidden(guests, guests.up())
    secret = json.loads(guests.pulumi("stack", "export", "--show-secrets"))
    assert FOUND in json.dumps(secret), "it is remembered, and given back"
    guests.destroy()
    assert instructions(tenant) == FOUND


def test_an_error_that_echoes_a_secret_does_not_show_it(tenant: Tenant, guests: Stack) -> None:
    refused = {"loc": ["body", "request_config"], "msg": f"{SECRET} is too long", "type": "value"}
    body = json.dumps({"detail": [refused]})
    tenant.fault("status", status=422, method="PATCH", body_text=body)
    printed = guests.up(fails=True)
    assert "*** is too long" in printed
    assert_hidden(guests, printed)
