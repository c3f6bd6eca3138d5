"""The listing of an app in the AppStore: how people may ask for it and who approves.

Facts of the Lumos API that shaped this file (schemas AddAppToAppStoreInput, AppSettingOutput):

- The app itself is not made or deleted here, only its place in the AppStore; the id is the app's.
- Settings and the app's own data come from two calls. `GET /apps/{app_id}/settings` is the one
  that says whether the app is in the AppStore (`in_app_store`).
- `PATCH /apps/{app_id}/settings` resets `in_app_store` when it is left out, so changes go to
  `/appstore/apps/{app_id}/settings`.
- `groups_provisioning` other than DIRECT_TO_USER "requires at least one visible permission", which
  a program can only make after the app.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Annotated, Any, Literal
from urllib.parse import urlsplit

from typing_extensions import TypedDict

from pulumi_lumos.declare.fields import (
    Awaited,
    Computed,
    Field,
    InputList,
    OptionalInput,
    computed,
    field,
)
from pulumi_lumos.declare.flow import Answer
from pulumi_lumos.declare.reading import rule
from pulumi_lumos.declare.spec import Problem
from pulumi_lumos.declare.unknown import UNKNOWN
from pulumi_lumos.kinds.base import Resource
from pulumi_lumos.kinds.durations import offers_durations, starts_with_duration
from pulumi_lumos.kinds.requestable_permission.app_store import nobody_approves
from pulumi_lumos.kinds.shapes import (
    APPS,
    ENTIRE_WORKFLOW,
    Admins,
    AllowedGroups,
    Approvers,
    PermissionRef,
    WebhookRef,
    is_empty,
    two_stages,
)
from pulumi_lumos.lifecycle.adoption import ADOPTED_REMAINS

from .lifecycle import AppStoreAppLifecycle

REDIRECT_URL_LENGTH = 2048


@two_stages
class RequestFlow(TypedDict, total=False):
    """How people ask for the app and who approves."""

    discoverability: Annotated[
        OptionalInput[Literal["FULL", "LIMITED", "NONE"]],
        field(reset="FULL", removed="everybody finds the app in the AppStore"),
    ]
    """Who sees the app in the AppStore."""
    custom_approval_message: Annotated[OptionalInput[str], field(reset="")]
    """What people read once their request is approved; Markdown."""
    require_manager_approval: Annotated[
        OptionalInput[bool],
        field(reset=False, removed="requests no longer wait for the requester's manager"),
    ]
    """Whether the requester's manager approves first."""
    require_additional_approval: Annotated[
        OptionalInput[bool],
        field(reset=False, removed="one stage approves, and approvers of stage 2 move to it"),
    ]
    """Whether a second stage approves; false merges its approvers into the first."""
    allowed_groups: Annotated[OptionalInput[AllowedGroups], field()]
    """Who may ask."""
    approvers: Annotated[OptionalInput[Approvers], field(described_by=ENTIRE_WORKFLOW)]
    """Who approves, in the first stage; nobody means that requests approve themselves."""
    approvers_stage_2: Annotated[OptionalInput[Approvers], field(described_by=ENTIRE_WORKFLOW)]
    """Who approves after the first stage."""
    admins: Annotated[OptionalInput[Admins], field()]
    """Who administers the app."""
    request_validation_inline_webhook: Annotated[
        OptionalInput[WebhookRef],
        field(hook_type="REQUEST_VALIDATION", removed="no webhook refuses requests any more"),
    ]
    """The webhook that validates a request."""


def _is_visible(permission: Answer) -> bool:
    config = permission.get("request_config") or {}
    return bool(config.get("appstore_visibility") == "VISIBLE")


VISIBLE_PERMISSION = Awaited("a visible permission of the app", _is_visible)


@starts_with_duration
@offers_durations
class Provisioning(TypedDict, total=False):
    """How access is given once a request is approved."""

    groups_provisioning: Annotated[
        OptionalInput[Literal["DIRECT_TO_USER", "GROUPS_AND_HIDDEN", "GROUPS_AND_VISIBLE"]],
        field(
            reset="DIRECT_TO_USER",
            removed="Lumos hides all permissions of the app that are not declared VISIBLE",
            waits_for=VISIBLE_PERMISSION,
        ),
    ]
    """Whether access is given to the app as a whole or through groups; DIRECT_TO_USER hides the
    app's permissions."""
    time_based_access: Annotated[
        InputList[str], field(unordered=True, removed="access may be asked for without an end")
    ]
    """For how long people may ask for access, such as "2 hours" or "7 days"."""
    allow_multiple_permission_selection: Annotated[OptionalInput[bool], field(reset=False)]
    """Whether one request may ask for several permissions."""
    manual_steps_needed: Annotated[OptionalInput[bool], field(reset=False)]
    """Whether an admin of the app has steps to do by hand."""
    custom_provisioning_instructions: Annotated[OptionalInput[str], field()]
    """What the admin has to do by hand."""
    default_time_based_access_option: Annotated[OptionalInput[str], field()]
    """The duration that a request starts with."""
    default_permission: Annotated[OptionalInput[PermissionRef], field()]
    """The permission of this app that a request starts with."""
    provisioning_webhook: Annotated[OptionalInput[WebhookRef], field(hook_type="PROVISION")]
    """The webhook that gives access."""
    access_removal_inline_webhook: Annotated[
        OptionalInput[WebhookRef],
        field(hook_type="DEPROVISION", removed="no webhook takes access away any more"),
    ]
    """The webhook that takes access away."""


@rule(Provisioning, "`default_time_based_access_option` must be one of `time_based_access`.")
def _default_duration(
    default_time_based_access_option: Any, time_based_access: Any
) -> Iterator[Problem]:
    offered = time_based_access
    chosen = default_time_based_access_option
    if chosen and offered is not None and UNKNOWN not in offered and chosen not in offered:
        yield "default_time_based_access_option", "choose one of time_based_access"


@rule(Provisioning, "`custom_provisioning_instructions` need `manual_steps_needed=True`.")
def _instructions(
    custom_provisioning_instructions: Any, manual_steps_needed: Any
) -> Iterator[Problem]:
    if custom_provisioning_instructions and not manual_steps_needed:
        yield "manual_steps_needed", "set it to True, or nobody is shown the instructions"


class AppStoreApp(
    Resource,
    at="/appstore/apps",
    update="PATCH /appstore/apps/{id}/settings",
    key=("app_id",),
    id="app_id",
    lifecycle=AppStoreAppLifecycle,
):
    """An app in the AppStore: who finds it, who may ask, who approves, how access is given."""

    app_id: Field[str] = field(replaces=True, refers_to=APPS)
    """ID of the app in Lumos."""
    custom_request_instructions: Field[str | None] = field(default=None, reset="")
    """What people read before they ask for the app."""
    redirect_url: Field[str | None] = field(default=None, removed="people ask in Lumos again")
    """The address that people go to instead of the request flow of Lumos; http or https."""
    request_flow: Field[RequestFlow | None] = field(default=None)
    """How people ask for the app and who approves."""
    provisioning: Field[Provisioning | None] = field(default=None)
    """How access is given once a request is approved."""
    adopt: Field[bool | str | None] = field(default=None, option=ADOPTED_REMAINS)
    """Take over an object that exists in Lumos: True for the object with the same key, or the id of
    an object. Deletion then gives it back as it was found."""
    user_friendly_label: Computed[str] = computed()
    """The name of the app that people see."""
    app_class_id: Computed[str] = computed()
    """ID of the service behind the app."""
    instance_id: Computed[str] = computed()
    """ID of the app's instance in that service."""
    status: Computed[str] = computed()
    """Where the app stands in Lumos, such as APPROVED."""
    sources: Computed[Sequence[str]] = computed()
    """Where Lumos found the app, such as OKTA."""
    category: Computed[str | None] = computed()
    """The category of the app in the AppStore."""
    description: Computed[str | None] = computed()
    """The description of the app that people read."""
    logo_url: Computed[str | None] = computed()
    """The address of the app's logo."""
    website_url: Computed[str | None] = computed()
    """The address of the app's web site."""
    request_instructions: Computed[str | None] = computed()
    """The instructions kept with the app itself."""
    disconnected: Computed[bool] = computed()
    """Whether the app's credentials were removed."""
    admin_url: Computed[str] = computed(at="links.admin_url")
    """Where to look at the app in the Lumos web page."""
    api_url: Computed[str] = computed(at="links.self")
    """The address of the app in the API."""
    response_describes_entire_approval_workflow: Computed[bool | None] = computed(
        at="request_flow.response_describes_entire_approval_workflow"
    )
    """Whether the approval settings say all; false if Lumos holds stages they cannot show."""


@rule(AppStoreApp, "A `redirect_url` sends people past the request flow.", about="warning")
def _bypasses_requests(redirect_url: Any) -> Iterator[Problem]:
    if redirect_url:
        yield "redirect_url", "people who ask are sent there, and no request is made in Lumos"


@rule(AppStoreApp, "An app that is added without admins.", about="warning")
def _names_admins(adopt: Any, request_flow: Any) -> Iterator[Problem]:
    admins = (request_flow or {}).get("admins")
    if not adopt and is_empty(admins):
        # An app that was in the AppStore before comes back with the admins that it had.
        unless = "" if admins else ", unless it comes back with its admins from before"
        yield "request_flow.admins", f"nobody administers the app{unless}; name groups or users"


@rule(
    AppStoreApp,
    "An app without approvers, where the manager does not approve either: requests approve "
    "themselves.",
    about="warning",
)
def _approves_itself(request_flow: Any, adopt: Any) -> Iterator[Problem]:
    flow = request_flow or {}
    said = nobody_approves(flow)
    # An adopted app keeps the approvers that the program says nothing of.
    if said or (said is None and not adopt):
        # An app that was in the AppStore before comes back with the approvers that it had.
        unless = "" if said else ", unless the app comes back with its approvers from before"
        yield (
            "request_flow.approvers",
            "nobody approves, so every request for this app, and for each of its permissions "
            f"without approvers of its own, is granted at once{unless}",
        )


@rule(AppStoreApp, "An app none of whose admins is active in Lumos.", about="answer")
def _active_admins(request_flow: Any) -> Iterator[Problem]:
    admins = (request_flow or {}).get("admins") or {}
    users = admins.get("users") or []
    inactive = [user for user in users if user.get("status") not in (None, "ACTIVE")]
    if inactive and len(inactive) == len(users) and not admins.get("groups"):
        who = ", ".join(f"{user.get('email') or user['id']} {user['status']}" for user in inactive)
        yield "request_flow.admins", f"none of the admins is active in Lumos ({who})"


@rule(AppStoreApp, "`redirect_url` is http or https and has at most 2,048 characters.")
def _redirect_url(redirect_url: Any) -> Iterator[Problem]:
    if not redirect_url:
        return
    if len(redirect_url) > REDIRECT_URL_LENGTH:
        yield "redirect_url", f"has {len(redirect_url)} characters; Lumos takes 2,048 at most"
    try:
        scheme = urlsplit(redirect_url).scheme
    except ValueError:
        yield "redirect_url", "is not a URL"
        return
    if scheme not in ("http", "https"):
        yield "redirect_url", "must begin with https:// or http://"
