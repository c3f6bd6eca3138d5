"""Finds the stricter of two approvals, as far as that can be proven.

An approval is a list of clauses, its stages: all of them have to be met, and any atom of a clause
meets it. Atoms are the manager, groups and users, compared by id.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Literal

from .model import Group, Stage, Unknown, User

Atom = tuple[str, str]
Clause = frozenset[Atom]
Order = Literal["same", "stricter", "weaker", "neither"]

MANAGER: Atom = ("manager", "")


def atom(item: Group | User | Unknown) -> Atom:
    """The value by which a group, a user or an unknown is compared."""
    if isinstance(item, Unknown):
        return ("unknown", item.unknown)
    return ("group" if isinstance(item, Group) else "user", item.id)


def clause(stage: Stage) -> Clause:
    """The atoms of a stage."""
    atoms = [atom(item) for item in (*stage.groups, *stage.users)]
    return frozenset([MANAGER, *atoms] if stage.manager else atoms)


def clauses(stages: Iterable[Stage]) -> list[Clause]:
    """The clauses of an approval."""
    return [clause(stage) for stage in stages]


def is_as_strict(new: Collection[Clause], old: Collection[Clause]) -> bool:
    """Whether `old` approves everything that `new` approves, as proven clause by clause."""
    return all(any(one <= other for one in new) for other in old)


def compare(new: Collection[Clause], old: Collection[Clause]) -> Order:
    """Say how `new` stands to `old`."""
    stricter, weaker = is_as_strict(new, old), is_as_strict(old, new)
    if stricter and weaker:
        return "same"
    if stricter or weaker:
        return "stricter" if stricter else "weaker"
    return "neither"
