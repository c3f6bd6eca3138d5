"""The lookups as functions of the provider."""

from __future__ import annotations

import inspect
from collections.abc import Mapping
from typing import Any

from pulumi_lumos.hosts.packaged.functions import Function
from pulumi_lumos.lifecycle.run import Run
from pulumi_lumos.lookups import kinds
from pulumi_lumos.lookups.kinds import LookupKind
from pulumi_lumos.lookups.reading import Lookups
from pulumi_lumos.lookups.types import types_of


def functions() -> list[Function]:
    """Every lookup as a function."""
    return [_function(one) for one in vars(kinds).values() if isinstance(one, LookupKind)]


def _function(kind: LookupKind[Any]) -> Function:
    def ask(run: Run, arguments: Mapping[str, str]) -> object:
        return run.remember(Lookups, lambda: Lookups(run.client)).get(kind, arguments)

    doc = inspect.getdoc(kind.result) or ""
    return Function(kind.function, doc, _arguments(kind), kind.result, ask, types_of(kind))


def _arguments(kind: LookupKind[Any]) -> dict[str, str]:
    one_of = f"Give exactly one of {', '.join(f'`{name}`' for name in kind.keys)}."
    named = {
        name: f"The {key.field.replace('_', ' ')} of the {kind.noun}. {one_of}"
        for name, key in kind.keys.items()
    }
    if not kind.collection.filter:
        return named
    needed = "Needed for all but an id." if kind.within else "May be left out."
    return {**named, kind.collection.filter: f"The app to look within. {needed}"}
