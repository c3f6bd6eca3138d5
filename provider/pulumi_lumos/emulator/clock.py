"""The time of one tenant: this machine's, until a test advances, sets or stops it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta, timezone
from typing import Any

WRITTEN = "%Y-%m-%dT%H:%M:%S"
"""The format of times, in UTC and whole seconds; switch times_with_zone adds a Z to answers."""


def written(moment: datetime) -> str:
    """Format a time as it is kept."""
    return moment.strftime(WRITTEN)


def read(text: str) -> datetime:
    """Parse a time that is kept."""
    return datetime.strptime(text, WRITTEN).replace(tzinfo=timezone.utc)


def in_utc(moment: datetime) -> datetime:
    """Convert a given time to UTC; one without a zone is UTC already."""
    zoned = moment if moment.tzinfo else moment.replace(tzinfo=timezone.utc)
    return zoned.astimezone(timezone.utc)


class Clock:
    """Tells the time. While it is stopped, the time changes only when somebody changes it."""

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
        """Set the time; a stopped clock stays stopped."""
        if self.stopped_at is not None:
            self.stopped_at = moment
        else:
            self.ahead = moment - datetime.now(timezone.utc)

    def stop(self) -> None:
        """Stop the clock."""
        self.stopped_at = self.now()

    def go(self) -> None:
        """Start the clock again, from the present time of it."""
        moment, self.stopped_at = self.now(), None
        self.set(moment)

    @contextmanager
    def at(self, moment: datetime) -> Iterator[None]:
        """Tell this time while something happens that was due then."""
        self._event = moment
        try:
            yield
        finally:
            self._event = None

    def export(self) -> dict[str, Any]:
        """The clock as JSON, in the shape that its constructor takes."""
        stopped_at = self.stopped_at.isoformat() if self.stopped_at else None
        return {"ahead_seconds": self.ahead.total_seconds(), "stopped_at": stopped_at}
