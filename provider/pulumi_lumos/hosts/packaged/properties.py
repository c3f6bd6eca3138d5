"""Properties as they go over the wire, and as the lifecycle takes them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from google.protobuf import struct_pb2
from pulumi.runtime import rpc

from pulumi_lumos.declare.spec import ListOf, Problem, ShapeSpec, TypeSpec, Values
from pulumi_lumos.declare.unknown import UNKNOWN
from pulumi_lumos.lifecycle.adoption import BEFORE_ADOPTION
from pulumi_lumos.lifecycle.protocol import Lifecycle
from pulumi_lumos.values.identity import ALIASES

from ..names import PROVIDER_PROPERTY, camel

SIGNATURE = rpc._special_sig_key
SECRET = rpc._special_secret_sig

Types = Mapping[str, TypeSpec | None]
"""The type of each property by its declared name; None for one whose content is kept as it is."""


class Properties:
    """The declared properties of an object, made once: each call of the engine looks names up.

    names: the declared name of each property, as the wire spells it. within: by declared name, the
    properties of the object that a property holds, or of each item where it holds a list.
    """

    def __init__(self, types: Types) -> None:
        self.names = {camel(name): name for name in types}
        self.declared = frozenset(types)
        self.within = {
            name: Properties({field.name: field.type for field in shape.fields.values()})
            for name, type in types.items()
            if (shape := _shape_of(type))
        }


def _shape_of(type: TypeSpec | None) -> ShapeSpec | None:
    if isinstance(type, ListOf):
        return _shape_of(type.item)
    return type if isinstance(type, ShapeSpec) and type.fields else None


def inputs_of(lifecycle: Lifecycle) -> Properties:
    """The properties that a program gives."""
    return Properties(_input_types(lifecycle))


def outputs_of(lifecycle: Lifecycle) -> Properties:
    """The properties that a state holds: what the program gave, and what only Lumos sets."""
    spec = lifecycle.spec
    computed = {name: one.type for name, one in spec.computed.items()}
    found = (
        {BEFORE_ADOPTION: lifecycle.adopts.shape} if BEFORE_ADOPTION in lifecycle.remembers else {}
    )
    remembered = dict.fromkeys([ALIASES, *lifecycle.remembers])
    return Properties({**remembered, **found, **computed, **_input_types(lifecycle)})


def _input_types(lifecycle: Lifecycle) -> Types:
    return {name: one.type for name, one in lifecycle.spec.fields.items()}


@dataclass(frozen=True)
class GivenProperties:
    """Properties of one resource as the engine gives them.

    secret: the paths of secrets, without the places of items in lists. hidden: properties whose
    names begin with two underscores, which no declaration has. problems: names that are written
    as another language writes them.
    """

    values: Values
    secret: frozenset[str] = frozenset()
    hidden: Values = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()


def read(
    declared: Properties, properties: struct_pb2.Struct, *, old: bool = False
) -> GivenProperties:
    """Read properties by their declared names.

    Those of an `old` state may be spelled as the dynamic host spells them.
    """
    reader = _Reader(old)
    values = reader.read_object(declared, properties, "")
    hidden = {name: values.pop(name) for name in list(values) if name.startswith("__")}
    return GivenProperties(values, frozenset(reader.secret), hidden, tuple(reader.problems))


def is_from_dynamic_host(properties: struct_pb2.Struct) -> bool:
    """Whether the dynamic host has recorded these properties."""
    return PROVIDER_PROPERTY in properties.fields


class _Reader:
    def __init__(self, old: bool) -> None:
        self._old = old
        self.secret: set[str] = set()
        self.problems: list[Problem] = []

    def read_object(self, declared: Properties, properties: struct_pb2.Struct, at: str) -> Values:
        names, within = declared.names, declared.within
        values: Values = {}
        for spelled, value in properties.fields.items():
            name = names.get(spelled, spelled)
            path = f"{at}.{name}" if at else name
            if spelled not in names and spelled in declared.declared and not self._old:
                self._note_spelling(path, spelled)
                continue
            found = self.read_value(within.get(name), value, path)
            if found is not None:
                values[name] = found
        return values

    def _note_spelling(self, path: str, spelled: str) -> None:
        reason = f"there is no property {spelled} here; did you mean {camel(spelled)}?"
        # A name without an underscore is spelled alike everywhere, so this one has one.
        self.problems.append((path, reason))

    def read_value(self, within: Properties | None, value: struct_pb2.Value, at: str) -> Any:
        kind = value.WhichOneof("kind")
        if kind == "string_value":
            text = value.string_value
            return UNKNOWN if text == rpc.UNKNOWN else text
        if kind == "struct_value":
            return self._read_struct(within, value.struct_value, at)
        if kind == "list_value":
            return [self.read_value(within, one, at) for one in value.list_value.values]
        if kind == "number_value":
            number = value.number_value
            return int(number) if number.is_integer() else number
        return value.bool_value if kind == "bool_value" else None

    def _read_struct(self, within: Properties | None, value: struct_pb2.Struct, at: str) -> Any:
        if SIGNATURE in value.fields and value.fields[SIGNATURE].string_value == SECRET:
            self.secret.add(at)
            return self.read_value(within, value.fields["value"], at)
        if within is None:
            return {name: self.read_value(None, one, at) for name, one in value.fields.items()}
        return self.read_object(within, value, at)


def write(declared: Properties, values: Values, secret: Iterable[str] = ()) -> struct_pb2.Struct:
    """Write properties for the engine, with those at some paths marked as secrets."""
    writer = _Writer(frozenset(secret))
    struct = struct_pb2.Struct()
    struct.update(writer.spell_fields(declared, values, ""))
    return struct


class _Writer:
    def __init__(self, secret: frozenset[str]) -> None:
        self._secret = secret

    def spell_fields(self, declared: Properties, values: Values, at: str) -> Values:
        return {
            camel(name): self._spell(
                declared.within.get(name), value, f"{at}.{name}" if at else name
            )
            for name, value in values.items()
        }

    def _spell(self, within: Properties | None, value: Any, at: str) -> Any:
        spelled = self._spell_within(within, value, at)
        return rpc.wrap_rpc_secret(spelled) if at in self._secret else spelled

    def _spell_within(self, within: Properties | None, value: Any, at: str) -> Any:
        if value is UNKNOWN:
            return rpc.UNKNOWN
        if isinstance(value, list):
            return [self._spell_within(within, one, at) for one in value]
        if not isinstance(value, dict):
            return value
        if rpc.is_rpc_secret(value):
            return rpc.wrap_rpc_secret(self._spell_within(within, value["value"], at))
        if within is not None:
            return self.spell_fields(within, value, at)
        return {name: self._spell_within(None, one, at) for name, one in value.items()}
