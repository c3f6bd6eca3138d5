"""Fields that Lumos takes only once another object is there, which may be made in the same run.

A program makes an app before what belongs to it, while Lumos refuses some settings of the app
before it has that. So `Objects` leaves out what is refused for that reason, and sends it as soon as
this run has made the object it waits for. The state says which fields had to wait, until the app
is changed again: meanwhile each run asks Lumos whether it has them, and if not says so and sends
them. This file is the part that asks nobody.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from pulumi_lumos.declare.fields import Awaited
from pulumi_lumos.declare.flow import Answer, Body, Inputs, State
from pulumi_lumos.declare.spec import ShapeSpec, Values

from .paths import Path, nested, value_at
from .projection import deep_merge, to_inputs

AWAITS = "awaits"
"""The output that names the fields which wait for another object."""


def refused_for_now(shape: ShapeSpec, body: Body, refused: Iterable[str]) -> Mapping[Path, Awaited]:
    """The fields of a body that Lumos may take later, by the paths that it has refused.

    Not every refusal names a path: then any of these fields may be meant.
    """
    named = set(refused) or {""}
    return {
        at: awaited
        for at, awaited in _late(shape, ())
        if value_at(body, at) is not None and named & {"", ".".join(at)}
    }


def without_late(shape: ShapeSpec, inputs: Inputs) -> Values:
    """Inputs without the fields that Lumos may take only later."""
    return without(inputs, [at for at, _ in _late(shape, ())])


def as_given(values: Values, managed: Values, awaited: list[str]) -> Values:
    """Return a state as if the awaited fields were set: this run sets them later."""
    given: Values = deep_merge(values, _picked(managed, awaited))
    return given


def as_it_is(shape: ShapeSpec, state: State, live: Answer) -> Values:
    """The state with the awaited fields as Lumos has them by now."""
    current: Values = deep_merge(state, _picked(to_inputs(shape, live), state[AWAITS]))
    return current


def without(values: Values, paths: list[Path]) -> Values:
    """Remove some fields, and the groups that have no field left."""
    kept: Values = {}
    for name, value in values.items():
        below = [at[1:] for at in paths if at[0] == name]
        if () in below:
            continue
        # A group whose fields are not known yet is no dict.
        cut = bool(below) and isinstance(value, dict)
        kept[name] = without(value, below) if cut else value
        if cut and not kept[name]:
            del kept[name]
    return kept


def _picked(values: Values, names: list[str]) -> Values:
    """The fields of some property paths alone."""
    picked: Values = {}
    for at in (tuple(name.split(".")) for name in names):
        if value_at(values, at) is not None:
            picked = deep_merge(picked, nested(at, value_at(values, at)))
    return picked


def _late(shape: ShapeSpec, above: Path) -> Iterator[tuple[Path, Awaited]]:
    for name, field in shape.fields.items():
        if field.marks.waits_for:
            yield (*above, name), field.marks.waits_for
        elif field.group:
            yield from _late(field.group, (*above, name))
