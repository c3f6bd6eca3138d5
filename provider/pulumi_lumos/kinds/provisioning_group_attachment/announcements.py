"""What a preview says about an attachment that is to be made."""

from __future__ import annotations

from pulumi_lumos.declare.flow import Answer, Inputs, State
from pulumi_lumos.declare.spec import Values
from pulumi_lumos.declare.unknown import contains_unknown
from pulumi_lumos.kinds.requestable_permission.app_store import warn_of_absent_app
from pulumi_lumos.kinds.requestable_permission.lifecycle import (
    before_aside,
    bound_group,
    visibility,
)
from pulumi_lumos.kinds.requestable_permission.pointers import warn_of_pointers
from pulumi_lumos.lifecycle.adoption import ADOPT, BEFORE_ADOPTION
from pulumi_lumos.lifecycle.call import Call

from . import adoption
from .bound import declared_visibility, of_the_bound
from .succession import Belongs, carries, find_other_successor, look_ahead, permissions


def announce(call: Call, source: Answer, inputs: Inputs, belongs: Belongs) -> None:
    """Tell what becomes of a permission, as far as it is known by now.

    Raises CannotAdopt and SuccessorInDoubt, as the update would.
    """
    group, known = inputs["group"], not contains_unknown(inputs["group"])
    named = f"The permission {source['id']} ({before_aside(source).label!r})"
    if not known and bound_group(source):
        return
    if known and carries(source, group):
        call.tell.info(f"{named} is bound to this group already, so nothing changes in Lumos.")
        return
    renamed = inputs.get(ADOPT) or declared_visibility(inputs)
    hides = " and is renamed and hidden" if renamed else " and is hidden"
    hidden = hides if visibility(source) == "VISIBLE" else ""
    how = "" if contains_unknown(inputs) else _foreseen(call, source, inputs, belongs)
    call.tell.info(f"{named} gets a successor with this group{hidden}{how}.")
    if known and not hidden and not renamed:
        _announce_visibility(call, source, group)
    warn_of_pointers(call, source["app_id"], [source["id"]])
    if (declared_visibility(inputs) or before_aside(source).visibility) == "VISIBLE":
        consequence = "nobody sees the successor"
        warn_of_absent_app(call, source["app_id"], "permission", consequence)


def _announce_visibility(call: Call, source: Answer, group: Values) -> None:
    """Tell whether people see the successor of a permission that they do not see."""
    if other := find_other_successor(call, source, group):
        call.tell.info(
            f"The permission {source['id']} is HIDDEN because {other['id']} is its successor "
            "already, by an attachment of another stack, so this successor is VISIBLE too."
        )
    else:
        call.tell.info(
            f"The successor is HIDDEN, as the permission {source['id']} is; pass "
            'appstore_visibility="VISIBLE" to let people see it.'
        )


def _foreseen(call: Call, source: Answer, inputs: Inputs, belongs: Belongs) -> str:
    """Say which permission is adopted; raise what making a successor would raise."""
    desired = of_the_bound(inputs, source["app_id"])
    if inputs.get(ADOPT):
        return f": {adoption.describe_adoption(call, source, desired, inputs[ADOPT])}"
    look_ahead(call, source, desired, belongs)
    return ""


def announce_move(call: Call, state: State, group: Values) -> None:
    """Tell what becomes of an attachment's permissions that gets another group."""
    source, last = state["source_permission_id"], state["bound_permission_id"]
    left = sorted({source, last})
    goes = "is given back as it was found" if BEFORE_ADOPTION in state else "is deleted"
    live = permissions.read_live(call, source)
    if state["mode"] == "existing":
        call.tell.info(f"The permission {source} gets a successor with this group.")
    elif live and carries(live, group):
        call.tell.info(
            f"The permission {source} has this group itself and is what people request again; its "
            f"successor {last} {goes}."
        )
        left = [last]
    else:
        call.tell.info(f"A new permission with this group takes the place of {last}, which {goes}.")
    warn_of_pointers(call, state["app_id"], left)


def warn_of_what_is_ignored(call: Call, source: Answer, desired: Inputs) -> None:
    """Tell that a binding which is there already stays as it is."""
    if not permissions.is_as_declared(permissions.spec.sent(desired), source):
        call.tell.warn(
            f"The permission {source['id']} is bound to this group already, so the attachment "
            "leaves it as it is: label, appstore_visibility and request_config are ignored. "
            "To manage them, declare it as a RequestablePermission with adopt="
            f"{source['id']!r}."
        )
