"""Following the pages of a list.

Lumos API document: `page` counts from 1, `size` is at most 100, an answer has `items`, `total`
(may be null) and perhaps `pages`; the lists in `ARRAYS` are plain arrays without pages.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from pulumi_lumos.api.errors import UnexpectedAnswer

PAGE_SIZE = 100
MAX_PAGES = 2_000
ARRAYS = ("/inline_webhooks", "/apps/categories")


@dataclass(frozen=True)
class Page:
    """One page of a list; `total` is what Lumos says the whole list holds, if it says so."""

    items: list[dict[str, Any]]
    total: int | None
    is_last: bool = True


def read_page(path: str, number: int, answer: Any) -> Page:
    """The page that an answer holds. Raises UnexpectedAnswer where it is no list of objects."""
    if path in ARRAYS:
        return Page(_objects(path, answer), len(answer))
    if not isinstance(answer, dict):
        raise UnexpectedAnswer("GET", path, 200, "an array instead of a page")
    items, total = _objects(path, answer.get("items")), _whole(answer.get("total"))
    size = min(_whole(answer.get("size")) or PAGE_SIZE, PAGE_SIZE)
    # A wrong total must not hide items: a full page is only the last where the total says exactly
    # so. One that claims fewer items than came is not believed.
    is_last = len(items) < size or total == (number - 1) * size + len(items)
    return Page(items, total, is_last)


def all_items(path: str, get_page: Callable[[int], Page]) -> Iterator[dict[str, Any]]:
    """The items of all pages, each id once.

    Lists that change while they are read repeat items. Raises UnexpectedAnswer when a page brings
    nothing new, as from a server that ignores `page`, or when there is no end.
    """
    seen: set[Any] = set()
    for number in range(1, MAX_PAGES + 1):
        page = get_page(number)
        fresh = [item for item in page.items if "id" not in item or item["id"] not in seen]
        seen.update(item["id"] for item in page.items if "id" in item)
        yield from fresh
        if page.is_last:
            return
        if not fresh:
            raise UnexpectedAnswer("GET", path, 200, f"page {number} repeats the pages before it")
    raise UnexpectedAnswer("GET", path, 200, f"more than {MAX_PAGES:,} pages")


def identified(path: str, items: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """Objects of Lumos, each id once. Raises UnexpectedAnswer for an object without an id."""
    found: dict[str, dict[str, Any]] = {}
    for item in items:
        if not isinstance(item.get("id"), str) or not item["id"]:
            raise UnexpectedAnswer("GET", path, 200, "an object without an id")
        found.setdefault(item["id"], item)
    return list(found.values())


def _objects(path: str, items: Any) -> list[dict[str, Any]]:
    if isinstance(items, list) and all(isinstance(item, dict) for item in items):
        return items
    raise UnexpectedAnswer("GET", path, 200, "not a list of objects")


def _whole(value: Any) -> int | None:
    return value if isinstance(value, int) and not isinstance(value, bool) else None
