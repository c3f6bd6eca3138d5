"""The scripts that the workflows run, through the real engine; the workflows, through linters."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest
from pulumi_lumos.emulator import seed_ids

from ..tenant import Tenant
from ..workspace import Workspace

EXAMPLE = Path(__file__).parents[2] / "examples" / "ci"
GITHUB = EXAMPLE / ".github" / "workflows" / "lumos.yml"
GITLAB = EXAMPLE / ".gitlab-ci.yml"
TOOLS = Path(sys.prefix) / "bin"


@pytest.mark.slow
@pytest.mark.engine
def test_a_change_is_previewed_made_and_watched(
    tmp_path: Path, pulumi_folder: str, tenant: Tenant
) -> None:
    repository = Workspace.copy(
        EXAMPLE, tmp_path, pulumi_folder, STACK="prod", **tenant.environment
    )
    found = repository.run("scripts/check-admins", "--github", fails=True)
    assert re.search("^::error.*Slack", found, re.M)

    repository.run("pulumi", "stack", "init", "prod")
    tenant.forget_requests()
    repository.run("scripts/preview", "preview.md")
    comment = (repository.program / "preview.md").read_text(encoding="utf-8")
    assert comment.startswith("### Preview of `prod`\n\n    ")
    assert "lumos:AppStoreApp" in comment
    assert tenant.requests("POST", "PUT", "PATCH", "DELETE") == []

    repository.run("scripts/up")
    admins = tenant.settings(seed_ids.SLACK_APP_ID)["request_flow"]["admins"]["users"]
    assert {one["email"] for one in admins} == {
        "ada.admin@acme.example",
        "grace.okafor@acme.example",
    }
    repository.run("scripts/drift")
    repository.run("scripts/check-admins", "--github")

    somebody = {"users": [{"id": seed_ids.USERS["Linus"].id}]}
    tenant.edit_settings(seed_ids.SLACK_APP_ID, request_flow={"admins": somebody})
    drift = repository.run("scripts/drift", fails=True)
    assert seed_ids.USERS["Linus"].id in drift


@pytest.mark.parametrize("workflow", [GITHUB, GITLAB], ids=["GitHub", "GitLab"])
def test_a_workflow_runs_every_script_that_is_tested_here(workflow: Path) -> None:
    run = set(re.findall(r"scripts/([\w-]+)", workflow.read_text(encoding="utf-8")))
    assert run == {script.name for script in (EXAMPLE / "scripts").iterdir()}


@pytest.mark.parametrize(
    "command",
    [
        ["zizmor", "--offline", "--strict-collection", "--config", ".github/zizmor.yml", "."],
        ["check-jsonschema", "--builtin-schema", "vendor.github-workflows", str(GITHUB)],
        [
            "check-jsonschema",
            "--builtin-schema",
            "vendor.gitlab-ci",
            "--data-transform",
            "gitlab-ci",
            str(GITLAB),
        ],
    ],
    ids=["zizmor", "GitHub's schema", "GitLab's schema"],
)
def test_the_workflows_pass_a_linter(command: list[str]) -> None:
    program = TOOLS / command[0]
    done = subprocess.run(
        [str(program), *command[1:]],
        cwd=EXAMPLE,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    assert done.returncode == 0, done.stdout
