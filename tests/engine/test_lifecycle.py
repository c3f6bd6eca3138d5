"""The lifecycle of every kind through the real engine."""

from __future__ import annotations

import pytest

from ..host.held import assert_cleared, assert_held, held, is_there, vanish
from ..host.samples import KINDS, Values, make_room, samples
from ..tenant import Tenant
from .stack import Stack

pytestmark = pytest.mark.engine

# An attachment whose successor is gone is still the attachment of its source.
MADE_AGAIN = {"ProvisioningGroupAttachment": "~ 1 updated"}

every_kind = pytest.mark.parametrize("kind", KINDS)


def live(stack: Stack, kind: str) -> Values:
    """What Lumos holds for the one resource of the stack."""
    resource = stack.resource()
    return held(stack.tenant, kind, resource["outputs"], resource["id"])


@pytest.mark.spread
@every_kind
def test_an_object_is_made_kept_repaired_made_again_and_destroyed(
    kind: str, tenant: Tenant, stack: Stack
) -> None:
    make_room(tenant, kind)
    permissions = tenant.state()["permissions"]
    tenant.forget_requests()
    given = samples(kind)[0]
    stack.declare(kind, given)
    assert f"+ {stack.type_of(kind)}: (create)" in stack.preview("--diff")
    assert tenant.requests("POST", "PATCH", "DELETE") == []
    stack.up()
    assert_held(live(stack, kind), given)
    assert stack.resource()["sourcePosition"] == f"project:///__main__.py#{stack.declared_at}"
    stack.preview("--expect-no-changes")
    stack.refresh("--expect-no-changes")
    shown = stack.spelled(edit_by_hand(stack, kind))
    assert shown in stack.preview("--refresh", "--diff")
    assert "~ 1 updated" in stack.up("--refresh")
    assert_held(live(stack, kind), given)
    first = stack.resource()
    vanish(tenant, kind, first["outputs"], first["id"])
    assert MADE_AGAIN.get(kind, "+ 1 created") in stack.up("--refresh")
    assert_held(live(stack, kind), given)
    second = stack.resource()
    stack.destroy()
    assert not is_there(tenant, kind, second["outputs"], second["id"])
    assert tenant.state()["permissions"] == permissions
    assert stack.resources() == []


@pytest.mark.slow
@every_kind
def test_every_field_is_set_and_cleared_in_place(kind: str, tenant: Tenant, stack: Stack) -> None:
    make_room(tenant, kind)
    before, *following = samples(kind)
    stack.declare(kind, before)
    stack.up()
    id = stack.resource()["id"]
    for given in following:
        stack.declare(kind, given)
        assert "~ 1 updated" in stack.up()
        assert stack.resource()["id"] == id
        assert_held(live(stack, kind), given)
        assert_cleared(kind, live(stack, kind), before, given)
        before = given
    stack.preview("--refresh", "--expect-no-changes")


def edit_by_hand(stack: Stack, kind: str) -> str:
    """Somebody changes one field in Lumos; the line that a preview shows of it."""
    tenant, resource = stack.tenant, stack.resource()
    tenant.switch(patch_applies_defaults=False)
    if kind == "AppStoreApp":
        tenant.edit_settings(resource["id"], custom_request_instructions="By hand.")
        return 'custom_request_instructions: "By hand." => "Ask here for Slack."'
    if kind == "PreApprovalRule":
        tenant.edit_rule(resource["id"], time_based_access=["1 hour"])
        return '[0]: "1 hour"'
    if kind == "AccessPolicy":
        tenant.edit_policy(resource["id"], business_justification="By hand.")
        return 'business_justification: "By hand." => "Everybody who builds'
    if kind == "App":
        tenant.edit_app(resource["id"], description="By hand.")
        return 'description: "By hand." => "What everybody knows."'
    fulfillment = {"request_fulfillment_config": {"manual_instructions": "By hand."}}
    bound = resource["outputs"].get("bound_permission_id", resource["id"])
    tenant.edit_permission(bound, request_config=fulfillment)
    return 'manual_instructions: "By hand." => "Give the profile."'
