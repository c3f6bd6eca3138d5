"""Functions of the provider, which the engine calls while a program runs: they only read."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, fields
from types import NoneType
from typing import Any, get_args, get_origin, get_type_hints

from pulumi_lumos.declare.spec import Json, ListOf, Scalar, TypeSpec, Values
from pulumi_lumos.lifecycle.run import Run


@dataclass(frozen=True)
class Function:
    """One function.

    arguments: the sentence of each argument, all of which are texts that may be left out.
    result: the dataclass of what it gives. types: the declared types of its fields that hold
    objects, because the dataclass does not say what is in them. ask: asks Lumos; raises LumosError.
    """

    name: str
    doc: str
    arguments: Mapping[str, str]
    result: type
    ask: Callable[[Run, Mapping[str, str]], object]
    types: Mapping[str, TypeSpec] = field(default_factory=dict)

    @property
    def outputs(self) -> Mapping[str, tuple[TypeSpec, bool]]:
        """The type of each field of the result, and whether it is always there."""
        hints = get_type_hints(self.result)
        found = {one.name: _type(hints[one.name]) for one in fields(self.result)}
        return {
            name: (self.types.get(name, type), is_there) for name, (type, is_there) in found.items()
        }

    def answer(self, run: Run, arguments: Mapping[str, str]) -> Values:
        """The result by the declared names, without what Lumos does not give."""
        return dict(_given(self.ask(run, arguments), self.outputs))


def _type(hint: Any) -> tuple[TypeSpec, bool]:
    members = [one for one in get_args(hint) if one is not NoneType]
    origin = get_origin(hint)
    if origin is dict:
        return Json(), True
    if origin is tuple:
        return ListOf(Scalar(members[0])), True
    return (Scalar(members[0]), False) if members else (Scalar(hint), True)


def _given(result: object, names: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    for name in names:
        value = getattr(result, name)
        if value is not None:
            yield name, list(value) if isinstance(value, tuple) else value
