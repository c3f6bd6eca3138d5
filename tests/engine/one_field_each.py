"""Resources that each set one field, made from the declarations: a new field has its own at once.

Where a rule demands others beside the field, such as an override flag, they come along.
"""

from __future__ import annotations

import copy
from dataclasses import dataclass
from typing import Any, Literal, get_args, get_origin

from pulumi_lumos.declare.flow import Inputs
from pulumi_lumos.declare.spec import FieldSpec, Json, ListOf, ShapeSpec, TypeSpec
from pulumi_lumos.kinds import kinds

from ..convergence.values import CONDITIONS, references
from ..convergence.world import OF_THE_APP, TEXTS, Place, refusals
from ..drivers.tenant import Tenant
from ..host.held import at
from ..kinds import FACTS

Values = dict[str, Any]

ROUNDS = 10


@dataclass(frozen=True)
class OneField:
    """A resource with one field given, and the same without it."""

    name: str
    kind: str
    path: str
    field: FieldSpec
    given: Values
    cleared: Values
    fallback: Values
    """What Lumos falls back to, where that is not what clearing sends."""

    @property
    def gone(self) -> list[str]:
        """The fields that the program gives up."""
        before, after = set(_leaves(self.given)), set(_leaves(self.cleared))
        return sorted(before - after)


def one_field_each(tenant: Tenant) -> list[OneField]:
    """A resource for every optional field of every kind, with all that it needs in Lumos."""
    found: list[OneField] = []
    for kind, declared in kinds().items():
        for path, field in optional_fields(declared.spec.shape):
            forbidden = tuple(path.split(".")) in FACTS[kind].left_to_other_tests
            stays = path in FACTS[kind].never_cleared
            if not (forbidden or stays) and field.name != "adopt":
                found.append(_resource(tenant, kind, path, field, len(found)))
    return found


def optional_fields(shape: ShapeSpec, below: str = "") -> list[tuple[str, FieldSpec]]:
    """Each optional field that is no mere group of others, by its property path."""
    found: list[tuple[str, FieldSpec]] = []
    for name, field in shape.fields.items():
        if field.group:
            found += optional_fields(field.group, f"{below}{name}.")
        elif not field.required:
            found.append((f"{below}{name}", field))
    return found


def _resource(tenant: Tenant, kind: str, path: str, field: FieldSpec, number: int) -> OneField:
    name = f"{kind}-{number}"
    place, needed = _room(tenant, kind, name)
    spec = place.spec
    required = {
        other.name: needed.get(other.name) or example(place, other)
        for other in spec.fields.values()
        if other.required or other.name in spec.key
    }
    given = copy.deepcopy(required)
    _put(given, path, example(place, field))
    _add_companions(place, given, path)
    cleared = copy.deepcopy(given)
    _put(cleared, path, None)
    if kinds()[kind].lifecycle.problems(Inputs(cleared)) or refusals(cleared):
        cleared = required
    fallback = {"label": name, "appstore_visibility": "HIDDEN"} if "permission" in needed else {}
    fallback |= {name: place.texts[place.apps[0]][name] for name in OF_THE_APP}
    return OneField(name, kind, path, field, given, cleared, fallback)


def _room(tenant: Tenant, kind: str, name: str) -> tuple[Place, Values]:
    """An app of its own with permissions, and the fields by which the resource is told apart."""
    about = {"name": name, "category": "Other", "description": "For one field."}
    made = tenant.call("POST", "/apps", about)
    app: str = made["id"]
    tenant.add_permission(app, "Visible", appstore_visibility="VISIBLE")
    source = tenant.add_permission(app, name)["id"]
    texts = {field: made[name] for field, name in OF_THE_APP.items()}
    place = Place(kind, [app], {app: texts}, {app: [source]}, [source], [name])
    return place, {place.spec.key[-1]: f"{name} itself", "app_id": app, "permission": source}


def example(place: Place, field: FieldSpec) -> Any:
    """A value of the field's type that differs from what clears it."""
    if field.name in OF_THE_APP:
        return place.texts[place.apps[0]][field.name]
    return _typed(place, field.type, field)


def _typed(place: Place, spec: TypeSpec, field: FieldSpec) -> Any:
    if isinstance(spec, ListOf):
        return [_typed(place, spec.item, field)]
    if isinstance(spec, ShapeSpec):
        known = references(place, spec, field, place.apps[0])
        return known[0] if known else {name: example(place, f) for name, f in spec.fields.items()}
    if isinstance(spec, Json):
        return CONDITIONS[0]
    if get_origin(spec.annotation) is Literal:
        return next(choice for choice in get_args(spec.annotation) if choice != field.clearing)
    examples = {bool: True, str: TEXTS.get(field.name, ["Some text."])[0]}
    return examples.get(spec.annotation, 30)


def _add_companions(place: Place, given: Values, path: str) -> None:
    """Give what the rules demand beside the field; where that is not said, all beside it."""
    lifecycle = kinds()[place.kind].lifecycle
    for _ in range(ROUNDS):
        problems = lifecycle.problems(Inputs(given)) or refusals(given)
        if not problems:
            return
        missing = problems[0][0]
        if at(given, missing):
            missing = missing.rpartition(".")[0]
        _put(given, missing, example(place, _field(place.spec.shape, missing)))
    raise AssertionError(f"{place.kind} {path}: {problems}")


def _field(shape: ShapeSpec, path: str) -> FieldSpec:
    name, _, rest = path.partition(".")
    field = shape.fields[name]
    if not rest:
        return field
    assert isinstance(field.type, ShapeSpec)
    return _field(field.type, rest)


def _put(values: Values, path: str, value: Any) -> None:
    *above, last = path.split(".")
    for step in above:
        values = values.setdefault(step, {})
    values[last] = value
    if value is None:
        del values[last]


def _leaves(values: Values, below: str = "") -> list[str]:
    found: list[str] = []
    for name, value in values.items():
        nested = isinstance(value, dict) and not {"id", "integration_specific_id"} & set(value)
        found += _leaves(value, f"{below}{name}.") if nested else [f"{below}{name}"]
    return found
