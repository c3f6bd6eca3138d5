"""Names from Lumos in everything that a command prints or writes."""

from __future__ import annotations

import tokenize
from pathlib import Path

import pytest
from pulumi_lumos.emulator import seed_ids

from ..drivers.command import TERMINAL, RunCommand, run
from ..drivers.tenant import Tenant
from ..hostile import STEERING, hostile, steering

__all__ = ["run"]

COMMANDS = {
    **{f"find {kind}": ["find", kind] for kind in ("apps", "groups", "users", "permissions")},
    "find webhooks": ["find", "inline-webhooks"],
    "find nothing": ["find", "apps", hostile("nothing")],
    "an app that is not there": ["find", "groups", "--app", hostile("nothing")],
    "check-admins": ["check-admins", "--min", "9"],
    "check-admins --github": ["check-admins", "--min", "9", "--github"],
    "check-approvers": ["check-approvers"],
    "check-approvers --github": ["check-approvers", "--github"],
    "doctor": ["doctor"],
    "export": ["export", "program"],
}


@pytest.fixture
def tenant(hostile_tenant: Tenant) -> Tenant:
    """The company that the commands read, where somebody who approves has left."""
    gone = {"users": [{"id": seed_ids.USERS["Ines"].id}]}
    hostile_tenant.edit_settings(seed_ids.SLACK_APP_ID, request_flow={"approvers": gone})
    return hostile_tenant


@pytest.mark.parametrize("arguments", COMMANDS.values(), ids=COMMANDS.keys())
def test_no_command_prints_what_steers_the_terminal(
    arguments: list[str], run: RunCommand, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    done = run(*arguments)
    assert done.out + done.errors
    assert steering(done.out + done.errors) == []


@pytest.mark.parametrize("arguments", [["find", "users"], ["check-approvers"]])
def test_no_table_in_a_terminal_is_steered_by_a_name(arguments: list[str], run: RunCommand) -> None:
    # The progress on standard error steers the terminal itself, with no name from Lumos.
    printed = run(*arguments, **TERMINAL).out
    assert "ines.gone" in printed
    assert [one for one in STEERING if one in printed] == []


@pytest.mark.parametrize(
    "arguments", [["find", "users"], ["check-admins", "--min", "9"], ["check-approvers"]]
)
def test_json_is_ascii_and_holds_no_token(arguments: list[str], run: RunCommand) -> None:
    done = run(*arguments, "--json")
    assert done.out.isascii() and done.json
    assert [one for one in steering(done.out) if one != "<{%"] == []


def test_the_comments_of_an_exported_program_are_clean(
    run: RunCommand, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert run("export", "program").code == 0
    files = [*Path("program").rglob("*.py")]
    assert files
    for file in files:
        text = file.read_text(encoding="utf-8")
        assert all(line.isprintable() for line in text.splitlines())
        with file.open("rb") as source:
            comments = [
                one.string
                for one in tokenize.tokenize(source.readline)
                if one.type == tokenize.COMMENT or one.string.startswith('"""')
            ]
        assert steering("\n".join(comments)) == []
