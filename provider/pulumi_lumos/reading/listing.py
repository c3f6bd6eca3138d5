"""Reads many objects for the price of a few list pages.

Lumos has no bulk read, but the items of a list carry the same fields as a single read. Reads
that come within a moment of each other are gathered, and pages are read instead of objects as
soon as that is cheaper. A listing lives as long as its run.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from threading import Lock
from typing import TYPE_CHECKING, Any, TypeVar

from pulumi_lumos.api.forks import begin_afresh_in_children
from pulumi_lumos.api.paging import MAX_PAGES, Page, identified, is_end
from pulumi_lumos.api.threads import threads
from pulumi_lumos.declare.spec import Values

from .flights import Flights
from .indexed import Indexed

if TYPE_CHECKING:
    from pulumi_lumos.api.client import LumosClient

T = TypeVar("T")

GATHER_SECONDS = 0.02
PAGES_AT_ONCE = 16


class Listing:
    """The objects below one list address, as read so far; safe for many threads."""

    def __init__(self, client: LumosClient, path: str, query: Mapping[str, str]) -> None:
        self._client = client
        self._path = path
        self._query = query
        self.begin_afresh()
        begin_afresh_in_children(self)

    def begin_afresh(self) -> None:
        """Forget all that was read, and wait for no thread of the parent process."""
        self._items = Indexed()
        self._gone: set[str] = set()
        self._asked = 0
        self._pages: dict[int, Page] = {}
        self._listed: set[str] = set()
        self._complete = False
        self._given_up = False
        self._reading: Flights[None] = Flights()

    def find(self, id: str) -> Values | None:
        """Look for an object by its id; None means that the pages read do not show it."""
        return self._sought(lambda: self._items.find(id))

    def known(self, id: str) -> Values | None:
        """An object by its id, if a page that was read shows it."""
        return self._items.find(id)

    def find_matching(self, key: Mapping[str, Any]) -> list[Values] | None:
        """List the objects with these values; return None if reading all pages costs too much."""
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
        if look() is None and not self._pages:
            time.sleep(GATHER_SECONDS)
        while (found := look()) is None and self._is_worth_reading:
            self._reading.join("pages", self._read_on)
        return found

    @property
    def _is_worth_reading(self) -> bool:
        """Whether what is left of the pages costs no more than what is asked for."""
        if self._complete or self._given_up:
            return False
        if not self._pages:
            return True
        return self._expected is not None and self._expected - 1 <= self._asked + 1

    @property
    def _expected(self) -> int | None:
        """How many pages the first one promises; None where it says nothing, or nonsense."""
        first = self._pages[1]
        if first.total is None or first.total <= first.length:
            return None
        return -(-first.total // max(min(first.length, first.size), 1))

    def _read_on(self) -> None:
        """Read the first page, or the others; each once, even where one of them fails."""
        if not self._is_worth_reading:
            return  # whoever was on the way before has read it
        if not self._pages:
            self._read(1)
        else:
            missing = [n for n in range(2, (self._expected or 0) + 1) if n not in self._pages]
            with threads(PAGES_AT_ONCE) as pool:
                list(pool.map(self._read, missing))
            self._read_what_is_left()
        self._complete = self._is_read and self._is_all

    def _read_what_is_left(self) -> None:
        """Read what short pages have put off, as long as a page brings something new."""
        known = -1
        while not self._is_read and known < len(self._listed) and len(self._pages) < MAX_PAGES:
            known = len(self._listed)
            self._read(max(self._pages) + 1)
        self._given_up = True

    @property
    def _is_read(self) -> bool:
        """Whether the last page has come: a total may be wrong, and any page short."""
        received = sum(page.length for page in self._pages.values())
        return is_end(self._pages[max(self._pages)], received)

    @property
    def _is_all(self) -> bool:
        """Whether as many objects have come as any page says there are.

        An object that two pages show has taken the place of another, which moved between them while
        they were read. An object that one page shows twice is only counted twice.
        """
        pages = self._pages.values()
        repeated = sum(page.length - len(page.items) for page in pages)
        return len(self._listed) + repeated >= max(page.total or 0 for page in pages)

    def _read(self, number: int) -> None:
        page = self._client.page(self._path, dict(self._query), number)
        for item in identified(self._path, page.items):
            self._listed.add(item["id"])
            if item["id"] not in self._gone:
                self._items.add(item["id"], item)
        self._pages[number] = page


class Listings:
    """The listings of one Lumos, of each address one; `client` gives the client when needed."""

    def __init__(self, client: Callable[[], LumosClient]) -> None:
        self._client = client
        self._listings: dict[tuple[str, frozenset[tuple[str, str]]], Listing] = {}
        self._lock = Lock()
        begin_afresh_in_children(self)

    def begin_afresh(self) -> None:
        """Wait for no thread of the parent process."""
        self._lock = Lock()

    def at(self, address: str, query: Mapping[str, str]) -> Listing:
        """The listing of an address."""
        key = (address, frozenset(query.items()))
        with self._lock:
            if key not in self._listings:
                self._listings[key] = Listing(self._client(), address, query)
            return self._listings[key]
