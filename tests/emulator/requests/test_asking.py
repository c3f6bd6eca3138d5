"""Who may ask for what, for whom and for how long."""

from __future__ import annotations

from typing import Any

import pytest
from pulumi_lumos.emulator import requests_seed_ids as ids

from .acme import ASK, REQUESTS, Acme, body, only


def test_a_request_is_answered_in_a_list_with_its_people_and_permissions(acme: Acme) -> None:
    reason = {"business_justification": "Deals", "note": "Old words"}
    request = acme.ask("Mei", "Salesforce", "Read-only", **reason)
    assert request["requester_user"]["given_name"] == "Mei"
    assert request["target_user"] == request["requester_user"]
    assert request["app_name"] == "Salesforce"
    assert [p["label"] for p in request["requestable_permissions"]] == ["Read-only"]
    assert request["notes"] == {"PENDING": "Deals"}
    assert request["requested_at"] == "2026-03-02T09:00:00"
    assert (request["expiration_in_seconds"], request["expires_at"]) == (None, None)
    assert (request["tasks"], request["custom_fields"]) == (None, None)
    assert acme.request(request, expand="custom_fields")["custom_fields"] == []


def test_the_deprecated_note_is_still_read(acme: Acme) -> None:
    assert acme.ask("Mei", "Zoom", note="Calls")["notes"] == {"PENDING": "Calls"}
    assert acme.ask("Mei", "Zoom")["notes"] == {}


def test_everything_wrong_with_a_request_is_reported_at_once(acme: Acme) -> None:
    fields = {"target_user_id": "Ines", "access_length": "a while"}
    problems = acme.refused("Tomas", "GitHub", "nothing", **fields)
    assert set(problems) == {
        "body.target_user_id",
        "body.requestable_permission_ids",
        "body.app_id",
        "body.access_length",
    }


@pytest.mark.parametrize(
    ("app", "words"),
    [
        ("Okta", "not in the AppStore"),
        ("Payroll", "hidden"),
        ("Legacy", ids.LEGACY_URL),
        ("nothing", "not in the AppStore"),
    ],
)
def test_some_apps_cannot_be_asked_for(acme: Acme, app: str, words: str) -> None:
    desired = {"app_id": ids.APPS.get(app, app)}
    [(place, message)] = acme.as_("Mei").refused("POST", ASK, desired)
    assert place == "body.app_id"
    assert words in message


@pytest.mark.parametrize(
    ("name", "status", "asks", "gets"),
    [
        ("Ines", "INACTIVE", False, False),
        ("Sam", "SUSPENDED", False, False),
        ("Kai", "STAGED", False, True),
        ("Mei", "ACTIVE", True, True),
    ],
)
def test_who_has_left_neither_asks_nor_gets_and_who_is_about_to_join_gets(
    acme: Acme, name: str, status: str, asks: bool, gets: bool
) -> None:
    assert ids.USERS[name].status == status
    own = acme.as_(name).post(ASK, json=body("Wiki", target_user_id="Mei"))
    assert (own.status_code == 201) == asks
    for_them = acme.as_("Grace").post(ASK, json=body("Wiki", target_user_id=name))
    assert (for_them.status_code == 201) == gets


def test_anybody_may_ask_for_somebody_else_but_only_admins_in_somebody_elses_name(
    acme: Acme,
) -> None:
    theirs = acme.ask("Priya", "Wiki", target_user_id="Kai")
    assert theirs["requester_user"]["given_name"] == "Priya"
    assert theirs["target_user"]["given_name"] == "Kai"
    desired = body("Wiki", requester_user_id="Mei", target_user_id="Mei")
    assert acme.as_("Grace").post(ASK, json=desired).status_code == 403
    [request] = acme.admin.ok("POST", ASK, desired)
    assert request["requester_user"]["given_name"] == "Mei"


def test_it_is_the_one_who_asks_that_must_be_in_an_allowed_group(acme: Acme) -> None:
    length = {"access_length": "8 hours"}
    request = acme.ask("Mei", "GitHub", target_user_id="Tomas", **length)
    assert request["target_user"]["given_name"] == "Tomas"
    assert list(acme.refused("Tomas", "GitHub", target_user_id="Mei", **length)) == ["body.app_id"]


def test_a_permissions_own_allowed_groups_replace_those_of_the_app(acme: Acme) -> None:
    assert list(acme.refused("Mei", "Expenses", "Auditor")) == ["body.requestable_permission_ids.0"]
    acme.settings("Expenses", request_flow={"allowed_groups": only("IT")})
    inherits = acme.refused("Mei", "Expenses", "Employee")
    assert list(inherits) == ["body.requestable_permission_ids.0"]
    everybody = {"type": "ALL_GROUPS"}
    acme.configure("Expenses", "Employee", allowed_groups_override=True, allowed_groups=everybody)
    acme.ask("Mei", "Expenses", "Employee")
    acme.configure("Expenses", "Employee", allowed_groups_override=False)
    assert acme.refused("Mei", "Expenses", "Employee")


@pytest.mark.parametrize("app", ["Wiki", "GitHub"])
def test_permissions_that_cannot_be_chosen_cannot_be_asked_for(acme: Acme, app: str) -> None:
    given = {"access_length": "8 hours"} if app == "GitHub" else {}
    problems = acme.refused("Mei", app, "Member", **given)
    assert list(problems) == ["body.requestable_permission_ids"]


def test_where_permissions_are_hidden_everybody_gets_the_default(acme: Acme) -> None:
    request = acme.ask("Mei", "GitHub", access_length="8 hours")
    assert [p["label"] for p in request["requestable_permissions"]] == ["Member"]


def test_where_permissions_are_hidden_and_none_is_the_default_everybody_gets_all(
    acme: Acme,
) -> None:
    provisioning = {"groups_provisioning": "GROUPS_AND_HIDDEN", "default_permission": None}
    acme.settings("Salesforce", provisioning=provisioning)
    requests = acme.ask_all("Mei", "Salesforce", access_length="2 hours")
    labels = [p["label"] for request in requests for p in request["requestable_permissions"]]
    assert sorted(labels) == ["Admin", "Read-only"]


def test_a_visible_permission_is_chosen_and_none_asks_for_the_app_alone(acme: Acme) -> None:
    request = acme.ask("Mei", "Salesforce", access_length="2 hours")
    assert request["requestable_permissions"] == []
    acme.configure("Salesforce", "Read-only", appstore_visibility="HIDDEN")
    for label in ("Read-only", "nothing"):
        assert list(acme.refused("Mei", "Salesforce", label)) == [
            "body.requestable_permission_ids.0"
        ]


def test_several_permissions_need_the_apps_leave(acme: Acme) -> None:
    both = ("Read-only", "Admin")
    requests = acme.ask_all("Mei", "Salesforce", *both, access_length="2 hours")
    assert len(requests) == 2
    twice = acme.ask("Mei", "Salesforce", "Admin", "Admin", access_length="2 hours")
    assert len(twice["requestable_permissions"]) == 1
    acme.settings("Salesforce", provisioning={"allow_multiple_permission_selection": False})
    problems = acme.refused("Mei", "Salesforce", *both, access_length="2 hours")
    assert list(problems) == ["body.requestable_permission_ids"]


def test_permissions_that_the_same_people_decide_share_a_request(acme: Acme) -> None:
    override = {"request_approval_config": {"request_approval_config_override": False}}
    acme.configure("Salesforce", "Admin", **override)
    request = acme.ask("Mei", "Salesforce", "Read-only", "Admin", access_length="2 hours")
    assert {p["label"] for p in request["requestable_permissions"]} == {"Read-only", "Admin"}
    assert len(acme.tasks(request)) == 1


def test_permissions_that_offer_no_common_length_are_asked_for_one_by_one(acme: Acme) -> None:
    acme.configure(
        "Salesforce",
        "Read-only",
        request_fulfillment_config={
            "time_based_access_override": True,
            "time_based_access": ["Unlimited"],
        },
    )
    for given in ({}, {"access_length": "2 hours"}, {"access_length": "Unlimited"}):
        problems = acme.refused("Mei", "Salesforce", "Read-only", "Admin", **given)
        assert "one by one" in problems["body.access_length"]
    assert acme.ask("Mei", "Salesforce", "Read-only")["expiration_in_seconds"] is None


@pytest.mark.parametrize(
    ("switch", "seconds", "status"),
    [
        ("refuse", 3600, 422),
        ("up_to_longest", 3600, 201),
        ("up_to_longest", 28801, 422),
        ("accept", 28801, 201),
    ],
)
def test_a_switch_accepts_seconds_that_are_not_offered(
    acme: Acme, switch: str, seconds: int, status: int
) -> None:
    acme.switch(seconds_not_offered=switch)
    desired = body("AWS", "Prod admin", expiration_in_seconds=seconds)
    assert acme.as_("Mei").post(ASK, json=desired).status_code == status


def test_asking_twice_makes_two_requests(acme: Acme) -> None:
    first, second = (acme.ask("Mei", "Zoom") for _ in range(2))
    assert first["id"] != second["id"]


def test_requests_of_others_are_for_admins_and_for_those_who_decide(acme: Acme) -> None:
    request = acme.ask("Mei", "GitHub", target_user_id="Tomas", access_length="8 hours")
    url = f"{REQUESTS}/{request['id']}"
    assert acme.deciders(request) == {"Priya"}
    for name, listed, readable in (
        ("Mei", 1, True),
        ("Tomas", 1, True),
        ("Priya", 0, True),
        ("Linus", 0, False),
        ("Vera", 1, True),
    ):
        assert acme.as_(name).ok("GET", REQUESTS)["total"] == listed, name
        assert acme.as_(name).get(url).status_code == (200 if readable else 403), name
    assert acme.as_("Linus", "admin").ok("GET", REQUESTS)["total"] == 1


def test_requests_are_sorted_by_age_and_filtered(acme: Acme) -> None:
    mine = acme.ask("Mei", "Wiki")["id"]
    theirs = acme.ask("Grace", "Zoom", target_user_id="Mei")["id"]
    listed = acme.admin.ok("GET", REQUESTS, sort="desc")["items"]
    assert [request["id"] for request in listed] == [theirs, mine]
    queries: list[tuple[dict[str, Any], set[str]]] = [
        ({"requester_user_id": ids.USERS["Grace"].id}, {theirs}),
        ({"target_user_id": ids.USERS["Mei"].id}, {mine, theirs}),
        ({"user_id": ids.USERS["Grace"].id}, {theirs}),
        ({"statuses": ["COMPLETED", "DENIED"]}, {mine}),
        ({"size": 1, "page": 2}, {theirs}),
    ]
    for query, found in queries:
        items = acme.admin.ok("GET", REQUESTS, **query)["items"]
        assert {request["id"] for request in items} == found, query
    assert acme.admin.get(REQUESTS, params={"statuses": "NEARLY"}).status_code == 422
