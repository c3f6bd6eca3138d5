"""Results of lookups that a program gives whole, where it gives them as an Output.

Pulumi cannot send such a result, and would end the program with a traceback. Nobody knows what is
in an Output before Pulumi does, so each is looked at once it is known.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import is_dataclass
from typing import Any

import pulumi

from pulumi_lumos.declare.spec import ListOf, Problem, ShapeSpec, TypeSpec, Values
from pulumi_lumos.hosts.texts import text
from pulumi_lumos.values.paths import joined
from pulumi_lumos.values.type_checks import advice_for_result

from .inputs import not_valid, type_within


def watch(kind: str, resource_name: str, values: Values, shape: ShapeSpec) -> Values:
    """The values of a resource, whose Outputs end the program where they hold a whole result."""
    if not _holds_output(values):
        return values
    # The line of the program, which no Output knows later.
    watched: Values = _Watched(not_valid(kind, resource_name)).watch(values, shape)
    return watched


class _Watched:
    """Looks into the Outputs among some values when they are known; `first` begins its errors."""

    def __init__(self, first: str) -> None:
        self._first = first

    def watch(self, value: Any, type: TypeSpec | None, path: str = "") -> Any:
        if isinstance(value, pulumi.Output):
            return value.apply(lambda known: self._look(known, type, path))
        if isinstance(value, dict):
            return {
                name: self.watch(item, type_within(type, name), joined(path, name))
                for name, item in value.items()
            }
        if isinstance(value, list):
            return [self.watch(one, inner, at) for one, inner, at in _items(value, type, path)]
        return value

    def _look(self, known: Any, type: TypeSpec | None, path: str) -> Any:
        if found := list(_whole_results(known, type, path)):
            # No InvalidInputs: Pulumi prints a traceback for each ValueError that comes so late.
            raise pulumi.RunError(text(self._first, *(f"{at}: {why}" for at, why in found)))
        return self.watch(known, type, path)


def _holds_output(value: Any) -> bool:
    if isinstance(value, dict):
        return any(map(_holds_output, value.values()))
    if isinstance(value, list):
        return any(map(_holds_output, value))
    return isinstance(value, pulumi.Output)


def _whole_results(value: Any, type: TypeSpec | None, path: str) -> Iterator[Problem]:
    if isinstance(value, dict):
        for name, item in value.items():
            yield from _whole_results(item, type_within(type, name), joined(path, name))
    elif isinstance(value, (list, tuple)):
        for one, inner, at in _items(value, type, path):
            yield from _whole_results(one, inner, at)
    elif is_dataclass(value):
        advice = advice_for_result(value, type)
        yield path, advice or f"this is a {value.__class__.__name__}; give one of its values"


def _items(
    values: list[Any] | tuple[Any, ...], type: TypeSpec | None, path: str
) -> Iterator[tuple[Any, TypeSpec | None, str]]:
    inner = type.item if isinstance(type, ListOf) else type
    return ((one, inner, f"{path}[{place}]") for place, one in enumerate(values))
