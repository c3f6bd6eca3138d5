from __future__ import annotations

import time

import pytest
from pulumi_lumos.emulator import seed_ids

from .company import PERMISSIONS, Company, by_id, ids


def test_pages_cover_everything_once(lumos: Company) -> None:
    made = {lumos.create(f"p{number}")["id"] for number in range(5)}
    pages = [
        lumos.ok("GET", PERMISSIONS, app_id=seed_ids.SALESFORCE_APP_ID, size=2, page=page)
        for page in (1, 2, 3, 4)
    ]
    assert [len(page["items"]) for page in pages] == [2, 2, 1, 0]
    assert {item["id"] for page in pages for item in page["items"]} == made
    assert (pages[0]["total"], pages[0]["page"], pages[0]["size"], pages[0]["pages"]) == (
        5,
        1,
        2,
        3,
    )


@pytest.mark.parametrize("query", ["page=0", "size=0", "size=101", "page=x"])
@pytest.mark.parametrize("path", [PERMISSIONS, "/apps", "/appstore/apps", "/groups", "/users"])
def test_pages_have_limits(lumos: Company, path: str, query: str) -> None:
    [(place, _)] = lumos.refused("GET", f"{path}?{query}")
    assert place == f"query.{query.partition('=')[0]}"


def test_changing_a_permission_keeps_its_place_in_the_list(lumos: Company) -> None:
    made = [lumos.create(f"p{number}")["id"] for number in range(3)]
    lumos.ok("PATCH", f"{PERMISSIONS}/{made[0]}", {"label": "changed"})
    listed = lumos.ok("GET", PERMISSIONS, app_id=seed_ids.SALESFORCE_APP_ID)["items"]
    assert [item["id"] for item in listed] == made


def test_permissions_are_found_by_label_group_name_and_source_id(lumos: Company) -> None:
    lumos.create("Something else")
    group = {"provisioning_group": by_id("On-call")}
    desired = {lumos.create("Sales Admin", request_fulfillment_config=group)["id"]}
    app = {"app_id": seed_ids.SALESFORCE_APP_ID}
    for term in ("Sales Admin", "On-call", "00g5oncall000000A5d7"):
        found = lumos.ok("GET", PERMISSIONS, **app, search_term=term, exact_match=True)
        assert ids(found["items"]) == desired
    loose = lumos.ok("GET", PERMISSIONS, **app, search_term="sales adm")
    assert ids(loose["items"]) == desired
    exact = lumos.ok("GET", PERMISSIONS, **app, search_term="sales adm", exact_match=True)
    assert exact["items"] == []


def test_permissions_are_filtered_by_visibility(lumos: Company) -> None:
    hidden = lumos.create("hidden")["id"]
    shown = lumos.create("shown", appstore_visibility="VISIBLE")["id"]
    url = f"/appstore/apps/{seed_ids.SALESFORCE_APP_ID}/requestable_permissions"
    assert ids(lumos.ok("GET", url, in_app_store=True)["items"]) == {shown}
    assert ids(lumos.ok("GET", url, in_app_store=False)["items"]) == {hidden}
    assert lumos.get("/appstore/apps/nothing/requestable_permissions").status_code == 404


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({"name_search": "sales"}, {seed_ids.SALESFORCE_APP_ID}),
        ({"name_search": "sales", "exact_match": True}, set()),
        ({"name_search": "Salesforce", "exact_match": True}, {seed_ids.SALESFORCE_APP_ID}),
        ({"name_search": "acme.okta.com", "exact_match": True}, {seed_ids.OKTA_APP_ID}),
        ({"connection_source": "API"}, set()),
        ({"disconnected": True}, set()),
    ],
)
def test_apps_are_searched(lumos: Company, query: dict[str, str], found: set[str]) -> None:
    assert ids(lumos.ok("GET", "/apps", **query)["items"]) == found


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({"name": "salesforce"}, {"Salesforce Admins", "Salesforce Read-only"}),
        ({"name": "salesforce", "exact_match": True}, set()),
        ({"integration_specific_id": "00g5oncall000000A5d7"}, {"On-call"}),
        ({"app_id": seed_ids.GOOGLE_WORKSPACE_APP_ID}, {"All staff", "Contractors"}),
        ({"app_id": seed_ids.SLACK_APP_ID}, set()),
    ],
)
def test_groups_are_filtered(lumos: Company, query: dict[str, str], found: set[str]) -> None:
    assert {group["name"] for group in lumos.ok("GET", "/groups", **query)["items"]} == found


def test_people_are_searched_and_show_attributes_only_when_expanded(lumos: Company) -> None:
    [grace] = lumos.ok("GET", "/users", search_term="grace")["items"]
    assert grace["id"] == seed_ids.USERS["Grace"].id
    assert grace["custom_attributes"] is None
    mail = {"search_term": seed_ids.USERS["Grace"].email, "exact_match": True}
    [same] = lumos.ok("GET", "/users", **mail, expand="custom_attributes")["items"]
    assert same["custom_attributes"]["department"]["value"] == "Engineering"
    assert lumos.ok("GET", "/users", search_term="grac", exact_match=True)["items"] == []
    assert lumos.ok("GET", "/users/current")["id"] == seed_ids.CURRENT_USER_ID


def test_a_group_shows_its_members(lumos: Company) -> None:
    group = seed_ids.OKTA_GROUPS["On-call"]
    names = {user["given_name"] for user in lumos.ok("GET", f"/groups/{group.id}/users")["items"]}
    assert names == {"Linus", "Mei"}


def test_webhooks_are_a_plain_array_with_one_of_each_type(lumos: Company) -> None:
    hooks = lumos.ok("GET", "/inline_webhooks")
    assert {hook["hook_type"]: hook["id"] for hook in hooks} == seed_ids.WEBHOOK_IDS


LONG, SHORT = 600, 0.1
"""Seconds for which new objects are hidden: longer than any test takes, and soon over."""


def test_a_new_object_can_be_missing_from_lists_for_a_while(lumos: Company) -> None:
    app = {"app_id": seed_ids.SALESFORCE_APP_ID}
    lumos.switch(read_after_write_lag_seconds=LONG)
    hidden = lumos.create()
    assert lumos.ok("GET", PERMISSIONS, **app)["items"] == []
    assert lumos.ok("GET", f"{PERMISSIONS}/{hidden['id']}")["id"] == hidden["id"]
    lumos.switch(read_after_write_lag_seconds=SHORT)
    shown = lumos.create()
    time.sleep(2 * SHORT)
    assert ids(lumos.ok("GET", PERMISSIONS, **app)["items"]) == {shown["id"]}


def test_a_new_object_can_be_missing_from_every_read_for_a_while(lumos: Company) -> None:
    app_id = seed_ids.SALESFORCE_APP_ID
    place = f"/appstore/apps/{app_id}"
    lumos.switch(read_after_write_lag_seconds=LONG, lag_hides_from="lists_and_ids")
    hidden = lumos.create()
    lumos.ok("POST", "/appstore/apps", {"app_id": app_id})
    for path in (f"{PERMISSIONS}/{hidden['id']}", place, f"{place}/settings"):
        assert lumos.get(path).status_code == 404
    assert not lumos.ok("GET", f"/apps/{app_id}/settings")["in_app_store"]
    assert lumos.ok("GET", "/appstore/apps", app_id=app_id)["items"] == []
    assert lumos.ok("PATCH", f"{PERMISSIONS}/{hidden['id']}", {"label": "New"})["label"] == "New"
    lumos.switch(lag_hides_from="lists")
    assert lumos.ok("GET", f"{PERMISSIONS}/{hidden['id']}")["label"] == "New"
    assert lumos.ok("GET", f"/apps/{app_id}/settings")["in_app_store"]
