"""Which properties differ, one by one: what a preview shows, and nothing else.

The engine shows exactly the paths that a provider names, and applies `replace_on_changes` to them.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import Any

from pulumi.runtime.proto import provider_pb2

from pulumi_lumos.declare.spec import Values
from pulumi_lumos.declare.unknown import UNKNOWN
from pulumi_lumos.values.paths import joined, value_at

from .properties import Properties, spelled_path

DiffKind = provider_pb2.PropertyDiff
REPLACING = {
    DiffKind.ADD: DiffKind.ADD_REPLACE,
    DiffKind.DELETE: DiffKind.DELETE_REPLACE,
    DiffKind.UPDATE: DiffKind.UPDATE_REPLACE,
}


def detailed(
    declared: Properties,
    changed: Collection[str],
    replaces: Collection[str],
    old: Values,
    new: Values,
) -> Mapping[str, provider_pb2.PropertyDiff]:
    """How each property differs between two inputs, by its path; `changed` are the fields."""
    found: dict[str, provider_pb2.PropertyDiff] = {}
    for name in changed:
        at, path = spelled_path(declared, name), tuple(name.split("."))
        within = declared.below(path)
        steps = [*_differences(within, at, value_at(old, path), value_at(new, path))]
        for where, kind in steps or [(at, DiffKind.UPDATE)]:
            shown = REPLACING[kind] if name in replaces else kind
            found[where] = provider_pb2.PropertyDiff(kind=shown, inputDiff=True)
    return found


def _differences(
    within: Properties | None, at: str, old: Any, new: Any
) -> Iterator[tuple[str, Any]]:
    if old == new:
        return
    if old is None:
        yield at, DiffKind.ADD
    elif new is None:
        yield at, DiffKind.DELETE
    elif UNKNOWN not in (old, new) and isinstance(old, list) and isinstance(new, list):
        for place in range(max(len(old), len(new))):
            yield from _differences(within, f"{at}[{place}]", *_at(place, old, new))
    elif isinstance(old, dict) and isinstance(new, dict):
        for name in {**old, **new}:
            below = within and within.within.get(name)
            where = joined(at, within.spelled(name) if within else name)
            yield from _differences(below, where, old.get(name), new.get(name))
    else:
        yield at, DiffKind.UPDATE


def _at(place: int, *lists: list[Any]) -> list[Any]:
    """The items of lists at one place; None where a list is shorter."""
    return [items[place] if place < len(items) else None for items in lists]
