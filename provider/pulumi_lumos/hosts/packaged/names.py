"""How properties are called: Lumos's own names in declarations, camelCase at Pulumi's border.

Pulumi's generators turn camelCase into the spelling of each language, so that a Python program
reads `app_id` again.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from typing import Any

from pulumi_lumos.declare.spec import ListOf, Problem, ShapeSpec, TypeSpec
from pulumi_lumos.lifecycle.kind import Kind, get_kind
from pulumi_lumos.values.identity import ALIASES

from ..resource_types import PACKAGED

PACKAGE = "lumos"
DYNAMIC = "__provider"
"""The property that only a state of Pulumi's dynamic host has."""


@cache
def camel(name: str) -> str:
    """A declared name in camelCase."""
    first, *others = name.split("_")
    return first + "".join(word[:1].upper() + word[1:] for word in others)


def camel_path(path: str) -> str:
    """A property path such as `request_config.users[1].id` in camelCase."""
    return ".".join(camel(step) for step in path.split("."))


def function_token(name: str) -> str:
    """The token of a function: `get_app` is `lumos:index:getApp`."""
    return f"{PACKAGED}{camel(name)}"


def kind_of(urn: str) -> str:
    """The kind of a resource, as its URN names it."""
    return urn.split("::")[2].split("$")[-1].rpartition(":")[2]


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
    names = _declared(kind.spec.name)
    return re.sub(r"\w+", lambda word: camel(word[0]) if word[0] in names else word[0], path)


def from_wire(kind: type[Kind], name: str) -> str:
    """A property as it is declared."""
    return _spelled(kind.spec.name).get(name, name)


def in_declared_names(kind: type[Kind], values: Any) -> Any:
    """Values of a state with the properties in them as they are declared."""
    if isinstance(values, list):
        return [in_declared_names(kind, item) for item in values]
    if not isinstance(values, dict):
        return values
    return {from_wire(kind, name): in_declared_names(kind, item) for name, item in values.items()}


def is_of_packaged_host(kind: type[Kind], state: Mapping[str, Any]) -> bool:
    """Whether the packaged host has recorded a state, and the dynamic one has not since.

    A refresh by the packaged host keeps what the dynamic one has recorded as the provider, but
    spells the properties anew.
    """
    spelled = _spelled(kind.spec.name)
    is_spelled = any(spelled.get(name, name) != name for name in state)
    return bool(state) and (is_spelled or DYNAMIC not in state)


@cache
def _declared(name: str) -> frozenset[str]:
    kind = get_kind(name)
    spec = kind.spec
    outputs = (*spec.computed, *kind.lifecycle.remembers, ALIASES)
    return frozenset([*declared_names([spec.shape]), *outputs])


@cache
def _spelled(name: str) -> Mapping[str, str]:
    return {camel(declared): declared for declared in _declared(name)}


class Spelling:
    """Spells names in texts for people as their language writes them.

    `pythonic` leaves them as they are declared, which is how Python programs write them.
    """

    def __init__(self, names: Iterable[str], *, pythonic: bool) -> None:
        self._pythonic = pythonic
        words = sorted({name for name in names if "_" in name}, key=len, reverse=True)
        self._name = re.compile(rf"(?<![\w/])(?:{'|'.join(words)})(?![\w/])")

    def path(self, path: str) -> str:
        """A property path."""
        return path if self._pythonic else camel_path(path)

    def text(self, text: str) -> str:
        """A text that may name properties and values of them."""
        if self._pythonic:
            return text
        named = self._name.sub(lambda found: camel(found[0]), text)
        named = _ARGUMENT.sub(lambda found: f"`{found[1]}: {found[2]}`", named)
        return _TRUTH.sub(lambda found: found[0].lower(), named)

    def problem(self, problem: Problem) -> Problem:
        """A problem with its property path."""
        path, reason = problem
        return self.path(path), self.text(reason)


_ARGUMENT = re.compile(r"`?\b([a-z]\w*)=(True|False|'[^']*')`?")
"""An argument as Python writes it."""
_TRUTH = re.compile(r"(?<=\bto )(True|False)\b|(?<=: )(True|False)(?=`)")
"""A truth value as Python writes it, in a sentence or after the name of an argument."""
