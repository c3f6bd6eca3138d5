"""docs/access-client.md: its program prints what the page shows, and it lists every call."""

from __future__ import annotations

import os
import re
import subprocess
import sys

from pulumi_lumos import access
from pulumi_lumos.emulator import requests_seed_ids as ids

from ..docs.terminal import BLOCK
from ..emulator.requests.acme import Acme
from ..repository import ROOT

PAGE = (ROOT / "docs" / "access-client.md").read_text(encoding="utf-8")


def test_the_program_prints_what_the_page_shows(acme: Acme) -> None:
    blocks = dict(BLOCK.findall(PAGE))
    desired = {"user_id": ids.USERS["Mei"].id}
    token = acme.admin.ok("POST", "/_emulator/tokens", desired)["token"]
    done = subprocess.run(
        [sys.executable, "-c", blocks["python"]],
        check=True,
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "LUMOS_ACCESS_TOKEN": token, "LUMOS_SERVER_URL": acme.url},
    )
    assert done.stdout == blocks["text"]


def test_the_page_lists_every_call() -> None:
    section = PAGE.partition("## The calls")[2].partition("##")[0]
    listed = re.findall(r"^\| `(\w+)", section, re.M)
    calls = {name for name in dir(access.AccessClient) if not name.startswith("_")}
    assert sorted(listed) == sorted(calls - {"close"})


def test_the_names_of_the_client_are_exported() -> None:
    assert all(hasattr(access, name) for name in access.__all__)
