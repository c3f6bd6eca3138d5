"""Decides a task once. Lumos answers 409 where it is decided already, so a POST can be repeated."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pulumi_lumos.api.errors import ApiError, Conflict
from pulumi_lumos.api.paths import path

from . import reading
from .errors import AlreadyDecided
from .model import Task

if TYPE_CHECKING:
    from pulumi_lumos.api.client import LumosClient

TASK = "/tasks/{task_id}"
COMPLETE = "/tasks/{task_id}/complete"
DISMISS = "/tasks/{task_id}/dismiss"
COMMENTS = "/tasks/{task_id}/comments"
ENDS_AS = {COMPLETE: "COMPLETED", DISMISS: "DISMISSED"}


def read_task(client: LumosClient, task_id: str) -> Task:
    """Read a task with its assignees and comments."""
    query = {"expand": ["assignees", "comments"]}
    return reading.read_task(client.get(path(TASK, task_id=task_id), query))


def resolve(client: LumosClient, task_id: str, call: str, repeats: int = 1) -> Task:
    """Complete or dismiss a task; succeed also where that has been done before.

    Raises AlreadyDecided where the task has ended another way, Forbidden where others decide it.
    """
    try:
        client.act(path(call, task_id=task_id))
    except ApiError as error:
        if not (error.in_doubt or isinstance(error, Conflict)):
            raise
        task = read_task(client, task_id)
        if task.status == ENDS_AS[call]:
            return task
        if not task.is_open:
            raise AlreadyDecided(task) from None
        if not repeats:
            raise
        return resolve(client, task_id, call, repeats - 1)
    return read_task(client, task_id)


def comment(client: LumosClient, task_id: str, text: str) -> None:
    """Add a comment once, also where the answer is lost."""
    before = _count(read_task(client, task_id), text)
    try:
        client.post(path(COMMENTS, task_id=task_id), {"comment": text})
    except ApiError as error:
        if not error.in_doubt or _count(read_task(client, task_id), text) == before:
            raise


def _count(task: Task, text: str) -> int:
    return sum(1 for one in task.comments if one.text == text)
