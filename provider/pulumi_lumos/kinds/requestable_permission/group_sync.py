"""Waits for a group that Lumos has yet to learn of, such as one made in the same run.

Lumos learns of a group by a sync of the app that owns it. `POST /apps/{app_id}/sync` starts one,
which runs by itself: `sync_status` of the app tells how it goes. 409 says that one is running
already, or that the app cannot be synced just now (Lumos API document, "Trigger App Sync").
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from typing import Any, TypeVar

from pulumi_lumos.api.errors import ApiError, Conflict
from pulumi_lumos.api.paths import path
from pulumi_lumos.declare.reading import rule
from pulumi_lumos.declare.spec import Problem, Values
from pulumi_lumos.errors import LumosError
from pulumi_lumos.kinds.shapes import APPS
from pulumi_lumos.lifecycle.call import Call

WAIT_FOR_SYNC = "wait_for_sync"
NO_WAIT = "nothing changes until a group is missing, which is an error then"
"""What happens when a program no longer says to wait."""
LONGEST_WAIT_SECONDS = 3600
FIRST_PAUSE_SECONDS = 0.5
LONGEST_PAUSE_SECONDS = 10.0

K = TypeVar("K", bound=type)


class GroupNotSynced(LumosError):
    """Lumos does not have the group that a permission is to be bound to (`named_group`)."""

    @classmethod
    def untold(cls, group: str) -> GroupNotSynced:
        """Say that the group is missing and the program does not wait for it."""
        return cls(
            f"Lumos has no {group}. If it has only just been made there, give "
            f"{WAIT_FOR_SYNC}=<seconds>, so that Lumos is asked to sync that app; else correct the "
            "group."
        )

    @classmethod
    def after(cls, group: str, seconds: float, last: str) -> GroupNotSynced:
        """Say that the wait has ended without the group."""
        return cls(
            f"Lumos still has no {group} after {seconds:g} seconds ({last}). Look whether "
            "the group is there and how the syncs of that app go in Lumos, then run `pulumi up` "
            f"again, with a longer {WAIT_FOR_SYNC} if they take longer."
        )

    @classmethod
    def cannot_sync(cls, group: str, refusal: ApiError) -> GroupNotSynced:
        """Say that Lumos refuses to sync the app."""
        return cls(f"Lumos has no {group} and cannot be made to sync that app: {refusal}")


def waits_for_sync(kind: K) -> K:
    """Declare the rule over `wait_for_sync`."""
    rule(kind, f"`{WAIT_FOR_SYNC}` is more than 0 and at most {LONGEST_WAIT_SECONDS:,} seconds.")(
        _bounded
    )
    return kind


def _bounded(wait_for_sync: Any) -> Iterator[Problem]:
    if wait_for_sync is not None and not 0 < wait_for_sync <= LONGEST_WAIT_SECONDS:
        yield WAIT_FOR_SYNC, f"give a number of seconds above 0, at most {LONGEST_WAIT_SECONDS:,}"


def is_missing(call: Call, group: Values) -> bool:
    """Ask whether Lumos lacks a group that is named by its id in the app that owns it."""
    id = group.get("integration_specific_id")
    if not id:
        return False
    query = {"app_id": group["app_id"], "integration_specific_id": id, "exact_match": "true"}
    found = call.run.client.list("/groups", query)
    return all(one.get("integration_specific_id") != id for one in found)


def await_group(call: Call, group: Values, seconds: float) -> None:
    """Let Lumos sync the app that owns the group until it has it; raises GroupNotSynced."""
    if not is_missing(call, group):
        return
    call.tell.progress(
        f"Lumos has no {named_group(call, group)} yet: asking it to sync that app, and waiting "
        f"for up to {seconds:g} seconds."
    )
    ends = time.monotonic() + seconds
    for pause in _pauses():
        last = _start(call, group) or _follow(call, group, ends)
        if not is_missing(call, group):
            return
        left = ends - time.monotonic()
        if left <= 0:
            raise GroupNotSynced.after(named_group(call, group), seconds, last)
        time.sleep(min(pause, left))


def _start(call: Call, group: Values) -> str:
    """Start a sync; return why none has been started, or "" where one runs now."""
    try:
        call.run.client.post(_app(group, "/apps/{app_id}/sync"), {"sync_type": "full_sync"})
    except ApiError as refusal:
        if not isinstance(refusal, Conflict) and not refusal.in_doubt:
            raise GroupNotSynced.cannot_sync(named_group(call, group), refusal) from refusal
        if _status(call, group) != "SYNCING":
            return f"no sync could be started: {refusal.detail or refusal.status}"
    return ""


def _follow(call: Call, group: Values, ends: float) -> str:
    """Wait for the end of the running sync; return how it went."""
    status = _status(call, group)
    for pause in _pauses():
        left = ends - time.monotonic()
        if status != "SYNCING" or left <= 0:
            break
        time.sleep(min(pause, left))
        status = _status(call, group)
    return f"the last sync of the app: {status}"


def _status(call: Call, group: Values) -> str:
    app = call.run.client.get(_app(group, "/apps/{app_id}"))
    return str(app.get("sync_status"))


def _app(group: Values, template: str) -> str:
    return path(template, app_id=str(group["app_id"]))


def _pauses() -> Iterator[float]:
    """Seconds between two looks: short at first, for a sync is often short."""
    pause = FIRST_PAUSE_SECONDS
    while True:
        yield pause
        pause = min(1.5 * pause, LONGEST_PAUSE_SECONDS)


def named_group(call: Call, group: Values) -> str:
    """Name a group and the app that owns it, by what the run knows of that."""
    app = call.run.directory.known_name(APPS, str(group["app_id"]))
    return f"group {group['integration_specific_id']!r} of the app {app}"
