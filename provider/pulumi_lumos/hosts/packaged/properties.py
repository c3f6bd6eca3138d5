"""Properties as they go over the wire, and as the lifecycle takes them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from google.protobuf import struct_pb2
from pulumi.runtime import rpc

from pulumi_lumos.declare.spec import ListOf, Problem, ShapeSpec, TypeSpec, Values
from pulumi_lumos.declare.unknown import UNKNOWN
from pulumi_lumos.hosts.names import PROVIDER_PROPERTY, SIGNATURE, camel
from pulumi_lumos.lifecycle.adoption import BEFORE_ADOPTION
from pulumi_lumos.lifecycle.protocol import Lifecycle
from pulumi_lumos.values.identity import ALIASES
from pulumi_lumos.values.paths import STEP, Path, joined

SECRET = rpc._special_secret_sig

Steps = tuple[str | int, ...]
"""The way to a value: the names of properties, and the places of items in lists."""
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

    def spelled(self, name: str) -> str:
        """How the wire spells a property; what is not declared keeps its name."""
        return camel(name) if name in self.declared else name

    def below(self, path: Path) -> Properties | None:
        """The properties of what stands at a path; None where nothing below is declared."""
        below: Properties | None = self
        for name in path:
            below = below and below.within.get(name)
        return below


def spelled_path(declared: Properties, path: str) -> str:
    """A property path as the wire spells it; names below free JSON are the program's own."""
    within: Properties | None = declared

    def spell(step: re.Match[str]) -> str:
        nonlocal within
        name = step["plain"]
        if step["place"] or within is None:
            return step[0]
        spelled = within.spelled(name) if name else step[0]
        within = within.within.get(name)
        return spelled

    return STEP.sub(spell, path)


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
    values = reader.read_object(declared, properties)
    hidden = {name: values.pop(name) for name in list(values) if name.startswith("__")}
    return GivenProperties(values, frozenset(reader.secret), hidden, tuple(reader.problems))


def is_from_dynamic_host(properties: struct_pb2.Struct) -> bool:
    """Whether the dynamic host has recorded these properties."""
    return PROVIDER_PROPERTY in properties.fields


class _Reader:
    """Reads values at their steps: names, and the places of items in lists.

    Four of five calls of a preview only read. So a path becomes a text where somebody needs one.
    """

    def __init__(self, old: bool) -> None:
        self._old = old
        self.secret: set[str] = set()
        self.problems: list[Problem] = []

    def read_object(
        self, declared: Properties, properties: struct_pb2.Struct, at: Steps = ()
    ) -> Values:
        names, within, fields = declared.names, declared.within, properties.fields
        values: Values = {}
        for spelled in fields:
            name = names.get(spelled)
            if name is None:
                if spelled in declared.declared and not self._old:
                    self._note_spelling((*at, spelled))
                    continue
                name = spelled
            found = self._read_value(within.get(name), fields[spelled], (*at, name))
            if found is not None:
                values[name] = found
        return values

    def _note_spelling(self, at: Steps) -> None:
        name = str(at[-1])
        reason = f"there is no property {name} here; did you mean {camel(name)}?"
        # Only a name with an underscore has two spellings, so `camel` changes this one.
        self.problems.append((_path(at), reason))

    def _read_value(self, within: Properties | None, value: struct_pb2.Value, at: Steps) -> Any:
        kind = value.WhichOneof("kind")
        if kind == "string_value":
            text = value.string_value
            return UNKNOWN if text == rpc.UNKNOWN else text
        if kind == "struct_value":
            return self._read_struct(within, value.struct_value, at)
        if kind == "list_value":
            items = enumerate(value.list_value.values)
            return [self._read_value(within, one, (*at, place)) for place, one in items]
        if kind == "number_value":
            number = value.number_value
            return int(number) if number.is_integer() else number
        return value.bool_value if kind == "bool_value" else None

    def _read_struct(self, within: Properties | None, value: struct_pb2.Struct, at: Steps) -> Any:
        fields = value.fields
        if SIGNATURE in fields and fields[SIGNATURE].string_value == SECRET:
            self.secret.add(".".join(step for step in at if isinstance(step, str)))
            return self._read_value(within, fields["value"], at)
        if within is None:
            return {name: self._read_value(None, fields[name], at) for name in fields}
        return self.read_object(within, value, at)


def _path(steps: Steps) -> str:
    """The property path of some steps."""
    path = ""
    for step in steps:
        path = joined(path, step) if isinstance(step, str) else f"{path}[{step}]"
    return path


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
