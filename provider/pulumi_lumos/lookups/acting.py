"""Reads the rows of the report that the checks of people judge, with who can act there."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from pulumi_lumos.report.members import read_members_of
from pulumi_lumos.report.model import Admins, Group, Members, Row, Stage, Unknown, User
from pulumi_lumos.report.reading import Reader, read_apps
from pulumi_lumos.report.rows import rows_of
from pulumi_lumos.report.words import people_of

from .people import Track, called
from .results import GetUserResult

if TYPE_CHECKING:
    from pulumi_lumos.api.client import LumosClient

Named = Callable[[Row], Iterable[Admins | Stage]]
"""The people and groups of a row that a check is about."""


@dataclass(frozen=True)
class Acting:
    """Some rows of the report, and the members of the groups that a check is about."""

    rows: tuple[Row, ...]
    _members: Mapping[str, Members]
    _admin_urls: Mapping[str, str | None]

    def admin_url(self, row: Row) -> str | None:
        """Where Lumos shows the settings of the app of a row."""
        return self._admin_urls.get(row.app_id)

    def everybody(self, named: Admins | Stage) -> tuple[GetUserResult, ...]:
        """The people who are named and the members of groups that are, each once, by name."""
        found = people_of(named.groups, named.users, self._members)
        assert found is not None, "what Lumos answers is known, and all groups were read"
        return in_order(found)


def in_order(users: Iterable[User | Unknown]) -> tuple[GetUserResult, ...]:
    """People of the report as results, by name."""
    results = (_result(user) for user in users if isinstance(user, User))
    return tuple(sorted(results, key=lambda user: (called(user), user.id)))


def _result(user: User) -> GetUserResult:
    # The report calls somebody by the id who has no address.
    email = None if user.email == user.id else user.email
    return GetUserResult(user.id, email, user.given_name, user.family_name, user.status)


def read_acting(
    client: LumosClient,
    app_ids: Collection[str],
    track: Track[Any],
    named: Named,
    *,
    permissions: bool,
) -> Acting:
    """Read the rows of all apps of the AppStore, or of some. Raises NotRead and ApiError."""
    reader = Reader(client, "")
    population = read_apps(reader, app_ids, track, permissions=permissions)
    rows = rows_of(population)
    groups = {
        group: None
        for row in rows
        for one in named(row)
        for group in one.groups
        if isinstance(group, Group)
    }
    members = read_members_of(reader, groups, "names", lambda items, _count: items)
    urls = {id: (app.get("links") or {}).get("admin_url") for id, app in population.apps.items()}
    return Acting(rows, members, urls)
