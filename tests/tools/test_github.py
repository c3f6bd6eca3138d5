"""What GitHub reads of this repository: workflows, forms and updates, through linters."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from ..repository import ROOT

GITHUB = ROOT / ".github"
TOOLS = Path(sys.prefix) / "bin"
SCHEMAS = {
    "github-workflows": sorted(GITHUB.glob("workflows/*.yml")),
    "dependabot": [GITHUB / "dependabot.yml"],
    "github-issue-forms": sorted(GITHUB.glob("ISSUE_TEMPLATE/[!c]*.yml")),
    "github-issue-config": [GITHUB / "ISSUE_TEMPLATE" / "config.yml"],
}


def lint(*command: str) -> None:
    program = TOOLS / command[0]
    done = subprocess.run(
        [str(program), *command[1:]],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize("schema", SCHEMAS)
def test_what_github_reads_follows_its_schema(schema: str) -> None:
    assert SCHEMAS[schema]
    files = [str(file) for file in SCHEMAS[schema]]
    lint("check-jsonschema", "--builtin-schema", f"vendor.{schema}", *files)


def test_every_job_ends_in_time() -> None:
    for workflow in SCHEMAS["github-workflows"]:
        text = workflow.read_text(encoding="utf-8").partition("\njobs:\n")[2]
        jobs = re.split(r"^  (?=[\w-]+:\n)", text, flags=re.M)[1:]
        assert jobs
        # A job that calls another workflow ends as that one's jobs do.
        assert all("timeout-minutes:" in job or "    uses: ./" in job for job in jobs)


def test_the_workflows_are_safe() -> None:
    lint("zizmor", "--offline", "--strict-collection", str(GITHUB))


def test_the_hook_before_a_commit_is_valid() -> None:
    lint("pre-commit", "validate-config", str(ROOT / ".pre-commit-config.yaml"))
