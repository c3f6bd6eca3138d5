"""What people notice of each field of a permission."""

from __future__ import annotations

from typing import Any

import pytest
from pulumi_lumos.emulator import requests_seed_ids as ids
from pulumi_lumos.emulator import wire

from .acme import PERMISSIONS, Acme, group_refs, only, people
from .fields import DEPROVISION, IDENTITY, PROVISION, VALIDATION
from .matrix import fields_of, fields_with_tests


def test_every_field_has_a_test() -> None:
    fields = set(fields_of(wire.RequestablePermissionInput)) - IDENTITY
    assert fields_with_tests(globals(), fields) == fields


def ask(acme: Acme, name: str = "Mei", **fields: Any) -> Any:
    """A request for the permission Employee of Expenses, which has a configuration of its own."""
    return acme.ask(name, "Expenses", "Employee", **fields)


def approval(acme: Acme, *, override: bool = True, **fields: Any) -> None:
    config = {"request_approval_config_override": override, **fields}
    acme.configure("Expenses", "Employee", request_approval_config=config)


def fulfillment(acme: Acme, **fields: Any) -> None:
    acme.configure("Expenses", "Employee", request_fulfillment_config=fields)


def test_label_is_what_every_request_and_task_shows(acme: Acme) -> None:
    url = f"{PERMISSIONS}/{ids.PERMISSIONS['Expenses', 'Employee']}"
    acme.admin.ok("PATCH", url, {"label": "Spender"})
    request = ask(acme)
    assert [p["label"] for p in request["requestable_permissions"]] == ["Spender"]
    assert "asks for Spender of Expenses" in acme.task(request)["description"]


@pytest.mark.parametrize(("value", "asked"), [("VISIBLE", True), ("HIDDEN", False)])
def test_appstore_visibility_says_whether_people_see_a_permission(
    acme: Acme, value: str, asked: bool
) -> None:
    acme.configure("Expenses", "Employee", appstore_visibility=value)
    query = {"app_id": ids.APPS["Expenses"], "in_app_store": True}
    shown = acme.as_("Mei").ok("GET", PERMISSIONS, **query)["items"]
    assert ("Employee" in {p["label"] for p in shown}) == asked
    if asked:
        ask(acme)
    else:
        assert acme.refused("Mei", "Expenses", "Employee")


@pytest.mark.parametrize(("override", "may"), [(True, {"Mei"}), (False, {"Mei", "Tomas"})])
def test_allowed_groups_override_says_whether_a_permission_has_groups_of_its_own(
    acme: Acme, override: bool, may: set[str]
) -> None:
    own = {"allowed_groups_override": override, "allowed_groups": only("Engineering")}
    acme.configure("Expenses", "Employee", **own)
    for name in ("Mei", "Tomas"):
        if name in may:
            ask(acme, name)
        else:
            assert acme.refused(name, "Expenses", "Employee")


@pytest.mark.parametrize(
    ("app", "own", "may"),
    [(only("IT"), {"type": "ALL_GROUPS"}, True), ({"type": "ALL_GROUPS"}, only("IT"), False)],
)
def test_allowed_groups_of_a_permission_are_looser_or_stricter_than_the_apps(
    acme: Acme, app: Any, own: Any, may: bool
) -> None:
    acme.settings("Expenses", request_flow={"allowed_groups": app})
    acme.configure("Expenses", "Employee", allowed_groups_override=True, allowed_groups=own)
    if may:
        ask(acme)
    else:
        assert acme.refused("Mei", "Expenses", "Employee")


@pytest.mark.parametrize(("override", "asked"), [(True, {"Vera"}), (False, {"Omar"})])
def test_request_approval_config_override_says_whether_a_permission_has_its_own_process(
    acme: Acme, override: bool, asked: set[str]
) -> None:
    acme.settings("Expenses", request_flow={"approvers": people("Omar")})
    approval(acme, override=override, approvers=people("Vera"), manager_approval="NONE")
    assert acme.deciders(ask(acme)) == asked


def test_request_approval_config_override_with_nobody_needs_no_approval(acme: Acme) -> None:
    approval(acme)
    assert acme.task(ask(acme))["task_category"] == "PROVISIONING"


@pytest.mark.parametrize(("value", "asked"), [("NONE", {"Vera"}), ("INITIAL_APPROVAL", {"Grace"})])
def test_manager_approval_of_a_permission_replaces_the_apps(
    acme: Acme, value: str, asked: set[str]
) -> None:
    acme.settings("Expenses", request_flow={"require_manager_approval": value == "NONE"})
    approval(acme, manager_approval=value, approvers=people("Vera"))
    assert acme.deciders(ask(acme)) == asked


def test_approvers_of_a_permission_are_asked_in_place_of_the_apps(acme: Acme) -> None:
    approval(acme, approvers=people("Vera", groups=("IT",)))
    assert acme.deciders(ask(acme)) == {"Vera", "IT"}


def test_approvers_stage_2_of_a_permission_are_asked_second(acme: Acme) -> None:
    approval(acme, approvers=people("Vera"), approvers_stage_2=people("Omar"))
    request = ask(acme)
    assert acme.deciders(request) == {"Vera"}
    acme.approve("Vera", request)
    assert acme.deciders(request) == {"Omar"}


def test_require_additional_approval_of_a_permission_off_makes_one_step_of_two(
    acme: Acme,
) -> None:
    approval(acme, approvers=people("Vera"), approvers_stage_2=people("Omar"))
    approval(acme, require_additional_approval=False)
    assert acme.deciders(ask(acme)) == {"Vera", "Omar"}


def test_request_approval_stages_say_the_same_in_the_deprecated_way(acme: Acme) -> None:
    stages = [
        {"approvers": [{"type": "USER", "user": {"id": ids.USERS["Vera"].id}}]},
        {"approvers": [{"type": "GROUP", "group": group_refs("IT")[0]}]},
    ]
    approval(acme, request_approval_stages=stages)
    request = ask(acme)
    assert acme.deciders(request) == {"Vera"}
    acme.approve("Vera", request)
    assert acme.deciders(request) == {"IT"}


@pytest.mark.parametrize(("override", "text"), [(True, "Yours."), (False, "The app's.")])
def test_custom_approval_message_override_says_whose_words_people_read(
    acme: Acme, override: bool, text: str
) -> None:
    acme.settings("Expenses", request_flow={"custom_approval_message": "The app's."})
    message: dict[str, Any] = {
        "custom_approval_message": "Yours.",
        "custom_approval_message_override": override,
    }
    approval(acme, **message)
    ask(acme)
    assert text in [note["text"] for note in acme.admin.ok("GET", "/_emulator/notifications")]


def test_custom_approval_message_of_each_permission_of_a_request_is_sent(acme: Acme) -> None:
    acme.settings("Expenses", provisioning={"allow_multiple_permission_selection": True})
    for label in ("Employee", "Auditor"):
        config = {
            "request_approval_config_override": True,
            "custom_approval_message": f"{label}.",
            "custom_approval_message_override": True,
        }
        everybody = {"allowed_groups_override": False}
        acme.configure("Expenses", label, request_approval_config=config, **everybody)
    acme.ask("Mei", "Expenses", "Employee", "Auditor")
    told = [note["text"] for note in acme.admin.ok("GET", "/_emulator/notifications")]
    assert "Employee. Auditor." in told


@pytest.mark.parametrize(("override", "offered"), [(True, "2 hours"), (False, "7 days")])
def test_time_based_access_override_says_whether_a_permission_has_lengths_of_its_own(
    acme: Acme, override: bool, offered: str
) -> None:
    acme.settings("Expenses", provisioning={"time_based_access": ["7 days"]})
    fulfillment(acme, time_based_access_override=override, time_based_access=["2 hours"])
    ask(acme, access_length=offered)
    other = {"2 hours": "7 days", "7 days": "2 hours"}[offered]
    assert acme.refused("Mei", "Expenses", "Employee", access_length=other)


def test_time_based_access_of_two_permissions_leaves_what_both_offer(acme: Acme) -> None:
    both = ("Read-only", "Admin")
    for length in ("2 hours", "8 hours"):
        acme.ask_all("Mei", "Salesforce", *both, access_length=length)
    assert acme.refused("Mei", "Salesforce", *both, access_length="Unlimited")
    acme.ask("Mei", "Salesforce", "Read-only", access_length="Unlimited")


@pytest.mark.parametrize(("value", "task"), [(True, "Do this."), (False, None)])
def test_manual_steps_needed_of_a_permission_comes_before_the_apps(
    acme: Acme, value: bool, task: str | None
) -> None:
    acme.settings(
        "Expenses",
        request_flow={"approvers": people()},
        provisioning={"manual_steps_needed": True, "provisioning_webhook": PROVISION},
    )
    fulfillment(acme, manual_steps_needed=value, manual_instructions="Do this.")
    request = ask(acme)
    if task is None:
        assert request["status"] == "COMPLETED"
    else:
        assert acme.task(request)["instructions"] == task


def test_manual_steps_needed_left_open_is_the_apps(acme: Acme) -> None:
    steps = {"manual_steps_needed": True, "custom_provisioning_instructions": "The app's."}
    acme.settings("Salesforce", provisioning=steps)
    request = acme.ask("Tomas", "Salesforce", "Read-only")
    assert acme.task(request)["instructions"] == "The app's."


def test_manual_instructions_are_the_text_of_the_task(acme: Acme) -> None:
    approval(acme)
    fulfillment(acme, manual_steps_needed=True, manual_instructions="Add a card.")
    assert acme.task(ask(acme))["instructions"] == "Add a card."


def test_provisioning_group_is_joined_and_left_at_the_end(acme: Acme) -> None:
    request = acme.ask("Linus", "AWS", "Prod admin", access_length="2 hours")
    assert acme.members("Prod Admins") == {"Linus"}
    acme.pass_time(7200)
    assert (acme.members("Prod Admins"), acme.status(request)) == (set(), "TIME_BASED_EXPIRED")


def test_provisioning_group_of_a_synced_permission_is_the_group_itself(acme: Acme) -> None:
    okta = ids.APPS["Okta"]
    acme.admin.ok("POST", "/appstore/apps", {"app_id": okta})
    found = acme.admin.ok("GET", PERMISSIONS, app_id=okta, search_term="Prod Admins")["items"]
    url = f"{PERMISSIONS}/{found[0]['id']}"
    acme.admin.ok("PATCH", url, {"request_config": {"appstore_visibility": "VISIBLE"}})
    option = {"groups_provisioning": "GROUPS_AND_VISIBLE"}
    acme.admin.ok("PATCH", f"/appstore/apps/{okta}/settings", {"provisioning": option})
    acme.ask("Mei", "Okta", found[0]["id"])
    assert acme.members("Prod Admins") == {"Mei"}


@pytest.mark.parametrize(("own", "status"), [(True, "COMPLETED"), (False, "PENDING")])
def test_provisioning_webhook_of_a_permission_comes_before_the_apps(
    acme: Acme, own: bool, status: str
) -> None:
    approval(acme)
    if own:
        fulfillment(acme, provisioning_webhook=PROVISION)
    assert ask(acme)["status"].startswith(status)


def test_access_removal_inline_webhook_of_a_permission_comes_before_the_apps(
    acme: Acme,
) -> None:
    approval(acme)
    fulfillment(
        acme,
        provisioning_webhook=PROVISION,
        time_based_access_override=True,
        time_based_access=["2 hours"],
    )
    acme.configure("Expenses", "Employee", access_removal_inline_webhook=DEPROVISION)
    request = ask(acme, access_length="2 hours")
    acme.pass_time(7200)
    assert acme.status(request) == "TIME_BASED_EXPIRED"
    calls = acme.admin.ok("GET", "/_emulator/webhook_calls")
    assert [call["hook_type"] for call in calls] == ["PROVISION", "DEPROVISION"]


def test_request_validation_inline_webhook_of_a_permission_is_asked_about_it_alone(
    acme: Acme,
) -> None:
    acme.script("REQUEST_VALIDATION", "refuse", "No.")
    acme.configure("Expenses", "Employee", request_validation_inline_webhook=VALIDATION)
    assert acme.refused("Mei", "Expenses", "Employee") == {"body.app_id": "No."}
    acme.ask("Mei", "Expenses")
