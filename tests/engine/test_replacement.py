"""What Lumos cannot change in place is replaced: the new one first, then the old one goes."""

from __future__ import annotations

from typing import Any

import pytest
from pulumi_lumos.emulator import seed_ids

from ..answers import opposite_answers
from ..drivers.stack import Stack
from ..drivers.tenant import PERMISSIONS, Tenant
from ..kinds.values import by_id

pytestmark = pytest.mark.engine

RP = "RequestablePermission"
APP = seed_ids.SALESFORCE_APP_ID


def bound(group: str) -> dict[str, Any]:
    """A permission that grants a group."""
    config = {"request_fulfillment_config": {"provisioning_group": by_id(group)}}
    return {"app_id": APP, "label": "Admin", "request_config": config}


@opposite_answers
def test_a_permission_is_made_anew_before_the_old_one_goes(
    equal_labels: str, patch_applies_defaults: bool, tenant: Tenant, stack: Stack
) -> None:
    """`tests/host/test_replacement.py` has the other answers, and the other field that replaces."""
    tenant.switch(equal_labels=equal_labels, patch_applies_defaults=patch_applies_defaults)
    stack.declare(RP, bound("Salesforce Admins"))
    stack.up()
    old = stack.resource()["id"]
    stack.declare(RP, bound("IT"))
    preview = stack.preview("--diff")
    assert "+-1 to replace" in preview
    assert stack.spelled("provisioning_group") in preview
    tenant.forget_requests()
    stack.up()
    new = stack.resource()["id"]
    assert new != old
    writes = tenant.calls("POST", "DELETE")
    assert writes[0] == f"POST {PERMISSIONS.removeprefix('/appstore')}"
    assert writes[-1] == f"DELETE {PERMISSIONS.removeprefix('/appstore')}/{old}"
    assert [(p["id"], p["label"]) for p in tenant.permissions(APP)] == [(new, "Admin")]
    stack.preview("--refresh", "--expect-no-changes")


@pytest.mark.slow
def test_an_app_in_the_app_store_is_replaced_by_another(tenant: Tenant, stack: Stack) -> None:
    stack.declare("AppStoreApp", {"app_id": seed_ids.SALESFORCE_APP_ID})
    stack.up()
    stack.declare("AppStoreApp", {"app_id": seed_ids.GITHUB_APP_ID})
    tenant.forget_requests()
    stack.up()
    assert tenant.calls("POST", "DELETE") == [
        "POST /apps",
        f"DELETE /apps/{seed_ids.SALESFORCE_APP_ID}",
    ]
    assert tenant.settings(seed_ids.GITHUB_APP_ID)["in_app_store"]
    assert not tenant.settings(seed_ids.SALESFORCE_APP_ID)["in_app_store"]


@pytest.mark.spread
def test_an_attachment_moves_to_another_permission_and_frees_the_first(
    tenant: Tenant, stack: Stack
) -> None:
    config = {"appstore_visibility": "VISIBLE"}
    first, second = (
        tenant.add_permission(seed_ids.SALESFORCE_APP_ID, label, request_config=config)
        for label in ("Admin", "Read-only")
    )
    group = by_id("Salesforce Admins")
    stack.declare("ProvisioningGroupAttachment", {"permission": first["id"], "group": group})
    stack.up()
    stack.declare("ProvisioningGroupAttachment", {"permission": second["id"], "group": group})
    stack.up()
    assert tenant.permission(first["id"]) == first
    shown = {p["label"]: p for p in tenant.permissions(seed_ids.SALESFORCE_APP_ID)}
    assert len(shown) == 2
    fulfillment = shown["Read-only"]["request_config"]["request_fulfillment_config"]
    assert fulfillment["provisioning_group"]["id"] == group["id"]
