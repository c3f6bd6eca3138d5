"""A rule that lets some people have some permissions of an app without anybody's approval.

Facts of the Lumos API that shaped this file (schemas PreApprovalRuleInput and
PreApprovalRuleUpdateInput):

- A PATCH has to carry `justification`, whatever it changes, and declares the default `[]` for all
  lists but `time_based_access`, so that each of them travels along with every change.
- A rule has no name. `justification`, which the activity log shows, is what tells the rules of an
  app apart for people.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Annotated, Any

from typing_extensions import TypedDict

from pulumi_lumos.declare.fields import Computed, Field, Input, computed, field
from pulumi_lumos.declare.flow import Inputs
from pulumi_lumos.declare.reading import identified_by, rule
from pulumi_lumos.declare.spec import Problem
from pulumi_lumos.lifecycle.adoption import ADOPTED_REMAINS
from pulumi_lumos.lifecycle.call import Call
from pulumi_lumos.lifecycle.object_lifecycle import ObjectLifecycle

from .base import Resource
from .durations import offers_durations
from .labels import is_one_line
from .requestable_permission.app_store import warn_of_absent_app
from .shapes import APPS, GroupRef, PermissionRef, WebhookRef


@identified_by(("attribute", "value"))
class UserAttribute(TypedDict):
    """People whose attribute has exactly this value."""

    attribute: Annotated[Input[str], field()]
    """The name of the attribute in Lumos, such as "department"."""
    value: Annotated[Input[str], field()]
    """The value that the attribute has."""


class PreApprovalRuleLifecycle(ObjectLifecycle):
    """A rule is of use only for an app that people can ask for."""

    def check_references(self, call: Call, old: Inputs, new: Inputs) -> list[Problem]:
        """Find what is named and not there; warn of an app that nobody can ask for."""
        found = super().check_references(call, old, new)
        if not found and not old and not new.get("adopt"):
            consequence = "nobody asks for what this rule pre-approves"
            warn_of_absent_app(call, new["app_id"], "app_id", consequence)
        return found


@is_one_line("justification")
@offers_durations
class PreApprovalRule(
    Resource,
    at="/appstore/pre_approval_rules",
    key=("app_id", "justification"),
    lifecycle=PreApprovalRuleLifecycle,
):
    """A rule that gives people permissions of an app without anybody's approval."""

    app_id: Field[str] = field(replaces=True, refers_to=APPS)
    """ID of the app that the rule is about."""
    justification: Field[str] = field(required_by_patch=True)
    """Why nobody needs to approve; the activity log shows it with every grant."""
    time_based_access: Field[Sequence[str] | None] = field(
        default=None, unordered=True, removed="pre-approved access has no end"
    )
    """For how long access is pre-approved, such as "2 hours" or "7 days"."""
    preapproved_groups: Field[Sequence[GroupRef] | None] = field(
        default=[], unordered=True, removed="the rule names no group of people"
    )
    """The groups whose members the rule is for."""
    preapproved_permissions: Field[Sequence[PermissionRef] | None] = field(
        default=[], unordered=True, removed="the rule names no permission, only the app"
    )
    """The permissions of the app that the rule gives."""
    preapproved_users_by_attribute: Field[Sequence[UserAttribute] | None] = field(
        default=[], unordered=True, removed="the rule names no attribute of people"
    )
    """The people whom the rule is for, by their attributes."""
    preapproval_webhooks: Field[Sequence[WebhookRef] | None] = field(
        default=[],
        unordered=True,
        hook_type="PRE_APPROVAL",
        removed="no webhook decides whom the rule is for",
    )
    """The webhooks that decide whom the rule is for."""
    adopt: Field[bool | str | None] = field(default=None, option=ADOPTED_REMAINS)
    """Take over an object that exists in Lumos: True for the object with the same key, or the id of
    an object. Deletion then gives it back as it was found."""
    app_class_id: Computed[str] = computed()
    """ID of the service behind the app."""
    app_instance_id: Computed[str] = computed()
    """ID of the app's instance in that service."""


@rule(
    PreApprovalRule,
    "A rule that names no group, no attribute and no webhook: Lumos does not say whom it is for.",
    about="warning",
)
def _is_for_somebody(
    preapproved_groups: Any, preapproved_users_by_attribute: Any, preapproval_webhooks: Any
) -> Iterator[Problem]:
    if not (preapproved_groups or preapproved_users_by_attribute or preapproval_webhooks):
        yield (
            "",
            "names no people, and Lumos does not say whom such a rule is for: it may be everybody; "
            "name groups, attributes of people or webhooks",
        )
