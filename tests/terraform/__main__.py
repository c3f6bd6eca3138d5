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

from ..tenant import PERMISSIONS, Tenant
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
            copy.parent.mkdir(exist_ok=True)
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
        tenant.fault("status", method="DELETE", path=f"^{PERMISSIONS}/", status=403, times=1)
        group = seed_ids.OKTA_GROUPS["IT"].integration_specific_id
        assert terraform(*apply, f"-var=admins={group}") != 0
        shutil.copy(folder / "terraform.tfstate", STATE)
        held = json.dumps(tenant.state(), indent=1)
        TENANT.write_text(f"{held}\n", encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1])
