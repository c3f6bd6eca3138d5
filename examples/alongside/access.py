"""What people can request: membership of a group, for a while."""

import pulumi
import pulumi_lumos as lumos

SYNC_SECONDS = 600
"""How long Lumos may take to learn of a group that Okta has only just made."""


class TemporaryAccess(pulumi.ComponentResource):
    """An app in the AppStore with a permission that puts people into a group of Okta."""

    def __init__(
        self,
        name: str,
        *,
        app: str,
        label: str,
        group_id: pulumi.Input[str],
        opts: pulumi.ResourceOptions | None = None,
    ) -> None:
        """`group_id` is the group's id in Okta, which may be known only after it is made."""
        super().__init__("acme:access:TemporaryAccess", name, {}, opts)
        below = pulumi.ResourceOptions(parent=self)
        self.app = lumos.AppStoreApp(
            name,
            app_id=lumos.get_app(name=app).id,
            request_flow={"require_manager_approval": True},
            provisioning={"groups_provisioning": "GROUPS_AND_VISIBLE"},
            opts=below,
        )
        self.permission = lumos.RequestablePermission(
            name,
            app_id=self.app.app_id,
            label=label,
            request_config={
                "appstore_visibility": "VISIBLE",
                "request_fulfillment_config": {
                    "provisioning_group": {
                        "app_id": lumos.get_app(name="Okta").id,
                        "integration_specific_id": group_id,
                    },
                    "time_based_access_override": True,
                    "time_based_access": ["2 hours", "8 hours"],
                },
            },
            wait_for_sync=SYNC_SECONDS,
            opts=below,
        )
        self.register_outputs({"permission": self.permission.id})
