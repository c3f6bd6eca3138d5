"""When two spellings name one object, and when two values are the same.

A group may be given by its id in Lumos or by its id in the app that owns it; Lumos answers with
both. `Aliases` remember which belong together, so that respelling a group is no change.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator
from typing import Any

from pulumi_lumos.declare.spec import (
    FieldGroup,
    Item,
    Json,
    ListOf,
    Reference,
    ShapeSpec,
    TypeSpec,
    Values,
)

from .free_json import canonical_json

Aliases = dict[str, str]
"""A secondary identity ("<integration_specific_id>@<app_id>") to the id in Lumos."""

ALIASES = "group_ids"
"""The output that remembers Lumos's ids of the groups a resource names."""


def canonical(spec: TypeSpec, value: Any, aliases: Aliases, *, unordered: bool = False) -> Any:
    """A form of a value that is equal exactly where Lumos sees no difference."""
    if isinstance(spec, ListOf) and isinstance(value, list):
        items = [canonical(spec.item, item, aliases) for item in value]
        return _Bag(items) if unordered else items
    if isinstance(spec, FieldGroup) and isinstance(value, dict):
        return _canonical_fields(spec, spec.fields, value, aliases)
    if isinstance(spec, Reference) and isinstance(value, dict):
        named = identity(spec, value, aliases)
        if isinstance(spec, Item):
            # What an item says of the object that it names counts as well.
            return named, _canonical_fields(spec, spec.own, value, aliases)
        return named
    return canonical_json(spec, value) if isinstance(spec, Json) else value


def _canonical_fields(
    spec: ShapeSpec, names: Iterable[str], value: Values, aliases: Aliases
) -> dict[str, Any]:
    fields = {name: spec.fields[name] for name in names if value.get(name) is not None}
    return {
        name: canonical(field.type, value[name], aliases, unordered=field.marks.unordered)
        for name, field in fields.items()
    }


def identity(spec: Reference, value: Values, aliases: Aliases) -> Hashable:
    """What tells this object from others: its primary identity wherever that is known."""
    for way in spec.identity:
        if all(value.get(name) not in (None, "") for name in way):
            key = _joined(value, way)
            if way is spec.identity[0]:
                return (way, key)
            known = aliases.get(key)
            return (spec.identity[0], known) if known else (way, key)
    return tuple(sorted((name, repr(item)) for name, item in value.items()))


def aliases_in(spec: TypeSpec, live: Any) -> Aliases:
    """All aliases that an answer of Lumos shows."""
    return dict(_aliases(spec, live))


def _aliases(spec: TypeSpec, live: Any) -> Iterator[tuple[str, str]]:
    if isinstance(spec, ListOf) and isinstance(live, list):
        for item in live:
            yield from _aliases(spec.item, item)
    elif isinstance(spec, ShapeSpec) and isinstance(live, dict):
        if isinstance(spec, Reference):
            yield from _other_names(spec, live)
        for name, field in spec.fields.items():
            yield from _aliases(field.type, live.get(name))


def _other_names(spec: Reference, live: Values) -> Iterator[tuple[str, str]]:
    """The secondary identities of one object, each with the primary one."""
    first = _joined(live, spec.identity[0])
    for way in spec.identity[1:]:
        if first and all(live.get(name) for name in way):
            yield _joined(live, way), first


def _joined(value: Values, way: tuple[str, ...]) -> str:
    return "@".join(str(value.get(name) or "") for name in way)


class _Bag:
    """The items of an unordered list; equal to another with the same items in any order."""

    def __init__(self, items: list[Any]) -> None:
        self.items = sorted(items, key=repr)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Bag) and self.items == other.items

    def __repr__(self) -> str:
        return f"_Bag({self.items!r})"

    __hash__ = None  # type: ignore[assignment]
