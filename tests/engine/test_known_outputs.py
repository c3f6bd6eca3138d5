"""What a preview knows of outputs: ids that are read, and fields that nobody gives."""

from __future__ import annotations

import pytest
from pulumi_lumos.emulator import seed_ids

from ..drivers.stack import Stack

pytestmark = pytest.mark.engine

PROGRAM = """
SALES = seed_ids.SALESFORCE_APP_ID
group = {"app_id": seed_ids.OKTA_APP_ID, "id": seed_ids.OKTA_GROUPS["IT"].id}

definition = lumos.RequestablePermission("admin", app_id=SALES, label="Admin")
lumos.ProvisioningGroupAttachment("bound", permission=definition, group=group)
lumos.RequestablePermission(
    "like-it", app_id=SALES, label="Like it", request_config=definition.request_config
)
app = lumos.AppStoreApp("app", app_id=SALES)
lumos.AppStoreApp(
    "app-like-it",
    app_id=seed_ids.GITHUB_APP_ID,
    redirect_url=app.redirect_url,
    request_flow=app.request_flow,
    provisioning=app.provisioning,
)
guests = lumos.RequestablePermission.get("guests", seed_ids.SLACK_PERMISSION_ID)
rule = lumos.PreApprovalRule(
    "rule",
    app_id=guests.app_id,
    justification="Engineers",
    preapproved_groups=[group],
    preapproved_permissions=[{"id": guests.id}],
)
pulumi.export("guests", guests.id)
"""


@pytest.mark.slow
@pytest.mark.spread
def test_what_nobody_gives_is_none_and_what_is_read_has_its_id(stack: Stack) -> None:
    stack.program(PROGRAM)
    assert f'guests: "{seed_ids.SLACK_PERMISSION_ID}"' in stack.up()
    assert "[unknown]" not in stack.preview("--refresh", "--expect-no-changes", "--diff")

    stack.program(PROGRAM.replace('"guests", seed_ids.SLACK_PERMISSION_ID', '"guests", "nobody"'))
    told = "Lumos has no RequestablePermission with the id 'nobody'."
    assert told in stack.preview(fails=True)
