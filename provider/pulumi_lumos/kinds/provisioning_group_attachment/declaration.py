"""Binds a provisioning group to a permission that already exists.

Lumos takes `provisioning_group` only when a permission is made (schema RequestConfigInputUpdate
lacks it), because changing it would rewrite what earlier grants meant in the audit trail. So a
permission that is not bound to the group gets a successor, made first; then the source is hidden.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Literal

from pulumi_lumos.declare.fields import Computed, Field, Input, computed, field
from pulumi_lumos.declare.reading import rule
from pulumi_lumos.declare.spec import Problem, Values
from pulumi_lumos.declare.unknown import UNKNOWN
from pulumi_lumos.kinds.base import Resource
from pulumi_lumos.kinds.labels import is_one_line
from pulumi_lumos.kinds.requestable_permission.declaration import (
    RequestablePermission,
    RequestConfig,
)
from pulumi_lumos.kinds.requestable_permission.group_sync import (
    NO_WAIT,
    WAIT_FOR_SYNC,
    waits_for_sync,
)
from pulumi_lumos.kinds.shapes import GroupRef
from pulumi_lumos.lifecycle.adoption import ADOPTED_REMAINS

from .lifecycle import AttachmentLifecycle


class PermissionField(Field[str]):
    """The id of a permission; the constructor takes a RequestablePermission too."""

    def __set__(self, instance: object, value: Input[str] | RequestablePermission) -> None:
        raise AttributeError("permission can only be given to the constructor")


@is_one_line("label")
@waits_for_sync
class ProvisioningGroupAttachment(
    Resource,
    key=("permission",),
    lifecycle=AttachmentLifecycle,
):
    """A provisioning group bound to a permission that was made elsewhere.

    If the permission is bound to the group already, the attachment records that and changes
    nothing. Otherwise it makes a successor with the group, which people request from then on, and
    hides the permission. Deleting the attachment brings the permission back.
    """

    permission: PermissionField = field(replaces=True)
    """The permission to bind: its id, or in Python a RequestablePermission of this program, which
    serves as the definition and is itself HIDDEN."""
    group: Field[GroupRef] = field(waits_with=WAIT_FOR_SYNC)
    """The group that a grant puts the person into."""
    label: Field[str | None] = field(
        default=None, option="the successor gets the label of the permission"
    )
    """The label of the successor, else that of the permission."""
    request_config: Field[RequestConfig | None] = field(default=None)
    """Settings of the successor, else those of the permission."""
    appstore_visibility: Field[Literal["HIDDEN", "VISIBLE"] | None] = field(
        default=None, option="the successor gets the visibility that the permission was found with"
    )
    """Whether people see the successor: VISIBLE where `permission` is a definition, else as the
    permission was found."""
    adopt: Field[bool | str | None] = field(default=None, option=ADOPTED_REMAINS)
    """Take over a permission that has the group already as the successor: True for the one with
    the successor's label, or its id. Deletion then gives it back as it was found."""
    wait_for_sync: Field[float | None] = field(default=None, option=NO_WAIT)
    """For how many seconds to wait for a provisioning group that Lumos does not have yet. The
    provider asks Lumos to sync the app that owns it. Without it, such a group is an error."""
    app_id: Computed[str] = computed()
    """ID of the app the permission belongs to."""
    bound_permission_id: Computed[str] = computed()
    """ID of the permission that people request."""
    source_permission_id: Computed[str] = computed()
    """ID of the permission that was given."""
    group_id: Computed[str | None] = computed()
    """ID of the group in Lumos."""
    mode: Computed[Literal["existing", "successor"]] = computed()
    """Whether the permission was bound to the group already or has a successor."""
    source_visibility: Computed[str] = computed()
    """The visibility that deletion gives back to the permission."""

    @classmethod
    def expand(cls, fields: Values) -> Values:
        """A RequestablePermission stands for its id, label and configuration."""
        definition = fields.get("permission")
        if not isinstance(definition, RequestablePermission):
            return fields
        defined: Values = {"label": definition.label, "appstore_visibility": "VISIBLE"}
        if definition.gives("request_config"):
            defined["request_config"] = definition.request_config
        given = {name: value for name, value in fields.items() if value is not None}
        return {**defined, **given, "permission": definition.id}


@rule(
    ProvisioningGroupAttachment,
    "A RequestablePermission that serves as the definition is HIDDEN and names no group itself.",
)
def _definition(request_config: Any) -> Iterator[Problem]:
    config = request_config or {}
    if config.get("appstore_visibility") == "VISIBLE":
        yield (
            "permission",
            "leave this RequestablePermission HIDDEN, because people request its successor; or "
            "give it provisioning_group inline and remove the attachment",
        )
    fulfillment = config.get("request_fulfillment_config") or {}
    if fulfillment is not UNKNOWN and fulfillment.get("provisioning_group"):
        yield "permission", "it has a provisioning_group already; remove that or the attachment"
