"""The acceptance suite of the vendor's provider, unmodified and whole, on the emulator.

The vendor's source is not ours to publish: `LUMOS_TERRAFORM_PROVIDER` names a checkout of it.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from contextlib import closing
from pathlib import Path

import pytest
from pulumi_lumos.emulator import seed_ids
from pulumi_lumos.emulator.process import EmulatorProcess

from ..drivers.tenant import Tenant
from ..patience import PATIENCE_SECONDS

SOURCE = os.environ.get("LUMOS_TERRAFORM_PROVIDER", "")
TOOLS = ("go", "terraform")
PACKAGES = ("internal/provider", "tests")
INSTRUCTIONS = "Please only request apps that are relevant to your role."
"""What the vendor's tenant says of the app of the tests."""


def told(emulator: EmulatorProcess, tenant: Tenant) -> dict[str, str]:
    """The variables about its tenant that the suite needs, as the vendor's workflow sets them."""
    grace, group = seed_ids.USERS["Grace"], seed_ids.OKTA_GROUPS["On-call"]
    return {
        "TF_ACC": "1",
        "TF_ACC_TERRAFORM_PATH": str(shutil.which("terraform")),
        "LUMOS_API_TOKEN": tenant.token,
        "LUMOS_API_URL": emulator.url,
        "APP_ID": seed_ids.SLACK_APP_ID,
        "APP_NAME": tenant.app(seed_ids.SLACK_APP_ID)["user_friendly_label"],
        "PERMISSION_ID": seed_ids.SLACK_PERMISSION_ID,
        "GROUP_ID": group.id,
        "GROUP_NAME": group.name,
        "USER_ID": grace.id,
        "USER_EMAIL": grace.email,
    }


@pytest.mark.slow
@pytest.mark.skipif(not SOURCE, reason="LUMOS_TERRAFORM_PROVIDER names no checkout")
@pytest.mark.skipif(not all(map(shutil.which, TOOLS)), reason="needs go and terraform on PATH")
def test_the_acceptance_suite_of_the_vendors_provider_passes() -> None:
    with (
        EmulatorProcess() as emulator,
        closing(Tenant(emulator.url, "lsk_acceptance")) as tenant,
    ):
        if not tenant.settings(seed_ids.SLACK_APP_ID)["in_app_store"]:
            tenant.call("POST", "/appstore/apps", {"app_id": seed_ids.SLACK_APP_ID})
        tenant.edit_settings(seed_ids.SLACK_APP_ID, custom_request_instructions=INSTRUCTIONS)
        done = subprocess.run(
            ["go", "test", "-v", "-count=1", *(f"./{package}/" for package in PACKAGES)],
            cwd=SOURCE,
            env={**os.environ, **told(emulator, tenant)},
            capture_output=True,
            text=True,
            timeout=PATIENCE_SECONDS,
        )
    assert done.returncode == 0, done.stdout + done.stderr
    tests = {
        name
        for package in PACKAGES
        for file in Path(SOURCE, package).glob("*_test.go")
        for name in re.findall(r"^func (Test\w+)\(", file.read_text(encoding="utf-8"), re.M)
    }
    assert tests
    assert {*re.findall(r"^--- PASS: (\w+) ", done.stdout, re.M)} == tests
