"""examples/portal/README.md: its commands start a portal, and its table names every variable."""

from __future__ import annotations

import json
import os
import re
import socket
import subprocess
import sys
from pathlib import Path

import httpx
from pulumi_lumos.emulator import requests_seed_ids as ids

from ..docs.terminal import BLOCK
from ..emulator.requests.acme import Acme
from ..patience import wait_until
from ..repository import ROOT
from .serving import Visitor

FOLDER = ROOT / "examples" / "portal"
PAGE = (FOLDER / "README.md").read_text(encoding="utf-8")


def test_the_table_names_every_variable() -> None:
    listed = re.findall(r"^\| `(PORTAL_\w+)`", PAGE, re.M)
    code = (FOLDER / "portal" / "app.py").read_text(encoding="utf-8")
    assert set(listed) == set(re.findall(r"PORTAL_[A-Z_]+", code))


def free_port() -> int:
    """A port that nothing listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def is_open(port: int) -> bool:
    """Whether somebody listens on a port."""
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def test_the_commands_start_a_portal_behind_a_proxy(acme: Acme, tmp_path: Path) -> None:
    mei = ids.USERS["Mei"]
    token = acme.admin.ok("POST", "/_emulator/tokens", {"user_id": mei.id})["token"]
    file, port = tmp_path / "tokens.json", free_port()
    file.write_text(json.dumps({mei.email: token}))
    commands = dict(BLOCK.findall(PAGE))["sh"]
    # The requirements are those of this environment.
    commands = re.sub(r"^pip .*\n", "", commands, flags=re.M).replace("uvicorn ", "exec uvicorn ")
    commands = commands.replace("/run/secrets/tokens.json", str(file)).replace("8000", str(port))
    environment = {
        **os.environ,
        "PATH": os.pathsep.join([f"{sys.prefix}/bin", os.environ["PATH"]]),
        "PORTAL_LUMOS_URL": acme.url,
        "PORTAL_ADMINS": "ada.admin@acme.example Mei.Tanaka@acme.example",
        "PORTAL_SECRET": "of a test",
    }
    with subprocess.Popen(["bash", "-e", "-c", commands], cwd=ROOT, env=environment) as process:
        try:
            wait_until(lambda: is_open(port), "the portal starts")
            visitor = Visitor(f"http://127.0.0.1:{port}", mei.email)
            page = visitor.ask("Zoom")
            assert "Omar Haddad" in page and "/admins" in page
            visitor.http.close()
            stranger = httpx.get(f"http://127.0.0.1:{port}", trust_env=False)
            assert stranger.status_code == 401
        finally:
            process.terminate()


def test_the_requirements_are_those_of_the_project() -> None:
    project = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    for line in (FOLDER / "requirements.txt").read_text(encoding="utf-8").splitlines()[1:]:
        assert f'"{line}"' in project
