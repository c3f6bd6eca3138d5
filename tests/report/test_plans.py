"""What a plan of the real engine would do to people: Lumos is read, and never changed."""

from __future__ import annotations

import json
import uuid
from pathlib import Path
from typing import Any

import pytest
from pulumi_lumos.emulator import seed_ids

from ..drivers.command import RunCommand
from ..drivers.stack import Stack
from ..drivers.tenant import Tenant
from ..kinds import KINDS, make_room, samples
from ..repository import ROOT
from .company import apply_quickstart
from .conftest import rows_by_offer, sentences

pytestmark = pytest.mark.engine

QUICKSTART = ROOT / "examples" / "quickstart" / "__main__.py"
MANAGER = '"require_manager_approval": True'
PROGRAM = QUICKSTART.read_text(encoding="utf-8").replace(MANAGER, MANAGER.replace("True", "False"))
"""The quickstart where every request is approved at once, as apply_quickstart() makes it too."""
assert MANAGER not in PROGRAM
ADMIN = "Salesforce · Admin"
BY_THE_PLAN = ("--against", "live", "--plan")


@pytest.fixture(params=["dynamic", "packaged"])
def stack(
    request: pytest.FixtureRequest, tmp_path: Path, pulumi_folder: str, tenant: Tenant
) -> Stack:
    made = Stack(tmp_path / "stack", pulumi_folder, tenant)
    if request.param == "packaged":
        made.use_packaged_host()
    return made


def planned(stack: Stack, program: str) -> str:
    """The plan of a program; its file."""
    stack.program_file(program)
    plan = stack.folder / "plan.json"
    plan.write_text(stack.preview("--refresh", "--json"), encoding="utf-8")
    stack.tenant.forget_requests()
    return str(plan)


def with_admin(**other: Any) -> str:
    """The quickstart with something else said of Salesforce · Admin."""
    program = PROGRAM
    if "durations" in other:
        program = program.replace('["2 hours", "7 days"]', repr(other["durations"]))
    if "group" in other:
        inline = '"provisioning_group": {"app_id": okta.id, "id": admins.id}'
        assert inline in program
        program = program.replace(inline, inline.replace("admins", other["group"]))
    return program


@pytest.mark.slow
def test_a_plan_reports_a_longer_time_and_a_new_rule_before_anything_happens(
    stack: Stack, run: RunCommand
) -> None:
    stack.program_file(PROGRAM)
    stack.up()
    more = """
reader = lumos.RequestablePermission(
    "reader", app_id=salesforce.app_id, label="Reader",
    request_config={"appstore_visibility": "VISIBLE"},
)
lumos.PreApprovalRule(
    "rule", app_id=salesforce.app_id, justification="On call",
    preapproved_permissions=[{"id": reader.id}], time_based_access=["1 day"],
    preapproved_groups=[{"app_id": okta.id, "id": engineering.id}],
)
"""
    plan = planned(stack, with_admin(durations=["2 hours", "Unlimited"]) + more)
    found = run("report", *BY_THE_PLAN, plan, "--fail-on", "widening")
    assert found.code == 1
    assert {request["method"] for request in stack.tenant.requests()} == {"GET"}
    said = sentences(found)
    assert said[:3] == [
        f"{ADMIN}: access may have no end. Before: 7 days at most.",
        "Salesforce: members of Engineering get Reader for 1 day at most without anybody's "
        'approval ("On call").',
        "Salesforce · Reader: can be asked for now, by everybody; nobody decides; without end; "
        "it gives nothing by itself.",
    ]
    assert "04da6b54" not in found.out
    # The plan alone compares with Lumos as it is.
    assert sentences(run("report", "--plan", plan)) == said
    elsewhere = {"LUMOS_ACCESS_TOKEN": f"lsk_CANARY{uuid.uuid4().hex}"}
    other_tenant = run("report", "--plan", plan, "--fail-on", "widening", **elsewhere)
    assert (other_tenant.code, other_tenant.out) == (3, "")
    assert "The plan changes 1 object that this Lumos does not have" in other_tenant.errors

    plan = planned(stack, with_admin(durations=["2 hours", "4 hours", "7 days"]))
    told = run("report", *BY_THE_PLAN, plan, "--fail-on", "widening")
    assert told.code == 0
    assert sentences(told) == [f"{ADMIN}: 4 hours can be chosen too; still for 7 days at most."]


@pytest.mark.slow
@pytest.mark.parametrize("kind", KINDS)
def test_a_plan_with_any_kind_is_reported(kind: str, stack: Stack, run: RunCommand) -> None:
    make_room(stack.tenant, kind)
    stack.declare(kind, samples(kind)[0])
    plan = stack.folder / "plan.json"
    plan.write_text(stack.preview("--refresh", "--json"), encoding="utf-8")
    stack.tenant.forget_requests()
    found = run("report", "--plan", str(plan))
    assert found.code == 0, found
    assert {request["method"] for request in stack.tenant.requests()} == {"GET"}


@pytest.mark.slow
def test_a_plan_reports_what_an_access_policy_gives(
    stack: Stack, run: RunCommand, tmp_path: Path
) -> None:
    stack.program_file(PROGRAM)
    stack.up()
    before = tmp_path / "before.json"
    before.write_text(run("report", "--json").out, encoding="utf-8")
    policy = f"""
admin = lumos.get_permission(app_id="{seed_ids.SALESFORCE_APP_ID}", label="Admin")
lumos.AccessPolicy(
    "sales", name="Sales sells", business_justification="On call",
    status="PUBLISHED", is_enabled=True, is_everyone_condition=True,
    apps=[{{"id": salesforce.app_id, "is_preapproved": True, "permissions": [{{"id": admin.id}}]}}],
)
"""
    said = sentences(run("report", "--plan", planned(stack, PROGRAM + policy)))
    given = f'{ADMIN}: the access policy "Sales sells" gives it to everybody, without approval.'
    assert said[0] == given
    stack.up()
    assert sentences(run("report", "--against", str(before))) == said
    assert sentences(run("report", "--plan", planned(stack, PROGRAM))) == [
        given.replace("gives", "no longer gives")
    ]


@pytest.mark.slow
def test_another_group_is_one_change_although_the_plan_replaces(
    stack: Stack, run: RunCommand
) -> None:
    stack.program_file(PROGRAM)
    stack.up()
    plan = planned(stack, with_admin(group="engineering"))
    found = run("report", *BY_THE_PLAN, plan, "--fail-on", "widening")
    assert found.code == 1
    change, risk = sentences(found)
    assert change == (
        f"{ADMIN}: puts people into Engineering. Before: Salesforce Admins. What these groups "
        "give is settled outside Lumos. People who have it keep the old group."
    )
    assert "leads into Engineering too" in risk
    proven = run("report", *BY_THE_PLAN, plan, "--fail-on", "proven-widening")
    assert proven.code == 0


@pytest.mark.slow
def test_what_a_program_gives_back_can_be_asked_for_again(stack: Stack, run: RunCommand) -> None:
    stack.program(
        f'lumos.RequestablePermission("it", app_id="{seed_ids.SLACK_APP_ID}", '
        'label="Guest channels", request_config={"appstore_visibility": "HIDDEN"}, adopt=True)\n'
    )
    stack.up()
    plan = planned(stack, "import pulumi\n")
    assert '"op": "delete"' in Path(plan).read_text(encoding="utf-8")
    found = run("report", *BY_THE_PLAN, plan, "--fail-on", "proven-widening")
    assert found.code == 1
    assert sentences(found)[0] == (
        "Slack · Guest channels: can be asked for again, by everybody; nobody decides; "
        "without end; it gives nothing by itself."
    )


@pytest.mark.slow
def test_the_quickstart_of_these_tests_is_that_of_the_engine(stack: Stack, run: RunCommand) -> None:
    stack.program_file(PROGRAM)
    plan = planned(stack, PROGRAM)
    foreseen = run("report", "--json", "--plan", plan)
    stack.up()
    made = run("report", "--json")
    assert comparable(foreseen.json) == comparable(made.json)
    stack.destroy()
    apply_quickstart(stack.tenant)
    assert comparable(run("report", "--json").json) == comparable(made.json)
    assert ADMIN in rows_by_offer(made)


def comparable(report: dict[str, Any]) -> list[dict[str, Any]]:
    """The rows without the ids of what is made anew."""
    made = {row["permission_id"]: row["permission"] for row in report["rows"]}
    text = json.dumps(report["rows"])
    for id, label in sorted(made.items(), reverse=True):
        text = text.replace(id, label) if id else text
    rows: list[dict[str, Any]] = json.loads(text)
    for row in rows:
        row["key"] = row["key"].rpartition("/")[2]
    return rows


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "it is not output of"),
        ("Previewing update", "it is not output of"),
        ('{"steps": []}', "it is not output of"),
        (
            '{"steps": [], "changeSummary": {}, "diagnostics": [{"severity": "error"}]}',
            "the preview ended with errors",
        ),
    ],
)
def test_a_file_that_is_not_a_plan_is_reported(
    run: RunCommand, tmp_path: Path, text: str, reason: str
) -> None:
    plan = tmp_path / "plan.json"
    plan.write_text(text)
    failed = run("report", "--plan", str(plan))
    assert (failed.code, failed.out) == (3, "")
    assert reason in failed.errors


@pytest.mark.parametrize("host", ["pulumi-python:dynamic/lumos", "lumos:index"])
def test_a_step_that_is_not_known_counts_as_undecided(
    run: RunCommand, tmp_path: Path, host: str
) -> None:
    type = f"{host}:RequestablePermission"
    step = {
        "op": "transmogrify",
        "urn": f"urn:pulumi:dev::appstore::{type}::eu::admin",
        "oldState": {"type": type, "id": seed_ids.SLACK_PERMISSION_ID},
    }
    plan = tmp_path / "plan.json"
    plan.write_text(json.dumps({"steps": [step], "changeSummary": {}}))
    found = run("report", "--plan", str(plan), "--fail-on", "widening")
    assert found.code == 1
    assert sentences(found) == [
        "RequestablePermission eu::admin: cannot be told: what the step 'transmogrify' of the plan "
        "makes of RequestablePermission eu::admin."
    ]
