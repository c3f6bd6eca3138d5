"""The requests that the vendor's own command line sends, as it was seen to send them.

`lumos` 2.3 ran against the emulator by hand: it listed, requested, polled and cancelled. Its
requests are repeated here, with what it needs of each answer. It knows 18 of the 21 statuses, sends
the deprecated `note`, words of booleans in capitals, and seconds in place of lengths.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

import pytest
from pulumi_lumos.emulator import requests_seed_ids as ids

from ..company import Company
from .acme import ASK, PERMISSIONS, REQUESTS, Acme

PAGE = {"size": "100", "page": "1"}
POLLED_ON = [
    "PENDING",
    "PENDING_MANAGER_APPROVAL",
    "PENDING_MANUAL_PROVISIONING",
    "PENDING_APPROVAL",
    "PENDING_PROVISIONING",
]
MINE = [*POLLED_ON, "APPROVED", "COMPLETED", "PROVISIONED"]


@pytest.fixture
def linus(acme: Acme) -> Company:
    return acme.as_("Linus")


def read_person(user: Any) -> None:
    assert UUID(user["id"])
    assert all(isinstance(user[name], str) for name in ("given_name", "family_name", "email"))


def read_request(request: Any) -> Any:
    """What the command line reads of a request: times without a zone, people with names."""
    assert UUID(request["id"]) and UUID(request["app_id"])
    assert isinstance(request["app_name"], str) and isinstance(request["status"], str)
    for name in ("requested_at", "expires_at"):
        if request[name] is not None:
            datetime.strptime(request[name], "%Y-%m-%dT%H:%M:%S")
    for name in ("requester_user", "target_user"):
        read_person(request[name])
    for permission in request["requestable_permissions"]:
        read_permission(permission)
    return request


def read_permission(permission: Any) -> list[str]:
    assert UUID(permission["id"])
    assert all(isinstance(permission[n], str) for n in ("label", "app_id", "app_class_id"))
    fulfillment = permission["request_config"]["request_fulfillment_config"]
    lengths: list[str] = fulfillment["time_based_access"]
    return lengths


def listed(company: Company, path: str, **query: Any) -> list[Any]:
    page = company.ok("GET", path, **query, **PAGE)
    assert (page["page"], page["pages"]) == (1, -(-page["total"] // 100))
    items: list[Any] = page["items"]
    return items


def test_the_command_line_asks_who_it_is_and_lists(linus: Company) -> None:
    me = linus.ok("GET", "/users/current")
    read_person(me)
    assert [one["given_name"] for one in listed(linus, "/users", search_term="grace")] == ["Grace"]
    for app in listed(linus, "/appstore/apps"):
        assert UUID(app["id"])
        assert all(isinstance(app[n], str) for n in ("user_friendly_label", "instance_id"))
    for group in listed(linus, "/groups", app_id=ids.APPS["Okta"]):
        assert all(isinstance(group[n], str) for n in ("name", "description", "source_app_id"))
    query = {"app_id": ids.APPS["AWS"], "in_app_store": "True"}
    [permission] = listed(linus, PERMISSIONS, **query)
    assert sorted(read_permission(permission)) == ["2 hours", "4 hours", "8 hours"]
    assert listed(linus, REQUESTS, sort="desc") == []


def test_the_command_line_requests_polls_and_lists_its_apps(acme: Acme, linus: Company) -> None:
    app = linus.ok("GET", f"/appstore/apps/{ids.APPS['AWS']}")
    settings = linus.ok("GET", f"/appstore/apps/{app['id']}/settings")
    assert isinstance(settings["custom_request_instructions"], str)
    assert settings["provisioning"]["groups_provisioning"] == "GROUPS_AND_VISIBLE"
    permission = linus.ok("GET", f"{PERMISSIONS}/{ids.PERMISSIONS['AWS', 'Prod admin']}")
    assert permission["app_id"] == app["id"]
    desired = {
        "app_id": app["id"],
        "note": "Longer",
        "requestable_permission_ids": [permission["id"]],
        "expiration_in_seconds": 28800,
    }
    request = read_request(linus.ok("POST", ASK, desired)[0])
    assert request["status"] in POLLED_ON
    acme.approve("Omar", request)
    polled = read_request(linus.ok("GET", f"{REQUESTS}/{request['id']}"))
    assert polled["status"] == "COMPLETED"
    query = {"sort": "desc", "target_user_id": ids.USERS["Linus"].id, "statuses": MINE}
    [mine] = listed(linus, REQUESTS, **query)
    assert read_request(mine)["expires_at"] == "2026-03-02T17:00:00"


def test_the_command_line_cancels_a_request(linus: Company) -> None:
    desired = {"app_id": ids.APPS["Zoom"], "note": "Calls"}
    [request] = linus.ok("POST", ASK, desired)
    url = f"{REQUESTS}/{request['id']}"
    [pending] = listed(linus, REQUESTS, sort="desc", statuses=POLLED_ON)
    assert pending["id"] == request["id"]
    assert linus.ok("DELETE", url, reason="Changed my mind") is None
    assert read_request(linus.ok("GET", url))["status"] not in POLLED_ON
    assert listed(linus, REQUESTS, sort="desc", statuses=POLLED_ON) == []


def test_one_day_is_an_hour_to_the_command_line_and_is_refused(acme: Acme, linus: Company) -> None:
    acme.settings("Wiki", provisioning={"time_based_access": ["1 day"]})
    desired = {"app_id": ids.APPS["Wiki"], "note": "A day", "expiration_in_seconds": 3600}
    [(place, message)] = linus.refused("POST", ASK, desired)
    assert place == "body.expiration_in_seconds"
    assert "1 day" in message
    acme.switch(seconds_not_offered="accept")
    [request] = linus.ok("POST", ASK, desired)
    assert request["expires_at"] == "2026-03-02T10:00:00"
