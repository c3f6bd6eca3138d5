"""Time, as calls and pauses see it."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable


class Clock:
    """A monotonic clock on which every sleep lasts at least as long as it was asked to.

    A test may give a `sleep` that returns at once. The clock then skips the time that is missing,
    so that deadlines and pauses still end.
    """

    def __init__(self, sleep: Callable[[float], object] = time.sleep) -> None:
        self._sleep = sleep
        self._lock = threading.Lock()
        self._skipped = 0.0

    def now(self) -> float:
        """The seconds since an arbitrary moment."""
        return time.monotonic() + self._skipped

    def sleep(self, seconds: float) -> None:
        """Wait; afterwards, `now()` has moved on by at least `seconds`."""
        began = time.monotonic()
        self._sleep(seconds)
        missing = seconds - (time.monotonic() - began)
        if missing > 0:
            with self._lock:
                self._skipped += missing
