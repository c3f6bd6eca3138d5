"""Finds the names of objects that a program points at by id: in what was read, else in Lumos."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from pulumi_lumos.api.paths import path
from pulumi_lumos.report.population import Population, Values
from pulumi_lumos.report.reading import Reader

_GROUPS = ("groups", "preapproved_groups")
_WEBHOOKS = ("preapproval_webhooks",)


class Names:
    """Groups, people and webhooks, by the keys with which a program points at them."""

    def __init__(self, population: Population, reader: Reader) -> None:
        self._reader = reader
        self._groups: dict[tuple[str, ...], Values] = {}
        self._users: dict[str, Values] = {}
        self._webhooks: dict[str, Values] | None = None
        for known in _pointers(_all(population)):
            self._learn(*known)

    def complete(self, values: Any) -> None:
        """Add names, in place, to all pointers in some values."""
        for kind, pointer in list(_pointers([values])):
            find: dict[str, Callable[[Values], Values | None]] = {
                "group": self._group,
                "user": self._user,
                "webhook": self._webhook,
            }
            pointer.update(find[kind](pointer) or {})

    def _learn(self, kind: str, known: Values) -> None:
        if kind == "group":
            self._groups[(str(known.get("id")),)] = known
            self._groups[str(known.get("app_id")), str(known.get("integration_specific_id"))] = (
                known
            )
        elif kind == "user" and known.get("email"):
            self._users[str(known.get("id"))] = known

    def _group(self, pointer: Values) -> Values | None:
        id, inside = pointer.get("id"), pointer.get("integration_specific_id")
        if isinstance(id, str):
            if (id,) not in self._groups:
                found = self._reader.find(
                    f"the group {id}", path("/groups/{group_id}", group_id=id)
                )
                self._learn("group", found or {"id": id, "name": id})
            return self._groups.get((id,))
        if not isinstance(inside, str) or not isinstance(pointer.get("app_id"), str):
            return None
        key = (str(pointer["app_id"]), inside)
        if key not in self._groups:
            query = {"app_id": key[0], "integration_specific_id": inside, "exact_match": "true"}
            for found in self._reader.all(f"the group {inside}", "/groups", query):
                self._learn("group", found)
        # A group that Lumos has not synced yet has only its id in its own app.
        return self._groups.get(key, {"id": inside, "name": inside})

    def _user(self, pointer: Values) -> Values | None:
        id = pointer.get("id")
        if not isinstance(id, str):
            return None
        if id not in self._users:
            found = self._reader.find(f"the person {id}", path("/users/{user_id}", user_id=id))
            self._users[id] = found or {"id": id, "status": "GONE"}
        return self._users[id]

    def _webhook(self, pointer: Values) -> Values | None:
        if self._webhooks is None:
            listed = self._reader.array("the webhooks", "/inline_webhooks")
            self._webhooks = {str(one.get("id")): one for one in listed}
        id = pointer.get("id")
        return self._webhooks.get(id) if isinstance(id, str) else None


def _all(population: Population) -> Iterator[Any]:
    yield from population.settings.values()
    yield from population.permissions.values()
    yield from population.elsewhere.values()
    yield from population.rules.values()


def _pointers(values: Iterable[Any]) -> Iterator[tuple[str, Values]]:
    """Everything that points at a group, a person or a webhook, anywhere below."""
    for value in values:
        if isinstance(value, Mapping):
            for name, inside in value.items():
                kind = _kind_at(name)
                for one in inside if isinstance(inside, list) else [inside]:
                    if kind and isinstance(one, dict):
                        yield kind, one
                if not kind:
                    yield from _pointers([inside])
        elif isinstance(value, list):
            yield from _pointers(value)


def _kind_at(name: str) -> str:
    if name in _GROUPS or name == "provisioning_group":
        return "group"
    if name == "users":
        return "user"
    return "webhook" if name in _WEBHOOKS or name.endswith("_webhook") else ""
