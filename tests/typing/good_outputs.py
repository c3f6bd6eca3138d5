"""The types of what a resource gives."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

import pulumi
import pulumi_lumos as lumos
from pulumi import Output
from typing_extensions import assert_type

app = lumos.AppStoreApp("app", app_id="a-1")
assert_type(app.app_id, Output[str])
assert_type(app.redirect_url, Output[str | None])
assert_type(app.request_flow, Output[lumos.RequestFlow | None])
assert_type(app.provisioning, Output[lumos.Provisioning | None])
assert_type(app.sources, Output[Sequence[str]])
assert_type(app.disconnected, Output[bool])
assert_type(app.admin_url, Output[str])
assert_type(app.urn, Output[str])

permission = lumos.RequestablePermission("permission", app_id=app.app_id, label="Admin")
assert_type(permission.label, Output[str])
assert_type(permission.app_instance_id, Output[str | None])
assert_type(permission.request_config, Output[lumos.RequestConfig | None])
assert_type(permission.type, Output[Literal["SYNCED", "NATIVE"] | None])
assert_type(permission.response_describes_entire_approval_workflow, Output[bool | None])
assert_type(permission.label.apply(len), Output[int])

attachment = lumos.ProvisioningGroupAttachment(
    "attachment", permission=permission, group={"app_id": "o-1", "id": "g-1"}
)
assert_type(attachment.permission, Output[str])
assert_type(attachment.group, Output[lumos.GroupRef])
assert_type(attachment.bound_permission_id, Output[str])
assert_type(attachment.mode, Output[Literal["existing", "successor"]])

found = lumos.RequestablePermission.get("found", permission.id)
assert_type(found, lumos.RequestablePermission)
assert_type(found.label, Output[str])

pulumi.export("mode", attachment.mode)

okta = lumos.get_app(name="Okta")
assert_type(okta, lumos.GetAppResult)
group = lumos.get_group(app_id=okta.id, name="Admins")
assert_type(lumos.GroupRef(app_id=okta.id, id=group.id), lumos.GroupRef)
assert_type(lumos.get_user_output(email=permission.label), Output[lumos.GetUserResult])
assert_type(lumos.get_user_output(email="a@b.example").apply(lambda user: user.id), Output[str])
