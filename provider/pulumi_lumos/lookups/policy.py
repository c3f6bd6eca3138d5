"""Checks of what Lumos holds, for programs: a warning or an error in the preview."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Literal

from pulumi_lumos.hosts.texts import text, warn
from pulumi_lumos.program.function import FunctionCall, FunctionFailed, function
from pulumi_lumos.program.run import client_of_run

from .admins import AppAdmins, read_app_admins
from .approvers import ApprovalPlace, nobody_left, people_gone, read_approval_places
from .errors import WrongArguments
from .people import ACTIVE, called
from .results import GetUserResult, result

Level = Literal["advisory", "mandatory"]

NAMED_AT_MOST = 20
"""How many apps, people or places a warning or error names."""
PLACES_AT_MOST = 10
"""How many places it names of one person."""


def check_admins(
    *,
    minimum: int = 2,
    app_ids: Sequence[str] = (),
    enforcement_level: Level = "advisory",
) -> tuple[AppAdmins, ...]:
    """Warn of apps in the AppStore with fewer than `minimum` active admins, and return them.

    Counts people named as admins and members of groups that are, as Lumos has them now, whose
    status is ACTIVE (`GET /appstore/apps/{app_id}/settings`, `GET /groups/{group_id}/users`).
    `app_ids` checks only those apps; "mandatory" stops the program instead of warning.
    """
    arguments = {
        "minimum": minimum,
        "app_ids": list(app_ids),
        "enforcement_level": enforcement_level,
    }

    def check() -> None:
        if minimum < 1:
            raise WrongArguments("check_admins takes a minimum of 1 or more.")
        _check_level(enforcement_level)

    everywhere = function(
        "check_admins",
        arguments,
        FunctionCall.now(),
        check=check,
        ask=lambda settings: read_app_admins(client_of_run(settings), app_ids),
        understand=_mocked_admins,
    )
    lacking = tuple(app for app in everywhere if len(app.active) < minimum)
    if lacking:
        first = "Too few admins; name more of them in Lumos or in the program:"
        found = [app.lacking(minimum) for app in lacking]
        _tell(first, found, "check-admins", enforcement_level)
    return lacking


def check_approvers(
    *, app_ids: Sequence[str] = (), enforcement_level: Level = "advisory"
) -> tuple[ApprovalPlace, ...]:
    """Warn of approvers who have left, and of places where nobody is left; return those places.

    A place is a stage of an app or of a permission that names approvers of its own, as Lumos has
    them now (`GET /appstore/apps/{app_id}/settings`, `GET /appstore/requestable_permissions`). Who
    can approve are the people named there and the members of groups, whose status is ACTIVE.
    `app_ids` checks only those apps; "mandatory" stops the program instead of warning.
    """
    places = function(
        "check_approvers",
        {"app_ids": list(app_ids), "enforcement_level": enforcement_level},
        FunctionCall.now(),
        check=lambda: _check_level(enforcement_level),
        ask=lambda settings: read_approval_places(client_of_run(settings), app_ids),
        understand=_mocked_places,
    )
    if found := _about_approvers(places):
        first = "Approvers who cannot approve; name others in Lumos or in the program:"
        _tell(first, found, "check-approvers", enforcement_level)
    return tuple(place for place in places if place.gone or not place.active)


def _about_approvers(places: Sequence[ApprovalPlace]) -> list[str]:
    gone = [
        f"{called(user)} is {user.status} and approves {_listed([place.name for place in where])}"
        for user, where in people_gone(places)
    ]
    return gone + [f"nobody is left to approve {place.name}" for place in nobody_left(places)]


def _listed(names: Sequence[str]) -> str:
    shown, left_out = ", ".join(names[:PLACES_AT_MOST]), len(names) - PLACES_AT_MOST
    return f"{shown} and {left_out} more places" if left_out > 0 else shown


def _check_level(enforcement_level: str) -> None:
    if enforcement_level not in ("advisory", "mandatory"):
        raise WrongArguments('enforcement_level must be "advisory" or "mandatory".')


def _tell(first: str, found: Sequence[str], command: str, enforcement_level: str) -> None:
    lines = [first, *found[:NAMED_AT_MOST]]
    if (left_out := len(found) - NAMED_AT_MOST) > 0:
        lines.append(f"and {left_out} more, which `pulumi-lumos {command}` lists")
    if enforcement_level == "mandatory":
        raise FunctionFailed(text(*lines))
    warn(*lines)


def _mocked_admins(answer: dict[str, Any]) -> list[AppAdmins]:
    """What the mocks of a test answer: `apps`, each with its `active` people; else none."""
    return [
        AppAdmins(
            app_id=app["app_id"],
            user_friendly_label=app.get("user_friendly_label", app["app_id"]),
            admin_url=app.get("admin_url"),
            active=_people(app.get("active")),
            inactive=_people(app.get("inactive")),
        )
        for app in answer.get("apps", ())
    ]


def _mocked_places(answer: dict[str, Any]) -> list[ApprovalPlace]:
    """What the mocks of a test answer: `places`, each with the `users` who approve; else none."""
    return [
        ApprovalPlace(
            app_id=place["app_id"],
            app=place.get("app", place["app_id"]),
            permission_id=place.get("permission_id"),
            permission=place.get("permission", place.get("permission_id")),
            stage=place.get("stage", 1),
            users=(users := _people(place.get("users"))),
            active=tuple(user for user in users if user.status == ACTIVE),
            names_groups=False,
            admin_url=place.get("admin_url"),
        )
        for place in answer.get("places", ())
    ]


def _people(users: Any) -> tuple[GetUserResult, ...]:
    return tuple(result(GetUserResult, user) for user in users or ())
