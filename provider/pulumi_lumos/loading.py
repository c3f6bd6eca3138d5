"""How Pulumi's dynamic host imports this package, which each command of the engine does once."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def import_without_collections() -> Iterator[None]:
    """Import without looking for garbage on the way, nor among what is imported ever after.

    An import makes objects that stay. In the middle of it, Python looked through all of them,
    Pulumi's included.
    """
    collects = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        if collects:
            gc.enable()
