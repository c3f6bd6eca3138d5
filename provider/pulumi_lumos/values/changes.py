"""Which fields differ between what Pulumi has recorded and what the program says."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from pulumi_lumos.declare.spec import (
    FieldSpec,
    Item,
    Json,
    ListOf,
    Reference,
    ShapeSpec,
    TypeSpec,
    Values,
)
from pulumi_lumos.declare.unknown import UNKNOWN, contains_unknown

from .identity import Aliases, canonical, identity


@dataclass(frozen=True)
class Change:
    """One field that differs. `new` is None where the program no longer gives it.

    In a list of items, `new` has what clears the fields that an item no longer gives.
    """

    path: tuple[str, ...]
    field: FieldSpec
    new: Any

    @property
    def name(self) -> str:
        """The property path as Pulumi writes it."""
        return ".".join(self.path)


def changes(shape: ShapeSpec, old: Values, new: Values, aliases: Aliases) -> list[Change]:
    """The fields to set or clear so that `old` becomes `new`.

    A field in both is compared; a field only in `old` is cleared; a field only in `new` is one
    that the program begins to manage, whatever Lumos holds.
    """
    return list(_changes(shape, old, new, aliases, ()))


def _changes(
    shape: ShapeSpec, old: Values, new: Values, aliases: Aliases, at: tuple[str, ...]
) -> Iterator[Change]:
    for name, field in shape.fields.items():
        before, after = old.get(name), new.get(name)
        if before == after and not isinstance(field.type, Json):
            continue  # In JSON, true is not 1, as it is in Python.
        path = (*at, name)
        if field.group and UNKNOWN not in (before, after):
            yield from _changes(field.group, before or {}, after or {}, aliases, path)
        elif _differs(field, before, after, aliases):
            yield Change(path, field, _with_clearing(field.type, before, after, aliases))


def _with_clearing(spec: TypeSpec, before: Any, after: Any, aliases: Aliases) -> Any:
    """Add to each item the values that clear the fields that it no longer has."""
    shape = item_shape(spec)
    if shape is None or not isinstance(before, list) or not isinstance(after, list):
        return after
    known = by_key(shape, before, aliases)
    return [
        {**item, **_lost(shape, known.get(repr(key_of(shape, item, aliases)), {}), item)}
        if isinstance(item, dict)
        else item
        for item in after
    ]


def _lost(shape: Item, before: Values, after: Values) -> Values:
    """The values that clear the own fields that an item had and no longer has."""
    gone = [name for name in shape.own if before.get(name) is not None and after.get(name) is None]
    return {name: shape.fields[name].clearing for name in gone}


def item_shape(spec: TypeSpec) -> Item | None:
    """The shape of the items of a list, where they have fields of their own."""
    inner = spec.item if isinstance(spec, ListOf) else None
    return inner if isinstance(inner, Item) else None


def by_key(shape: ShapeSpec, items: Any, aliases: Aliases) -> dict[str, Values]:
    """The items of a list by the objects that they name."""
    return {repr(key_of(shape, one, aliases)): one for one in items or () if isinstance(one, dict)}


def described_in_full(shape: ShapeSpec, state: Values, found: list[Change]) -> list[Change]:
    """Leave out the changes of fields that Lumos's API shows only in part."""
    alone = list(_described_in_part(shape, state, ()))
    return [change for change in found if not any(_begins(change.path, at) for at in alone)]


def _described_in_part(
    shape: ShapeSpec, state: Values, at: tuple[str, ...]
) -> Iterator[tuple[str, ...]]:
    for name, field in shape.fields.items():
        if field.marks.described_by and state.get(field.marks.described_by) is False:
            yield (*at, name)
        elif field.group:
            yield from _described_in_part(field.group, state, (*at, name))


def _begins(path: tuple[str, ...], above: tuple[str, ...]) -> bool:
    return path[: len(above)] == above


def _differs(field: FieldSpec, before: Any, after: Any, aliases: Aliases) -> bool:
    if before is None or after is None or UNKNOWN in (before, after):
        return before is not after
    unordered = field.marks.unordered
    return bool(
        canonical(field.type, before, aliases, unordered=unordered)
        != canonical(field.type, after, aliases, unordered=unordered)
    )


def in_known_order(shape: ShapeSpec, old: Values, new: Values, aliases: Aliases) -> Values:
    """`new` with the items of unordered lists in the order `old` has them, new ones last.

    Pulumi compares lists item by item, so this is what makes one added approver one added line.
    """
    ordered = dict(new)
    for name, field in shape.fields.items():
        before, after = old.get(name), new.get(name)
        if before is UNKNOWN or after is UNKNOWN:
            continue
        if isinstance(field.type, Json) and before is not None and after is not None:
            same = canonical(field.type, before, aliases) == canonical(field.type, after, aliases)
            ordered[name] = before if same else after
        elif field.marks.unordered and isinstance(before, list) and isinstance(after, list):
            ordered[name] = _ordered_like(field, before, after, aliases)
        elif (
            isinstance(field.type, ShapeSpec)
            and isinstance(before, dict)
            and isinstance(after, dict)
        ):
            ordered[name] = in_known_order(field.type, before, after, aliases)
    return ordered


def _ordered_like(
    field: FieldSpec, before: list[Any], after: list[Any], aliases: Aliases
) -> list[Any]:
    assert isinstance(field.type, ListOf)
    places = [key_of(field.type, item, aliases) for item in before]
    keys = [key_of(field.type, item, aliases) for item in after]
    # An item that a preview does not know yet has most likely the place that is left. With another
    # one, `pulumi up --plan` would refuse the list of the update.
    left = iter([number for number, key in enumerate(places) if key not in keys])

    def place(key: Any, item: Any) -> int:
        if key in places:
            return places.index(key)
        return next(left, len(places)) if contains_unknown(item) else len(places)

    placed = sorted(zip(map(place, keys, after), after, strict=True), key=lambda one: one[0])
    items = [item for _, item in placed]
    shape = item_shape(field.type)
    if shape is None:
        return items
    known = by_key(shape, before, aliases)
    return [
        in_known_order(shape, known.get(repr(key_of(shape, one, aliases)), {}), one, aliases)
        if isinstance(one, dict)
        else one
        for one in items
    ]


def key_of(spec: Any, item: Any, aliases: Aliases) -> Any:
    """What identifies an item of a list."""
    inner = spec.item if isinstance(spec, ListOf) else spec
    if isinstance(inner, Reference) and isinstance(item, dict):
        return identity(inner, item, aliases)
    return canonical(inner, item, aliases)
