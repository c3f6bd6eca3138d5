"""Who may ask for what. One answer lists everything that is wrong with a request."""

from __future__ import annotations

from dataclasses import dataclass

from pulumi_lumos.emulator import permissions, wire
from pulumi_lumos.emulator.callers import Caller, require_admin
from pulumi_lumos.emulator.refusal import Location, Problems, invalid
from pulumi_lumos.emulator.state import Record, Tenant

from . import lengths, people, requestable, webhooks
from .lengths import Length
from .requestable import Requestable

APP: Location = ("body", "app_id")
IDS: Location = ("body", "requestable_permission_ids")


@dataclass(frozen=True)
class Asked:
    """A request that may be made."""

    app: Record
    requester_id: str
    target_id: str
    desired: tuple[Requestable, ...]
    length: Length
    reason: str | None


def check(tenant: Tenant, caller: Caller, body: wire.CreateAccessRequestInput) -> Asked:
    """Check that somebody may ask for all of it; return what is asked for, or refuse."""
    requester = body.requester_user_id or caller.user_id
    if requester != caller.user_id:
        require_admin(caller, "name another requester")
    target = body.target_user_id or caller.user_id
    problems = Problems()
    _check_people(tenant, caller, requester, target, problems)
    app = tenant.find("apps", body.app_id)
    if app is None:
        raise invalid(APP, f"App {body.app_id} is not in the AppStore.")
    _check_app(app, problems)
    desired = _settle(tenant, app, body.requestable_permission_ids or [], problems)
    _check_groups(tenant, requester, desired, problems)
    things = [one for _, one in desired]
    length = _check_length(tenant, body, things or [requestable.of_app(app)], problems)
    problems.raise_any()
    _validate(tenant, app, things, (requester, target))
    reason = body.business_justification or body.note
    return Asked(app, requester, target, tuple(things), length, reason)


def _check_people(
    tenant: Tenant, caller: Caller, requester: str, target: str, problems: Problems
) -> None:
    """Refuse a requester who is not active; the target user may also be about to join."""
    for field, key, statuses in (
        ("requester_user_id", requester, ("ACTIVE",)),
        ("target_user_id", target, ("ACTIVE", "STAGED")),
    ):
        user = tenant.find("users", key)
        if user is None:
            problems.add(("body", field), f"User {key} not found.")
        elif user["status"] not in statuses:
            problems.add(("body", field), f"User {key} is {user['status']}.")
    if requester != caller.user_id and not people.is_active(tenant, caller.user_id):
        problems.add(("body", "requester_user_id"), f"User {caller.user_id} is not active.")


def _check_app(app: Record, problems: Problems) -> None:
    if not app["in_app_store"]:
        problems.add(APP, f"App {app['id']} is not in the AppStore.")
    elif app["settings"]["request_flow"]["discoverability"] == "NONE":
        problems.add(APP, f"App {app['id']} is hidden in the AppStore.")
    elif app["settings"]["redirect_url"]:
        url = app["settings"]["redirect_url"]
        problems.add(APP, f"Request access to app {app['id']} at {url}.")


def _settle(
    tenant: Tenant, app: Record, ids: list[str], problems: Problems
) -> list[tuple[Location, Requestable]]:
    """What is asked for, each with the place of the request that asks for it.

    How much people choose is the app's `groups_provisioning` (Lumos API document): nothing under
    DIRECT_TO_USER, where there is the app alone, and nothing under GROUPS_AND_HIDDEN, where
    everybody gets the default permission, or all that are visible.
    """
    provisioning = app["settings"]["provisioning"]
    option = provisioning["groups_provisioning"]
    if option != "GROUPS_AND_VISIBLE" and ids:
        problems.add(IDS, f"Permissions of app {app['id']} cannot be chosen ({option}).")
    if option == "GROUPS_AND_VISIBLE" and ids:
        several = provisioning["allow_multiple_permission_selection"]
        return _chosen(tenant, app, ids, problems, several=several)
    given = _given_to_all(tenant, app) if option == "GROUPS_AND_HIDDEN" else []
    things = [requestable.of_permission(app, permission) for permission in given]
    return [(APP, one) for one in things or [requestable.of_app(app)]]


def _chosen(
    tenant: Tenant, app: Record, ids: list[str], problems: Problems, *, several: bool
) -> list[tuple[Location, Requestable]]:
    chosen = []
    for index, key in enumerate(ids):
        permission, at = tenant.find("permissions", key), (*IDS, index)
        if permission is None or permission["app_id"] != app["id"]:
            problems.add(at, f"Requestable permission {key} does not belong to the app.")
        elif not permissions.is_visible(permission):
            problems.add(at, f"Requestable permission {key} is hidden.")
        elif key not in ids[:index]:
            chosen.append((at, requestable.of_permission(app, permission)))
    if len(chosen) > 1 and not several:
        problems.add(IDS, f"App {app['id']} lets people choose one permission at a time.")
    return chosen


def _given_to_all(tenant: Tenant, app: Record) -> list[Record]:
    """The permissions that everybody gets who asks for an app whose permissions are hidden."""
    default = app["settings"]["provisioning"]["default_permission"]
    if default is not None:
        return [tenant.get("permissions", default["id"])]
    return [one for one in tenant.permissions_of(app["id"]) if permissions.is_visible(one)]


def _check_groups(
    tenant: Tenant,
    requester: str,
    desired: list[tuple[Location, Requestable]],
    problems: Problems,
) -> None:
    """Refuse a requester outside the groups that "can make requests" (API document)."""
    groups = people.groups_of(tenant, requester)
    for at, one in desired:
        if one.allowed_groups is not None and not one.allowed_groups & groups:
            name = people.name_of(tenant, requester)
            problems.add(at, f"{name} is in no group that may ask for {one.label}.")


def _check_length(
    tenant: Tenant,
    body: wire.CreateAccessRequestInput,
    things: list[Requestable],
    problems: Problems,
) -> Length:
    offers = lengths.offered([one.lengths for one in things])
    accepts = tenant.switches["seconds_not_offered"]
    try:
        return lengths.choose(body.access_length, body.expiration_in_seconds, offers, accepts)
    except lengths.NotOffered as refused:
        problems.add(("body", refused.field), str(refused))
        return Length(None, None)


def _validate(
    tenant: Tenant, app: Record, things: list[Requestable], parties: tuple[str, str]
) -> None:
    """Ask each validation webhook once; a refusal carries its own words."""
    problems = Problems()
    for webhook_id in dict.fromkeys(one.validation_webhook for one in things):
        if webhook_id is not None:
            own = [one for one in things if one.validation_webhook == webhook_id]
            said = webhooks.call(tenant, webhook_id, app, own, parties)
            if not said.agrees:
                reason = said.message or f"The validation webhook failed ({said.outcome})."
                problems.add(APP, reason)
    problems.raise_any()
