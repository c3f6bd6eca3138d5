"""The lifecycle of every kind through the real engine."""

from __future__ import annotations

import itertools

import pytest

from ..drivers.stack import Stack
from ..drivers.tenant import Tenant
from ..host.held import assert_cleared, assert_held
from ..kinds import FACTS, KINDS, Values, make_room, samples
from .disturbed import declare

pytestmark = pytest.mark.engine


def live(stack: Stack, kind: str, name: str = "it") -> Values:
    """What Lumos holds for a resource of the stack."""
    resource = stack.resource(name)
    return FACTS[kind].held(stack.tenant, resource["outputs"], resource["id"])


@pytest.mark.parametrize("kind", ["ProvisioningGroupAttachment", "RequestablePermission"])
def test_an_object_is_made_kept_and_destroyed(kind: str, tenant: Tenant, stack: Stack) -> None:
    """`test_one_up_makes_an_app_with_everything…` takes the other kinds through together."""
    permissions = tenant.state()["permissions"]
    given = samples(kind)[0]
    stack.declare(kind, given)
    stack.up()
    made = stack.resource()
    assert_held(live(stack, kind), given)
    stack.preview("--refresh", "--expect-no-changes")
    stack.destroy()
    assert not FACTS[kind].is_there(tenant, made["outputs"], made["id"])
    assert tenant.state()["permissions"] == permissions
    assert stack.resources() == []


@pytest.mark.slow
@pytest.mark.spread
@pytest.mark.parametrize("kind", KINDS)
def test_an_object_is_made_kept_repaired_made_again_and_destroyed(
    kind: str, tenant: Tenant, stack: Stack
) -> None:
    make_room(tenant, kind)
    permissions = tenant.state()["permissions"]
    tenant.forget_requests()
    given = samples(kind)[0]
    stack.declare(kind, given)
    assert f"+ {stack.type_of(kind)}: (create)" in stack.preview("--diff")
    assert tenant.requests("POST", "PUT", "PATCH", "DELETE") == []
    stack.up()
    assert_held(live(stack, kind), given)
    stack.preview("--refresh", "--expect-no-changes")
    tenant.switch(patch_applies_defaults=False)
    first = stack.resource()
    assert first["sourcePosition"] == f"project:///__main__.py#{stack.declared_at}"
    shown = stack.spelled(FACTS[kind].edit_by_hand(tenant, first["outputs"], first["id"]))
    assert shown in stack.preview("--refresh", "--diff")
    assert "~ 1 updated" in stack.up("--refresh")
    assert_held(live(stack, kind), given)
    FACTS[kind].vanish(tenant, first["outputs"], first["id"])
    assert FACTS[kind].made_again in stack.up("--refresh")
    assert_held(live(stack, kind), given)
    second = stack.resource()
    stack.destroy()
    assert not FACTS[kind].is_there(tenant, second["outputs"], second["id"])
    assert tenant.state()["permissions"] == permissions
    assert stack.resources() == []


@pytest.mark.slow
def test_every_field_is_set_and_cleared_in_place(tenant: Tenant, stack: Stack) -> None:
    """One stack has all kinds; `tests/host/test_lifecycle.py` asks the same of each kind."""
    for kind in KINDS:
        make_room(tenant, kind)
    # An app that gives access through groups needs a visible permission, which comes first here.
    kinds = sorted(KINDS, reverse=True)
    versions = [
        dict(zip(kinds, each, strict=True)) for each in zip(*map(samples, kinds), strict=True)
    ]
    declare(stack, {kind: (kind, versions[0][kind]) for kind in kinds})
    stack.up()
    ids = {kind: stack.resource(kind)["id"] for kind in kinds}
    for before, given in itertools.pairwise(versions):
        declare(stack, {kind: (kind, given[kind]) for kind in kinds})
        assert f"~ {len(kinds)} updated" in stack.up()
        for kind in kinds:
            assert stack.resource(kind)["id"] == ids[kind]
            now = live(stack, kind, kind)
            assert_held(now, given[kind])
            assert_cleared(kind, now, before[kind], given[kind])
    stack.preview("--refresh", "--expect-no-changes")
