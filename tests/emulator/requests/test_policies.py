"""What teams want to be sure of, tested as they would test it. Default switches unless said."""

from __future__ import annotations

import pytest
from pulumi_lumos.emulator import requests_seed_ids as ids

from .acme import Acme

EVERYBODY = [name for name, user in ids.USERS.items() if user.status == "ACTIVE"]
TOO_LONG = ("12 hours", "1 day", "2 days", "3 days", "7 days", "14 days", "30 days", "90 days")


def test_contractors_cannot_ask_for_github(acme: Acme) -> None:
    problems = acme.refused("Tomas", "GitHub", access_length="8 hours")
    assert list(problems) == ["body.app_id"]


def test_whoever_is_on_call_gets_production_for_four_hours_without_waiting(acme: Acme) -> None:
    request = acme.ask("Linus", "AWS", "Prod admin", access_length="4 hours")
    assert request["status"] == "COMPLETED"
    assert request["expires_at"] == "2026-03-02T13:00:00"
    assert acme.members("Prod Admins") == {"Linus"}
    longer = acme.ask("Linus", "AWS", "Prod admin", access_length="8 hours")
    assert longer["status"] == "PENDING_APPROVAL"
    assert acme.deciders(longer) == {"Security"}


@pytest.mark.parametrize("name", EVERYBODY)
def test_nobody_gets_production_for_ever(acme: Acme, name: str) -> None:
    for length in (*TOO_LONG, "Unlimited", None):
        given = {} if length is None else {"access_length": length}
        assert list(acme.refused(name, "AWS", "Prod admin", **given)) == ["body.access_length"]
    problems = acme.refused(name, "AWS", "Prod admin", expiration_in_seconds=86400)
    assert list(problems) == ["body.expiration_in_seconds"]


def test_salesforce_admin_needs_three_approvals(acme: Acme) -> None:
    request = acme.ask("Tomas", "Salesforce", "Admin", access_length="2 hours")
    assert request["status"] == "PENDING_MANAGER_APPROVAL"
    acme.approve("Priya", request)
    assert acme.status(request) == "PENDING_APPROVAL"
    acme.approve("Priya", request)
    assert acme.status(request) == "PENDING_APPROVAL"
    assert acme.deciders(request) == {"Security"}
    acme.approve("Omar", request)
    assert acme.status(request) == "COMPLETED"


def test_salesforce_admin_needs_two_people_where_one_counts_twice(acme: Acme) -> None:
    acme.switch(same_person_again="count")
    request = acme.ask("Tomas", "Salesforce", "Admin", access_length="2 hours")
    acme.approve("Priya", request)
    assert acme.deciders(request) == {"Security"}
    acme.approve("Omar", request)
    assert acme.status(request) == "COMPLETED"


def test_nobody_approves_their_own_request(acme: Acme) -> None:
    request = acme.ask("Priya", "Salesforce", "Admin", access_length="2 hours")
    acme.approve("Ada", request)
    assert acme.deciders(request) == {"Priya"}
    acme.switch(self_approval="refuse")
    assert acme.resolve("Priya", request, "complete") == 403
    acme.switch(self_approval="allow")
    assert acme.resolve("Priya", request, "complete") == 204


def test_each_app_can_be_decided_when_one_person_leaves(acme: Acme) -> None:
    waiting = acme.ask("Linus", "GitHub", access_length="8 hours")
    assert acme.deciders(waiting) == {"Grace"}
    acme.change("Grace", status="INACTIVE")
    assert acme.deciders(waiting) == {"Ada"}
    acme.approve("Ada", waiting)
    assert acme.deciders(waiting) == {"Engineering"}
    assert acme.resolve("Grace", waiting, "complete") == 403
    acme.approve("Mei", waiting)
    assert acme.status(waiting) == "COMPLETED"
    for app in ("Salesforce", "Zoom", "Expenses", "Figma", "Slack"):
        labels = ("Admin",) if app == "Salesforce" else ()
        length = {"access_length": "2 hours"} if app == "Salesforce" else {}
        assert acme.deciders(acme.ask("Mei", app, *labels, **length)), app


def test_access_ends(acme: Acme) -> None:
    request = acme.ask("Mei", "GitHub", access_length="8 hours")
    acme.approve("Grace", request)
    acme.approve("Grace", request)
    assert acme.request(request)["expires_at"] == "2026-03-02T17:00:00"
    acme.pass_time(28799)
    assert acme.members("GitHub Members") == {"Mei"}
    acme.pass_time(1)
    assert acme.status(request) == "TIME_BASED_EXPIRED"
    assert acme.members("GitHub Members") == set()


def test_a_denied_request_grants_nothing(acme: Acme) -> None:
    request = acme.ask("Mei", "GitHub", access_length="8 hours")
    acme.deny("Grace", request)
    assert acme.status(request) == "MANAGER_DENIED"
    acme.pass_time(90 * 86400)
    assert acme.status(request) == "MANAGER_DENIED"
    assert acme.members("GitHub Members") == set()
    assert acme.account("Mei", "GitHub") is None
    assert acme.tasks(request) == []


def test_sales_reads_at_once_and_administers_with_approval(acme: Acme) -> None:
    requests = acme.ask_all("Tomas", "Salesforce", "Read-only", "Admin", access_length="2 hours")
    by_label = {
        request["requestable_permissions"][0]["label"]: request["status"] for request in requests
    }
    assert by_label == {"Read-only": "COMPLETED", "Admin": "PENDING_MANAGER_APPROVAL"}


def test_a_broken_automation_is_not_silent(acme: Acme) -> None:
    acme.script("PROVISION", "timeout")
    request = acme.ask("Mei", "Warehouse", access_length="2 hours")
    assert request["status"] == "PENDING_MANUAL_PROVISIONING"
    assert acme.deciders(request) == {"Ada"}
    acme.approve("Ada", request)
    acme.script("DEPROVISION", "error")
    acme.pass_time(7200)
    assert acme.status(request) == "PENDING_MANUAL_DEPROVISIONING"
    assert acme.deciders(request) == {"Ada"}
    acme.pass_time(90 * 86400)
    assert acme.status(request) == "PENDING_MANUAL_DEPROVISIONING"
