"""Makes one request of a wish, however often it is sent and whatever happens on the way.

Lumos has no idempotency key. So the newest requests of the person are noted before the POST. After
a POST whose end is in doubt (timeout, reset, 5xx), and before every further one, a request that
is new since then and asks for the same is the one that was made.
"""

from __future__ import annotations

from collections.abc import Collection
from contextlib import suppress
from dataclasses import dataclass
from threading import Lock
from typing import TYPE_CHECKING, Any

from pulumi_lumos.api.errors import ApiError

from . import reading
from .model import AccessRequest

if TYPE_CHECKING:
    from pulumi_lumos.api.client import LumosClient

REQUEST = "/appstore/access_request"
REQUESTS = "/appstore/access_requests"
FIRST_PAUSE_SECONDS = 0.25
"""Seconds between the first two looks after a lost answer; each next wait is twice as long."""


@dataclass(frozen=True)
class Wish:
    """What a person asks for; no `permission_ids` means the app alone, no `length` no end."""

    app_id: str
    requester_id: str
    target_id: str
    permission_ids: tuple[str, ...] = ()
    length: str = ""
    reason: str = ""

    def body(self) -> dict[str, Any]:
        """The body of `POST /appstore/access_request`."""
        body: dict[str, Any] = {"app_id": self.app_id}
        if self.permission_ids:
            body["requestable_permission_ids"] = list(self.permission_ids)
        if self.length:
            body["access_length"] = self.length
        if self.reason:
            body["business_justification"] = self.reason
        if self.target_id != self.requester_id:
            body["target_user_id"] = self.target_id
        return body

    def is_met_by(self, request: AccessRequest) -> bool:
        """Whether Lumos may have made a request from this wish; one wish may become several."""
        asked = set(self.permission_ids)
        return (
            request.app_id == self.app_id
            and request.requester.id == self.requester_id
            and request.target.id == self.target_id
            and (not asked or set(request.permission_ids) <= asked)
            and request.notes.get("PENDING", self.reason) == self.reason
        )


class Submission:
    """A wish on its way to Lumos. `send` may be called again, also from another thread."""

    def __init__(self, client: LumosClient, wish: Wish, lag_seconds: float) -> None:
        """`lag_seconds` is how long Lumos may hide a new request from its list."""
        self.wish = wish
        self._lag_seconds = lag_seconds
        self._doubtful_until: float | None = None
        self._client = client
        self._lock = Lock()
        self._known: frozenset[str] | None = None
        self._made: list[AccessRequest] = []

    def send(self) -> list[AccessRequest]:
        """Make the request, or find the one that was made; Lumos splits it by who decides.

        Raises an ApiError. Where that is in doubt, the request may still have been made: call
        `send` again, which looks first.
        """
        with self._lock:
            if not self._made and self._doubtful_until is not None:
                self._made = self._look_for_it(self._doubtful_until)
            if not self._made:
                self._known = self._ids() if self._known is None else self._known
                self._made = self._post()
            return self._made

    def _post(self) -> list[AccessRequest]:
        try:
            return reading.read_requests(REQUEST, self._client.post(REQUEST, self.wish.body()))
        except ApiError as error:
            if not error.in_doubt:
                raise
            self._doubtful_until = self._client.clock.now() + self._lag_seconds
            found: list[AccessRequest] = []
            with suppress(ApiError):  # Report the lost answer, also where looking fails too.
                found = self._look_for_it(self._doubtful_until)
            if not found:
                raise
            return found

    def _look_for_it(self, certain_from: float) -> list[AccessRequest]:
        """Look until Lumos must show what it has made; raises where the last look fails."""
        pause = FIRST_PAUSE_SECONDS
        while True:
            left = certain_from - self._client.clock.now()
            try:
                found = self._list_what_was_made()
            except ApiError:
                if left <= 0:
                    raise
                found = []
            if found or left <= 0:
                return found
            self._client.clock.sleep(min(pause, left))
            pause *= 2

    def _list_what_was_made(self) -> list[AccessRequest]:
        known: Collection[str] = self._known or ()
        new = [one for one in self._newest() if one.id not in known]
        return [one for one in new if self.wish.is_met_by(one)]

    def _ids(self) -> frozenset[str]:
        return frozenset(one.id for one in self._newest())

    def _newest(self) -> list[AccessRequest]:
        query = {"requester_user_id": self.wish.requester_id, "sort": "DESC"}
        page = self._client.page(REQUESTS, query)
        return [reading.read_request(one) for one in page.items if one.get("id")]
