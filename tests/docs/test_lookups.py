"""docs/lookups.md: its programs run through the engine, its test runs as a test."""

from __future__ import annotations

import inspect
import re
import subprocess
import sys
from pathlib import Path

import pulumi_lumos
import pytest
from pulumi_lumos.emulator import seed_ids
from pulumi_lumos.hosts.names import function_token
from pulumi_lumos.lookups import kinds
from pulumi_lumos.lookups.kinds import LookupKind

from ..contract.vendor_document import load
from ..drivers.stack import Stack
from ..drivers.tenant import Tenant
from ..patience import PATIENCE_SECONDS
from ..repository import ROOT

PAGE = (ROOT / "docs" / "lookups.md").read_text(encoding="utf-8")
BLOCK = re.compile(r"<!-- (program|test of a program) -->\n```python\n(.*?)```", re.S)
PROGRAMS = [text for kind, text in BLOCK.findall(PAGE) if kind == "program"]
(TEST,) = (text for kind, text in BLOCK.findall(PAGE) if kind != "program")
KINDS = [value for value in vars(kinds).values() if isinstance(value, LookupKind)]


@pytest.fixture
def stack(tmp_path: Path, pulumi_folder: str, tenant: Tenant) -> Stack:
    return Stack(tmp_path, pulumi_folder, tenant)


@pytest.mark.parametrize("address", ["/inline_webhooks", "/users", "/groups", "/accounts"])
def test_the_api_makes_none_of_the_objects_that_the_page_says_it_does_not(address: str) -> None:
    paths = load()["paths"]
    alike = [path for path in paths if re.fullmatch(rf"{address}(/{{\w+}})?", path)]
    assert alike
    assert {method for path in alike for method in paths[path]} <= {"get", "parameters"}


def test_every_block_is_run() -> None:
    assert PAGE.count("```python") == len(BLOCK.findall(PAGE))


@pytest.mark.slow
@pytest.mark.engine
def test_the_programs_find_what_they_name(tenant: Tenant, stack: Stack) -> None:
    stack.program_file(PROGRAMS[0])
    tenant.forget_requests()
    stack.up()
    assert stack.pulumi("stack", "output", "approver_status").strip() == "ACTIVE"
    (admin,) = tenant.permissions(seed_ids.SALESFORCE_APP_ID)
    config = admin["request_config"]
    assert config["request_fulfillment_config"]["provisioning_group"]["name"] == "Salesforce Admins"
    assert tenant.calls().count("GET /apps") == 1
    stack.preview("--expect-no-changes")

    stack.program_file(PROGRAMS[1])
    stack.up()
    assert stack.pulumi("stack", "output", "guests").strip() == seed_ids.SLACK_PERMISSION_ID

    stack.program_file(PROGRAMS[2])
    stack.up()
    (hosts,) = (one for one in tenant.permissions(seed_ids.SLACK_APP_ID) if "hosts" in one["label"])
    assert stack.pulumi("stack", "output", "hosts").strip() == hosts["id"]

    stack.program_file(PROGRAMS[3])
    assert "Slack has 1 active admin" in stack.up()
    assert "Slack" in stack.pulumi("stack", "output", "lacking")

    gone = {"users": [{"id": seed_ids.USERS["Ines"].id}]}
    tenant.edit_settings(seed_ids.SLACK_APP_ID, request_flow={"approvers": gone})
    stack.program_file(PROGRAMS[4])
    assert "nobody is left to approve Slack" in stack.up()
    assert "Slack" in stack.pulumi("stack", "output", "places")


def test_the_test_passes_without_a_token_or_an_engine(tmp_path: Path) -> None:
    (tmp_path / "__main__.py").write_text(PROGRAMS[0])
    (tmp_path / "test_program.py").write_text(TEST)
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider"]
    run = subprocess.run(
        command, cwd=tmp_path, capture_output=True, text=True, timeout=PATIENCE_SECONDS, env={}
    )
    assert run.returncode == 0, run.stdout
    assert "2 passed" in run.stdout


def test_the_page_lists_every_function_with_its_arguments_and_token() -> None:
    rows = re.findall(r"^\| `(get_\w+)` \| (.+) \| `(\w+)` \|$", PAGE, re.M)
    assert [(name, result) for name, _, result in rows] == [
        (kind.function, kind.result.__name__) for kind in KINDS
    ]
    for name, arguments, _ in rows:
        *taken, opts = inspect.signature(getattr(pulumi_lumos, name)).parameters
        assert opts == "opts"
        assert set(re.findall(r"`(\w+)`", arguments)) == set(taken)
        twin = inspect.signature(getattr(pulumi_lumos, f"{name}_output")).parameters
        assert list(twin) == [*taken, "opts"]
        assert f"`{function_token(name)}`" in PAGE
    assert f"`{function_token('check_admins')}`" in PAGE
    assert f"`{function_token('check_approvers')}`" in PAGE
