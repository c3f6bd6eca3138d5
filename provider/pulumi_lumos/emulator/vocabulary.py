"""The words that Lumos's API document lists for a field."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, get_args

from pydantic import BaseModel

from .refusal import Location, Problems


def words_of(model: type[BaseModel], field: str) -> tuple[str, ...]:
    """The words that a field of a wire model may hold, alone or in a list."""
    return tuple(_literals(model.model_fields[field].annotation))


def _literals(annotation: Any) -> Iterator[str]:
    for part in get_args(annotation):
        if isinstance(part, str):
            yield part
        else:
            yield from _literals(part)


def check_words(
    values: Iterable[str], known: tuple[str, ...], at: Location, problems: Problems
) -> None:
    """Note the values in a list of a query that are not among the known words."""
    for index, value in enumerate(values):
        if value not in known:
            problems.add((*at, index), f"Must be one of {', '.join(known)}.")
