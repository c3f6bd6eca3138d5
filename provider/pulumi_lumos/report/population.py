"""What Lumos holds, as it answers: rows are made of this."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from typing import Any

from .model import Untold

Values = dict[str, Any]


@dataclass
class Population:
    """Everything that decides who may ask for what, as Lumos answers it, by id.

    `permissions` are those of `apps`, answered with what they inherit; `elsewhere` are the others
    that came along. `app_ids` are the apps that were asked for; none means all. `managed` says
    which stack manages an object, where that is known.
    """

    tenant: str
    user: Values
    apps: dict[str, Values]
    settings: dict[str, Values]
    permissions: dict[str, Values]
    elsewhere: dict[str, Values]
    rules: dict[str, Values]
    policies: dict[str, Values]
    requests: int
    scope: str = "all apps"
    app_ids: tuple[str, ...] = ()
    managed: dict[str, str] | None = None
    untold: list[Untold] = field(default_factory=list)

    def keep_apps(self, app_ids: Collection[str]) -> None:
        """Drop all other apps, with their settings and permissions."""
        self.apps = {id: app for id, app in self.apps.items() if id in app_ids}
        self.settings = {id: one for id, one in self.settings.items() if id in app_ids}
        kept = {id: one for id, one in self.permissions.items() if one["app_id"] in app_ids}
        self.permissions = kept

    def permissions_of(self, app_id: str) -> list[Values]:
        """The permissions of an app."""
        return [one for one in self.permissions.values() if one["app_id"] == app_id]


def by_app(items: Iterable[Values]) -> dict[str, list[Values]]:
    """Objects by the app that they are of."""
    found: dict[str, list[Values]] = defaultdict(list)
    for item in items:
        found[str(item["app_id"])].append(item)
    return found


def by_id(items: Iterable[Values]) -> dict[str, Values]:
    """Objects by their id."""
    return {str(item["id"]): item for item in items}
