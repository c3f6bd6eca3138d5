"""Writes the objects of one app as a module of a program."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from pulumi_lumos.declare.spec import FieldSpec, ListOf, Reference, ShapeSpec, TypeSpec, Values
from pulumi_lumos.lifecycle.adoption import ADOPT
from pulumi_lumos.lookups import kinds
from pulumi_lumos.lookups.reading import Lookups
from pulumi_lumos.printable import printable

from .code import Expression, FromConfig, call, comment, literal
from .inputs import Declarable, completed, declarable
from .names import slug, unique_slugs
from .references import ModuleNames
from .tenant import Found, Ref


class Module(NamedTuple):
    """One file of a program: its source, what it declares by which name, and what it cannot say."""

    source: str
    declared: Mapping[Ref, str]
    left_out: list[str]


class Declaration(NamedTuple):
    """One resource, ready to be written; without arguments, it cannot be declared."""

    ref: Ref
    name: str
    arguments: Values
    left_out: list[str]


class Scope(NamedTuple):
    """What the module of an app contains.

    names: the name of each object in the program; those without one are named after what people
    call them. held: all objects of the app, among which `adopt` has to find these. more:
    what the program says of an object beside what Lumos answers. adopts: whether the program says
    `adopt`.
    """

    objects: Sequence[Found]
    held: Sequence[Found]
    names: Mapping[Ref, str]
    more: Mapping[Ref, Values]
    adopts: bool = True


def module_of(app: Values, name: str, scope: Scope, lookups: Lookups) -> Module:
    """The module of an app; `name` is unique, and the names of the resources begin with it."""
    objects = scope.objects
    ordered = _ordered(objects)
    said = [
        completed(one.lifecycle, declarable(*one, adopts=scope.adopts), scope.more.get(one.ref, {}))
        for one in ordered
    ]
    declared = [one for one, (inputs, _) in zip(ordered, said, strict=True) if inputs]
    references = ModuleNames(lookups, str(app["id"]), _permissions(declared))
    names = {**_names(name, ordered), **scope.names}
    adoptions = _adoptions(ordered, scope.held) if scope.adopts else {}
    declarations = [
        _declaration(one, names[one.ref], found, adoptions.get(one.ref), references)
        for one, found in zip(ordered, said, strict=True)
    ]
    title = printable(str(app.get("user_friendly_label") or name))
    blocks = [
        f'"""{_in_docstring(title)}."""\n\n{_imports(declarations)}\n',
        *references.statements,
        "",
        *(_statement(one, references) for one in declarations),
        "",
    ]
    left_out = [f"{one.name}: {why}" for one in declarations for why in one.left_out]
    by_name = {one.ref: one.name for one in declarations if one.arguments}
    return Module("\n".join(blocks), by_name, left_out)


def _imports(declarations: Sequence[Declaration]) -> str:
    """The imports of a module, and the configuration if it reads any."""
    imports = "import pulumi_lumos as lumos"
    values = [value for one in declarations for value in one.arguments.values()]
    if any(isinstance(value, FromConfig) for value in values):
        return f"import pulumi\n{imports}\n\nconfig = pulumi.Config()"
    return imports


def _ordered(objects: Sequence[Found]) -> list[Found]:
    """By kind, as they come, then by what people call them."""
    kinds_in_order = list(dict.fromkeys(one.lifecycle.spec.name for one in objects))
    places = {kind: number for number, kind in enumerate(kinds_in_order)}
    return sorted(
        objects, key=lambda one: (places[one.lifecycle.spec.name], *_key(one), str(one.live["id"]))
    )


def _key(found: Found) -> tuple[str, ...]:
    """What names an object for people, with its kind."""
    spec = found.lifecycle.spec
    return (spec.name, *(str(found.live.get(name)) for name in spec.key))


def _permissions(objects: Sequence[Found]) -> Mapping[str, str]:
    """The labels of the permissions among some objects, by id."""
    permissions = kinds.PERMISSION.collection
    return {
        str(live["id"]): str(live.get(permissions.called))
        for lifecycle, live in objects
        if lifecycle.spec.endpoints.list.path == permissions.path
    }


def _names(module: str, objects: Sequence[Found]) -> dict[Ref, str]:
    """A resource name for each object, unique within its kind in the whole program."""
    texts: dict[str, dict[str, str]] = defaultdict(dict)
    for one in objects:
        texts[one.lifecycle.spec.name][str(one.live["id"])] = _key(one)[-1]
    slugs = {kind: unique_slugs(texts[kind], slug(kind)) for kind in texts}
    return {
        one.ref: module if one.lifecycle.spec.id else f"{module}.{slugs[one.ref[0]][one.ref[1]]}"
        for one in objects
    }


def _adoptions(objects: Sequence[Found], held: Sequence[Found]) -> dict[Ref, str | bool]:
    """The value of `adopt` for each: True where its natural key names one object, else its id."""
    namesakes = Counter(_key(one) for one in held)
    return {
        one.ref: one.ref[1]
        # `adopt` looks for a key among all objects, also those that are never exported.
        if namesakes[_key(one)] > 1 or one.lifecycle.spec.endpoints.export_query
        else True
        for one in objects
    }


def _declaration(
    found: Found,
    name: str,
    said: Declarable,
    adopt: str | bool | None,
    references: ModuleNames,
) -> Declaration:
    if not said.inputs:
        return Declaration(found.ref, name, {}, said.left_out)
    arguments = _fields(found.lifecycle.spec.shape, said.inputs, references)
    adoption = {} if adopt is None else {ADOPT: adopt}
    return Declaration(found.ref, name, {**arguments, **adoption}, said.left_out)


def _statement(declaration: Declaration, references: ModuleNames) -> str:
    notes = [comment(f"Left to Lumos: {why}") for why in declaration.left_out]
    if not declaration.arguments:
        return "\n".join([comment(f"Not declared: {declaration.name}"), *notes])
    kind, id = declaration.ref
    assigned = references.resources.get(id, "")
    function = f"lumos.{kind}"
    statement = call(function, declaration.arguments, declaration.name, assigned=assigned)
    return "\n".join([*notes, statement])


def _fields(shape: ShapeSpec, values: Values, references: ModuleNames) -> Values:
    return {
        name: _written(field, field.type, values[name], references)
        for name, field in shape.fields.items()
        if name in values
    }


def _written(field: FieldSpec, spec: TypeSpec, value: Any, references: ModuleNames) -> Any:
    """A value as the program has it: references instead of ids, sets in one order."""
    if isinstance(spec, ListOf):
        # Lumos answers sets in any order, so sort them by id.
        items = sorted(value, key=repr) if field.marks.unordered else value
        written = [_written(field, spec.item, item, references) for item in items]
        return sorted(written, key=_natural) if field.marks.unordered else written
    if isinstance(spec, ShapeSpec):
        fields = _fields(spec, value, references)
        if isinstance(spec, Reference) and spec.refers_to and "id" in value:
            fields["id"] = references.to(spec.refers_to, value["id"])
        return fields
    if field.marks.refers_to:
        return references.to(field.marks.refers_to, value)
    return value


def _natural(value: Any) -> list[tuple[int, int, str]]:
    """The key that sorts texts as people do: numbers in them by their size."""
    text = str(value) if isinstance(value, (str, Expression)) else literal(value)
    parts = re.split(r"(\d+)", text)
    return [(0, int(part), "") if part.isdigit() else (1, 0, part) for part in parts if part]


def _in_docstring(text: str) -> str:
    return text.replace("\\", "\\\\").replace('"', '\\"')
