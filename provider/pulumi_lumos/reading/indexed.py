"""Objects that are found by their id or by the values of some of their fields."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from threading import Lock
from typing import Any

from pulumi_lumos.declare.spec import Values

Index = dict[tuple[str, ...], dict[str, Values]]


class Indexed:
    """Objects by id, with an index for each set of fields that was asked for; safe for threads.

    A run asks for every object that it makes whether there is one of its name already: looking at
    all of them each time would take the square of their number.
    """

    def __init__(self) -> None:
        self._items: dict[str, Values] = {}
        self._indexes: dict[tuple[str, ...], Index] = {}
        self._lock = Lock()

    def find(self, id: str) -> Values | None:
        """Look for an object by its id."""
        return self._items.get(id)

    def matching(self, key: Mapping[str, Any]) -> list[Values]:
        """All objects with these values, in the order they were put."""
        names = tuple(key)
        with self._lock:
            if names not in self._indexes:
                index = self._indexes[names] = defaultdict(dict)
                for id, item in self._items.items():
                    index[_place(names, item)][id] = item
            return list(self._indexes[names].get(_place(names, key), {}).values())

    def put(self, id: str, item: Values) -> None:
        """Add an object, in place of one of the same id."""
        with self._lock:
            self._remove(id)
            self._add(id, item)

    def add(self, id: str, item: Values) -> None:
        """Add an object unless there is one of the same id."""
        with self._lock:
            if id not in self._items:
                self._add(id, item)

    def remove(self, id: str) -> None:
        """Drop the object of an id, if there is one."""
        with self._lock:
            self._remove(id)

    def _add(self, id: str, item: Values) -> None:
        self._items[id] = item
        for names, index in self._indexes.items():
            index[_place(names, item)][id] = item

    def _remove(self, id: str) -> None:
        if (item := self._items.pop(id, None)) is not None:
            for names, index in self._indexes.items():
                index[_place(names, item)].pop(id)


def _place(names: tuple[str, ...], item: Mapping[str, Any]) -> tuple[str, ...]:
    """Where an object stands in an index; what Lumos answers need not be hashable."""
    return tuple(repr(item.get(name)) for name in names)
