"""What the checks of people have in common."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TypeVar

from pulumi_lumos.printable import printable_name

from .results import GetUserResult

T = TypeVar("T")
Track = Callable[[Iterable[T], int], Iterable[T]]
"""Shows people the progress through a known number of items."""

ACTIVE = "ACTIVE"


def untracked(items: Iterable[T], _count: int) -> Iterable[T]:
    """Show nothing."""
    return items


def called(user: GetUserResult) -> str:
    """What people call somebody in a sentence."""
    return printable_name(user.email or user.id)
