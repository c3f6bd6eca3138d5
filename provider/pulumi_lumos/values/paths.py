"""Values at property paths, and the other way round."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from pulumi_lumos.declare.spec import Values

Path = tuple[str, ...]

PLAIN = re.compile(r"[\w$-]+")
"""A name that a property path holds as it is; it holds any other in brackets and quotes."""
STEP = re.compile(r'\["(?P<quoted>(?:[^"\\]|\\.)*)"\]|\[(?P<place>\d+)\]|(?P<plain>[^.\[\]]+)')
"""One step of a property path: a name, the place of an item, or a name in quotes."""


def joined(at: str, name: str) -> str:
    """The property path of what the object at a path has under a name."""
    if not PLAIN.fullmatch(name):
        escaped = re.sub(r'(["\\])', r"\\\1", name)
        return f'{at}["{escaped}"]'
    return f"{at}.{name}" if at else name


def steps_of(path: str) -> Iterator[str]:
    """The names, and the places of items, in a property path."""
    for step in STEP.finditer(path):
        if step["quoted"] is None:
            yield step["place"] or step["plain"]
        else:
            yield re.sub(r'\\(["\\])', r"\1", step["quoted"])


def value_at(values: Any, path: Path) -> Any:
    """The value at a path; None where there is none."""
    for step in path:
        values = values.get(step) if isinstance(values, dict) else None
    return values


def nested(path: Path, value: Any) -> Values:
    """An object that holds one value, at a path."""
    for step in reversed(path):
        value = {step: value}
    whole: Values = value
    return whole
