"""What can go wrong with a request beside the call itself."""

from __future__ import annotations

from pulumi_lumos.errors import LumosError

from .model import Task


class NotKnown(LumosError):
    """A name that Lumos does not have, or has more than once."""


class AlreadyDecided(LumosError):
    """Somebody else has decided a task the other way, or it has ended; `task` says how."""

    def __init__(self, task: Task) -> None:
        super().__init__(task)
        self.task = task

    def __str__(self) -> str:
        by = f" by {self.task.resolved_by}" if self.task.resolved_by else ""
        return f"This task is {self.task.status.lower()} already{by}. Nothing has been changed."
