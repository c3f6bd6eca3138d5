"""The report and the checks of people judge the same rows: they never disagree."""

from __future__ import annotations

import json
from typing import Any

import pytest
from pulumi_lumos.emulator import seed_ids

from ..drivers.command import RunCommand
from ..drivers.tenant import Tenant
from .company import SALESFORCE, SLACK, add_rule, approvers
from .conftest import risks, rows_by_offer

RETIRED = {"app_id": seed_ids.OKTA_APP_ID, "integration_specific_id": "00gretired"}


@pytest.fixture
def retired(quickstart: Tenant) -> dict[str, Any]:
    """A group whose only member has left."""
    quickstart.switch(sync_seconds=0.0)
    group = {"integration_specific_id": "00gretired", "name": "Retired"}
    members = [seed_ids.USERS["Ines"].id]
    path = f"/_emulator/apps/{seed_ids.OKTA_APP_ID}/source_groups"
    quickstart.call("POST", path, {**group, "member_ids": members})
    quickstart.call("POST", f"/apps/{seed_ids.OKTA_APP_ID}/sync", {"sync_type": "full_sync"})
    return {"users": [], "groups": [RETIRED]}


def with_risk(run: RunCommand, code: str) -> set[str]:
    """The offers that have a risk, with the members of groups read by name."""
    rows = rows_by_offer(run("report", "--json", "--members", "names"))
    return {offer for offer, row in rows.items() if code in risks(row)}


def lacking_admins(run: RunCommand) -> set[str]:
    lacking = run("check-admins", "--json").json["apps_lacking_admins"]
    return {app["user_friendly_label"] for app in lacking}


def test_both_find_the_same_apps_with_too_few_admins(
    quickstart: Tenant, run: RunCommand, retired: dict[str, Any]
) -> None:
    for admins, lacks in [
        (approvers(users=("Ada", "Ines")), True),
        (approvers(users=("Ada", "Grace")), False),
        (approvers("On-call"), False),
        (approvers("On-call", users=("Mei",)), False),
        (approvers("IT", users=("Ada",)), True),
        (retired, True),
        (approvers(), True),
    ]:
        quickstart.edit_settings(SALESFORCE, request_flow={"admins": admins})
        found = lacking_admins(run)
        assert found == with_risk(run, "few-admins")
        assert ("Salesforce" in found) == lacks


def left_alone(run: RunCommand) -> set[str]:
    """The permissions where a stage has nobody left, as check-approvers says."""
    places = run("check-approvers", "--json").json["places"]
    return {f"{one['app']} · {one['permission']}" for one in places if not one["active"]}


def decide(tenant: Tenant, first: dict[str, Any], second: dict[str, Any]) -> None:
    """Let a permission of Slack have such stages of its own."""
    approval = {
        "request_approval_config_override": True,
        "require_additional_approval": True,
        "approvers": first,
        "approvers_stage_2": second,
    }
    (it,) = [one for one in tenant.permissions(SLACK) if one["label"].endswith("engineers")]
    config = {"appstore_visibility": "VISIBLE", "request_approval_config": approval}
    tenant.edit_permission(it["id"], request_config=config)


def test_both_find_the_same_stages_with_nobody_left(
    quickstart: Tenant, run: RunCommand, retired: dict[str, Any]
) -> None:
    offer = "Slack · Guest channels for engineers"
    for first, second, lacks in [
        (approvers(users=("Grace",)), approvers(users=("Ines",)), True),
        (approvers("IT"), retired, True),
        (approvers("Engineering"), approvers("On-call", users=("Sam",)), False),
    ]:
        decide(quickstart, first, second)
        found = left_alone(run)
        assert found == with_risk(run, "approvers-gone")
        assert (offer in found) == lacks
    assert with_risk(run, "approver-inactive") == {offer}


def test_members_without_a_status_are_asked_for(quickstart: Tenant, run: RunCommand) -> None:
    quickstart.edit_settings(SALESFORCE, request_flow={"admins": approvers("Engineering")})
    address = f"/groups/{seed_ids.GROUPS['Engineering'].id}/users"
    page = quickstart.call("GET", address, size="100")
    for one in page["items"]:
        one["status"] = None
    quickstart.fault("body", path=address, body_text=json.dumps(page))
    assert lacking_admins(run) == with_risk(run, "few-admins") == {"Slack"}


def test_nobody_acts_through_a_group_that_is_gone(quickstart: Tenant, run: RunCommand) -> None:
    quickstart.edit_settings(SALESFORCE, request_flow={"admins": approvers("Engineering")})
    quickstart.fault(
        "status", status=404, path=f"/groups/{seed_ids.GROUPS['Engineering'].id}/users"
    )
    assert lacking_admins(run) == with_risk(run, "few-admins") == {"Slack", "Salesforce"}


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        ("[]", "an array instead of an object"),
        ("null", "not a JSON object"),
        ('{"request_flow": {"approvers": {"users": [{"email": "x"}]}}}', "a person without an id"),
        ('{"request_flow": {"approvers": {"groups": [null]}}}', "a group that is not an object"),
        ('{"request_flow": {"admins": {"groups": {}}}}', ""),
        ('{"request_flow": {"admins": {"groups": {"a": 1}}}}', "in place of a list"),
        ('{"provisioning": {"time_based_access": [7, null]}}', "a duration that is not a text"),
        ('{"provisioning": {"time_based_access": "7 days"}}', "durations that are not a list"),
    ],
)
@pytest.mark.parametrize("command", ["report", "check-admins", "check-approvers"])
def test_settings_that_make_no_sense_are_one_sentence(
    tenant: Tenant, run: RunCommand, command: str, body: str, reason: str
) -> None:
    tenant.fault("body", path=f"/appstore/apps/{SLACK}/settings", body_text=body)
    found = run(command)
    assert (found.code == 3) == bool(reason)
    assert reason in found.errors
    assert not reason or f"the app Slack ({SLACK})" in found.errors


def test_a_rule_without_people_counts_as_one_for_everybody(
    quickstart: Tenant, run: RunCommand
) -> None:
    add_rule(quickstart, justification="All", preapproved_permissions=[])
    rows = rows_by_offer(run("report", "--json"))
    assert {
        "code": "rule-without-people",
        "level": "high",
        "why": "the rule All names no group, attribute or webhook: Lumos does not say whom such a "
        "rule is for; the report assumes everybody",
    } in rows["Salesforce"]["risks"]
    assert "everybody (assumed) without end (All)" in run("report", "--csv").out
