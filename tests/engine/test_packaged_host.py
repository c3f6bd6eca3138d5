"""A Python program whose resources the packaged provider serves."""

from __future__ import annotations

import pytest
from pulumi_lumos.emulator import seed_ids

from ..host.held import assert_held
from ..host.samples import REQUESTABLE_PERMISSION
from ..tenant import Tenant
from .stack import Stack

pytestmark = pytest.mark.engine

PERMISSION = "RequestablePermission"


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
