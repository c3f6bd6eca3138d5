"""One pace for all threads: no more requests than Lumos allows, found out without being refused.

Without a limit in force nothing waits. With one, three things hold requests back:

- what the last answer says remains, less what is under way (`x-ratelimit-remaining`);
- once that is stale, no more per window than the limit, where the window is the longest
  `x-ratelimit-reset` seen, counted from the answers. This suits fixed windows, sliding windows
  and token buckets alike;
- a 429, after which everybody waits as told, and the number per window shrinks by a third and
  recovers one by one.
"""

from __future__ import annotations

import math
import threading
import time
from collections import deque
from contextlib import suppress

from .clock import Clock
from .rate_headers import LumosTime, RequestAllowance
from .responses import Response, retry_after_seconds

# As long as no answer has told the limit: enough to keep the usual four workers busy.
UNINFORMED_CONCURRENCY = 4
WINDOW_SECONDS = 1.0
SHRINK_TO = 2 / 3


class RateLimiter:
    """Lets requests through, each by `enter` and, when it is over, `leave`."""

    def __init__(self, max_concurrency: int, clock: Clock) -> None:
        self._clock = clock
        self._changed = threading.Condition()
        self._lumos_time = LumosTime()
        self._max_concurrency = max_concurrency
        self._in_flight = 0
        self._informed = False
        self._paused_until = -math.inf
        self._remaining = 0
        self._remaining_until = -math.inf
        self._told_at = -math.inf
        self._limit = math.inf
        self._per_window = math.inf
        self._window = 0.0
        self._answered: deque[float] = deque()
        self._shrunk_at = -math.inf

    def enter(self, patience_seconds: float) -> float | None:
        """Wait for a turn; return when it began, or None if there will be none in time."""
        ends = self._clock.now() + patience_seconds
        while True:
            with self._changed:
                now = self._clock.now()
                pause = self._paused_until - now
                if pause <= 0:
                    wait = self._seconds_to_turn(now)
                    if wait <= 0:
                        self._in_flight += 1
                        return now
                    if now >= ends:
                        return None
                    self._changed.wait(min(wait, ends - now))
                    continue
            if now + pause > ends:
                return None
            self._clock.sleep(pause)

    def leave(self, began: float, answer: Response | None) -> None:
        """End the turn that began at `began`, and learn from its answer; None if none came."""
        with self._changed:
            self._in_flight -= 1
            self._changed.notify_all()
            if answer is not None:
                # The answer to a POST must not be lost over a header, whatever nonsense it holds.
                with suppress(ArithmeticError, ValueError):
                    self._learn(began, answer, self._clock.now())

    def _seconds_to_turn(self, now: float) -> float:
        """The seconds to wait: 0 for none, infinite if only an answer can change anything."""
        if self._in_flight >= self._max_concurrency:
            return math.inf
        if not self._informed:
            return 0 if self._in_flight < UNINFORMED_CONCURRENCY else math.inf
        if now < self._remaining_until:
            return 0 if self._in_flight < self._remaining else self._remaining_until - now
        self._forget_before(now - self._window_seconds())
        if self._in_flight + len(self._answered) < self._per_window:
            return 0
        if not self._answered:
            return math.inf
        return self._answered[0] + self._window_seconds() - now

    def _learn(self, began: float, answer: Response, now: float) -> None:
        self._informed = True
        allowance = self._lumos_time.read(answer.headers, time.time())
        if allowance is not None:
            self._take(allowance, began, now)
        self._forget_before(now - self._window_seconds())
        if answer.status == 429:
            self._slow_down(answer, now)
        else:
            self._answered.append(now)
            if now > self._shrunk_at + self._window_seconds():
                self._per_window = min(self._per_window + 1 / self._per_window, self._limit)

    def _take(self, allowance: RequestAllowance, began: float, now: float) -> None:
        remaining, until = allowance.remaining, now + allowance.reset_seconds
        # Answers overtake each other: what was sent before the last news came may be older news.
        if began < self._told_at and now < self._remaining_until:
            remaining = min(remaining, self._remaining)
            until = max(until, self._remaining_until)
        self._remaining, self._remaining_until, self._told_at = remaining, until, now
        self._window = max(self._window, allowance.reset_seconds)
        if allowance.limit is not None and allowance.limit != self._limit:
            self._limit = allowance.limit
            self._per_window = min(self._per_window, self._limit)

    def _slow_down(self, answer: Response, now: float) -> None:
        pause = retry_after_seconds(answer.headers)
        if pause is not None:
            self._paused_until = max(self._paused_until, now + pause)
        # Requests that Lumos refuses at the same time count as one refusal.
        if now > self._shrunk_at + self._window_seconds():
            self._shrunk_at = now
            carried_out = min(self._per_window, len(self._answered))
            self._per_window = max(1.0, carried_out * SHRINK_TO)
            # For a token bucket, the reset is the time of the next tokens, not the end of a window.
            self._window = max(self._window, WINDOW_SECONDS)

    def _window_seconds(self) -> float:
        return self._window or WINDOW_SECONDS

    def _forget_before(self, moment: float) -> None:
        while self._answered and self._answered[0] <= moment:
            self._answered.popleft()
