"""Values at property paths, and the other way round."""

from __future__ import annotations

from typing import Any

from ..declare.spec import Values

Path = tuple[str, ...]


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
