"""Random values for a resource, derived from what its kind declares."""

from __future__ import annotations

import copy
import re
from typing import Any, Literal, get_args, get_origin

from hypothesis import strategies as st
from hypothesis.strategies import DrawFn, SearchStrategy
from pulumi_lumos.declare.flow import Inputs
from pulumi_lumos.declare.spec import (
    FieldSpec,
    Item,
    Json,
    ListOf,
    Reference,
    Scalar,
    ShapeSpec,
    TypeSpec,
)
from pulumi_lumos.emulator import seed_ids
from pulumi_lumos.kinds import kinds
from pulumi_lumos.kinds.shapes import APPS, GROUPS, PERMISSIONS, USERS, WEBHOOKS
from pulumi_lumos.values.changes import item_shape
from pulumi_lumos.values.paths import value_at

from ..kinds import FACTS
from .world import FREE_TEXTS, OF_THE_APP, TEXTS, Place, Values, refusals

ROUNDS_OF_REPAIR = 30
LEFT_TO_OTHER_TESTS = {"adopt"}
CONDITIONS = [
    {"and": [{"attribute": {"value": "identity.title"}, "in": ["Engineer", "Designer"]}]},
    {"or": [{"not": {"equals": 1}}, {"equals": True}]},
]

STEP = re.compile(r"\[(\d+)\]|([^.\[\]]+)")


@st.composite
def programs(draw: DrawFn, place: Place) -> Values:
    """Inputs of a resource that are valid by type and by every rule."""
    return draw(repaired(place, draw(_drawn(place, draw(st.sampled_from(place.apps))))))


@st.composite
def edited(draw: DrawFn, place: Place, given: Values) -> Values:
    """The same with one field given otherwise, begun or left out."""
    values = copy.deepcopy(given)
    path = draw(st.sampled_from(_drawn_fields(place)))
    field, was = _field(place, path), value_at(given, path)
    if was is not None and not field.required and draw(st.booleans()):
        del value_at(values, path[:-1])[path[-1]]
    else:
        other = _field_values(place, field, app_of(place, given), path).filter(
            lambda value: value != was
        )
        _put(values, path, draw(other))
    return draw(repaired(place, values))


@st.composite
def edits_by_hand(draw: DrawFn, place: Place, app_id: str) -> Values:
    """A request that changes a few fields in Lumos, which keeps fewer rules than programs."""
    open_to_edits = [
        path
        for path in _drawn_fields(place)
        if not (_field(place, path).marks.option or _field(place, path).marks.replaces)
        # An attachment's group is its permission's, which nobody can change.
        and path != ("group",)
    ]
    body: Values = {}
    for path in draw(st.sets(st.sampled_from(open_to_edits), min_size=1, max_size=5)):
        _put(body, path, draw(_field_values(place, _field(place, path), app_id, path)))
    named = place.spec.key[-1]
    return {**body, **({named: f"By hand: {body[named]}"} if named in body else {})}


def _put(values: Values, path: tuple[str, ...], value: Any) -> None:
    *above, last = path
    for step in above:
        values = values.setdefault(step, {})
    values[last] = value


@st.composite
def repaired(draw: DrawFn, place: Place, values: Values) -> Values:
    """The values; those that break a rule are drawn again or left out, until none does."""
    lifecycle = kinds()[place.kind].lifecycle
    values = copy.deepcopy(values)
    for number in range(ROUNDS_OF_REPAIR):
        problems = lifecycle.problems(Inputs(values)) or refusals(values)
        if not problems:
            return values
        steps = [_step(match) for match in STEP.finditer(problems[0][0])]
        _mend(draw, place, values, steps, leave_out=number % 2 == 1)
    return {name: values[name] for name, field in place.spec.fields.items() if field.required}


def app_of(place: Place, values: Values) -> str:
    """The app that a resource is about, as far as it says."""
    app_id: str = values.get("app_id", place.apps[0])
    return app_id


def _step(match: re.Match[str]) -> str | int:
    return int(match[1]) if match[1] else match[2]


def _mend(
    draw: DrawFn, place: Place, values: Values, steps: list[str | int], *, leave_out: bool
) -> None:
    parent: Any = values
    for step in steps[:-1]:
        parent = parent[step]
    last = steps[-1]
    field = _field(place, tuple(str(step) for step in steps if isinstance(step, str)))
    if isinstance(last, int):
        del parent[last]
    elif leave_out and not field.required:
        parent.pop(last, None)
    else:
        path = tuple(str(step) for step in steps)
        parent[last] = draw(_field_values(place, field, app_of(place, values), path).filter(bool))


def _field(place: Place, path: tuple[str, ...]) -> FieldSpec:
    shape: TypeSpec = place.spec.shape
    for name in path:
        shape = shape.item if isinstance(shape, ListOf) else shape
        assert isinstance(shape, ShapeSpec)
        field = shape.fields[name]
        shape = field.type
    return field


def _drawn_fields(place: Place) -> list[tuple[str, ...]]:
    """Every field that may be given and is no mere group of others."""
    forbidden = FACTS[place.kind].left_to_other_tests
    return [path for path in _declared(place.spec.shape) if path not in forbidden]


def _declared(shape: ShapeSpec, above: tuple[str, ...] = ()) -> list[tuple[str, ...]]:
    found = []
    for name, field in shape.fields.items():
        if field.group:
            found += _declared(field.group, (*above, name))
        elif name not in LEFT_TO_OTHER_TESTS:
            found.append((*above, name))
    return found


def _drawn(place: Place, app_id: str) -> SearchStrategy[Values]:
    """Values of the right types, whatever the rules say."""
    return _shape(place, place.spec.shape, app_id, ())


def _shape(
    place: Place, shape: ShapeSpec, app_id: str, at: tuple[str, ...]
) -> SearchStrategy[Values]:
    forbidden = FACTS[place.kind].left_to_other_tests
    drawn = {
        name: _field_values(place, field, app_id, (*at, name))
        for name, field in shape.fields.items()
        if name not in LEFT_TO_OTHER_TESTS and (*at, name) not in forbidden
    }
    required = {name: values for name, values in drawn.items() if shape.fields[name].required}
    optional = {name: values for name, values in drawn.items() if name not in required}
    return st.fixed_dictionaries(required, optional=optional)


def _field_values(
    place: Place, field: FieldSpec, app_id: str, at: tuple[str, ...]
) -> SearchStrategy[Any]:
    if field.name == "app_id":
        return st.just(app_id)
    if field.name == "permission":
        return st.sampled_from(place.sources)
    if field.name in ("label", place.spec.key[-1]):
        return st.sampled_from(place.names)
    if field.name in OF_THE_APP:
        return st.just(place.texts[app_id][field.name])
    return _typed(place, field.type, field, app_id, at)


def _typed(
    place: Place, spec: TypeSpec, field: FieldSpec, app_id: str, at: tuple[str, ...]
) -> SearchStrategy[Any]:
    inner = item_shape(spec)
    if inner is not None:
        # No item names what another one names.
        apps = [_item(place, inner, app) for app in place.apps]
        return st.lists(st.one_of(apps), min_size=1, max_size=2, unique_by=lambda one: one["id"])
    if isinstance(spec, ListOf):
        item = _typed(place, spec.item, field, app_id, at)
        return st.lists(item, max_size=4, unique_by=repr)
    if isinstance(spec, ShapeSpec):
        known = references(place, spec, field, app_id)
        return st.sampled_from(known) if known else _shape(place, spec, app_id, at)
    if isinstance(spec, Json):
        return st.sampled_from(CONDITIONS)
    return _scalar(spec, field.name)


def _item(place: Place, shape: Item, app_id: str) -> SearchStrategy[Any]:
    """An item that names an app, with what a program may say of it."""
    own = {
        name: _typed(place, shape.fields[name].type, shape.fields[name], app_id, (name,))
        for name in shape.own
    }
    return st.fixed_dictionaries({"id": st.just(app_id)}, optional=own)


def _scalar(spec: Scalar, name: str) -> SearchStrategy[Any]:
    if get_origin(spec.annotation) is Literal:
        return st.sampled_from(get_args(spec.annotation))
    if spec.annotation is bool:
        return st.booleans()
    if spec.annotation is str:
        return st.sampled_from(TEXTS.get(name, FREE_TEXTS))
    return st.integers(1, 100)


def references(place: Place, shape: ShapeSpec, field: FieldSpec, app_id: str) -> list[Values]:
    """What a reference may be; nothing for a shape that is none."""
    if not isinstance(shape, Reference):
        return []
    if shape.refers_to == GROUPS:
        groups = seed_ids.GROUPS.values()
        by_id = [{"app_id": group.app_id, "id": group.id} for group in groups]
        names = ("app_id", "integration_specific_id")
        return by_id + [{name: getattr(group, name) for name in names} for group in groups]
    ids = {
        APPS: [app_id],
        USERS: [user.id for user in seed_ids.USERS.values()],
        WEBHOOKS: [seed_ids.WEBHOOK_IDS.get(field.marks.hook_type, "")],
        PERMISSIONS: place.permissions[app_id],
    }
    return [{"id": id} for id in ids[shape.refers_to]] if shape.refers_to else []
