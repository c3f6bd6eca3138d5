"""A command advises what a command reads: the environment, not the configuration of a stack."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from pulumi_lumos.config import SETTINGS

from ..drivers.command import RunCommand
from ..drivers.tenant import Tenant

COMMANDS = [
    ["find", "apps"],
    ["check-admins"],
    ["check-approvers"],
    ["report"],
    ["export", "it"],
    ["doctor", "--json"],
]
OF_A_STACK = re.compile(r"pulumi config set|lumos:[a-z]\w*|`pulumi (?:up|refresh|destroy|preview)")
ALLOWED = 'LUMOS_ACCESS_TOKEN="$(pulumi config get lumos:accessToken)" pulumi-lumos doctor'
SETTINGS_OF_A_USER = {
    "no token": {"LUMOS_ACCESS_TOKEN": None},
    "a blank token": {"LUMOS_ACCESS_TOKEN": "  "},
    "a token with a space": {"LUMOS_ACCESS_TOKEN": "lsk_a b"},
    "a token that Lumos does not know": {"LUMOS_ACCESS_TOKEN": "unknown"},
    "plain http": {"LUMOS_SERVER_URL": "http://192.0.2.1"},
    "no Lumos": {"LUMOS_SERVER_URL": "http://127.0.0.1:1"},
    **{
        f"a bad {setting.variable}": {setting.variable: "-1"}
        for setting in SETTINGS
        if setting.variable not in ("LUMOS_ACCESS_TOKEN", "LUMOS_SERVER_URL")
    },
}
ANSWERS = {
    **{str(status): {"kind": "status", "status": status} for status in (400, 401, 403, 404, 409)},
    **{str(status): {"kind": "status", "status": status} for status in (422, 429, 500, 503)},
    "a web page": {"kind": "body", "body_text": "<html>", "content_type": "text/html"},
    "a reset": {"kind": "reset"},
    "half an answer": {"kind": "truncate"},
}


@pytest.fixture(autouse=True)
def in_a_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    # `doctor` asks `pulumi` for its version only. The real one takes a quarter of a second for it.
    pulumi = tmp_path / "pulumi"
    pulumi.write_text("#!/bin/sh\necho v3.999.0\n")
    pulumi.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path), prepend=":")


def assert_true_here(text: str) -> None:
    """No advice speaks of what a command does not read."""
    assert OF_A_STACK.findall(text.replace("\\", "").replace(ALLOWED, "")) == [], text


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command[0])
@pytest.mark.parametrize("environment", SETTINGS_OF_A_USER.values(), ids=SETTINGS_OF_A_USER.keys())
def test_wrong_settings_are_corrected_in_the_environment(
    run: RunCommand, command: list[str], environment: dict[str, str | None]
) -> None:
    done = run(*command, **{"LUMOS_MAX_RETRIES": "0", **environment})
    assert done.code != 0
    assert_true_here(done.out + done.errors)
    if "LUMOS_ACCESS_TOKEN" in environment:
        assert "export LUMOS_ACCESS_TOKEN=" in (done.out + done.errors)


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command[0])
@pytest.mark.parametrize("fault", ANSWERS.values(), ids=ANSWERS.keys())
def test_what_lumos_answers_leads_to_what_a_command_can_do(
    tenant: Tenant, run: RunCommand, command: list[str], fault: dict[str, object]
) -> None:
    tenant.fault(**{"path": "^/", **fault})  # type: ignore[arg-type]
    # A 429 is repeated until the deadline.
    done = run(*command, LUMOS_MAX_RETRIES="0", LUMOS_DEADLINE="0.5")
    assert done.code in (1, 3)
    assert_true_here(done.out + done.errors)
