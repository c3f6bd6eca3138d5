"""What Lumos holds, seen through the fields that the program manages.

Answers are fuller than requests: defaults are filled in, related objects come with names and in
any order. Only managed fields are kept, in the program's order and spelling, so that a refresh
shows exactly what somebody else has changed.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pulumi_lumos.declare.fields import ABSENT
from pulumi_lumos.declare.spec import (
    FieldGroup,
    FieldSpec,
    Item,
    ListOf,
    Reference,
    ShapeSpec,
    TypeSpec,
    Values,
)
from pulumi_lumos.declare.unknown import UNKNOWN

from .changes import by_key, item_shape, key_of
from .identity import Aliases, canonical


def project(shape: ShapeSpec, managed: Values, live: Values, aliases: Aliases) -> Values:
    """The managed fields as Lumos has them now; a field that Lumos no longer has is left out."""
    seen: Values = {}
    for name, field in shape.fields.items():
        if managed.get(name) is None:
            continue
        in_part = field.marks.described_by and live.get(field.marks.described_by) is False
        if in_part or field.marks.write_only:
            seen[name] = managed[name]
            continue
        value = _projected(field, managed[name], live.get(name), aliases)
        if value is not None:
            seen[name] = value
    return seen


def _projected(field: FieldSpec, managed: Any, live: Any, aliases: Aliases) -> Any:
    spec = field.type
    if field.marks.option:
        return managed
    if isinstance(spec, FieldGroup) and isinstance(managed, dict):
        return project(spec, managed, live or {}, aliases)
    if means_nothing(field, managed) and means_nothing(field, live):
        return managed
    if isinstance(spec, ListOf) and isinstance(managed, list):
        return _projected_list(field, spec, managed, live or [], aliases)
    same = canonical(spec, managed, aliases) == canonical(spec, live, aliases)
    return managed if same else to_inputs(spec, live)


def _projected_list(
    field: FieldSpec, spec: ListOf, managed: list[Any], live: list[Any], aliases: Aliases
) -> list[Any]:
    if not field.marks.unordered:
        return [to_inputs(spec.item, item) for item in live]
    found = {hashable(key_of(spec, item, aliases)): item for item in live}
    kept = [
        _projected_item(spec, item, found[key], aliases)
        for item in managed
        if (key := hashable(key_of(spec, item, aliases))) in found
    ]
    known = {hashable(key_of(spec, item, aliases)) for item in kept}
    added = [to_inputs(spec.item, item) for key, item in sorted(found.items()) if key not in known]
    return kept + added


def _projected_item(spec: ListOf, managed: Any, live: Any, aliases: Aliases) -> Any:
    """A member of a list as the program spells it, with the values that the object has now."""
    shape = item_shape(spec)
    return managed if shape is None else project(shape, managed, live, aliases)


def hashable(key: Any) -> str:
    return repr(key)


def means_nothing(field: FieldSpec, value: Any) -> bool:
    """Null, an empty value and the declared default are one: Lumos answers any of them."""
    if value is None or value is False or value in ("", [], {}):
        return True
    return field.marks.default is not ABSENT and bool(value == field.marks.default)


def goes_beyond(shape: ShapeSpec, given: Values, live: Values, aliases: Aliases) -> bool:
    """Whether an object has something in a field that its maker did not give.

    A new object has the default there. What is unknown, or Lumos does not tell, is not compared.
    """
    for name, field in shape.fields.items():
        marks, says, has = field.marks, given.get(name), live.get(name)
        in_part = marks.described_by and live.get(marks.described_by) is False
        if marks.option or marks.write_only or in_part or says is UNKNOWN:
            continue
        if field.group:
            if goes_beyond(field.group, says or {}, has or {}, aliases):
                return True
        elif says is None:
            if not (means_nothing(field, has) or has == field.clearing):
                return True
        elif _items_go_beyond(field.type, says, has, aliases):
            return True
    return False


def _items_go_beyond(spec: TypeSpec, given: Any, live: Any, aliases: Aliases) -> bool:
    shape = item_shape(spec)
    if shape is None or not isinstance(given, list) or not isinstance(live, list):
        return False
    known, own = by_key(shape, live, aliases), FieldGroup(shape.name, shape.doc, shape.own_fields)
    return any(
        goes_beyond(own, one, known.get(key, {}), aliases)
        for key, one in by_key(shape, given, aliases).items()
    )


def to_inputs(spec: TypeSpec, live: Any) -> Any:
    """A value of an answer in the form in which a request gives it: declared fields only.

    An object that its id identifies is given by the id, with the other required fields, and
    with its own fields where it is an item.
    """
    if isinstance(spec, ListOf) and isinstance(live, list):
        return [to_inputs(spec.item, item) for item in live]
    if not isinstance(spec, ShapeSpec) or not isinstance(live, Mapping):
        return live
    names = _identifying(spec, live) if isinstance(spec, Reference) else list(spec.fields)
    values = {name: to_inputs(spec.fields[name].type, live.get(name)) for name in names}
    return {name: value for name, value in values.items() if value is not None}


def _identifying(spec: Reference, live: Mapping[str, Any]) -> list[str]:
    way = next((way for way in spec.identity if all(live.get(n) for n in way)), ())
    required = [name for name, field in spec.fields.items() if field.required]
    own = spec.own if isinstance(spec, Item) else ()
    return [name for name in spec.fields if name in {*way, *required, *own}]


def deep_merge(below: Any, above: Any) -> Any:
    """`above` over `below`, object by object."""
    if not isinstance(below, Mapping) or not isinstance(above, Mapping):
        return above
    return {**below, **{name: deep_merge(below.get(name), above[name]) for name in above}}


def merge(spec: TypeSpec, below: Any, above: Any) -> Any:
    """`above` over `below`, field by field; what is given as a whole, such as JSON, stays whole."""
    if isinstance(spec, ListOf) and isinstance(below, list) and isinstance(above, list):
        shape = item_shape(spec)
        return above if shape is None else _merged_items(shape, below, above)
    if not isinstance(spec, FieldGroup) or not _are_objects(below, above):
        return above
    return {
        **below,
        **{
            name: merge(spec.fields[name].type, below.get(name), value)
            if name in spec.fields
            else value
            for name, value in above.items()
        },
    }


def _merged_items(shape: Item, below: list[Values], above: list[Values]) -> list[Values]:
    known = by_key(shape, below, {})
    return [{**known.get(repr(key_of(shape, one, {})), {}), **one} for one in above]


def _are_objects(*values: Any) -> bool:
    return all(isinstance(one, Mapping) for one in values)


def widened(shape: ShapeSpec, found: Values, managed: Values, now: Values) -> Values:
    """`found`, and from `now` the fields that were not `managed` so far.

    A managed field that `found` lacks was null; what an object has there now is no original.
    """
    wider = dict(found)
    for name, value in now.items():
        field, has, was = shape.fields[name], found.get(name), managed.get(name)
        if field.group:
            inner = widened(field.group, has or {}, was or {}, value or {})
            if inner or name in found:
                wider[name] = inner
        elif has is None and was is None:
            wider[name] = value
        elif (inner_shape := item_shape(field.type)) and has and value:
            wider[name] = _widened_items(inner_shape, has, was, value)
    return wider


def _widened_items(shape: Item, found: list[Values], managed: Any, now: list[Values]) -> Any:
    known, before = by_key(shape, now, {}), by_key(shape, managed, {})

    def wider(one: Values) -> Values:
        key = repr(key_of(shape, one, {}))
        was, has = before.get(key, {}), known.get(key, {})
        return {**{name: has[name] for name in has if was.get(name) is None}, **one}

    return [wider(one) for one in found]


def computed_values(fields: Mapping[str, FieldSpec], live: Values, before: Values) -> Values:
    """The computed fields as an answer has them; as before, where it does not speak of them."""
    values: Values = {}
    for name, field in fields.items():
        found = _at((field.marks.at or name).split("."), live)
        value = before.get(name) if found is ABSENT else to_inputs(field.type, found)
        if isinstance(value, list):
            value = sorted(value, key=repr)  # Lumos answers in any order.
        if value is not None:
            values[name] = value
    return values


def as_answered(fields: Mapping[str, FieldSpec], state: Values) -> Values:
    """A state with its computed fields where an answer has them, such as within a group."""
    answer = dict(state)
    for name, field in fields.items():
        *above, last = (field.marks.at or name).split(".")
        if name not in state or not above:
            continue
        inner: Any = {last: state[name]}
        for step in reversed(above):
            inner = {step: inner}
        answer = deep_merge(answer, inner)
    return answer


def _at(steps: list[str], live: Any) -> Any:
    for step in steps:
        if not isinstance(live, Mapping) or step not in live:
            return ABSENT
        live = live[step]
    return live
