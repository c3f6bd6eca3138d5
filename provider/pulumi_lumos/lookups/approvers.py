"""Who approves requests, place by place, and who of them has left.

`read_approval_places` reads one place for each stage of an app or a permission that names
approvers of its own, off the same rows as the report. `people_gone` and `nobody_left` judge what
was read, and ask nothing.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

from pulumi_lumos.printable import printable_name

from .people import ACTIVE, Track, called, untracked
from .results import GetUserResult

if TYPE_CHECKING:
    from pulumi_lumos.api.client import LumosClient
    from pulumi_lumos.report.model import Row, Stage

    from .acting import Acting


@dataclass(frozen=True)
class ApprovalPlace:
    """One place that names approvers: a stage of an app, or of a permission of it.

    Without `permission_id`, the place is the app itself, whose approvers count for each of its
    permissions without approvers of its own. `users` are named one by one; `active` are all who
    can approve there, also through a group: their `status` is ACTIVE. `names_groups` says whether
    a group is named, however many members it has.
    """

    app_id: str
    app: str
    permission_id: str | None
    permission: str | None
    stage: int
    users: tuple[GetUserResult, ...]
    active: tuple[GetUserResult, ...]
    names_groups: bool
    admin_url: str | None

    @property
    def gone(self) -> tuple[GetUserResult, ...]:
        """The people who are named one by one and cannot approve."""
        return tuple(user for user in self.users if user.status != ACTIVE)

    @property
    def name(self) -> str:
        """What people call the place."""
        app = printable_name(self.app)
        what = app if self.permission is None else f"{app}: {printable_name(self.permission)}"
        return what if self.stage == 1 else f"{what} (stage {self.stage})"


def read_approval_places(
    client: LumosClient, app_ids: Collection[str] = (), track: Track[Any] = untracked
) -> list[ApprovalPlace]:
    """Read every place that names approvers, of all apps of the AppStore or of some.

    Raises NotRead and ApiError.
    """
    from .acting import read_acting  # Few programs check anything: the report's import can wait.

    seen = read_acting(client, app_ids, track, _own_stages, permissions=True)
    found = [
        _place(row, number, stage, seen)
        for row in seen.rows
        for number, stage in enumerate(_own_stages(row), 1)
    ]
    return sorted(found, key=lambda one: (one.name.casefold(), one.app_id, one.permission_id or ""))


def _own_stages(row: Row) -> list[Stage]:
    """The stages that name approvers; none where those of the app count."""
    if isinstance(row.decides, tuple) and (row.is_app or "decides" in row.own):
        return [stage for stage in row.decides if not stage.manager]
    return []


def _place(row: Row, number: int, stage: Stage, seen: Acting) -> ApprovalPlace:
    from .acting import in_order

    return ApprovalPlace(
        app_id=row.app_id,
        app=row.app,
        permission_id=row.permission_id or None,
        permission=None if row.is_app else row.permission,
        stage=number,
        users=in_order(stage.users),
        active=tuple(user for user in seen.everybody(stage) if user.status == ACTIVE),
        names_groups=bool(stage.groups),
        admin_url=seen.admin_url(row),
    )


class PersonGone(NamedTuple):
    """Somebody who cannot approve any more, and the places that still name them."""

    user: GetUserResult
    places: Sequence[ApprovalPlace]


def people_gone(places: Iterable[ApprovalPlace]) -> list[PersonGone]:
    """Everybody who is named as an approver and is not active, by name."""
    found: dict[GetUserResult, list[ApprovalPlace]] = defaultdict(list)
    for place in places:
        for user in place.gone:
            found[user].append(place)
    people = (PersonGone(user, where) for user, where in found.items())
    return sorted(people, key=lambda one: (called(one.user), one.user.id))


def nobody_left(places: Iterable[ApprovalPlace]) -> list[ApprovalPlace]:
    """The places where nobody who is named can approve, neither in person nor through a group."""
    return [place for place in places if not place.active]
