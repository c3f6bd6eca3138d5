"""Pre-approval rules, access policies, apps and roles."""

from __future__ import annotations

from typing import Any

import pytest
from pulumi_lumos.emulator import seed_ids

from .company import PERMISSIONS, Company, by_id, by_source_id, ids, user, webhook

RULES = "/appstore/pre_approval_rules"
POLICIES = "/access_policies"


def rule(lumos: Company, **fields: Any) -> Any:
    body = {"app_id": seed_ids.SLACK_APP_ID, "justification": "On call", **fields}
    return lumos.ok("POST", RULES, body)


def test_a_rule_answers_what_it_points_at(lumos: Company) -> None:
    made = rule(
        lumos,
        time_based_access=["2 hours"],
        preapproved_groups=[by_id("On-call"), by_source_id("On-call"), by_id("IT")],
        preapproved_permissions=[{"id": seed_ids.SLACK_PERMISSION_ID}],
        preapproval_webhooks=[webhook("PRE_APPROVAL")],
    )
    assert ids(made["preapproved_groups"]) == {by_id("On-call")["id"], by_id("IT")["id"]}
    assert made["preapproved_permissions"][0]["label"] == "Guest channels"
    assert made["app_class_id"] == "slack.com"
    listed = lumos.ok("GET", RULES, app_id=seed_ids.SLACK_APP_ID)
    assert ids(listed["items"]) == {made["id"]}
    assert lumos.ok("GET", RULES, app_id=seed_ids.OKTA_APP_ID)["items"] == []


def test_a_rule_takes_permissions_of_its_app_and_webhooks_of_its_type(lumos: Company) -> None:
    foreign = lumos.create("Foreign")
    body = {
        "app_id": seed_ids.SLACK_APP_ID,
        "justification": "x",
        "preapproved_permissions": [{"id": foreign["id"]}],
        "preapproval_webhooks": [webhook("SIEM")],
    }
    assert {place for place, _ in lumos.refused("POST", RULES, body)} == {
        "body.preapproved_permissions.0",
        "body.preapproval_webhooks.0",
    }


@pytest.mark.parametrize(("applies", "left"), [(True, 0), (False, 1)])
def test_a_patch_of_a_rule_needs_its_justification_and_declares_empty_lists(
    lumos: Company, applies: bool, left: int
) -> None:
    lumos.switch(patch_applies_defaults=applies)
    made = rule(lumos, preapproved_groups=[by_id("IT")])
    url = f"{RULES}/{made['id']}"
    [(place, _)] = lumos.refused("PATCH", url, {"time_based_access": []})
    assert place == "body.justification"
    changed = lumos.ok("PATCH", url, {"justification": "Still"})
    assert changed["justification"] == "Still"
    assert len(changed["preapproved_groups"]) == left
    assert lumos.delete(url).status_code == 204
    assert lumos.get(url).status_code == 404


def test_a_rule_forgets_a_deleted_permission(lumos: Company) -> None:
    made = rule(lumos, preapproved_permissions=[{"id": seed_ids.SLACK_PERMISSION_ID}])
    lumos.delete(f"{PERMISSIONS}/{seed_ids.SLACK_PERMISSION_ID}").raise_for_status()
    assert lumos.ok("GET", f"{RULES}/{made['id']}")["preapproved_permissions"] == []


def test_a_policy_is_a_draft_until_it_says_otherwise(lumos: Company) -> None:
    body: dict[str, Any] = {
        "name": "Engineers",
        "business_justification": "Work",
        "apps": [{"id": seed_ids.SLACK_APP_ID}],
    }
    [(place, _)] = lumos.refused("POST", POLICIES, body)
    assert place == "body.access_condition"
    made = lumos.ok("POST", POLICIES, {**body, "is_everyone_condition": True})
    assert (made["status"], made["is_enabled"]) == ("DRAFT", False)
    url = f"{POLICIES}/{made['id']}"
    changed = {**body, "access_condition": {"equals": ["a", "b"]}, "status": "PUBLISHED"}
    assert lumos.ok("PUT", url, changed)["status"] == "PUBLISHED"
    assert lumos.ok("PUT", url, {**changed, "status": None})["status"] == "PUBLISHED"
    assert ids(lumos.ok("GET", POLICIES, name="ENGIN")["items"]) == {made["id"]}
    assert lumos.delete(url).status_code == 204
    assert lumos.get(url).status_code == 404


def test_a_custom_app_comes_and_goes(lumos: Company) -> None:
    places = {place for place, _ in lumos.refused("POST", "/apps", {"name": "Wiki"})}
    assert places == {"body.category", "body.description"}
    body = {"name": "Wiki", "category": "Internal", "description": "Notes"}
    made = lumos.ok("POST", "/apps", body)
    assert made["instance_id"] == "custom_app_import"
    assert ids(lumos.ok("GET", "/apps", connection_source="API")["items"]) == {made["id"]}
    url = f"/apps/{made['id']}"
    assert lumos.ok("PATCH", url, {"name": "Handbook"})["user_friendly_label"] == "Handbook"
    assert lumos.ok("DELETE", url)["disconnected"] is True
    assert lumos.get(url).status_code == 404
    assert lumos.delete(f"/apps/{seed_ids.OKTA_APP_ID}").status_code == 409


def test_a_custom_app_takes_settings_of_the_app_store_and_rules(lumos: Company) -> None:
    body = {"name": "Wiki", "category": "Internal", "description": "Notes"}
    made = lumos.ok("POST", "/apps", body)
    grace = [{"id": user("Grace")["id"]}]
    flow = {"request_flow": {"approvers": {"users": grace}, "admins": {"users": grace}}}
    settings = lumos.ok("POST", "/appstore/apps", {"app_id": made["id"], **flow})
    assert ids(settings["request_flow"]["admins"]["users"]) == {grace[0]["id"]}
    listed = lumos.ok("GET", f"/appstore/apps/{made['id']}")
    assert (listed["instance_id"], listed["status"]) == ("custom_app_import", "APPROVED")
    kept = rule(lumos, app_id=made["id"])
    assert (kept["app_id"], kept["app_instance_id"]) == (made["id"], "custom_app_import")


def test_an_integration_takes_what_describes_a_custom_app_too(lumos: Company) -> None:
    described = {
        "name": "Chat",
        "category": "Other",
        "description": "Where we talk.",
        "logo_url": "https://acme.example/logo.png",
        "website_url": "https://acme.example",
        "request_instructions": "Say why.",
    }
    made = lumos.ok("POST", "/apps", {"app_class_id": "slack.com", "auth": {}, **described})
    assert made["user_friendly_label"] == described.pop("name")
    assert {name: made[name] for name in described} == described


def test_an_integration_connects_with_credentials(lumos: Company) -> None:
    assert lumos.post("/apps", json={"app_class_id": "nothing.example"}).status_code == 400
    body: dict[str, Any] = {"app_class_id": "okta.com", "auth": {"api_key": "k"}}
    assert lumos.post("/apps", json=body).status_code == 400
    body["settings"] = {"app_instance_identifier": "acme.okta.com"}
    assert lumos.post("/apps", json=body).status_code == 409
    body["settings"] = {"app_instance_identifier": "another.okta.com"}
    made = lumos.ok("POST", "/apps", body)
    assert made["sync_status"] == "SYNCING"
    refused = lumos.put(f"/apps/{made['id']}", json=body)
    assert (refused.status_code, refused.headers["Retry-After"]) == (429, "1")
    other = {**body, "app_class_id": "github.com"}
    assert lumos.put(f"/apps/{made['id']}", json=other).status_code == 400
    seeded = lumos.put(f"/apps/{seed_ids.OKTA_APP_ID}", json=body)
    assert seeded.status_code == 409


def test_an_integration_that_takes_consent_connects_later(lumos: Company) -> None:
    made = lumos.ok("POST", "/apps", {"app_class_id": "slack.com", "auth": {}})
    assert (made["sync_status"], made["disconnected"]) == (None, False)


def test_an_app_that_is_named_stays_disconnected_and_connects_again(lumos: Company) -> None:
    settings = {"app_instance_identifier": "another.okta.com"}
    body = {"app_class_id": "okta.com", "auth": {"api_key": "k"}, "settings": settings}
    made = lumos.ok("POST", "/apps", body)
    url = f"/apps/{made['id']}"
    lumos.ok("POST", PERMISSIONS, {"app_id": made["id"], "label": "Admin"})
    lumos.ok("DELETE", url)
    assert lumos.ok("GET", url)["disconnected"] is True
    assert lumos.post("/apps", json=body).status_code == 409
    assert lumos.ok("PUT", url, body)["disconnected"] is False


def test_roles_are_given_and_taken(lumos: Company) -> None:
    url = f"/users/{user('Grace')['id']}/roles"
    assert lumos.ok("POST", f"{url}/app_admin") == {"roles": ["app_admin"]}
    assert lumos.ok("GET", url) == {"roles": ["app_admin"]}
    assert lumos.delete(f"{url}/app_admin").status_code == 204
    assert lumos.delete(f"{url}/app_admin").status_code == 404
