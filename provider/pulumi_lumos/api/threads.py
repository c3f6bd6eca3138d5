"""Threads that ask Lumos at the same time."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager


@contextmanager
def threads(count: int) -> Iterator[ThreadPoolExecutor]:
    """Give a pool of threads to a block, which ends when all that was begun is done.

    An interrupt ends the block at once. A call to a Lumos that says nothing lasts until its
    deadline, and nobody who presses Ctrl-C waits for two minutes.
    """
    pool = ThreadPoolExecutor(count)
    try:
        yield pool
    except BaseException as error:
        pool.shutdown(wait=isinstance(error, Exception), cancel_futures=True)
        raise
    pool.shutdown()
