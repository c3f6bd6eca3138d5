"""Replaces groups by today's members, where these were read by name."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from pulumi_lumos.plurals import plural
from pulumi_lumos.report.model import Asks, Group, Members, Unknown, User
from pulumi_lumos.report.strictness import Atom, Clause, atom

Read = Mapping[str, Members]


def people_in(groups: Iterable[Group | Unknown], read: Read) -> set[str] | None:
    """Everybody in some groups; None where the members of one were not read by name."""
    found: set[str] = set()
    for group in groups:
        members = read.get(group.id) if isinstance(group, Group) else None
        if members is None or not members.with_people:
            return None
        found |= {one.id for one in members.people}
    return found


def asking(asks: Asks, read: Read) -> set[str] | None:
    """Everybody who may ask today; None where that is everybody, or was not read."""
    return None if asks.everybody else people_in(asks.groups, read)


def in_the_place_of_groups(clause: Clause, read: Read) -> Clause | None:
    """A clause with today's members for groups; None where those of one were not read."""
    found: set[Atom] = set()
    for kind, id in clause:
        if kind != "group":
            found.add((kind, id))
            continue
        members = read.get(id)
        if members is None or not members.with_people:
            return None
        found |= {("user", one.id) for one in members.people}
    return frozenset(found)


def difference(gained: int, lost: int) -> str:
    """Two counts of people in words: "1 person more, 3 fewer"."""
    if not gained and not lost:
        return "the same people"
    if not lost:
        return f"{plural(gained, 'person')} more"
    if not gained:
        return f"{plural(lost, 'person')} fewer"
    return f"{plural(gained, 'person')} more, {lost:,} fewer"


def atoms(items: Iterable[Group | User | Unknown]) -> set[Atom]:
    """The atoms of some groups and people."""
    return {atom(item) for item in items}
