"""The quickstart through the real engine, in the company it is configured for."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest
from pulumi import automation
from pulumi_lumos.emulator import seed_ids

from ..drivers.tenant import Tenant
from ..drivers.workspace import Workspace

QUICKSTART = Path(__file__).parents[2] / "examples" / "quickstart"
pytestmark = pytest.mark.engine


@pytest.fixture
def stack(tenant: Tenant, project: Path, settings: dict[str, str]) -> automation.Stack:
    """The demo stack, not yet deployed; its state and its company end with the test."""
    options = automation.LocalWorkspaceOptions(env_vars=settings)
    return automation.create_stack("demo", work_dir=str(project), opts=options)


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A copy of the example, because the engine writes into a project's folder."""
    ignored = shutil.ignore_patterns("__pycache__")
    return Path(shutil.copytree(QUICKSTART, tmp_path / "quickstart", ignore=ignored))


@pytest.fixture
def settings(
    tenant: Tenant, tmp_path: Path, pulumi_folder: str, monkeypatch: pytest.MonkeyPatch
) -> dict[str, str]:
    """What a user has in the shell."""
    monkeypatch.setenv("PATH", Workspace(tmp_path, pulumi_folder).environment["PATH"])
    backend = tmp_path / "state"
    backend.mkdir()
    return {
        "LUMOS_ACCESS_TOKEN": tenant.token,
        "LUMOS_SERVER_URL": tenant.url,
        "PULUMI_BACKEND_URL": backend.as_uri(),
        "PULUMI_CONFIG_PASSPHRASE": "passphrase",
        "PULUMI_HOME": str(tmp_path / "home"),
        "PULUMI_DIY_BACKEND_IGNORE_DEPRECATION_ERROR": "true",
        "PULUMI_SKIP_UPDATE_CHECK": "true",
    }


@pytest.mark.spread
def test_quickstart_makes_what_it_declares_and_takes_it_away(
    stack: automation.Stack, tenant: Tenant
) -> None:
    stack.up()
    assert stack.preview(expect_no_changes=True).change_summary == {automation.OpType.SAME: 4}

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

    stack.destroy()
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
