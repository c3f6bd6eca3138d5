"""Servers that limit their callers, each in another way."""

from __future__ import annotations

import math
from collections import deque

LIMIT, WINDOW = 20, 0.4
Decision = tuple[bool, int, float]
"""Whether a request passes, how many remain, and the unix time of the reset."""


class FixedWindow:
    def __init__(self) -> None:
        self.window, self.used = 0, 0

    def take(self, now: float) -> Decision:
        window = math.floor(now / WINDOW)
        if window != self.window:
            self.window, self.used = window, 0
        self.used += 1
        return self.used <= LIMIT, max(LIMIT - self.used, 0), (window + 1) * WINDOW


class SlidingWindow:
    def __init__(self) -> None:
        self.taken: deque[float] = deque()

    def take(self, now: float) -> Decision:
        while self.taken and self.taken[0] <= now - WINDOW:
            self.taken.popleft()
        passes = len(self.taken) < LIMIT
        if passes:
            self.taken.append(now)
        return passes, LIMIT - len(self.taken), self.taken[0] + WINDOW


class TokenBucket:
    def __init__(self) -> None:
        self.tokens, self.at = float(LIMIT), 0.0

    def take(self, now: float) -> Decision:
        self.tokens = min(LIMIT, self.tokens + (now - self.at) * LIMIT / WINDOW)
        self.at = now
        passes = self.tokens >= 1
        self.tokens -= passes
        return passes, int(self.tokens), now + (LIMIT - self.tokens) * WINDOW / LIMIT


def headers(decision: Decision) -> dict[str, str]:
    """As the live service sends them: a retry-after on every answer, a float as reset."""
    _passes, remaining, reset = decision
    return {
        "x-ratelimit-limit": str(LIMIT),
        "x-ratelimit-remaining": str(remaining),
        "x-ratelimit-reset": f"{reset:.6f}",
        "retry-after": "1",
    }
