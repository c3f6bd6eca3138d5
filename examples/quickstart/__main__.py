"""Salesforce in the AppStore with two permissions, and an Okta group for a permission of Slack."""

import pulumi
import pulumi_lumos as lumos

config = pulumi.Config()
salesforce_id, okta_id = config.require("salesforceAppId"), config.require("oktaAppId")


def okta_group(key: str) -> lumos.GroupRef:
    return lumos.GroupRef(app_id=okta_id, integration_specific_id=config.require(key))


read_only = lumos.RequestablePermission(
    "read-only",
    app_id=salesforce_id,
    label="Read-only",
    request_config={
        "appstore_visibility": "VISIBLE",
        "request_fulfillment_config": {"provisioning_group": okta_group("readOnlyGroup")},
    },
)
admin = lumos.RequestablePermission(
    "admin",
    app_id=salesforce_id,
    label="Admin",
    request_config={
        "appstore_visibility": "VISIBLE",
        "request_fulfillment_config": {
            "provisioning_group": okta_group("adminGroup"),
            "time_based_access_override": True,
            "time_based_access": ["2 hours", "7 days"],
        },
    },
)
salesforce = lumos.AppStoreApp(
    "salesforce",
    app_id=salesforce_id,
    custom_request_instructions="Say which accounts you work with.",
    request_flow={"require_manager_approval": True},
    provisioning={"groups_provisioning": "GROUPS_AND_VISIBLE"},
    # Lumos lets people choose among permissions only once the app has one that they see.
    opts=pulumi.ResourceOptions(depends_on=[read_only, admin]),
)
guests = lumos.ProvisioningGroupAttachment(
    "slack-guests",
    permission=config.require("slackGuestPermissionId"),
    group=okta_group("slackGuestGroup"),
)

pulumi.export("salesforce", salesforce.admin_url)
pulumi.export("slack_guests", guests.bound_permission_id)
