"""The bodies of the requests that change an object."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from pulumi_lumos.declare.fields import ABSENT
from pulumi_lumos.declare.flow import Body
from pulumi_lumos.declare.spec import FieldSpec, Item, ShapeSpec, TypeSpec, Values

from .changes import Change, by_key, item_shape, key_of
from .identity import aliases_in
from .paths import value_at
from .projection import merge, to_inputs


def update_body(
    shape: ShapeSpec, changed: list[Change], new: Values, live: Callable[[], Values]
) -> Body:
    """Make the body of a PATCH: the changed fields, and the fields that Lumos would reset.

    The PATCH schemas declare defaults for some fields ("appstore_visibility": "HIDDEN"), so such
    a field travels with every object that is sent: with the program's value where it manages the
    field, else with the one Lumos holds. `live` is only called when that is needed.
    """
    body = Body({})
    for change in changed:
        marks = change.field.marks
        if not marks.option and not (marks.write_only and change.new is None):
            _place(body, change)
    if body:
        _add_connecting(shape, body, new)
        _add_companions(shape, body, new, live, ())
        _fill_items(shape, body, live, ())
    return body


def whole_body(
    shape: ShapeSpec, changed: list[Change], new: Values, live: Callable[[], Values]
) -> Body:
    """Make the body of a PUT: the values that Lumos has, with those of the program and the changes.

    A PUT replaces the object, so it also carries the fields that the program does not manage, as
    Lumos has them.
    """
    sent = [change for change in changed if not change.field.marks.option]
    if not sent:
        return Body({})
    given = {name: new[name] for name in new if not shape.fields[name].marks.option}
    body: Body = merge(shape, to_inputs(shape, live()), given)
    for change in sent:
        _place(body, change)
    _fill_items(shape, body, live, ())
    return body


def clearing_body(changed: list[Change]) -> Body:
    """Make the part of a body that clears the fields that the program no longer gives."""
    body = Body({})
    for change in changed:
        if change.new is None:
            _place(body, change)
    return body


def _place(body: Values, change: Change) -> None:
    *above, name = change.path
    for step in above:
        body = body.setdefault(step, {})
    body[name] = change.field.clearing if change.new is None else change.new


def _add_companions(
    shape: ShapeSpec,
    body: Values,
    managed: Values,
    live: Callable[[], Values],
    at: tuple[str, ...],
) -> None:
    for name, field in shape.fields.items():
        if name in body:
            if field.group and body[name] is not None:
                within = managed.get(name) or {}
                _add_companions(field.group, body[name], within, live, (*at, name))
        elif _resets_itself(field) or field.marks.required_by_patch:
            value = managed.get(name)
            if value is None:
                value = to_inputs(field.type, value_at(live(), (*at, name)))
            if value is not None:
                body[name] = value


def _add_connecting(shape: ShapeSpec, body: Body, new: Values) -> None:
    """Beside one field that connects an object, send all of them: Lumos takes them together."""
    names = [name for name, field in shape.fields.items() if field.marks.connects]
    if any(name in body for name in names):
        body.update({name: new[name] for name in names if new.get(name) is not None})


def _fill_items(
    shape: ShapeSpec, body: Values, live: Callable[[], Values], at: tuple[str, ...]
) -> None:
    """Give each item that is sent the fields that the program does not manage, as Lumos has them.

    Lumos replaces a list as a whole, and would reset them.
    """
    for name, field in shape.fields.items():
        value = body.get(name)
        inner = item_shape(field.type)
        if inner is not None and isinstance(value, list):
            body[name] = _filled(field.type, inner, value, value_at(live(), (*at, name)))
        elif isinstance(field.type, ShapeSpec) and isinstance(value, dict):
            _fill_items(field.type, value, live, (*at, name))


def _filled(spec: TypeSpec, shape: Item, items: list[Values], live: Any) -> list[Values]:
    aliases = aliases_in(spec, live)
    known = by_key(shape, live, aliases)
    return [
        {**_own(shape, known.get(repr(key_of(shape, item, aliases)), {})), **item} for item in items
    ]


def _own(shape: Item, live: Values) -> Values:
    values = to_inputs(shape, live)
    return {name: values[name] for name in shape.own if name in values}


def _resets_itself(field: FieldSpec) -> bool:
    return field.marks.default is not ABSENT and field.marks.default is not None
