"""The code on docs/emulator.md: it starts a Lumos, asks it, and spoils its answers."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path
from typing import get_args

import pytest
from pulumi_lumos.emulator import requests_seed_ids, seed_ids
from pulumi_lumos.emulator.requests import journal

from ..drivers.tenant import PERMISSIONS, Tenant
from ..drivers.workspace import Workspace
from ..patience import PATIENCE_SECONDS
from ..repository import ROOT
from .emulator_command import SERVING, serving
from .terminal import BLOCK, COMMAND, Terminal, assert_shown

__all__ = ["serving"]

PAGE = (ROOT / "docs" / "emulator.md").read_text(encoding="utf-8")
REQUESTS_PAGE = (ROOT / "docs" / "emulator-requests.md").read_text(encoding="utf-8")
CODE = {language: text for language, text in BLOCK.findall(PAGE) if language != "console"}


def test_the_commands_start_a_lumos_and_ask_it(
    tmp_path: Path, pulumi_folder: str, serving: tuple[str, str]
) -> None:
    port, ready = serving
    terminal = Terminal(Workspace(tmp_path / "shell", pulumi_folder))
    asked = 0
    page = PAGE.replace("8080", port)
    consoles = [text for language, text in BLOCK.findall(page) if language == "console"]
    for command, shown in (typed for text in consoles for typed in COMMAND.findall(text)):
        if SERVING.match(command):
            assert_shown(shown, ready)
        elif command.startswith("curl "):
            current = json.loads(terminal.run(command.replace("curl ", "curl -s ", 1)))
            assert current["id"] == seed_ids.CURRENT_USER_ID
            asked += 1
        else:
            assert command.startswith("pip install ")
    assert asked == 1


def test_the_program_starts_a_lumos_and_prints_its_address() -> None:
    command = [sys.executable, "-c", CODE["python"]]
    done = subprocess.run(
        command, check=True, stdout=subprocess.PIPE, text=True, timeout=PATIENCE_SECONDS
    )
    assert re.fullmatch(r"http://127\.0\.0\.1:\d+\n", done.stdout)


def test_the_fault_spoils_the_answer_to_the_first_permission_and_not_the_permission(
    tenant: Tenant,
) -> None:
    tenant.call("POST", "/_emulator/faults", json.loads(CODE["json"]))
    body = {"app_id": seed_ids.SALESFORCE_APP_ID, "label": "Admin"}
    with pytest.raises(AssertionError, match="502"):
        tenant.call("POST", PERMISSIONS, body)
    tenant.call("POST", PERMISSIONS, body)
    assert len(tenant.permissions(seed_ids.SALESFORCE_APP_ID)) == 2


def test_the_program_about_requests_plays_its_people_and_prints_what_the_page_shows() -> None:
    blocks = dict(BLOCK.findall(REQUESTS_PAGE))
    command = [sys.executable, "-c", blocks["python"]]
    done = subprocess.run(
        command, check=True, stdout=subprocess.PIPE, text=True, timeout=PATIENCE_SECONDS
    )
    assert done.stdout == blocks["text"]


def test_the_page_about_requests_names_what_it_describes() -> None:
    section = PAGE.partition("## The admin API")[2]
    for call in re.findall(r"`(?:\w+ )?(/_emulator/[^`]*)`", REQUESTS_PAGE):
        assert f"{call}`" in section, call
    for name in (*requests_seed_ids.USERS, *requests_seed_ids.NEW_APPS, "GitHub", "AWS"):
        assert name in REQUESTS_PAGE, name
    for kind in get_args(journal.Kind):
        assert f"`{kind}`" in REQUESTS_PAGE, kind
