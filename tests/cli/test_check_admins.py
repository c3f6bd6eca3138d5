"""Apps that too few people can administer."""

from __future__ import annotations

import json
from typing import Any

import pytest
from pulumi_lumos.emulator import seed_ids

from ..drivers.command import TERMINAL, RunCommand
from ..drivers.tenant import Tenant

ADA, GRACE, GONE, PAUSED = (
    {"id": seed_ids.USERS[name].id} for name in ("Ada", "Grace", "Ines", "Sam")
)


def group(name: str) -> dict[str, str]:
    found = seed_ids.GROUPS[name]
    return {"id": found.id, "app_id": found.app_id}


def administered(tenant: Tenant, *users: Any, groups: tuple[str, ...] = ()) -> None:
    """Let some people and groups administer Slack, the only app of the AppStore."""
    admins = {"users": list(users), "groups": [group(name) for name in groups]}
    tenant.edit_settings(seed_ids.SLACK_APP_ID, request_flow={"admins": admins})


def count(run: RunCommand) -> int:
    """How many active admins Slack has, as the command counts them."""
    (slack,) = run("check-admins", "--min", "100", "--json").json["apps_lacking_admins"]
    assert slack["app_id"] == seed_ids.SLACK_APP_ID
    return len(slack["active"])


def test_people_and_members_of_groups_count_once_while_they_are_active(
    tenant: Tenant, run: RunCommand
) -> None:
    assert count(run) == 1
    administered(tenant)
    assert count(run) == 0
    administered(tenant, ADA, GRACE, GONE, PAUSED)
    assert count(run) == 2
    # Engineering is Grace, Linus and Mei; On-call is Linus and Mei.
    administered(tenant, ADA, GRACE, groups=("Engineering", "On-call"))
    assert count(run) == 4


def test_apps_with_too_few_are_listed_and_seen_in_the_exit_code(
    tenant: Tenant, run: RunCommand
) -> None:
    administered(tenant, ADA, GONE)
    found = run("check-admins")
    assert found.code == 1
    assert found.rows == [
        [
            "Slack",
            "1",
            "ada.admin@acme.example",
            "ines.gone@acme.example (INACTIVE)",
            seed_ids.SLACK_APP_ID,
        ],
        ["Apps with fewer than 2 active admins: 1 of 1."],
    ]
    enough = run("check-admins", "--min", "1")
    assert (enough.code, enough.out) == (0, "Apps with fewer than 1 active admin: 0 of 1.\n")
    assert "Slack" in run("check-admins", **TERMINAL).out


def test_json_names_everybody(tenant: Tenant, run: RunCommand) -> None:
    administered(tenant, ADA, GONE)
    report = run("check-admins", "--json").json
    (slack,) = report.pop("apps_lacking_admins")
    assert report == {"minimum": 2, "apps_checked": 1}
    assert [user["email"] for user in slack["active"]] == ["ada.admin@acme.example"]
    assert [user["status"] for user in slack["inactive"]] == ["INACTIVE"]
    assert slack["admin_url"].endswith(seed_ids.SLACK_APP_ID)


def test_github_gets_one_annotation_an_app(tenant: Tenant, run: RunCommand) -> None:
    name = "50%: a,b\n::warning::injected"
    tenant.call("PATCH", f"/apps/{seed_ids.SLACK_APP_ID}", {"name": name})
    found = run("check-admins", "--github")
    assert found.code == 1
    annotation, _summary = found.out.splitlines()
    assert annotation == (
        "::error title=Too few admins of 50%25%3A a%2Cb %3A%3Awarning%3A%3Ainjected::"
        "50%25: a,b ::warning::injected has 1 active admin (ada.admin@acme.example), fewer than 2"
    )


def test_all_apps_of_the_app_store_are_checked_or_those_that_are_named(
    tenant: Tenant, run: RunCommand
) -> None:
    flow = {"discoverability": "NONE"}
    for app_id in (seed_ids.GITHUB_APP_ID, seed_ids.SALESFORCE_APP_ID):
        tenant.call("POST", "/appstore/apps", {"app_id": app_id, "request_flow": flow})
    tenant.forget_requests()
    everywhere = run("check-admins", "--json").json["apps_lacking_admins"]
    assert [app["user_friendly_label"] for app in everywhere] == ["GitHub", "Salesforce", "Slack"]
    assert {request["method"] for request in tenant.requests()} == {"GET"}
    named = run("check-admins", "--app", "GitHub", "--app", seed_ids.SLACK_APP_ID, "--json").json
    assert [app["user_friendly_label"] for app in named["apps_lacking_admins"]] == [
        "GitHub",
        "Slack",
    ]
    outside = run("check-admins", "--app", "Okta")
    assert outside.code == 1
    assert f"Not in the AppStore: Okta ({seed_ids.OKTA_APP_ID}). Add" in outside.errors


def test_a_status_that_lumos_leaves_out_is_asked_for(tenant: Tenant, run: RunCommand) -> None:
    administered(tenant, ADA, GONE)
    settings = tenant.settings(seed_ids.SLACK_APP_ID)
    for user in settings["request_flow"]["admins"]["users"]:
        user["status"] = None
    path = f"/appstore/apps/{seed_ids.SLACK_APP_ID}/settings"
    tenant.fault("body", path=path, body_text=json.dumps(settings))
    assert count(run) == 1


@pytest.mark.parametrize("admins", [[], None], ids=["list", "null"])
def test_admins_that_are_not_an_object_count_as_nobody(
    tenant: Tenant, run: RunCommand, admins: object
) -> None:
    path = f"/appstore/apps/{seed_ids.SLACK_APP_ID}/settings"
    body = json.dumps({"request_flow": {"admins": admins}})
    tenant.fault("body", path=path, body_text=body)
    assert count(run) == 0


def test_only_administrators_see_every_app(tenant: Tenant, run: RunCommand) -> None:
    tenant.switch(token_is_admin=False)
    refused = run("check-admins")
    assert refused.code == 3
    assert "use one of a Lumos administrator" in refused.errors


@pytest.mark.parametrize("arguments", [["--min", "0"], ["--json", "--github"]])
def test_wrong_options_are_exit_code_2(run: RunCommand, arguments: list[str]) -> None:
    assert run("check-admins", *arguments).code == 2
