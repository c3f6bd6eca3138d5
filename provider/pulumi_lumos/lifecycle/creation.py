"""Makes an object once, whatever happens on the way.

Lumos has no idempotency key. So the natural key is looked up before a POST. After a POST whose
end is in doubt (timeout, reset, 5xx) it is looked up again before anything is repeated.
"""

from __future__ import annotations

from functools import partial

from pulumi_lumos.api.errors import Conflict, Invalid
from pulumi_lumos.declare.flow import Answer, Inputs
from pulumi_lumos.declare.unknown import contains_unknown
from pulumi_lumos.errors import LumosError
from pulumi_lumos.values.live import Live

from .call import Call
from .claims import key_of
from .errors import AlreadyExists
from .objects import Objects


def create(objects: Objects, call: Call, inputs: Inputs) -> Answer:
    """Make the object, or take the one that a killed run has made; return Lumos's answer.

    The old object of the resource, which this one replaces, is no conflict.
    """
    twins = call.run.take_twins(key_of(objects.spec, inputs))
    twins = objects.list_by_key(call, inputs) if twins is None else twins
    made = _find_left_behind(objects, call, inputs, twins)
    new_id = made is None and not objects.spec.id
    if made is None:
        made = post_in_place_of(objects, call, inputs, twins[0] if twins else None, twins)
    if not new_id:
        call.ownership.protect(objects.spec, str(made["id"]))
    call.ownership.note_owner(objects.spec, str(made["id"]), call.resource)
    return made


def look_ahead(objects: Objects, call: Call, inputs: Inputs) -> None:
    """Raise what `create` would raise about an existing object, and say what it would take.

    By then, the engine has deleted what goes first.
    """
    twins = objects.list_by_key(call, inputs)
    goes_first = partial(call.ownership.is_deleted_first, objects.spec)
    staying = [twin for twin in twins if not goes_first(str(twin["id"]))]
    if taken := _find_left_behind(objects, call, inputs, staying):
        unknown = [name for name in inputs if contains_unknown(inputs[name])]
        unless = f", unless {', '.join(unknown)} turns out to differ" if unknown else ""
        name = f"{objects.spec.name} {taken['id']}"
        call.tell.info(f"takes {name} over, which is just as declared{unless}")
    call.run.keep_twins(key_of(objects.spec, inputs), twins)


def post_in_place_of(
    objects: Objects, call: Call, inputs: Inputs, old: Answer | None, twins: list[Answer]
) -> Answer:
    """Make the object that replaces `old`, which gives way where Lumos refuses two of one key.

    `twins` are all the objects of the same natural key that are there.
    """
    known = {str(twin["id"]) for twin in twins}
    try:
        return _post_once(objects, call, inputs, known)
    except (Conflict, Invalid) as refusal:
        if old is None or not objects.make_room(call, old, refusal):
            raise
    try:
        return _post_once(objects, call, inputs, known)
    except LumosError as error:
        if not error.in_doubt:
            objects.undo_make_room(call, old)
        raise


def _post_once(
    objects: Objects, call: Call, inputs: Inputs, known: set[str], repeats: int = 1
) -> Answer:
    """Make the object by a POST, and repeat it only where Lumos has not carried it out.

    `known` are the ids that were there before. After the last POST too, this looks for what was
    made: while Lumos hides it, the next run would make another.
    """
    try:
        made = objects.post(call, inputs)
    except LumosError as error:
        if not error.in_doubt:
            raise
        found = _find_made(objects, call, inputs, known)
        if found is None and not repeats:
            raise
        made = found or _post_once(objects, call, inputs, known, repeats - 1)
    call.run.lag.note_made(str(made["id"]))
    return made


def _find_left_behind(
    objects: Objects, call: Call, inputs: Inputs, twins: list[Answer]
) -> Answer | None:
    """Find the object that a killed run made: it equals what would be made now.

    What a preview does not know yet may equal it.
    Raises AlreadyExists where there are only other objects of the natural key, ManagedTwice or
    StillTaken where one is another resource of this program.
    """
    owners = {
        str(twin["id"]): call.ownership.owner(objects.spec, str(twin["id"])) for twin in twins
    }
    others = [twin for twin in twins if owners[str(twin["id"])] != call.resource]
    for twin in others:
        likely = Live(objects.spec, twin).completing(inputs)
        if owners[str(twin["id"])] is None and objects.is_left_behind(call, likely, twin):
            call.ownership.expect(objects.spec, str(twin["id"]), call.resource)
            return twin
    unknown = []
    for twin in others:
        id = str(twin["id"])
        if other := owners[id]:
            call.ownership.refuse_to_share(objects.spec, id, call.resource, other)
        else:
            unknown.append(id)
    if unknown:
        recorded = [call.ownership.recorded_owner(objects.spec, id) for id in unknown]
        recorded_as = next(filter(None, recorded), "")
        raise AlreadyExists(objects.spec, inputs, unknown, recorded_as, call.resource)
    return None


def _find_made(objects: Objects, call: Call, inputs: Inputs, known: set[str]) -> Answer | None:
    """Find what a POST made before its answer was lost."""
    try:
        for _ in call.run.lag.looks():
            twins = objects.list_by_key(call, inputs, fresh=True)
            new = [twin for twin in twins if twin["id"] not in known]
            if new:
                break
        else:
            return None
        is_it = len(new) == 1 and objects.is_just_made(call, inputs, new[0])
    except LumosError as error:
        call.run.lag.wait()
        # This look has failed, but what the POST has made is as unknown as before.
        error.in_doubt = True
        raise
    if not is_it:
        raise AlreadyExists(objects.spec, inputs, [str(item["id"]) for item in new])
    return new[0]
