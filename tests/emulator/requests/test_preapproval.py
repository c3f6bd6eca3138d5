"""Pre-approval rules, which spare people the approvals."""

from __future__ import annotations

from typing import Any

import pytest
from pulumi_lumos.emulator import requests_seed_ids as ids
from pulumi_lumos.emulator import seed_ids

from .acme import Acme, group_refs

RULES = "/appstore/pre_approval_rules"


def add_rule(acme: Acme, app: str, **fields: Any) -> Any:
    return acme.admin.ok(
        "POST", RULES, {"app_id": ids.APPS[app], "justification": "Trusted", **fields}
    )


def test_a_rule_spares_people_all_approvals_and_the_log_says_why(acme: Acme) -> None:
    add_rule(acme, "GitHub", preapproved_groups=group_refs("On-call"))
    request = acme.ask("Mei", "GitHub", access_length="8 hours")
    assert request["status"] == "COMPLETED"
    assert acme.tasks(request, status="COMPLETED") == []
    [entry] = [
        entry
        for entry in acme.admin.ok("GET", "/activity_logs")["items"]
        if entry["event_type"] == "APP_STORE_PRE_APPROVE_ACCESS_REQUEST"
    ]
    assert entry["event_metadata"]["reason"] == "Trusted"


def test_a_rule_is_about_whoever_gets_access(acme: Acme) -> None:
    add_rule(acme, "Zoom", preapproved_groups=group_refs("On-call"))
    theirs = acme.ask("Grace", "Zoom", target_user_id="Mei")
    assert theirs["status"] == "PENDING_MANUAL_PROVISIONING"
    assert acme.ask("Mei", "Zoom", target_user_id="Grace")["status"] == "PENDING_APPROVAL"


def test_membership_counts_at_the_moment_of_asking(acme: Acme) -> None:
    assert acme.ask("Tomas", "Salesforce", "Read-only")["status"] == "COMPLETED"
    acme.change("Tomas", custom_attributes={"department": "Legal"})
    assert acme.ask("Tomas", "Salesforce", "Read-only")["status"] == "PENDING_APPROVAL"


@pytest.mark.parametrize(("switch", "status"), [("everyone", "COMPLETED"), ("nobody", "PENDING")])
def test_a_switch_says_whom_a_rule_without_people_is_for(
    acme: Acme, switch: str, status: str
) -> None:
    acme.switch(rule_without_people=switch)
    add_rule(acme, "GitHub")
    asked = acme.ask("Noor", "GitHub", access_length="8 hours")["status"]
    assert asked.startswith(status)


@pytest.mark.parametrize(
    ("outcome", "status"),
    [
        ("ok", "PENDING_MANUAL_PROVISIONING"),
        ("refuse", "PENDING_APPROVAL"),
        ("timeout", "PENDING_APPROVAL"),
        ("error", "PENDING_APPROVAL"),
    ],
)
def test_a_webhook_of_a_rule_must_say_yes(acme: Acme, outcome: str, status: str) -> None:
    webhook = {"id": seed_ids.WEBHOOK_IDS["PRE_APPROVAL"]}
    add_rule(acme, "Zoom", preapproved_groups=group_refs("On-call"), preapproval_webhooks=[webhook])
    acme.script("PRE_APPROVAL", outcome)
    assert acme.ask("Mei", "Zoom")["status"] == status
    assert acme.ask("Grace", "Zoom")["status"] == "PENDING_APPROVAL"
    calls = acme.admin.ok("GET", "/_emulator/webhook_calls")
    assert [call["payload"]["target_user"]["given_name"] for call in calls] == ["Mei"]


def test_any_rule_of_the_app_suffices_and_no_other_apps_rule_counts(acme: Acme) -> None:
    add_rule(acme, "Zoom", preapproved_groups=group_refs("IT"))
    add_rule(acme, "Figma", preapproved_groups=group_refs("On-call"))
    assert acme.ask("Mei", "Zoom")["status"] == "PENDING_APPROVAL"
    add_rule(acme, "Zoom", preapproved_groups=group_refs("On-call"))
    assert acme.ask("Mei", "Zoom")["status"] == "PENDING_MANUAL_PROVISIONING"
