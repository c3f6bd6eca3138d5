"""Free JSON, such as the condition of an access policy: when two values are the same one.

Spelling has no meaning: the order of keys, and that of a list that is a set by its key.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterator
from typing import Any

from pulumi_lumos.declare.spec import Json, Problem
from pulumi_lumos.declare.unknown import UNKNOWN

from .paths import joined

_PLAIN = (str, bool, int, float)


def canonical_json(spec: Json, value: Any) -> str:
    """A text that is equal exactly where two values mean the same."""
    return json.dumps(_ordered(value, spec.sets), sort_keys=True, default=repr)


def _ordered(value: Any, sets: frozenset[str], *, is_set: bool = False) -> Any:
    if isinstance(value, dict):
        return {name: _ordered(item, sets, is_set=name in sets) for name, item in value.items()}
    if isinstance(value, list):
        items = [_ordered(item, sets) for item in value]
        return sorted(items, key=_spelled) if is_set else items
    # Pulumi passes each number as a float.
    return int(value) if isinstance(value, float) and value.is_integer() else value


def _spelled(value: Any) -> str:
    return json.dumps(value, sort_keys=True, default=repr)


def json_problems(value: Any, at: str) -> Iterator[Problem]:
    """Every part of a value that JSON cannot hold."""
    if isinstance(value, dict):
        for name, item in value.items():
            if not isinstance(name, str):
                yield at, f"the name {name!r} is no text, as names in JSON are"
            yield from json_problems(item, joined(at, str(name)))
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield from json_problems(item, f"{at}[{index}]")
    elif value is not UNKNOWN and (reason := _no_json(value)):
        yield at, reason


def _no_json(value: Any) -> str:
    """Why JSON, or a property of Pulumi, cannot hold a single value; "" where it can."""
    if value is None:
        return "is null, which Pulumi does not keep within a property; leave it out"
    if not isinstance(value, _PLAIN):
        return f"is a {type(value).__name__}, which JSON cannot hold"
    is_finite = not isinstance(value, float) or math.isfinite(value)
    return "" if is_finite else "is no finite number, which JSON cannot hold"


def texts_in(value: Any) -> Iterator[str]:
    """Every text of a value, but for the names."""
    if isinstance(value, dict):
        for item in value.values():
            yield from texts_in(item)
    elif isinstance(value, list):
        for item in value:
            yield from texts_in(item)
    elif isinstance(value, str):
        yield value
