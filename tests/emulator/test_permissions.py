from __future__ import annotations

import pytest
from pulumi_lumos.emulator import seed_ids

from .company import PERMISSIONS, Company, by_id, by_source_id, ids, user, webhook


def test_a_new_permission_has_the_documented_defaults(lumos: Company) -> None:
    config = lumos.create()["request_config"]
    assert config["appstore_visibility"] == "HIDDEN"
    assert config["allowed_groups"] == {"type": "ALL_GROUPS", "groups": []}
    assert config["request_approval_config"]["manager_approval"] == "NONE"
    assert config["request_approval_config"]["request_approval_stages"] == [{}]
    assert config["request_fulfillment_config"]["time_based_access"] == []


def test_a_group_is_answered_by_id_however_it_was_given(lumos: Company) -> None:
    for reference in (by_id("On-call"), by_source_id("On-call")):
        created = lumos.create(request_fulfillment_config={"provisioning_group": reference})
        group = created["request_config"]["request_fulfillment_config"]["provisioning_group"]
        assert group["id"] == seed_ids.OKTA_GROUPS["On-call"].id
        assert group["name"] == "On-call"


def test_a_patch_silently_ignores_the_provisioning_group(lumos: Company) -> None:
    made = lumos.create(request_fulfillment_config={"provisioning_group": by_id("On-call")})
    for change in ({"provisioning_group": by_id("IT")}, {"provisioning_group": None}, None):
        config = lumos.configure(made, request_fulfillment_config=change)
        group = config["request_fulfillment_config"]["provisioning_group"]
        assert group["id"] == seed_ids.OKTA_GROUPS["On-call"].id


@pytest.mark.parametrize(
    ("reference", "reason"),
    [
        ({"app_id": seed_ids.OKTA_APP_ID}, "needs an id"),
        ({"integration_specific_id": "00g5oncall000000A5d7"}, "needs the app_id"),
        ({**by_id("On-call"), "app_id": seed_ids.GITHUB_APP_ID}, "does not belong"),
        ({**by_source_id("On-call"), "app_id": seed_ids.GITHUB_APP_ID}, "does not belong"),
        ({"app_id": seed_ids.OKTA_APP_ID, "id": "nobody"}, "not synced"),
        ({"app_id": seed_ids.OKTA_APP_ID, "integration_specific_id": "00gx"}, "not synced"),
    ],
)
def test_a_group_that_lumos_cannot_use_is_refused(
    lumos: Company, reference: dict[str, str], reason: str
) -> None:
    config = {"request_fulfillment_config": {"provisioning_group": reference}}
    body = {"app_id": seed_ids.GITHUB_APP_ID, "label": "x", "request_config": config}
    [(place, message)] = lumos.refused("POST", PERMISSIONS, body)
    assert place == "body.request_config.request_fulfillment_config.provisioning_group"
    assert reason in message
    assert lumos.ok("GET", PERMISSIONS, app_id=seed_ids.GITHUB_APP_ID)["total"] == 0


def test_everything_wrong_with_a_request_is_named_at_once(lumos: Company) -> None:
    config = {
        "request_approval_config": {"approvers": {"users": [user("Ada"), {"id": "ghost"}]}},
        "request_validation_inline_webhook": webhook("SIEM"),
    }
    body = {"app_id": seed_ids.GITHUB_APP_ID, "label": "x", "request_config": config}
    assert {place for place, _ in lumos.refused("POST", PERMISSIONS, body)} == {
        "body.request_config.request_approval_config.approvers.users.1",
        "body.request_config.request_validation_inline_webhook",
    }


def test_a_patch_overrides_what_it_has_and_leaves_the_rest(lumos: Company) -> None:
    made = lumos.create(
        allowed_groups_override=True,
        allowed_groups={"type": "SPECIFIED_GROUPS", "groups": [by_id("IT")]},
        request_fulfillment_config={"manual_steps_needed": True, "manual_instructions": "Ask"},
    )
    config = lumos.configure(made, request_fulfillment_config={"manual_steps_needed": False})
    assert config["request_fulfillment_config"]["manual_steps_needed"] is False
    assert config["request_fulfillment_config"]["manual_instructions"] == "Ask"
    assert ids(config["allowed_groups"]["groups"]) == {by_id("IT")["id"]}


def test_null_clears_what_may_be_null(lumos: Company) -> None:
    made = lumos.create(
        access_removal_inline_webhook=webhook("DEPROVISION"),
        request_fulfillment_config={"manual_instructions": "Ask"},
    )
    config = lumos.configure(
        made,
        access_removal_inline_webhook=None,
        request_fulfillment_config={"manual_instructions": None},
    )
    assert config["access_removal_inline_webhook"] is None
    assert config["request_fulfillment_config"]["manual_instructions"] is None


def test_null_is_refused_where_the_document_has_none(lumos: Company) -> None:
    made = lumos.create()
    body = {"request_config": {"request_fulfillment_config": {"time_based_access": None}}}
    [(place, _)] = lumos.refused("PATCH", f"{PERMISSIONS}/{made['id']}", body)
    assert place.endswith("time_based_access")


@pytest.mark.parametrize(("applies", "visibility"), [(True, "HIDDEN"), (False, "VISIBLE")])
def test_declared_defaults_are_applied_to_what_a_patch_sends(
    lumos: Company, applies: bool, visibility: str
) -> None:
    lumos.switch(patch_applies_defaults=applies)
    made = lumos.create(
        appstore_visibility="VISIBLE",
        request_approval_config={
            "request_approval_config_override": True,
            "approvers": {"users": [user("Ada")], "groups": [by_id("IT")]},
        },
    )
    approval = {"approvers": {"users": [user("Grace")]}}
    config = lumos.configure(made, request_approval_config=approval)
    assert config["appstore_visibility"] == visibility
    approvers = config["request_approval_config"]["approvers"]
    assert ids(approvers["users"]) == {user("Grace")["id"]}
    assert len(approvers["groups"]) == (0 if applies else 1)


def test_a_patch_without_a_config_touches_none_of_it(lumos: Company) -> None:
    made = lumos.create(appstore_visibility="VISIBLE")
    url = f"{PERMISSIONS}/{made['id']}"
    changed = lumos.ok("PATCH", url, {"label": "Other"})
    assert changed["label"] == "Other"
    assert changed["request_config"]["appstore_visibility"] == "VISIBLE"


def test_a_refused_patch_changes_nothing(lumos: Company) -> None:
    made = lumos.create("Before", appstore_visibility="VISIBLE")
    url = f"{PERMISSIONS}/{made['id']}"
    config = {"appstore_visibility": "HIDDEN", "access_removal_inline_webhook": webhook("SIEM")}
    lumos.refused("PATCH", url, {"label": "After", "request_config": config})
    assert lumos.ok("GET", url, include_inherited_configs=False) == made


def test_an_app_passes_down_what_a_permission_does_not_override(lumos: Company) -> None:
    lumos.add_salesforce(
        request_flow={
            "require_manager_approval": True,
            "custom_approval_message": "Welcome",
            "approvers": {"users": [user("Priya")]},
            "allowed_groups": {"type": "SPECIFIED_GROUPS", "groups": [by_id("IT")]},
        },
        provisioning={
            "time_based_access": ["2 hours"],
            "provisioning_webhook": webhook("PROVISION"),
        },
    )
    made = lumos.create()
    inherited = lumos.ok("GET", f"{PERMISSIONS}/{made['id']}")["request_config"]
    approval = inherited["request_approval_config"]
    assert approval["manager_approval"] == "INITIAL_APPROVAL"
    assert approval["custom_approval_message"] == "Welcome"
    assert ids(approval["approvers"]["users"]) == {user("Priya")["id"]}
    assert ids(inherited["allowed_groups"]["groups"]) == {by_id("IT")["id"]}
    fulfillment = inherited["request_fulfillment_config"]
    assert fulfillment["time_based_access"] == ["2 hours"]
    assert fulfillment["provisioning_webhook"]["id"] == webhook("PROVISION")["id"]
    assert made["request_config"]["allowed_groups"]["groups"] == []
    assert made["request_config"]["request_fulfillment_config"]["time_based_access"] == []


def test_what_a_permission_overrides_is_its_own(lumos: Company) -> None:
    lumos.add_salesforce(provisioning={"time_based_access": ["2 hours"]})
    own = {"time_based_access_override": True, "time_based_access": ["7 days", "30 days"]}
    made = lumos.create(request_fulfillment_config=own)
    answered = lumos.ok("GET", f"{PERMISSIONS}/{made['id']}")["request_config"]
    options = answered["request_fulfillment_config"]["time_based_access"]
    assert sorted(options) == ["30 days", "7 days"]


def test_switching_additional_approval_off_merges_the_stages(lumos: Company) -> None:
    approval = {
        "request_approval_config_override": True,
        "approvers": {"users": [user("Ada")]},
        "approvers_stage_2": {"users": [user("Ada"), user("Grace")]},
    }
    made = lumos.create(request_approval_config=approval)
    before = made["request_config"]["request_approval_config"]
    assert before["require_additional_approval"] is True
    assert len(before["request_approval_stages"]) == 2
    lumos.switch(patch_applies_defaults=False)
    after = lumos.configure(made, request_approval_config={"require_additional_approval": False})
    merged = after["request_approval_config"]
    assert ids(merged["approvers"]["users"]) == {user("Ada")["id"], user("Grace")["id"]}
    assert merged["approvers_stage_2"] == {"groups": [], "users": []}


def test_deprecated_stages_are_read_as_approvers(lumos: Company) -> None:
    stage = {"approvers": [{"type": "USER", "user": user("Mei")}]}
    made = lumos.create(
        request_approval_config={
            "request_approval_config_override": True,
            "request_approval_stages": [stage],
        }
    )
    approval = made["request_config"]["request_approval_config"]
    assert ids(approval["approvers"]["users"]) == {user("Mei")["id"]}
    [answered] = approval["request_approval_stages"]
    assert answered["approvers"][0]["user"]["given_name"] == "Mei"


def test_a_synced_permission_can_be_configured_but_not_deleted(lumos: Company) -> None:
    synced = next(
        p
        for p in lumos.ok("GET", PERMISSIONS, app_id=seed_ids.OKTA_APP_ID)["items"]
        if p["label"] == "On-call"
    )
    assert synced["type"] == "SYNCED"
    assert (
        lumos.configure(synced, appstore_visibility="VISIBLE")["appstore_visibility"] == "VISIBLE"
    )
    [(_, message)] = lumos.refused("DELETE", f"{PERMISSIONS}/{synced['id']}")
    assert "NATIVE" in message


def test_a_deleted_permission_is_gone_and_nothing_points_at_it(lumos: Company) -> None:
    made = lumos.create(appstore_visibility="VISIBLE")
    lumos.add_salesforce(provisioning={"default_permission": {"id": made["id"]}})
    assert lumos.delete(f"{PERMISSIONS}/{made['id']}").status_code == 204
    assert lumos.get(f"{PERMISSIONS}/{made['id']}").status_code == 404
    assert lumos.delete(f"{PERMISSIONS}/{made['id']}").status_code == 404
    assert lumos.change_salesforce()["provisioning"]["default_permission"] is None


def test_a_permission_stays_in_its_app_unless_switched_so(lumos: Company) -> None:
    made = lumos.create()
    url = f"{PERMISSIONS}/{made['id']}"
    [(place, _)] = lumos.refused("PATCH", url, {"app_id": seed_ids.GITHUB_APP_ID})
    assert place == "body.app_id"
    lumos.switch(patch_app_id="move")
    moved = lumos.ok("PATCH", url, {"app_id": seed_ids.GITHUB_APP_ID})
    assert moved["app_class_id"] == "github.com"
    assert lumos.ok("GET", PERMISSIONS, app_id=seed_ids.GITHUB_APP_ID)["total"] == 1


@pytest.mark.parametrize("status", [409, 422])
def test_equal_labels_can_be_refused(lumos: Company, status: int) -> None:
    first, second = lumos.create("Same"), lumos.create("Same")
    assert first["id"] != second["id"]
    lumos.switch(equal_labels="refuse", conflict_status=status)
    body = {"app_id": seed_ids.SALESFORCE_APP_ID, "label": "Same"}
    refused = lumos.post(PERMISSIONS, json=body)
    assert refused.status_code == status
    assert "Same" in refused.json()["detail"]


def test_direct_to_user_hides_the_permissions_of_the_app(lumos: Company) -> None:
    made = lumos.create(appstore_visibility="VISIBLE")
    lumos.add_salesforce(provisioning={"groups_provisioning": "GROUPS_AND_VISIBLE"})
    lumos.change_salesforce(provisioning={"groups_provisioning": "DIRECT_TO_USER"})
    config = lumos.ok("GET", f"{PERMISSIONS}/{made['id']}")["request_config"]
    assert config["appstore_visibility"] == "HIDDEN"
