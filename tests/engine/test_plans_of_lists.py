"""`pulumi up --plan` over a list whose items the preview does not know yet."""

from __future__ import annotations

from pathlib import Path

import pytest

from ..drivers.stack import Stack
from ..drivers.tenant import Tenant

pytestmark = pytest.mark.engine

PROGRAM = """
it = seed_ids.OKTA_GROUPS["IT"]
group = {{"app_id": it.app_id, "id": it.id}}
a = lumos.RequestablePermission("a", app_id=seed_ids.SLACK_APP_ID, label="A")
b = lumos.ProvisioningGroupAttachment(
    "b", permission=seed_ids.SLACK_PERMISSION_ID, group=group, label={label!r}
)
lumos.PreApprovalRule(
    "rule",
    app_id=seed_ids.SLACK_APP_ID,
    justification="On call",
    preapproved_groups=[group],
    preapproved_permissions=[{{"id": b.bound_permission_id}}, {{"id": a.id}}],
)
"""


def test_an_unknown_item_keeps_its_place(stack: Stack, tenant: Tenant, tmp_path: Path) -> None:
    plan = str(tmp_path / "plan.json")
    stack.program(PROGRAM.format(label="First"))
    stack.up()
    stack.program(PROGRAM.format(label="Second"))
    stack.preview("--save-plan", plan)
    stack.up("--plan", plan)
    labels = {one["label"] for one in tenant.state()["permissions"].values()}
    assert "Second" in labels
    stack.preview("--refresh", "--expect-no-changes")
