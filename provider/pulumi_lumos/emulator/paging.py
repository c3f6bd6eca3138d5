"""Parameters of lists: Lumos's pages (`page` from 1, `size` from 1 to 100), and times."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Annotated, Any, NamedTuple, TypeVar

from fastapi import Depends, Query
from pydantic import BeforeValidator

Item = TypeVar("Item")


def _written_out(value: Any) -> Any:
    """Refuse a value that is not a `date-time`: pydantic also reads numbers as times."""
    if isinstance(value, str) and "T" not in value.upper():
        raise ValueError("must be a date and a time, such as 2026-01-31T12:00:00Z")
    return value


AskedTime = Annotated[datetime | None, BeforeValidator(_written_out)]


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
    """One page; only the items on it are turned into answers."""
    start = (paging.page - 1) * paging.size
    return {
        "items": [answer(item) for item in items[start : start + paging.size]],
        "total": len(items),
        "page": paging.page,
        "size": paging.size,
        "pages": -(-len(items) // paging.size),
    }
