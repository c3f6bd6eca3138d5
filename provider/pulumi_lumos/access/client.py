"""The client: what a person can do about access in Lumos, as plain calls."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import replace
from functools import cached_property

from pulumi_lumos.api.client import LumosClient
from pulumi_lumos.api.errors import Invalid, NotFound
from pulumi_lumos.api.paging import identified
from pulumi_lumos.api.paths import path
from pulumi_lumos.api.request import Query
from pulumi_lumos.config import Settings
from pulumi_lumos.surface import IN_A_PROGRAM

from . import admins, deciding, offers, reading
from .asking import REQUESTS, Submission, Wish
from .errors import NotKnown
from .model import AccessRequest, App, AppAdmins, Offer, Person, Task

ONE_REQUEST = "/appstore/access_requests/{id}"
TASKS = "/tasks"
USERS = "/users"


class AccessClient:
    """Acts in Lumos as the person of a token: asks for access, follows requests, decides them.

    Calls wait for Lumos, keep to its pace and repeat only what is safe. A call that fails
    raises a LumosError, whose text is for people. Safe to share between threads.
    """

    def __init__(
        self, settings: Settings | None = None, *, sleep: Callable[[float], object] = time.sleep
    ) -> None:
        """Use these settings, or `LUMOS_ACCESS_TOKEN` and its like; raises ConfigError."""
        settings = settings or Settings.load(lambda _key: None, os.environ, IN_A_PROGRAM)
        settings = replace(settings, surface=IN_A_PROGRAM)
        self._lag_seconds = settings.lag_seconds
        # People have to read what is wrong with what they asked for.
        self._client = LumosClient(settings, sends_secrets=False, sleep=sleep)

    def __enter__(self) -> AccessClient:
        return self

    def __exit__(self, *_error: object) -> None:
        self.close()

    def close(self) -> None:
        """Close the connections; the client cannot be used afterwards."""
        self._client.close()

    @cached_property
    def me(self) -> Person:
        """The person of the token."""
        found = reading.read_person(self._client.get("/users/current"))
        if found is None:
            raise NotKnown("Lumos does not say whose token this is.")
        return found

    def get_person(self, email: str) -> Person:
        """Look for a person by email address. Raises NotKnown where there is not exactly one."""
        return reading.one_with_address(self._client.list(USERS, {"search_term": email}), email)

    def list_apps(self, search: str = "") -> list[App]:
        """List the apps that you may ask for; Lumos shows some only to a search for their name."""
        return offers.list_apps(self._client, search)

    def get_offer(self, app_id: str) -> Offer:
        """Read what you may ask for in an app, for how long, and who decides. Raises NotKnown."""
        return offers.read_offer(self._client, app_id, self.me.id)

    def prepare(
        self,
        app_id: str,
        permission_ids: Iterable[str] = (),
        *,
        length: str = "",
        reason: str = "",
        target_id: str = "",
    ) -> Submission:
        """Prepare a request, and send nothing: its `send` makes it once, however often called.

        `length` is one of the labels of the offer; without one, access has no end. `target_id`
        is the person who gets the access, you where it is left out.
        """
        ids = tuple(dict.fromkeys(permission_ids))
        wish = Wish(app_id, self.me.id, target_id or self.me.id, ids, length, reason)
        return Submission(self._client, wish, self._lag_seconds)

    def submit(
        self,
        app_id: str,
        permission_ids: Iterable[str] = (),
        *,
        length: str = "",
        reason: str = "",
        target_id: str = "",
    ) -> list[AccessRequest]:
        """Ask for access. Lumos makes one request for all permissions that the same people decide.

        The arguments are those of `prepare`. Raises Invalid where Lumos refuses the request:
        `problems` names every mistake.
        """
        desired = self.prepare(
            app_id, permission_ids, length=length, reason=reason, target_id=target_id
        )
        return desired.send()

    def list_requests(self) -> list[AccessRequest]:
        """List the requests that you made or get access by, the newest first."""
        query = {"user_id": self.me.id, "sort": "DESC"}
        listed = identified(REQUESTS, self._client.list(REQUESTS, query))
        return [reading.read_request(one) for one in listed]

    def get_request(self, request_id: str) -> AccessRequest:
        """Read a request as it is now, with its open tasks and who has to act on them."""
        address = path(ONE_REQUEST, id=request_id)
        found = self._client.get(address, {"expand": ["tasks"]})
        tasks = [reading.read_task(one) for one in found.get("tasks") or []]
        open_tasks = [self._with_assignees(task) for task in tasks if task.is_open]
        return replace(reading.read_request(found), open_tasks=tuple(open_tasks))

    def _with_assignees(self, task: Task) -> Task:
        with suppress(NotFound):  # A tenant may lack the Tasks API (API document).
            return self.get_task(task.id)
        return task

    def cancel(self, request_id: str, reason: str = "") -> AccessRequest:
        """Cancel a request that is not carried out yet. Raises Invalid where it is too late."""
        query = {"reason": reason} if reason else None
        try:
            self._client.delete(path(ONE_REQUEST, id=request_id), query)
        except Invalid:
            # Lumos refuses a repeated DELETE too, where the answer to the first was lost.
            found = self.get_request(request_id)
            if found.status != "CANCELLED":
                raise
            return found
        return self.get_request(request_id)

    def list_tasks(self) -> list[Task]:
        """List what you have to decide or to do, the newest first."""
        query: Query = {
            "status": "PENDING",
            "product_area": "APPSTORE",
            "expand": ["assignees"],
        }
        listed = identified(TASKS, self._client.list(TASKS, query))
        return [reading.read_task(one) for one in listed]

    def get_task(self, task_id: str) -> Task:
        """Read a task with who has to act and what was written on it."""
        return deciding.read_task(self._client, task_id)

    def approve(self, task_id: str) -> Task:
        """Approve a request, or confirm what was to be done by hand.

        Approving twice is no error. Raises AlreadyDecided where somebody has denied it, and
        Forbidden where others have to decide.
        """
        return deciding.resolve(self._client, task_id, deciding.COMPLETE)

    def deny(self, task_id: str, reason: str = "") -> Task:
        """Deny a request, with a reason that the person reads. Raises as `approve` does."""
        if reason and self.get_task(task_id).is_open:
            deciding.comment(self._client, task_id, reason)
        return deciding.resolve(self._client, task_id, deciding.DISMISS)

    def comment(self, task_id: str, text: str) -> None:
        """Write on a task, for everybody whom it concerns; at most 4000 characters."""
        deciding.comment(self._client, task_id, text)

    def list_app_admins(self) -> list[AppAdmins]:
        """List the admins of each app. Raises Forbidden without an admin's token."""
        return admins.list_admins(self._client)
