"""Finds the objects that others point at, many by a list page and each once in a run."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from pulumi_lumos.api.errors import NotFound
from pulumi_lumos.api.paths import path
from pulumi_lumos.declare.fields import Collection
from pulumi_lumos.declare.spec import Values
from pulumi_lumos.printable import printable_name

from .flights import Memory
from .listing import Listing, Listings

if TYPE_CHECKING:
    from pulumi_lumos.api.client import LumosClient


class Directory:
    """What Lumos holds of the collections that references point into, as it was when asked.

    `client` gives the client when it is first needed. Raises ApiError where Lumos refuses.
    """

    def __init__(self, client: Callable[[], LumosClient], listings: Listings) -> None:
        self._client = client
        self._listings = listings
        self._found: Memory[list[Values]] = Memory()

    def find(self, collection: Collection, named: tuple[str, str], within: str) -> Values | None:
        """Look for an object by one property; return the first, or None where Lumos has none."""
        found = self.matching(collection, named, named[0], within)
        return found[0] if found else None

    def known_name(self, collection: Collection, id: str) -> str:
        """What people call an object, beside its id, where this run knows that; else the id."""
        known = [self.listing(collection).known(id), *(self._found.known((collection, id)) or ())]
        names = [str(one[collection.called]) for one in known if one and one.get(collection.called)]
        return f"{printable_name(names[0])} ({id})" if names else id

    def ask(
        self, collection: Collection, named: tuple[str, str], search: str, within: str = ""
    ) -> list[Values]:
        """Ask Lumos this very moment for what `matching` gives."""
        if not collection.in_pages:
            return [one for one in self._client().list(collection.path) if _is(one, named)]
        if named[0] == "id":
            return self._one(collection, named[1])
        return self._searched(collection, named, search, within)

    def matching(
        self, collection: Collection, named: tuple[str, str], search: str, within: str = ""
    ) -> list[Values]:
        """The objects of which one property has this value, within one app where that is given.

        `search` is the list's query parameter that finds such objects; "" where there is none.
        """
        return self._found.get(
            (collection, named, search, within),
            lambda: self._matching(collection, named, search, within),
        )

    def one(self, collection: Collection, id: str) -> list[Values]:
        """Ask for one object by its id; return none or one."""
        return self._found.get((collection, id), lambda: self._one(collection, id))

    def _matching(
        self, collection: Collection, named: tuple[str, str], search: str, within: str
    ) -> list[Values]:
        if not collection.in_pages:
            return [one for one in self._whole(collection.path) if _is(one, named)]
        listing = self.listing(collection, within)
        if named[0] == "id":
            listed = listing.find(named[1])
            return [listed] if listed else self.one(collection, named[1])
        found = listing.find_matching(dict([named]))
        return self._searched(collection, named, search, within) if found is None else found

    def _one(self, collection: Collection, id: str) -> list[Values]:
        if not collection.in_pages:
            return self.matching(collection, ("id", id), "")
        address = path(f"{collection.path}/{{id}}", id=id)
        try:
            found: Values = self._client().get(address, dict(collection.query))
        except NotFound:
            return []
        return [found]

    def listing(self, collection: Collection, within: str = "") -> Listing:
        """The shared listing of a collection, or of its part that belongs to one app."""
        return self._listings.at(collection.path, _query(collection, within))

    def _searched(
        self, collection: Collection, named: tuple[str, str], search: str, within: str
    ) -> list[Values]:
        exact = {search: named[1]} if search else {}
        exact |= {collection.exact: "true"} if search and collection.exact else {}
        asked = {**_query(collection, within), **exact}
        return [one for one in self._client().list(collection.path, asked) if _is(one, named)]

    def _whole(self, address: str) -> list[Values]:
        return self._found.get(address, lambda: self._client().list(address))


def _query(collection: Collection, within: str) -> dict[str, str]:
    scope = {collection.filter: within} if collection.filter and within else {}
    return {**dict(collection.query), **scope}


def _is(one: Values, named: tuple[str, str]) -> bool:
    return bool(one.get(named[0]) == named[1])
