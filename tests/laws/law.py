"""A law: what is true of every kind, with the exceptions that have a reason."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

from pulumi_lumos.declare.spec import (
    FieldSpec,
    ResourceSpec,
    shapes_in,
)
from pulumi_lumos.kinds import kinds

SPECS: dict[str, ResourceSpec] = {name: kind.spec for name, kind in kinds().items()}
"""What each kind declares; the folder of resources is the list."""


@dataclass(frozen=True)
class Law:
    """`broken` yields a token for each place of a kind that breaks the law ("Kind.field")."""

    doc: str
    broken: Callable[[ResourceSpec], Iterator[str]]
    waivers: Mapping[str, str] = field(default_factory=dict)


LAWS: dict[str, Law] = {}


def law(
    waivers: Mapping[str, str] | None = None,
) -> Callable[[Callable[[ResourceSpec], Iterator[str]]], None]:
    """Enter a law; `waivers` hold the reason why a token may break it."""

    def enter(broken: Callable[[ResourceSpec], Iterator[str]]) -> None:
        LAWS[broken.__name__] = Law(broken.__doc__ or "", broken, waivers or {})

    return enter


def declared(spec: ResourceSpec) -> Iterator[tuple[str, FieldSpec]]:
    """Every field of a kind, given and computed, with its token."""
    for shape in shapes_in(spec.shape):
        for name, one in shape.fields.items():
            yield f"{shape.name}.{name}", one
    for name, one in spec.computed.items():
        yield f"{spec.name}.{name}", one
