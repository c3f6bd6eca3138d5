"""The vendor's schemas of a kind, found through the kind's endpoints."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any, Literal, NamedTuple, get_args, get_origin

from pulumi_lumos.declare.endpoints import Operation
from pulumi_lumos.declare.spec import (
    FieldSpec,
    Json,
    ListOf,
    ObjectSpec,
    Scalar,
    ShapeSpec,
    TypeSpec,
)

from ..contract import vendor_document

JSON_TYPES = {str: "string", bool: "boolean", int: "integer", float: "number"}


@cache
def document() -> dict[str, Any]:
    """The vendor's OpenAPI document; skips the test where there is none."""
    return vendor_document.load()


class Schema(NamedTuple):
    """A schema with its reference followed and `null` taken out of its type."""

    node: Mapping[str, Any]
    nullable: bool

    @property
    def properties(self) -> dict[str, Schema]:
        return {name: schema(node) for name, node in self.node.get("properties", {}).items()}

    @property
    def required(self) -> set[str]:
        """The properties that an object must have."""
        return set(self.node.get("required", ()))


def schema(node: Mapping[str, Any], nullable: bool = False) -> Schema:
    """Read a schema; what stands beside a reference, such as a default, counts too."""
    if "$ref" in node:
        name = node["$ref"].rsplit("/", 1)[1]
        beside = {key: value for key, value in node.items() if key != "$ref"}
        return schema({**document()["components"]["schemas"][name], **beside}, nullable)
    choices = node.get("anyOf", ())
    some = [choice for choice in choices if choice.get("type") != "null"]
    if len(some) == 1:
        beside = {key: value for key, value in node.items() if key != "anyOf"}
        return schema({**some[0], **beside}, nullable or len(some) < len(choices))
    return Schema(node, nullable)


def operation(desired: Operation) -> dict[str, Any] | None:
    """The vendor's description of an operation; parameters may have any name."""
    for path, item in document()["paths"].items():
        if nameless(path) == nameless(desired.path):
            found: dict[str, Any] | None = item.get(desired.method.lower())
            return found
    return None


def nameless(path: str) -> str:
    """A path whose parameters have lost their names."""
    return re.sub(r"{[^}]*}", "{}", path)


def request(desired: Operation) -> Schema:
    """The schema of a request's body."""
    found = operation(desired) or {}
    return schema(found["requestBody"]["content"]["application/json"]["schema"])


def answers(spec: ObjectSpec) -> dict[str, Schema]:
    """All properties that Lumos answers with when an object is made, read or changed."""
    return {name: one for found in _answered(spec) for name, one in found.properties.items()}


def always_answered(spec: ObjectSpec) -> set[str]:
    """The properties that are required wherever Lumos answers with them."""
    found = list(_answered(spec))
    optional = {name for one in found for name in one.properties if name not in one.required}
    return answers(spec).keys() - optional


def _answered(spec: ObjectSpec) -> Iterator[Schema]:
    """What Lumos answers when an object is made, read and changed."""
    for call in (spec.endpoints.create, spec.endpoints.read, spec.endpoints.update):
        responses = (operation(call) or {}).get("responses", {})
        (success,) = (responses[code] for code in responses if code.startswith("2"))
        yield schema(success["content"]["application/json"]["schema"])


class Pair(NamedTuple):
    """A declared field beside the vendor's property of the same path, if there is one."""

    token: str
    path: tuple[str, ...]
    field: FieldSpec
    property: Schema | None
    required: bool


def pairs(
    shape: ShapeSpec, at: Mapping[str, Schema], required: set[str], above: tuple[str, ...] = ()
) -> Iterator[Pair]:
    """Every declared field, the nested ones too, beside the vendor's property.

    Below a field that the vendor does not have, nothing more is said.
    """
    for name, one in shape.fields.items():
        path = (*above, name)
        yield Pair(f"{shape.name}.{name}", path, one, at.get(name), name in required)
        inner = nested(one.type, at.get(name))
        if inner:
            yield from pairs(*inner, path)


def nested(
    spec: TypeSpec, found: Schema | None
) -> tuple[ShapeSpec, dict[str, Schema], set[str]] | None:
    """The shape within a field, through lists, with the vendor's object schema."""
    while isinstance(spec, ListOf):
        items = found.node.get("items") if found else None
        spec, found = spec.item, schema(items) if items else None
    if isinstance(spec, ShapeSpec) and found:
        return spec, found.properties, found.required
    return None


def created(spec: ObjectSpec) -> list[Pair]:
    """The fields of a kind beside the schema of its creation."""
    body = request(spec.endpoints.create)
    return list(pairs(spec.shape, body.properties, body.required))


def updated(spec: ObjectSpec) -> list[Pair]:
    """The fields of a kind beside the schema of its PATCH."""
    body = request(spec.endpoints.update)
    known = body.properties
    if spec.endpoints.connect:
        known |= {
            name: found
            for name, found in request(spec.endpoints.connect).properties.items()
            if name in spec.fields and spec.fields[name].marks.connects
        }
    return list(pairs(spec.shape, known, body.required))


def answered(spec: ObjectSpec) -> list[Pair]:
    """The fields of a kind beside what Lumos answers."""
    known = answers(spec)
    own = {
        name: known[field.marks.answered_as]
        for name, field in spec.fields.items()
        if field.marks.answered_as in known
    }
    return list(pairs(spec.shape, {**known, **own}, set()))


def compatible(spec: TypeSpec, found: Schema, *, open_enum: bool = False) -> bool:
    """Whether a declared type is the vendor's: an enum has the very same choices.

    `open_enum`: a string may stand for an enum, as for outputs that may get new values.
    """
    node = found.node
    if isinstance(spec, ListOf):
        return node.get("type") == "array" and compatible(
            spec.item, schema(node["items"]), open_enum=open_enum
        )
    if isinstance(spec, ShapeSpec | Json):
        return node.get("type") == "object"
    return _same_scalar(spec, node, open_enum)


def _same_scalar(spec: Scalar, node: Mapping[str, Any], open_enum: bool) -> bool:
    if get_origin(spec.annotation) is Literal:
        return set(get_args(spec.annotation)) == set(node.get("enum", ()))
    closed = "enum" in node and not open_enum
    return JSON_TYPES.get(spec.annotation) == node.get("type") and not closed


def accepts(found: Schema, value: Any) -> bool:
    """Whether the vendor's schema takes a value, as far as its outermost type says."""
    if value is None:
        return found.nullable
    if "enum" in found.node:
        return value in found.node["enum"]
    kinds = {**JSON_TYPES, list: "array", dict: "object"}
    return kinds.get(type(value)) == found.node.get("type")
