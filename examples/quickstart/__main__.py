"""Salesforce in the AppStore with two permissions, and an Okta group for a permission of Slack."""

import pulumi
import pulumi_lumos as lumos

okta, slack = lumos.get_app(name="Okta"), lumos.get_app(name="Slack")


def okta_group(name: str) -> lumos.GroupRef:
    return lumos.GroupRef(app_id=okta.id, id=lumos.get_group(app_id=okta.id, name=name).id)


salesforce = lumos.AppStoreApp(
    "salesforce",
    app_id=lumos.get_app(name="Salesforce").id,
    custom_request_instructions="Say which accounts you work with.",
    request_flow={
        "require_manager_approval": True,
        "admins": {"groups": [okta_group("Salesforce Admins")]},
    },
    provisioning={"groups_provisioning": "GROUPS_AND_VISIBLE"},
)
read_only = lumos.RequestablePermission(
    "read-only",
    app_id=salesforce.app_id,
    label="Read-only",
    request_config={
        "appstore_visibility": "VISIBLE",
        "request_fulfillment_config": {"provisioning_group": okta_group("Salesforce Read-only")},
    },
)
admin = lumos.RequestablePermission(
    "admin",
    app_id=salesforce.app_id,
    label="Admin",
    request_config={
        "appstore_visibility": "VISIBLE",
        "request_fulfillment_config": {
            "provisioning_group": okta_group("Salesforce Admins"),
            "time_based_access_override": True,
            "time_based_access": ["2 hours", "7 days"],
        },
    },
)
guests = lumos.ProvisioningGroupAttachment(
    "slack-guests",
    permission=lumos.get_permission(app_id=slack.id, label="Guest channels").id,
    group=okta_group("Engineering"),
    label="Guest channels for engineers",
)

pulumi.export("salesforce", salesforce.admin_url)
pulumi.export("slack_guests", guests.bound_permission_id)
