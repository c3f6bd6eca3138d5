"""Lumos's pages: `page` from 1, `size` from 1 to 100."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Annotated, Any, NamedTuple, TypeVar

from fastapi import Depends, Query

Item = TypeVar("Item")


class Paging(NamedTuple):
    """Which part of a list a request asks for."""

    page: int
    size: int


async def _paging(
    page: Annotated[int, Query(ge=1)] = 1, size: Annotated[int, Query(ge=1, le=100)] = 50
) -> Paging:
    return Paging(page, size)


AskedPage = Annotated[Paging, Depends(_paging)]


def page_of(items: Sequence[Item], paging: Paging, answer: Callable[[Item], Any]) -> dict[str, Any]:
    """One page, of which only its own items are turned into answers."""
    start = (paging.page - 1) * paging.size
    return {
        "items": [answer(item) for item in items[start : start + paging.size]],
        "total": len(items),
        "page": paging.page,
        "size": paging.size,
        "pages": -(-len(items) // paging.size),
    }
