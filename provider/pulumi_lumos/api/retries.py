"""What is sent again, after which wait, and when to give up.

Anchors: the "standard" retry mode of the AWS SDKs (a token bucket, so that an outage does not
become a storm) and full jitter from 0.5 to 8 seconds.
"""

from __future__ import annotations

import random
import threading

from tenacity import RetryCallState, Retrying

from pulumi_lumos.config import Settings

from .clock import Clock
from .errors import (
    ApiError,
    ConnectionFailed,
    NoAnswer,
    RateLimited,
    Unavailable,
    UntrustedCertificate,
)

FIRST_WAIT_SECONDS = 0.5
LONGEST_WAIT_SECONDS = 8.0


class RetryBudget:
    """Tokens for repetitions, shared by all threads: under a total outage they dry up."""

    CAPACITY = 500
    RETRY_COST = 5
    TIMEOUT_COST = 10

    def __init__(self) -> None:
        self._tokens = self.CAPACITY
        self._lock = threading.Lock()

    def take(self, cost: int) -> bool:
        """Pay for one repetition; return False if there are too few tokens."""
        with self._lock:
            if cost > self._tokens:
                return False
            self._tokens -= cost
            return True

    def refill(self) -> None:
        """Give one token back, after a call that succeeded."""
        with self._lock:
            self._tokens = min(self._tokens + 1, self.CAPACITY)


class Attempts:
    """One call to Lumos with all its attempts, bounded by the deadline and `max_retries`."""

    def __init__(self, method: str, settings: Settings, budget: RetryBudget, clock: Clock) -> None:
        self.attempts = 0
        self.in_doubt = False
        self._method = method
        self._settings = settings
        self._budget = budget
        self._clock = clock
        self._ends = clock.now() + settings.deadline_seconds
        self._retries = 0

    def seconds_left(self) -> float:
        """Until the deadline; may be negative."""
        return self._ends - self._clock.now()

    def retrying(self) -> Retrying:
        return Retrying(
            retry=self._may_repeat,
            wait=self._wait_seconds,
            stop=self._must_stop,
            sleep=self._clock.sleep,
            reraise=True,
        )

    def _may_repeat(self, state: RetryCallState) -> bool:
        error = _error(state)
        self.in_doubt = self.in_doubt or (isinstance(error, ApiError) and error.in_doubt)
        return _is_harmless(self._method, error)

    def _wait_seconds(self, state: RetryCallState) -> float:
        error = _error(state)
        # A wait of none, as from a date that has passed, would make a storm of repetitions.
        if isinstance(error, ApiError) and error.retry_after:
            return error.retry_after
        longest = FIRST_WAIT_SECONDS * 2 ** min(state.attempt_number - 1, 10)
        return random.uniform(0, min(longest, LONGEST_WAIT_SECONDS))  # noqa: S311 - no secret

    def _must_stop(self, state: RetryCallState) -> bool:
        if state.upcoming_sleep >= self.seconds_left():
            return True
        error = _error(state)
        if isinstance(error, RateLimited):
            # Lumos is well and says when to come back: only the deadline ends this.
            return False
        self._retries += 1
        if self._retries > self._settings.max_retries:
            return True
        timed_out = isinstance(error, NoAnswer) and error.timed_out
        cost = RetryBudget.TIMEOUT_COST if timed_out else RetryBudget.RETRY_COST
        return not self._budget.take(cost)


def _is_harmless(method: str, error: BaseException | None) -> bool:
    """Whether sending the request again after this error can do no harm, and may help.

    Lumos has no idempotency key (Lumos API document), so a POST is only repeated where it cannot
    have been carried out; PATCH and PUT send absolute values and DELETE ends in the same state.
    """
    if isinstance(error, UntrustedCertificate):
        return False
    if isinstance(error, ConnectionFailed):
        return True
    if isinstance(error, RateLimited):
        return error.status is not None
    if isinstance(error, (Unavailable, NoAnswer)):
        return method != "POST" or not error.in_doubt
    return False


def _error(state: RetryCallState) -> BaseException | None:
    return state.outcome.exception() if state.outcome else None
