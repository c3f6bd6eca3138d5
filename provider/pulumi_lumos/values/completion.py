"""Values of a preview, with what an object has in the places that are not known yet.

So an object can be compared with what a program gives: it may be just that, unless a known part
differs.
"""

from __future__ import annotations

from typing import Any

from pulumi_lumos.declare.spec import ListOf, Reference, ShapeSpec, TypeSpec, Values
from pulumi_lumos.declare.unknown import UNKNOWN, contains_unknown

from .changes import key_of
from .identity import Aliases
from .projection import hashable


def completed(shape: ShapeSpec, given: Values, live: Values, aliases: Aliases) -> Values:
    """What is given, with the parts that are not known yet as an object has them.

    What Lumos never answers stays unknown.
    """
    filled = {
        name: _completed(shape.fields[name].type, value, live.get(name), aliases)
        if name in shape.fields and not shape.fields[name].marks.write_only
        else value
        for name, value in given.items()
    }
    return {name: value for name, value in filled.items() if value is not None}


def _completed(spec: TypeSpec, given: Any, live: Any, aliases: Aliases) -> Any:
    if given is UNKNOWN:
        return live
    if not contains_unknown(given):
        return given
    if isinstance(given, dict):
        return _completed_object(spec, given, live if isinstance(live, dict) else {}, aliases)
    if isinstance(spec, ListOf):
        return _completed_items(spec, given, live or [], aliases)
    has = live if isinstance(live, list) and len(live) == len(given) else given
    return [_completed(spec, *pair, aliases) for pair in zip(given, has, strict=True)]


def _completed_object(spec: TypeSpec, given: Values, live: Values, aliases: Aliases) -> Values:
    if isinstance(spec, Reference):
        named = {name: given[name] for name in given if name in spec.naming}
        if not live or any(live.get(name, named[name]) != named[name] for name in _known(named)):
            return given
        own = {name: value for name, value in given.items() if name not in named}
        named = {name: live[name] for name in live if name in spec.naming}
        return {**named, **completed(spec, own, live, aliases)}
    if isinstance(spec, ShapeSpec):
        return completed(spec, given, live, aliases)
    filled = {name: _completed(spec, one, live.get(name), aliases) for name, one in given.items()}
    return {name: value for name, value in filled.items() if value is not None}


def _known(values: Values) -> list[str]:
    return [name for name, value in values.items() if value is not UNKNOWN]


def _completed_items(
    spec: ListOf, given: list[Any], live: list[Any], aliases: Aliases
) -> list[Any]:
    """An item that nobody can name yet is taken for one that no other item names."""
    has = {hashable(key_of(spec, one, aliases)): one for one in live}
    keys = [hashable(key_of(spec, one, aliases)) for one in given]
    left = iter([one for key, one in has.items() if key not in keys])
    found = [
        (has[key] if key in has else next(left, None)) if contains_unknown(one) else None
        for key, one in zip(keys, given, strict=True)
    ]
    return [
        one if match is None else _completed(spec.item, one, match, aliases)
        for one, match in zip(given, found, strict=True)
    ]
