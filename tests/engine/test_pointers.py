"""What points at a permission that an attachment leaves, in the program and beside it."""

from __future__ import annotations

import pytest
from pulumi_lumos.emulator import seed_ids

from ..drivers.stack import Stack
from ..drivers.tenant import RULES, Tenant
from ..kinds.values import by_id

pytestmark = pytest.mark.engine

SLACK = seed_ids.SLACK_APP_ID
PROGRAM = """
guests = lumos.ProvisioningGroupAttachment("guests", permission={source!r}, group={group!r})
lumos.PreApprovalRule(
    "rule",
    app_id=seed_ids.SLACK_APP_ID,
    justification="By the program",
    preapproved_groups=[{approved!r}],
    preapproved_permissions=[{{"id": guests.bound_permission_id}}],
)
"""


@pytest.mark.slow
def test_what_a_moved_attachment_says_of_rules_is_true_of_those_that_the_update_changes_too(
    tenant: Tenant, stack: Stack
) -> None:
    said = {"source": seed_ids.SLACK_PERMISSION_ID, "approved": by_id("On-call")}
    stack.program(PROGRAM.format(**said, group=by_id("IT")))
    stack.up()
    bound = stack.resource("guests")["outputs"]["bound_permission_id"]
    by_hand = {"app_id": SLACK, "justification": "By hand", "preapproved_permissions": []}
    beside = tenant.call("POST", RULES, by_hand)["id"]
    tenant.edit_rule(beside, preapproved_permissions=[{"id": bound}])

    stack.program(PROGRAM.format(**said, group=by_id("Everyone")))
    preview = " ".join(stack.preview().split())
    told = preview.partition("warning: In the app ")[2]
    assert "('By the program')" in told and "('By hand')" in told
    assert f"point at the permission {bound}, which people cannot request once" in told
    assert "If this update does not change that, as it does where the program names" in told
    assert "~ 2 to update" in preview
    stack.up()
    ours = stack.resource("rule")["id"]
    successor = stack.resource("guests")["outputs"]["bound_permission_id"]
    assert successor != bound
    pointed = {id: tenant.rule(id)["preapproved_permissions"] for id in (ours, beside)}
    assert [one["id"] for one in pointed[ours]] == [successor]
    assert successor not in [one["id"] for one in pointed[beside]], "that is left to people"
    stack.preview("--refresh", "--expect-no-changes")
