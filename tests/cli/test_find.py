"""Ids to paste, by words."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from pulumi_lumos.emulator import seed_ids

from ..tenant import Tenant
from .conftest import TERMINAL, RunCommand

ADMINS = seed_ids.OKTA_GROUPS["Salesforce Admins"]


@pytest.mark.parametrize(
    ("arguments", "row"),
    [
        (
            ["apps", "Salesforce"],
            [seed_ids.SALESFORCE_APP_ID, "Salesforce", "acme.my.salesforce.com", "APPROVED"],
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
            [seed_ids.SLACK_PERMISSION_ID, "Guest channels", "NATIVE", seed_ids.SLACK_APP_ID],
        ),
        (
            ["inline-webhooks", "deprov"],
            [seed_ids.WEBHOOK_IDS["DEPROVISION"], "Deprovision", "DEPROVISION"],
        ),
    ],
)
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


def test_nothing_found_is_told_and_seen_in_the_exit_code(run: RunCommand) -> None:
    found = run("find", "apps", "nothing", "like", "it")
    assert (found.code, found.out) == (1, "")
    assert found.errors == "Lumos finds no app by 'nothing like it'.\n"
    empty = run("find", "apps", "nothing", "--json")
    assert (empty.code, empty.json) == (1, [])


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
def test_an_app_that_is_not_there_is_an_answer_as_nothing_found_is(
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


def test_a_terminal_shows_headers_and_whole_ids(run: RunCommand) -> None:
    narrow = {**TERMINAL, "COLUMNS": "60"}
    out = run("find", "groups", "Salesforce Admins", **narrow).out
    assert "integration_specific_id"[:8] in out
    # Cells fold instead of being cut, so that nothing of an id is lost.
    assert "…" not in out


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
