"""Gives a permission a successor: the same permission with another provisioning group."""

from __future__ import annotations

from typing import cast

from .api.errors import Conflict, Invalid, LumosError
from .declare.spec import Values
from .lifecycle.creation import post_in_place_of
from .lifecycle.errors import Gone
from .lifecycle.projection import as_input, laid_over
from .lifecycle.session import Session
from .permission_life import PermissionLife, as_found, is_about_the_label, shown, visibility
from .resources.requestable_permission import RequestablePermission

permissions = cast(PermissionLife, RequestablePermission.life)


class LabelTaken(LumosError):
    """Lumos refuses the successor because its definition has the same label."""

    def __init__(self, label: str) -> None:
        super().__init__(
            f"Lumos refuses two permissions labelled {label!r} in one app, so this definition "
            "cannot have a successor beside it. Give the RequestablePermission its "
            "provisioning_group inline and remove the attachment."
        )


def bound_group(permission: Values) -> Values | None:
    """The provisioning group of a permission, as Lumos answers it."""
    config = permission.get("request_config") or {}
    fulfillment = config.get("request_fulfillment_config") or {}
    group: Values | None = fulfillment.get("provisioning_group")
    return group


def carries(permission: Values, group: Values) -> bool:
    """Whether a permission is bound to a group, however that is spelled."""
    bound = {"request_fulfillment_config": {"provisioning_group": group}}
    said = {"app_id": permission["app_id"], "request_config": bound}
    return permissions.is_as_declared(said, permission)


def found(session: Session, id: str) -> Values:
    """The permission of an id; raises Gone."""
    permission = permissions.live(session, id, {})
    if permission is None:
        raise Gone(permissions.spec, id)
    return permission


def hide(session: Session, permission: Values) -> None:
    """Hide a permission that people see."""
    if visibility(permission) == "VISIBLE":
        permissions.change(session, permission, shown("HIDDEN"))


def succeed(
    session: Session, before: Values, wanted: Values, group: Values, *, may_rename: bool
) -> Values:
    """The successor of `before`: a half-made one of an earlier run, or made now.

    `wanted` is what the program says of it, as fields of a RequestablePermission; the rest is
    copied. Raises LabelTaken where only renaming `before` would help and `may_rename` forbids it.
    """
    was = as_found(before)
    copied = as_input(permissions.spec.shape, before)
    body = laid_over({**copied, "label": was.label}, shown(was.visibility))
    body = laid_over(body, wanted)
    twins = [twin for twin in permissions.twins(session, body) if twin["id"] != before["id"]]
    for twin in twins:
        if carries(twin, group):
            session.spare(permissions.spec, str(twin["id"]))
            return twin
    gives_way = before if may_rename and was.label == body["label"] else None
    try:
        made = post_in_place_of(permissions, session, body, gives_way, [before, *twins])
    except (Conflict, Invalid) as refusal:
        if may_rename or not is_about_the_label(refusal):
            raise
        raise LabelTaken(was.label) from None
    permissions.remember(session, made)
    return made
