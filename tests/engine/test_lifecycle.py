"""The lifecycle of every kind through the real engine."""

from __future__ import annotations

import pytest

from ..drivers.stack import Stack
from ..drivers.tenant import Tenant
from ..host.held import assert_cleared, assert_held
from ..kinds import FACTS, KINDS, Values, make_room, samples

pytestmark = pytest.mark.engine

# An attachment whose successor is gone is still the attachment of its source.
MADE_AGAIN = {"ProvisioningGroupAttachment": "~ 1 updated"}

IN_ONE_STORY = ("App", "AppStoreApp", "AccessPolicy", "PreApprovalRule")
"""The kinds that `test_one_up_makes_an_app_with_everything…` takes through the engine together."""

every_kind = pytest.mark.parametrize("kind", KINDS)


def live(stack: Stack, kind: str) -> Values:
    """What Lumos holds for the one resource of the stack."""
    resource = stack.resource()
    return FACTS[kind].held(stack.tenant, resource["outputs"], resource["id"])


@pytest.mark.spread
@pytest.mark.parametrize(
    "kind",
    [pytest.param(one, marks=pytest.mark.slow if one in IN_ONE_STORY else ()) for one in KINDS],
)
def test_an_object_is_made_as_the_preview_says_kept_and_destroyed(
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
    made = stack.resource()
    assert_held(FACTS[kind].held(tenant, made["outputs"], made["id"]), given)
    assert made["sourcePosition"] == f"project:///__main__.py#{stack.declared_at}"
    stack.preview("--refresh", "--expect-no-changes")
    stack.destroy()
    assert not FACTS[kind].is_there(tenant, made["outputs"], made["id"])
    assert tenant.state()["permissions"] == permissions
    assert stack.resources() == []


@pytest.mark.slow
@pytest.mark.spread
@every_kind
def test_an_object_is_made_kept_repaired_made_again_and_destroyed(
    kind: str, tenant: Tenant, stack: Stack
) -> None:
    make_room(tenant, kind)
    permissions = tenant.state()["permissions"]
    given = samples(kind)[0]
    stack.declare(kind, given)
    stack.up()
    assert_held(live(stack, kind), given)
    stack.preview("--expect-no-changes")
    stack.refresh("--expect-no-changes")
    tenant.switch(patch_applies_defaults=False)
    first = stack.resource()
    shown = stack.spelled(FACTS[kind].edit_by_hand(tenant, first["outputs"], first["id"]))
    assert shown in stack.preview("--refresh", "--diff")
    assert "~ 1 updated" in stack.up("--refresh")
    assert_held(live(stack, kind), given)
    FACTS[kind].vanish(tenant, first["outputs"], first["id"])
    assert MADE_AGAIN.get(kind, "+ 1 created") in stack.up("--refresh")
    assert_held(live(stack, kind), given)
    second = stack.resource()
    stack.destroy()
    assert not FACTS[kind].is_there(tenant, second["outputs"], second["id"])
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
