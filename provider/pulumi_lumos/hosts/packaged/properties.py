"""Properties as they go over the wire, and as the lifecycle takes them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from google.protobuf import struct_pb2
from pulumi.runtime import rpc

from pulumi_lumos.declare.spec import FieldSpec, ListOf, Problem, ShapeSpec, TypeSpec, Values
from pulumi_lumos.declare.unknown import UNKNOWN
from pulumi_lumos.lifecycle.adoption import BEFORE
from pulumi_lumos.lifecycle.protocol import Lifecycle
from pulumi_lumos.values.identity import ALIASES

from .names import DYNAMIC, camel

SIGNATURE = rpc._special_sig_key
SECRET = rpc._special_secret_sig

Types = Mapping[str, TypeSpec | None]
"""The type of each property by its declared name; None for one whose content is kept as it is."""


def inputs_of(lifecycle: Lifecycle) -> Types:
    """The properties that a program gives."""
    return {name: one.type for name, one in lifecycle.spec.fields.items()}


def outputs_of(lifecycle: Lifecycle) -> Types:
    """The properties that a state holds: what the program gave, and what only Lumos sets."""
    spec = lifecycle.spec
    computed = {name: one.type for name, one in spec.computed.items()}
    found = {BEFORE: lifecycle.adopts.shape} if BEFORE in lifecycle.remembers else {}
    remembered = dict.fromkeys([ALIASES, *lifecycle.remembers])
    return {**remembered, **found, **computed, **inputs_of(lifecycle)}


@dataclass(frozen=True)
class Given:
    """Properties of one resource as the engine gives them.

    secret: the paths of secrets, without the places of items in lists. hidden: properties whose
    names begin with two underscores, which no declaration has. problems: names that are written
    as another language writes them.
    """

    values: Values
    secret: frozenset[str] = frozenset()
    hidden: Values = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()


def read(types: Types, properties: struct_pb2.Struct, *, old: bool = False) -> Given:
    """Properties by their declared names.

    Those of an `old` state may be spelled as the dynamic host spells them.
    """
    reader = _Reader(old)
    values = reader.read_object(types, properties, "")
    hidden = {name: values.pop(name) for name in list(values) if name.startswith("__")}
    return Given(values, frozenset(reader.secret), hidden, tuple(reader.problems))


def is_from_dynamic_host(properties: struct_pb2.Struct) -> bool:
    """Whether the dynamic host has recorded these properties."""
    return DYNAMIC in properties.fields


class _Reader:
    def __init__(self, old: bool) -> None:
        self._old = old
        self.secret: set[str] = set()
        self.problems: list[Problem] = []

    def read_object(self, types: Types, properties: struct_pb2.Struct, at: str) -> Values:
        declared = {camel(name): name for name in types}
        values: Values = {}
        for spelled, value in properties.fields.items():
            name = declared.get(spelled, spelled)
            path = f"{at}.{name}" if at else name
            if spelled not in declared and spelled in types and not self._old:
                self._note_spelling(path, spelled)
                continue
            found = self.read_value(types.get(name), value, path)
            if found is not None:
                values[name] = found
        return values

    def _note_spelling(self, path: str, spelled: str) -> None:
        reason = f"there is no property {spelled} here; did you mean {camel(spelled)}?"
        # A name without an underscore is spelled alike everywhere, so this one has one.
        self.problems.append((path, reason))

    def read_value(self, type: TypeSpec | None, value: struct_pb2.Value, at: str) -> Any:
        kind = value.WhichOneof("kind")
        if kind == "struct_value":
            return self._read_struct(type, value.struct_value, at)
        if kind == "list_value":
            item = type.item if isinstance(type, ListOf) else None
            return [self.read_value(item, one, at) for one in value.list_value.values]
        if kind == "number_value":
            number = value.number_value
            return int(number) if number.is_integer() else number
        if kind in (None, "null_value"):
            return None
        found = getattr(value, kind)
        return UNKNOWN if found == rpc.UNKNOWN else found

    def _read_struct(self, type: TypeSpec | None, value: struct_pb2.Struct, at: str) -> Any:
        if value.fields[SIGNATURE].string_value == SECRET if SIGNATURE in value.fields else False:
            self.secret.add(at)
            return self.read_value(type, value.fields["value"], at)
        shape = type.fields if isinstance(type, ShapeSpec) else {}
        if not shape:
            return {name: self.read_value(None, one, at) for name, one in value.fields.items()}
        return self.read_object({name: one.type for name, one in shape.items()}, value, at)


def write(types: Types, values: Values, secret: Iterable[str] = ()) -> struct_pb2.Struct:
    """Properties for the engine, with those at some paths marked as secrets."""
    writer = _Writer(frozenset(secret))
    struct = struct_pb2.Struct()
    struct.update({camel(n): writer.spell(types.get(n), one, n) for n, one in values.items()})
    return struct


class _Writer:
    def __init__(self, secret: frozenset[str]) -> None:
        self._secret = secret

    def spell(self, type: TypeSpec | None, value: Any, at: str) -> Any:
        spelled = self._spell_within(type, value, at)
        return rpc.wrap_rpc_secret(spelled) if at in self._secret else spelled

    def _spell_within(self, type: TypeSpec | None, value: Any, at: str) -> Any:
        if value is UNKNOWN:
            return rpc.UNKNOWN
        if isinstance(value, list):
            item = type.item if isinstance(type, ListOf) else None
            return [self._spell_within(item, one, at) for one in value]
        if not isinstance(value, dict):
            return value
        if rpc.is_rpc_secret(value):
            return rpc.wrap_rpc_secret(self._spell_within(type, value["value"], at))
        if isinstance(type, ShapeSpec):
            return self._spell_fields(type.fields, value, at)
        return {name: self._spell_within(None, one, at) for name, one in value.items()}

    def _spell_fields(self, fields: Mapping[str, FieldSpec], value: Values, at: str) -> Values:
        types = {name: one.type for name, one in fields.items()}
        return {
            camel(name): self.spell(types.get(name), one, f"{at}.{name}")
            for name, one in value.items()
        }
