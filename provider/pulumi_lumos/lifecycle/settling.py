"""Makes sure that a write has done all it asked for.

A field of Lumos can change another (`require_additional_approval: false` moves approvers from
stage 2 to stage 1), so an answer may not hold what was sent.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..declare.spec import Values
from .body import update_body
from .changes import Change, changes
from .identity import aliases_in
from .projection import project
from .session import Session

if TYPE_CHECKING:
    from .life import Life


def lacking(life: Life, inputs: Values, live: Values) -> list[Change]:
    """What an object lacks of what the program says."""
    shape, aliases = life.spec.shape, aliases_in(life.spec.shape, live)
    sent = life.spec.sent(inputs)
    return changes(shape, project(shape, sent, live, aliases), sent, aliases)


def settled(life: Life, session: Session, inputs: Values, answer: Values) -> Values:
    """The object after a write: what Lumos has not taken over is asked for once more.

    Where Lumos keeps another value even then, people are warned: every refresh will show it.
    """
    differs = _in_place(lacking(life, inputs, answer))
    if not differs:
        return answer
    body = update_body(life.spec.shape, differs, inputs, lambda: answer)
    now = {**answer, **life.patch(session, str(answer["id"]), body)}
    life.remember(session, now)
    kept = [change.name for change in _in_place(lacking(life, inputs, now))]
    if kept:
        session.warn(
            f"Lumos has not taken over {', '.join(kept)} of {life.spec.name} {answer['id']}: it "
            "keeps other values, and every refresh will show them."
        )
    return now


def _in_place(found: list[Change]) -> list[Change]:
    """Those that Lumos can change."""
    return [change for change in found if not change.field.marks.replaces]
