"""Programs as people write them: nothing here may be an error."""

from __future__ import annotations

from collections.abc import Sequence

import pulumi
import pulumi_lumos as lumos

okta = pulumi.Config().require("okta")
label: pulumi.Output[str] = pulumi.Output.from_input("Admin")
groups: pulumi.Output[Sequence[lumos.GroupRef]] = pulumi.Output.from_input(
    [lumos.GroupRef(app_id=okta, id="1")]
)

app = lumos.AppStoreApp(
    "salesforce",
    app_id="a-1",
    custom_request_instructions="Ask your manager first.",
    request_flow=lumos.RequestFlow(
        discoverability="FULL",
        require_manager_approval=True,
        allowed_groups=lumos.AllowedGroups(type="SPECIFIED_GROUPS", groups=groups),
        approvers=lumos.Approvers(users=[lumos.UserRef(id="u-1")], groups=[]),
        admins=lumos.Admins(users=[lumos.UserRef(id=label)]),
        request_validation_inline_webhook=lumos.WebhookRef(id="w-1"),
    ),
    provisioning=lumos.Provisioning(
        groups_provisioning="GROUPS_AND_VISIBLE",
        time_based_access=["2 hours", label],
        default_time_based_access_option="2 hours",
        default_permission=lumos.PermissionRef(id="p-1"),
    ),
)

custom = lumos.App("wiki", name="Wiki", category="Other", description=label)
integration = lumos.App(
    "zoom",
    app_class_id="zoom.us",
    auth={"client_id": "acme", "client_secret": pulumi.Config().require_secret("zoom")},
    settings={"region": "eu", "limits": {"users": 3}},
)
policy = lumos.AccessPolicy(
    "sales",
    name="Sales",
    business_justification="They work with it.",
    status="PUBLISHED",
    apps=[
        lumos.AccessPolicyApp(id=custom.id, is_preapproved=True),
        {"id": app.app_id, "permissions": [{"id": "p-1"}]},
    ],
    access_condition={"and": [{"equals": {"attribute": "team", "value": "Sales"}}]},
)

with_dicts = lumos.RequestablePermission(
    "admin",
    app_id=app.app_id,
    label=label,
    request_config={
        "appstore_visibility": "VISIBLE",
        "allowed_groups_override": True,
        "allowed_groups": {
            "type": "SPECIFIED_GROUPS",
            "groups": [{"app_id": okta, "integration_specific_id": "00g1"}],
        },
        "request_approval_config": {
            "request_approval_config_override": True,
            "manager_approval": "INITIAL_APPROVAL",
            "approvers": {"users": [{"id": "u-1"}]},
        },
        "request_fulfillment_config": {
            "time_based_access_override": True,
            "time_based_access": pulumi.Output.from_input(["2 hours"]),
            "provisioning_group": {"app_id": app.app_id, "id": label},
        },
    },
    opts=pulumi.ResourceOptions(protect=True),
)

with_shapes = lumos.RequestablePermission(
    "read-only",
    pulumi.ResourceOptions(depends_on=[app]),
    app_id="a-1",
    label="Read-only",
    request_config=lumos.RequestConfig(
        appstore_visibility="HIDDEN",
        request_approval_config=lumos.RequestApprovalConfig(
            custom_approval_message_override=True, custom_approval_message=label
        ),
        request_fulfillment_config=lumos.RequestFulfillmentConfig(
            manual_steps_needed=True, manual_instructions="Add the person by hand."
        ),
        access_removal_inline_webhook=None,
    ),
)

without_options = lumos.RequestablePermission("plain", app_id="a-1", label="Plain")
from_another = lumos.RequestablePermission(
    "copy", app_id="a-1", label="Copy", request_config=with_dicts.request_config
)
cleared = lumos.RequestablePermission("none", app_id="a-1", label="None", request_config=None)

by_id = lumos.ProvisioningGroupAttachment(
    "by-id", permission="p-1", group={"app_id": okta, "id": "g-1"}
)
by_output = lumos.ProvisioningGroupAttachment(
    "by-output", permission=with_shapes.id, group=lumos.GroupRef(app_id=okta, id=label)
)
by_resource = lumos.ProvisioningGroupAttachment(
    "by-resource", permission=with_shapes, group=lumos.GroupRef(app_id=okta, id="g-1")
)


class CompanyPermission(lumos.RequestablePermission):
    """A permission with defaults of the company."""

    def __init__(
        self, name: str, *, label: pulumi.Input[str], opts: pulumi.ResourceOptions | None = None
    ) -> None:
        super().__init__(name, opts, app_id="a-1", label=label, deletion_policy="hide")


class SameArguments(lumos.RequestablePermission):
    """A class that takes what the kind takes."""


of_the_company = CompanyPermission("company", label="Reader")
its_label: pulumi.Output[str] = of_the_company.label
lumos.ProvisioningGroupAttachment(
    "of-a-subclass", permission=of_the_company, group=lumos.GroupRef(app_id=okta, id="g-1")
)
SameArguments(
    "same", app_id="a-1", label="Writer", request_config={"appstore_visibility": "HIDDEN"}
)

known = lumos.RequestablePermission.get("known", "p-1")

made = lumos.RequestablePermission("made", app_id="a-1", label="Made")
after = pulumi.InvokeOutputOptions(depends_on=[made])
found: pulumi.Output[lumos.GetPermissionResult] = lumos.get_permission_output(
    app_id="a-1", label="Made", opts=after
)

try:
    lumos.AppStoreApp("again", app_id="a-1")
except lumos.InvalidInputs as error:
    paths = [path for path, _ in error.problems]
