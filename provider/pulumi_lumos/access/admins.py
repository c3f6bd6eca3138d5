"""Reads who administers the apps of the AppStore; a setting also names people who have left."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from typing import TYPE_CHECKING

from pulumi_lumos.api.errors import NotFound
from pulumi_lumos.api.paging import identified
from pulumi_lumos.api.paths import path

from . import reading
from .model import AppAdmins, Person
from .offers import APPS, MEMBERS, SETTINGS
from .reading import Values, part

if TYPE_CHECKING:
    from pulumi_lumos.api.client import LumosClient


def list_admins(client: LumosClient) -> list[AppAdmins]:
    """List the admins of every app, hidden ones too; only administrators of Lumos may ask (403)."""
    found = identified(APPS, client.list(APPS, {"all_visibilities": True}))
    members: dict[str, tuple[Person, ...]] = {}
    read = [_admins_of(client, app, members) for app in found]
    return sorted(read, key=lambda one: (one.app.name.casefold(), one.app.id))


def _admins_of(
    client: LumosClient, app: Values, members: dict[str, tuple[Person, ...]]
) -> AppAdmins:
    settings = client.get(path(SETTINGS, app_id=str(app["id"])))
    named = part(part(settings, "request_flow"), "admins")
    people = {one.id: one for one in _everybody(client, named, members)}
    active = tuple(one for one in people.values() if one.status == "ACTIVE")
    inactive = tuple(one for one in people.values() if one.status != "ACTIVE")
    return AppAdmins(reading.read_app(app), active, inactive)


def _everybody(
    client: LumosClient, named: Values, members: dict[str, tuple[Person, ...]]
) -> Iterator[Person]:
    yield from reading.read_people(named)
    for group in reading.read_groups(named):
        if group.id not in members:
            members[group.id] = _members(client, group.id)
        yield from members[group.id]


def _members(client: LumosClient, group_id: str) -> tuple[Person, ...]:
    """The people of a group; nobody where it is gone."""
    with suppress(NotFound):
        listed = client.list(path(MEMBERS, group_id=group_id))
        return reading.read_people({"users": listed})
    return ()
