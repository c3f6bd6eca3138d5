"""Gives a permission a successor: the same permission with another provisioning group.

The permission that has a successor is its source. It is hidden last, so that there is no moment
without a permission that people can request, and it steps aside first where Lumos refuses two of
one label. An app, a label and a group identify what an earlier run has left half-made.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import cast

from pulumi_lumos.api.errors import Conflict, Invalid
from pulumi_lumos.declare.flow import Answer, Body, Inputs, State
from pulumi_lumos.declare.spec import Values
from pulumi_lumos.errors import LumosError
from pulumi_lumos.kinds.requestable_permission.declaration import RequestablePermission
from pulumi_lumos.kinds.requestable_permission.lifecycle import (
    Aside,
    PermissionLifecycle,
    Permissions,
    before_aside,
    bound_group,
    is_about_the_label,
    label_aside,
    visibility,
    visibility_body,
)
from pulumi_lumos.lifecycle.call import Call
from pulumi_lumos.lifecycle.creation import post_in_place_of
from pulumi_lumos.lifecycle.errors import Gone
from pulumi_lumos.values.body import update_body
from pulumi_lumos.values.changes import changes
from pulumi_lumos.values.live import Live
from pulumi_lumos.values.projection import deep_merge, project, to_inputs

of_permissions = cast(PermissionLifecycle, RequestablePermission.lifecycle)
"""The lifecycle of a successor, which is a permission of its own."""
permissions = of_permissions.objects
"""The permissions that become bound: the successors, or those that have the group already."""

Belongs = Callable[[str], bool | None]
"""Tells of an id whether that permission is the attachment's own (True) or another's (False).

None means that nobody knows. Such a permission counts as left by an earlier run only if it is just
what this attachment would make.
"""


class SuccessorInDoubt(LumosError):
    """Permissions look like a successor that an earlier run has left, but differ from it."""

    def __init__(self, label: str, ids: list[str]) -> None:
        many = f"ids {', '.join(ids)}" if len(ids) > 1 else f"id {ids[0]}"
        super().__init__(
            f"Lumos already has a permission {label!r} with this provisioning group ({many}) that "
            "is not what this attachment would make. Pass adopt=<its id> to a new attachment to "
            "make it the successor, attach to it (permission=<its id>) to record it as it is, or "
            "delete it in Lumos if a run that was cut off has left it."
        )


class Sources(Permissions):
    """A source steps aside by its label alone: people see it until its successor is there."""

    def make_room(self, call: Call, old: Answer, refusal: Conflict | Invalid) -> bool:
        """Rename the source, if its label is what Lumos refuses."""
        if before_aside(old).aside or not is_about_the_label(refusal):
            return False
        self.change(call, old, Body({"label": label_aside(old, "succeeded")}))
        return True

    def undo_make_room(self, call: Call, old: Answer) -> None:
        """Give the source its label back."""
        self.change(call, old, Body({"label": old["label"]}))


sources = Sources(permissions.spec)


def carries(permission: Answer, group: Values) -> bool:
    """Whether a permission is bound to a group, however that is spelled."""
    bound = {"request_fulfillment_config": {"provisioning_group": group}}
    declared = {"app_id": permission["app_id"], "request_config": bound}
    return permissions.is_as_declared(Inputs(declared), permission)


def get_permission(call: Call, id: str) -> Answer:
    """Read the permission of an id; raise Gone."""
    permission = permissions.read_live(call, id)
    if permission is None:
        raise Gone(permissions.spec, id)
    return permission


def make_successor(
    call: Call, before: Answer, source: Answer | None, desired: Inputs, belongs: Belongs
) -> Answer:
    """Make the successor of `before`, or finish one that an earlier run has begun.

    `before` is the `source` or its last successor. `desired` is what the program says of the next
    one, as fields of a RequestablePermission; the rest is copied. Raises SuccessorInDoubt.
    """
    body = _successor_of(before, desired)
    twins = _others_of_its_label(call, before, body)
    left = _find_half_made(before, body, twins, belongs)
    if left:
        call.ownership.protect(permissions.spec, str(left["id"]))
        return _apply(call, left, desired)
    older = [one for one in (before, source) if one and before_aside(one).label == body["label"]]
    make_room = older[0] if older else None
    made = post_in_place_of(sources, call, body, make_room, [before, *twins])
    permissions.remember(call, made)
    return made


def look_ahead(call: Call, source: Answer, desired: Inputs, belongs: Belongs) -> None:
    """Raise the error that `make_successor` would raise about a permission that exists."""
    body = _successor_of(source, desired)
    _find_half_made(source, body, _others_of_its_label(call, source, body), belongs)


def _successor_of(before: Answer, desired: Inputs) -> Inputs:
    was = before_aside(before)
    copied = {**to_inputs(permissions.spec.shape, before), "label": was.label}
    # A group given by another id than the copied one must not end up with both.
    copied["request_config"]["request_fulfillment_config"].pop("provisioning_group", None)
    body: Inputs = deep_merge(deep_merge(copied, visibility_body(was.visibility)), desired)
    return body


def _others_of_its_label(call: Call, before: Answer, body: Inputs) -> list[Answer]:
    return [twin for twin in permissions.list_by_key(call, body) if twin["id"] != before["id"]]


def _find_half_made(
    before: Answer, body: Inputs, twins: list[Answer], belongs: Belongs
) -> Answer | None:
    """Look for the successor that an earlier run has left; raise SuccessorInDoubt."""
    of_the_group = [twin for twin in twins if carries(twin, bound_group(body))]
    owned = {str(twin["id"]): belongs(str(twin["id"])) for twin in of_the_group}
    open_to_us = [twin for twin in of_the_group if owned[str(twin["id"])] is not False]
    for twin in open_to_us:
        made_for_it = before_aside(before).aside == "succeeded"
        if owned[str(twin["id"])] or made_for_it or _is_half_made(body, twin):
            return twin
    if open_to_us:
        raise SuccessorInDoubt(body["label"], [str(twin["id"]) for twin in open_to_us])
    return None


def find_left_over(call: Call, app_id: str, group: Values, belongs: Belongs) -> Answer | None:
    """Look for the successor that a run has made, if all permissions before it are gone."""
    for one in _all_of_app(call, app_id):
        permission = permissions.spec.in_own_names(one)
        if one["type"] == "NATIVE" and belongs(str(one["id"])) and carries(permission, group):
            return permission
    return None


def _all_of_app(call: Call, app_id: str) -> list[Values]:
    """List the permissions of an app, however many pages that takes: the wanted one has no name."""
    of_app = {"app_id": app_id}
    listed = permissions.listing(call, of_app).find_matching(of_app)
    if listed is None:
        query = permissions.spec.list_query(of_app)
        listed = call.run.client.list(permissions.spec.endpoints.list.path, query)
    return listed


def _is_half_made(body: Inputs, twin: Answer) -> bool:
    """Whether a permission is just what would be made.

    Its visibility may differ: it tells how a source was that is hidden by now.
    """
    config = {**body["request_config"], "appstore_visibility": visibility(twin)}
    made, there = Inputs({**body, "request_config": config}), Live(permissions.spec, twin)
    shape, has = permissions.spec.shape, there.as_inputs()
    more = changes(shape, project(shape, has, made, there.aliases), has, there.aliases)
    return not more and permissions.is_as_declared(made, twin)


def _apply(call: Call, permission: Answer, desired: Inputs) -> Answer:
    """Give a permission the values of the program."""
    differs = Live(permissions.spec, permission).lacks(desired)
    sent = permissions.spec.sent(desired)
    body = update_body(permissions.spec.shape, differs, sent, lambda: permission)
    return permissions.change(call, permission, body) if body else permission


def update_successor(call: Call, id: str, old: State, new: Inputs, source: str) -> State:
    """Change a successor; its source steps aside where Lumos refuses two of one label."""
    try:
        return of_permissions.update(call, id, old, new)
    except (Conflict, Invalid) as refusal:
        older = permissions.read_live(call, source)
        if older is None or not sources.make_room(call, older, refusal):
            raise
    return of_permissions.update(call, id, old, new)


def find_other_successor(call: Call, source: Answer, group: Values) -> Answer | None:
    """Look for a successor with another group that has the place of a hidden permission.

    An attachment of another stack has made it and hidden the source, without a mark on either. Its
    signs: people see it, and it equals the source in all but the group.
    """
    if visibility(source) == "VISIBLE":
        return None
    key = {"app_id": source["app_id"], "label": before_aside(source).label}
    # The other stack may have made it since the list of the app was read.
    for twin in permissions.list_by_key(call, Inputs(key), fresh=True):
        bound = bound_group(to_inputs(permissions.spec.shape, twin))
        if not bound or carries(twin, group) or visibility(twin) != "VISIBLE":
            continue
        config = {"request_fulfillment_config": {"provisioning_group": bound}}
        if _is_half_made(_successor_of(source, Inputs({"request_config": config})), twin):
            return twin
    return None


def before_replacement(call: Call, source: Answer) -> Answer:
    """A source as it was before this very attachment hid it, where that is to be replaced.

    The next attachment is made first: without this, it would find the source hidden by the last.
    """
    last = call.ownership.last_known(call.resource) or State({})
    hidden_by_us = last.get("source_permission_id") == source["id"]
    if not hidden_by_us or last["source_visibility"] != "VISIBLE":
        return source
    shown: Answer = deep_merge(source, visibility_body("VISIBLE"))
    return shown


def how_found(source: Answer, bound: Answer, declared: str | None) -> str:
    """The visibility that a source had before it was hidden, also by a run that was cut off.

    `declared` is the program's visibility of the successor; without it, the successor has that of
    the source.
    """
    if not declared and "VISIBLE" in (before_aside(source).visibility, visibility(bound)):
        return "VISIBLE"
    return before_aside(source).visibility


def hide(call: Call, source: Answer, why: Aside | None) -> None:
    """Hide a source that people see; its label says why where its successor does not tell it."""
    if visibility(source) == "VISIBLE":
        aside = {"label": label_aside(source, why)} if why else {}
        permissions.change(call, source, Body({**aside, **visibility_body("HIDDEN")}))


def restore_label(call: Call, source: Answer) -> None:
    """Give a source its label back, unless another permission has it by now."""
    was = before_aside(source)
    if not was.stays:
        return
    try:
        permissions.change(call, source, Body({"label": was.label}))
    except (Conflict, Invalid) as refusal:
        if not is_about_the_label(refusal):
            raise
        call.tell.warn(
            f"The permission {source['id']} stays labelled {source['label']!r}, because Lumos has "
            f"another {was.label!r} in its app; rename it there."
        )


def state_without_successor(call: Call, state: State) -> State | None:
    """Return the state after somebody has deleted the successor: a source without a group."""
    if state.get("mode") != "successor":
        return None
    if permissions.read_live(call, state["source_permission_id"]) is None:
        return None
    return State({name: value for name, value in state.items() if name != "group"})
