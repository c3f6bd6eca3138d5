# mypy: ignore-errors
"""Mistakes within nested values; each line that ends in `# error` is one."""

from __future__ import annotations

import pulumi
import pulumi_lumos as lumos

number: pulumi.Output[int] = pulumi.Output.from_input(1)

lumos.GroupRef(id="g-1")  # error
lumos.GroupRef(app_id="o-1", ids="g-1")  # error
lumos.GroupRef(app_id="o-1", id=1)  # error
lumos.UserRef()  # error
lumos.WebhookRef(id=None)  # error
lumos.RequestConfig(appstore_visibility="VISIBEL")  # error
lumos.RequestConfig(appstore_visibility=number)  # error
lumos.RequestConfig(allowed_group_override=True)  # error
lumos.RequestConfig(allowed_groups_override="yes")  # error
lumos.RequestApprovalConfig(manager_approval=True)  # error
lumos.RequestApprovalConfig(approvers=[lumos.UserRef(id="u-1")])  # error
lumos.Approvers(users=lumos.UserRef(id="u-1"))  # error
lumos.Approvers(users=["u-1"])  # error
lumos.AllowedGroups(groups=[lumos.UserRef(id="u-1")])  # error
lumos.Provisioning(groups_provisioning="GROUPS")  # error
lumos.Provisioning(time_based_access=[2])  # error
lumos.RequestFlow(response_describes_entire_approval_workflow=True)  # error
lumos.RequestFulfillmentConfig(provisioning_group={"id": "g-1"})  # error
lumos.RequestFulfillmentConfig(provisioning_group={"app_id": "o-1", "name": "Admins"})  # error

lumos.RequestablePermission(
    "plain dicts",
    app_id="a-1",
    label="A",
    request_config={  # error
        "appstore_visibility": "VISIBLE",
        "request_fulfillment_config": {"manual_steps_needed": "yes"},
    },
)
lumos.AppStoreApp(
    "plain dicts",
    app_id="a-1",
    request_flow={"discoverability": "full"},  # error
)
