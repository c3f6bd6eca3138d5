"""Following the pages of a list.

Lumos API document: `page` counts from 1, `size` is at most 100, an answer has `items`, `total`
(may be null) and perhaps `pages`; the lists in `ARRAYS` are plain arrays without pages.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from .errors import UnexpectedAnswer

PAGE_SIZE = 100
MAX_PAGES = 2_000
ARRAYS = ("/inline_webhooks", "/apps/categories")


@dataclass(frozen=True)
class Page:
    """One page of a list, with each id once.

    `total` is how many entries Lumos says the whole list has, if it says so; `length` how many this
    page has, repeated ones too; `size` how many a page can have.
    """

    items: list[dict[str, Any]]
    total: int | None
    length: int
    size: int = PAGE_SIZE


def read_page(path: str, answer: Any) -> Page:
    """Read a page off an answer. Raises UnexpectedAnswer where it is no list of objects."""
    if path in ARRAYS:
        entries = _objects(path, answer)
        return Page(_each_once(entries), len(entries), len(entries))
    if not isinstance(answer, dict):
        raise UnexpectedAnswer("GET", path, 200, "an array instead of a page")
    entries = _objects(path, answer.get("items"))
    size = min(_count(answer.get("size")) or PAGE_SIZE, PAGE_SIZE)
    return Page(_each_once(entries), _count(answer.get("total")), len(entries), size)


def is_end(page: Page, received: int) -> bool:
    """Whether a list ends with this page, when `received` entries have come up to its end.

    A wrong total must not hide objects: one that claims fewer entries than came is not believed,
    and where it claims more, a short page is not the last, for what stands between us and Lumos may
    have shortened it. An empty page always is.
    """
    if not page.length or page.total == received:
        return True
    return page.length < page.size and (page.total is None or page.total < received)


def all_items(path: str, get_page: Callable[[int], Page]) -> Iterator[dict[str, Any]]:
    """Read the items of all pages, each id once.

    Lists that change while they are read repeat items. Raises UnexpectedAnswer when a page brings
    nothing new, as from a server that ignores `page`, or when there is no end.
    """
    seen: set[str | int] = set()
    received = 0
    for number in range(1, MAX_PAGES + 1):
        page = get_page(number)
        received += page.length
        fresh = _each_once(page.items, seen)
        yield from fresh
        if is_end(page, received):
            return
        if not fresh:
            raise UnexpectedAnswer("GET", path, 200, f"page {number} repeats the pages before it")
    raise UnexpectedAnswer("GET", path, 200, f"more than {MAX_PAGES:,} pages")


def identified(path: str, items: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return each id once; raise UnexpectedAnswer for an object without an id."""
    found: dict[str, dict[str, Any]] = {}
    for item in items:
        if not isinstance(item.get("id"), str) or not item["id"]:
            raise UnexpectedAnswer("GET", path, 200, "an object without an id")
        found.setdefault(item["id"], item)
    return list(found.values())


def _each_once(
    entries: list[dict[str, Any]], seen: set[str | int] | None = None
) -> list[dict[str, Any]]:
    """Keep the entries that are new or have no id; add the new ids to `seen`."""
    seen = set() if seen is None else seen
    fresh = []
    for entry in entries:
        id = entry.get("id")
        if isinstance(id, (str, int)):
            if id in seen:
                continue
            seen.add(id)
        fresh.append(entry)
    return fresh


def _objects(path: str, items: Any) -> list[dict[str, Any]]:
    if isinstance(items, list) and all(isinstance(item, dict) for item in items):
        return items
    raise UnexpectedAnswer("GET", path, 200, "not a list of objects")


def _count(value: Any) -> int | None:
    is_count = isinstance(value, int) and not isinstance(value, bool) and value >= 0
    return value if is_count else None
