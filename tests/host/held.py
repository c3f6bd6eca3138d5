"""Compares what Lumos holds for a resource with what the program gives."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from pulumi_lumos.declare.spec import FieldSpec, Json, ShapeSpec, shapes_in
from pulumi_lumos.emulator import seed_ids
from pulumi_lumos.kinds import kinds

from ..kinds import FACTS

Values = dict[str, Any]

GROUP_IDS = {group.integration_specific_id: group.id for group in seed_ids.GROUPS.values()}
JSON = {
    name
    for kind in kinds().values()
    for shape in shapes_in(kind.spec.shape)
    for name, field in shape.fields.items()
    if isinstance(field.type, Json)
}
"""Fields of free JSON, which are given as a whole."""


def assert_held(live: Values, given: Values) -> None:
    """Lumos holds every value that the program gives."""
    values = leaves(given)
    wrong = {path: at(live, path) for path in values if not same(values[path], at(live, path))}
    assert not wrong, f"Lumos holds {wrong}"


def assert_cleared(kind: str, live: Values, before: Values, given: Values) -> None:
    """Lumos has forgotten every value that the program gave before and gives no more."""
    gone = set(leaves(before)) - set(leaves(given))
    fallback = FACTS[kind].fallbacks
    for path in sorted(gone):
        desired = fallback.get(path, declared(kind)[path].clearing)
        assert same(desired, at(live, path)), f"{path} is {at(live, path)!r}, not {desired!r}"


def leaves(values: Values, below: str = "") -> Values:
    """Each value that is no mere group of others, by its property path."""
    found: Values = {}
    for name, value in values.items():
        path = f"{below}{name}"
        if isinstance(value, dict) and not is_reference(value) and name not in JSON:
            found |= leaves(value, f"{path}.")
        else:
            found[path] = value
    return found


def at(values: Any, path: str) -> Any:
    """The value at a property path; None where there is none."""
    for name in path.split("."):
        values = values.get(name) if isinstance(values, dict) else None
    return values


def same(given: Any, live: Any) -> bool:
    """Whether two values mean the same to Lumos; null, an empty value and false are one."""
    if _are_items(given):
        return _same_items(given, live)
    return (not given and not live) or _canonical(given) == _canonical(live)


def _are_items(values: Any) -> bool:
    """Whether something is a list of objects that are named, with more beside the name."""
    return isinstance(values, list) and any(
        isinstance(one, dict) and "id" in one and not one.keys() <= {"id", "app_id"}
        for one in values
    )


def _same_items(given: list[Values], live: Any) -> bool:
    """Whether Lumos holds these items and no other, with all that is given of each."""
    known = {item["id"]: item for item in live or ()}
    return known.keys() == {item["id"] for item in given} and all(
        same(value, known[item["id"]].get(name)) for item in given for name, value in item.items()
    )


def _canonical(value: Any) -> Any:
    if isinstance(value, list):
        # Pulumi's maps have no order, so the text of an object sorts only with sorted keys.
        return sorted(map(_canonical, value), key=lambda one: json.dumps(one, sort_keys=True))
    if isinstance(value, dict) and value.keys() == {"attribute", "value"}:
        return f"{value['attribute']}={value['value']}"
    if isinstance(value, dict) and not is_reference(value):
        return {name: _canonical(item) for name, item in value.items()}
    if isinstance(value, dict):
        return value.get("id") or GROUP_IDS[value["integration_specific_id"]]
    return value


def is_reference(value: Values) -> bool:
    """Whether an object only points at another one."""
    return "id" in value or "integration_specific_id" in value


def declared(kind: str) -> dict[str, FieldSpec]:
    """Every declared field of a kind that is no mere group of others, by its property path."""
    return dict(_declared(kinds()[kind].spec.shape, ""))


def _declared(shape: ShapeSpec, below: str) -> Iterator[tuple[str, FieldSpec]]:
    for name, field in shape.fields.items():
        if field.group:
            yield from _declared(field.group, f"{below}{name}.")
        else:
            yield f"{below}{name}", field
