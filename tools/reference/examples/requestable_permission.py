"""Administrators of Slack: for a while, approved by Grace, through a group of Okta."""

import pulumi_lumos as lumos

okta, slack = lumos.get_app(name="Okta"), lumos.get_app(name="Slack")
it = lumos.get_group(app_id=okta.id, name="IT")
grace = lumos.get_user(email="grace.okafor@acme.example")

admin = lumos.RequestablePermission(
    "admin",
    app_id=slack.id,
    label="Admin",
    request_config={
        "appstore_visibility": "VISIBLE",
        "request_approval_config": {
            "request_approval_config_override": True,
            "approvers": {"users": [{"id": grace.id}]},
        },
        "request_fulfillment_config": {
            "provisioning_group": {"app_id": okta.id, "id": it.id},
            "time_based_access_override": True,
            "time_based_access": ["2 hours", "7 days"],
        },
    },
    deletion_policy="hide",
)
