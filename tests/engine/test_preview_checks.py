"""What a preview asks Lumos, and what it says about the answer."""

from __future__ import annotations

import re

import pytest
from pulumi_lumos.emulator import seed_ids

from ..drivers.stack import Stack, Values
from ..drivers.tenant import Tenant
from ..kinds.values import WEBHOOKS, by_id, by_source_id

pytestmark = pytest.mark.engine

APPROVAL = "request_config.request_approval_config"
SALES = seed_ids.SALESFORCE_APP_ID
USERS = [{"id": user.id} for user in seed_ids.USERS.values() if user.status == "ACTIVE"]


def permission(**approval: object) -> Values:
    config = {"request_approval_config_override": True, **approval}
    return {
        "app_id": seed_ids.SALESFORCE_APP_ID,
        "label": "Admin",
        "request_config": {"request_approval_config": config},
    }


POINTING = """
role = lumos.RequestablePermission("role", app_id=seed_ids.SLACK_APP_ID, label="New role")
it = lumos.AccessPolicy(
    "it",
    name="Builders",
    business_justification="They build.",
    is_everyone_condition=True,
    apps=[
        {"id": seed_ids.SLACK_APP_ID, "is_preapproved": True, "permissions": [{"id": role.id}]},
        {"id": seed_ids.GITHUB_APP_ID},
    ],
)
"""


@pytest.mark.slow
def test_after_a_lost_state_a_preview_refuses_no_object_that_names_a_new_one(
    tenant: Tenant, stack: Stack
) -> None:
    """Nobody knows the id of the new one yet; the update takes both over."""
    stack.program(POINTING)
    stack.up()
    lost = {name: stack.resource(name) for name in ("it", "role")}
    for resource in lost.values():
        stack.pulumi("state", "delete", resource["urn"], "--yes")
    id = lost["it"]["id"]
    taken = f"takes AccessPolicy {id} over, which is just as declared"
    assert f"{taken}, unless apps turns out to differ" in stack.preview()
    tenant.forget_requests()
    assert taken in stack.up()
    assert stack.resource()["id"] == id
    assert tenant.requests("POST", "PUT", "DELETE") == []

    stack.pulumi("state", "delete", lost["it"]["urn"], "--yes")
    stack.pulumi("state", "delete", lost["role"]["urn"], "--yes")
    apps = tenant.policy(id)["apps"]
    tenant.edit_policy(id, apps=[{**app, "is_preapproved": True} for app in apps])
    assert f"already has an AccessPolicy with name 'Builders' (id {id})" in stack.preview(
        fails=True
    )


def test_what_a_program_names_and_lumos_has_not_is_wrong_at_its_path(
    tenant: Tenant, stack: Stack
) -> None:
    given = permission(
        approvers={
            "users": [USERS[0], {"id": "u-nobody"}],
            "groups": [
                {"app_id": "a-nothing", "integration_specific_id": "00g-lost"},
                {"app_id": seed_ids.OKTA_APP_ID, "integration_specific_id": "00g-lost"},
                {"app_id": seed_ids.OKTA_APP_ID, "id": "g-lost"},
                {**by_source_id("Everyone"), "app_id": seed_ids.SALESFORCE_APP_ID},
            ],
        }
    )
    given["request_config"]["access_removal_inline_webhook"] = WEBHOOKS["PROVISION"]
    given["request_config"]["request_validation_inline_webhook"] = {"id": "w-lost"}
    stack.declare("RequestablePermission", given)
    tenant.forget_requests()
    shown = stack.up_stopped_by_its_preview()
    for path, reason in {
        f"{APPROVAL}.approvers.users[1].id": "no user with the id 'u-nobody'",
        f"{APPROVAL}.approvers.groups[0].app_id": "no app with the id 'a-nothing'",
        f"{APPROVAL}.approvers.groups[1].integration_specific_id": "no group with the",
        f"{APPROVAL}.approvers.groups[2].id": "no group with the id 'g-lost'",
        f"{APPROVAL}.approvers.groups[3].integration_specific_id": "no group with the",
        "request_config.access_removal_inline_webhook.id": "needs a DEPROVISION webhook",
        "request_config.request_validation_inline_webhook.id": "no inline webhook with the id",
    }.items():
        assert any(path in line and reason in line for line in shown.splitlines()), path
    assert shown.count(" has a problem: ") == 7 * 2, "each is shown at once and in the end"
    assert tenant.requests("POST", "PATCH", "DELETE") == []


@pytest.mark.slow
def test_only_what_a_change_really_adds_and_removes_is_named(tenant: Tenant, stack: Stack) -> None:
    rule = """
permission = lumos.RequestablePermission("permission", app_id={app!r}, label="Admin"{more})
lumos.PreApprovalRule(
    "rule", app_id={app!r}, justification="Sales",
    preapproved_groups=[{group!r}], preapproved_permissions=[{{"id": permission.id}}],
)
lumos.ProvisioningGroupAttachment("guests", permission={source!r}, group={bound!r})
"""
    said = {"app": SALES, "source": seed_ids.SLACK_PERMISSION_ID, "more": ""}
    stack.program(rule.format(**said, group=by_id("On-call"), bound=by_id("IT")))
    stack.up()

    stack.program(rule.format(**said, group=by_source_id("On-call"), bound=by_source_id("IT")))
    respelled = stack.preview("--expect-no-changes")
    assert "adds" not in respelled and "removes" not in respelled

    fulfillment = {"provisioning_group": by_id("IT")}
    said["more"] = f", request_config={{'request_fulfillment_config': {fulfillment}}}"
    stack.program(rule.format(**said, group=by_id("On-call"), bound=by_id("Engineering")))
    changed = stack.preview()
    assert "group adds Engineering, removes IT" in changed
    assert re.search(
        "A new permission with this group takes the place of .*, which is deleted", changed
    )
    assert "removes Admin" not in changed


def test_offline_a_preview_asks_nothing(tenant: Tenant, stack: Stack) -> None:
    stack.pulumi("config", "set", "lumos:previewChecks", "offline")
    stack.declare("RequestablePermission", permission(approvers={"users": [{"id": "u-nobody"}]}))
    tenant.forget_requests()
    assert "+ 2 to create" in stack.preview()
    assert tenant.requests() == []
    assert "User u-nobody not found" in stack.up(fails=True)


@pytest.mark.slow
def test_people_are_warned_of_what_they_begin_to_say_and_not_again(
    tenant: Tenant, stack: Stack
) -> None:
    inactive = [{"id": seed_ids.USERS[name].id} for name in ("Ines", "Sam")]
    stack.program(f"""
lumos.RequestablePermission("permission", **{permission(approvers={"users": []})!r})
lumos.PreApprovalRule(
    "rule", app_id=seed_ids.SLACK_APP_ID, justification="None.", time_based_access=["7d", "1 hour"]
)
lumos.AppStoreApp(
    "app",
    app_id=seed_ids.GITHUB_APP_ID,
    redirect_url="https://acme.example",
    request_flow={{"admins": {{"users": {inactive!r}}}}},
)
lumos.AppStoreApp("other", app_id=seed_ids.AWS_APP_ID)
""")
    said = (
        f"warning: {APPROVAL}: nobody approves",
        "warning: PreApprovalRule: names no people, and Lumos does not say whom",
        "warning: time_based_access[0]: looks like Lumos's own '7 days', but",
        "warning: time_based_access[1]: nobody can ask for '1 hour'; Lumos's durations are 2 hours",
        "warning: redirect_url: people who ask are sent there",
        "warning: request_flow.admins: nobody administers the app",
        "warning: request_flow.admins.users[0].id: ines.gone@acme.example is INACTIVE in Lumos",
        "warning: request_flow.admins.users[1].id: sam.paused@acme.example is SUSPENDED in Lumos",
    )
    shown = stack.preview()
    assert [warning for warning in said if warning not in shown] == []
    assert "warning: request_flow.admins: none of the admins is active" in stack.up()
    assert "warning" not in stack.preview("--expect-no-changes")
    assert "none of the admins is active" in stack.preview("--refresh", "--expect-no-changes")


@pytest.mark.slow
def test_approvers_are_left_alone_where_the_api_cannot_show_all_stages(
    tenant: Tenant, stack: Stack
) -> None:
    stack.declare("RequestablePermission", permission(approvers={"users": USERS[:1]}))
    stack.up()
    tenant.switch(describes_entire_workflow=False)
    stack.refresh()
    stack.declare("RequestablePermission", permission(approvers={"users": USERS[1:2]}))
    tenant.forget_requests()
    shown = stack.up()
    assert f"warning: {APPROVAL}.approvers.users: not changed, because Lumos" in shown
    assert tenant.requests("PATCH") == []
    message = {"custom_approval_message_override": True, "custom_approval_message": "Welcome."}
    stack.declare("RequestablePermission", permission(approvers={"users": USERS[1:2]}, **message))
    stack.up()
    (held,) = tenant.permissions(seed_ids.SALESFORCE_APP_ID)
    approval = held["request_config"]["request_approval_config"]
    assert approval["custom_approval_message"] == "Welcome."
    assert [user["id"] for user in approval["approvers"]["users"]] == [USERS[0]["id"]]
    assert "warning" not in stack.preview("--refresh", "--expect-no-changes")
