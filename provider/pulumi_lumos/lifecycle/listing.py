"""Reads many objects for the price of a few list pages.

Lumos has no bulk read, but the items of a list carry the same fields as a single read. Reads
that come within a moment of each other are gathered, and pages are read instead of objects as
soon as that is cheaper. A listing lives as long as its process, which is one phase of an update.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from threading import Lock
from typing import TYPE_CHECKING, Any, TypeVar

from ..api.errors import UnexpectedAnswer
from ..declare.spec import Values
from .indexed import Indexed

if TYPE_CHECKING:
    from ..api.client import LumosClient

T = TypeVar("T")

GATHER_SECONDS = 0.02
PAGES_AT_ONCE = 16
PAGE_SIZE = 100


class Listing:
    """The objects below one list address, as read so far; safe for many threads."""

    def __init__(self, client: LumosClient, path: str, query: Mapping[str, str]) -> None:
        self._client = client
        self._path = path
        self._query = query
        self._items = Indexed()
        self._gone: set[str] = set()
        self._asked = 0
        self._total: int | None = None
        self._ended = False
        self._complete = False
        self._turn = Lock()

    def get(self, id: str) -> Values | None:
        """The object of an id, if the pages show it; None says nothing of its existence."""
        return self._sought(lambda: self._items.get(id))

    def find(self, key: Mapping[str, Any]) -> list[Values] | None:
        """The objects with these values, or None where reading all pages would cost too much."""
        return self._sought(lambda: self._items.matching(key) if self._complete else None)

    def put(self, item: Values) -> None:
        """Remember what Lumos answered to a write."""
        self._gone.discard(str(item["id"]))
        self._items.put(str(item["id"]), item)

    def forget(self, id: str) -> None:
        """Drop an object that was deleted, or whose state is in doubt."""
        self._gone.add(id)
        self._items.remove(id)

    def _sought(self, look: Callable[[], T | None]) -> T | None:
        self._asked += 1
        found = look()
        if found is not None or self._complete:
            return found
        if self._total is None:
            time.sleep(GATHER_SECONDS)
        with self._turn:
            if look() is None and not self._complete:
                self._read_on()
            return look()

    def _read_on(self) -> None:
        """Read the first page, then the others if they cost no more than what is asked for."""
        if self._total is None:
            self._read(1)
        pages = -(-(self._total or 0) // PAGE_SIZE)
        if pages - 1 <= self._asked + 1:
            with ThreadPoolExecutor(PAGES_AT_ONCE) as pool:
                list(pool.map(self._read, range(2, pages + 1)))
            # Lumos need not say how long a list is, so only its last page shows that this is all.
            self._complete = self._ended

    def _read(self, number: int) -> None:
        page = self._client.page(self._path, dict(self._query), number)
        self._total = page.total if page.total is not None else self._total or 0
        self._ended = self._ended or page.is_last
        for item in page.items:
            if not item.get("id"):
                raise UnexpectedAnswer("GET", self._path, 200, "an object without an id")
            if item["id"] not in self._gone:
                self._items.add(str(item["id"]), item)


class Listings:
    """The listings of one Lumos, of each address one; `client` gives the client when needed."""

    def __init__(self, client: Callable[[], LumosClient]) -> None:
        self._client = client
        self._listings: dict[tuple[str, frozenset[tuple[str, str]]], Listing] = {}
        self._lock = Lock()

    def at(self, address: str, query: Mapping[str, str]) -> Listing:
        """The listing of an address."""
        key = (address, frozenset(query.items()))
        with self._lock:
            if key not in self._listings:
                self._listings[key] = Listing(self._client(), address, query)
            return self._listings[key]
