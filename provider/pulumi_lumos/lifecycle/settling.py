"""Makes sure that a write has done all it asked for.

A field of Lumos can change another (`require_additional_approval: false` moves approvers from
stage 2 to stage 1), so an answer may not hold what was sent.
"""

from __future__ import annotations

from pulumi_lumos.declare.flow import Answer, Inputs, State
from pulumi_lumos.errors import LumosError
from pulumi_lumos.values.changes import Change
from pulumi_lumos.values.deferral import AWAITS
from pulumi_lumos.values.live import Live

from .call import Call
from .errors import HalfMade
from .objects import Objects


def apply_until_settled(
    objects: Objects, call: Call, inputs: Inputs, answer: Answer, kept: State
) -> Answer:
    """Repeat the PATCH until Lumos has applied every field, or stops making progress.

    Warn if Lumos keeps another value even then, because every refresh will show it. Raises HalfMade
    where a PATCH fails; its state then has `kept`, the values that only the state knows.
    """
    now, asked = answer, set[str]()
    while differs := _can_be_had(objects, inputs, now):
        names = {change.name for change in differs}
        if names <= asked:
            call.tell.warn(
                f"Lumos has not applied {', '.join(sorted(names))} of {objects.spec.name} "
                f"{answer['id']}: it keeps other values, and every refresh will show them."
            )
            break
        asked |= names
        now = _ask_again(objects, call, inputs, now, differs, kept)
    return now


def _ask_again(
    objects: Objects,
    call: Call,
    inputs: Inputs,
    live: Answer,
    differs: list[Change],
    kept: State,
) -> Answer:
    id, body = str(live["id"]), objects.body(differs, inputs, lambda: live)
    try:
        now = Answer({**live, **objects.patch(call, id, body)})
    except LumosError as error:
        raise HalfMade(objects.spec, id, State(objects.state(inputs, live) | kept), error) from None
    objects.remember(call, now)
    return now


def _can_be_had(objects: Objects, inputs: Inputs, live: Answer) -> list[Change]:
    """List what the object still lacks, without what Lumos cannot change or takes only later."""
    return [
        change
        for change in Live(objects.spec, live).lacks(inputs)
        if not change.field.marks.replaces and change.name not in live.get(AWAITS, ())
    ]
