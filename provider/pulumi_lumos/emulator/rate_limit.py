"""Lumos's rate-limit headers, and the limit itself where a tenant has one."""

from __future__ import annotations

import time

ANNOUNCED_LIMIT = 1000
"""The limit that is announced while none is in force."""


class RateLimit:
    """Counts requests in windows of one second."""

    def __init__(self) -> None:
        self.window_ends = 0.0
        self.used = 0

    def take(self, limit: int, now: float | None = None) -> tuple[bool, list[tuple[bytes, bytes]]]:
        """Count a request; return whether it may pass, and the headers of its answer.

        As seen on the live service: every answer carries them, `retry-after: 1` even a 200,
        and the reset is in unix seconds as a float.
        """
        now = time.time() if now is None else now
        if now >= self.window_ends:
            self.window_ends, self.used = now + 1.0, 0
        self.used += 1
        announced = limit or ANNOUNCED_LIMIT
        headers = [
            (b"x-ratelimit-limit", b"%d" % announced),
            (b"x-ratelimit-remaining", b"%d" % max(announced - self.used, 0)),
            (b"x-ratelimit-reset", b"%.6f" % self.window_ends),
            (b"retry-after", b"1"),
        ]
        return not limit or self.used <= limit, headers
