"""Records what Terraform leaves behind, see `recording`."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
from contextlib import closing
from pathlib import Path

from pulumi_lumos.emulator import seed_ids
from pulumi_lumos.emulator.process import EmulatorProcess

from ..drivers.tenant import PERMISSIONS, Tenant
from .recording import (
    CONFIGURATION,
    RECORDED,
    RECORDED_WORKSPACES,
    STATE,
    TENANT,
    TENANT_OF_WORKSPACES,
    WORKSPACES,
    state_of,
)

ADDRESS = "mirror.acme.example/teamlumos/lumos"


class Folder:
    """A folder with a configuration of Terraform, which manages a tenant."""

    def __init__(self, path: Path, provider: str, tenant: Tenant) -> None:
        self.path, self._tenant = path, tenant
        server = f'provider "lumos" {{\n  server_url = "{tenant.url}"\n}}\n'
        (path / "provider.tf").write_text(server)
        self._settings = path / "terraform.rc"
        overrides = f'dev_overrides {{ "{ADDRESS}" = "{Path(provider).resolve()}" }}\n  direct {{}}'
        self._settings.write_text(f"provider_installation {{\n  {overrides}\n}}\n")

    def terraform(self, *arguments: str) -> int:
        """Run a command there; its exit code."""
        environment = {
            **os.environ,
            "TF_CLI_CONFIG_FILE": str(self._settings),
            "LUMOS_ACCESS_TOKEN": self._tenant.token,
        }
        done = subprocess.run(["terraform", *arguments], cwd=self.path, env=environment)
        return done.returncode

    def apply(self, *arguments: str) -> int:
        """Apply the configuration, one object after the other."""
        return self.terraform(
            "apply", "-auto-approve", "-input=false", "-parallelism=1", *arguments
        )


def main(provider: str) -> None:
    """Record what the tests read."""
    for record in (record_one_state, record_workspaces):
        with (
            EmulatorProcess() as emulator,
            closing(Tenant(emulator.url, "lsk_recorded")) as tenant,
            tempfile.TemporaryDirectory() as temporary,
        ):
            record(Folder(Path(temporary), provider, tenant), tenant)


def record_one_state(folder: Folder, tenant: Tenant) -> None:
    """Apply the configuration, then another group whose old permission cannot be deleted."""
    for file in CONFIGURATION:
        copy = folder.path / file.relative_to(RECORDED)
        copy.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(file, copy)
    state = folder.path / "terraform.tfstate"
    assert folder.terraform("get") == 0
    assert folder.apply() == 0
    place = f"^{PERMISSIONS}/{instance_of(state, 'admin', 'emea')}$"
    tenant.fault("status", method="DELETE", path=place, status=403, times=1)
    group = seed_ids.OKTA_GROUPS["IT"].integration_specific_id
    assert folder.apply(f"-var=admins={group}") != 0
    shutil.copy(state, STATE)
    save(tenant, TENANT)


def record_workspaces(folder: Folder, tenant: Tenant) -> None:
    """Apply the other configuration in each workspace."""
    shutil.copy(RECORDED_WORKSPACES / "main.tf", folder.path)
    for workspace in WORKSPACES:
        assert folder.terraform("workspace", "new", workspace) == 0
        assert folder.apply() == 0
        state_of(workspace).parent.mkdir(parents=True, exist_ok=True)
        place = state_of(workspace).relative_to(RECORDED_WORKSPACES)
        shutil.copy(folder.path / place, state_of(workspace))
    save(tenant, TENANT_OF_WORKSPACES)


def save(tenant: Tenant, path: Path) -> None:
    """Write what Lumos holds, as a seed of the emulator."""
    held = json.dumps(tenant.state(), indent=1)
    path.write_text(f"{held}\n", encoding="utf-8")


def instance_of(state: Path, name: str, key: str) -> str:
    """The id of what `for_each` has made under a key."""
    (found,) = (
        instance["attributes"]["id"]
        for resource in json.loads(state.read_text(encoding="utf-8"))["resources"]
        if resource["name"] == name
        for instance in resource["instances"]
        if instance.get("index_key") == key
    )
    return str(found)


if __name__ == "__main__":
    main(sys.argv[1])
