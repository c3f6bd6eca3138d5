"""A wiki of our own, that people can ask for in the AppStore."""

import pulumi_lumos as lumos

okta = lumos.get_app(name="Okta")
it = lumos.get_group(app_id=okta.id, name="IT")

wiki = lumos.App(
    "wiki",
    name="Wiki",
    category="Internal",
    description="What everybody in the company should know.",
    website_url="https://wiki.acme.example",
)
lumos.AppStoreApp(
    "wiki",
    app_id=wiki.id,
    request_flow={
        "admins": {"groups": [{"app_id": okta.id, "id": it.id}]},
        "approvers": {"groups": [{"app_id": okta.id, "id": it.id}]},
    },
)
