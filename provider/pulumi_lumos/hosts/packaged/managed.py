"""The part of a state that a program manages.

The engine hands a provider the inputs of the last run beside the outputs. The outputs of a
resource that was imported hold all that Lumos holds; only what the program gives is compared.
"""

from __future__ import annotations

from pulumi_lumos.declare.spec import FieldSpec, ShapeSpec, Values


def only_managed(shape: ShapeSpec, state: Values, given: Values) -> Values:
    """Leave out the fields that are not given; what is no field stays."""
    if not given:
        return state
    kept: Values = {}
    for name, value in state.items():
        field = shape.fields.get(name)
        if field is None:
            kept[name] = value
        elif given.get(name) is not None:
            kept[name] = _within(field, value, given[name])
    return kept


def _within(field: FieldSpec, value: object, given: object) -> object:
    if field.group and isinstance(value, dict) and isinstance(given, dict):
        return only_managed(field.group, value, given)
    return value


def keep_unsaid(shape: ShapeSpec, old: Values, new: Values) -> Values:
    """Add to the new inputs the old values of the fields that they leave out.

    For the first run after a move from the dynamic host. The engine does not know its names, so it
    removes a property with `ignore_changes` that the old inputs seem not to have.
    """
    kept = dict(new)
    for name, field in shape.fields.items():
        before, after = old.get(name), new.get(name)
        if before is None:
            continue
        if after is None:
            kept[name] = before
        elif field.group and isinstance(before, dict) and isinstance(after, dict):
            kept[name] = keep_unsaid(field.group, before, after)
    return kept
