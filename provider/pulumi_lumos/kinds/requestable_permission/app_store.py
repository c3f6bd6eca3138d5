"""Warns of what a program offers in an app that is not in the AppStore, or that nobody approves.

The same program may add the app, or name its approvers, after what belongs to it: without a
dependency, the engine checks in any order. So each warning is decided when the preview is over.
"""

from __future__ import annotations

from typing import Any

from pulumi_lumos.api.errors import Forbidden, NotFound
from pulumi_lumos.api.paths import path
from pulumi_lumos.declare.spec import Values
from pulumi_lumos.declare.unknown import UNKNOWN
from pulumi_lumos.kinds.shapes import APPS
from pulumi_lumos.lifecycle.call import Call
from pulumi_lumos.printable import printable_name

APP_ID = "app_id"


def warn_of_absent_app(call: Call, app_id: Any, at: str, consequence: str) -> None:
    """Warn that an app is not in the AppStore, unless this run's program adds it."""
    if not isinstance(app_id, str) or call.run.declared(APP_ID, app_id) is not None:
        return
    settings = read_settings(call, app_id)
    if settings is not None and settings.get("in_app_store") is False:
        call.tell.warn(
            f"{at}: the app {_name(call, app_id)} is not in the AppStore, so "
            f"{consequence}; add the app, or leave this out",
            "",
            lambda: call.run.declared(APP_ID, app_id) is not None,
        )


def warn_of_unapproved(call: Call, app_id: Any, at: str, *, is_new: bool) -> None:
    """Warn that a permission without approvers of its own belongs to an app that has none.

    Where the permission `is_new`, the app's own warning is enough if the program declares it.
    """
    settings = read_settings(call, app_id) if isinstance(app_id, str) else None
    if settings is None or settings.get("in_app_store") is False:
        return
    nobody_now = nobody_approves(settings.get("request_flow") or {})

    def is_well() -> bool:
        declared = call.run.declared(APP_ID, app_id)
        if declared is None:
            return not nobody_now
        nobody_then = nobody_approves(declared.get("request_flow"))
        return is_new or not (nobody_now if nobody_then is None else nobody_then)

    call.tell.warn(
        f"{at}: the app {_name(call, app_id)} has no approvers, so every request for "
        "this permission is granted at once; name approvers here or at the app",
        "",
        is_well,
    )


def nobody_approves(flow: Any) -> bool | None:
    """Whether requests under this flow approve themselves; None where it does not say."""
    if not isinstance(flow, dict):
        return None
    approvers, manager = flow.get("approvers"), flow.get("require_manager_approval")
    if manager is True or _names_somebody(approvers):
        return False
    if approvers is None or UNKNOWN in (approvers, manager):
        return None
    return True


def _names_somebody(people: Any) -> bool:
    """Whether approvers are named; what is not known yet may be somebody."""
    return isinstance(people, dict) and any(people.get(part) for part in ("groups", "users"))


def read_settings(call: Call, app_id: str) -> Values | None:
    """Read the settings of an app once in a run; return None where the token may not."""

    def read() -> Values | None:
        try:
            found = call.run.client.get(path("/apps/{app_id}/settings", app_id=app_id))
        except (Forbidden, NotFound):
            return None
        return found if isinstance(found, dict) else None

    return call.run.remember(("settings", app_id), read)


def _name(call: Call, app_id: str) -> str:
    found = call.run.directory.find(APPS, ("id", app_id), "") or {}
    return printable_name(str(found.get(APPS.called) or app_id))
