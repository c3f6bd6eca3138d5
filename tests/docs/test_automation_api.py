"""docs/automation-api.md: its program runs, and each cell of its table is tried."""

from __future__ import annotations

import re
import sys
from pathlib import Path
from typing import NamedTuple

import pytest
from pulumi_lumos.emulator import seed_ids

from ..drivers.tenant import Tenant
from ..drivers.workspace import Run, Workspace
from ..repository import ROOT
from .pages import BLOCK

pytestmark = pytest.mark.engine

PAGE = (ROOT / "docs" / "automation-api.md").read_text(encoding="utf-8")
PROGRAM = """\
import pulumi_lumos as lumos

def appstore():
    slack = lumos.get_app(name="Slack")
    lumos.RequestablePermission("contractors", app_id=slack.id, label="Contractors")
"""
DRIVER = """\
import os, sys
from pathlib import Path
from pulumi import automation

token, url, where, kind = sys.argv[1:]
settings = {"LUMOS_ACCESS_TOKEN": token, "LUMOS_SERVER_URL": url}
options = automation.LocalWorkspaceOptions(env_vars=settings if where == "env_vars" else {})
os.environ |= settings if where == "environment" else {}
if kind == "inline":
    from appstore import appstore
    stack = automation.create_stack(
        "dev", project_name="appstore", program=appstore, opts=options
    )
else:
    folder = Path("folder")
    folder.mkdir()
    (folder / "Pulumi.yaml").write_text("name: appstore\\nruntime: python\\n")
    program = Path("appstore.py").read_text() + "\\nappstore()\\n"
    (folder / "__main__.py").write_text(program)
    stack = automation.create_stack("dev", work_dir=str(folder), opts=options)
if where == "configuration":
    stack.set_config("lumos:accessToken", automation.ConfigValue(token, secret=True))
    stack.set_config("lumos:serverUrl", automation.ConfigValue(url))
stack.up(on_output=print)
"""


class Driver(NamedTuple):
    """A folder with a Python program that drives Pulumi."""

    workspace: Workspace

    def run(self, text: str, *arguments: str, **environment: str) -> Run:
        (self.workspace.program / "driver.py").write_text(text)
        self.workspace.environment.update(environment)
        return self.workspace.end(sys.executable, "driver.py", *arguments)


@pytest.fixture
def driver(tmp_path: Path, pulumi_folder: str) -> Driver:
    folder = tmp_path / "driver"
    folder.mkdir()
    return Driver(Workspace(folder, pulumi_folder))


def offered(tenant: Tenant) -> list[str]:
    return [one["label"] for one in tenant.permissions(seed_ids.SLACK_APP_ID)]


def test_the_program_of_the_page_offers_its_permission(tenant: Tenant, driver: Driver) -> None:
    (program,) = (text for _, text in BLOCK.findall(PAGE))
    before = offered(tenant)
    variables = {"COMPANY_LUMOS_TOKEN": tenant.token, "LUMOS_SERVER_URL": tenant.url}
    ended = driver.run(program, **variables)
    assert ended.code == 0, ended.text
    assert offered(tenant) == [*before, "Contractors"]
    assert tenant.token not in ended.text


ROWS = {
    "configuration": 'stack.set_config("lumos:accessToken"',
    "env_vars": "env_vars={",
    "environment": "os.environ",
}
STOPS = ("env_vars", "inline")


def cell(where: str, kind: str) -> str:
    """What the table says of settings in one place and one kind of program."""
    (row,) = (line for line in PAGE.splitlines() if line.startswith("| ") and ROWS[where] in line)
    _, _, in_folder, inline, _ = (text.strip() for text in row.split("|"))
    return inline if kind == "inline" else in_folder


@pytest.mark.parametrize("kind", ["inline", "in a folder"])
@pytest.mark.parametrize(
    "where",
    [
        pytest.param("configuration", marks=pytest.mark.slow),
        "env_vars",
        pytest.param("environment", marks=pytest.mark.slow),
    ],
)
def test_settings_are_read_where_the_table_says(
    tenant: Tenant, driver: Driver, where: str, kind: str
) -> None:
    (driver.workspace.program / "appstore.py").write_text(PROGRAM)
    ended = driver.run(DRIVER, tenant.token, tenant.url, where, kind)
    stops = (where, kind) == STOPS
    assert cell(where, kind) == ("stops" if stops else "works")
    assert ("Contractors" in offered(tenant)) != stops
    assert tenant.token not in ended.text
    if stops:
        quoted = re.search(r'inline program stops with "([^"]+)"', PAGE)
        assert quoted and quoted[1] in ended.text
    else:
        assert ended.code == 0, ended.text
