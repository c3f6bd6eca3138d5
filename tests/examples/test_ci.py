"""The scripts that the workflows run, through the real engine; the workflows, through linters."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from pulumi_lumos.emulator import seed_ids

from ..tenant import Tenant

EXAMPLE = Path(__file__).parents[2] / "examples" / "ci"
GITHUB = EXAMPLE / ".github" / "workflows" / "lumos.yml"
GITLAB = EXAMPLE / ".gitlab-ci.yml"
TOOLS = Path(sys.prefix) / "bin"


class Repository:
    """A copy of the example, checked out by a job."""

    def __init__(self, folder: Path, pulumi_folder: str, tenant: Tenant) -> None:
        self.folder = Path(
            shutil.copytree(EXAMPLE, folder / "ci", ignore=shutil.ignore_patterns("__pycache__"))
        )
        self.environment = {
            "HOME": str(folder),
            "PATH": os.pathsep.join([str(TOOLS), pulumi_folder, os.environ["PATH"]]),
            "PULUMI_HOME": str(folder / "home"),
            "PULUMI_BACKEND_URL": folder.as_uri(),
            "PULUMI_CONFIG_PASSPHRASE": "of a test",
            "PULUMI_SKIP_UPDATE_CHECK": "true",
            "PULUMI_DIY_BACKEND_IGNORE_DEPRECATION_ERROR": "true",
            "LUMOS_SERVER_URL": tenant.url,
            "LUMOS_ACCESS_TOKEN": tenant.token,
            "STACK": "prod",
        }

    def run(self, *command: str, fails: bool = False) -> str:
        done = subprocess.run(
            command,
            cwd=self.folder,
            env=self.environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            timeout=120,
        )
        assert (done.returncode != 0) == fails, done.stdout
        return done.stdout


@pytest.mark.engine
def test_a_change_is_previewed_made_and_watched(
    tmp_path: Path, pulumi_folder: str, tenant: Tenant
) -> None:
    repository = Repository(tmp_path, pulumi_folder, tenant)
    found = repository.run("scripts/check-admins", "--github", fails=True)
    assert re.search("^::error.*Slack", found, re.M)

    repository.run("pulumi", "stack", "init", "prod")
    repository.run("scripts/preview", "preview.md")
    comment = (repository.folder / "preview.md").read_text(encoding="utf-8")
    assert comment.startswith("### Preview of `prod`\n\n    ")
    assert "lumos:AppStoreApp" in comment
    assert not [made for made in tenant.requests("POST", "PATCH") if "/appstore" in made["path"]]

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
