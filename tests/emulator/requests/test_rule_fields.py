"""What people notice of each field of a pre-approval rule."""

from __future__ import annotations

from typing import Any

from pulumi_lumos.emulator import requests_seed_ids as ids
from pulumi_lumos.emulator import wire

from .acme import Acme, group_refs
from .fields import IDENTITY, PRE_APPROVAL
from .matrix import fields_of, fields_with_tests

SALES = {"attribute": "department", "value": "Sales"}
RULE = f"/appstore/pre_approval_rules/{ids.RULES['Salesforce']}"


def test_every_field_of_a_rule_has_a_test() -> None:
    fields = set(fields_of(wire.PreApprovalRuleInput)) - IDENTITY
    assert fields_with_tests(globals(), fields) == fields


def change_rule(acme: Acme, **fields: Any) -> None:
    desired = {
        "justification": "Sales reads",
        "preapproved_users_by_attribute": [SALES],
        "preapproved_permissions": [{"id": ids.PERMISSIONS["Salesforce", "Read-only"]}],
        **fields,
    }
    acme.admin.ok("PATCH", RULE, desired)


def at_once(acme: Acme, name: str = "Tomas", label: str = "Read-only", **fields: Any) -> bool:
    fields = {"access_length": "2 hours", **fields}
    status: str = acme.ask(name, "Salesforce", label, **fields)["status"]
    return status == "COMPLETED"


def test_preapproved_users_by_attribute_get_access_at_once(acme: Acme) -> None:
    assert at_once(acme, "Tomas")
    assert not at_once(acme, "Mei")
    employed = {"attribute": "employment", "value": "staff"}
    change_rule(acme, preapproved_users_by_attribute=[SALES, employed])
    assert not at_once(acme, "Tomas")


def test_preapproved_groups_get_access_at_once(acme: Acme) -> None:
    groups = group_refs("On-call", "Security")
    change_rule(acme, preapproved_users_by_attribute=[], preapproved_groups=groups)
    assert at_once(acme, "Mei")
    assert not at_once(acme, "Tomas")


def test_preapproved_permissions_limit_a_rule_and_none_do_not(acme: Acme) -> None:
    assert not at_once(acme, label="Admin")
    change_rule(acme, preapproved_permissions=[])
    assert at_once(acme, label="Admin")


def test_time_based_access_of_a_rule_limits_it_and_none_does_not(acme: Acme) -> None:
    assert at_once(acme, access_length="8 hours")
    change_rule(acme, time_based_access=["2 hours"])
    assert at_once(acme, access_length="2 hours")
    assert not at_once(acme, access_length="8 hours")
    assert not at_once(acme, access_length="Unlimited")


def test_preapproval_webhooks_must_all_say_yes(acme: Acme) -> None:
    change_rule(acme, preapproval_webhooks=[PRE_APPROVAL])
    assert at_once(acme)
    acme.script("PRE_APPROVAL", "refuse")
    assert not at_once(acme)


def test_justification_of_a_rule_is_in_the_activity_log(acme: Acme) -> None:
    assert at_once(acme)
    reasons = [
        event["event_metadata"].get("reason")
        for event in acme.admin.ok("GET", "/activity_logs")["items"]
    ]
    assert "Salesforce Read-only without waiting" in reasons
