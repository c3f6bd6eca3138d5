"""Gives a permission a successor: the same permission with another provisioning group.

Lumos takes `provisioning_group` only when a permission is made. Whether it allows two permissions
of one label in one app is not documented, so where it refuses, the old one gives way: it is
renamed and hidden in one step, and its new label says how it was found. A run that is cut off at
any point can therefore be run again.
"""

from __future__ import annotations

import re
from typing import Any, NamedTuple

from .api.errors import ApiError, Conflict, Invalid, LumosError
from .declare.spec import Values
from .lifecycle.creation import post_once
from .lifecycle.errors import Gone
from .lifecycle.projection import as_input
from .lifecycle.session import Session
from .resources.requestable_permission import RequestablePermission

permissions = RequestablePermission.life

_GIVEN_WAY = re.compile(r"^(?P<label>.*) \(replaced, was (?P<visibility>visible|hidden)\)$", re.S)


class LabelTaken(LumosError):
    """Lumos refuses the successor because its definition has the same label."""

    def __init__(self, label: str) -> None:
        super().__init__(
            f"Lumos refuses two permissions labelled {label!r} in one app, so this definition "
            "cannot have a successor beside it. Give the RequestablePermission its "
            "provisioning_group inline and remove the attachment."
        )


class AsFound(NamedTuple):
    """What a permission was before it gave way to its successor."""

    label: str
    visibility: str
    gave_way: bool


def as_found(permission: Values) -> AsFound:
    """Read off a permission what it was before it gave way, if it did."""
    given_way = _GIVEN_WAY.match(str(permission["label"]))
    if given_way:
        return AsFound(given_way["label"], given_way["visibility"].upper(), True)
    return AsFound(str(permission["label"]), visibility(permission), False)


def visibility(permission: Values) -> str:
    """Whether people see a permission: VISIBLE or HIDDEN."""
    config = permission.get("request_config") or {}
    return str(config.get("appstore_visibility") or "HIDDEN")


def bound_group(permission: Values) -> Values | None:
    """The provisioning group of a permission, as Lumos answers it."""
    config = permission.get("request_config") or {}
    fulfillment = config.get("request_fulfillment_config") or {}
    group: Values | None = fulfillment.get("provisioning_group")
    return group


def bound_to(group: Values) -> Values:
    """The part of a permission that binds it to a group."""
    return {"request_config": {"request_fulfillment_config": {"provisioning_group": group}}}


def carries(permission: Values, group: Values) -> bool:
    """Whether a permission is bound to a group, however that is spelled."""
    said = {"app_id": permission["app_id"], **bound_to(group)}
    return permissions.is_as_declared(said, permission)


def found(session: Session, id: str) -> Values:
    """The permission of an id; raises Gone."""
    permission = permissions.live(session, id, {})
    if permission is None:
        raise Gone(permissions.spec, id)
    return permission


def succeed(
    session: Session, before: Values, wanted: Values, group: Values, *, may_rename: bool
) -> Values:
    """The successor of `before`: a half-made one of an earlier run, or made now.

    `wanted` is what the program says of it, as fields of a RequestablePermission; the rest is
    copied. Raises LabelTaken where only renaming `before` would help and `may_rename` forbids it.
    """
    was = as_found(before)
    copied = as_input(permissions.spec.shape, before)
    copied["request_config"]["appstore_visibility"] = was.visibility
    body = _merged({**copied, "label": was.label}, wanted)
    twins = [twin for twin in permissions.twins(session, body) if twin["id"] != before["id"]]
    for twin in twins:
        if carries(twin, group):
            return twin
    known = {str(twin["id"]) for twin in twins} | {str(before["id"])}
    try:
        made = post_once(permissions, session, body, known)
    except (Conflict, Invalid) as error:
        if was.gave_way or before["label"] != body["label"] or not _is_about_the_label(error):
            raise
        if not may_rename:
            raise LabelTaken(was.label) from None
        made = _make_way(session, before, body, known)
    permissions.remember(session, made)
    return made


def _make_way(session: Session, before: Values, body: Values, known: set[str]) -> Values:
    was = as_found(before)
    aside = f"{was.label} (replaced, was {was.visibility.lower()})"
    change(session, before, {"label": aside, **shown("HIDDEN")})
    try:
        return post_once(permissions, session, body, known)
    except ApiError as error:
        if not error.in_doubt:
            change(session, before, {"label": was.label, **shown(was.visibility)})
        raise


def shown(wanted: str) -> Values:
    """The part of a permission that shows or hides it."""
    return {"request_config": {"appstore_visibility": wanted}}


def change(session: Session, permission: Values, body: Values) -> None:
    """PATCH a permission."""
    permissions.remember(session, permissions.patch(session, str(permission["id"]), body))


def hide(session: Session, permission: Values) -> None:
    """Hide a permission that people see."""
    if visibility(permission) == "VISIBLE":
        change(session, permission, shown("HIDDEN"))


def _is_about_the_label(error: Conflict | Invalid) -> bool:
    problems = error.problems if isinstance(error, Invalid) else ()
    named = any("label" in problem.path for problem in problems)
    return isinstance(error, Conflict) or named or "label" in error.detail


def _merged(below: Any, above: Any) -> Any:
    """`above` laid over `below`, object by object."""
    if isinstance(below, dict) and isinstance(above, dict):
        names = [*below, *(name for name in above if name not in below)]
        return {
            name: _merged(below.get(name), above[name]) if name in above else below[name]
            for name in names
        }
    return above
