"""What the catalog means for people: who has to decide, and who gets which access for how long."""

import pytest
from pulumi import automation
from pulumi_lumos.access import Invalid
from pulumi_lumos.pytest_plugin import LumosEmulator

GRACE, LINUS = "grace.okafor@acme.example", "linus.berg@acme.example"
ADA, TOMAS = "ada.admin@acme.example", "tomas.novak@acme.example"


def test_production_needs_two_approvals(
    stack: automation.Stack, lumos_emulator: LumosEmulator
) -> None:
    stack.up()
    tomas = lumos_emulator.as_user(TOMAS)
    request = tomas.request("AWS / Production", for_="2 hours", reason="Broken invoices")
    assert request.deciders == {"Engineering"}
    lumos_emulator.as_user(GRACE).approve(request)
    assert request.deciders == {"IT"}, "one approval must not give access to production"
    assert TOMAS not in lumos_emulator.members("On-call")
    lumos_emulator.as_user(ADA).approve(request)
    assert request.is_given
    assert TOMAS in lumos_emulator.members("On-call")


def test_nobody_keeps_production(stack: automation.Stack, lumos_emulator: LumosEmulator) -> None:
    stack.up()
    grace = lumos_emulator.as_user(GRACE)
    with pytest.raises(Invalid, match="Access without an end is not offered"):
        grace.request("AWS / Production")
    request = grace.request("AWS / Production", for_="8 hours")
    for approver in (LINUS, ADA):
        lumos_emulator.as_user(approver).approve(request)
    lumos_emulator.pass_time("7 hours")
    assert GRACE in lumos_emulator.members("On-call")
    lumos_emulator.pass_time("1 hour")
    assert GRACE not in lumos_emulator.members("On-call")


def test_a_manager_who_denies_is_the_end_of_it(
    stack: automation.Stack, lumos_emulator: LumosEmulator
) -> None:
    stack.up()
    lumos_emulator.change_user(TOMAS, manager=GRACE)
    request = lumos_emulator.as_user(TOMAS).request("Salesforce / Admin", for_="7 days")
    assert request.deciders == {GRACE}
    lumos_emulator.as_user(GRACE).deny(request, "Read-only is enough.")
    assert (request.status, request.deciders) == ("MANAGER_DENIED", set())
    assert request.now.answer == "Read-only is enough."
    assert TOMAS not in lumos_emulator.members("Salesforce Admins")
