"""How long Lumos may hide an object that it has just made.

Lumos does not say that a list or a GET by id shows a new object at once: a copy of its data may
answer that lags behind. So "not there" proves nothing until some seconds (the setting `lag`) have
passed since the object can have been made. Until then a POST whose end is in doubt must not be
repeated, and an object of the state must not count as deleted.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator

from pulumi_lumos.api.clock import Clock

FIRST_PAUSE_SECONDS = 0.25


class Lag:
    """Repeats a look-up until Lumos can no longer hide a new object.

    `clock` gives the clock of the client, when it is first needed. `seconds` is how long Lumos may
    hide an object.
    """

    def __init__(self, clock: Callable[[], Clock], seconds: float) -> None:
        self._clock = clock
        self._seconds = seconds
        self._began = time.monotonic()
        self._made: dict[str, float] = {}

    def note_made(self, id: str) -> None:
        """Note that Lumos has just made an object for this run."""
        self._made[id] = self._clock().now()

    def looks(self) -> Iterator[None]:
        """Yield for each look at what Lumos may have made until now; the last look is certain."""
        return self._until(self._clock().now() + self._seconds)

    def looks_for(self, id: str) -> Iterator[None]:
        """Yield for each look at an object of the state; the last look is certain.

        Earlier runs ended before this one began, so one look is enough a few seconds after that.
        """
        return self._until(max(self._began, self._made.get(id, self._began)) + self._seconds)

    def wait(self) -> None:
        """Wait until Lumos must show everything that it may have made until now."""
        self._clock().sleep(self._seconds)

    def wait_for_made_since(self, moment: float) -> None:
        """Wait until Lumos must show the objects that were noted as made since a moment."""
        clock = self._clock()
        made = [at for at in [*self._made.values()] if at >= moment]
        if made:
            clock.sleep(max(max(made) + self._seconds - clock.now(), 0.0))

    def now(self) -> float:
        """The moment, on the clock of all waits."""
        return self._clock().now()

    def _until(self, shown: float) -> Iterator[None]:
        clock, pause = self._clock(), FIRST_PAUSE_SECONDS
        while True:
            now = clock.now()
            yield
            if now >= shown:
                return
            clock.sleep(min(pause, max(shown - clock.now(), 0.0)))
            pause *= 2
