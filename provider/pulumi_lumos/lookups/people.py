"""Reads people as settings of Lumos name them: one by one, and through groups.

A setting that names somebody goes on naming them when they have left, and counts nobody.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from typing import TYPE_CHECKING, Any, TypeVar

from ..api.errors import NotFound
from ..api.paging import identified
from ..api.paths import path
from ..api.printable import printable_name
from ..declare.spec import Values
from .results import GetUserResult, result

if TYPE_CHECKING:
    from ..api.client import LumosClient

T = TypeVar("T")
Track = Callable[[Iterable[T], int], Iterable[T]]
"""Shows people how far something has come: items pass through it, of which there are so many."""

CALLS_AT_ONCE = 8
ACTIVE = "ACTIVE"


def untracked(items: Iterable[T], _count: int) -> Iterable[T]:
    """Shows nothing."""
    return items


def called(user: GetUserResult) -> str:
    """What people call somebody in a sentence."""
    return printable_name(user.email or user.id)


class Named:
    """The users and groups that one setting names; one that is no object names nobody.

    `address` is where Lumos has answered it. Raises UnexpectedAnswer for an object without an id.
    """

    def __init__(self, address: str, setting: Any) -> None:
        # The document declares an empty list as the default of what is an object.
        given: Values = setting if isinstance(setting, dict) else {}
        self.users: list[Values] = identified(address, given.get("users") or [])
        self.groups: list[Values] = identified(address, given.get("groups") or [])

    def __bool__(self) -> bool:
        return bool(self.users or self.groups)

    @property
    def group_ids(self) -> list[str]:
        """The ids of the groups."""
        return [str(group["id"]) for group in self.groups]


class People:
    """Everybody whom some settings name, read once: members of groups, and who has left."""

    def __init__(self, client: LumosClient, settings: Iterable[Named]) -> None:
        self._client = client
        named = [*settings]
        groups = sorted({id for one in named for id in one.group_ids})
        with ThreadPoolExecutor(CALLS_AT_ONCE) as pool:
            members = pool.map(self._read_members, groups)
            self._members = dict(zip(groups, members, strict=True))
            users = [user for one in named for user in (*one.users, *self._in_groups(one))]
            self._known = self._read_known(pool, users)

    def named(self, setting: Named) -> tuple[GetUserResult, ...]:
        """The people that a setting names one by one, by name."""
        return self._sorted(setting.users)

    def all(self, setting: Named) -> tuple[GetUserResult, ...]:
        """The same with the members of the groups that it names, each person once."""
        return self._sorted([*setting.users, *self._in_groups(setting)])

    def _in_groups(self, setting: Named) -> list[Values]:
        return [user for id in setting.group_ids for user in self._members[id]]

    def _sorted(self, users: Iterable[Mapping[str, Any]]) -> tuple[GetUserResult, ...]:
        known = [self._known[id] for id in {str(user["id"]): None for user in users}]
        return tuple(sorted(known, key=lambda user: (called(user), user.id)))

    def _read_members(self, group_id: str) -> list[Values]:
        """The people of a group; nobody where it is gone."""
        address = path("/groups/{group_id}/users", group_id=group_id)
        with suppress(NotFound):
            return identified(address, self._client.list(address))
        return []

    def _read_known(
        self, pool: ThreadPoolExecutor, users: Iterable[Values]
    ) -> dict[str, GetUserResult]:
        """Everybody by id; whoever comes without a status is asked for."""
        everybody = {str(user["id"]): user for user in users}
        unclear = [id for id, user in everybody.items() if not user.get("status")]
        asked = pool.map(self._read_user, unclear)
        everybody |= {id: user for id, user in zip(unclear, asked, strict=True) if user}
        return {id: result(GetUserResult, user) for id, user in everybody.items()}

    def _read_user(self, user_id: str) -> Values | None:
        with suppress(NotFound):
            found: Values = self._client.get(path("/users/{user_id}", user_id=user_id))
            return found
        return None
