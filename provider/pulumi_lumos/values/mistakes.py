"""Values of which some are known to be wrong, so that the others can be judged."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from pulumi_lumos.declare.spec import Problem, Values
from pulumi_lumos.declare.unknown import UNKNOWN

from .paths import steps_of


def hide_mistakes(values: Values, problems: Iterable[Problem]) -> Values:
    """Put UNKNOWN in place of every value that a problem is about."""
    for path, _ in problems:
        if steps := [*steps_of(path)]:
            values = _hidden(values, steps)
    return values


def _hidden(value: Any, steps: Sequence[str]) -> Any:
    if not steps:
        return UNKNOWN
    step, *rest = steps
    if isinstance(value, dict):
        return {**value, step: _hidden(value.get(step), rest)}
    if isinstance(value, list) and step.isdecimal() and int(step) < len(value):
        at = int(step)
        return [*value[:at], _hidden(value[at], rest), *value[at + 1 :]]
    return UNKNOWN
