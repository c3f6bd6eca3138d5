"""Takes an existing object under management, and gives it back as it was found.

Pulumi cannot import a dynamic resource, so adoption is an option of the resource itself. What the
program manages is remembered as it was before, and deletion restores that instead of deleting.
"""

from __future__ import annotations

import json
from typing import Any

from pulumi_lumos.declare.flow import Answer, Inputs, State
from pulumi_lumos.declare.unknown import contains_unknown
from pulumi_lumos.urns import name_of
from pulumi_lumos.values.beside import Beside
from pulumi_lumos.values.changes import Change, changes
from pulumi_lumos.values.live import Live
from pulumi_lumos.values.paths import value_at
from pulumi_lumos.values.projection import project, widened

from .call import Call
from .errors import CannotAdopt
from .objects import Objects
from .ownership import Original
from .references import References
from .settling import apply_until_settled

ADOPT = "adopt"
ADOPTED_REMAINS = "nothing changes: the object stays managed and deletion still gives it back"
"""What happens when a program no longer says `adopt`."""
BEFORE_ADOPTION = "before_adoption"
"""The output that remembers the managed fields as they were found."""
SECRETS_BEFORE = "secrets_before_adoption"
"""The output that names what of it is secret."""


def get_object_to_adopt(objects: Objects, call: Call, inputs: Inputs) -> Answer:
    """Look for the object that `adopt` means, by its id or its natural key; raise CannotAdopt."""
    id = inputs[ADOPT]
    if isinstance(id, str):
        live = objects.read_live(call, id, inputs)
        candidates = [live] if live else []
    else:
        candidates = objects.list_by_key(call, inputs)
    if len(candidates) != 1:
        raise CannotAdopt.none_or_many(
            objects.spec, inputs, [str(item["id"]) for item in candidates]
        )
    fixed = [
        change.name
        for change in Live(objects.spec, candidates[0]).lacks(inputs)
        if change.field.marks.replaces and not contains_unknown(change.new)
    ]
    if fixed:
        raise CannotAdopt.fixed(objects.spec, str(candidates[0]["id"]), fixed)
    return candidates[0]


def describe_adoption(objects: Objects, call: Call, inputs: Inputs, live: Answer) -> str:
    """Say what an adoption will do, for a preview, which may not know all values."""
    id = str(live["id"])
    missing = Live(objects.spec, live).lacks(inputs)
    unknown = [change.name for change in missing if contains_unknown(change.new)]
    named = _named(objects, call, inputs, live) if missing else {}
    changed = [
        _words(change, live, call.beside, named) for change in missing if change.name not in unknown
    ]
    what = f"sets {', '.join(changed)}" if changed else "changes nothing"
    unless = f", unless {', '.join(unknown)} turns out to differ" if unknown else ""
    kept = _kept_by_lumos(objects, inputs)
    name = f"{objects.spec.name} {id}"
    if call.ownership.has_made(objects.spec, id):
        last = name_of(call.ownership.recorded_owner(objects.spec, id) or "")
        return f"takes {name} over from {last}, which has made it, and {what}{unless}{kept}"
    return f"adopts {name} and {what}{unless}{kept}"


def _kept_by_lumos(objects: Objects, inputs: Inputs) -> str:
    """Say that Lumos keeps the fields that it never answers: nobody can compare them."""
    fields = objects.spec.fields
    names = [name for name in inputs if name in fields and fields[name].marks.write_only]
    if not names:
        return ""
    return (
        f"; Lumos keeps the {' and '.join(names)} that it has, and gets those of the program when "
        "the program next changes them"
    )


def _named(objects: Objects, call: Call, inputs: Inputs, live: Answer) -> dict[str, list[str]]:
    """Which people and objects an adoption adds and removes, by name, at each field or list."""
    sent = objects.spec.sent(inputs)
    managed = Live(objects.spec, live).managed(sent)
    return References(objects.spec.shape, managed, sent, call.run.directory).by_place()


def _words(change: Change, live: Answer, beside: Beside, named: dict[str, list[str]]) -> str:
    if beside.hides(change.name):
        return change.name
    said = [
        word
        for place, words in named.items()
        if f"{place}.".startswith(f"{change.name}.")
        for word in words
    ]
    if said:
        return f"{change.name} ({', '.join(said)})"
    now = value_at(live, change.path)
    if any(_has_parts(value) for value in (now, change.new)):
        return change.name
    return f"{change.name}: {_spelled(now)} => {_spelled(change.new)}"


def _has_parts(value: Any) -> bool:
    """Whether a value is too much for a line: an object, or a list of them."""
    within = value if isinstance(value, list) else [value]
    return any(isinstance(one, (dict, list)) for one in within)


def _spelled(value: Any) -> str:
    """A value as JSON has it; a letter of any language as itself."""
    return json.dumps(value, ensure_ascii=False)


def adopt(objects: Objects, call: Call, inputs: Inputs, live: Answer) -> tuple[Answer, State]:
    """Change an object that exists to what the program says.

    Returns it, and the output that remembers how it was found. Nothing is remembered of an object
    that this very stack has made under another name. Raises
    HalfMade, with the output, where the change may have been made without an answer.
    """
    id = str(live["id"])
    body = objects.body(Live(objects.spec, live).lacks(inputs), inputs, lambda: live)
    before = State({})
    if not call.ownership.has_made(objects.spec, id):
        original = call.ownership.original_of(objects.spec, id)
        before[BEFORE_ADOPTION] = found_before(objects, inputs, live, original)
    now = live
    if body:
        as_it_was = State(objects.state(inputs, live) | before)
        now = objects.patch_on_record(call, id, body, as_it_was)
        now = apply_until_settled(objects, call, inputs, now, before)
    return Answer({**live, **now}), before


def remembered(state: State) -> State:
    """The output of a state that remembers how an object was found, if it was."""
    return State({BEFORE_ADOPTION: state[BEFORE_ADOPTION]} if BEFORE_ADOPTION in state else {})


def managed_before_adoption(objects: Objects, inputs: Inputs, live: Answer) -> Inputs:
    """The values that Lumos has for the fields that the program manages."""
    shape, there = objects.spec.shape, Live(objects.spec, live)
    sent = objects.spec.sent(inputs)
    shown = {name: sent[name] for name in sent if not shape.fields[name].marks.write_only}
    return Inputs(project(shape, shown, there.as_inputs(), there.aliases))


def found_before(
    objects: Objects, inputs: Inputs, live: Answer, original: Original | None
) -> Inputs:
    """What the stack found, with the fields that the program begins to manage now."""
    now = managed_before_adoption(objects, inputs, live)
    if original is None:
        return now
    return Inputs(widened(objects.spec.shape, original.found, original.managed, now))


def give_back(objects: Objects, call: Call, id: str, state: State) -> None:
    """Restore the managed fields as they were found; an object that is gone is no error."""
    live = objects.read_live(call, id, state)
    if live is None:
        return
    managed = objects.spec.sent(objects.spec.inputs(state))
    differs = changes(
        objects.spec.shape, managed, state[BEFORE_ADOPTION], Live(objects.spec, live).aliases
    )
    body = objects.body(differs, state[BEFORE_ADOPTION], lambda: live)
    if body:
        objects.patch(call, id, body)
