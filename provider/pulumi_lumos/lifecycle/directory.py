"""Finds the objects that others point at, many by a list page and each once in a run."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache
from typing import TYPE_CHECKING, Any

from ..api.errors import NotFound
from ..api.paths import path
from ..declare.fields import Collection
from ..declare.spec import Values
from .listing import Listing

if TYPE_CHECKING:
    from ..api.client import LumosClient


class Directory:
    """What Lumos holds of the collections that references point into, as it was when asked.

    `listing` gives the shared listing of an address; raises ApiError where Lumos refuses.
    """

    def __init__(
        self,
        client: Callable[[], LumosClient],
        listing: Callable[[str, Mapping[str, str]], Listing],
    ) -> None:
        self._client = client
        self._listing = listing
        self.find = cache(self._find)

    def _find(self, collection: Collection, named: tuple[str, str], within: str) -> Values | None:
        """The object of which one property has this value; None where Lumos has none.

        Of several in different apps the one of the app `within` comes first.
        """
        if not collection.in_pages:
            return next((one for one in self._whole(collection.path) if _is(one, named)), None)
        query = dict(collection.query)
        if collection.filter and within:
            query[collection.filter] = within
        listing = self._listing(collection.path, query)
        if named[0] == "id":
            return listing.get(named[1]) or self._one(collection, named[1])
        found = listing.find(dict([named]))
        if found is None:
            found = self._searched(collection, named, query)
        return found[0] if found else None

    def _one(self, collection: Collection, id: str) -> Values | None:
        address = path(f"{collection.path}/{{id}}", id=id)
        try:
            found: Values = self._client().get(address, dict(collection.query))
        except NotFound:
            return None
        return found

    def _searched(
        self, collection: Collection, named: tuple[str, str], query: Mapping[str, str]
    ) -> list[Values]:
        asked = {**query, named[0]: named[1], "exact_match": "true"}
        return [one for one in self._client().list(collection.path, asked) if _is(one, named)]

    @cache  # noqa: B019, a directory lives as long as its process
    def _whole(self, address: str) -> Any:
        return self._client().get(address)


def _is(one: Values, named: tuple[str, str]) -> bool:
    return bool(one.get(named[0]) == named[1])
