"""The example with other providers: checked and run with their packages, and as its twin.

The plugins of those providers come from their own servers, not from a package registry, so the
engine runs the twin, whose group is made in the emulator's pretend Okta; all else is the example.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from pulumi_lumos.emulator import seed_ids
from pulumi_lumos.kinds.requestable_permission.lifecycle import bound_group, visibility

from tools.cloud_providers import folder as cloud_providers

from ..drivers.stack import Stack
from ..drivers.tenant import PERMISSIONS, Tenant
from ..patience import PATIENCE_SECONDS
from ..repository import ROOT

EXAMPLE = ROOT / "examples" / "alongside"
TWIN = Path(__file__).parent / "alongside"
AWS, OKTA = seed_ids.AWS_APP_ID, seed_ids.OKTA_APP_ID
SYNC = f"POST /apps/{OKTA}/sync"
SYNC_SECONDS = 4


@pytest.fixture(scope="module")
def packages() -> str:
    """The folder of the other providers' packages."""
    return str(cloud_providers())


def output(command: list[str], folder: Path, **environment: str) -> str:
    done = subprocess.run(
        command,
        cwd=folder,
        env={**os.environ, **environment},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        timeout=PATIENCE_SECONDS,
    )
    assert done.returncode == 0, done.stdout
    return done.stdout


@pytest.fixture
def project(tmp_path: Path, packages: str) -> Path:
    """A copy of the example, which a strict type checker checks with those packages."""
    ignored = shutil.ignore_patterns("__pycache__")
    copy = Path(shutil.copytree(EXAMPLE, tmp_path / "alongside", ignore=ignored))
    settings = {"strict": ["__main__.py", "access.py"], "extraPaths": [packages]}
    (copy / "pyrightconfig.json").write_text(json.dumps(settings))
    return copy


PYRIGHT = ["pyright", "--outputjson", "--pythonpath", sys.executable]


@pytest.mark.slow
def test_the_program_passes_a_strict_type_checker(project: Path) -> None:
    summary = json.loads(output(PYRIGHT, project))["summary"]
    assert (summary["filesAnalyzed"], summary["errorCount"], summary["warningCount"]) == (3, 0, 0)


@pytest.mark.slow
def test_the_type_checker_knows_the_other_providers(project: Path) -> None:
    program = project / "__main__.py"
    text = program.read_text(encoding="utf-8")
    program.write_text(text.replace("role=role.name", "role=7").replace("group.id)", "group.idd)"))
    done = subprocess.run(PYRIGHT, cwd=project, stdout=subprocess.PIPE, text=True)
    found = [one["rule"] for one in json.loads(done.stdout)["generalDiagnostics"]]
    assert "reportArgumentType" in found
    assert "reportAttributeAccessIssue" in found


def test_the_test_of_the_example_passes_with_the_packages_of_the_other_providers(
    tmp_path: Path, packages: str
) -> None:
    pytest_of = [sys.executable, "-m", "pytest", "-c", os.devnull, "--rootdir", str(EXAMPLE)]
    printed = output([*pytest_of, str(EXAMPLE)], tmp_path, PYTHONPATH=packages)
    assert "1 passed" in printed


def test_the_twin_differs_in_where_its_group_comes_from() -> None:
    example, twin = (
        (folder / "__main__.py").read_text(encoding="utf-8").partition("\nbilling = ")
        for folder in (EXAMPLE, TWIN)
    )
    assert example[1:] == twin[1:]
    assert "TemporaryAccess" in twin[2]


@pytest.fixture
def stack(tmp_path: Path, pulumi_folder: str, tenant: Tenant) -> Stack:
    """A stack of the twin."""
    made = Stack(tmp_path, pulumi_folder, tenant)
    for source in (EXAMPLE / "access.py", *TWIN.glob("*.py")):
        shutil.copy(source, made.program_folder)
    tenant.switch(sync_seconds=SYNC_SECONDS)
    return made


@pytest.mark.slow
@pytest.mark.engine
def test_a_group_and_the_permission_that_grants_it_are_made_in_one_up(
    stack: Stack, tenant: Tenant
) -> None:
    before = tenant.state()
    tenant.forget_requests()
    stack.preview()
    assert tenant.requests("POST", "PATCH", "DELETE") == []

    printed = stack.up()
    assert "for up to 600 seconds" in printed
    (billing,) = tenant.permissions(AWS)
    assert billing["label"] == "Billing"
    assert visibility(billing) == "VISIBLE"
    assert bound_group(billing)["name"] == "aws#acme#billing#123456789012"
    assert stack.pulumi("stack", "output", "billing").strip() == billing["id"]
    assert tenant.settings(AWS)["provisioning"]["groups_provisioning"] == "GROUPS_AND_VISIBLE"
    calls = tenant.calls()
    assert calls.count(SYNC) == 1
    looks = calls.count(f"GET /apps/{OKTA}")
    assert 1 <= looks <= 2 * SYNC_SECONDS, "about one look a second while Lumos syncs"
    # The app's provisioning by groups is refused until the permission is there.
    made = [one["path"] for one in tenant.requests("POST") if one["status"] < 400]
    assert sorted(made) == [f"/apps/{OKTA}/sync", "/appstore/apps", PERMISSIONS]
    stack.preview("--expect-no-changes")
    stack.preview("--refresh", "--expect-no-changes")

    stack.destroy()
    assert tenant.permissions(AWS) == []
    assert not tenant.settings(AWS)["in_app_store"]
    tenant.switch(sync_seconds=0)
    tenant.call("POST", f"/apps/{OKTA}/sync", {"sync_type": "full_sync"})
    after = tenant.state()
    for held in ("groups", "permissions"):
        assert set(after[held]) == set(before[held])
