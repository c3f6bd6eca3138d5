"""The rows of a report, and the proof that they are all."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any

import pytest
from pulumi_lumos.emulator import seed_ids

from ..drivers.command import TERMINAL, RunCommand
from ..drivers.tenant import Tenant
from .company import SALESFORCE, SLACK, add_rule, approvers, asks, group, user
from .conftest import risks, rows_by_offer


def test_the_demo_company_has_two_rows_for_six_requests(tenant: Tenant, run: RunCommand) -> None:
    found = run("report", "--json")
    assert found.code == 0
    header, rows = found.json["header"], rows_by_offer(found)
    assert [row["kind"] for row in rows.values()] == ["APP", "PERMISSION"]
    assert (header["apps"], header["scope"]) == (1, "all apps")
    assert (header["permissions"], header["permissions_outside"]) == (1, 8)
    assert header["token_of"] == "ada.admin@acme.example"
    assert risks(rows["Slack"]) == ["given-to-everybody", "few-admins"]
    assert rows["Slack"]["offered"] == "BY_PERMISSION"
    # No group, so that no access without end is given to everybody.
    assert risks(rows["Slack · Guest channels"]) == ["nobody-decides", "grants-nothing", "no-end"]
    assert sorted(request["path"] for request in tenant.requests()) == [
        "/access_policies",
        "/appstore/apps",
        f"/appstore/apps/{SLACK}/settings",
        "/appstore/pre_approval_rules",
        "/appstore/requestable_permissions",
        "/users/current",
    ]
    assert header["requests"] == 6


def test_two_reports_of_one_state_are_equal_but_for_their_time(
    quickstart: Tenant, run: RunCommand
) -> None:
    add_rule(quickstart, justification="On call", preapproved_groups=[group("On-call")])
    several = approvers("IT", "Engineering", "On-call", users=("Grace", "Mei", "Linus"))
    quickstart.edit_settings(SALESFORCE, request_flow={"approvers": several})
    first, second = (run("report", "--json").json for _ in range(2))
    del first["header"]["taken_at"], second["header"]["taken_at"]
    assert first == second


def test_csv_has_a_word_in_every_cell(quickstart: Tenant, run: RunCommand) -> None:
    lines = list(csv.DictReader(io.StringIO(run("report", "--format", "csv").out, newline="")))
    by_offer = {(line["app"], line["permission"]): line for line in lines}
    admin = by_offer["Salesforce", "Admin"]
    names = ("asks", "decides", "for", "longest_hours", "into")
    assert [admin[name] for name in names] == [
        "everybody",
        "nobody",
        "2 hours; 7 days",
        "168",
        "Salesforce Admins",
    ]
    assert by_offer["Slack", "Guest channels"]["offered"] == "no"
    successor = by_offer["Slack", "Guest channels for engineers"]
    assert (successor["offered"], successor["into"]) == ("yes", "Engineering")
    assert {line["rows_total"] for line in lines} == {"5"}
    assert all(cell for line in lines for cell in line.values())


def test_a_table_is_for_people_and_for_pipes(quickstart: Tenant, run: RunCommand) -> None:
    found = run("report")
    assert [
        "Salesforce",
        "Admin",
        "yes",
        "everybody",
        "nobody",
        "2 hours; 7 days",
        "Salesforce Admins",
        "nobody-decides",
    ] in found.rows
    assert "3 permissions, and 8 of apps that are not in the AppStore" in found.out
    assert "Who may ask" in run("report", **TERMINAL).out


def test_what_a_permission_inherits_is_its_own_only_where_it_says_so(
    quickstart: Tenant, run: RunCommand
) -> None:
    flow = {"approvers": approvers("IT"), "allowed_groups": asks("Engineering")}
    quickstart.edit_settings(SALESFORCE, request_flow=flow)
    rows = rows_by_offer(run("report", "--json"))
    admin = rows["Salesforce · Admin"]
    assert admin["own"] == ["for", "into"]
    assert [stage["groups"][0]["name"] for stage in admin["decides"]] == ["IT"]
    assert [one["name"] for one in admin["asks"]["groups"]] == ["Engineering"]
    assert run("report", "--json").json["header"]["inherits_otherwise"] == 0


def test_some_apps_are_reported_alone(quickstart: Tenant, run: RunCommand) -> None:
    quickstart.forget_requests()
    found = run("report", "--json", "--app", "Salesforce")
    assert {row["app"] for row in found.json["rows"]} == {"Salesforce"}
    assert found.json["header"]["scope"] == "only Salesforce"
    assert [request["path"] for request in quickstart.requests()].count(
        f"/appstore/apps/{SLACK}/settings"
    ) == 0
    outside = run("report", "--app", "Okta")
    assert (outside.code, outside.out) == (1, "")
    assert f"Not in the AppStore: Okta ({seed_ids.OKTA_APP_ID}). Add" in outside.errors


def test_every_risk_of_a_decision_is_seen(quickstart: Tenant, run: RunCommand) -> None:
    def told(**flow: Any) -> list[str]:
        blank: dict[str, Any] = {
            "require_manager_approval": False,
            "approvers": approvers(),
            "approvers_stage_2": approvers(),
            "allowed_groups": asks(),
        }
        quickstart.edit_settings(SALESFORCE, request_flow={**blank, **flow})
        return risks(rows_by_offer(run("report", "--json"))["Salesforce · Admin"])

    assert told() == ["nobody-decides"]
    assert told(require_manager_approval=True) == ["manager-only"]
    assert told(approvers=approvers(users=("Grace",))) == ["one-approver"]
    assert told(approvers=approvers(users=("Ines", "Sam"))) == ["approvers-gone"]
    assert told(approvers=approvers(users=("Ines", "Grace"))) == ["approver-inactive"]
    assert told(approvers=approvers("IT"), allowed_groups=asks("IT")) == ["asks-and-decides"]
    assert told(approvers=approvers("IT")) == []
    quickstart.switch(describes_entire_workflow=False)
    assert told(approvers=approvers()) == ["approval-unknown"]


def test_the_easier_way_into_a_group_is_named_at_the_harder_one(
    quickstart: Tenant, run: RunCommand
) -> None:
    lasts = {"time_based_access_override": True, "time_based_access": ["Unlimited"]}
    fulfillment = {"provisioning_group": group("Salesforce Admins"), **lasts}
    quickstart.add_permission(
        SLACK, "Back door", appstore_visibility="VISIBLE", request_fulfillment_config=fulfillment
    )
    flow = {"approvers": approvers("IT"), "allowed_groups": asks("Engineering")}
    quickstart.edit_settings(SALESFORCE, request_flow=flow)
    rows = rows_by_offer(run("report", "--json"))
    (risk,) = rows["Salesforce · Admin"]["risks"]
    assert risk == {
        "code": "weaker-way-in",
        "level": "high",
        "why": "Slack · Back door leads into Salesforce Admins too: more people may ask, less "
        "approval is needed and access lasts longer",
    }
    assert risks(rows["Slack · Back door"]) == ["nobody-decides", "everybody-no-end", "no-end"]


def test_rules_and_their_risks_appear_at_their_own_rows(
    quickstart: Tenant, run: RunCommand
) -> None:
    add_rule(quickstart, justification="All", preapproved_groups=[group("On-call")])
    rows = rows_by_offer(run("report", "--json"))
    assert "rule-covers-all" in risks(rows["Salesforce"])
    (rule,) = rows["Salesforce · Admin"]["without_approval"]
    assert (rule["why"], rule["groups"][0]["name"]) == ("All", "On-call")
    assert risks(rows["Salesforce · Admin"]) == ["nobody-decides", "rule-longer"]


@pytest.mark.parametrize(
    ("how", "app", "permission"),
    [
        ("GROUPS_AND_VISIBLE", "BY_PERMISSION", "YES"),
        ("GROUPS_AND_HIDDEN", "YES", "WITH_THE_APP"),
        ("DIRECT_TO_USER", "YES", "NOT_OFFERED"),
    ],
)
def test_how_an_app_is_given_decides_what_is_offered(
    quickstart: Tenant, run: RunCommand, how: str, app: str, permission: str
) -> None:
    quickstart.edit_settings(SALESFORCE, provisioning={"groups_provisioning": how})
    rows = rows_by_offer(run("report", "--json"))
    offered = (rows["Salesforce"]["offered"], rows["Salesforce · Admin"]["offered"])
    assert offered == (app, permission)


def test_a_failed_call_ends_the_report(tenant: Tenant, run: RunCommand, tmp_path: Path) -> None:
    tenant.fault("status", status=500, path=f"/appstore/apps/{SLACK}/settings")
    out = tmp_path / "report.json"
    failed = run("report", "--json", "--out", str(out), LUMOS_MAX_RETRIES="0")
    assert (failed.code, failed.out) == (3, "")
    assert f"The settings of the app Slack ({SLACK}) could not be read" in failed.errors
    assert f"GET /appstore/apps/{SLACK}/settings failed: Lumos answered 500" in failed.errors
    assert list(tmp_path.iterdir()) == []


def test_a_report_that_cannot_be_written_leaves_nothing_behind(
    tenant: Tenant, run: RunCommand, tmp_path: Path
) -> None:
    out = tmp_path / "taken"
    out.mkdir()
    failed = run("report", "--json", "--out", str(out), "--app", "Slack")
    assert (failed.code, failed.out) == (3, "")
    assert failed.errors == f"The file {out} cannot be written: Is a directory.\n"
    assert list(tmp_path.iterdir()) == [out]


def test_only_administrators_get_a_report(tenant: Tenant, run: RunCommand) -> None:
    tenant.switch(token_is_admin=False)
    refused = run("report", "--json")
    assert (refused.code, refused.out) == (3, "")
    assert "Only administrators of Lumos see all apps" in refused.errors


def test_an_incomplete_list_ends_the_report(tenant: Tenant, run: RunCommand) -> None:
    page = tenant.call("GET", "/appstore/requestable_permissions", size="100")
    body = json.dumps({**page, "items": page["items"][1:]})
    tenant.fault("body", path="/appstore/requestable_permissions", body_text=body)
    failed = run("report")
    assert failed.code == 3
    assert "changed while it was read" in failed.errors


def test_a_list_that_repeats_its_page_for_ever_ends_the_report(
    tenant: Tenant, run: RunCommand
) -> None:
    one = tenant.call("GET", "/appstore/requestable_permissions", size="1")["items"][0]
    items = [{**one, "id": f"{number}"} for number in range(100)]
    body = json.dumps({"items": items, "total": None, "size": 100})
    tenant.fault("body", path="/appstore/requestable_permissions", body_text=body)
    failed = run("report")
    assert failed.code == 3
    assert "changed while it was read" in failed.errors


def test_an_object_that_a_page_shows_twice_counts_once(tenant: Tenant, run: RunCommand) -> None:
    expected = run("report", "--json").json
    page = tenant.call(
        "GET", "/appstore/requestable_permissions", size="100", include_inherited_configs="true"
    )
    twice = {**page, "items": [*page["items"], page["items"][0]], "total": page["total"] + 1}
    path = "/appstore/requestable_permissions"
    tenant.fault("body", path=path, body_text=json.dumps(twice), nth=[1])
    found = run("report", "--json").json
    assert found["rows"] == expected["rows"]


def test_people_without_a_status_are_asked_for(quickstart: Tenant, run: RunCommand) -> None:
    quickstart.edit_settings(SALESFORCE, request_flow={"approvers": approvers(users=("Ines",))})
    settings = quickstart.call("GET", f"/appstore/apps/{SALESFORCE}/settings")
    for one in settings["request_flow"]["approvers"]["users"]:
        one["status"] = None
    path = f"/appstore/apps/{SALESFORCE}/settings"
    quickstart.fault("body", path=path, body_text=json.dumps(settings))
    permissions = quickstart.call("GET", "/appstore/requestable_permissions", size="100")
    text = json.dumps(permissions).replace('"status": "INACTIVE"', '"status": null')
    quickstart.fault("body", path="/appstore/requestable_permissions", body_text=text)
    found = rows_by_offer(run("report", "--json"))
    assert "approvers-gone" in risks(found["Salesforce · Admin"])
    assert [r["path"] for r in quickstart.requests()].count(f"/users/{user('Ines')['id']}") == 1


def test_members_are_counted_even_where_a_list_has_no_total(
    quickstart: Tenant, run: RunCommand
) -> None:
    def members() -> dict[str, Any]:
        groups = run("report", "--json", "--members", "counts").json["groups"]
        return {one["name"]: one["count"] for one in groups}

    expected = {"Engineering": 3, "Salesforce Admins": 1}
    assert members() == expected
    engineering = seed_ids.GROUPS["Engineering"].id
    page = quickstart.call("GET", f"/groups/{engineering}/users", size="100")
    body = json.dumps({**page, "total": None})
    quickstart.fault("body", path=f"/groups/{engineering}/users", body_text=body)
    assert members() == expected


def test_a_group_without_members_is_a_risk_once_they_are_read(
    quickstart: Tenant, run: RunCommand
) -> None:
    quickstart.edit_settings(SALESFORCE, request_flow={"approvers": approvers("IT")})
    path = f"/groups/{seed_ids.GROUPS['IT'].id}/users"
    body = json.dumps({"items": [], "total": 0, "page": 1, "size": 1, "pages": 0})
    quickstart.fault("body", path=path, body_text=body)
    rows = rows_by_offer(run("report", "--json", "--members", "names"))
    assert "empty-group" in risks(rows["Salesforce · Admin"])
    assert "few-admins" in risks(rows["Salesforce"])
