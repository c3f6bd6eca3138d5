"""Nested groups of fields that several kinds share.

A shape is a TypedDict, so a program may write `GroupRef(id=..., app_id=...)` or the plain dict
with the same keys; editors and type checkers know both. Field meanings: the Lumos API document,
schemas BaseGroup, BaseUser, BaseInlineWebhook, AllowedGroupsConfigInput and AppApproversInput.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Any, Literal, TypeVar

from typing_extensions import Required, TypedDict

from pulumi_lumos.declare.fields import Collection, Input, InputList, OptionalInput, field
from pulumi_lumos.declare.reading import identified_by, rule
from pulumi_lumos.declare.spec import Problem

ENTIRE_WORKFLOW = "response_describes_entire_approval_workflow"
"""False in an answer where Lumos holds approval stages that the API cannot show."""

S = TypeVar("S", bound=type)

APPS = Collection("app", "/apps", called="user_friendly_label", scopes="app_id")
GROUPS = Collection(
    "group", "/groups", filter="app_id", hint="Lumos learns of a group by a sync of its app"
)
USERS = Collection("user", "/users", called="email", active="ACTIVE")
WEBHOOKS = Collection("inline webhook", "/inline_webhooks", in_pages=False)
ACCESS_POLICIES = Collection("access policy", "/access_policies", exact="")
PERMISSIONS = Collection(
    "permission",
    "/appstore/requestable_permissions",
    called="label",
    filter="app_id",
    query=(("include_inherited_configs", "false"),),
)


@identified_by(("id",), ("integration_specific_id", "app_id"), refers_to=GROUPS)
class GroupRef(TypedDict, total=False):
    """A group, by its id in Lumos or by its id in the app that owns it."""

    app_id: Required[Annotated[Input[str], field(refers_to=APPS)]]
    """ID of the app that owns the group, synced into Lumos."""
    id: Annotated[OptionalInput[str], field()]
    """ID of the group in Lumos."""
    integration_specific_id: Annotated[OptionalInput[str], field()]
    """ID of the group in the app that owns it, such as Okta's 00g…."""


@rule(GroupRef, "Give exactly one of `id` and `integration_specific_id`.")
def _one_group_identifier(id: Any, integration_specific_id: Any) -> Iterator[Problem]:
    if id and integration_specific_id:
        yield "", "give either id or integration_specific_id of the group, not both"
    if not id and not integration_specific_id:
        yield "", "give the group's id, or its integration_specific_id in the app that owns it"


@identified_by(("id",), refers_to=USERS)
class UserRef(TypedDict):
    """A user of Lumos."""

    id: Annotated[Input[str], field()]
    """ID of the user in Lumos."""


@identified_by(("id",), refers_to=WEBHOOKS)
class WebhookRef(TypedDict):
    """An inline webhook of Lumos."""

    id: Annotated[Input[str], field()]
    """ID of the inline webhook in Lumos."""


@identified_by(("id",), refers_to=PERMISSIONS)
class PermissionRef(TypedDict):
    """A requestable permission."""

    id: Annotated[Input[str], field()]
    """ID of the requestable permission."""


class AllowedGroups(TypedDict, total=False):
    """Who may ask: everybody, or the members of some groups."""

    type: Annotated[
        OptionalInput[Literal["ALL_GROUPS", "SPECIFIED_GROUPS"]],
        field(default="ALL_GROUPS", removed="everybody may ask"),
    ]
    """Whether everybody may ask or only `groups`."""
    groups: Annotated[InputList[GroupRef], field(default=[], unordered=True)]
    """The groups whose members may ask."""


@rule(AllowedGroups, "`SPECIFIED_GROUPS` needs `groups`; `groups` need `SPECIFIED_GROUPS`.")
def _groups_go_with_the_type(type: Any, groups: Any) -> Iterator[Problem]:
    if type == "SPECIFIED_GROUPS" and not groups:
        yield "groups", "name at least one group, or set type to ALL_GROUPS"
    if groups and type != "SPECIFIED_GROUPS":
        yield "type", "set type to SPECIFIED_GROUPS, or leave groups out: ALL_GROUPS ignores them"


class Approvers(TypedDict, total=False):
    """Who approves a request."""

    groups: Annotated[InputList[GroupRef], field(default=[], unordered=True)]
    """Groups whose members approve."""
    users: Annotated[InputList[UserRef], field(default=[], unordered=True)]
    """Users who approve."""


class Admins(TypedDict, total=False):
    """Who administers an app."""

    groups: Annotated[InputList[GroupRef], field(default=[], unordered=True)]
    """Groups whose members administer."""
    users: Annotated[InputList[UserRef], field(default=[], unordered=True)]
    """Users who administer."""


def is_empty(people: Any) -> bool:
    """Whether approvers or admins name nobody, or are not given at all."""
    return not people or not any(people.get(part) for part in ("groups", "users"))


def two_stages(shape: S) -> S:
    """Declare the rules over the two stages of approval, which apps and permissions share."""
    rule(shape, "Stage-2 approvers need stage-1 approvers.")(_stages_in_order)
    rule(shape, "Stage-2 approvers need `require_additional_approval=True`.")(_stages_kept_apart)
    rule(
        shape,
        "`require_additional_approval=False` merges the approvers of stage 2 into stage 1.",
        about="change",
    )(_stages_merged)
    can_be_ignored = "request_approval_config_override" in shape.__annotations__
    active = _own_approvers_are_active if can_be_ignored else _approvers_are_active
    rule(shape, "An approver who is not active in Lumos.", about="answer")(active)
    return shape


def _own_approvers_are_active(
    approvers: Any, approvers_stage_2: Any, request_approval_config_override: Any
) -> Iterator[Problem]:
    if request_approval_config_override:
        yield from _approvers_are_active(approvers, approvers_stage_2)


def _approvers_are_active(approvers: Any, approvers_stage_2: Any) -> Iterator[Problem]:
    stages = {"approvers": approvers, "approvers_stage_2": approvers_stage_2}
    for stage, people in stages.items():
        for user in (people or {}).get("users") or ():
            if user.get("status") not in (None, "ACTIVE"):
                who = f"the approver {user.get('email') or user['id']}"
                yield stage, f"{who} is {user['status']} in Lumos, so name somebody else"


def _stages_merged(require_additional_approval: Any) -> Iterator[Problem]:
    if require_additional_approval is False:
        yield (
            "require_additional_approval",
            "where Lumos has approvers of stage 2, it merges them into stage 1",
        )


def _stages_in_order(approvers: Any, approvers_stage_2: Any) -> Iterator[Problem]:
    if not is_empty(approvers_stage_2) and is_empty(approvers):
        yield "approvers", "name who approves in stage 1 before those of stage 2"


def _stages_kept_apart(
    require_additional_approval: Any, approvers_stage_2: Any
) -> Iterator[Problem]:
    if not require_additional_approval and not is_empty(approvers_stage_2):
        yield (
            "require_additional_approval",
            "set it to True, or Lumos may merge the stage-2 approvers into stage 1",
        )
