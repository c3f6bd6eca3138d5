"""What Lumos holds, as it answers: the material of which rows are made."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from .model import Untold

Values = dict[str, Any]


@dataclass
class Population:
    """Everything that decides who may ask for what, as Lumos answers it, by id.

    `permissions` are those of `apps`, answered with what they inherit; `elsewhere` are the others
    that came along. `managed` says which stack manages an object, where that is known.
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
    managed: dict[str, str] | None = None
    untold: list[Untold] = field(default_factory=list)

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
