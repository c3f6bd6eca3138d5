"""The quickstart through the real engine, in the company it is configured for."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from pulumi_lumos.emulator import seed_ids

from ..drivers.tenant import Tenant
from ..drivers.workspace import Workspace
from ..repository import ROOT

QUICKSTART = ROOT / "examples" / "quickstart"
pytestmark = pytest.mark.engine


@pytest.mark.spread
def test_quickstart_makes_what_it_declares_and_takes_it_away(
    tenant: Tenant, tmp_path: Path, pulumi_folder: str
) -> None:
    project = Workspace.copy(QUICKSTART, tmp_path, pulumi_folder, **tenant.environment)
    project.run("pulumi", "stack", "init", "demo")
    project.run("pulumi", "up", "--yes", "--skip-preview")
    printed = project.run("pulumi", "preview", "--expect-no-changes", "--color", "never")
    assert "4 unchanged" in printed

    [admin] = tenant.permissions(seed_ids.SALESFORCE_APP_ID)
    assert (admin["label"], bound_group(admin)) == ("Admin", "Salesforce Admins")
    assert visibility(admin) == "VISIBLE"
    listing = tenant.settings(seed_ids.SALESFORCE_APP_ID)
    assert listing["in_app_store"]
    assert listing["provisioning"]["groups_provisioning"] == "GROUPS_AND_VISIBLE"
    source, successor = tenant.permissions(seed_ids.SLACK_APP_ID)
    assert (source["id"], visibility(source)) == (seed_ids.SLACK_PERMISSION_ID, "HIDDEN")
    assert successor["label"] == "Guest channels for engineers"
    assert (bound_group(successor), visibility(successor)) == ("Engineering", "VISIBLE")

    project.run("pulumi", "destroy", "--yes", "--skip-preview")
    assert tenant.permissions(seed_ids.SALESFORCE_APP_ID) == []
    assert not tenant.settings(seed_ids.SALESFORCE_APP_ID)["in_app_store"]
    [found] = tenant.permissions(seed_ids.SLACK_APP_ID)
    assert found["id"] == seed_ids.SLACK_PERMISSION_ID
    assert visibility(found) == "VISIBLE"


def bound_group(permission: dict[str, Any]) -> str:
    """The name of the group that a grant puts the person into."""
    fulfillment = permission["request_config"]["request_fulfillment_config"]
    name: str = fulfillment["provisioning_group"]["name"]
    return name


def visibility(permission: dict[str, Any]) -> str:
    found: str = permission["request_config"]["appstore_visibility"]
    return found
