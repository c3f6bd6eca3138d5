"""What people notice of each setting of an app: one test a field, named after it."""

from __future__ import annotations

from typing import Any

import pytest
from pulumi_lumos.emulator import requests_seed_ids as ids
from pulumi_lumos.emulator import seed_ids, wire

from .acme import Acme, only, people
from .matrix import fields_of, fields_with_tests

PROVISION, DEPROVISION, VALIDATION = (
    {"id": seed_ids.WEBHOOK_IDS[hook_type]}
    for hook_type in ("PROVISION", "DEPROVISION", "REQUEST_VALIDATION")
)


def test_every_setting_has_a_test() -> None:
    fields = set(fields_of(wire.AppStoreAppSettingsInput))
    assert fields_with_tests(globals(), fields) == fields


def listed(acme: Acme, name: str, **query: Any) -> set[str]:
    found = acme.as_(name).ok("GET", "/appstore/apps", size=100, **query)["items"]
    return {app["user_friendly_label"] for app in found}


def flow(acme: Acme, app: str, **fields: Any) -> None:
    acme.settings(app, request_flow=fields)


def provisioning(acme: Acme, app: str, **fields: Any) -> None:
    acme.settings(app, provisioning=fields)


def test_an_app_taken_out_of_the_store_is_neither_listed_nor_asked_for(acme: Acme) -> None:
    assert "Zoom" in listed(acme, "Mei")
    acme.admin.delete(f"/appstore/apps/{ids.APPS['Zoom']}").raise_for_status()
    assert "Zoom" not in listed(acme, "Mei")
    assert list(acme.refused("Mei", "Zoom")) == ["body.app_id"]


@pytest.mark.parametrize(
    ("value", "browsed", "searched", "asked"),
    [("FULL", True, True, True), ("LIMITED", False, True, True), ("NONE", False, False, False)],
)
def test_discoverability_says_who_finds_an_app(
    acme: Acme, value: str, browsed: bool, searched: bool, asked: bool
) -> None:
    flow(acme, "Zoom", discoverability=value)
    assert ("Zoom" in listed(acme, "Mei")) == browsed
    assert ("Zoom" in listed(acme, "Mei", name_search="zoo")) == searched
    seen = acme.admin.ok("GET", "/appstore/apps", all_visibilities=True, size=100)["items"]
    assert "Zoom" in {app["user_friendly_label"] for app in seen}
    if asked:
        acme.ask("Mei", "Zoom")
    else:
        assert list(acme.refused("Mei", "Zoom")) == ["body.app_id"]


def test_allowed_groups_say_who_sees_an_app_and_asks_for_it(acme: Acme) -> None:
    flow(acme, "Zoom", allowed_groups=only("Engineering", "Security"))
    for name, may in (("Mei", True), ("Omar", True), ("Tomas", False)):
        assert ("Zoom" in listed(acme, name)) == may
    acme.ask("Mei", "Zoom")
    assert list(acme.refused("Tomas", "Zoom")) == ["body.app_id"]
    flow(acme, "Zoom", allowed_groups=only())
    assert acme.refused("Mei", "Zoom")


def test_custom_request_instructions_are_read_before_asking(acme: Acme) -> None:
    acme.settings("Zoom", custom_request_instructions="Name your team.")
    url = f"/appstore/apps/{ids.APPS['Zoom']}/settings"
    assert acme.as_("Mei").ok("GET", url)["custom_request_instructions"] == "Name your team."
    acme.ask("Mei", "Zoom")


def test_redirect_url_sends_people_away(acme: Acme) -> None:
    acme.settings("Zoom", redirect_url="https://zoom.acme.example/join")
    assert "https://zoom.acme.example/join" in acme.refused("Mei", "Zoom")["body.app_id"]
    acme.settings("Zoom", redirect_url=None)
    acme.ask("Mei", "Zoom")


def test_require_manager_approval_asks_the_manager(acme: Acme) -> None:
    flow(acme, "Zoom", require_manager_approval=True)
    request = acme.ask("Mei", "Zoom")
    assert (request["status"], acme.deciders(request)) == ("PENDING_MANAGER_APPROVAL", {"Grace"})
    assert acme.task(request)["task_category"] == "MANAGER_APPROVAL"


def test_approvers_are_asked_and_without_any_a_request_is_approved(acme: Acme) -> None:
    flow(acme, "Zoom", approvers=people("Vera", groups=("IT",)))
    assert acme.deciders(acme.ask("Mei", "Zoom")) == {"Vera", "IT"}
    flow(acme, "Zoom", approvers=people())
    request = acme.ask("Mei", "Zoom")
    assert acme.task(request)["task_category"] == "PROVISIONING"


def test_approvers_stage_2_are_asked_after_the_first_yes(acme: Acme) -> None:
    flow(acme, "Zoom", approvers_stage_2=people("Vera"), require_additional_approval=True)
    request = acme.ask("Mei", "Zoom")
    assert acme.deciders(request) == {"Omar"}
    assert acme.as_("Vera").ok("GET", "/tasks")["items"] == []
    acme.approve("Omar", request)
    assert (acme.status(request), acme.deciders(request)) == ("PENDING_APPROVAL", {"Vera"})


def test_require_additional_approval_off_makes_one_step_of_two(acme: Acme) -> None:
    flow(acme, "Zoom", approvers_stage_2=people("Vera"), require_additional_approval=True)
    flow(acme, "Zoom", require_additional_approval=False)
    request = acme.ask("Mei", "Zoom")
    assert acme.deciders(request) == {"Omar", "Vera"}
    acme.approve("Vera", request)
    assert acme.status(request) == "PENDING_MANUAL_PROVISIONING"


def test_admins_give_take_and_stand_in(acme: Acme) -> None:
    flow(acme, "Zoom", admins=people("Vera"))
    provisioning(acme, "Zoom", time_based_access=["2 hours"])
    request = acme.ask("Mei", "Zoom", access_length="2 hours")
    acme.approve("Omar", request)
    assert acme.deciders(request) == {"Vera"}
    acme.approve("Vera", request)
    acme.pass_time(7200)
    assert acme.deciders(request) == {"Vera"}
    acme.change("Omar", status="INACTIVE")
    assert acme.deciders(acme.ask("Mei", "Zoom", access_length="2 hours")) == {"Vera"}


def test_custom_approval_message_is_sent_after_a_yes_and_not_after_a_no(acme: Acme) -> None:
    for decide in (acme.approve, acme.deny):
        decide("Omar", acme.ask("Mei", "Zoom"))
    notes = acme.admin.ok("GET", "/_emulator/notifications")
    told = [note["text"] for note in notes if note["user_id"] == ids.USERS["Mei"].id]
    assert told == ["Welcome to Zoom.", "Omar Haddad has denied access to Zoom."]


def test_request_validation_inline_webhook_may_refuse_before_anybody_is_asked(
    acme: Acme,
) -> None:
    flow(acme, "Zoom", request_validation_inline_webhook=VALIDATION)
    acme.ask("Mei", "Zoom")
    acme.script("REQUEST_VALIDATION", "refuse", "Training first.")
    assert acme.refused("Mei", "Zoom") == {"body.app_id": "Training first."}
    assert acme.as_("Omar").ok("GET", "/tasks")["total"] == 1


@pytest.mark.parametrize(
    ("option", "may_choose", "gets"),
    [
        ("DIRECT_TO_USER", False, []),
        ("GROUPS_AND_HIDDEN", False, ["Reader"]),
        ("GROUPS_AND_VISIBLE", True, []),
    ],
)
def test_groups_provisioning_says_what_people_choose(
    acme: Acme, option: str, may_choose: bool, gets: list[str]
) -> None:
    provisioning(acme, "Warehouse", groups_provisioning=option)
    if option == "DIRECT_TO_USER":
        shown = acme.as_("Mei").ok(
            "GET",
            "/appstore/requestable_permissions",
            app_id=ids.APPS["Warehouse"],
            in_app_store=True,
        )
        assert shown["items"] == []
    request = acme.ask("Mei", "Warehouse")
    assert [p["label"] for p in request["requestable_permissions"]] == gets
    if may_choose:
        assert acme.ask("Mei", "Warehouse", "Reader")["requestable_permissions"]
    else:
        assert acme.refused("Mei", "Warehouse", "Reader")


def test_allow_multiple_permission_selection_lets_people_ask_for_two(acme: Acme) -> None:
    both = ("Employee", "Auditor")
    acme.configure("Expenses", "Auditor", allowed_groups_override=False)
    assert acme.refused("Mei", "Expenses", *both)
    provisioning(acme, "Expenses", allow_multiple_permission_selection=True)
    assert len(acme.ask("Mei", "Expenses", *both)["requestable_permissions"]) == 2


def test_time_based_access_offers_lengths_and_without_any_access_is_for_ever(
    acme: Acme,
) -> None:
    assert acme.refused("Mei", "Wiki", access_length="2 hours")
    assert acme.ask("Mei", "Wiki")["expiration_in_seconds"] is None
    provisioning(acme, "Wiki", time_based_access=["2 hours", "7 days"])
    assert acme.ask("Mei", "Wiki", access_length="7 days")["expiration_in_seconds"] == 604800
    assert acme.refused("Mei", "Wiki")
    assert acme.refused("Mei", "Wiki", access_length="8 hours")


def test_default_time_based_access_option_is_chosen_on_screens_alone(acme: Acme) -> None:
    lengths = ["2 hours", "Unlimited"]
    provisioning(
        acme, "Wiki", time_based_access=lengths, default_time_based_access_option="2 hours"
    )
    assert acme.ask("Mei", "Wiki")["expiration_in_seconds"] is None


def test_default_permission_is_chosen_on_screens_alone_where_people_see_permissions(
    acme: Acme,
) -> None:
    reader = {"id": ids.PERMISSIONS["Salesforce", "Read-only"]}
    provisioning(acme, "Salesforce", default_permission=reader)
    assert acme.ask("Mei", "Salesforce")["requestable_permissions"] == []


def test_manual_steps_needed_gives_an_admin_something_to_do(acme: Acme) -> None:
    provisioning(acme, "Wiki", manual_steps_needed=True)
    request = acme.ask("Mei", "Wiki")
    assert request["status"] == "PENDING_MANUAL_PROVISIONING"
    assert acme.account("Mei", "Wiki") == "ACCESS_CREATED"
    provisioning(acme, "Wiki", manual_steps_needed=False)
    assert acme.ask("Mei", "Wiki")["status"] == "COMPLETED"


def test_custom_provisioning_instructions_are_on_the_task(acme: Acme) -> None:
    request = acme.ask("Mei", "Zoom")
    assert acme.task(request)["instructions"] is None
    acme.approve("Omar", request)
    assert acme.task(request)["instructions"] == "Buy a licence."


@pytest.mark.parametrize(
    ("outcome", "status"), [("ok", "COMPLETED"), ("error", "PENDING_MANUAL_PROVISIONING")]
)
def test_provisioning_webhook_gives_access_or_an_admin_does(
    acme: Acme, outcome: str, status: str
) -> None:
    provisioning(acme, "Slack", provisioning_webhook=PROVISION)
    acme.script("PROVISION", outcome)
    assert acme.ask("Mei", "Slack")["status"] == status


@pytest.mark.parametrize(
    ("outcome", "status"),
    [("ok", "TIME_BASED_EXPIRED"), ("error", "PENDING_MANUAL_DEPROVISIONING")],
)
def test_access_removal_inline_webhook_takes_access_or_an_admin_does(
    acme: Acme, outcome: str, status: str
) -> None:
    provisioning(
        acme, "Wiki", access_removal_inline_webhook=DEPROVISION, time_based_access=["2 hours"]
    )
    acme.script("DEPROVISION", outcome)
    request = acme.ask("Mei", "Wiki", access_length="2 hours")
    acme.pass_time(7200)
    assert acme.status(request) == status
