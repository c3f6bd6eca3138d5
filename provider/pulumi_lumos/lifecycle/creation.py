"""Makes an object once, whatever happens on the way.

Lumos has no idempotency key. So before a POST the natural key is looked up, and after a POST
whose end is in doubt (timeout, reset, 5xx) it is looked up again before anything is repeated.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..api.errors import ApiError
from ..declare.spec import Values
from .errors import AlreadyExists
from .session import Session

if TYPE_CHECKING:
    from .life import Life


def create(life: Life, session: Session, inputs: Values) -> Values:
    """Make the object, or take the one that a killed run has made; gives Lumos's answer."""
    twins = life.twins(session, inputs)
    left_behind = _left_behind(life, session, inputs, twins)
    if left_behind is not None:
        return left_behind
    made = post_once(life, session, inputs, {str(twin["id"]) for twin in twins})
    session.claim(life.spec, str(made["id"]))
    return made


def post_once(life: Life, session: Session, inputs: Values, known: set[str]) -> Values:
    """Make the object; where the end of the POST is in doubt, look for it before going on.

    `known` are the ids of the objects of the same natural key that were there before.
    """
    try:
        return life.post(session, inputs)
    except ApiError as error:
        if not error.in_doubt:
            raise
    return _made_all_the_same(life, session, inputs, known) or life.post(session, inputs)


def refuse_twins(life: Life, session: Session, inputs: Values) -> None:
    """Raise AlreadyExists where `create` would."""
    twins = life.twins(session, inputs)
    others = [twin for twin in twins if not life.is_as_declared(inputs, twin)]
    if others:
        raise AlreadyExists(life.spec, inputs, [str(twin["id"]) for twin in others])


def _left_behind(
    life: Life, session: Session, inputs: Values, twins: list[Values]
) -> Values | None:
    """The object that a killed run made, told by being exactly what would be made now."""
    refuse_twins(life, session, inputs)
    for twin in twins:
        if not session.claim(life.spec, str(twin["id"])):
            raise AlreadyExists(life.spec, inputs, [str(twin["id"])])
        return twin
    return None


def _made_all_the_same(
    life: Life, session: Session, inputs: Values, known: set[str]
) -> Values | None:
    """What a POST has made whose answer never came."""
    new = [twin for twin in life.twins(session, inputs, fresh=True) if twin["id"] not in known]
    if len(new) > 1 or (new and not life.is_as_declared(inputs, new[0])):
        raise AlreadyExists(life.spec, inputs, [str(item["id"]) for item in new])
    return new[0] if new else None
