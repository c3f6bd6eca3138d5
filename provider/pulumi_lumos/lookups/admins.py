"""Who administers the apps of the AppStore, and which apps have too few who can act."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ..api.printable import printable, printable_name
from .people import ACTIVE, Named, People, Track, called, untracked
from .results import GetUserResult
from .settings import SETTINGS, StoreApp, store_apps

if TYPE_CHECKING:
    from ..api.client import LumosClient


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
        names = f" ({', '.join(called(one) for one in self.active)})" if self.active else ""
        others = ", ".join(f"{called(one)} is {one.status}" for one in self.inactive)
        more = f"; {others}" if others else ""
        label = printable_name(self.user_friendly_label)
        return printable(f"{label} has {people}{names}, fewer than {minimum}{more}")


def app_admins(
    client: LumosClient, app_ids: Collection[str] = (), track: Track[Any] = untracked
) -> list[AppAdmins]:
    """The admins of all apps of the AppStore, or of some; raises LookupFailed and ApiError."""
    apps = store_apps(client, app_ids, track)
    people = People(client, (_admins(app) for app in apps))
    found = [_of_app(app, people) for app in apps]
    return sorted(found, key=lambda one: (one.user_friendly_label.casefold(), one.app_id))


def _admins(app: StoreApp) -> Named:
    return Named(SETTINGS, app.flow.get("admins"))


def _of_app(app: StoreApp, people: People) -> AppAdmins:
    users = people.all(_admins(app))
    return AppAdmins(
        app_id=app.id,
        user_friendly_label=app.label,
        admin_url=app.admin_url,
        active=tuple(user for user in users if user.status == ACTIVE),
        inactive=tuple(user for user in users if user.status != ACTIVE),
    )
