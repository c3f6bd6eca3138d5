"""Permissions that an attachment may adopt."""

from __future__ import annotations

from typing import Any

from pulumi_lumos.emulator import seed_ids

from ..drivers.dynamic_host import DynamicHost
from ..drivers.tenant import Tenant
from ..kinds.values import by_id

Values = dict[str, Any]
KIND, PERMISSION = "ProvisioningGroupAttachment", "RequestablePermission"
SALES = seed_ids.SALESFORCE_APP_ID
ADMINS, IT = by_id("Salesforce Admins"), by_id("IT")
STEPS = {"request_fulfillment_config": {"manual_steps_needed": True}}
WEBHOOK = {"id": seed_ids.WEBHOOK_IDS["DEPROVISION"]}
ONCE = {"LUMOS_MAX_RETRIES": "0"}


def make(tenant: Tenant) -> Values:
    """A permission that somebody has made by hand and that people see."""
    return tenant.add_permission(SALES, "Admin", appstore_visibility="VISIBLE")


def bound(tenant: Tenant, label: str = "Admin", group: Values = ADMINS) -> Values:
    """A hidden permission with a group, made by hand."""
    config = {"provisioning_group": group, "manual_instructions": "Ask IT."}
    return tenant.add_permission(SALES, label, request_fulfillment_config=config)


def read(host: DynamicHost, id: str, state: Values) -> tuple[str, Values, Values]:
    """An attachment that is there."""
    found = host.read(KIND, id, state)
    assert found is not None
    return found
