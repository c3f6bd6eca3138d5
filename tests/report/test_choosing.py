"""Parts of a report: some apps, what fits a pattern, what a stack manages; and their comparison."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any

import pytest
from pulumi_lumos.emulator import seed_ids

from ..drivers.command import Run, RunCommand
from ..drivers.tenant import Tenant
from .company import SALESFORCE, SLACK, Keep, add_rule, admin_of, approvers, asks, group
from .conftest import rows_by_offer, sentences
from .hosts import HOSTS, spelled, type_of

ADMIN = "Salesforce · Admin"
NOTHING = "Nobody gets more or less"


def offers(run: Run) -> set[str]:
    return set(rows_by_offer(run))


def test_an_app_that_was_not_asked_for_has_neither_come_nor_gone(
    quickstart: Tenant, run: RunCommand, keep: Keep
) -> None:
    whole, slack = keep(), keep("--app", "Slack")
    quickstart.edit_settings(SLACK, request_flow={"allowed_groups": asks("Engineering")})
    less = [
        "Slack · Guest channels for engineers: members of Engineering may ask. Before: everybody."
    ]
    assert sentences(run("report", "--against", whole, "--app", "Slack")) == less
    assert sentences(run("report", "--against", slack)) == less
    assert "(only Slack)" in run("report", "--against", slack).out
    assert run("report", "--against", whole, "--app", "Salesforce").out == (
        f"{NOTHING} (only Salesforce).\n"
    )
    refused = run("report", "--against", slack, "--app", "Salesforce")
    assert (refused.code, refused.out) == (2, "")
    assert "the one is of only Slack, the other of only Salesforce" in refused.errors


@pytest.mark.parametrize("pattern", ["*admin*", "Salesforce", "salesforce · a*", "Salesforce Adm*"])
def test_only_what_fits_a_pattern_is_reported_with_its_app(
    quickstart: Tenant, run: RunCommand, pattern: str
) -> None:
    found = run("report", "--json", "--only", pattern)
    assert offers(found) == {"Salesforce", ADMIN}
    header = found.json["header"]
    assert (header["offers"], header["apps"], header["permissions"]) == (1, 1, 1)
    assert header["scope"] == f"all apps, only {pattern}"
    assert header["digest"] != run("report", "--json").json["header"]["digest"]


def test_what_can_be_asked_for_elsewhere_counts_as_an_offer(
    quickstart: Tenant, run: RunCommand
) -> None:
    def counted(*more: str) -> tuple[int, int]:
        header = run("report", "--json", *more).json["header"]
        return header["offers"], run("report", "--html", *more).out.count("<tr data-o ")

    before, narrowed = counted(), counted("--only", "Salesforce")
    assert before[0] == before[1] > narrowed[0] == narrowed[1] > 0
    quickstart.edit_settings(SALESFORCE, redirect_url="https://acme.example")
    app_too = (narrowed[0] + 1, narrowed[1] + 1)
    assert counted("--only", "Salesforce") == app_too
    assert counted() == (before[0] + 1, before[1] + 1)


def test_a_pattern_that_fits_nothing_is_reported(quickstart: Tenant, run: RunCommand) -> None:
    found = run("report", "--json", "--only", "nothing*")
    assert (found.code, found.out) == (1, "")
    assert "No offer fits --only nothing*." in found.errors
    assert run("report", "--only", " ").code == 2


def test_a_gate_is_about_what_fits_a_pattern_before_or_after(
    quickstart: Tenant, run: RunCommand, keep: Keep
) -> None:
    before = keep()
    quickstart.add_permission(
        SLACK,
        "Guests",
        appstore_visibility="VISIBLE",
        request_fulfillment_config={"provisioning_group": group("On-call")},
    )
    gate = ("report", "--against", before, "--fail-on", "widening", "--only")
    assert run(*gate, "*Guests").code == 1
    quiet = run(*gate, "Salesforce Admins")
    assert (quiet.code, quiet.out) == (0, f"{NOTHING} (all apps, only Salesforce Admins).\n")
    # The group of before fits, that of now does not: the permission is another one in Lumos.
    quickstart.remove_permission(admin_of(quickstart))
    quickstart.add_permission(
        SALESFORCE,
        "Admin",
        appstore_visibility="VISIBLE",
        request_fulfillment_config={"provisioning_group": group("Contractors")},
    )
    moved = run(*gate, "Salesforce Admins")
    assert moved.code == 1
    assert "puts people into Contractors. Before: Salesforce Admins." in moved.out
    # A rule of the app is about each of its permissions.
    add_rule(quickstart, justification="All", preapproved_groups=[group("IT")])
    assert "members of IT get everything" in run(*gate, "Salesforce Admins").out


def test_policies_judge_by_all_rows_and_tell_of_those_that_fit(
    quickstart: Tenant, run: RunCommand, tmp_path: Path
) -> None:
    file = tmp_path / "rules.py"
    file.write_text("from pulumi_lumos.policies import *\nrule = somebody_decides()\n")
    found = run("report", "--policy", str(file), "--only", "*admin*")
    assert found.errors == f"POLICY {ADMIN}: Somebody decides. (somebody-decides)\n"


def test_a_narrowed_report_cannot_be_compared(
    quickstart: Tenant, run: RunCommand, keep: Keep
) -> None:
    refused = run("report", "--against", keep("--only", "*admin*"))
    assert refused.code == 2
    assert "that --only has narrowed lacks rows; keep one without it" in refused.errors


def test_a_comparison_can_be_a_table(quickstart: Tenant, run: RunCommand, keep: Keep) -> None:
    before = keep()
    flow = {"allowed_groups": asks("Engineering"), "approvers": approvers(users=("Ines",))}
    quickstart.edit_settings(SALESFORCE, request_flow=flow)
    text = run("report", "--csv", "--against", before).out
    lines = list(csv.DictReader(io.StringIO(text, newline="")))
    assert [(line["verdict"], line["aspect"], line["permission"]) for line in lines] == [
        ("NARROWER", "asks", "Admin"),
        ("NARROWER", "decides", "Admin"),
        ("NEW RISK", "approvers-gone", "Admin"),
        ("NEW RISK", "one-approver", "Admin"),
    ]
    assert lines[0]["what"] == "members of Engineering may ask."
    assert all(cell for line in lines for cell in line.values())


def test_groups_are_counted_where_people_read_them(quickstart: Tenant, run: RunCommand) -> None:
    flow = {"allowed_groups": asks("Engineering"), "approvers": approvers("On-call")}
    quickstart.edit_settings(SALESFORCE, request_flow=flow)
    expected = ["Engineering (3)", "On-call (2)", "2 hours; 7 days", "Salesforce Admins (1)"]
    admin = next(row for row in run("report", "--members", "counts").rows if row[1] == "Admin")
    assert admin[3:7] == expected
    page = run("report", "--members", "counts", "--html").out
    assert "<td>Engineering (3)</td><td>On-call (2)</td>" in page
    assert "(3)" not in run("report").out


@pytest.mark.parametrize("host", HOSTS)
def test_a_stack_is_told_apart_from_what_is_managed_elsewhere(
    quickstart: Tenant, run: RunCommand, tmp_path: Path, host: str
) -> None:
    state = tmp_path / "state.json"
    state.write_text(json.dumps(exported(host, SLACK)))
    found = run("report", "--stack-export", str(state))
    assert [row[-1] for row in found.rows[:3]] == ["appstore/prod", "elsewhere", "elsewhere"]
    page = run("report", "--html", "--stack-export", str(state)).out
    assert "(the app) (managed by appstore/prod)" in page


def exported(host: str, *app_ids: str) -> dict[str, Any]:
    """The state of a stack that manages some apps, as `pulumi stack export` writes it."""
    resources = [
        {
            "type": type_of(host, "AppStoreApp"),
            "urn": f"urn:pulumi:prod::appstore::{type_of(host, 'AppStoreApp')}::{id}",
            "id": id,
            "outputs": spelled(host, {"app_id": id}),
        }
        for id in app_ids
    ]
    return {"deployment": {"resources": resources}}


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        (["--for-review"], "--for-review is for --csv"),
        (["--excel", "--json"], "--excel is for --csv"),
        (["--stack", "prod", "--html"], "--stack is for --markdown"),
        (["--max-bytes", "5000"], "--max-bytes is for --markdown"),
        (["--out", "rows.txt"], "--out is for json, csv, markdown and html"),
        (["--max-bytes", "3999", "--markdown"], "4000"),
        (["--quiet"], "--quiet need --against"),
    ],
)
def test_an_option_that_would_do_nothing_is_refused(
    tenant: Tenant, run: RunCommand, arguments: list[str], reason: str
) -> None:
    refused = run("report", *arguments)
    assert (refused.code, refused.out) == (2, "")
    assert reason in refused.errors
    assert tenant.requests() == []


def opened(host: str, app_id: str) -> dict[str, Any]:
    """The step of a plan that puts an app into the AppStore, or takes over one that is there."""
    return {
        "op": "create",
        "urn": f"urn:pulumi:prod::appstore::{type_of(host, 'AppStoreApp')}::{app_id}",
        "newState": {
            "type": type_of(host, "AppStoreApp"),
            "inputs": spelled(host, {"app_id": app_id, "adopt": True}),
        },
    }


@pytest.mark.parametrize("host", HOSTS)
def test_a_plan_that_takes_over_an_app_opens_nothing(
    quickstart: Tenant, run: RunCommand, tmp_path: Path, host: str
) -> None:
    plan = tmp_path / "plan.json"
    steps = [opened(host, SALESFORCE), opened(host, seed_ids.GITHUB_APP_ID)]
    plan.write_text(json.dumps({"steps": steps, "changeSummary": {}}))
    github = "GitHub: can be asked for now, by everybody; nobody decides; without end"
    state = tmp_path / "state.json"
    state.write_text(json.dumps(exported(host, SLACK)))
    for scope in ([], ["--stack-export", str(state)]):
        found = sentences(run("report", "--plan", str(plan), *scope))
        assert any(one.startswith(github) for one in found)
        assert not any("Salesforce" in one for one in found)
    assert run("report", "--plan", str(plan), "--app", "Slack").out == f"{NOTHING} (only Slack).\n"


@pytest.mark.parametrize("host", HOSTS)
def test_a_stack_may_name_an_app_that_has_left_the_app_store(
    quickstart: Tenant, run: RunCommand, tmp_path: Path, host: str
) -> None:
    state = tmp_path / "state.json"
    state.write_text(json.dumps(exported(host, SLACK, seed_ids.GITHUB_APP_ID)))
    found = run("report", "--json", "--stack-export", str(state))
    assert {row["app"] for row in found.json["rows"]} == {"Slack"}
    state.write_text(json.dumps(exported(host, seed_ids.GITHUB_APP_ID)))
    assert run("report", "--stack-export", str(state)).code == 1
