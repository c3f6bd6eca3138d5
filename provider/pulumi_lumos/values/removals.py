"""What people notice when a program stops giving a field.

Lumos gets the value of an object that nobody has configured. Where that hides something from
people, or opens something to them, the field declares it in words (the mark `removed`).
"""

from __future__ import annotations

import json
from collections.abc import Iterator

from pulumi_lumos.declare.spec import FieldSpec, Problem, ShapeSpec, Values
from pulumi_lumos.declare.unknown import contains_unknown

from .changes import by_key, changes, item_shape, key_of
from .live import Live
from .paths import value_at
from .projection import means_nothing


def removals(shape: ShapeSpec, old: Values, new: Values) -> Iterator[Problem]:
    """The fields that a program no longer gives, each with what people notice of it."""
    yield from _of_fields(shape, old, new)
    for name, field in shape.fields.items():
        inner = item_shape(field.type)
        if inner is None or not isinstance(new.get(name), list):
            continue
        before = by_key(inner, old.get(name), {})
        for index, item in enumerate(new[name]):
            if contains_unknown(item) or (was := before.get(repr(key_of(inner, item, {})))) is None:
                continue
            for path, reason in _of_fields(inner, was, item):
                yield f"{name}[{index}].{path}", reason


def configured_beside(shape: ShapeSpec, inputs: Values, live: Live) -> Iterator[str]:
    """The fields that somebody has configured in Lumos, and that a program does not give."""
    for change in changes(shape, live.as_inputs(), inputs, live.aliases):
        if change.new is None and _had_effect(change.field, live.as_inputs(), change.path):
            yield change.name


def _of_fields(shape: ShapeSpec, old: Values, new: Values) -> Iterator[Problem]:
    for change in changes(shape, old, new, {}):
        field = change.field
        if change.new is None and field.marks.removed and _had_effect(field, old, change.path):
            value = json.dumps(field.clearing)
            yield (
                change.name,
                f"no longer given, so Lumos goes back to {value}: {field.marks.removed}",
            )


def _had_effect(field: FieldSpec, old: Values, path: tuple[str, ...]) -> bool:
    """Whether Lumos changes anything when it gets the value that clears the field."""
    value = value_at(old, path)
    if contains_unknown(value):
        return True
    return not (value == field.clearing or (not field.clearing and means_nothing(field, value)))
