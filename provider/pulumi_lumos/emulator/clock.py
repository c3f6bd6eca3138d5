"""The time of one tenant: that of this machine until a test lets it pass, sets it or stops it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta, timezone
from typing import Any

WRITTEN = "%Y-%m-%dT%H:%M:%S"
"""How times are kept and, unless switch times_with_zone adds a Z, answered: UTC, whole seconds."""


def written(moment: datetime) -> str:
    """A time as it is kept."""
    return moment.strftime(WRITTEN)


def read(text: str) -> datetime:
    """The time that is written so."""
    return datetime.strptime(text, WRITTEN).replace(tzinfo=timezone.utc)


def in_utc(moment: datetime) -> datetime:
    """A time that somebody gives; one without a zone is meant in UTC."""
    zoned = moment if moment.tzinfo else moment.replace(tzinfo=timezone.utc)
    return zoned.astimezone(timezone.utc)


class Clock:
    """Tells the time. While it is stopped, the time passes only when somebody lets it."""

    def __init__(self, saved: dict[str, Any] | None = None) -> None:
        saved = saved or {}
        self.ahead = timedelta(seconds=saved.get("ahead_seconds", 0))
        stopped_at = saved.get("stopped_at")
        self.stopped_at = in_utc(datetime.fromisoformat(stopped_at)) if stopped_at else None
        self._event: datetime | None = None

    def now(self) -> datetime:
        """The time, in UTC; while something that is due happens, the time at which it was due."""
        return self._event or self.stopped_at or datetime.now(timezone.utc) + self.ahead

    def text(self) -> str:
        """The time as it is kept."""
        return written(self.now())

    def set(self, moment: datetime) -> None:
        """Make it a certain time; a stopped clock stays stopped."""
        if self.stopped_at is not None:
            self.stopped_at = moment
        else:
            self.ahead = moment - datetime.now(timezone.utc)

    def stop(self) -> None:
        """Let no time pass by itself from now on."""
        self.stopped_at = self.now()

    def go(self) -> None:
        """Let the time pass again, from what it is now."""
        moment, self.stopped_at = self.now(), None
        self.set(moment)

    @contextmanager
    def at(self, moment: datetime) -> Iterator[None]:
        """Tell a certain time while something happens that was due then."""
        self._event = moment
        try:
            yield
        finally:
            self._event = None

    def export(self) -> dict[str, Any]:
        """The clock as JSON, in the shape that its constructor takes."""
        stopped_at = self.stopped_at.isoformat() if self.stopped_at else None
        return {"ahead_seconds": self.ahead.total_seconds(), "stopped_at": stopped_at}
