"""Reads how many people are in the groups that the rows name, and who they are."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, Literal

from pulumi_lumos.api.paths import path
from pulumi_lumos.api.threads import threads

from .model import Admins, Asks, Group, Members, Row, Unknown
from .parts import in_order, user_of
from .reading import CALLS_AT_ONCE, Reader, Track
from .statuses import complete_statuses

How = Literal["counts", "names"]

NOT_READABLE = "not readable"
"""The word for the members of a group that is gone."""


def read_members(reader: Reader, rows: Iterable[Row], how: How, track: Track) -> dict[str, Members]:
    """Read the members of every group that the rows name. Raises NotRead."""
    return read_members_of(reader, (one for row in rows for one in _groups(row)), how, track)


def read_members_of(
    reader: Reader, groups: Iterable[Group], how: How, track: Track
) -> dict[str, Members]:
    """Read the members of some groups, by the id of the group. Raises NotRead."""
    named = {one.id: one for one in groups}

    def read_one(group: Group) -> Members:
        return _people(reader, group) if how == "names" else _count(reader, group)

    with threads(CALLS_AT_ONCE) as pool:
        found = track(pool.map(read_one, named.values()), len(named))
        return {one.id: one for one in found}


def _groups(row: Row) -> Iterator[Group]:
    named: list[Any] = list(row.asks.groups) if isinstance(row.asks, Asks) else []
    stages = () if isinstance(row.decides, Unknown) else row.decides
    named += [one for stage in stages for one in stage.groups]
    named += [one for rule in row.without_approval for one in rule.groups]
    named += [row.into.group, *(row.admins.groups if isinstance(row.admins, Admins) else ())]
    return (one for one in named if isinstance(one, Group) and not one.id.startswith("urn:"))


def _address(group: Group) -> str:
    return path("/groups/{group_id}/users", group_id=group.id)


def _count(reader: Reader, group: Group) -> Members:
    """Count the members by the total of the list, which takes one request."""
    first = reader.find(f"the members of {group.name}", _address(group), {"page": 1, "size": 1})
    if first is None:
        return Members(group.id, group.name, NOT_READABLE)
    total = first.get("total")
    # The document allows a total of null; then read all pages.
    return (
        Members(group.id, group.name, total) if isinstance(total, int) else _people(reader, group)
    )


def _people(reader: Reader, group: Group) -> Members:
    listed = reader.all_if_any(f"members of {group.name}", _address(group))
    if listed is None:  # Nobody can act through a group that is gone.
        return Members(group.id, group.name, NOT_READABLE, with_people=True)
    complete_statuses(reader.find, map, [{"users": listed}])
    people = [one for one in map(user_of, listed) if not isinstance(one, Unknown)]
    return Members(group.id, group.name, len(people), tuple(sorted(people, key=in_order)), True)
