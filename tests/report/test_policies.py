"""Policies over the rows: on the command line, and in a program."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from pulumi_lumos import policies
from pulumi_lumos.policies import Policy, hours, max_duration, min_admins, min_stages
from pulumi_lumos.program.function import FunctionFailed

from ..drivers.command import RunCommand
from ..drivers.tenant import Tenant
from .company import SALESFORCE, Keep, add_rule, approvers, asks, group

HEAD = "from pulumi_lumos.policies import *\n"


@pytest.fixture
def declare(tmp_path: Path) -> Any:
    """Writes a file of policies; gives its name."""

    def declare(*policies: str) -> str:
        file = tmp_path / "rules.py"
        declared = [f"policy_{number} = {text}\n" for number, text in enumerate(policies)]
        file.write_text(HEAD + "".join(declared))
        return str(file)

    return declare


def test_a_policy_that_is_broken_is_a_line_an_offer_and_exit_code_1(
    quickstart: Tenant, run: RunCommand, declare: Any
) -> None:
    file = declare("somebody_decides()", 'max_duration(days(1), permission="*admin*")')
    found = run("report", "--policy", file)
    assert found.code == 1
    assert found.errors.splitlines() == [
        "POLICY Salesforce · Admin: Somebody decides. (somebody-decides)",
        "POLICY Slack · Guest channels for engineers: Somebody decides. (somebody-decides)",
        "POLICY Salesforce · Admin: Access to *admin* ends within 1 day. (max-duration)",
    ]
    quickstart.edit_settings(SALESFORCE, request_flow={"approvers": approvers("IT")})
    keeps = run("report", "--policy", declare('min_stages(1, app="Salesforce")'))
    assert (keeps.code, keeps.errors) == (0, "")


@pytest.mark.parametrize(
    ("declared", "sentence"),
    [
        (max_duration(hours(1)), "Access ends within 1 hour"),
        (max_duration(hours(1.5)), "Access ends within 1.5 hours"),
        (max_duration(hours(48)), "Access ends within 2 days"),
        (min_stages(1), "Access needs 1 approval"),
        (min_admins(1), "1 active person administers each app"),
        (min_admins(2), "2 active people administer each app"),
    ],
)
def test_a_policy_says_one_of_a_thing_and_two_things(declared: Policy, sentence: str) -> None:
    assert declared.sentence == sentence


def test_a_policy_that_needs_members_never_passes_without_them(
    quickstart: Tenant, run: RunCommand, declare: Any
) -> None:
    quickstart.edit_settings(SALESFORCE, request_flow={"approvers": approvers("Engineering")})
    file = declare("nobody_decides_alone()")
    unread = run("report", "--policy", file, "--app", "Salesforce")
    assert unread.code == 1
    assert unread.errors.splitlines() == [
        "POLICY Salesforce · Admin: Nobody is the only approver. Cannot be told: members of "
        "Engineering were not read; add --members=names. (nobody-decides-alone)"
    ]
    read = run("report", "--policy", file, "--app", "Salesforce", "--members=names")
    assert (read.code, read.errors) == (0, "")


FIFTEEN = {
    "somebody decides": "row.decides or row.only_preapproved",
    "two stages": 'not matches(row.permission, "*admin*") or len(row.decides) >= 2',
    "ends within a day": 'not matches(row.permission, "*admin*") or row.longest <= days(1)',
    "production": 'not matches(row.into.group, "*admin*") or not row.asks.everybody',
    "no end": 'row.longest < NO_END or row.app in {"Slack"}',
    "contractors": '"Contractors" not in row.asks.groups or row.key in set()',
    "finance decides": 'any("Finance" in stage.groups for stage in row.decides)',
    "only approver": "not row.decides or min(stage.people for stage in row.decides) >= 2",
    "active": "all(user.active for stage in row.decides for user in stage.users)",
    "asks and decides": "not (row.asks.groups & row.deciding_groups)",
    "short rules": "all(rule.longest <= hours(8) for rule in row.without_approval)",
    "named rules": "all(rule.permissions for rule in row.without_approval)",
    "one way in": "len(row.report.ways_into(row.into.group)) == 1",
    "does something": 'row.into or row.kind == "APP"',
    "admins": "row.app_row.admins.active >= 2 and not row.app_row.admins.inactive",
}
"""The policies that teams write, and which of them a bad offer breaks: all."""


@pytest.mark.slow
@pytest.mark.parametrize("name", FIFTEEN)
def test_what_teams_write_is_one_line_that_bites(
    quickstart: Tenant, run: RunCommand, declare: Any, name: str
) -> None:
    good = {
        "approvers": approvers("Engineering"),
        "approvers_stage_2": approvers("On-call"),
        "require_additional_approval": True,
        "allowed_groups": asks("IT"),
        "admins": {"users": [], "groups": [group("Engineering")]},
    }
    quickstart.edit_settings(SALESFORCE, request_flow=good)
    declared = f'policy("{name}", "It holds")(lambda row: {FIFTEEN[name]})'
    arguments = ("report", "--app", "Salesforce", "--members=names", "--policy", declare(declared))
    if name not in ("finance decides", "ends within a day"):
        assert run(*arguments).errors == ""
    bad: dict[str, Any] = {
        "approvers": approvers("Contractors", users=("Ines",)),
        "approvers_stage_2": approvers("Salesforce Admins"),
        "allowed_groups": asks("Contractors"),
        "admins": {"users": [{"id": approvers(users=("Ines",))["users"][0]["id"]}], "groups": []},
    }
    if name in ("somebody decides", "two stages", "production"):
        bad |= {
            "approvers": approvers(),
            "approvers_stage_2": approvers(),
            "allowed_groups": asks(),
        }
    quickstart.edit_settings(SALESFORCE, request_flow=bad)
    add_rule(quickstart, justification="All", time_based_access=["7 days"])
    config: dict[str, Any] = {"provisioning_group": group("Salesforce Admins")}
    if name == "does something":
        config = {}
    quickstart.add_permission(
        SALESFORCE, "Admin too", appstore_visibility="VISIBLE", request_fulfillment_config=config
    )
    found = run(*arguments)
    assert found.code == 1
    assert "It holds" in found.errors
    assert "raised" not in found.errors


def test_a_policy_over_changes_sees_each_of_them(
    quickstart: Tenant, run: RunCommand, declare: Any, keep: Keep
) -> None:
    before = keep()
    quickstart.edit_settings(SALESFORCE, request_flow={"approvers": approvers("IT")})
    file = declare('policy("frozen", "Approvers stay")(lambda change: change.aspect != "decides")')
    found = run("report", "--against", before, "--policy", file)
    assert found.code == 1
    assert found.errors == "POLICY Salesforce · Admin: Approvers stay. (frozen)\n"


def test_advice_is_printed_and_fails_nothing(
    quickstart: Tenant, run: RunCommand, declare: Any
) -> None:
    advised = run("report", "--policy", declare('somebody_decides(level="advisory")'))
    assert advised.code == 0
    assert advised.errors.startswith("ADVICE Salesforce · Admin: Somebody decides.")


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("def", "cannot be run: SyntaxError"),
        ("1 / 0", "cannot be run: ZeroDivisionError: division by zero, line 1"),
        ("x = 1", "declares no policy"),
        (
            HEAD + 'x = somebody_decides(level="Mandatory")',
            "the policy 'somebody-decides' has level='Mandatory'; it takes 'mandatory' or",
        ),
        (
            HEAD + 'x = policy("p", "It holds", over="app")(lambda row: True)',
            "the policy 'p' has over='app'; it takes 'offers' or 'apps'",
        ),
    ],
)
def test_a_file_without_policies_is_named(
    tenant: Tenant, run: RunCommand, tmp_path: Path, text: str, reason: str
) -> None:
    file = tmp_path / "rules.py"
    file.write_text(text)
    failed = run("report", "--policy", str(file))
    assert failed.code == 3
    assert reason in failed.errors
    assert tenant.requests() == []


def test_a_policy_that_raises_an_error_does_not_pass(
    quickstart: Tenant, run: RunCommand, declare: Any
) -> None:
    found = run("report", "--policy", declare('policy("x", "It holds")(lambda row: row.nothing)'))
    assert found.code == 1
    assert "Cannot be told: the policy raised AttributeError" in found.errors


@pytest.mark.parametrize("given", ["rules.py", ["rules.py"], [None]])
def test_what_is_no_policy_is_a_sentence_in_a_program(given: Any) -> None:
    with pytest.raises(
        FunctionFailed, match=r"test_policies.py:\d+\): this takes a list of policies"
    ):
        policies.check(given)
