"""Why a lookup gives nothing.

LumosError
└── LookupFailed
    ├── WrongArguments    the arguments do not name one object
    └── NotOne            Lumos has no such object, or several
"""

from __future__ import annotations

import difflib
from collections.abc import Mapping, Sequence
from typing import Any

from pulumi_lumos.errors import LumosError
from pulumi_lumos.printable import printable, printable_name

from .kinds import LookupKind

CANDIDATES = 10
"""How many objects an error names at most."""
SIMILAR = 3
"""How many names an error takes for misspelt at most."""


class LookupFailed(LumosError, LookupError):
    """A lookup gives nothing; the text says why and what to do."""


class WrongArguments(LookupFailed):
    """The arguments of a lookup do not name one object."""


class NotOne(LookupFailed):
    """Lumos has no object of that name, or several."""

    @classmethod
    def none(
        cls, kind: LookupKind[Any], desired: str, similar: Sequence[Mapping[str, Any]]
    ) -> NotOne:
        """Say that no object is named so; `similar` ones may be meant."""
        if not similar:
            return cls(f"Lumos has no {kind.noun} with {desired}. Correct the name or the id.")
        return cls(
            f"Lumos has no {kind.noun} with {desired}. "
            f"Similar are: {_listed(kind, similar)}. Correct the name or the id."
        )

    @classmethod
    def several(
        cls, kind: LookupKind[Any], desired: str, found: Sequence[Mapping[str, Any]]
    ) -> NotOne:
        """Say that several objects are named so."""
        return cls(
            f"Lumos has {len(found)} {kind.plural} with {desired}: {_listed(kind, found)}. "
            "Give the id of the one that is meant."
        )


def named(given: Mapping[str, str]) -> str:
    """The arguments of a lookup as a sentence has them."""
    return printable(" and ".join(f"{name} {value!r}" for name, value in given.items()))


def close_to(
    kind: LookupKind[Any], value: str, items: Sequence[Mapping[str, Any]]
) -> list[Mapping[str, Any]]:
    """The objects whose name is nearly the one that was asked for, the closest first."""
    names: dict[str, list[Mapping[str, Any]]] = {}
    for item in items:
        names.setdefault(str(item.get(kind.collection.called) or "").casefold(), []).append(item)
    close = difflib.get_close_matches(value.casefold(), names, n=SIMILAR)
    return [item for name in close for item in names[name]]


def _printable(item: Mapping[str, Any]) -> Mapping[str, Any]:
    return {
        name: printable_name(value) if isinstance(value, str) else value
        for name, value in item.items()
    }


def _listed(kind: LookupKind[Any], items: Sequence[Mapping[str, Any]]) -> str:
    shown = [kind.described(_printable(item)) for item in items[:CANDIDATES]]
    left_out = len(items) - len(shown)
    return "; ".join(shown) + (f"; and {left_out} more" if left_out else "")
