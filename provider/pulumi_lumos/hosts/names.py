"""How properties are called: Lumos's own names in declarations, camelCase at Pulumi's border.

Pulumi's generators turn camelCase into the spelling of each language, so that a Python program
reads `app_id` again.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache, lru_cache
from typing import Any

from pulumi_lumos.declare.spec import ListOf, ShapeSpec, TypeSpec
from pulumi_lumos.lifecycle.adoption import BEFORE_ADOPTION
from pulumi_lumos.lifecycle.kind import Kind, get_kind
from pulumi_lumos.values.identity import ALIASES

from .resource_types import PACKAGED_PREFIX

PACKAGE = "lumos"
PROVIDER_PROPERTY = "__provider"
"""The property that only a state of Pulumi's dynamic host has."""
SIGNATURE = "4dabf18193072939515e22adb298388d"
"""The name by which Pulumi tells a secret, which holds a value, from an object."""


@cache
def camel(name: str) -> str:
    """A declared name in camelCase."""
    first, *others = name.split("_")
    return first + "".join(word[:1].upper() + word[1:] for word in others)


def declared_name(name: str) -> str:
    """The declared name of a camelCase one, by its capitals alone: for names of no kind."""
    return re.sub("[A-Z]", lambda found: f"_{found[0].lower()}", name)


def camel_path(path: str) -> str:
    """A property path such as `request_config.users[1].id` in camelCase."""
    return ".".join(camel(step) for step in path.split("."))


def function_token(name: str) -> str:
    """The token of a function: `get_app` is `lumos:index:getApp`."""
    return f"{PACKAGED_PREFIX}{camel(name)}"


def declared_names(types: Iterable[TypeSpec]) -> Iterator[str]:
    """Every name of a field within some types."""
    for type in types:
        if isinstance(type, ListOf):
            yield from declared_names([type.item])
        elif isinstance(type, ShapeSpec):
            yield from type.fields
            yield from declared_names(field.type for field in type.fields.values())


def to_wire(kind: type[Kind], path: str) -> str:
    """A property path as the schema of the provider spells it."""
    return _to_wire(kind.spec.name, path)


@lru_cache(maxsize=1000)
def _to_wire(kind: str, path: str) -> str:
    # Cached: Pulumi's SDK asks for each name within each resource of a program.
    names = _declared(kind)
    return re.sub(r"\w+", lambda word: camel(word[0]) if word[0] in names else word[0], path)


def from_wire(kind: type[Kind], name: str) -> str:
    """A property as it is declared."""
    return _spelled(kind.spec.name).get(name, name)


def in_declared_names(kind: type[Kind], values: Mapping[str, Any]) -> dict[str, Any]:
    """Values of a resource with the properties in them as they are declared.

    Free JSON has names of its own, and stays as it is.
    """
    types = _types(kind.spec.name)
    spelled = {from_wire(kind, name): value for name, value in values.items()}
    return {name: declared_within(types.get(name), value) for name, value in spelled.items()}


def declared_within(type: TypeSpec | None, value: Any) -> Any:
    """Return a value with the properties in it as they are declared; free JSON stays as it is."""
    if isinstance(value, Mapping) and SIGNATURE in value:
        return {name: declared_within(type, item) for name, item in value.items()}
    if isinstance(type, ListOf) and isinstance(value, list):
        return [declared_within(type.item, item) for item in value]
    if not isinstance(type, ShapeSpec) or not isinstance(value, Mapping):
        return value
    names = {camel(name): name for name in type.fields}
    spelled = {names.get(str(name), str(name)): item for name, item in value.items()}
    types = {name: field.type for name, field in type.fields.items()}
    return {name: declared_within(types.get(name), item) for name, item in spelled.items()}


def is_of_packaged_host(kind: type[Kind], state: Mapping[str, Any]) -> bool:
    """Whether the packaged host has recorded a state, and the dynamic one has not since.

    A refresh by the packaged host keeps what the dynamic one has recorded as the provider, but
    spells the properties anew.
    """
    spelled = _spelled(kind.spec.name)
    is_spelled = any(spelled.get(name, name) != name for name in state)
    return bool(state) and (is_spelled or PROVIDER_PROPERTY not in state)


@cache
def _declared(name: str) -> frozenset[str]:
    kind = get_kind(name)
    spec = kind.spec
    outputs = (*spec.computed, *kind.lifecycle.remembers, ALIASES)
    return frozenset([*declared_names([spec.shape]), *outputs])


@cache
def _spelled(name: str) -> Mapping[str, str]:
    return {camel(declared): declared for declared in _declared(name)}


@cache
def _types(name: str) -> Mapping[str, TypeSpec]:
    """The type of each property of a state whose content has declared names."""
    kind = get_kind(name)
    found: dict[str, TypeSpec] = {
        one.name: one.type for one in (*kind.spec.computed.values(), *kind.spec.fields.values())
    }
    if BEFORE_ADOPTION in kind.lifecycle.remembers:
        found[BEFORE_ADOPTION] = kind.lifecycle.adopts.shape
    return found
