"""The example in YAML through the real engine and Pulumi's YAML host."""

from __future__ import annotations

import os
import re
import sys
import uuid
from contextlib import closing
from pathlib import Path

import pytest
from pulumi_lumos.emulator import seed_ids
from pulumi_lumos.emulator.process import EmulatorProcess

from ..drivers.packaged_host import OF_PYTHON
from ..drivers.tenant import Tenant
from ..drivers.workspace import Workspace
from ..repository import ROOT

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


TWO_TENANTS = """name: tenants
runtime: yaml
plugins:
  providers:
    - name: lumos
      path: .venv/bin
config:
  token:
    type: string
    secret: true
resources:
  trials:
    type: pulumi:providers:lumos
    properties:
      accessToken: ${token}
outputs:
  there:
    fn::invoke:
      function: lumos:getApp
      arguments:
        name: Expenses
      options:
        provider: ${trials}
      return: id
"""


def test_a_function_asks_the_tenant_of_its_provider(
    project: Project, tenant: Tenant, emulator: EmulatorProcess
) -> None:
    with closing(Tenant(emulator.url, f"lsk_CANARY{uuid.uuid4().hex}")) as trials:
        there = trials.add_app("Expenses")["id"]
        (project.program / "Pulumi.yaml").write_text(TWO_TENANTS, encoding="utf-8")
        project.pulumi("stack", "init", "tenants")
        project.pulumi("config", "set", "--secret", "token", trials.token)
        tenant.forget_requests()
        project.pulumi("up", "--yes", "--skip-preview")
        assert project.pulumi("stack", "output", "there").strip() == there
        assert tenant.requests() == []


def test_a_version_that_is_not_found_has_its_entry_in_the_page_on_errors(project: Project) -> None:
    """As the SDKs that Pulumi generates ask for the provider."""
    page = (ROOT / "docs" / "troubleshooting.md").read_text(encoding="utf-8")
    file = project.program / "Pulumi.yaml"
    text = file.read_text(encoding="utf-8")
    entry = re.search(r"^plugins:\n(?: .*\n)+", text, re.M)
    assert entry and entry[0] in page
    versioned = re.sub(r"(    type: lumos:\w+\n)", r"\1    options:\n      version: 0.2.0\n", text)
    versioned = re.sub(
        r"(      function: lumos:\w+\n)", r"\1      options:\n        version: 0.2.0\n", versioned
    )
    project.start_cold()
    path = project.environment["PATH"]
    project.environment["PATH"] = path.replace(f"{sys.prefix}/bin:", "")
    file.write_text(versioned.replace(entry[0], ""), encoding="utf-8")
    printed = project.pulumi("preview", fails=True)
    shown = "Could not automatically download and install resource plugin"
    assert f'### "{shown}"' in page
    line = re.search(rf"^error: .*{shown}.*", page, re.M)
    assert line
    said = ".*".join(re.escape(part) for part in line[0].split("…"))
    assert re.search(said, " ".join(printed.split())), printed
    file.write_text(versioned, encoding="utf-8")
    project.pulumi("preview")


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
        "must begin with https://: plain http, which shows the token, is for this machine only",
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
