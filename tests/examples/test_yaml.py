"""The example in YAML through the real engine and Pulumi's YAML host."""

from __future__ import annotations

import os
import re
import sys
from pathlib import Path

import pytest
from pulumi_lumos.emulator import seed_ids

from ..drivers.packaged_host import OF_PYTHON
from ..drivers.tenant import Tenant
from ..drivers.workspace import Workspace

ROOT = Path(__file__).parents[2]
EXAMPLE = ROOT / "examples" / "yaml"

pytestmark = [pytest.mark.engine, pytest.mark.slow]


class Project(Workspace):
    """A copy of the example, with the provider where its README installs it."""

    def pulumi(self, *arguments: str, fails: bool = False) -> str:
        """Run a command of Pulumi; what it printed."""
        options = ("--non-interactive", "--color", "never")
        return self.run("pulumi", *arguments, *options, fails=fails)

    def change(self, old: str, new: str) -> None:
        """Write another program."""
        file = self.program / "Pulumi.yaml"
        text = file.read_text(encoding="utf-8")
        assert old in text
        file.write_text(text.replace(old, new), encoding="utf-8")


@pytest.fixture
def project(tmp_path: Path, tenant: Tenant, pulumi_folder: str, yaml_folder: str) -> Project:
    folders = os.pathsep.join([pulumi_folder, yaml_folder])
    made = Project.copy(EXAMPLE, tmp_path, folders, **tenant.environment)
    (made.program / ".venv").symlink_to(sys.prefix)
    made.pulumi("stack", "init", "demo")
    return made


def permission(tenant: Tenant, label: str) -> dict[str, object]:
    """The permission of Salesforce with a label."""
    (found,) = (
        one for one in tenant.permissions(seed_ids.SALESFORCE_APP_ID) if one["label"] == label
    )
    return dict(found)


def test_the_example_in_yaml_lives_from_preview_to_destroy(
    project: Project, tenant: Tenant
) -> None:
    before = tenant.state()["permissions"]
    tenant.forget_requests()
    shown = project.pulumi("preview", "--diff")
    assert "+ lumos:index:RequestablePermission: (create)" in shown
    assert 'label        : "Admin"' in shown
    assert tenant.requests("POST", "PATCH", "DELETE") == []
    project.pulumi("up", "--yes", "--skip-preview")
    made = permission(tenant, "Admin")
    project.pulumi("preview", "--expect-no-changes")
    tenant.edit_permission(
        str(made["id"]), request_config={"request_fulfillment_config": {"time_based_access": []}}
    )
    shown = project.pulumi("preview", "--refresh", "--diff")
    assert '+ [0]: "2 hours"' in shown
    project.pulumi("up", "--yes", "--skip-preview", "--refresh")
    project.pulumi("preview", "--refresh", "--expect-no-changes")
    assert permission(tenant, "Admin")["id"] == made["id"]
    project.pulumi("destroy", "--yes", "--skip-preview")
    assert tenant.state()["permissions"] == before


def test_mistakes_in_yaml_are_sentences_in_its_own_spelling(
    project: Project, tenant: Tenant
) -> None:
    project.change("timeBasedAccessOverride: true", "timeBasedAccessOverride: false")
    wrong = project.pulumi("preview", fails=True)
    at = "requestConfig.requestFulfillmentConfig.timeBasedAccessOverride"
    assert at in wrong
    assert "set it to true, or the app's durations apply" in wrong
    assert "Traceback" not in wrong
    project.change("label: Admin", "lable: Admin")
    assert "lable" in project.pulumi("preview", fails=True)
    project.change("lable: Admin", "label: Admin")
    project.change("name: Okta", "name: Oktaa")
    assert "Lumos has no app with name 'Oktaa'. Similar are: Okta" in (
        project.pulumi("preview", fails=True)
    )


def test_the_yaml_of_the_readme_makes_what_it_declares(project: Project, tenant: Tenant) -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    (program,) = re.findall(r"```yaml\n(.*?)```", readme, re.DOTALL)
    (project.program / "Pulumi.yaml").write_text(program, encoding="utf-8")
    project.pulumi("stack", "init", "readme")
    project.pulumi("up", "--yes", "--skip-preview")
    assert permission(tenant, "Admin")["app_id"] == seed_ids.SALESFORCE_APP_ID
    project.pulumi("preview", "--refresh", "--expect-no-changes")


SMALL = f"""\
name: yaml
runtime: yaml
plugins:
  providers:
    - name: lumos
      path: .venv/bin
resources:
  admin:
    type: lumos:RequestablePermission
    properties:
      appId: {seed_ids.SALESFORCE_APP_ID}
      label: Admin
"""
OWN = SMALL.replace("resources:\n", "resources:\n  eu:\n    type: pulumi:providers:lumos\n")
OWN += "    options:\n      provider: ${eu}\n"
NO_TOKEN = {"LUMOS_ACCESS_TOKEN": ""}
PREVIEW = ("preview",)
NOBODY = "11111111-1111-4111-8111-111111111111"
IMPORT = ("import", "lumos:index:RequestablePermission", "x", NOBODY, "--generate-code=false")
Case = tuple[str, dict[str, str], tuple[str, ...], str]
WRONG: dict[str, Case] = {
    "an unknown property": (
        SMALL + "      colour: red\n",
        {},
        PREVIEW,
        "Property colour does not exist on 'lumos:index:RequestablePermission'",
    ),
    "a misspelt property": (
        SMALL.replace("label:", "lable:"),
        {},
        PREVIEW,
        "Missing required property 'label'",
    ),
    "a wrong type": (
        SMALL + "      adopt: 3\n",
        {},
        PREVIEW,
        "property adopt value {3} has a problem: should be true or false, or a text",
    ),
    "no token": (SMALL, NO_TOKEN, PREVIEW, "The Lumos access token is not set"),
    "an address without TLS": (
        SMALL,
        {"LUMOS_SERVER_URL": "http://lumos.example"},
        PREVIEW,
        "must begin with https://: plain http, which shows the token, is for 127.0.0.1 only",
    ),
    "a provider of its own without a token": (
        OWN,
        NO_TOKEN,
        PREVIEW,
        "the `accessToken` of this provider (`access_token` in Python)",
    ),
    "a plain token": (
        SMALL.replace("plugins:", "config:\n  lumos:accessToken:\n    value: lsk_plain\nplugins:"),
        {},
        PREVIEW,
        "make it a secret: pulumi config set --secret lumos:accessToken",
    ),
    "an import of what is not there": (
        SMALL,
        {},
        (*IMPORT, "--yes"),
        f"Lumos has no RequestablePermission with the id '{NOBODY}'",
    ),
}


@pytest.mark.parametrize(("program", "settings", "command", "reason"), WRONG.values(), ids=WRONG)
def test_what_is_wrong_is_one_sentence_in_yaml(
    program: str, settings: dict[str, str], command: tuple[str, ...], reason: str, project: Project
) -> None:
    (project.program / "Pulumi.yaml").write_text(program, encoding="utf-8")
    project.environment.update(settings)
    shown = project.pulumi(*command, fails=True)
    assert reason in shown
    assert "Traceback" not in shown
    assert OF_PYTHON.search(reason) is None
