"""What the rate-limit headers of an answer say.

The live service sends `x-ratelimit-limit`, `x-ratelimit-remaining` and `x-ratelimit-reset` (unix
seconds, as a float) with every answer (observed in August 2026; the Lumos API document is silent).
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

from .responses import MAX_WAIT_SECONDS, date_seconds

# Servers truncate `Date` to the second and may renew it only once a second.
_DATE_LATENESS_SECONDS = 2.0
UNSURE_WAIT_SECONDS = 1.0
"""How long to wait for a reset at most while no answer has told Lumos's time. If the local clock is
behind, every reset seems far away. A request that comes too early gets a 429 and waits as told."""


@dataclass(frozen=True)
class RequestAllowance:
    """How many more requests Lumos allows, and for how many seconds that holds."""

    remaining: int
    reset_seconds: float
    limit: int | None


class LumosTime:
    """Lumos's clock, read off the `Date` of its answers: the local one may be wrong."""

    def __init__(self) -> None:
        self._least_ahead = -math.inf
        self._most_ahead = math.inf

    def read(self, headers: Mapping[str, str], unix_now: float) -> RequestAllowance | None:
        """Read the allowance off headers received at `unix_now`; None without usable ones."""
        self._compare(headers.get("date", ""), unix_now)
        remaining = _number(headers.get("x-ratelimit-remaining"))
        reset = _number(headers.get("x-ratelimit-reset"))
        if remaining is None or reset is None:
            return None
        limit = _number(headers.get("x-ratelimit-limit"))
        seconds = reset - unix_now - self._ahead()
        # A limit of less than one request would let none through, which no answer can mean.
        return RequestAllowance(
            int(remaining),
            min(max(seconds, 0.0), MAX_WAIT_SECONDS if self._is_known else UNSURE_WAIT_SECONDS),
            int(limit) if limit is not None and limit >= 1 else None,
        )

    def _compare(self, date: str, unix_now: float) -> None:
        lumos_now = date_seconds(date)
        if lumos_now is None:
            return
        self._least_ahead = max(self._least_ahead, lumos_now - unix_now)
        self._most_ahead = min(self._most_ahead, lumos_now + _DATE_LATENESS_SECONDS - unix_now)
        if self._least_ahead > self._most_ahead:  # one of the clocks was set
            self._least_ahead = lumos_now - unix_now
            self._most_ahead = self._least_ahead + _DATE_LATENESS_SECONDS

    @property
    def _is_known(self) -> bool:
        return self._least_ahead > -math.inf

    def _ahead(self) -> float:
        """Seconds that Lumos's clock is ahead; 0 as long as the answers allow it."""
        return min(max(0.0, self._least_ahead), self._most_ahead)


def _number(text: str | None) -> float | None:
    try:
        value = float(text or "")
    except ValueError:
        return None
    return value if math.isfinite(value) and value >= 0 else None
