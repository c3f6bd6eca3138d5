"""What a preview asks Lumos about, and what it tells of it."""

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
def test_a_permission_of_another_app_is_wrong_where_a_rule_or_an_app_names_it(
    tenant: Tenant, stack: Stack
) -> None:
    other = tenant.add_permission(seed_ids.SALESFORCE_APP_ID, "Admin")
    given = {
        "app_id": seed_ids.SLACK_APP_ID,
        "justification": "On call.",
        "preapproved_groups": [by_source_id("On-call")],
        "preapproved_permissions": [{"id": seed_ids.SLACK_PERMISSION_ID}, {"id": other["id"]}],
    }
    stack.declare("PreApprovalRule", given)
    belongs = f"the permission Admin belongs to the app {seed_ids.SALESFORCE_APP_ID}"
    shown = stack.preview(fails=True)
    assert f"preapproved_permissions[1].id value {{<nil>}} has a problem: {belongs}" in shown
    provisioning = {"default_permission": {"id": other["id"]}}
    app = {"app_id": seed_ids.SLACK_APP_ID, "adopt": True, "provisioning": provisioning}
    stack.declare("AppStoreApp", app)
    shown = stack.preview(fails=True)
    assert f"provisioning.default_permission.id value {{<nil>}} has a problem: {belongs}" in shown


def many_groups(tenant: Tenant, count: int) -> list[Values]:
    """So many groups of Okta, synced into Lumos."""
    okta = seed_ids.OKTA_APP_ID
    for number in range(count):
        group = {"integration_specific_id": f"00gmany{number}", "name": f"Team {number}"}
        tenant.call("POST", f"/_emulator/apps/{okta}/source_groups", group)
    tenant.switch(sync_seconds=0.0)
    tenant.call("POST", f"/apps/{okta}/sync", {"sync_type": "full_sync"})
    return [{"app_id": okta, "integration_specific_id": f"00gmany{n}"} for n in range(count)]


@pytest.mark.slow
def test_one_approver_more_than_fifty_is_one_entry_more_with_its_name(
    tenant: Tenant, stack: Stack
) -> None:
    groups = many_groups(tenant, 51)
    stack.declare("RequestablePermission", permission(approvers={"groups": groups[:50]}))
    stack.up()
    tenant.forget_requests()
    stack.preview("--refresh", "--expect-no-changes")
    stack.preview("--expect-no-changes")
    (read,) = tenant.calls("GET")
    assert read == "GET /requestable_permissions", "what is named already is not asked for again"
    stack.declare("RequestablePermission", permission(approvers={"groups": groups[::-1]}))
    shown = stack.preview("--diff")
    assert [line.strip() for line in shown.splitlines() if " [5" in line] == ["+ [50]: {"]
    assert shown.count("00gmany") == 1
    assert f"{APPROVAL}.approvers.groups adds Team 50" in shown
    stack.up()
    stack.declare("RequestablePermission", permission(approvers={"groups": groups[:50]}))
    assert f"{APPROVAL}.approvers.groups removes Team 50" in stack.preview("--diff")


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
        "warning: PreApprovalRule: this rule is for nobody",
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
def test_stages_that_a_change_merges_are_warned_of(tenant: Tenant, stack: Stack) -> None:
    two = {"approvers": {"users": USERS[:1]}, "approvers_stage_2": {"users": USERS[1:2]}}
    stack.declare("RequestablePermission", permission(require_additional_approval=True, **two))
    assert "warning" not in stack.up()
    one = {"approvers": {"users": USERS[:1]}}
    stack.declare("RequestablePermission", permission(require_additional_approval=False, **one))
    merges = f"warning: {APPROVAL}.require_additional_approval: where Lumos has approvers of stage"
    assert merges in stack.preview()


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
    assert f"warning: {APPROVAL}.approvers.users: left as in Lumos" in shown
    assert tenant.requests("PATCH") == []
    message = {"custom_approval_message_override": True, "custom_approval_message": "Welcome."}
    stack.declare("RequestablePermission", permission(approvers={"users": USERS[1:2]}, **message))
    stack.up()
    (held,) = tenant.permissions(seed_ids.SALESFORCE_APP_ID)
    approval = held["request_config"]["request_approval_config"]
    assert approval["custom_approval_message"] == "Welcome."
    assert [user["id"] for user in approval["approvers"]["users"]] == [USERS[0]["id"]]
    assert "warning" not in stack.preview("--refresh", "--expect-no-changes")


def test_an_adoption_says_what_it_takes_over_and_sets(tenant: Tenant, stack: Stack) -> None:
    given = {
        "app_id": seed_ids.SLACK_APP_ID,
        "label": "Guest channels",
        "adopt": True,
        "request_config": {"appstore_visibility": "HIDDEN"},
    }
    stack.declare("RequestablePermission", given)
    shown = stack.preview()
    assert f"adopts RequestablePermission {seed_ids.SLACK_PERMISSION_ID} and sets " in shown
    assert 'request_config.appstore_visibility: "VISIBLE" => "HIDDEN"' in shown
    given["request_config"] = {"appstore_visibility": "VISIBLE"}
    stack.declare("RequestablePermission", given)
    assert f"{seed_ids.SLACK_PERMISSION_ID} and changes nothing" in stack.preview()


@pytest.mark.slow
def test_an_adoption_does_not_guess_what_a_preview_cannot_know(
    tenant: Tenant, stack: Stack
) -> None:
    stack.program(
        """
admin = lumos.RequestablePermission("admin", app_id=seed_ids.SALESFORCE_APP_ID, label="Admin")
slack = lumos.AppStoreApp(
    "slack", app_id=seed_ids.SLACK_APP_ID, custom_request_instructions=admin.id, adopt=True
)
"""
    )
    announced = "and changes nothing, unless custom_request_instructions turns out to differ"
    assert announced in stack.preview()
    stack.program(
        """
admin = lumos.RequestablePermission("admin", app_id=seed_ids.SALESFORCE_APP_ID, label="Admin")
group = {"app_id": seed_ids.OKTA_APP_ID, "id": admin.id}
lumos.RequestablePermission(
    "on-call",
    app_id=seed_ids.OKTA_APP_ID,
    label="On-call",
    request_config={"request_fulfillment_config": {"provisioning_group": group}},
    adopt=True,
)
"""
    )
    assert "provisioning_group turns out to differ" in stack.preview()
