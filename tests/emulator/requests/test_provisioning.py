"""What people get, from when to when, and what is done by hand."""

from __future__ import annotations

import pytest
from pulumi_lumos.emulator import requests_seed_ids as ids

from .acme import REQUESTS, Acme, people
from .fields import SALESFORCE


def test_an_app_that_lumos_is_connected_to_gives_an_account(acme: Acme) -> None:
    assert acme.account("Mei", "Wiki") is None
    assert acme.ask("Mei", "Wiki")["status"] == "COMPLETED"
    assert acme.account("Mei", "Wiki") == "ACCESS_CREATED"
    [account] = acme.admin.ok("GET", "/accounts", app_id=ids.APPS["Wiki"])["items"]
    assert account["user_id"] == ids.USERS["Mei"].id
    assert account["discovered_at"] == "2026-03-02T09:00:00"


def test_what_nothing_gives_automatically_an_app_admin_gives_and_confirms(acme: Acme) -> None:
    request = acme.ask("Mei", "Slack", "Guest channels")
    assert request["status"] == "PENDING_MANUAL_PROVISIONING"
    task = acme.task(request)
    assert (task["task_category"], acme.deciders(request)) == ("PROVISIONING", {"Ada"})
    assert "Nothing does this automatically" in task["description"]
    assert acme.account("Mei", "Slack") is None
    acme.approve("Ada", request)
    ended = acme.request(request)
    assert (ended["status"], ended["supporter_user"]["given_name"]) == ("COMPLETED", "Ada")
    assert acme.account("Mei", "Slack") == "ACCESS_CREATED"
    assert acme.told("Mei") == ["approved", "completed"]


def test_the_time_of_access_begins_when_the_admin_confirms(acme: Acme) -> None:
    acme.settings("Zoom", provisioning={"time_based_access": ["8 hours"]})
    request = acme.ask("Mei", "Zoom", access_length="8 hours")
    acme.approve("Omar", request)
    acme.pass_time(86400)
    assert acme.request(request)["expires_at"] is None
    acme.approve("Ada", request)
    assert acme.request(request)["expires_at"] == "2026-03-03T17:00:00"


def test_the_group_is_joined_before_the_manual_steps_are_done(acme: Acme) -> None:
    acme.configure(
        "Salesforce",
        "Read-only",
        request_fulfillment_config={"manual_steps_needed": True, "manual_instructions": "Train."},
    )
    request = acme.ask("Priya", "Salesforce", "Read-only", **SALESFORCE)
    assert request["status"] == "PENDING_MANUAL_PROVISIONING"
    assert acme.members("Salesforce Read-only") == {"Tomas", "Priya"}
    assert acme.task(request)["instructions"] == "Train."
    assert acme.request(request)["expires_at"] is None


def test_an_admin_may_deny_the_manual_steps_and_the_group_is_left_again(acme: Acme) -> None:
    acme.configure(
        "Salesforce", "Read-only", request_fulfillment_config={"manual_steps_needed": True}
    )
    request = acme.ask("Priya", "Salesforce", "Read-only")
    acme.deny("Priya", request, "No licence left")
    ended = acme.request(request)
    assert ended["status"] == "DENIED_PROVISIONING"
    assert ended["notes"] == {"DENIED_PROVISIONING": "No licence left"}
    assert acme.members("Salesforce Read-only") == {"Tomas"}
    assert acme.account("Priya", "Salesforce") != "ACCESS_CREATED"


def test_each_permission_that_needs_a_person_has_a_task_of_its_own(acme: Acme) -> None:
    plain = {"request_approval_config": {"request_approval_config_override": False}}
    manual = {"request_fulfillment_config": {"manual_steps_needed": True}}
    acme.configure("Salesforce", "Admin", **plain, **manual)
    acme.configure("Salesforce", "Read-only", **manual)
    request = acme.ask("Mei", "Salesforce", "Read-only", "Admin", **SALESFORCE)
    acme.approve("Priya", request)
    first, second = acme.tasks(request)
    assert {first["requestable_permission_id"], second["requestable_permission_id"]} == {
        ids.PERMISSIONS["Salesforce", "Read-only"],
        ids.PERMISSIONS["Salesforce", "Admin"],
    }
    assert acme.resolve_task("Priya", first, "complete") == 204
    assert acme.status(request) == "PENDING_MANUAL_PROVISIONING"
    assert acme.resolve_task("Priya", second, "complete") == 204
    assert acme.status(request) == "COMPLETED"


def test_a_group_whose_app_fails_is_given_by_hand(acme: Acme) -> None:
    acme.automation("Okta", "fails")
    request = acme.ask("Tomas", "Salesforce", "Read-only", **SALESFORCE)
    assert request["status"] == "PENDING_MANUAL_PROVISIONING"
    assert "Automatic provisioning failed" in acme.task(request)["description"]
    acme.automation("Okta", "works")
    acme.approve("Priya", request)
    assert acme.status(request) == "COMPLETED"


def test_after_a_webhook_that_fails_the_group_is_joined_and_a_person_is_asked(acme: Acme) -> None:
    acme.script("PROVISION", "error")
    request = acme.ask("Mei", "Warehouse", access_length="2 hours")
    assert request["status"] == "PENDING_MANUAL_PROVISIONING"
    assert acme.members("Warehouse Readers") == {"Mei"}
    assert "webhook failed (error)" in acme.task(request)["description"]


def test_a_webhook_is_called_once_with_what_lumos_sends(acme: Acme) -> None:
    request = acme.ask("Mei", "Warehouse", access_length="2 hours", target_user_id="Kai")
    assert request["status"] == "COMPLETED"
    calls = acme.admin.ok("GET", "/_emulator/webhook_calls")
    assert [call["hook_type"] for call in calls] == ["REQUEST_VALIDATION", "PROVISION"]
    payload = calls[1]["payload"]
    assert payload["application"] == {
        "app_id": "warehouse.example",
        "instance_id": "",
        "user_friendly_label": "Warehouse",
    }
    assert [p["label"] for p in payload["permissions"]] == ["Reader"]
    assert payload["requester_user"]["given_name"] == "Mei"
    assert payload["target_user"]["given_name"] == "Kai"
    assert payload["custom_fields"] == []


@pytest.mark.parametrize("name", ["Mei", "Kai"])
def test_the_people_of_a_request_cancel_it(acme: Acme, name: str) -> None:
    request = acme.ask("Mei", "Zoom", target_user_id="Kai")
    url = f"{REQUESTS}/{request['id']}"
    assert acme.as_("Omar").delete(url).status_code == 403
    assert acme.as_(name).delete(url, params={"reason": "Not needed"}).status_code == 204
    ended = acme.request(request)
    assert (ended["status"], ended["notes"]) == ("CANCELLED", {"CANCELLED": "Not needed"})
    assert acme.tasks(request) == []
    assert acme.as_(name).delete(url).status_code == 422


def test_a_group_that_was_joined_already_is_left_when_a_request_is_cancelled(acme: Acme) -> None:
    acme.script("PROVISION", "timeout")
    request = acme.ask("Mei", "Warehouse", access_length="2 hours")
    assert acme.members("Warehouse Readers") == {"Mei"}
    acme.admin.delete(f"{REQUESTS}/{request['id']}").raise_for_status()
    assert acme.members("Warehouse Readers") == set()


def test_granted_access_cannot_be_cancelled_but_an_admin_can_undo_it(acme: Acme) -> None:
    request = acme.ask("Linus", "AWS", "Prod admin", access_length="4 hours")
    assert acme.as_("Linus").delete(f"{REQUESTS}/{request['id']}").status_code == 422
    url = f"/_emulator/access_requests/{request['id']}/revert"
    assert acme.admin.ok("POST", url)["status"] == "REVERTED"
    assert acme.members("Prod Admins") == set()
    assert acme.admin.post(url).status_code == 409


@pytest.mark.parametrize(
    ("outcome", "message", "words"),
    [
        ("refuse", "Finish the training first.", "Finish the training first."),
        ("timeout", "", "failed (timeout)"),
        ("error", "", "failed (error)"),
    ],
)
def test_a_validation_webhook_refuses_in_its_own_words(
    acme: Acme, outcome: str, message: str, words: str
) -> None:
    acme.script("REQUEST_VALIDATION", outcome, message)
    problems = acme.refused("Mei", "Warehouse", access_length="2 hours")
    assert words in problems["body.app_id"]
    assert acme.members("Warehouse Readers") == set()


def test_a_webhook_is_not_asked_about_a_request_that_is_wrong_anyway(acme: Acme) -> None:
    acme.refused("Mei", "Warehouse", access_length="7 days")
    assert acme.admin.ok("GET", "/_emulator/webhook_calls") == []


def test_provisioning_that_nobody_confirms_expires(acme: Acme) -> None:
    acme.settings("Slack", request_flow={"admins": people("Ada", "Vera")})
    request = acme.ask("Mei", "Slack", "Guest channels")
    acme.pass_time(30 * 86400)
    assert acme.status(request) == "EXPIRED"
    assert acme.account("Mei", "Slack") is None
