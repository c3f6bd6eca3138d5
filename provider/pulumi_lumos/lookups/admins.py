"""Who administers the apps of the AppStore, and which apps have too few who can act.

Lumos counts neither: admins are named one by one and through groups, and somebody who has left
stays named.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeVar

from ..api.errors import NotFound
from ..api.paging import identified
from ..api.paths import path
from ..api.printable import printable
from ..declare.spec import Values
from .errors import LookupFailed
from .results import GetUserResult, result

if TYPE_CHECKING:
    from ..api.client import LumosClient

T = TypeVar("T")
U = TypeVar("U")
Track = Callable[[Iterable[T], int], Iterable[T]]
"""Shows people how far something has come: items pass through it, of which there are so many."""

CALLS_AT_ONCE = 8
ACTIVE = "ACTIVE"


@dataclass(frozen=True)
class AppAdmins:
    """The people who administer an app, named themselves or through a group.

    `active` can act in Lumos (their `status` is ACTIVE), `inactive` cannot.
    """

    app_id: str
    user_friendly_label: str
    admin_url: str | None
    active: tuple[GetUserResult, ...]
    inactive: tuple[GetUserResult, ...]

    def lacking(self, minimum: int) -> str:
        """One sentence on why these are too few."""
        count = len(self.active)
        people = f"{count} active admin{'' if count == 1 else 's'}"
        names = f" ({', '.join(_name(one) for one in self.active)})" if self.active else ""
        others = ", ".join(f"{_name(one)} is {one.status}" for one in self.inactive)
        more = f"; {others}" if others else ""
        return printable(
            f"{self.user_friendly_label} has {people}{names}, fewer than {minimum}{more}"
        )


def untracked(items: Iterable[T], _count: int) -> Iterable[T]:
    """Shows nothing."""
    return items


def app_admins(
    client: LumosClient, app_ids: Collection[str] = (), track: Track[Any] = untracked
) -> list[AppAdmins]:
    """The admins of all apps of the AppStore, or of some; raises LookupFailed and ApiError."""
    listed = identified("/appstore/apps", client.list("/appstore/apps", _EVEN_HIDDEN))
    apps = {str(app["id"]): app for app in listed}
    if missing := [id for id in app_ids if id not in apps]:
        raise LookupFailed(
            f"Not in the AppStore: {', '.join(missing)}. Add what is missing, or leave it out."
        )
    wanted = [id for id in apps if not app_ids or id in app_ids]
    with ThreadPoolExecutor(CALLS_AT_ONCE) as pool:
        settings = track(pool.map(lambda id: _admins(client, id), wanted), len(wanted))
        named = {id: admins for id, admins in zip(wanted, settings, strict=True) if admins}
        groups = sorted({id for admins in named.values() for id in _ids(admins, "groups")})
        members = dict(zip(groups, pool.map(lambda id: _members(client, id), groups), strict=True))
        people = {id: list(_people(admins, members)) for id, admins in named.items()}
        known = _known(client, pool, people.values())
    found = [_of_app(apps[id], people[id], known) for id in people]
    return sorted(found, key=lambda one: (one.user_friendly_label.casefold(), one.app_id))


_EVEN_HIDDEN = {"all_visibilities": "true"}


def _admins(client: LumosClient, app_id: str) -> Values | None:
    """The groups and users that a setting names; None where the app has left the AppStore."""
    address = path("/appstore/apps/{app_id}/settings", app_id=app_id)
    try:
        settings = client.get(address)
    except NotFound:
        return None
    named = (settings.get("request_flow") or {}).get("admins")
    # The document declares an empty list as the default of what is an object.
    admins = named if isinstance(named, dict) else {}
    return {part: identified(address, admins.get(part) or []) for part in ("users", "groups")}


def _ids(admins: Values, part: str) -> list[str]:
    return [item["id"] for item in admins[part]]


def _members(client: LumosClient, group_id: str) -> list[Values]:
    """The people of a group; nobody where it is gone."""
    address = path("/groups/{group_id}/users", group_id=group_id)
    with suppress(NotFound):
        return identified(address, client.list(address))
    return []


def _people(admins: Values, members: dict[str, list[Values]]) -> Iterator[Values]:
    yield from admins["users"]
    for group_id in _ids(admins, "groups"):
        yield from members[group_id]


def _known(
    client: LumosClient, pool: ThreadPoolExecutor, people: Iterable[list[Values]]
) -> dict[str, GetUserResult]:
    """Everybody by id; whoever comes without a status is asked for."""
    everybody = {str(user["id"]): user for users in people for user in users}
    unclear = [id for id, user in everybody.items() if not user.get("status")]
    asked = pool.map(lambda id: _user(client, id), unclear)
    everybody |= {id: user for id, user in zip(unclear, asked, strict=True) if user}
    return {id: result(GetUserResult, user) for id, user in everybody.items()}


def _user(client: LumosClient, user_id: str) -> Values | None:
    with suppress(NotFound):
        found: Values = client.get(path("/users/{user_id}", user_id=user_id))
        return found
    return None


def _of_app(app: Values, people: list[Values], known: dict[str, GetUserResult]) -> AppAdmins:
    users = [known[id] for id in {str(user["id"]): None for user in people}]
    users.sort(key=lambda user: (_name(user), user.id))
    return AppAdmins(
        app_id=str(app["id"]),
        user_friendly_label=str(app.get("user_friendly_label") or app["id"]),
        admin_url=(app.get("links") or {}).get("admin_url"),
        active=tuple(user for user in users if user.status == ACTIVE),
        inactive=tuple(user for user in users if user.status != ACTIVE),
    )


def _name(user: GetUserResult) -> str:
    return user.email or user.id
