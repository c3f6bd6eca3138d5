"""Who administers the apps of the AppStore, and which apps have too few who can act.

Read off the same rows as the report, so that its risks and these checks never disagree.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from pulumi_lumos.plurals import plural
from pulumi_lumos.printable import printable, printable_name

from .people import ACTIVE, Track, called, untracked
from .results import GetUserResult

if TYPE_CHECKING:
    from pulumi_lumos.api.client import LumosClient
    from pulumi_lumos.report.model import Row

    from .acting import Acting


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
        people = plural(count, "active admin")
        names = f" ({', '.join(called(one) for one in self.active)})" if self.active else ""
        others = ", ".join(f"{called(one)} is {one.status}" for one in self.inactive)
        more = f"; {others}" if others else ""
        label = printable_name(self.user_friendly_label)
        return printable(f"{label} has {people}{names}, fewer than {minimum}{more}")


def read_app_admins(
    client: LumosClient, app_ids: Collection[str] = (), track: Track[Any] = untracked
) -> list[AppAdmins]:
    """Read the admins of all apps of the AppStore, or of some. Raises NotRead and ApiError."""
    from .acting import read_acting  # Few programs check anything: the report's import can wait.

    seen = read_acting(client, app_ids, track, lambda row: [row.admins], permissions=False)
    found = [_of_app(row, seen) for row in seen.rows]
    return sorted(found, key=lambda one: (one.user_friendly_label.casefold(), one.app_id))


def _of_app(app: Row, seen: Acting) -> AppAdmins:
    users = seen.everybody(app.admins)
    return AppAdmins(
        app_id=app.app_id,
        user_friendly_label=app.app,
        admin_url=seen.admin_url(app),
        active=tuple(user for user in users if user.status == ACTIVE),
        inactive=tuple(user for user in users if user.status != ACTIVE),
    )
