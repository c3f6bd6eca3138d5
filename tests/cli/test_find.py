"""Ids to paste, by words."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from pulumi_lumos.cli.find import LOOKUPS
from pulumi_lumos.emulator import seed_ids

from ..drivers.command import TERMINAL, RunCommand
from ..drivers.tenant import Tenant

ADMINS = seed_ids.OKTA_GROUPS["Salesforce Admins"]


FOUND: list[tuple[list[str], list[str]]] = [
    (
        ["apps", "Salesforce"],
        [seed_ids.SALESFORCE_APP_ID, "Salesforce", "acme.my.salesforce.com", "APPROVED", ""],
    ),
    (
        ["groups", "Salesforce", "Admins"],
        [ADMINS.id, ADMINS.name, ADMINS.integration_specific_id, ADMINS.app_id],
    ),
    (
        ["users", "grace"],
        [
            seed_ids.USERS["Grace"].id,
            "grace.okafor@acme.example",
            "Grace",
            "Okafor",
            "ACTIVE",
        ],
    ),
    (
        ["permissions", "guest", "--app", "Slack"],
        [
            seed_ids.SLACK_PERMISSION_ID,
            "Guest channels",
            "NATIVE",
            seed_ids.SLACK_APP_ID,
            "VISIBLE",
        ],
    ),
    (
        ["policies", "EVERYONE"],
        [
            seed_ids.ACCESS_POLICY_ID,
            "Slack for everyone",
            "PUBLISHED",
            "is_enabled",
            "is_everyone_condition",
        ],
    ),
    (
        ["inline-webhooks", "deprov"],
        [seed_ids.WEBHOOK_IDS["DEPROVISION"], "Deprovision", "DEPROVISION"],
    ),
]


def test_every_kind_is_looked_for() -> None:
    assert {arguments[0] for arguments, _ in FOUND} == set(LOOKUPS)


@pytest.mark.parametrize(("arguments", "row"), FOUND)
def test_each_kind_is_found_by_words_of_its_name(
    run: RunCommand, arguments: list[str], row: list[str]
) -> None:
    found = run("find", *arguments)
    assert (found.code, found.errors) == (0, "")
    assert found.rows == [row]


def test_without_words_all_are_listed_over_all_pages(tenant: Tenant, run: RunCommand) -> None:
    labels = [f"Role {number}" for number in range(101)]
    for label in labels:
        tenant.add_permission(seed_ids.SALESFORCE_APP_ID, label)
    found = run("find", "permissions", "--app", seed_ids.SALESFORCE_APP_ID)
    assert [label for _, label, *_ in found.rows] == labels


def test_json_has_the_fields_of_a_lookup(run: RunCommand) -> None:
    (grace,) = run("find", "users", "grace", "--json").json
    assert grace == {**seed_ids.USERS["Grace"]._asdict()}


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["apps", "nothing", "like", "it"], "No app matches 'nothing like it'."),
        (["permissions", "--app", "Salesforce"], "Salesforce has no permissions."),
        (["groups", "--app", "Salesforce"], "Salesforce has no groups."),
        (
            ["permissions", "x", "--app", seed_ids.SALESFORCE_APP_ID],
            "No permission of Salesforce matches 'x'.",
        ),
        (["inline-webhooks", "x"], "No inline webhook matches 'x'."),
    ],
)
@pytest.mark.parametrize("environment", [{}, TERMINAL], ids=["pipe", "terminal"])
def test_nothing_found_is_reported_and_sets_the_exit_code(
    run: RunCommand, arguments: list[str], said: str, environment: dict[str, str]
) -> None:
    found = run("find", *arguments, **environment)
    assert (found.code, found.out, found.errors) == (1, "", f"{said}\n")
    empty = run("find", *arguments, "--json")
    assert (empty.code, empty.json) == (1, [])


def test_a_company_without_webhooks_has_none(tenant: Tenant, run: RunCommand) -> None:
    tenant.fault("body", path="^/inline_webhooks$", body_text="[]")
    assert run("find", "inline-webhooks").errors == "Lumos has no inline webhooks.\n"


def test_objects_that_are_called_the_same_are_told_apart(tenant: Tenant, run: RunCommand) -> None:
    gone = tenant.call("GET", f"/apps/{seed_ids.SLACK_APP_ID}")
    gone |= {"id": "gone", "disconnected": True}
    kept = tenant.call("GET", f"/apps/{seed_ids.SLACK_APP_ID}")
    page = {"items": [gone, kept], "total": 2, "page": 1, "size": 100}
    tenant.fault("body", path="^/apps$", body_text=json.dumps(page))
    assert [row[1:] for row in run("find", "apps").rows] == [
        ["Slack", "acme.slack.com", "APPROVED", "disconnected"],
        ["Slack", "acme.slack.com", "APPROVED", ""],
    ]
    assert run("find", "permissions", "--app", "Slack").errors == (
        "Lumos has 2 apps with name 'Slack': "
        "Slack (acme.slack.com, APPROVED, disconnected, id gone); "
        f"Slack (acme.slack.com, APPROVED, id {seed_ids.SLACK_APP_ID}). "
        "Give the id of the one that is meant.\n"
    )
    for visibility in ("HIDDEN", "VISIBLE"):
        tenant.add_permission(seed_ids.SALESFORCE_APP_ID, "Admin", appstore_visibility=visibility)
    rows = run("find", "permissions", "--app", seed_ids.SALESFORCE_APP_ID).rows
    assert [row[4] for row in rows] == ["HIDDEN", "VISIBLE"]


def test_an_app_is_named_for_what_belongs_to_apps_only(run: RunCommand) -> None:
    refused = run("find", "users", "--app", "Slack")
    assert refused.code == 2
    assert "users belong to no app" in refused.errors
    assert run("find", "users", "--app", "").code == 2, "a variable of a script may be empty"


@pytest.mark.parametrize(
    "command", [["find", "groups"], ["check-admins"], ["export", "appstore"]], ids="-".join
)
@pytest.mark.parametrize(
    ("name", "code", "said"),
    [
        ("Okto", 1, "Lumos has no app with name 'Okto'. Similar are: Okta ("),
        ("Twice", 1, "Lumos has 2 apps with name 'Twice': "),
        ("", 2, "--app needs the name or the id of an app."),
    ],
)
def test_an_unknown_app_ends_like_a_search_that_finds_nothing(
    tenant: Tenant,
    run: RunCommand,
    command: list[str],
    name: str,
    code: int,
    said: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(tmp_path)
    for _ in range(2):
        tenant.call("POST", "/apps", {"name": "Twice", "category": "Other", "description": "-"})
    done = run(*command, "--app", name)
    assert (done.code, done.out) == (code, "")
    assert done.errors.startswith(said)
    assert done.errors.count("\n") == 1
    assert "--resume" not in done.errors
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("environment", [{}, TERMINAL], ids=["pipe", "terminal"])
def test_no_name_steers_the_terminal_or_is_read_as_markup(
    tenant: Tenant, run: RunCommand, environment: dict[str, str]
) -> None:
    evil = f"[red]Evil[/red]\x1b]0;owned\x07\x1b[2J\u202e\x9b {tenant.token}"
    tenant.add_permission(seed_ids.SLACK_APP_ID, evil)
    found = run("find", "permissions", "Evil", **environment)
    assert re.search(r"\[red\]Evil\[/red\] \]0;owned \[2J +lsk_\*\*\*", found.out)
    for code in ("\x1b]", "\x1b[2J", "\x07", "\u202e", "\x9b"):
        assert code not in found.out
    in_json = run("find", "permissions", "Evil", "--json")
    assert in_json.out.isascii()
    assert "\x1b" not in in_json.out
    assert in_json.json[0]["label"] == evil.replace(tenant.token, "lsk_***")


@pytest.mark.parametrize("columns", ["40", "80", "200"])
def test_a_terminal_shows_headers_and_ids_to_copy(run: RunCommand, columns: str) -> None:
    out = run("find", "groups", "Salesforce Admins", **{**TERMINAL, "COLUMNS": columns}).out
    for word in ("integration_specific_id", ADMINS.id, ADMINS.integration_specific_id):
        assert word in out
    assert ADMINS.app_id in out
    assert "…" not in out


def test_a_terminal_folds_long_names_between_words(tenant: Tenant, run: RunCommand) -> None:
    label = "Everything that an administrator of the whole company may ever need " * 3
    made = tenant.add_permission(seed_ids.SALESFORCE_APP_ID, label.strip())
    tenant.add_permission(seed_ids.SALESFORCE_APP_ID, "x" * 300)
    narrow = {**TERMINAL, "COLUMNS": "120"}
    out = run("find", "permissions", "--app", "Salesforce", **narrow).out
    assert made["id"] in out
    plain = re.sub(r"\x1b\[[\d;]*m", "", out)
    assert max(map(len, plain.splitlines())) <= 130
    shown = " ".join(out.split())
    assert "administrator" in shown
    assert out.count("x") >= 300


@pytest.mark.parametrize("command", [["find", "apps"], ["check-admins"]])
@pytest.mark.parametrize(
    ("environment", "said"),
    [
        ({"LUMOS_ACCESS_TOKEN": None}, "The Lumos access token is not set"),
        ({"LUMOS_ACCESS_TOKEN": "not-a-lumos-token"}, "401 Unauthorized"),
        ({"LUMOS_SERVER_URL": "http://192.0.2.1"}, "must begin with https://"),
        ({"LUMOS_SERVER_URL": "http://127.0.0.1:1", "LUMOS_MAX_RETRIES": "0"}, "no connection"),
    ],
)
def test_a_lumos_that_cannot_be_asked_is_one_sentence_and_exit_code_3(
    run: RunCommand, command: list[str], environment: dict[str, str | None], said: str
) -> None:
    failed = run(*command, **environment)
    assert (failed.code, failed.out) == (3, "")
    assert said in failed.errors
    assert failed.errors.count("\n") == 1
