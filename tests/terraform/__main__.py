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
from .recording import CONFIGURATION, RECORDED, STATE, TENANT

ADDRESS = "mirror.acme.example/teamlumos/lumos"


def main(provider: str) -> None:
    """Apply the configuration, then another group whose old permission cannot be deleted."""
    with (
        EmulatorProcess() as emulator,
        closing(Tenant(emulator.url, "lsk_recorded")) as tenant,
        tempfile.TemporaryDirectory() as temporary,
    ):
        folder = Path(temporary)
        for file in CONFIGURATION:
            copy = folder / file.relative_to(RECORDED)
            copy.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(file, copy)
        server = f'provider "lumos" {{\n  server_url = "{tenant.url}"\n}}\n'
        (folder / "provider.tf").write_text(server)
        settings = folder / "terraform.rc"
        overrides = f'dev_overrides {{ "{ADDRESS}" = "{Path(provider).resolve()}" }}\n  direct {{}}'
        settings.write_text(f"provider_installation {{\n  {overrides}\n}}\n")

        def terraform(*arguments: str) -> int:
            environment = {
                **os.environ,
                "TF_CLI_CONFIG_FILE": str(settings),
                "LUMOS_ACCESS_TOKEN": tenant.token,
            }
            return subprocess.run(["terraform", *arguments], cwd=folder, env=environment).returncode

        apply = ("apply", "-auto-approve", "-input=false", "-parallelism=1")
        assert terraform("get") == 0
        assert terraform(*apply) == 0
        refused = instance_of(folder / "terraform.tfstate", "admin", "emea")
        place = f"^{PERMISSIONS}/{refused}$"
        tenant.fault("status", method="DELETE", path=place, status=403, times=1)
        group = seed_ids.OKTA_GROUPS["IT"].integration_specific_id
        assert terraform(*apply, f"-var=admins={group}") != 0
        shutil.copy(folder / "terraform.tfstate", STATE)
        held = json.dumps(tenant.state(), indent=1)
        TENANT.write_text(f"{held}\n", encoding="utf-8")


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
