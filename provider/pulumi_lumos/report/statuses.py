"""Completes the statuses of people: Lumos's document lets an answer leave them out."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from pulumi_lumos.api.paths import path

from .population import Values

Find = Callable[[str, str], Values | None]
GONE = "GONE"
"""The status of somebody whom Lumos does not know any more."""


def complete_statuses(
    find: Find, spread: Callable[..., Iterable[Any]], objects: Iterable[Values]
) -> None:
    """Ask for the status of everybody who is named without one, and write it to the answers."""
    unclear: dict[str, list[Values]] = defaultdict(list)
    for one in objects:
        for user in _people(one):
            if not user.get("status"):
                unclear[str(user["id"])].append(user)

    def ask(id: str) -> Values | None:
        return find(f"the person {id}", path("/users/{user_id}", user_id=id))

    for id, found in zip(unclear, spread(ask, list(unclear)), strict=True):
        for user in unclear[id]:
            user.update(found or {"status": GONE})


def _people(value: Any) -> Iterator[Values]:
    """Everybody named as `users`, anywhere in an answer."""
    if isinstance(value, dict):
        for name, inside in value.items():
            if name == "users" and isinstance(inside, list):
                yield from (one for one in inside if isinstance(one, dict) and one.get("id"))
            elif isinstance(inside, (dict, list)):
                yield from _people(inside)
    elif isinstance(value, list):
        for inside in value:
            yield from _people(inside)
