"""Slack in the AppStore, with two people who administer it."""

import pulumi
import pulumi_lumos as lumos

emails = pulumi.Config().require_object("adminEmails")
lumos.AppStoreApp(
    "slack",
    app_id=lumos.get_app(name="Slack").id,
    request_flow={
        "admins": {"users": [{"id": lumos.get_user(email=email).id} for email in emails]},
    },
    adopt=True,
)
