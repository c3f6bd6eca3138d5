"""A permission that employees can request on an app, such as "Read-only" or "Admin".

Facts of the Lumos API that shaped this file (schemas RequestablePermissionInput and
RequestablePermissionInputUpdate):

- `provisioning_group` exists only in the schema of creation. Changing it on a permission would
  rewrite what earlier grants meant in the audit trail, so a change makes a new permission.
- Every call takes `include_inherited_configs`, true by default, which fills in the app's settings
  where the permission has none of its own; managing asks for the permission's own only.
- PATCH declares defaults ("appstore_visibility": "HIDDEN"), marked here as `default`.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Any, Literal

from typing_extensions import TypedDict

from pulumi_lumos.declare.fields import Computed, Field, InputList, OptionalInput, computed, field
from pulumi_lumos.declare.reading import rule
from pulumi_lumos.declare.spec import Problem
from pulumi_lumos.kinds.base import Resource
from pulumi_lumos.kinds.durations import offers_durations
from pulumi_lumos.kinds.labels import is_one_line
from pulumi_lumos.kinds.shapes import (
    APPS,
    ENTIRE_WORKFLOW,
    AllowedGroups,
    Approvers,
    GroupRef,
    WebhookRef,
    is_empty,
    two_stages,
)
from pulumi_lumos.lifecycle.adoption import ADOPTED_REMAINS

from .group_sync import NO_WAIT, WAIT_FOR_SYNC, waits_for_sync
from .lifecycle import PermissionLifecycle


@two_stages
class RequestApprovalConfig(TypedDict, total=False):
    """Who approves requests for a permission, where that differs from the app."""

    request_approval_config_override: Annotated[
        OptionalInput[bool], field(removed="the approvers of the app decide")
    ]
    """Whether this permission has approvers of its own instead of the app's."""
    manager_approval: Annotated[
        OptionalInput[Literal["NONE", "INITIAL_APPROVAL"]],
        field(default="NONE", removed="requests no longer wait for the requester's manager"),
    ]
    """Whether the requester's manager approves first."""
    require_additional_approval: Annotated[
        OptionalInput[bool],
        field(removed="one stage approves, and approvers of stage 2 move to it"),
    ]
    """Whether a second stage approves; false merges its approvers into the first."""
    custom_approval_message: Annotated[OptionalInput[str], field()]
    """What people read once their request is approved; Markdown."""
    custom_approval_message_override: Annotated[OptionalInput[bool], field()]
    """Whether this permission has a message of its own instead of the app's."""
    approvers: Annotated[OptionalInput[Approvers], field(described_by=ENTIRE_WORKFLOW)]
    """Who approves, in the first stage."""
    approvers_stage_2: Annotated[OptionalInput[Approvers], field(described_by=ENTIRE_WORKFLOW)]
    """Who approves after the first stage."""


@rule(
    RequestApprovalConfig,
    "`approvers`, `manager_approval` or `require_additional_approval=True` need "
    "`request_approval_config_override=True`, and the override needs one of the first two.",
)
def _approval_override(
    request_approval_config_override: Any,
    manager_approval: Any,
    require_additional_approval: Any,
    approvers: Any,
) -> Iterator[Problem]:
    if request_approval_config_override and manager_approval is None and approvers is None:
        yield (
            "request_approval_config_override",
            "say who approves with approvers or manager_approval, or leave the override out",
        )
    given = manager_approval is not None or require_additional_approval
    if (given or not is_empty(approvers)) and not request_approval_config_override:
        yield (
            "request_approval_config_override",
            "set it to True, or the app's approvers apply and these are ignored",
        )


@rule(
    RequestApprovalConfig,
    "With the override and neither `approvers` nor the manager, requests approve themselves.",
    about="warning",
)
def _approves_itself(
    approvers: Any, manager_approval: Any, request_approval_config_override: Any
) -> Iterator[Problem]:
    nobody = is_empty(approvers) and manager_approval != "INITIAL_APPROVAL"
    if request_approval_config_override and nobody:
        yield "", "nobody approves, so every request for this permission is granted at once"


@rule(
    RequestApprovalConfig,
    "`custom_approval_message` and `custom_approval_message_override=True` go together.",
)
def _message_override(
    custom_approval_message: Any, custom_approval_message_override: Any
) -> Iterator[Problem]:
    if custom_approval_message_override and not custom_approval_message:
        yield "custom_approval_message", "give the message that overrides the app's"
    if custom_approval_message and not custom_approval_message_override:
        yield (
            "custom_approval_message_override",
            "set it to True, or the app's message applies and this one is ignored",
        )


@offers_durations
class RequestFulfillmentConfig(TypedDict, total=False):
    """How access is given once a request is approved."""

    manual_steps_needed: Annotated[OptionalInput[bool], field()]
    """Whether an admin of the app has steps to do by hand."""
    manual_instructions: Annotated[OptionalInput[str], field()]
    """What the admin has to do by hand."""
    time_based_access: Annotated[InputList[str], field(unordered=True)]
    """For how long people may ask for access, such as "2 hours" or "7 days"."""
    time_based_access_override: Annotated[
        OptionalInput[bool], field(removed="access may be asked for as long as the app offers")
    ]
    """Whether this permission has durations of its own instead of the app's."""
    provisioning_group: Annotated[
        OptionalInput[GroupRef],
        field(replaces=True, removed="a grant puts nobody into a group", waits_with=WAIT_FOR_SYNC),
    ]
    """The group that a grant puts the person into."""
    provisioning_webhook: Annotated[OptionalInput[WebhookRef], field(hook_type="PROVISION")]
    """The webhook that gives access."""


@rule(
    RequestFulfillmentConfig,
    "`time_based_access` and `time_based_access_override=True` go together.",
)
def _time_override(time_based_access: Any, time_based_access_override: Any) -> Iterator[Problem]:
    if time_based_access_override and not time_based_access:
        yield "time_based_access", "give the durations that override the app's"
    if time_based_access and not time_based_access_override:
        yield (
            "time_based_access_override",
            "set it to True, or the app's durations apply and these are ignored",
        )


class RequestConfig(TypedDict, total=False):
    """Who may ask, who approves and how access is given."""

    appstore_visibility: Annotated[
        OptionalInput[Literal["HIDDEN", "VISIBLE"]],
        field(default="HIDDEN", removed="people no longer see the permission"),
    ]
    """Whether people see the permission in the AppStore."""
    allowed_groups_override: Annotated[
        OptionalInput[bool], field(removed="whoever may ask for the app may ask for the permission")
    ]
    """Whether this permission has allowed groups of its own instead of the app's."""
    allowed_groups: Annotated[OptionalInput[AllowedGroups], field()]
    """Who may ask."""
    request_approval_config: Annotated[OptionalInput[RequestApprovalConfig], field()]
    """Who approves."""
    request_fulfillment_config: Annotated[OptionalInput[RequestFulfillmentConfig], field()]
    """How access is given."""
    access_removal_inline_webhook: Annotated[
        OptionalInput[WebhookRef],
        field(hook_type="DEPROVISION", removed="no webhook takes access away any more"),
    ]
    """The webhook that takes access away."""
    request_validation_inline_webhook: Annotated[
        OptionalInput[WebhookRef],
        field(hook_type="REQUEST_VALIDATION", removed="no webhook refuses requests any more"),
    ]
    """The webhook that validates a request."""


@rule(
    RequestConfig,
    "`allowed_groups` and `allowed_groups_override=True` go together.",
)
def _allowed_groups_override(
    allowed_groups_override: Any, allowed_groups: Any
) -> Iterator[Problem]:
    if allowed_groups_override and not allowed_groups:
        yield "allowed_groups", "say who may ask, or leave the override out"
    if allowed_groups and not allowed_groups_override:
        yield (
            "allowed_groups_override",
            "set it to True, or the app's allowed groups apply and these are ignored",
        )


@is_one_line("label")
@waits_for_sync
class RequestablePermission(
    Resource,
    at="/appstore/requestable_permissions",
    key=("app_id", "label"),
    search="search_term",
    query={"include_inherited_configs": "false"},
    lifecycle=PermissionLifecycle,
):
    """A permission that employees can request on an app."""

    app_id: Field[str] = field(replaces=True, refers_to=APPS)
    """ID of the app the permission belongs to."""
    label: Field[str] = field()
    """What people see when they request access."""
    app_class_id: Field[str | None] = field(default=None)
    """ID of the service behind the app, where Lumos asks for it."""
    app_instance_id: Field[str | None] = field(default=None)
    """ID of the app's instance in that service, where Lumos asks for it."""
    request_config: Field[RequestConfig | None] = field(default=None)
    """Who may ask, who approves and how access is given."""
    deletion_policy: Field[Literal["delete", "hide"] | None] = field(
        default=None, option="nothing changes until deletion, which deletes the permission"
    )
    """What deletion does: delete, or hide the permission, which keeps its audit trail."""
    wait_for_sync: Field[float | None] = field(default=None, option=NO_WAIT)
    """For how many seconds to wait for a provisioning group that Lumos does not have yet. The
    provider asks Lumos to sync the app that owns it. Without it, such a group is an error."""
    adopt: Field[bool | str | None] = field(default=None, option=ADOPTED_REMAINS)
    """Take over an object that exists in Lumos: True for the object with the same key, or the id of
    an object. Deletion then gives it back as it was found."""
    type: Computed[Literal["SYNCED", "NATIVE"] | None] = computed()
    """Whether an integration made the permission (SYNCED) or Lumos did (NATIVE)."""
    response_describes_entire_approval_workflow: Computed[bool | None] = computed(
        at="request_config.request_approval_config.response_describes_entire_approval_workflow"
    )
    """Whether the approval settings say all; false if Lumos holds stages they cannot show."""
