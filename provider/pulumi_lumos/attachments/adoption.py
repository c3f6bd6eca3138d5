"""Takes a permission that is there already over as the successor of another.

It is given back as it was found when the attachment is deleted.
"""

from __future__ import annotations

from ..api.errors import Conflict, Invalid
from ..declare.spec import Values
from ..lifecycle import adoption
from ..lifecycle.errors import CannotAdopt
from ..lifecycle.projection import laid_over
from ..lifecycle.session import Session
from ..permissions.life import as_found, bound_group, shown
from .succession import carries, permissions, sources


def adopt(
    session: Session, source: Values, wanted: Values, which: bool | str
) -> tuple[Values, Values]:
    """The successor as the program wants it, and the output that remembers how it was found.

    `which` is what the program says of it, its id or True; raises CannotAdopt.
    """
    inputs = _inputs(session, source, wanted, which)
    try:
        return adoption.adopt(permissions, session, inputs)
    except (Conflict, Invalid) as refusal:
        if not sources.gives_way(session, source, refusal):
            raise
    return adoption.adopt(permissions, session, inputs)


def announcement(session: Session, source: Values, wanted: Values, which: bool | str) -> str:
    """What `adopt` is going to do, for a preview; raises CannotAdopt."""
    inputs = _inputs(session, source, wanted, which)
    live = adoption.found(permissions, session, inputs)
    return adoption.announcement(permissions, inputs, live)


def _inputs(session: Session, source: Values, wanted: Values, which: bool | str) -> Values:
    """The fields of the RequestablePermission to adopt: people see it if they saw the source."""
    was = as_found(source)
    inputs = laid_over(shown("VISIBLE") if was.visibility == "VISIBLE" else {}, wanted)
    id = _of_its_label(session, source, wanted) if which is True else which
    return {**inputs, adoption.OPTION: id}


def _of_its_label(session: Session, source: Values, wanted: Values) -> str:
    """The id of the one permission of the successor's label and group."""
    named = {"label": as_found(source).label, **wanted, adoption.OPTION: True}
    ids = [
        str(twin["id"])
        for twin in permissions.twins(session, named)
        if twin["id"] != source["id"] and carries(twin, bound_group(wanted))
    ]
    if not ids:
        raise CannotAdopt(
            f"Lumos has no other permission {named['label']!r} with this provisioning group to "
            f"adopt as the successor of {source['id']}. Correct what names it, or leave adopt out "
            "to make a new one."
        )
    if len(ids) > 1:
        raise CannotAdopt.none_or_many(permissions.spec, named, ids)
    return ids[0]
