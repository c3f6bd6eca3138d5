"""A law: what is true of every kind, with the exceptions that have a reason."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

from pulumi_lumos.declare.spec import FieldSpec, ObjectSpec, ResourceSpec, shapes_in
from pulumi_lumos.kinds import kinds

SPECS: dict[str, ResourceSpec] = {name: kind.spec for name, kind in kinds().items()}
"""The spec of each kind; the folder `kinds` is the list."""

OBJECTS = {name: spec for name, spec in SPECS.items() if isinstance(spec, ObjectSpec)}
"""The kinds whose resources are one object of Lumos each."""

S = TypeVar("S", bound=ResourceSpec)
Waivers = Mapping[str, str]
Declare = Callable[[Callable[[S], Iterator[str]]], None]


@dataclass(frozen=True)
class Law:
    """`broken` yields a token for each place of a kind that breaks the law ("Kind.field")."""

    doc: str
    broken: Callable[[Any], Iterator[str]]
    waivers: Waivers
    specs: Mapping[str, ResourceSpec]


LAWS: dict[str, Law] = {}


def law(waivers: Waivers | None = None) -> Declare[ResourceSpec]:
    """Enter a law of every kind; `waivers` hold the reason why a token may break it."""

    def enter(broken: Callable[[ResourceSpec], Iterator[str]]) -> None:
        LAWS[broken.__name__] = Law(broken.__doc__ or "", broken, waivers or {}, SPECS)

    return enter


def object_law(waivers: Waivers | None = None) -> Declare[ObjectSpec]:
    """Enter a law of every kind whose resources are one object of Lumos each."""

    def enter(broken: Callable[[ObjectSpec], Iterator[str]]) -> None:
        LAWS[broken.__name__] = Law(broken.__doc__ or "", broken, waivers or {}, OBJECTS)

    return enter


def declared(spec: ResourceSpec) -> Iterator[tuple[str, FieldSpec]]:
    """Every field of a kind, given and computed, with its token."""
    for shape in shapes_in(spec.shape):
        for name, one in shape.fields.items():
            yield f"{shape.name}.{name}", one
    for name, one in spec.computed.items():
        yield f"{spec.name}.{name}", one
