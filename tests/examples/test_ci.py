"""The scripts that the workflows run, through the real engine; the workflows, through linters."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from pulumi_lumos.emulator import seed_ids

from ..drivers.stack import PLUGINS
from ..drivers.tenant import Tenant
from ..drivers.workspace import Workspace
from ..repository import ROOT

EXAMPLE = ROOT / "examples" / "ci"
GITHUB = EXAMPLE / ".github" / "workflows" / "lumos.yml"
GITLAB = EXAMPLE / ".gitlab-ci.yml"
SCRIPTS = EXAMPLE / "scripts"
CALLED = re.compile(r"scripts/([\w.-]+)")
TOOLS = Path(sys.prefix) / "bin"


@pytest.fixture
def repository(tmp_path: Path, pulumi_folder: str, tenant: Tenant) -> Workspace:
    """A copy of the example with the stack that its workflows name."""
    made = Workspace.copy(EXAMPLE, tmp_path, pulumi_folder, STACK="prod", **tenant.environment)
    made.run("pulumi", "stack", "init", "prod")
    return made


def serve(repository: Workspace, host: str) -> None:
    """Let a host serve the resources."""
    repository.environment["LUMOS_HOST"] = host
    with (repository.program / "Pulumi.yaml").open("a", encoding="utf-8") as project:
        project.write(PLUGINS.format(virtualenv=sys.prefix) if host == "packaged" else "")


@pytest.mark.slow
@pytest.mark.engine
@pytest.mark.parametrize("host", ["dynamic", pytest.param("packaged", marks=pytest.mark.nightly)])
def test_a_change_is_previewed_made_and_watched(
    repository: Workspace, tenant: Tenant, host: str
) -> None:
    serve(repository, host)
    found = repository.run("scripts/check-admins", "--github", fails=True)
    assert re.search("^::error.*Slack", found, re.M)

    repository.run("pulumi", "config", "set", "--secret", "ci:password", "a canary")
    tenant.forget_requests()
    repository.run("scripts/preview", "preview.md")
    comment = (repository.program / "preview.md").read_text(encoding="utf-8")
    assert_says_what_is_made(comment)
    assert f"lumos:{'index:' if host == 'packaged' else ''}AppStoreApp" in comment
    assert tenant.requests("POST", "PUT", "PATCH", "DELETE") == []

    repository.run("scripts/preview", "preview.md", "plan.json")
    plan = (repository.program / "plan.json").read_text(encoding="utf-8")
    assert "grace.okafor@acme.example" in plan
    assert "a canary" not in plan
    repository.run("scripts/up", "plan.json")
    admins = tenant.settings(seed_ids.SLACK_APP_ID)["request_flow"]["admins"]["users"]
    assert {one["email"] for one in admins} == {
        "ada.admin@acme.example",
        "grace.okafor@acme.example",
    }
    repository.run("scripts/drift")
    repository.run("scripts/check-admins", "--github")
    repository.run("scripts/check-approvers", "--github")

    repository.run("scripts/preview", "preview.md", "plan.json")
    somebody = {"users": [{"id": seed_ids.USERS["Linus"].id}]}
    tenant.edit_settings(seed_ids.SLACK_APP_ID, request_flow={"admins": somebody})
    drift = repository.run("scripts/drift", fails=True)
    assert seed_ids.USERS["Linus"].id in drift

    tenant.forget_requests()
    assert "violates plan" in repository.run("scripts/up", "plan.json", fails=True)
    assert tenant.requests("POST", "PUT", "PATCH", "DELETE") == []
    repository.run("scripts/up")
    repository.run("scripts/drift")


def assert_says_what_is_made(comment: str) -> None:
    """The comment shows the preview of an app and its permission, which gives nobody more."""
    marker, headline, *_ = comment.splitlines()
    assert (marker, headline) == ("<!-- preview of prod -->", "## Nobody gets more or less")
    assert "- **Slack**: administered by ada.admin@" in comment.replace("\u200b", "")
    assert (
        "\n### Preview of `prod`\n\n"
        "    Resources:\n        + 2 to create\n\n    Previewing update (prod):\n"
    ) in comment


@pytest.mark.slow
@pytest.mark.engine
@pytest.mark.parametrize("host", ["dynamic", "packaged"])
def test_a_gate_stops_what_gives_people_more_and_the_comment_says_it(
    repository: Workspace, tenant: Tenant, host: str
) -> None:
    serve(repository, host)
    repository.environment["GATE"] = "widening"
    repository.run("scripts/preview", "preview.md")
    page = (repository.program / "access.html").read_text(encoding="utf-8")
    assert "Guest channels" in page
    program = repository.program / "__main__.py"
    opened = """
lumos.RequestablePermission(
    "all",
    app_id=lumos.get_app(name="Slack").id,
    label="All",
    request_config={"appstore_visibility": "VISIBLE"},
)
"""
    program.write_text(program.read_text(encoding="utf-8") + opened, encoding="utf-8")
    stopped = repository.run("scripts/preview", "preview.md", fails=True)
    assert "WIDER Slack · All: can be asked for now" in stopped
    _, headline, *rest = (repository.program / "preview.md").read_text("utf-8").splitlines()
    assert headline == "## 1 change gives people more"
    assert "### Preview of `prod`" in rest
    repository.environment["LUMOS_MAX_RETRIES"] = "0"
    tenant.fault("status", status=500, path="/access_policies")
    assert "access policies could not be read" in repository.run(
        "scripts/preview", "preview.md", fails=True
    )


@pytest.mark.slow
@pytest.mark.engine
def test_a_preview_that_fails_says_so_and_why_first(repository: Workspace) -> None:
    people = repository.program / "Pulumi.prod.yaml"
    people.write_text(people.read_text().replace("ada.admin@", "ada.adnim@"))
    repository.run("scripts/preview", "preview.md", fails=True)
    comment = (repository.program / "preview.md").read_text(encoding="utf-8")
    first, title, *_ = comment.splitlines()
    assert (first, title) == ("<!-- preview of prod -->", "### Preview of `prod` failed")
    assert comment.index("error: get_user") < comment.index("Previewing update")


WITHOUT_JSON = """\
#!/bin/sh
case "$*" in
    *--json*) echo "error: the connection broke" >&2; exit 255 ;;
esac
exec {pulumi} "$@"
"""


@pytest.mark.slow
@pytest.mark.engine
def test_a_comment_is_written_also_where_nothing_can_be_said_of_people(
    repository: Workspace, tmp_path: Path, pulumi_folder: str
) -> None:
    """The second preview, which the report reads, fails; the comment has the first one."""
    command = tmp_path / "bin" / "pulumi"
    command.parent.mkdir()
    command.write_text(WITHOUT_JSON.format(pulumi=Path(pulumi_folder, "pulumi")))
    command.chmod(0o755)
    path = repository.environment["PATH"]
    repository.environment["PATH"] = f"{command.parent}{os.pathsep}{path}"
    repository.run("scripts/preview", "preview.md")
    comment = (repository.program / "preview.md").read_text(encoding="utf-8")
    assert "The report of what this means for people failed" in comment
    assert "+ 2 to create" in comment
    repository.environment["GATE"] = "widening"
    assert "the connection broke" in repository.run("scripts/preview", "preview.md", fails=True)


@pytest.mark.parametrize("workflow", [GITHUB, GITLAB], ids=["GitHub", "GitLab"])
def test_a_workflow_runs_every_script_that_is_tested_here(workflow: Path) -> None:
    texts = [workflow, *(path for path in SCRIPTS.iterdir() if path.is_file())]
    run = {name for path in texts for name in CALLED.findall(path.read_text(encoding="utf-8"))}
    assert run == {script.name for script in SCRIPTS.iterdir() if script.is_file()}


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


def test_every_job_ends_in_time_and_installs_from_a_cache() -> None:
    for workflow, keys in ((GITHUB, ("timeout-minutes:", "cache: pip")), (GITLAB, ("timeout:",))):
        jobs = re.split(r"^(?:  )?(?=[a-z]+:\n)", workflow.read_text(encoding="utf-8"), flags=re.M)
        jobs = [job for job in jobs if "runs-on:" in job] or [workflow.read_text(encoding="utf-8")]
        for key in keys:
            assert all(key in job for job in jobs), key


def test_no_two_events_share_a_place_in_the_queue() -> None:
    """GitHub keeps one waiting run of a group, whichever event has started it."""
    (group,) = re.findall(r"group: (.+)", GITHUB.read_text(encoding="utf-8"))
    assert "${{ github.event_name }}" in group


def test_a_pull_request_without_secrets_is_not_previewed() -> None:
    preview = (
        GITHUB.read_text(encoding="utf-8").partition("  preview:\n")[2].partition("runs-on")[0]
    )
    assert "head.repo.full_name == github.repository" in preview
    assert "pull_request.user.login != 'dependabot[bot]'" in preview
    assert "$CI_MERGE_REQUEST_SOURCE_PROJECT_ID == $CI_PROJECT_ID" in GITLAB.read_text("utf-8")
