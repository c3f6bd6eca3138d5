"""How long tests wait: as long as it takes. A slow machine makes a test slower, never red.

A test that measures compares with what the same machine takes at the same time, or asks only that
something lasts at least so long. tests/laws/test_patience.py lists those that measure.
"""

from __future__ import annotations

import time
from collections.abc import Callable

PATIENCE_SECONDS = 600.0
"""When a test gives up on what does not come at all."""
LOOK_EVERY_SECONDS = 0.02


def wait_until(condition: Callable[[], object], what: str) -> None:
    """Wait until a condition holds; `what` says in an error what did not happen."""
    ends = time.monotonic() + PATIENCE_SECONDS
    while not condition():
        assert time.monotonic() < ends, f"did not happen within {PATIENCE_SECONDS:g} s: {what}"
        time.sleep(LOOK_EVERY_SECONDS)
