"""An Okta group for a permission of Slack that somebody has made by hand."""

import pulumi
import pulumi_lumos as lumos

okta, slack = lumos.get_app(name="Okta"), lumos.get_app(name="Slack")
engineering = lumos.get_group(app_id=okta.id, name="Engineering")

guests = lumos.ProvisioningGroupAttachment(
    "guests",
    permission=lumos.get_permission(app_id=slack.id, label="Guest channels").id,
    group={"app_id": okta.id, "id": engineering.id},
    label="Guest channels for engineers",
)
pulumi.export("requested", guests.bound_permission_id)
