"""Other objects that point at a permission: they are named to people, never changed."""

from __future__ import annotations

from collections.abc import Iterator

from pulumi_lumos.api.errors import Forbidden
from pulumi_lumos.lifecycle.call import Call

from .app_store import read_settings


def warn_of_pointers(call: Call, app_id: str, permissions: list[str]) -> None:
    """Name the rules and apps that point at permissions that people can no longer request.

    Nobody knows yet whether the same update changes them. What names the `bound_permission_id` of
    an attachment depends on the attachment, so the engine checks and updates it later. And no later
    call can tell of rules and apps that no program manages. So the sentence is true in either case.
    """
    pointers = _pointers(call, app_id)
    for id in permissions:
        names = [name for pointed, name in pointers if pointed == id]
        if names:
            call.tell.warn(
                f"In the app {app_id}, {' and '.join(names)} "
                f"{'point' if len(names) > 1 else 'points'} at the permission {id}, which people "
                "cannot request once it has a successor. If this update does not change that, "
                "as it does where the program names bound_permission_id, name the successor there."
            )


def _pointers(call: Call, app_id: str) -> list[tuple[str, str]]:
    """Read what points at permissions of an app, each as the permission's id and a name."""
    try:
        return [*_of_rules(call, app_id), *_of_settings(call, app_id)]
    except Forbidden:
        return []  # The token may not look, so there is nothing to tell.


def _of_rules(call: Call, app_id: str) -> Iterator[tuple[str, str]]:
    for rule in call.run.client.list("/appstore/pre_approval_rules", {"app_id": app_id}):
        for permission in rule.get("preapproved_permissions") or ():
            name = f"the pre-approval rule {rule['id']} ({rule.get('justification')!r})"
            yield permission["id"], name


def _of_settings(call: Call, app_id: str) -> Iterator[tuple[str, str]]:
    settings = read_settings(call, app_id) or {}
    default = (settings.get("provisioning") or {}).get("default_permission")
    if default:
        yield default["id"], "default_permission"
