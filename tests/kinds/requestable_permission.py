"""RequestablePermission: a permission of Salesforce with a group of Okta."""

from __future__ import annotations

from typing import ClassVar

from pulumi_lumos.emulator import seed_ids

from ..drivers.tenant import Tenant
from .facts import KindFacts, Values
from .values import REQUEST_CONFIG, by_id, by_source_id


def _bound(config: Values, group: Values) -> Values:
    fulfillment = {**config["request_fulfillment_config"], "provisioning_group": group}
    return {**config, "request_fulfillment_config": fulfillment}


class RequestablePermissionFacts(KindFacts):
    """A permission that Lumos itself has made."""

    samples = tuple(
        {
            "app_id": seed_ids.SALESFORCE_APP_ID,
            "app_class_id": "salesforce.com",
            "app_instance_id": "acme.my.salesforce.com",
            "label": label,
            "request_config": _bound(config, group("Salesforce Admins")),
        }
        for label, config, group in zip(
            ("Admin", "Administrator", "Administration"),
            REQUEST_CONFIG,
            (by_source_id, by_id, by_id),
            strict=True,
        )
    )
    samples_cannot_change: ClassVar = {
        "app_id": "a change replaces",
        "app_class_id": "an app has one service",
        "app_instance_id": "an app has one instance",
    }

    fixed_once_made = (("request_config", "request_fulfillment_config", "provisioning_group"),)

    def held(self, tenant: Tenant, state: Values, id: str) -> Values:
        return tenant.permission(id)

    def is_there(self, tenant: Tenant, state: Values, id: str) -> bool:
        return id in tenant.state()["permissions"]

    def vanish(self, tenant: Tenant, state: Values, id: str) -> None:
        tenant.remove_permission(id)

    def edit_by_hand(self, tenant: Tenant, state: Values, id: str) -> str:
        fulfillment = {"request_fulfillment_config": {"manual_instructions": "By hand."}}
        tenant.edit_permission(id, request_config=fulfillment)
        return 'manual_instructions: "By hand." => "Give the profile."'

    def add_unconfigured(self, tenant: Tenant) -> Values:
        return tenant.add_permission(seed_ids.SALESFORCE_APP_ID, "Admin")

    def adopted(self, tenant: Tenant) -> Values:
        return {"app_id": seed_ids.OKTA_APP_ID, "label": "On-call", "adopt": True}

    def exported(self, state: Values) -> Values:
        permissions: Values = state["permissions"]
        return permissions

    def add_twin(self, tenant: Tenant, id: str) -> str:
        permission = tenant.permission(id)
        return str(tenant.add_permission(permission["app_id"], permission["label"])["id"])
