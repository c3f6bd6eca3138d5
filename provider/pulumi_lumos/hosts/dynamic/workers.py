"""Allows more calls at once than the dynamic host does by itself.

Pulumi's Python dynamic host serves calls with a pool of 4 threads, whatever `--parallel` says.
The pool's own worker threads hold a weak reference to it, so its limit can be raised from inside
a call. Those are private details of CPython: where they differ, the pool stays as it is.
"""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from typing import Any


def allow_calls_at_once(desired: int) -> int | None:
    """Raise the pool of the calling thread to `desired` workers.

    Gives the limit in force, or None where the calling thread belongs to no such pool.
    """
    pool = _pool_of(threading.current_thread())
    if pool is None:
        return None
    limit: int = max(pool._max_workers, desired)
    if limit > pool._max_workers:
        pool._max_workers = limit
        _start_workers(pool, limit)
    return limit


def _start_workers(pool: Any, limit: int) -> None:
    """Start the new workers now: calls that wait already would not make the pool grow."""
    with suppress(AttributeError, TypeError), pool._shutdown_lock:
        # Each try either starts a thread or uses up a note that one was idle.
        for _ in range(2 * limit):
            if len(pool._threads) < limit:
                pool._adjust_thread_count()


def _pool_of(thread: threading.Thread) -> Any:
    """Look for the pool of a worker thread; None if it is none, or looks different."""
    for argument in getattr(thread, "_args", None) or ():
        try:
            owner = argument() if callable(argument) else argument
        except TypeError:
            continue
        pool = owner if isinstance(owner, ThreadPoolExecutor) else None
        if pool is not None and isinstance(getattr(pool, "_max_workers", None), int):
            return pool
    return None
