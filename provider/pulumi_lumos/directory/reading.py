"""Finds objects of Lumos by what people call them.

A list is read page by page only as far as that is cheaper than asking for single objects, so a
hundred lookups of a small company cost one page and one lookup of a huge one costs two calls.
"""

from __future__ import annotations

from collections.abc import Mapping
from threading import Lock
from typing import Any, TypeVar

from ..api.client import LumosClient, path
from ..api.errors import NotFound
from ..declare.spec import Values
from ..lifecycle.listing import Listing
from .errors import NotOne, WrongArguments, close_to, named
from .kinds import Key, Kind
from .results import result

R = TypeVar("R")

_Query = dict[str, str]


class Directory:
    """The objects of one Lumos, as read so far; safe for many threads."""

    def __init__(self, client: LumosClient) -> None:
        self._client = client
        self._listings: dict[tuple[str, str], Listing] = {}
        self._found: dict[tuple[str, ...], list[Values]] = {}
        self._lock = Lock()

    def get(self, kind: Kind[R], given: Mapping[str, str]) -> R:
        """The one object that the arguments name; raises LookupFailed and ApiError."""
        check(kind, given)
        (argument,) = (name for name in given if name in kind.keys)
        key, value = kind.keys[argument], given[argument]
        query = self._query(kind, given)
        matching = self._matching(kind, key, value, query)
        found = [item for item in matching if _has(item, {**query, key.field: value}, kind)]
        if len(found) > 1:
            raise NotOne.several(kind, named(given), found)
        if not found:
            raise NotOne.none(kind, named(given), self._similar(kind, key, value, query))
        return result(kind.result, found[0])

    def search(self, kind: Kind[Any], words: str = "", within: str = "") -> list[Values]:
        """The objects that Lumos finds by some words, or all; `within` one app where it lists so.

        Where Lumos cannot search, those are taken whose shown fields contain the words.
        """
        query = self._query(kind, {kind.filter: within} if within else {})
        if kind.words:
            return self._client.list(kind.path, query | ({kind.words: words} if words else {}))
        items = self._client.list(kind.path, query)
        return [item for item in items if words.casefold() in kind.described(item).casefold()]

    def _matching(self, kind: Kind[Any], key: Key, value: str, query: _Query) -> list[Values]:
        """All objects of a value, perhaps among others."""
        if kind.filter_required and kind.filter not in query:
            return self._read(kind, value)
        listing = self._listing(kind, query)
        if key.field == "id":
            listed = listing.get(value)
            return [listed] if listed else self._read(kind, value)
        found = listing.find({key.field: value})
        return self._searched(kind, key, value, query) if found is None else found

    def _read(self, kind: Kind[Any], id: str) -> list[Values]:
        """The object of an id, asked for by itself."""
        if not kind.read:
            return self._client.list(kind.path, dict(kind.query))
        address = path(kind.read, id=id)
        if (address,) not in self._found:
            try:
                self._found[(address,)] = [self._client.get(address, dict(kind.query))]
            except NotFound:
                self._found[(address,)] = []
        return self._found[(address,)]

    def _searched(self, kind: Kind[Any], key: Key, value: str, query: _Query) -> list[Values]:
        """What Lumos finds by a value."""
        exact = {key.search: value, "exact_match": "true"} if key.search else {}
        asked = (kind.path, *sorted({**query, **exact}.items()))
        known = tuple(str(part) for part in asked)
        if known not in self._found:
            self._found[known] = self._client.list(kind.path, {**query, **exact})
        return self._found[known]

    def _similar(
        self, kind: Kind[Any], key: Key, value: str, query: _Query
    ) -> list[Mapping[str, Any]]:
        """Objects that may have been meant by a name that none has."""
        if key.field != kind.shown[0]:
            return []
        items = self._listing(kind, query).find({})
        if items is None and kind.words:
            items = self._client.page(kind.path, {**query, kind.words: value}).items
        return close_to(kind, key.field, value, items or [])

    def _query(self, kind: Kind[Any], given: Mapping[str, str]) -> _Query:
        narrowed = {kind.filter: given[kind.filter]} if kind.filter in given else {}
        return {**kind.query, **narrowed}

    def _listing(self, kind: Kind[Any], query: _Query) -> Listing:
        with self._lock:
            key = (kind.path, query.get(kind.filter, ""))
            if key not in self._listings:
                self._listings[key] = Listing(self._client, kind.path, query)
            return self._listings[key]


def check(kind: Kind[Any], given: Mapping[str, Any]) -> None:
    """Raise WrongArguments unless exactly one argument names the object, each with a text."""
    function = kind.function
    keys = [name for name in given if name in kind.keys]
    if len(keys) != 1:
        got = " and ".join(keys) or "none of them"
        wanted = f"exactly one of {', '.join(kind.keys)}"
        raise WrongArguments(f"{function} takes {wanted}, but got {got}.")
    if kind.filter_required and keys != ["id"] and kind.filter not in given:
        raise WrongArguments(f"{function} takes {kind.filter} beside {keys[0]}.")
    for name, value in given.items():
        if not isinstance(value, str):
            raise WrongArguments(
                f"{name} of {function} must be a text, but is {type(value).__name__}; "
                f"for what another resource gives there is {function}_output."
            )
        if not value.strip():
            raise WrongArguments(f"{name} of {function} must not be empty.")


def _has(item: Mapping[str, Any], wanted: Mapping[str, str], kind: Kind[Any]) -> bool:
    """Whether an object has the wanted values, and an id; what only steers a read is no field."""
    fields = {name: value for name, value in wanted.items() if name not in kind.query}
    return bool(item.get("id")) and all(item.get(name) == fields[name] for name in fields)
