"""An app and its permissions need each other, and a program may declare them in any order."""

from __future__ import annotations

import pytest
from pulumi_lumos.emulator import seed_ids

from ..drivers.stack import Stack
from ..drivers.tenant import Tenant

pytestmark = pytest.mark.engine

APP = """
app = lumos.AppStoreApp(
    "app",
    app_id=seed_ids.GITHUB_APP_ID,
    request_flow={"admins": {"users": [{"id": seed_ids.CURRENT_USER_ID}]}},
    provisioning={"groups_provisioning": "GROUPS_AND_VISIBLE", "manual_steps_needed": True},
)
"""
PERMISSIONS = """
for label, visibility in {"Audit": "HIDDEN", "Read": "VISIBLE", "Write": "VISIBLE"}.items():
    lumos.RequestablePermission(
        label, app_id=%s, label=label, request_config={"appstore_visibility": visibility}
    )
"""
DEFAULT = """
read = lumos.RequestablePermission(
    "read",
    app_id=seed_ids.GITHUB_APP_ID,
    label="Read",
    request_config={"appstore_visibility": "VISIBLE"},
)
app = lumos.AppStoreApp(
    "app",
    app_id=read.app_id,
    request_flow={"admins": {"users": [{"id": seed_ids.CURRENT_USER_ID}]}},
    provisioning={
        "groups_provisioning": "GROUPS_AND_HIDDEN",
        "default_permission": lumos.PermissionRef(id=read.id),
    },
)
"""


def provisioning(tenant: Tenant) -> object:
    return tenant.settings(seed_ids.GITHUB_APP_ID)["provisioning"]["groups_provisioning"]


@pytest.mark.slow
@pytest.mark.parametrize("app_id", ["app.app_id", "seed_ids.GITHUB_APP_ID"])
def test_an_app_that_is_made_before_its_permissions_is_provisioned_by_groups(
    app_id: str, tenant: Tenant, stack: Stack
) -> None:
    found = tenant.state()["permissions"]
    stack.program(APP + PERMISSIONS % app_id)
    stack.up()
    assert provisioning(tenant) == "GROUPS_AND_VISIBLE"
    assert len(tenant.permissions(seed_ids.GITHUB_APP_ID)) == 3
    stack.preview("--refresh", "--expect-no-changes")
    stack.destroy()
    assert tenant.state()["permissions"] == found
    assert not tenant.settings(seed_ids.GITHUB_APP_ID)["in_app_store"]


@pytest.mark.slow
def test_an_app_without_a_visible_permission_is_named_until_it_has_one(
    tenant: Tenant, stack: Stack
) -> None:
    stack.program(APP)
    assert "provisioning.groups_provisioning waits for a visible permission" in stack.up()
    assert provisioning(tenant) == "DIRECT_TO_USER"
    for shown in (stack.up(), stack.preview("--expect-no-changes", fails=True)):
        assert "warning: not yet in Lumos: provisioning.groups_provisioning" in shown
    stack.program(APP + PERMISSIONS % "app.app_id")
    stack.up()
    assert provisioning(tenant) == "GROUPS_AND_VISIBLE"
    assert "warning" not in stack.preview("--refresh", "--expect-no-changes")


@pytest.mark.slow
def test_the_default_permission_is_made_before_the_app_and_deleted_after_it(
    tenant: Tenant, stack: Stack
) -> None:
    stack.program(DEFAULT)
    stack.up()
    settings = tenant.settings(seed_ids.GITHUB_APP_ID)["provisioning"]
    assert settings["default_permission"]["id"] == stack.resource("read")["id"]
    stack.preview("--refresh", "--expect-no-changes")
    tenant.forget_requests()
    stack.destroy()
    app, permission = tenant.calls("DELETE")
    assert app.startswith("DELETE /apps/")
    assert permission.startswith("DELETE /requestable_permissions/")
