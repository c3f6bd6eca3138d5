"""Several runs of one process, and two processes that run at once."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from pulumi_lumos.emulator import seed_ids

from ..drivers.killed import start
from ..drivers.stack import Stack
from ..drivers.tenant import PERMISSIONS, Tenant
from ..drivers.workspace import Workspace
from ..faults.faults import FAULTS

pytestmark = [pytest.mark.engine, pytest.mark.slow]

APP = seed_ids.SALESFORCE_APP_ID
AUTOMATION = f"""
import sys

import pulumi_lumos as lumos
from pulumi import automation


def program():
    lumos.RequestablePermission("admin", app_id="{APP}", label="Admin")


stack = automation.create_stack("dev", project_name="inline", program=program)
for line in sys.stdin:
    try:
        getattr(stack, line.strip())()
        print("done", flush=True)
    except automation.CommandError as error:
        print("failed:", " ".join(str(error).split()), flush=True)
"""


@pytest.fixture
def command(tenant: Tenant, tmp_path: Path, pulumi_folder: str) -> Iterator[Callable[[str], str]]:
    """Runs a command of Pulumi's Automation API, each in the same process; how it ended."""
    workspace = Workspace(tmp_path, pulumi_folder, **tenant.environment)
    with subprocess.Popen(
        [sys.executable, "-c", AUTOMATION],
        cwd=tmp_path,
        env=workspace.environment,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        desired, answers = process.stdin, process.stdout

        def run(name: str) -> str:
            desired.write(f"{name}\n")
            desired.flush()
            return answers.readline().strip()

        yield run


def test_a_later_run_of_one_process_sees_lumos_as_it_is_by_then(
    command: Callable[[str], str], tenant: Tenant
) -> None:
    tenant.fault(**{**FAULTS["502, carried out"], "method": "POST", "path": PERMISSIONS})
    tenant.fault(**{**FAULTS["401"], "method": "GET", "path": PERMISSIONS, "nth": [2]})
    failed = command("up")
    assert failed.startswith("failed:")
    assert "Lumos answered 401" in failed
    tenant.call("DELETE", "/_emulator/faults")
    assert command("up") == "done"
    (made,) = tenant.permissions(APP)

    tenant.remove_permission(made["id"])
    assert command("refresh") == "done"
    assert command("up") == "done"
    (again,) = tenant.permissions(APP)
    assert again["id"] != made["id"]
    assert command("destroy") == "done"
    assert command("up") == "done"
    assert len(tenant.permissions(APP)) == 1


def test_two_runs_at_once_leave_nothing_that_no_stack_manages(
    stack: Stack, tenant: Tenant, tmp_path_factory: pytest.TempPathFactory, pulumi_folder: str
) -> None:
    """Whether they make one object or two is a matter of the very moment."""
    other = Stack(tmp_path_factory.mktemp("other"), pulumi_folder, tenant)
    runs = []
    for one in (stack, other):
        one.declare("RequestablePermission", {"app_id": APP, "label": "Admin"})
        runs.append(start(one, "up"))
    for run in runs:
        text, _ = run.communicate()
        assert run.returncode == 0, text
    managed = {one.resource()["id"] for one in (stack, other)}
    assert {one["id"] for one in tenant.permissions(APP)} == managed
    for one in (stack, other):
        one.preview("--refresh", "--expect-no-changes")
