"""Lets a forked child begin afresh.

Two processes that read from one connection get each other's answers. And a lock that a thread of
the parent held at the fork stays locked in the child for ever, because that thread is not there.
"""

from __future__ import annotations

import os
from functools import cache
from typing import Protocol
from weakref import WeakSet


class BeginsAfresh(Protocol):
    """An object with connections or locks, or with answers that threads wait for."""

    def begin_afresh(self) -> None:
        """Leave them to the parent process, and take new ones."""


_kept: WeakSet[BeginsAfresh] = WeakSet()


def begin_afresh_in_children(one: BeginsAfresh) -> None:
    """Call `begin_afresh` in every child that this process forks from now on."""
    _kept.add(one)
    _watch()


@cache
def _watch() -> None:
    if hasattr(os, "register_at_fork"):  # Windows does not fork
        os.register_at_fork(after_in_child=_begin_afresh)


def _begin_afresh() -> None:
    for one in list(_kept):
        one.begin_afresh()
