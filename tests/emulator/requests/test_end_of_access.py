"""Access that ends, and what stays."""

from __future__ import annotations

import pytest
from pulumi_lumos.emulator import requests_seed_ids as ids

from .acme import Acme
from .fields import SALESFORCE


def test_access_by_a_group_ends_when_its_time_is_up(acme: Acme) -> None:
    request = acme.ask("Linus", "AWS", "Prod admin", access_length="2 hours")
    assert acme.account("Linus", "AWS") == "ACCESS_CREATED"
    acme.pass_time(7200)
    assert acme.status(request) == "TIME_BASED_EXPIRED"
    assert acme.members("Prod Admins") == set()
    assert acme.account("Linus", "AWS") == "ACCESS_REMOVED"
    assert acme.told("Linus") == ["approved", "completed", "access_ended"]


def test_access_to_a_connected_app_ends_when_its_time_is_up(acme: Acme) -> None:
    acme.settings("Wiki", provisioning={"time_based_access": ["2 hours"]})
    acme.ask("Mei", "Wiki", access_length="2 hours")
    acme.pass_time(7200)
    assert acme.account("Mei", "Wiki") == "DEPROVISIONED"
    acme.ask("Mei", "Wiki", access_length="2 hours")
    assert acme.account("Mei", "Wiki") == "ACCESS_CREATED"


def test_permanent_access_stays(acme: Acme) -> None:
    request = acme.ask("Tomas", "Salesforce", "Read-only")
    acme.pass_time(9 * 365 * 86400)
    assert acme.status(request) == "COMPLETED"


@pytest.mark.parametrize(
    ("how", "status", "account"),
    [
        ("complete", "TIME_BASED_EXPIRED", "MANUALLY_REMOVED"),
        ("dismiss", "TIME_BASED_EXPIRED_FAILED", "ACCESS_CREATED"),
    ],
)
def test_what_nothing_takes_away_an_app_admin_takes_and_confirms(
    acme: Acme, how: str, status: str, account: str
) -> None:
    acme.settings("Zoom", provisioning={"time_based_access": ["2 hours"]})
    request = acme.ask("Mei", "Zoom", access_length="2 hours")
    acme.approve("Omar", request)
    acme.approve("Ada", request)
    acme.pass_time(7200)
    assert acme.status(request) == "PENDING_MANUAL_DEPROVISIONING"
    assert acme.account("Mei", "Zoom") == "WAITING_MANUAL_REMOVAL"
    task = acme.task(request)
    assert (task["task_category"], acme.deciders(request)) == ("DEPROVISIONING", {"Ada"})
    assert task["description"].startswith("Take Zoom from Mei Tanaka: the time is up.")
    assert acme.resolve("Ada", request, how) == 204
    assert (acme.status(request), acme.account("Mei", "Zoom")) == (status, account)


def test_a_group_that_cannot_be_left_is_left_by_hand(acme: Acme) -> None:
    request = acme.ask("Linus", "AWS", "Prod admin", access_length="2 hours")
    acme.automation("Okta", "fails")
    acme.pass_time(7200)
    assert acme.status(request) == "PENDING_MANUAL_DEPROVISIONING"
    assert acme.members("Prod Admins") == {"Linus"}
    acme.approve("Ada", request)
    assert acme.status(request) == "TIME_BASED_EXPIRED"
    assert acme.members("Prod Admins") == set()


def test_a_membership_that_was_there_before_stays(acme: Acme) -> None:
    assert acme.members("Salesforce Read-only") == {"Tomas"}
    request = acme.ask("Tomas", "Salesforce", "Read-only", **SALESFORCE)
    acme.pass_time(7200)
    assert acme.status(request) == "TIME_BASED_EXPIRED"
    assert acme.members("Salesforce Read-only") == {"Tomas"}


def test_a_membership_survives_a_sync_and_so_does_its_end(acme: Acme) -> None:
    okta = ids.APPS["Okta"]

    def sync() -> None:
        acme.admin.ok("POST", f"/apps/{okta}/sync", {"sync_type": "full_sync"})
        acme.wait_for_sync("Okta")

    acme.ask("Linus", "AWS", "Prod admin", access_length="2 hours")
    sync()
    assert acme.members("Prod Admins") == {"Linus"}
    acme.pass_time(7200)
    sync()
    assert acme.members("Prod Admins") == set()


def test_a_second_request_for_the_same_thing_takes_over_without_a_gap(acme: Acme) -> None:
    first = acme.ask("Linus", "AWS", "Prod admin", access_length="2 hours")
    acme.pass_time(3600)
    second = acme.ask("Linus", "AWS", "Prod admin", access_length="2 hours")
    acme.pass_time(3600)
    assert acme.status(first) == "TIME_BASED_EXPIRED_CANCELLED"
    assert acme.members("Prod Admins") == {"Linus"}
    assert acme.account("Linus", "AWS") == "ACCESS_CREATED"
    acme.pass_time(3600)
    assert acme.status(second) == "TIME_BASED_EXPIRED"
    assert acme.members("Prod Admins") == set()


def test_a_shorter_second_request_does_not_end_the_first(acme: Acme) -> None:
    first = acme.ask("Linus", "AWS", "Prod admin", access_length="4 hours")
    second = acme.ask("Linus", "AWS", "Prod admin", access_length="2 hours")
    acme.pass_time(7200)
    assert acme.status(second) == "TIME_BASED_EXPIRED_CANCELLED"
    assert acme.members("Prod Admins") == {"Linus"}
    acme.pass_time(7200)
    assert acme.status(first) == "TIME_BASED_EXPIRED"
    assert acme.members("Prod Admins") == set()


def test_equal_ends_end_both(acme: Acme) -> None:
    requests = [acme.ask("Linus", "AWS", "Prod admin", access_length="2 hours") for _ in range(2)]
    acme.pass_time(7200)
    assert [acme.status(request) for request in requests] == ["TIME_BASED_EXPIRED"] * 2
    assert acme.members("Prod Admins") == set()


def test_what_another_permission_gives_stays(acme: Acme) -> None:
    plain = {"request_approval_config": {"request_approval_config_override": False}}
    acme.configure("Salesforce", "Admin", **plain)
    for label, length in (("Read-only", "2 hours"), ("Admin", "8 hours")):
        request = acme.ask("Mei", "Salesforce", label, access_length=length)
        acme.approve("Priya", request)
    acme.pass_time(7200)
    assert "Mei" not in acme.members("Salesforce Read-only")
    assert "Mei" in acme.members("Salesforce Admins")
    assert acme.account("Mei", "Salesforce") == "ACCESS_CREATED"


def test_many_ends_happen_in_their_order_each_at_its_time(acme: Acme) -> None:
    acme.ask("Linus", "AWS", "Prod admin", access_length="4 hours")
    acme.pass_time(60)
    acme.ask("Mei", "AWS", "Prod admin", access_length="2 hours")
    acme.pass_time(30 * 86400)
    ends = [
        (event["event_began_at"], event["targets"][1]["name"])
        for event in acme.admin.ok("GET", "/activity_logs")["items"]
        if event["event_type"] == "APP_STORE_AUTOMATIC_DEPROVISIONING_FOR_ACCESS_REQUEST"
    ]
    assert ends == [
        ("2026-03-02T11:01:00", "Mei Tanaka"),
        ("2026-03-02T13:00:00", "Linus Berg"),
    ]


def test_the_end_of_access_needs_no_approver_and_no_permission_any_more(acme: Acme) -> None:
    request = acme.ask("Linus", "AWS", "Prod admin", access_length="2 hours")
    url = f"/appstore/requestable_permissions/{ids.PERMISSIONS['AWS', 'Prod admin']}"
    acme.admin.delete(url).raise_for_status()
    acme.pass_time(7200)
    assert acme.status(request) == "TIME_BASED_EXPIRED"
    assert acme.members("Prod Admins") == set()


def test_somebody_who_leaves_keeps_what_the_appstore_gave(acme: Acme) -> None:
    request = acme.ask("Linus", "AWS", "Prod admin", access_length="2 hours")
    acme.change("Linus", status="INACTIVE")
    assert acme.members("Prod Admins") == {"Linus"}
    acme.pass_time(7200)
    assert acme.status(request) == "TIME_BASED_EXPIRED"
