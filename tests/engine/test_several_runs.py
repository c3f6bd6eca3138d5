"""A Python process that runs programs one after another, as the Automation API does."""

from __future__ import annotations

from pathlib import Path

import pulumi_lumos as lumos
import pytest
from pulumi import automation
from pulumi_lumos.emulator import seed_ids

from ..drivers.tenant import Tenant
from ..drivers.workspace import Workspace

pytestmark = pytest.mark.engine

OKTA = seed_ids.OKTA_APP_ID
SOURCE_GROUPS = f"/_emulator/apps/{OKTA}/source_groups"


def program() -> None:
    group = lumos.get_group(app_id=OKTA, name="Temporary")
    lumos.RequestablePermission(
        "temporary",
        app_id=seed_ids.SALESFORCE_APP_ID,
        label="Temporary",
        request_config={
            "request_fulfillment_config": {
                "provisioning_group": {"app_id": OKTA, "id": group.id},
            },
        },
    )


def sync(tenant: Tenant) -> None:
    tenant.call("POST", f"/apps/{OKTA}/sync", {"sync_type": "full_sync"})


def make_group(tenant: Tenant, id_in_okta: str) -> str:
    """A group made in Okta and synced into Lumos; its id in Lumos."""
    group = {"integration_specific_id": id_in_okta, "name": "Temporary"}
    tenant.call("POST", SOURCE_GROUPS, group)
    sync(tenant)
    (found,) = tenant.objects("/groups", integration_specific_id=id_in_okta, exact_match="true")
    return str(found["id"])


def delete_group(tenant: Tenant, id_in_okta: str) -> None:
    tenant.call("DELETE", f"{SOURCE_GROUPS}/{id_in_okta}")
    sync(tenant)


def bound_group(tenant: Tenant) -> str:
    """The group that the permission which people see puts them into."""
    (permission,) = tenant.permissions(seed_ids.SALESFORCE_APP_ID)
    fulfillment = permission["request_config"]["request_fulfillment_config"]
    return str(fulfillment["provisioning_group"]["id"])


@pytest.fixture
def inline(
    tenant: Tenant, tmp_path: Path, pulumi_folder: str, monkeypatch: pytest.MonkeyPatch
) -> automation.Stack:
    """A stack of an inline program; its settings are those of this process."""
    tenant.switch(sync_seconds=0.0)
    folder = tmp_path / "program"
    folder.mkdir()
    environment = Workspace(folder, pulumi_folder, **tenant.environment).environment
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    return automation.create_stack("dev", project_name="appstore", program=program)


@pytest.mark.slow
def test_every_run_sees_lumos_as_it_is_now(tenant: Tenant, inline: automation.Stack) -> None:
    with pytest.raises(automation.CommandError, match="Lumos has no group"):
        inline.up()
    first = make_group(tenant, "00gfirst")
    inline.up()
    assert bound_group(tenant) == first
    delete_group(tenant, "00gfirst")
    second = make_group(tenant, "00gsecond")
    inline.up()
    assert bound_group(tenant) == second
