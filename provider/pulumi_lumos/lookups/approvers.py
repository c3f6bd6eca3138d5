"""Who approves requests, place by place, and who of them has left.

`approval_places` reads: one place for each stage of an app or a permission that names approvers
of its own. `people_gone` and `nobody_left` judge what was read, and ask nothing.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

from ..api.paging import identified
from ..api.printable import printable_name
from ..declare.spec import Values
from .people import ACTIVE, Named, People, Track, called, untracked
from .results import GetUserResult
from .settings import SETTINGS, StoreApp, store_apps

if TYPE_CHECKING:
    from ..api.client import LumosClient

PERMISSIONS = "/appstore/requestable_permissions"
STAGES = {1: "approvers", 2: "approvers_stage_2"}
"""The setting that names who approves in each stage."""


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


def approval_places(
    client: LumosClient, app_ids: Collection[str] = (), track: Track[Any] = untracked
) -> list[ApprovalPlace]:
    """Every place that names approvers, of all apps of the AppStore or of some.

    Raises LookupFailed and ApiError.
    """
    apps = {app.id: app for app in store_apps(client, app_ids, track)}
    settings: list[tuple[StoreApp, Values | None, Values]]
    settings = [(app, None, app.flow) for app in apps.values()]
    for permission in _permissions(client, app_ids):
        app, config = apps.get(str(permission.get("app_id"))), _own_approval(permission)
        if app is not None and config is not None:
            settings.append((app, permission, config))
    stages = [
        (app, permission, stage, named)
        for app, permission, setting in settings
        for stage, field in STAGES.items()
        if (named := Named(PERMISSIONS if permission else SETTINGS, setting.get(field)))
    ]
    people = People(client, (named for *_, named in stages))
    found = [
        _place(app, permission, stage, named, people) for app, permission, stage, named in stages
    ]
    return sorted(found, key=lambda one: (one.name.casefold(), one.app_id, one.permission_id or ""))


def _permissions(client: LumosClient, app_ids: Collection[str]) -> Iterator[Values]:
    """The permissions of all apps by pages of one list, or app by app."""
    query = {"include_inherited_configs": "false"}
    for within in [{"app_id": id} for id in app_ids] or [{}]:
        yield from identified(PERMISSIONS, client.list(PERMISSIONS, {**query, **within}))


def _own_approval(permission: Values) -> Values | None:
    """The approval settings of a permission that has its own; None where its app's count."""
    config = (permission.get("request_config") or {}).get("request_approval_config")
    is_own = isinstance(config, dict) and config.get("request_approval_config_override")
    return config if is_own else None


def _place(
    app: StoreApp, permission: Values | None, stage: int, named: Named, people: People
) -> ApprovalPlace:
    return ApprovalPlace(
        app_id=app.id,
        app=app.label,
        permission_id=None if permission is None else str(permission["id"]),
        permission=None if permission is None else str(permission.get("label") or ""),
        stage=stage,
        users=people.named(named),
        active=tuple(user for user in people.all(named) if user.status == ACTIVE),
        names_groups=bool(named.groups),
        admin_url=app.admin_url,
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
