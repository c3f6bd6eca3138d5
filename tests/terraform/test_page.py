"""docs/migrate-from-terraform.md, from the export to the way back, through the real engine."""

from __future__ import annotations

import json
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from pulumi_lumos.kinds.requestable_permission.lifecycle import bound_group

from ..drivers.stack import PLUGINS
from ..drivers.tenant import Tenant
from ..drivers.workspace import Workspace
from ..patience import PATIENCE_SECONDS
from ..repository import ROOT
from .conftest import STAND_IN
from .recording import RECORDED, ids, recorded_state

PAGE = (ROOT / "docs" / "migrate-from-terraform.md").read_text(encoding="utf-8")
CONSOLE = [
    re.findall(r"^\$ (.+)\n((?:(?!\$ ).*\n)*)", block, re.M)
    for block in re.findall(r"```console\n(.*?)```", PAGE, re.S)
]
LUMOS = (
    "lumos_app_store_app",
    "lumos_requestable_permission",
    "lumos_pre_approval_rule",
    "lumos_access_policy",
    "lumos_app",
)


class Shell:
    """A shell of somebody who follows the page."""

    def __init__(self, folder: Path, home: Path, pulumi_folder: str, tenant: Tenant) -> None:
        self.folder, self.tenant = folder, tenant
        self.environment = {
            "HOME": str(home),
            "PATH": Workspace(folder, pulumi_folder).environment["PATH"],
            "PULUMI_HOME": str(home / "home"),
            "PULUMI_BACKEND_URL": home.as_uri(),
            "PULUMI_CONFIG_PASSPHRASE": "of a test",
            "PULUMI_SKIP_UPDATE_CHECK": "true",
            "PULUMI_SKIP_CONFIRMATIONS": "true",
            "PULUMI_DIY_BACKEND_IGNORE_DEPRECATION_ERROR": "true",
            "LUMOS_SERVER_URL": tenant.url,
            "LUMOS_ACCESS_TOKEN": tenant.token,
        }

    def run(self, line: str, code: int = 0) -> str:
        """Run one line; what it printed to standard output."""
        if line.startswith("cd "):
            self.folder = (self.folder / line[3:]).resolve()
            return ""
        done = subprocess.run(
            ["bash", "-c", line],
            cwd=self.folder,
            env=self.environment,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=PATIENCE_SECONDS,
        )
        assert done.returncode == code, done.stdout + done.stderr
        assert self.tenant.token not in done.stdout + done.stderr
        return done.stdout

    def block(self, number: int, codes: dict[str, int] | None = None) -> dict[str, str]:
        """Run the lines of a block of the page; what each printed."""
        return {line: self.run(line, (codes or {}).get(line, 0)) for line, _ in CONSOLE[number]}


@pytest.fixture
def shell(terraform_folder: Path, tmp_path: Path, pulumi_folder: str, tenant: Tenant) -> Shell:
    return Shell(terraform_folder, tmp_path, pulumi_folder, tenant)


def managed(folder: Path) -> dict[str, list[str]]:
    """The ids of what Terraform manages in Lumos, by type."""
    state = json.loads((folder / "terraform.tfstate").read_text(encoding="utf-8"))
    return {type: found for type in LUMOS if (found := ids(state, type))}


@pytest.mark.slow
@pytest.mark.engine
def test_what_terraform_managed_goes_on_under_pulumi(shell: Shell, tenant: Tenant) -> None:
    before, folder = tenant.state(), shell.folder
    everything = managed(folder)
    everything_ids = {id for found in everything.values() for id in found}
    _pull, export = (line for line, _ in CONSOLE[0])
    printed = shell.block(0, {export: 1})
    assert printed[export] == dict(CONSOLE[0])[export]
    shown = re.findall(r"```python\n(.*?)```", PAGE, re.S)
    for text in shown:
        assert text in (folder / "appstore" / "apps" / "salesforce.py").read_text(encoding="utf-8")
    tenant.forget_requests()

    printed = shell.block(1)
    assert_nothing_changes(printed["pulumi preview"], sum(map(len, everything.values())))
    exported = json.loads(in_appstore(shell, "pulumi stack export"))
    adopted = [one for one in exported["deployment"]["resources"] if "lumos:" in one["type"]]
    assert {one["id"] for one in adopted} == everything_ids
    assert tenant.requests("POST", "PATCH", "PUT", "DELETE") == []

    shell.block(2)
    assert managed(folder) == {}
    left = json.loads((folder / "terraform.tfstate").read_text(encoding="utf-8"))["resources"]
    assert [one["type"] for one in left if one["mode"] == "managed"] == [
        "terraform_data",
    ]

    shell.block(3)
    assert managed(folder) == everything
    in_appstore(shell, "pulumi destroy")
    assert tenant.requests("POST", "PATCH", "PUT", "DELETE") == []
    assert tenant.state() == before


def assert_nothing_changes(preview: str, objects: int) -> None:
    """So many objects are adopted as they are."""
    # What several resources say is said once, with their number instead of their ids.
    unchanged = (
        r"adopts (\w+(?: [\w-]+)?) and changes nothing(?:[,;] [^(\n]*)?"
        r"(?: ?\(([\d,]+) resources: )?"
    )
    told = {*re.findall(unchanged, preview)}
    assert sum(int(count or 1) for _, count in told) == objects, preview
    assert " sets " not in preview
    assert "changes nothing; Lumos keeps the auth and settings that it has" in preview


def in_appstore(shell: Shell, line: str) -> str:
    """Run one line in the folder of the program."""
    shell.run("cd appstore")
    printed = shell.run(line)
    shell.run("cd ..")
    return printed


@pytest.mark.slow
@pytest.mark.engine
def test_the_packaged_host_adopts_the_same_program(shell: Shell, tenant: Tenant) -> None:
    before = tenant.state()
    shell.run(CONSOLE[0][0][0])
    shell.run(CONSOLE[0][1][0], code=1)
    project = shell.folder / "appstore" / "Pulumi.yaml"
    plugins = PLUGINS.format(virtualenv=sys.prefix)
    project.write_text(project.read_text(encoding="utf-8") + plugins, encoding="utf-8")
    shell.environment["LUMOS_HOST"] = "packaged"
    tenant.forget_requests()
    shell.block(1)
    exported = json.loads(in_appstore(shell, "pulumi stack export"))
    adopted = [one for one in exported["deployment"]["resources"] if "lumos:index:" in one["type"]]
    assert len(adopted) == sum(map(len, managed(shell.folder).values()))
    assert tenant.requests("POST", "PATCH", "PUT", "DELETE") == []
    assert tenant.state() == before


@pytest.mark.slow
@pytest.mark.engine
def test_after_it_a_secret_reaches_lumos_once_a_removed_resource_stays_and_another_group_replaces(
    shell: Shell, tenant: Tenant
) -> None:
    shell.run(CONSOLE[0][0][0])
    shell.run(CONSOLE[0][1][0], code=1)
    shell.block(1)
    change_a_secret(shell, tenant)
    remove_one_and_take_the_group_of_another(shell, tenant)


def change_a_secret(shell: Shell, tenant: Tenant) -> None:
    tenant.forget_requests()
    secret = "a-key-that-nobody-may-read"
    given = shlex.quote(json.dumps({"api_key": secret}))
    in_appstore(shell, f"pulumi config set --secret okta-lab-auth {given}")
    printed = in_appstore(shell, "pulumi preview --diff") + in_appstore(shell, "pulumi up")
    (sent,) = tenant.requests("POST", "PATCH", "PUT", "DELETE")
    (lab,) = (
        instance["attributes"]["id"]
        for one in recorded_state()["resources"]
        if one["mode"] == "managed" and one["name"] == "okta"
        for instance in one["instances"]
        if instance["index_key"] == "lab"
    )
    assert (sent["method"], sent["path"]) == ("PUT", f"/apps/{lab}")
    assert sent["body"] == {
        "app_class_id": "okta.com",
        "auth": {"api_key": secret},
        "settings": {"app_instance_identifier": "lab.okta.com"},
    }
    printed += in_appstore(shell, "pulumi preview --refresh --expect-no-changes")
    assert secret not in printed + in_appstore(shell, "pulumi stack export")


def remove_one_and_take_the_group_of_another(shell: Shell, tenant: Tenant) -> None:
    module = shell.folder / "appstore" / "apps" / "salesforce.py"
    program = module.read_text(encoding="utf-8")
    sandbox = statement(program, "sandbox-1")
    east = statement(program, "admin-na-east")
    without_group = re.sub(
        r' +"request_fulfillment_config": \{\n.*?\n        \},\n', "", east, flags=re.S
    )
    assert '"provisioning_group"' in east
    assert '"provisioning_group"' not in without_group
    program = program.replace(sandbox, "")
    module.write_text(program.replace(east, without_group.replace("    adopt=True,\n", "")))
    printed = in_appstore(shell, "pulumi up")
    assert "+-1 replaced" in " ".join(printed.split())
    permissions = tenant.permissions(ids(recorded_state(), "lumos_app_store_app")[0])
    labels = [one["label"] for one in permissions]
    assert "Sandbox 2" in labels
    groups = [bound_group(one) for one in permissions if one["label"] == "Admin (NA East)"]
    assert [group and group["name"] for group in groups] == ["IT", None]


def statement(program: str, name: str) -> str:
    """The declaration of one resource."""
    found = re.search(rf'^lumos\.\w+\(\n    "{name}",\n(?:    .*\n)*\)\n', program, re.M)
    assert found, name
    return found[0]


def test_the_configuration_that_the_page_shows_is_the_recorded_one() -> None:
    (shown,) = re.findall(r"```hcl\n(.*?)```", PAGE, re.S)
    assert shown in (RECORDED / "main.tf").read_text(encoding="utf-8")


@pytest.mark.skipif(not shutil.which("terraform"), reason="no Terraform on PATH to compare with")
def test_the_stand_in_for_terraform_forgets_what_terraform_forgets(terraform_folder: Path) -> None:
    address = 'lumos_requestable_permission.admin["emea"]'
    left = []
    for command in (["terraform"], [sys.executable, str(STAND_IN)]):
        (terraform_folder / "terraform.tfstate").write_text(json.dumps(recorded_state()))
        subprocess.run([*command, "state", "rm", address], cwd=terraform_folder, check=True)
        left.append(managed(terraform_folder))
    assert left[0] == left[1]
