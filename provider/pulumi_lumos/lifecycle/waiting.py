"""Changes that wait for an object which the same run makes later, see `values/deferral.py`."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from threading import Lock

from pulumi_lumos.declare.fields import Awaited
from pulumi_lumos.declare.flow import Answer


@dataclass(frozen=True)
class Waiting:
    """A change that waits for an object."""

    awaited: Awaited
    act: Callable[[], None]


class Deferred:
    """The changes of this run that wait for an object of the same app."""

    def __init__(self) -> None:
        self._waiting: dict[str, list[Waiting]] = defaultdict(list)
        self._made: dict[str, list[Answer]] = defaultdict(list)
        self._lock = Lock()

    def add(self, app_id: str, waiting: Waiting) -> None:
        """Let a change wait, unless its time has come since Lumos refused it."""
        with self._lock:
            is_over = any(waiting.awaited.is_it(live) for live in self._made[app_id])
            if not is_over:
                self._waiting[app_id].append(waiting)
        if is_over:
            waiting.act()

    def send_what_waited_for(self, live: Answer) -> None:
        """Note that an object was made or changed, and send what has waited for it."""
        app_id = str(live.get("app_id"))
        with self._lock:
            self._made[app_id].append(live)
            over = [one for one in self._waiting[app_id] if one.awaited.is_it(live)]
            self._waiting[app_id] = [one for one in self._waiting[app_id] if one not in over]
        for one in over:
            one.act()
