"""Takes a permission that is there already over as the successor of another.

It is given back as it was found when the attachment is deleted.
"""

from __future__ import annotations

from pulumi_lumos.api.errors import Conflict, Invalid
from pulumi_lumos.declare.flow import Answer, Body, Inputs, State
from pulumi_lumos.errors import LumosError
from pulumi_lumos.kinds.requestable_permission.lifecycle import (
    before_aside,
    bound_group,
    is_about_the_label,
    label_aside,
    visibility,
    visibility_body,
)
from pulumi_lumos.lifecycle import adoption
from pulumi_lumos.lifecycle.call import Call
from pulumi_lumos.lifecycle.errors import CannotAdopt, HalfMade
from pulumi_lumos.values.projection import deep_merge

from .bound import declared_visibility
from .succession import carries, get_permission, hide, permissions, sources


def get_permission_to_adopt(
    call: Call, source: Answer, desired: Inputs, which: bool | str
) -> Answer:
    """Look for the permission that the program means; raise CannotAdopt.

    `which` is what the program says of it, its id or True.
    """
    return adoption.get_object_to_adopt(permissions, call, _inputs(call, source, desired, which))


def adopt(call: Call, source: Answer, desired: Inputs, there: Answer) -> tuple[Answer, State]:
    """Change the successor to what the program says; return it, and how it was found.

    Raises HalfMade, with that output, where the change may have been made without an answer.
    """
    inputs = _inputs(call, source, desired, str(there["id"]))
    try:
        return adoption.adopt(permissions, call, inputs, there)
    except (Conflict, Invalid) as refusal:
        if before_aside(source).aside or not is_about_the_label(refusal):
            raise
    sources.change(call, source, Body({"label": label_aside(source, "adopted")}))
    try:
        return adoption.adopt(permissions, call, inputs, there)
    except HalfMade:
        raise
    except LumosError as error:
        if not error.in_doubt:
            sources.undo_make_room(call, source)
        raise


def finish(call: Call, state: State, inputs: Inputs) -> None:
    """Hide the source that people still see, because a run was stopped at that."""
    source = permissions.read_live(call, state["source_permission_id"])
    if not (source and state["source_visibility"] == visibility(source) == "VISIBLE"):
        return
    bound = get_permission(call, state["bound_permission_id"])
    if not declared_visibility(inputs) and visibility(bound) != "VISIBLE":
        permissions.change(call, bound, visibility_body("VISIBLE"))
    hide(call, source, "adopted")


def describe_adoption(call: Call, source: Answer, desired: Inputs, which: bool | str) -> str:
    """Say what `adopt` will do, for a preview; raise CannotAdopt where it cannot."""
    inputs = _inputs(call, source, desired, which)
    live = adoption.get_object_to_adopt(permissions, call, inputs)
    return adoption.describe_adoption(permissions, call, inputs, live)


def _inputs(call: Call, source: Answer, desired: Inputs, which: bool | str) -> Inputs:
    """The fields of the RequestablePermission to adopt: people see it if they saw the source."""
    was = before_aside(source)
    inputs = deep_merge(visibility_body("VISIBLE") if was.visibility == "VISIBLE" else {}, desired)
    id = _of_its_label(call, source, desired) if which is True else which
    return Inputs({**inputs, adoption.ADOPT: id})


def _of_its_label(call: Call, source: Answer, desired: Inputs) -> str:
    """Look for the one permission of the successor's label and group; return its id."""
    named = Inputs({"label": before_aside(source).label, **desired, adoption.ADOPT: True})
    ids = [
        str(twin["id"])
        for twin in permissions.list_by_key(call, named)
        if twin["id"] != source["id"] and carries(twin, bound_group(desired))
    ]
    if not ids:
        raise CannotAdopt(
            f"Lumos has no other permission {named['label']!r} with this provisioning group to "
            f"adopt as the successor of {source['id']}. Correct it in the program, or leave adopt "
            "out to make a new one."
        )
    if len(ids) > 1:
        raise CannotAdopt.none_or_many(permissions.spec, named, ids)
    return ids[0]
