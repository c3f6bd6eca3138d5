"""Salesforce and its administrators, in every stage; what differs stands in the configuration."""

import pulumi
import pulumi_lumos as lumos

stage = pulumi.Config().require_object("stage")
okta = lumos.get_app(name="Okta")
salesforce = lumos.get_app(name="Salesforce")


def okta_group(name: str) -> lumos.GroupRef:
    return lumos.GroupRef(app_id=okta.id, id=lumos.get_group(app_id=okta.id, name=name).id)


approvers = stage["approvers"]
lumos.AppStoreApp(
    "salesforce",
    app_id=salesforce.id,
    custom_request_instructions="Say which accounts you work with.",
    request_flow={
        "discoverability": stage["discoverability"],
        "require_manager_approval": True,
        "admins": {"groups": [okta_group("IT")]},
    },
)
lumos.RequestablePermission(
    "admin",
    app_id=salesforce.id,
    label="Admin",
    request_config={
        "appstore_visibility": stage["visibility"],
        "request_approval_config": {
            "request_approval_config_override": True,
            "approvers": {
                "users": [
                    {"id": lumos.get_user(email=email).id} for email in approvers.get("users", [])
                ],
                "groups": [okta_group(name) for name in approvers.get("groups", [])],
            },
        },
        "request_fulfillment_config": {
            "provisioning_group": okta_group("Salesforce Admins"),
            "time_based_access_override": True,
            "time_based_access": ["2 hours", "7 days"],
        },
    },
)
