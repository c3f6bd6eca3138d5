"""Two stacks attach a group each to one permission."""

from __future__ import annotations

from pathlib import Path

import pytest
from pulumi_lumos.kinds.requestable_permission.lifecycle import visibility

from ..drivers.stack import Stack
from ..drivers.tenant import Tenant

pytestmark = [pytest.mark.engine, pytest.mark.slow]

PROGRAM = """
lumos.ProvisioningGroupAttachment(
    "guests",
    permission=seed_ids.SLACK_PERMISSION_ID,
    group={{"app_id": seed_ids.OKTA_APP_ID, "id": seed_ids.OKTA_GROUPS[{group!r}].id}},
)
"""


def test_the_second_stack_learns_what_the_first_has_hidden(
    tenant: Tenant, stack: Stack, tmp_path: Path, pulumi_folder: str
) -> None:
    before = tenant.state()["permissions"]
    second = Stack(tmp_path / "second", pulumi_folder, tenant)
    for one, group in ((stack, "IT"), (second, "On-call")):
        one.program(PROGRAM.format(group=group))
    stack.up()
    successor = stack.resource("guests")["outputs"]["bound_permission_id"]
    told = " ".join(second.pulumi("up", "--yes").split())
    assert f"is HIDDEN because {successor} is its successor already" in told
    bound = second.resource("guests")["outputs"]["bound_permission_id"]
    assert visibility(tenant.permission(bound)) == "VISIBLE"
    for one in (stack, second):
        one.preview("--refresh", "--expect-no-changes")
        one.destroy()
    assert tenant.state()["permissions"] == before
