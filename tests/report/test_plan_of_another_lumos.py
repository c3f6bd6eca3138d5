"""A plan that was made of another Lumos, or of this one as it is no more."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from pulumi_lumos.emulator import seed_ids

from ..drivers.command import Run, RunCommand
from ..drivers.tenant import Tenant
from ..kinds import KINDS
from .company import SALESFORCE, add_rule, admin_of, group
from .hosts import HOSTS, spelled, type_of


def adopting(host: str, op: str, kind: str, id: str) -> dict[str, Any]:
    """The step of a plan that takes an object over by its id."""
    given = {"app_id": SALESFORCE, "label": "Admin", "name": "Mine", "adopt": id}
    state = {"type": type_of(host, kind), "inputs": spelled(host, given)}
    return {"op": op, "urn": f"urn:pulumi:prod::appstore::{state['type']}::mine", "newState": state}


def changed(host: str, op: str, kind: str, id: str, **recorded: str) -> dict[str, Any]:
    """The step of a plan that changes, replaces or deletes an object."""
    inputs = spelled(host, {"label": "Admin", "justification": "On call"})
    state = {"type": type_of(host, kind), "id": id, "inputs": inputs}
    step = {
        "op": op,
        "urn": f"urn:pulumi:prod::appstore::{type_of(host, kind)}::mine",
        "oldState": {**state, "outputs": spelled(host, recorded)},
    }
    return step if op == "delete" else {**step, "newState": state}


@pytest.mark.parametrize("scope", [[], ["--app", "Slack"]], ids=["all", "slack"])
@pytest.mark.parametrize("op", ["update", "delete", "replace"])
@pytest.mark.parametrize("host", HOSTS)
def test_a_plan_that_changes_what_lumos_does_not_have_is_refused(
    quickstart: Tenant, run: RunCommand, tmp_path: Path, host: str, op: str, scope: list[str]
) -> None:
    plan = tmp_path / "plan.json"
    gate = ("report", "--plan", str(plan), "--fail-on", "widening", *scope)

    def report(*steps: dict[str, Any]) -> Run:
        plan.write_text(json.dumps({"steps": steps, "changeSummary": {}}))
        return run(*gate)

    admin, bound = admin_of(quickstart), "bound_permission_id"
    rule = add_rule(quickstart, justification="On call", preapproved_groups=[group("IT")])
    source = {"mode": "successor", "source_permission_id": admin}
    there = [
        changed(host, op, "App", seed_ids.GITHUB_APP_ID),
        changed(host, op, "AppStoreApp", SALESFORCE),
        changed(host, op, "RequestablePermission", admin),
        changed(host, op, "PreApprovalRule", rule),
        changed(host, op, "ProvisioningGroupAttachment", admin, **{bound: admin}),
        changed(host, op, "ProvisioningGroupAttachment", admin, **{bound: "gone"}, **source),
    ]
    assert report(*there).code != 3
    gone = {bound: "gone", "mode": "successor", "source_permission_id": "gone too"}
    absent = [
        *(changed(host, op, kind, "gone") for kind in KINDS if "Attachment" not in kind),
        changed(host, op, "ProvisioningGroupAttachment", "gone", **gone),
    ]
    for step in absent:
        kind = step["urn"].split(":")[-3]
        failed = report(*there, step)
        assert (failed.code, failed.out) == (3, "")
        assert (
            f"The plan changes 1 object that this Lumos does not have: {kind} mine (gone). Use "
            "the token of the stack's tenant, or make the plan anew with "
            "`pulumi preview --refresh --json`."
        ) in failed.errors
    many = report(*absent).errors
    assert f"changes {len(absent)} objects that this Lumos does not have, such as" in many


@pytest.mark.parametrize("scope", [[], ["--app", "Slack"]], ids=["all", "slack"])
@pytest.mark.parametrize("host", HOSTS)
def test_a_plan_that_adopts_what_lumos_does_not_have_is_refused(
    quickstart: Tenant, run: RunCommand, tmp_path: Path, host: str, scope: list[str]
) -> None:
    plan = tmp_path / "plan.json"

    def report(*steps: dict[str, Any]) -> Run:
        plan.write_text(json.dumps({"steps": steps, "changeSummary": {}}))
        return run("report", "--plan", str(plan), *scope)

    there = [
        adopting(host, "create", "App", seed_ids.GITHUB_APP_ID),
        adopting(host, "create", "RequestablePermission", admin_of(quickstart)),
    ]
    assert report(*there).code == 0
    for kind in KINDS:
        failed = report(*there, adopting(host, "create", kind, "gone"))
        assert (failed.code, failed.out) == (3, "")
        assert f"changes 1 object that this Lumos does not have: {kind} mine (gone)" in (
            failed.errors
        )
