"""docs/request-to-access.md: each arrow of its picture, played by people."""

from __future__ import annotations

import re
from typing import Any

import pytest
from pulumi_lumos.access import Invalid
from pulumi_lumos.declare.spec import ListOf, ShapeSpec, TypeSpec
from pulumi_lumos.emulator import requests_seed_ids as ids
from pulumi_lumos.emulator import seed_ids
from pulumi_lumos.playing import PlayedPerson, PlayedRequest
from pulumi_lumos.pytest_plugin import LumosEmulator

from ..laws.law import SPECS
from ..repository import ROOT

PAGE = (ROOT / "docs" / "request-to-access.md").read_text(encoding="utf-8")
ADMIN, PRODUCTION = "Salesforce / Admin", "AWS / Prod admin"


def as_(company: LumosEmulator, name: str) -> PlayedPerson:
    """Somebody of the company."""
    return company.as_user(ids.USERS[name].email)


def script(company: LumosEmulator, hook_type: str, outcome: str) -> None:
    """Let a webhook of a type answer so."""
    address = f"/_emulator/inline_webhooks/{seed_ids.WEBHOOK_IDS[hook_type]}/answer"
    company.call("PUT", address, {"outcome": outcome})


def approve(company: LumosEmulator, request: PlayedRequest, *names: str) -> None:
    """Let people approve, one after the other."""
    for name in names:
        as_(company, name).approve(request)


def members(company: LumosEmulator, group: str) -> set[str]:
    """Who is in a group, by given name."""
    return {email.split(".")[0].title() for email in company.members(group)}


@pytest.mark.parametrize(
    ("name", "desired", "length"),
    [
        ("Tomas", "GitHub", "8 hours"),
        ("Mei", "Payroll", ""),
        ("Mei", PRODUCTION, "7 days"),
        ("Mei", "Expenses / Auditor", ""),
    ],
    ids=["group", "hidden", "length", "group of a permission"],
)
def test_01_who_may_not_ask_is_refused(
    company: LumosEmulator, name: str, desired: str, length: str
) -> None:
    with pytest.raises(Invalid):
        as_(company, name).request(desired, for_=length)
    assert company.objects("/appstore/access_requests") == []


def test_02_a_rule_approves_at_once_and_not_for_longer(company: LumosEmulator) -> None:
    assert as_(company, "Linus").request(PRODUCTION, for_="4 hours").is_given
    assert as_(company, "Linus").request(PRODUCTION, for_="8 hours").deciders == {"Security"}
    assert as_(company, "Grace").request(PRODUCTION, for_="4 hours").deciders == {"Security"}


def test_03_where_nobody_is_named_nobody_has_to_approve(company: LumosEmulator) -> None:
    assert as_(company, "Mei").request("Wiki").is_given


def test_04_the_manager_is_asked_first_or_the_admins_of_the_app(company: LumosEmulator) -> None:
    github = as_(company, "Mei").request("GitHub", for_="8 hours")
    assert github.deciders == {ids.USERS["Grace"].email}
    without = as_(company, "Noor").request("GitHub", for_="8 hours")
    assert without.deciders == {ids.USERS["Ada"].email}


def test_05_the_manager_denies(company: LumosEmulator) -> None:
    request = as_(company, "Mei").request("GitHub", for_="8 hours")
    as_(company, "Grace").deny(request, "Not now.")
    assert (request.status, request.deciders) == ("MANAGER_DENIED", set())
    assert members(company, "GitHub Members") == set()


def test_06_after_the_manager_stage_1_is_asked(company: LumosEmulator) -> None:
    request = as_(company, "Mei").request("GitHub", for_="8 hours")
    approve(company, request, "Grace")
    assert request.deciders == {"Engineering"}


def test_07_stage_1_denies(company: LumosEmulator) -> None:
    request = as_(company, "Mei").request("Zoom")
    as_(company, "Omar").deny(request)
    assert (request.status, request.deciders) == ("DENIED", set())


def test_08_without_stage_2_one_approver_suffices(company: LumosEmulator) -> None:
    request = as_(company, "Mei").request("GitHub", for_="8 hours")
    approve(company, request, "Grace", "Linus")
    assert request.is_given


def asked_for_admin(company: LumosEmulator) -> PlayedRequest:
    """A request that stage 1 has approved."""
    request = as_(company, "Tomas").request(ADMIN, for_="2 hours")
    approve(company, request, "Priya", "Priya")
    return request


def test_09_after_stage_1_stage_2_is_asked(company: LumosEmulator) -> None:
    request = asked_for_admin(company)
    assert (request.status, request.deciders) == ("PENDING_APPROVAL", {"Security"})


def test_10_stage_2_denies(company: LumosEmulator) -> None:
    request = asked_for_admin(company)
    as_(company, "Omar").deny(request)
    assert request.status == "DENIED"
    assert "Tomas" not in members(company, "Salesforce Admins")


def test_11_after_stage_2_nobody_is_left_to_approve(company: LumosEmulator) -> None:
    request = asked_for_admin(company)
    approve(company, request, "Omar")
    assert (request.is_given, request.deciders) == (True, set())


def test_12_whoever_is_approved_joins_the_group(company: LumosEmulator) -> None:
    request = as_(company, "Mei").request(PRODUCTION, for_="8 hours")
    assert members(company, "Prod Admins") == set()
    approve(company, request, "Omar")
    assert members(company, "Prod Admins") == {"Mei"}


def test_13_what_is_done_by_hand_waits_for_an_admin_of_the_app(company: LumosEmulator) -> None:
    request = as_(company, "Mei").request("Zoom")
    approve(company, request, "Omar")
    assert request.status == "PENDING_MANUAL_PROVISIONING"
    assert request.deciders == {ids.USERS["Ada"].email}
    script(company, "PROVISION", "error")
    failed = as_(company, "Mei").request("Warehouse", for_="2 hours")
    assert failed.status == "PENDING_MANUAL_PROVISIONING"


def test_14_an_admin_of_the_app_refuses(company: LumosEmulator) -> None:
    request = as_(company, "Mei").request("Zoom")
    approve(company, request, "Omar")
    as_(company, "Ada").deny(request)
    assert request.status == "DENIED_PROVISIONING"


def test_15_the_time_begins_when_an_admin_of_the_app_confirms(company: LumosEmulator) -> None:
    settings = {"provisioning": {"time_based_access": ["8 hours"]}}
    company.call("PATCH", f"/appstore/apps/{ids.APPS['Zoom']}/settings", settings)
    request = as_(company, "Mei").request("Zoom", for_="8 hours")
    approve(company, request, "Omar")
    company.pass_time("7 hours")
    assert request.now.ends_at is None
    approve(company, request, "Ada")
    company.pass_time("7 hours")
    assert request.is_given


def test_16_when_time_is_up_the_person_leaves_the_group(company: LumosEmulator) -> None:
    request = as_(company, "Linus").request(PRODUCTION, for_="4 hours")
    company.pass_time("3 hours")
    assert members(company, "Prod Admins") == {"Linus"}
    company.pass_time("1 hour")
    assert members(company, "Prod Admins") == set()
    assert request.status == "TIME_BASED_EXPIRED"


def not_taken_away(company: LumosEmulator) -> PlayedRequest:
    """A request whose time is up, and whose webhook fails to take the access away."""
    request = as_(company, "Mei").request("Warehouse", for_="2 hours")
    script(company, "DEPROVISION", "error")
    company.pass_time("2 hours")
    return request


def test_17_where_the_removal_fails_an_admin_of_the_app_has_to_act(
    company: LumosEmulator,
) -> None:
    request = not_taken_away(company)
    assert request.status == "PENDING_MANUAL_DEPROVISIONING"
    assert request.deciders == {ids.USERS["Ada"].email}


def test_18_an_admin_of_the_app_confirms_that_the_access_is_gone(company: LumosEmulator) -> None:
    request = not_taken_away(company)
    approve(company, request, "Ada")
    assert request.status == "TIME_BASED_EXPIRED"


@pytest.mark.parametrize(("name", "steps"), [("GitHub", ()), ("GitHub", ("Grace",)), ("Zoom", ())])
def test_19_whatever_waits_can_be_cancelled(
    company: LumosEmulator, name: str, steps: tuple[str, ...]
) -> None:
    length = "8 hours" if name == "GitHub" else ""
    request = as_(company, "Mei").request(name, for_=length)
    approve(company, request, *steps)
    as_(company, "Mei").cancel(request)
    assert (request.status, request.deciders) == ("CANCELLED", set())


def test_20_what_nobody_decides_expires(company: LumosEmulator) -> None:
    request = as_(company, "Mei").request("Zoom")
    company.pass_time("29 days")
    assert request.status == "PENDING_APPROVAL"
    company.pass_time("1 day")
    assert (request.status, request.deciders) == ("EXPIRED", set())


def numbers(pattern: str, text: str) -> list[int]:
    """The numbers that a pattern finds, in order."""
    return sorted(int(found) for found in re.findall(pattern, text, re.M))


def test_every_arrow_is_explained_and_has_a_test() -> None:
    [picture] = re.findall(r"```text\n(.*?)```", PAGE, re.S)
    drawn = numbers(r"(?<=[─ ])(\d+)(?=──|$)", picture)
    explained = numbers(r"^\| (\d+) \|", PAGE)
    played = [name for name in globals() if re.match(r"test_\d", name)]
    assert drawn == explained == sorted(int(name.split("_")[1]) for name in played)


def test_what_decides_is_declared_in_a_catalog() -> None:
    table = PAGE.partition("|---|")[2].partition("\n\n")[0]
    named = {name for row in table.splitlines() for name in re.findall(r"`(\w+)`", row)}
    fields = {name for spec in SPECS.values() for name in _fields(spec.shape)}
    assert named and named <= fields


def _fields(shape: ShapeSpec) -> set[str]:
    """The names of the fields of a shape, nested ones too."""
    found = set(shape.fields)
    for field in shape.fields.values():
        inner = _shape(field.type)
        found |= _fields(inner) if inner else set()
    return found


def _shape(spec: TypeSpec | Any) -> ShapeSpec | None:
    while isinstance(spec, ListOf):
        spec = spec.item
    return spec if isinstance(spec, ShapeSpec) else None
