"""ProvisioningGroupAttachment: a permission of Slack and the groups that it gets."""

from __future__ import annotations

from typing import ClassVar

from pulumi_lumos.emulator import seed_ids

from ..drivers.tenant import Tenant
from .facts import KindFacts, Values
from .requestable_permission import RequestablePermissionFacts
from .values import REQUEST_CONFIG, by_id, by_source_id


def _without_visibility(config: Values) -> Values:
    return {name: value for name, value in config.items() if name != "appstore_visibility"}


class ProvisioningGroupAttachmentFacts(KindFacts):
    """An attachment has the id of its source; people meet the permission that is bound."""

    samples = (
        {
            "permission": seed_ids.SLACK_PERMISSION_ID,
            "group": by_source_id("Contractors"),
            "label": "Guest",
            "appstore_visibility": "HIDDEN",
            "request_config": _without_visibility(REQUEST_CONFIG[0]),
        },
        {
            "permission": seed_ids.SLACK_PERMISSION_ID,
            "group": by_id("Everyone"),
            "label": "Guest of all channels",
            "appstore_visibility": "VISIBLE",
            "request_config": _without_visibility(REQUEST_CONFIG[1]),
        },
        {
            "permission": seed_ids.SLACK_PERMISSION_ID,
            "group": by_source_id("Everyone"),
            "request_config": REQUEST_CONFIG[2],
        },
    )
    samples_cannot_change: ClassVar = {
        "permission": "a change replaces",
        "request_config.appstore_visibility": "stands on the attachment itself",
        "request_config.request_fulfillment_config.provisioning_group": "is the attachment's group",
    }
    # If the program leaves them out, a successor has the label and visibility of its source.
    fallbacks: ClassVar = {"label": "Guest channels", "appstore_visibility": "VISIBLE"}
    has_twins = False
    is_one_object = False
    stands_on_a_permission = True
    left_to_other_tests: ClassVar = {
        ("request_config", "appstore_visibility"): "stands on the attachment itself",
        ("request_config", "request_fulfillment_config", "provisioning_group"): (
            "is the attachment's group"
        ),
    }
    # Without its successor, it is still the attachment of its source.
    made_again = "~ 1 updated"
    _permissions = RequestablePermissionFacts()

    def held(self, tenant: Tenant, state: Values, id: str) -> Values:
        bound = tenant.permission(state["bound_permission_id"])
        config = bound["request_config"]
        return {
            "permission": id,
            "group": config["request_fulfillment_config"]["provisioning_group"],
            "label": bound["label"],
            "appstore_visibility": config["appstore_visibility"],
            "request_config": config,
        }

    def is_there(self, tenant: Tenant, state: Values, id: str) -> bool:
        return self._permissions.is_there(tenant, {}, state["bound_permission_id"])

    def vanish(self, tenant: Tenant, state: Values, id: str) -> None:
        tenant.remove_permission(state["bound_permission_id"])

    def vanish_for_good(self, tenant: Tenant, state: Values, id: str) -> None:
        self.vanish(tenant, state, id)
        tenant.remove_permission(id)

    def edit_by_hand(self, tenant: Tenant, state: Values, id: str) -> str:
        return self._permissions.edit_by_hand(tenant, {}, state["bound_permission_id"])

    def add_unconfigured(self, tenant: Tenant) -> Values:
        return self._permissions.add_unconfigured(tenant)

    def adopted(self, tenant: Tenant) -> Values:
        app_id, group = seed_ids.SALESFORCE_APP_ID, by_id("Salesforce Admins")
        source = tenant.add_permission(app_id, "Admin")
        bound = {"provisioning_group": group}
        tenant.add_permission(app_id, "Admin", request_fulfillment_config=bound)
        return {"permission": source["id"], "group": group, "adopt": True}

    def exported(self, state: Values) -> Values:
        return {}  # The permissions of a tenant say it all.
