"""People that a test plays through the fixture `lumos_emulator`."""

from __future__ import annotations

import pytest
from pulumi_lumos.access import Forbidden, Invalid, NotKnown, seconds_of
from pulumi_lumos.emulator import requests_seed_ids as ids
from pulumi_lumos.pytest_plugin import LumosEmulator

EMAILS = {name: user.email for name, user in ids.USERS.items()}


def test_a_request_says_who_has_to_decide_and_a_group_gets_its_member(
    company: LumosEmulator,
) -> None:
    tomas = company.as_user(EMAILS["Tomas"])
    request = tomas.request("Salesforce / Admin", for_="2 hours", reason="Quarter end")
    for deciders, name in [
        ({EMAILS["Priya"]}, "Priya"),
        ({EMAILS["Priya"]}, "Priya"),
        ({"Security"}, "Omar"),
    ]:
        assert request.deciders == deciders
        company.as_user(EMAILS[name]).approve(request)
    assert request.is_given
    assert EMAILS["Tomas"] in company.members("Salesforce Admins")
    company.pass_time("2 hours")
    assert request.status == "TIME_BASED_EXPIRED"
    assert EMAILS["Tomas"] not in company.members("Salesforce Admins")


def test_what_waits_is_shown_by_a_failing_test(company: LumosEmulator) -> None:
    request = company.as_user(EMAILS["Mei"]).request("Zoom")
    assert repr(request) == (
        "<request of Mei Tanaka for Zoom: PENDING_APPROVAL, waits for omar.haddad@acme.example>"
    )


def test_nobody_can_do_more_than_in_lumos(company: LumosEmulator) -> None:
    tomas = company.as_user(EMAILS["Tomas"])
    with pytest.raises(Invalid, match="in no group that may ask"):
        tomas.request("GitHub", for_="8 hours")
    request = company.as_user(EMAILS["Mei"]).request("Zoom")
    with pytest.raises(Forbidden):
        tomas.approve(request)
    company.as_user(EMAILS["Tomas"], admin=True).approve(request)
    assert request.status == "PENDING_MANUAL_PROVISIONING"
    company.as_user(EMAILS["Mei"]).cancel(request, "No more")
    with pytest.raises(NotKnown, match="it is CANCELLED"):
        tomas.deny(request)


def test_somebody_asks_for_somebody_else(company: LumosEmulator) -> None:
    request = company.as_user(EMAILS["Priya"]).request("Wiki", target=EMAILS["Kai"])
    assert request.now.target.email == EMAILS["Kai"]
    assert company.as_user(EMAILS["Priya"]).person.name == "Priya Nair"


def test_who_leaves_decides_no_more(company: LumosEmulator) -> None:
    company.change_user(EMAILS["Omar"], status="INACTIVE")
    assert company.as_user(EMAILS["Mei"]).request("Zoom").deciders == {EMAILS["Ada"]}
    company.change_user(EMAILS["Mei"], manager=EMAILS["Vera"])
    request = company.as_user(EMAILS["Mei"]).request("GitHub", for_="8 hours")
    assert request.deciders == {EMAILS["Vera"]}


def test_an_unknown_or_ambiguous_name_is_an_error_that_lists_the_names(
    company: LumosEmulator,
) -> None:
    body = {"app_id": ids.APPS["Zoom"], "label": "Admin"}
    company.call("POST", "/appstore/requestable_permissions", body)
    mei = company.as_user(EMAILS["Mei"])
    with pytest.raises(NotKnown, match="say which: Salesforce / Admin, Zoom / Admin"):
        mei.request("Admin")
    with pytest.raises(NotKnown, match="It has AWS, AWS / Prod admin, Expenses"):
        mei.request("Prod")
    with pytest.raises(NotKnown, match=r"There are ada\.admin@acme\.example, grace"):
        company.as_user("grace@acme.example")
    with pytest.raises(AssertionError, match="'3 moons' is no time"):
        company.pass_time("3 moons")
    with pytest.raises(AssertionError, match="0 groups are called 'Prod'"):
        company.members("Prod")


def test_a_list_of_many_pages_is_whole(company: LumosEmulator) -> None:
    for number in range(150):
        body = {"app_id": ids.APPS["Zoom"], "label": f"Room {number}"}
        company.call("POST", "/appstore/requestable_permissions", body)
    found = company.objects("/appstore/requestable_permissions", app_id=ids.APPS["Zoom"])
    assert len(found) == 150


def test_a_list_without_pages_is_whole(company: LumosEmulator) -> None:
    found = company.objects("/inline_webhooks")
    assert {one["hook_type"] for one in found} >= {"PRE_APPROVAL", "SIEM"}


@pytest.mark.parametrize(
    ("length", "seconds"),
    [
        ("2 hours", 7200),
        ("1 day", 86400),
        ("90 minutes", 5400),
        ("2 Hours", 7200),
        ("2h", 7200),
        ("1 week", 604800),
        ("Unlimited", None),
        ("2", None),
        ("2 moons", None),
        ("-2 hours", None),
    ],
)
def test_lengths_are_read_as_lumos_and_people_write_them(length: str, seconds: int | None) -> None:
    assert seconds_of(length) == seconds
