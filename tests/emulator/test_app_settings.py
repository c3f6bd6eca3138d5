from __future__ import annotations

import pytest
from pulumi_lumos.emulator import seed_ids

from .company import Company, by_id, ids, user, webhook

STORE = "/appstore/apps"
SALESFORCE = f"{STORE}/{seed_ids.SALESFORCE_APP_ID}"


def test_an_app_enters_and_leaves_the_store_with_its_settings(lumos: Company) -> None:
    assert lumos.get(SALESFORCE).status_code == 404
    assert lumos.get(f"{SALESFORCE}/settings").status_code == 404
    lumos.add_salesforce(custom_request_instructions="Ask Priya")
    assert lumos.ok("GET", SALESFORCE)["id"] == seed_ids.SALESFORCE_APP_ID
    assert lumos.ok("DELETE", SALESFORCE) == {}
    assert lumos.delete(SALESFORCE).status_code == 404
    settings = lumos.ok("GET", f"/apps/{seed_ids.SALESFORCE_APP_ID}/settings")
    assert settings["in_app_store"] is False
    assert settings["custom_request_instructions"] == "Ask Priya"


def test_settings_of_apps_say_whether_they_are_in_the_store(lumos: Company) -> None:
    lumos.add_salesforce()
    url = f"/apps/{seed_ids.SALESFORCE_APP_ID}/settings"
    assert lumos.ok("GET", url)["in_app_store"] is True
    assert lumos.ok("PATCH", url, {"redirect_url": "https://x.example"})["in_app_store"] is False
    assert lumos.ok("PATCH", url, {"in_app_store": True})["in_app_store"] is True


def test_the_list_hides_what_nobody_can_discover(lumos: Company) -> None:
    lumos.add_salesforce(request_flow={"discoverability": "NONE"})
    assert ids(lumos.ok("GET", STORE)["items"]) == {seed_ids.SLACK_APP_ID}
    everything = lumos.ok("GET", STORE, all_visibilities=True)["items"]
    assert ids(everything) == {seed_ids.SLACK_APP_ID, seed_ids.SALESFORCE_APP_ID}
    lumos.switch(token_is_admin=False)
    assert lumos.get(STORE, params={"all_visibilities": True}).status_code == 403


def test_groups_provisioning_needs_a_visible_permission(lumos: Company) -> None:
    body = {
        "app_id": seed_ids.SALESFORCE_APP_ID,
        "provisioning": {"groups_provisioning": "GROUPS_AND_HIDDEN"},
    }
    [(place, _)] = lumos.refused("POST", STORE, body)
    assert place == "body.provisioning.groups_provisioning"
    assert lumos.get(SALESFORCE).status_code == 404
    lumos.create(appstore_visibility="VISIBLE")
    provisioning = lumos.ok("POST", STORE, body)["provisioning"]
    assert provisioning["groups_provisioning"] == "GROUPS_AND_HIDDEN"


def test_the_default_permission_belongs_to_the_app_and_is_answered_whole(lumos: Company) -> None:
    own = lumos.create("Own")
    body = {
        "app_id": seed_ids.SALESFORCE_APP_ID,
        "provisioning": {"default_permission": {"id": seed_ids.SLACK_PERMISSION_ID}},
    }
    [(place, message)] = lumos.refused("POST", STORE, body)
    assert place == "body.provisioning.default_permission"
    assert "another app" in message
    settings = lumos.add_salesforce(provisioning={"default_permission": {"id": own["id"]}})
    assert settings["provisioning"]["default_permission"]["label"] == "Own"


def test_the_default_time_is_one_of_the_options(lumos: Company) -> None:
    provisioning = {
        "time_based_access": ["2 hours", "7 days"],
        "default_time_based_access_option": "9 days",
    }
    body = {"app_id": seed_ids.SALESFORCE_APP_ID, "provisioning": provisioning}
    [(place, _)] = lumos.refused("POST", STORE, body)
    assert place == "body.provisioning.default_time_based_access_option"
    provisioning["default_time_based_access_option"] = "7 days"
    lumos.add_salesforce(provisioning=provisioning)
    left = lumos.change_salesforce(provisioning={"time_based_access": ["2 hours"]})
    assert left["provisioning"]["default_time_based_access_option"] is None


@pytest.mark.parametrize(
    ("place", "hook_type"),
    [
        ("provisioning.provisioning_webhook", "PROVISION"),
        ("provisioning.access_removal_inline_webhook", "DEPROVISION"),
        ("request_flow.request_validation_inline_webhook", "REQUEST_VALIDATION"),
    ],
)
def test_a_webhook_slot_takes_one_type_and_null_clears_it(
    lumos: Company, place: str, hook_type: str
) -> None:
    lumos.add_salesforce()
    section, name = place.split(".")
    right = lumos.change_salesforce(**{section: {name: webhook(hook_type)}})
    assert right[section][name]["hook_type"] == hook_type
    wrong = {section: {name: webhook("SIEM")}}
    [(at, _)] = lumos.refused("PATCH", f"{SALESFORCE}/settings", wrong)
    assert at == f"body.{place}"
    assert lumos.change_salesforce(**{section: {name: None}})[section][name] is None


def test_a_patch_leaves_other_settings_alone(lumos: Company) -> None:
    lumos.add_salesforce(
        request_flow={"admins": {"users": [user("Ada")], "groups": [by_id("IT")]}},
        provisioning={"time_based_access": ["2 hours"]},
    )
    changed = lumos.change_salesforce(request_flow={"discoverability": "LIMITED"})
    assert ids(changed["request_flow"]["admins"]["users"]) == {user("Ada")["id"]}
    assert changed["provisioning"]["time_based_access"] == ["2 hours"]


def test_a_missing_half_of_the_admins_stays_as_it_declares_no_default(lumos: Company) -> None:
    lumos.add_salesforce(request_flow={"admins": {"users": [user("Ada")], "groups": [by_id("IT")]}})
    changed = lumos.change_salesforce(request_flow={"admins": {"users": [user("Mei")]}})
    assert len(changed["request_flow"]["admins"]["groups"]) == 1


@pytest.mark.parametrize(("clears", "expected"), [(True, ""), (False, "Ask")])
def test_an_empty_text_clears_unless_switched_off(
    lumos: Company, clears: bool, expected: str
) -> None:
    lumos.add_salesforce(custom_request_instructions="Ask")
    lumos.switch(clear_with_empty_string=clears)
    changed = lumos.change_salesforce(custom_request_instructions="")
    assert changed["custom_request_instructions"] == expected


def test_an_over_long_redirect_is_refused(lumos: Company) -> None:
    body = {"app_id": seed_ids.SALESFORCE_APP_ID, "redirect_url": "https://x.example/" + "x" * 2048}
    [(place, _)] = lumos.refused("POST", STORE, body)
    assert place == "body.redirect_url"


def test_adding_an_app_twice_updates_it_or_is_refused(lumos: Company) -> None:
    lumos.add_salesforce()
    assert lumos.add_salesforce(redirect_url="https://x.example")["redirect_url"]
    lumos.switch(post_existing_app="refuse")
    body = {"app_id": seed_ids.SALESFORCE_APP_ID}
    assert lumos.post(STORE, json=body).status_code == 409


@pytest.mark.parametrize(("reading", "stages"), [("enable", 2), ("merge", 1)])
def test_switch_stage_two_without_flag_decides_about_stage_2(
    lumos: Company, reading: str, stages: int
) -> None:
    lumos.switch(stage_two_without_flag=reading)
    flow = {
        "approvers": {"users": [user("Ada")]},
        "approvers_stage_2": {"users": [user("Mei")]},
    }
    answered = lumos.add_salesforce(request_flow=flow)["request_flow"]
    sizes = [len(answered[name]["users"]) for name in ("approvers", "approvers_stage_2")]
    assert sizes == ([1, 1] if stages == 2 else [2, 0])
    assert answered["require_additional_approval"] is (stages == 2)


def test_related_objects_come_in_any_order_that_a_seed_repeats(lumos: Company) -> None:
    people = [user(name) for name in seed_ids.USERS]
    lumos.add_salesforce(request_flow={"admins": {"users": people}})

    def answered() -> list[tuple[str, ...]]:
        several = [lumos.change_salesforce()["request_flow"]["admins"]["users"] for _ in range(4)]
        return [tuple(person["id"] for person in people) for people in several]

    assert len(set(answered())) > 1
    lumos.switch(shuffle_seed=7)
    first = answered()
    lumos.switch(shuffle_seed=7)
    assert answered() == first
    lumos.switch(shuffle=False)
    assert set(answered()) == {tuple(person["id"] for person in people)}
