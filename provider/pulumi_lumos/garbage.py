"""How often Python looks for garbage in the processes that Pulumi starts for one command.

A process of the engine makes objects that stay until it ends. Python's own setting looks through
all of them again and again: in a preview of a thousand resources, that took a quarter of the time.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager

from .running_program import is_run_by_the_language_host

COLLECT_AFTER_OBJECTS = 10_000
"""How many more objects there are when Python looks for garbage; its own number is 700 to 2,000."""


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


def collect_rarely() -> None:
    """Look for garbage less often, unless somebody has said to look even less often, or never."""
    after, *others = gc.get_threshold()
    if 0 < after < COLLECT_AFTER_OBJECTS:
        gc.set_threshold(COLLECT_AFTER_OBJECTS, *others)


def collect_rarely_in_a_program() -> None:
    """Look for garbage less often if this process runs one program and ends with it.

    A process that lives on, such as a service that uses the Automation API, keeps its setting.
    """
    if is_run_by_the_language_host():
        collect_rarely()
