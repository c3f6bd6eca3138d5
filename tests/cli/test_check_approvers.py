"""Approvers who have left, wherever they are still named."""

from __future__ import annotations

from typing import Any

import pytest
from pulumi_lumos.emulator import seed_ids

from ..drivers.command import TERMINAL, RunCommand
from ..drivers.tenant import OWN_SETTINGS, PERMISSIONS, Tenant

SLACK, GITHUB = seed_ids.SLACK_APP_ID, seed_ids.GITHUB_APP_ID
ADA, GRACE, GONE, PAUSED = (
    {"id": seed_ids.USERS[name].id} for name in ("Ada", "Grace", "Ines", "Sam")
)
NOBODY: dict[str, Any] = {"users": [], "groups": []}


def group(name: str) -> dict[str, str]:
    found = seed_ids.GROUPS[name]
    return {"id": found.id, "app_id": found.app_id}


def approve_slack(tenant: Tenant, *users: Any, groups: tuple[str, ...] = ()) -> None:
    """Let some people and groups approve what is requested of Slack."""
    approvers = {"users": list(users), "groups": [group(name) for name in groups]}
    tenant.edit_settings(SLACK, request_flow={"approvers": approvers})


def permission(tenant: Tenant, label: str, *users: Any, stage_2: Any = None) -> str:
    """A permission of Slack with approvers of its own; its id."""
    approval = {
        "request_approval_config_override": True,
        "require_additional_approval": bool(stage_2),
        "approvers": {"users": list(users), "groups": []},
        "approvers_stage_2": stage_2 or NOBODY,
    }
    made = tenant.add_permission(SLACK, label, request_approval_config=approval)
    return str(made["id"])


def test_every_place_that_names_somebody_who_has_left_is_listed(
    tenant: Tenant, run: RunCommand
) -> None:
    approve_slack(tenant, ADA, GONE)
    permission(tenant, "Writer", GRACE, stage_2={"users": [PAUSED], "groups": []})
    permission(tenant, "Reader", GRACE)
    found = run("check-approvers")
    assert found.code == 1
    assert found.rows == [
        ["Slack", "ines.gone@acme.example (INACTIVE)", "1", SLACK],
        ["Slack: Writer (stage 2)", "sam.paused@acme.example (SUSPENDED)", "0", SLACK],
        ["Places that need another approver: 2 of 4; nobody is left in 1."],
    ]
    assert "cannot approve" in run("check-approvers", **TERMINAL).out


def test_nobody_is_missing_where_all_can_approve(tenant: Tenant, run: RunCommand) -> None:
    approve_slack(tenant, GRACE, groups=("Engineering",))
    found = run("check-approvers")
    assert (found.code, found.out) == (
        0,
        "Places that need another approver: 0 of 1; nobody is left in 0.\n",
    )


def test_the_members_of_a_group_count_and_one_that_has_no_active_member_is_nobody(
    tenant: Tenant, run: RunCommand
) -> None:
    approve_slack(tenant, GONE, groups=("Engineering",))
    (slack,) = run("check-approvers", "--json").json["places"]
    assert [user["email"] for user in slack["gone"]] == ["ines.gone@acme.example"]
    assert len(slack["active"]) == 3
    okta = seed_ids.OKTA_APP_ID
    empty = {"integration_specific_id": "00gretired", "name": "Retired"}
    tenant.switch(sync_seconds=0.0)
    path = f"/_emulator/apps/{okta}/source_groups"
    tenant.call("POST", path, {**empty, "member_ids": [GONE["id"]]})
    tenant.call("POST", f"/apps/{okta}/sync", {"sync_type": "full_sync"})
    retired = {"app_id": okta, "integration_specific_id": "00gretired"}
    approvers = {"users": [], "groups": [retired]}
    tenant.edit_settings(SLACK, request_flow={"approvers": approvers})
    found = run("check-approvers", "--github")
    assert found.out.splitlines()[0] == (
        "::error title=Approvers of Slack::its groups have no active member; nobody else is left"
    )


def test_a_permission_without_its_own_approvers_is_not_listed(
    tenant: Tenant, run: RunCommand
) -> None:
    id = permission(tenant, "Reader", GONE)
    assert run("check-approvers").code == 1
    own = {"request_approval_config_override": False, "approvers": {"users": [GONE], "groups": []}}
    tenant.call(
        "PATCH",
        f"{PERMISSIONS}/{id}",
        {"request_config": {"request_approval_config": own}},
        **OWN_SETTINGS,
    )
    assert run("check-approvers").code == 0


def test_github_gets_one_annotation_a_place(tenant: Tenant, run: RunCommand) -> None:
    approve_slack(tenant, ADA, GONE)
    permission(tenant, "50%: a,b", GONE)
    assert run("check-approvers", "--github").out.splitlines()[:2] == [
        "::warning title=Approvers of Slack::"
        "ines.gone@acme.example (INACTIVE) cannot approve; 1 other can",
        "::error title=Approvers of Slack%3A 50%25%3A a%2Cb::"
        "ines.gone@acme.example (INACTIVE) cannot approve; nobody else is left",
    ]


def test_some_apps_are_checked_by_name_and_the_requests_are_few(
    tenant: Tenant, run: RunCommand
) -> None:
    tenant.call("POST", "/appstore/apps", {"app_id": GITHUB, "request_flow": {}})
    approve_slack(tenant, ADA, GONE)
    for number in range(3):
        permission(tenant, f"Role {number}", GRACE, PAUSED)
    tenant.forget_requests()
    assert run("check-approvers").code == 1
    asked = tenant.calls()
    assert sorted(asked) == sorted(
        [
            "GET /apps",
            f"GET /apps/{SLACK}/settings",
            f"GET /apps/{GITHUB}/settings",
            "GET /requestable_permissions",
        ]
    )
    assert run("check-approvers", "--app", "GitHub").code == 0
    outside = run("check-approvers", "--app", "Okta")
    assert outside.code == 1
    assert f"Not in the AppStore: Okta ({seed_ids.OKTA_APP_ID}). Add" in outside.errors


@pytest.mark.parametrize("arguments", [["--json", "--github"], ["--app", " "]])
def test_wrong_options_are_exit_code_2(run: RunCommand, arguments: list[str]) -> None:
    assert run("check-approvers", *arguments).code == 2
