"""docs/testing.md: its test is the one that CI runs, and its fixtures can be overridden."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from pulumi_lumos import playing, pytest_plugin

from ..drivers.tenant import Tenant
from ..repository import ROOT
from .terminal import BLOCK, COMMAND

PAGE = (ROOT / "docs" / "testing.md").read_text(encoding="utf-8")
SHOWN = dict(re.findall(r"<!-- ([^>]+) -->\n```python\n(.*?)```", PAGE, re.S))

TEST = """
def test_the_company(lumos_emulator):
    apps = lumos_emulator.objects("/apps")
    assert sorted(app["user_friendly_label"] for app in apps) == {apps}

def test_each_has_its_own(lumos_emulator):
    body = {{"name": "Wiki", "category": "Other", "description": "-"}}
    lumos_emulator.call("POST", "/apps", body)
"""


def assert_passes(folder: Path, *, conftest: str, apps: list[str]) -> None:
    """Run the tests of a user in a folder, which must pass."""
    (folder / "conftest.py").write_text(conftest, encoding="utf-8")
    tests = TEST.format(apps=apps)
    (folder / "test_one.py").write_text(tests, encoding="utf-8")
    (folder / "test_two.py").write_text(tests, encoding="utf-8")
    command = [sys.executable, "-m", "pytest", "-q", "-c", os.devnull, "--rootdir", str(folder)]
    # The plugins of this project's own tests, which users do not have, take seconds to load.
    command += ["-p", "pulumi_lumos.pytest_plugin", str(folder)]
    environment = {**os.environ, "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"}
    run = subprocess.run(command, capture_output=True, text=True, env=environment)
    assert run.returncode == 0, run.stdout + run.stderr


@pytest.mark.parametrize(
    ("shown", "file"),
    [
        ("the stack of the catalog", "conftest.py"),
        ("the test of the catalog", "test_catalog.py"),
        ("the tests of access", "test_access.py"),
    ],
)
def test_the_tests_shown_to_users_are_those_that_ci_runs(shown: str, file: str) -> None:
    tested = ROOT / "examples" / "catalog" / file
    assert SHOWN[shown] == tested.read_text(encoding="utf-8")


def test_the_page_names_everything_that_the_company_of_a_test_can_do() -> None:
    can = {name for name in vars(pytest_plugin.LumosEmulator) if not name.startswith("_")}
    can |= {name for name in vars(playing.PlayedPerson) if not name.startswith("_")}
    can |= {name for name in vars(playing.PlayedRequest) if not name.startswith("_")}
    missing = {name for name in can if not re.search(rf"\b{name}\b", PAGE)}
    assert missing <= {"close", "person"}


@pytest.mark.parametrize("scope", ["function", pytest.param("session", marks=pytest.mark.slow)])
def test_a_company_of_ones_own_is_given_as_the_page_says(
    tmp_path: Path, tenant: Tenant, scope: str
) -> None:
    body = {"name": "Intranet", "category": "Other", "description": "-"}
    tenant.call("POST", "/apps", body)
    (command,) = (line for _, text in BLOCK.findall(PAGE) for line, _ in COMMAND.findall(text))
    command = command.replace("lsk_demo", tenant.token).replace("http://127.0.0.1:8080", tenant.url)
    subprocess.run(["bash", "-c", command], cwd=tmp_path, check=True)
    conftest = SHOWN["conftest.py"].replace("@pytest.fixture", f'@pytest.fixture(scope="{scope}")')
    names = sorted(app["user_friendly_label"] for app in tenant.state()["apps"].values())
    assert "Intranet" in names
    assert_passes(tmp_path, conftest=conftest, apps=names)


def test_the_page_lists_every_fixture() -> None:
    listed = re.findall(r"^\| `(lumos_\w+)` \|", PAGE, re.M)
    assert sorted(listed) == sorted(
        name for name in vars(pytest_plugin) if name.startswith("lumos_")
    )
