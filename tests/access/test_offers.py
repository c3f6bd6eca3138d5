"""What a person may ask for, as the client lists it."""

from __future__ import annotations

import pytest
from pulumi_lumos.access import NotKnown, Offer
from pulumi_lumos.emulator import requests_seed_ids as ids

from ..emulator.requests.acme import Acme
from .conftest import As


def steps(offer: Offer) -> list[str]:
    """Who decides about what everybody gets who asks for an app."""
    return [str(step) for step in offer.steps or ()]


def test_people_see_the_apps_they_may_ask_for_and_find_others_by_name(as_: As) -> None:
    usual = ["AWS", "Expenses", "Legacy", "Salesforce", "Slack", "Warehouse", "Wiki", "Zoom"]
    assert [app.name for app in as_("Tomas").list_apps()] == usual
    assert "GitHub" in [app.name for app in as_("Mei").list_apps()]
    assert [app.name for app in as_("Mei").list_apps("fig")] == ["Figma"]


def test_an_offer_says_who_decides_in_which_order_and_for_how_long(as_: As) -> None:
    offer = as_("Mei").get_offer(ids.APPS["Salesforce"])
    admin, read_only = offer.choices
    assert (admin.label, read_only.label) == ("Admin", "Read-only")
    assert [str(step) for step in admin.steps] == [
        "the manager",
        "Priya Nair",
        "somebody in Security",
    ]
    assert [str(step) for step in read_only.steps] == ["Priya Nair"]
    assert admin.lengths == ("2 hours", "8 hours")
    assert read_only.lengths == ("2 hours", "8 hours", "Unlimited")
    assert admin.group and admin.group.name == "Salesforce Admins"
    assert offer.app.takes_several
    assert offer.lengths_for([admin.id, read_only.id]) == ("2 hours", "8 hours")
    assert offer.lengths_for([read_only.id]) == read_only.lengths


def test_permissions_that_share_no_length_must_be_asked_for_singly(acme: Acme, as_: As) -> None:
    length = {"time_based_access_override": True, "time_based_access": ["7 days"]}
    acme.configure("Salesforce", "Admin", request_fulfillment_config=length)
    offer = as_("Mei").get_offer(ids.APPS["Salesforce"])
    assert offer.lengths_for([one.id for one in offer.choices]) == ()


def test_where_nothing_can_be_chosen_the_offer_is_what_everybody_gets(as_: As) -> None:
    offer = as_("Mei").get_offer(ids.APPS["GitHub"])
    assert offer.choices == ()
    assert [one.label for one in offer.given] == ["Member"]
    assert steps(offer) == ["the manager", "somebody in Engineering"]
    assert offer.lengths_for([]) == ("8 hours", "7 days", "Unlimited")


def test_an_app_without_permissions_is_asked_for_as_a_whole(as_: As) -> None:
    offer = as_("Mei").get_offer(ids.APPS["Zoom"])
    assert (offer.choices, offer.given) == ((), ())
    assert steps(offer) == ["Omar Haddad"]
    assert offer.lengths_for([]) == ("Unlimited",)
    assert steps(as_("Mei").get_offer(ids.APPS["Wiki"])) == []


def test_an_app_that_sends_people_away_says_where(as_: As) -> None:
    assert as_("Mei").get_offer(ids.APPS["Legacy"]).ask_at == ids.LEGACY_URL


def test_a_permission_for_other_groups_is_not_offered(acme: Acme, as_: As) -> None:
    offer = as_("Mei").get_offer(ids.APPS["Expenses"])
    assert [one.label for one in offer.choices] == ["Employee"]
    groups = [{"id": ids.GROUPS["Engineering"].id, "app_id": ids.GROUPS["Engineering"].app_id}]
    allowed = {"type": "SPECIFIED_GROUPS", "groups": groups}
    override = {"allowed_groups_override": True, "allowed_groups": allowed}
    acme.configure("Expenses", "Employee", **override)
    assert [one.label for one in as_("Mei").get_offer(ids.APPS["Expenses"]).choices] == ["Employee"]
    with pytest.raises(NotKnown, match="other groups"):
        as_("Tomas").get_offer(ids.APPS["Expenses"])


def test_an_offer_says_who_gets_it_at_once(acme: Acme, as_: As) -> None:
    [production] = as_("Mei").get_offer(ids.APPS["AWS"]).choices
    assert [str(one) for one in production.at_once] == [
        "members of On-call, for 2 hours or 4 hours"
    ]
    admin, read_only = as_("Mei").get_offer(ids.APPS["Salesforce"]).choices
    assert [str(one) for one in read_only.at_once] == ["people whose department is Sales"]
    assert admin.at_once == ()
    rule = {"app_id": ids.APPS["Zoom"], "justification": "All"}
    acme.admin.ok("POST", "/appstore/pre_approval_rules", rule)
    assert [str(one) for one in as_("Mei").get_offer(ids.APPS["Zoom"]).at_once] == ["everybody"]
    acme.admin.fault(kind="status", status=403, method="GET", path="/pre_approval_rules$")
    assert as_("Mei").get_offer(ids.APPS["Zoom"]).at_once == ()


@pytest.mark.parametrize("app", ["GitHub", "Payroll"])
def test_an_app_that_lumos_does_not_show_is_not_offered(as_: As, app: str) -> None:
    with pytest.raises(NotKnown, match="does not offer"):
        as_("Tomas").get_offer(ids.APPS[app])


def test_settings_that_a_token_may_not_read_are_left_out(acme: Acme, as_: As) -> None:
    acme.admin.fault(kind="status", status=403, method="GET", path="/settings$")
    salesforce = as_("Mei").get_offer(ids.APPS["Salesforce"])
    assert [one.label for one in salesforce.choices] == ["Admin", "Read-only"]
    assert as_("Mei").get_offer(ids.APPS["Zoom"]).steps is None


def test_an_answer_that_leaves_steps_out_is_marked_as_not_whole(acme: Acme, as_: As) -> None:
    acme.switch(describes_entire_workflow=False)
    offer = as_("Mei").get_offer(ids.APPS["Salesforce"])
    assert not offer.is_whole
    assert [one.is_whole for one in offer.choices] == [False, False]


def test_people_are_found_by_their_address(as_: As) -> None:
    kai = as_("Priya").get_person("Kai.Sund@acme.example")
    assert (kai.name, kai.status) == ("Kai Sund", "STAGED")
    with pytest.raises(NotKnown, match="no people"):
        as_("Priya").get_person("nobody@acme.example")


def test_an_admin_lists_who_administers_the_apps(acme: Acme, as_: As) -> None:
    acme.change("Priya", status="INACTIVE")
    admins = {one.app.name: one for one in as_("Ada", "admin").list_app_admins()}
    assert "Payroll" in admins
    assert [str(one) for one in admins["Zoom"].active] == ["Ada Admin"]
    salesforce = admins["Salesforce"]
    assert (salesforce.active, [one.email for one in salesforce.inactive]) == (
        (),
        ["priya.nair@acme.example"],
    )
