"""A Python program whose resources the packaged provider serves."""

from __future__ import annotations

import pytest

from ..host.held import assert_held, is_there
from ..host.samples import KINDS, REQUESTABLE_PERMISSION, make_room, samples
from ..tenant import Tenant
from .stack import Stack

pytestmark = pytest.mark.engine

PERMISSION = "RequestablePermission"


@pytest.fixture
def host() -> str:
    """These tests choose themselves."""
    return "dynamic"


@pytest.fixture
def packaged(stack: Stack) -> Stack:
    """A stack whose programs are served by the packaged provider."""
    stack.use_packaged_host()
    return stack


def test_a_resource_lives_on_the_packaged_host_as_on_the_dynamic_one(
    packaged: Stack, tenant: Tenant
) -> None:
    given = REQUESTABLE_PERMISSION[0]
    packaged.declare(PERMISSION, given)
    assert f"+ lumos:index:{PERMISSION}: (create)" in packaged.preview("--diff")
    assert tenant.requests("POST", "PATCH", "DELETE") == []
    packaged.up()
    resource = packaged.resource()
    assert_held(tenant.permission(resource["id"]), given)
    assert resource["type"] == f"lumos:index:{PERMISSION}"
    assert "__provider" not in resource["outputs"]
    packaged.preview("--expect-no-changes")
    packaged.refresh("--expect-no-changes")


@pytest.mark.parametrize("kind", KINDS)
def test_a_stack_moves_to_the_packaged_host_and_back_without_a_change(
    kind: str, stack: Stack, tenant: Tenant
) -> None:
    """One setting moves it: nothing is made, changed or deleted in Lumos, either way."""
    make_room(tenant, kind)
    stack.declare(kind, samples(kind)[0], "protect=True")
    stack.up()
    before, held = stack.resource(), tenant.state()
    tenant.forget_requests()
    stack.use_packaged_host()
    stack.preview("--expect-no-changes")
    assert "2 unchanged" in stack.up()
    moved = stack.resource()
    assert moved["type"] == f"lumos:index:{kind}"
    assert (moved["id"], moved["protect"]) == (before["id"], True)
    stack.refresh("--expect-no-changes")
    stack.preview("--expect-no-changes")
    stack.use_dynamic_host()
    stack.up()
    back = stack.resource()
    assert back["type"] == before["type"]
    assert back["outputs"] == before["outputs"]
    stack.preview("--expect-no-changes")
    assert tenant.requests("POST", "PATCH", "DELETE") == []
    assert tenant.state() == held
    stack.declare(kind, samples(kind)[0])
    stack.up()
    stack.destroy()
    assert not is_there(tenant, kind, back["outputs"], back["id"])
