"""Engineers on call may have guests in Slack for a day without anybody's approval."""

import pulumi_lumos as lumos

okta, slack = lumos.get_app(name="Okta"), lumos.get_app(name="Slack")
on_call = lumos.get_group(app_id=okta.id, name="On-call")
guests = lumos.get_permission(app_id=slack.id, label="Guest channels")

rule = lumos.PreApprovalRule(
    "on-call",
    app_id=slack.id,
    justification="Whoever is on call works with partners on incidents.",
    time_based_access=["1 day"],
    preapproved_groups=[{"app_id": okta.id, "id": on_call.id}],
    preapproved_permissions=[{"id": guests.id}],
)
