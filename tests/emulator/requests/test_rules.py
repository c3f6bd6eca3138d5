"""Who needs no approval, who decides, and which status follows which: the rules by themselves."""

from __future__ import annotations

from typing import Any

import pytest
from pulumi_lumos.emulator import rules, wire
from pulumi_lumos.emulator.requests.pre_approval import Receiver, covers
from pulumi_lumos.emulator.requests.process import Members, Process, next_step, united
from pulumi_lumos.emulator.requests.statuses import CANCELLABLE, FOLLOWED_BY, WAITING
from pulumi_lumos.emulator.vocabulary import words_of

SALES = {"attribute": "department", "value": "Sales"}
OSLO = {"attribute": "office", "value": "Oslo"}
TOMAS = Receiver(frozenset({"sales", "everyone"}), {"department": "Sales", "office": "Paris"})


def rule(**fields: Any) -> dict[str, Any]:
    groups = [{"id": key} for key in fields.pop("groups", ())]
    permissions = [{"id": key} for key in fields.pop("permissions", ())]
    attributes = list(fields.pop("attributes", ()))
    people = {"preapproved_groups": groups, "preapproved_users_by_attribute": attributes}
    return {**rules.blank(), **people, "preapproved_permissions": permissions, **fields}


@pytest.mark.parametrize(
    ("fields", "covered"),
    [
        ({"groups": ["sales"]}, True),
        ({"groups": ["it", "sales"]}, True),
        ({"groups": ["it"]}, False),
        ({"attributes": [SALES]}, True),
        ({"attributes": [SALES, OSLO]}, False),
        ({"attributes": [{"attribute": "department", "value": "sales"}]}, False),
        ({"attributes": [{"attribute": "floor", "value": "3"}]}, False),
        ({"groups": ["sales"], "attributes": [SALES]}, True),
        ({"groups": ["it"], "attributes": [SALES]}, False),
        ({"groups": ["sales"], "attributes": [OSLO]}, False),
    ],
)
def test_a_rule_is_for_people_in_one_group_and_with_every_attribute(
    fields: dict[str, Any], covered: bool
) -> None:
    assert _covers(rule(**fields)) == covered


@pytest.mark.parametrize(
    ("fields", "permission_id", "length", "covered"),
    [
        ({}, "admin", "2 hours", True),
        ({}, None, None, True),
        ({"permissions": ["admin"]}, "admin", None, True),
        ({"permissions": ["admin"]}, "reader", None, False),
        ({"permissions": ["admin"]}, None, None, False),
        ({"time_based_access": ["2 hours"]}, "admin", "2 hours", True),
        ({"time_based_access": ["2 hours"]}, "admin", "8 hours", False),
        ({"time_based_access": ["2 hours"]}, "admin", "Unlimited", False),
        ({"time_based_access": ["2 hours"]}, "admin", None, False),
    ],
)
def test_an_empty_list_of_a_rule_does_not_limit_it(
    fields: dict[str, Any], permission_id: str | None, length: str | None, covered: bool
) -> None:
    found = rule(groups=["sales"], **fields)
    assert _covers(found, permission_id=permission_id, length=length) == covered


@pytest.mark.parametrize(("switch", "covered"), [("everyone", True), ("nobody", False)])
def test_a_switch_says_for_whom_a_rule_without_people_is(switch: str, covered: bool) -> None:
    assert _covers(rule(), without_people=switch) == covered


def _covers(found: dict[str, Any], **given: Any) -> bool:
    usual = {"permission_id": "admin", "length": "2 hours", "without_people": "nobody"}
    return covers(found, TOMAS, **{**usual, **given})


GRACE, IT = Members(frozenset({"grace"})), Members(groups=frozenset({"it"}))


@pytest.mark.parametrize(
    ("process", "steps"),
    [
        (Process(), []),
        (Process(manager=True), ["manager"]),
        (Process(stage_1=GRACE), ["stage_1"]),
        (Process(stage_2=GRACE), ["stage_2"]),
        (Process(manager=True, stage_2=IT), ["manager", "stage_2"]),
        (Process(True, GRACE, IT), ["manager", "stage_1", "stage_2"]),
    ],
)
def test_the_manager_comes_first_and_a_stage_without_approvers_is_skipped(
    process: Process, steps: list[str]
) -> None:
    taken: list[str] = []
    while (step := next_step(process, taken[-1] if taken else None)) is not None:
        taken.append(step)
    assert taken == steps


def test_several_things_together_need_the_approvals_of_each() -> None:
    both = united([Process(manager=True, stage_1=GRACE), Process(stage_1=IT, stage_2=GRACE)])
    assert both == Process(True, GRACE | IT, GRACE)


@pytest.mark.parametrize(("flag", "stage_2"), [(True, IT), (None, IT), (False, Members())])
def test_stage_two_can_be_switched_off(flag: bool | None, stage_2: Members) -> None:
    approval = {
        "manager_approval": "NONE",
        "require_additional_approval": flag,
        "approvers": GRACE.as_record(),
        "approvers_stage_2": IT.as_record(),
    }
    assert Process.of(approval) == Process(False, GRACE, stage_2)


def test_the_statuses_are_those_of_the_document() -> None:
    known = set(words_of(wire.AccessRequest, "status"))
    assert set(FOLLOWED_BY) == known
    assert set().union(*FOLLOWED_BY.values()) == known - {"PENDING"}


def test_the_vendors_command_line_and_the_emulator_agree_on_what_can_be_cancelled() -> None:
    assert {
        "PENDING",
        "PENDING_MANAGER_APPROVAL",
        "PENDING_APPROVAL",
        "PENDING_PROVISIONING",
        "PENDING_MANUAL_PROVISIONING",
    } == CANCELLABLE
    assert WAITING < CANCELLABLE
