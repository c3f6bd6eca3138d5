"""What lookups promise is what the vendor's document promises."""

from __future__ import annotations

import dataclasses
import typing
from collections.abc import Iterator
from types import NoneType
from typing import Any

import pytest
from pulumi_lumos.lookups import kinds
from pulumi_lumos.lookups.kinds import LookupKind

from ..laws.vendor import JSON_TYPES, Schema, document, schema

KINDS = [value for value in vars(kinds).values() if isinstance(value, LookupKind)]
every_kind = pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.function)


def answered(kind: LookupKind[Any]) -> Schema:
    """The schema of one object in the list of a kind."""
    operation = document()["paths"][kind.collection.path]["get"]
    answer = schema(operation["responses"]["200"]["content"]["application/json"]["schema"])
    listed = answer if answer.node.get("type") == "array" else answer.properties["items"]
    return schema(listed.node["items"])


def promised(kind: LookupKind[Any]) -> Iterator[tuple[str, Any, bool]]:
    """Each field of a result with its type and whether it may be None."""
    hints = typing.get_type_hints(kind.result)
    for field in dataclasses.fields(kind.result):
        choices = set(typing.get_args(hints[field.name])) or {hints[field.name]}
        (one,) = choices - {NoneType} if NoneType in choices else {hints[field.name]}
        yield field.name, one, NoneType in choices


@every_kind
def test_every_field_is_one_of_lumos_with_its_type(kind: LookupKind[Any]) -> None:
    known = answered(kind)
    for name, promise, may_be_none in promised(kind):
        found = known.properties[name]
        generic = {tuple: "array", dict: "object"}
        json_type = generic.get(typing.get_origin(promise) or promise) or JSON_TYPES[promise]
        assert found.node["type"] == json_type, name
        always = name in known.required and not found.nullable
        # Without an id nothing is found: that is a promise of the lookup itself.
        assert may_be_none == (not always) or name == "id", name


@every_kind
def test_names_searches_and_filters_are_those_of_lumos(kind: LookupKind[Any]) -> None:
    operation = document()["paths"][kind.collection.path]["get"]
    parameters = {parameter["name"] for parameter in operation.get("parameters", ())}
    searches = {key.search for key in kind.keys.values()} | {kind.words}
    steered = {kind.collection.filter, *dict(kind.collection.query)}
    assert (searches | steered) - {""} <= parameters
    assert not searches - {""} or {kind.collection.exact} - {""} <= parameters
    shown = {path.split(".")[0] for path in kind.shown}
    fields = {key.field for key in kind.keys.values()} | shown
    assert fields | ({kind.collection.filter} - {""}) <= set(answered(kind).properties)
