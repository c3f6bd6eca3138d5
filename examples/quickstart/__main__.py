"""Salesforce in the AppStore, a permission of it, and an Okta group for a permission of Slack."""

import pulumi_lumos as lumos

okta, slack = lumos.get_app(name="Okta"), lumos.get_app(name="Slack")
admins = lumos.get_group(app_id=okta.id, name="Salesforce Admins")
engineering = lumos.get_group(app_id=okta.id, name="Engineering")

salesforce = lumos.AppStoreApp(
    "salesforce",
    app_id=lumos.get_app(name="Salesforce").id,
    request_flow={
        "require_manager_approval": True,
        "admins": {"groups": [{"app_id": okta.id, "id": admins.id}]},
    },
    provisioning={"groups_provisioning": "GROUPS_AND_VISIBLE"},
)
lumos.RequestablePermission(
    "admin",
    app_id=salesforce.app_id,
    label="Admin",
    request_config={
        "appstore_visibility": "VISIBLE",
        "request_fulfillment_config": {
            "provisioning_group": {"app_id": okta.id, "id": admins.id},
            "time_based_access_override": True,
            "time_based_access": ["2 hours", "7 days"],
        },
    },
)
lumos.ProvisioningGroupAttachment(
    "slack-guests",
    permission=lumos.get_permission(app_id=slack.id, label="Guest channels").id,
    group={"app_id": okta.id, "id": engineering.id},
    label="Guest channels for engineers",
)
