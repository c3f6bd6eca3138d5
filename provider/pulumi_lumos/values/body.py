"""The bodies of PATCH requests."""

from __future__ import annotations

from collections.abc import Callable

from ..declare.fields import ABSENT
from ..declare.spec import FieldSpec, ShapeSpec, Values
from .changes import Change
from .paths import value_at
from .projection import to_inputs


def update_body(
    shape: ShapeSpec, changed: list[Change], new: Values, live: Callable[[], Values]
) -> Values:
    """What to PATCH: the changed fields, and beside them those that Lumos would reset.

    The PATCH schemas declare defaults for some fields ("appstore_visibility": "HIDDEN"), so such
    a field travels with every object that is sent: with the program's value where it manages the
    field, else with the one Lumos holds. `live` is only called when that is needed.
    """
    body: Values = {}
    for change in changed:
        if not change.field.marks.option:
            _place(body, change)
    if body:
        _add_companions(shape, body, new, live, ())
    return body


def clearing_body(changed: list[Change]) -> Values:
    """What clears, in a request, the fields that the program no longer gives."""
    body: Values = {}
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
            inner = field.type
            if isinstance(inner, ShapeSpec) and not inner.identity and body[name] is not None:
                within = managed.get(name) or {}
                _add_companions(inner, body[name], within, live, (*at, name))
        elif _resets_itself(field) or field.marks.required_by_patch:
            value = managed.get(name)
            if value is None:
                value = to_inputs(field.type, value_at(live(), (*at, name)))
            if value is not None:
                body[name] = value


def _resets_itself(field: FieldSpec) -> bool:
    return field.marks.default is not ABSENT and field.marks.default is not None
