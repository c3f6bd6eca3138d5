"""Somebody else works on the same objects: outcomes, as docs/concurrency.md states them."""

from __future__ import annotations

import pytest
from pulumi_lumos.emulator import seed_ids

from ..drivers.stack import Stack
from ..drivers.tenant import Tenant

pytestmark = pytest.mark.engine

KIND = "RequestablePermission"
APP = seed_ids.SALESFORCE_APP_ID


def admin(instructions: str) -> dict[str, object]:
    """A permission with one setting that two people may care for."""
    fulfillment = {"manual_steps_needed": True, "manual_instructions": instructions}
    config = {"appstore_visibility": "VISIBLE", "request_fulfillment_config": fulfillment}
    return {"app_id": APP, "label": "Admin", "request_config": config}


@pytest.fixture
def other_stack(
    tmp_path_factory: pytest.TempPathFactory, pulumi_folder: str, tenant: Tenant
) -> Stack:
    return Stack(tmp_path_factory.mktemp("other"), pulumi_folder, tenant)


def plan(stack: Stack) -> str:
    """What a person has previewed and approved."""
    file = str(stack.folder / "plan.json")
    stack.preview("--save-plan", file)
    return file


def told(tenant: Tenant) -> str:
    """The instructions of the only permission."""
    (permission,) = tenant.permissions(APP)
    config = permission["request_config"]
    text: str = config["request_fulfillment_config"]["manual_instructions"]
    return text


@pytest.mark.slow
def test_an_edit_between_preview_and_up_survives_where_it_is_of_another_field(
    tenant: Tenant, stack: Stack
) -> None:
    tenant.switch(patch_applies_defaults=False)
    stack.declare(KIND, admin("One."))
    stack.up()
    id = stack.resource()["id"]
    stack.declare(KIND, admin("Two."))
    approved = plan(stack)
    webhook = {"id": seed_ids.WEBHOOK_IDS["PROVISION"]}
    by_hand = {"manual_instructions": "By hand.", "provisioning_webhook": webhook}
    tenant.edit_permission(id, request_config={"request_fulfillment_config": by_hand})
    stack.up("--plan", approved)
    assert told(tenant) == "Two."
    config = tenant.permission(id)["request_config"]
    assert config["request_fulfillment_config"]["provisioning_webhook"]["id"] == webhook["id"]
    stack.preview("--refresh", "--expect-no-changes")


@pytest.mark.slow
def test_an_object_deleted_between_preview_and_up_is_reported_and_made_again(
    tenant: Tenant, stack: Stack
) -> None:
    stack.declare(KIND, admin("One."))
    stack.up()
    stack.declare(KIND, admin("Two."))
    approved = plan(stack)
    tenant.remove_permission(stack.resource()["id"])
    printed = stack.up("--plan", approved, fails=True)
    assert "somebody deleted it there" in printed
    assert "pulumi up --refresh" in printed
    stack.up("--refresh")
    assert told(tenant) == "Two."


def test_what_is_made_between_preview_and_up_is_never_doubled(tenant: Tenant, stack: Stack) -> None:
    stack.declare(KIND, admin("One."))
    approved = plan(stack)
    made = tenant.add_permission(APP, "Admin")
    printed = stack.up("--plan", approved, fails=True)
    assert made["id"] in printed
    assert "adopt=True" in printed
    assert [permission["id"] for permission in tenant.permissions(APP)] == [made["id"]]


@pytest.mark.slow
def test_a_second_stack_is_stopped_by_its_preview(
    tenant: Tenant, stack: Stack, other_stack: Stack
) -> None:
    stack.declare(KIND, admin("One."))
    stack.up()
    id = stack.resource()["id"]
    other_stack.declare(KIND, admin("Two."))
    assert id in other_stack.up_stopped_by_its_preview()
    assert told(tenant) == "One."
    # Told to adopt it, it takes it over and gives it back.
    other_stack.declare(KIND, {**admin("Two."), "adopt": True})
    other_stack.up()
    shown = stack.spelled('manual_instructions: "Two." => "One."')
    assert shown in stack.preview("--refresh", "--diff")
    other_stack.destroy()
    assert told(tenant) == "One."
    stack.preview("--refresh", "--expect-no-changes")


@pytest.mark.slow
def test_a_second_stack_that_declares_exactly_the_same_shares_the_object(
    tenant: Tenant, stack: Stack, other_stack: Stack
) -> None:
    for one in (stack, other_stack):
        one.declare(KIND, admin("One."))
        one.up()
    assert stack.resource()["id"] == other_stack.resource()["id"]
    assert len(tenant.permissions(APP)) == 1
    other_stack.destroy()
    assert "+ 1 created" in stack.up("--refresh")
    assert told(tenant) == "One."
