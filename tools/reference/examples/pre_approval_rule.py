"""Engineers on call may read Salesforce for a day without anybody's approval."""

import pulumi_lumos as lumos

okta = lumos.get_app(name="Okta")
salesforce = lumos.get_app(name="Salesforce")
on_call = lumos.get_group(app_id=okta.id, name="On-call")

read_only = lumos.RequestablePermission(
    "read-only",
    app_id=salesforce.id,
    label="Read-only",
    request_config={"appstore_visibility": "VISIBLE"},
)
rule = lumos.PreApprovalRule(
    "on-call",
    app_id=salesforce.id,
    justification="Whoever is on call looks into incidents.",
    time_based_access=["1 day"],
    preapproved_groups=[{"app_id": okta.id, "id": on_call.id}],
    preapproved_permissions=[{"id": read_only.id}],
)
