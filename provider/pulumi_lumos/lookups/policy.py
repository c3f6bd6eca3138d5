"""Checks of what Lumos holds, for programs: a warning or an error in the preview."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Literal

from ..api.sharing import shared_client
from ..host.function import Call, FunctionFailed, function
from ..host.texts import text, warn
from .admins import AppAdmins, app_admins
from .errors import WrongArguments
from .results import GetUserResult, result

NAMED_AT_MOST = 20
"""How many apps a warning or error names."""


def check_admins(
    *,
    minimum: int = 2,
    app_ids: Sequence[str] = (),
    enforcement_level: Literal["advisory", "mandatory"] = "advisory",
) -> tuple[AppAdmins, ...]:
    """Warn of apps in the AppStore with fewer than `minimum` active admins, and give them.

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
        if enforcement_level not in ("advisory", "mandatory"):
            raise WrongArguments('enforcement_level must be "advisory" or "mandatory".')

    everywhere = function(
        "check_admins",
        arguments,
        Call.now(),
        check=check,
        ask=lambda settings: app_admins(shared_client(settings), app_ids),
        understand=_mocked,
    )
    lacking = tuple(app for app in everywhere if len(app.active) < minimum)
    if lacking:
        _tell(_lines(lacking, minimum), enforcement_level)
    return lacking


def _tell(lines: Sequence[str], enforcement_level: str) -> None:
    if enforcement_level == "mandatory":
        raise FunctionFailed(text(*lines))
    warn(*lines)


def _lines(lacking: Sequence[AppAdmins], minimum: int) -> list[str]:
    lines = [app.lacking(minimum) for app in lacking[:NAMED_AT_MOST]]
    if left_out := len(lacking) - len(lines):
        lines.append(f"and {left_out} more, which `pulumi-lumos check-admins` lists")
    return ["Too few admins; name more of them in Lumos or in the program:", *lines]


def _mocked(answer: dict[str, Any]) -> list[AppAdmins]:
    """What the mocks of a test answer: `apps`, each with its `active` people; else none."""
    return [
        AppAdmins(
            app_id=app["app_id"],
            user_friendly_label=app.get("user_friendly_label", app["app_id"]),
            admin_url=app.get("admin_url"),
            active=tuple(result(GetUserResult, user) for user in app.get("active", ())),
            inactive=tuple(result(GetUserResult, user) for user in app.get("inactive", ())),
        )
        for app in answer.get("apps", ())
    ]
