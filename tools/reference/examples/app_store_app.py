"""GitHub in the AppStore: everybody finds it, IT administers it, the manager approves."""

import pulumi_lumos as lumos

okta = lumos.get_app(name="Okta")
it = lumos.get_group(app_id=okta.id, name="IT")

github = lumos.AppStoreApp(
    "github",
    app_id=lumos.get_app(name="GitHub").id,
    custom_request_instructions="Name the repositories that you need.",
    request_flow={
        "discoverability": "FULL",
        "require_manager_approval": True,
        "admins": {"groups": [{"app_id": okta.id, "id": it.id}]},
    },
    provisioning={"time_based_access": ["7 days", "30 days", "Unlimited"]},
)
