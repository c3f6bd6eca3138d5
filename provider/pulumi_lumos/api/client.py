"""The client: HTTP's verbs on the paths of the Lumos API document, for all threads at once."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from pulumi_lumos.api import answers, paging
from pulumi_lumos.api.clock import Clock
from pulumi_lumos.api.errors import ApiError, NotFound, RateLimited, UnexpectedAnswer
from pulumi_lumos.api.paging import Page
from pulumi_lumos.api.rate_limiter import RateLimiter
from pulumi_lumos.api.retries import Call, RetryBudget
from pulumi_lumos.api.transport import Query, Transport
from pulumi_lumos.config import Settings

if TYPE_CHECKING:
    import httpx

__all__ = ["LumosClient", "Page"]


class LumosClient:
    """Lumos over HTTP. Safe to share between threads; every call ends within the deadline.

    Answers are plain dicts and lists. Failed calls raise an ApiError. What can do no harm is sent
    again by itself: GET, PATCH and DELETE after 429, 5xx, resets and timeouts; POST only where
    Lumos cannot have carried it out. Any other failed POST has `in_doubt` set: look the object up
    before trying again.

    `before_write` is called before each request that may change something; it raises, or ends the
    process, where nobody would learn of the change. `sleep` and `transport` are for tests.
    """

    def __init__(
        self,
        settings: Settings,
        *,
        before_write: Callable[[], object] = lambda: None,
        sleep: Callable[[float], object] = time.sleep,
        transport: httpx.BaseTransport | None = None,
    ) -> None:
        self._settings = settings
        self._before_write = before_write
        self._transport = Transport(settings, transport)
        self._clock = Clock(sleep)
        self._limiter = RateLimiter(settings.max_concurrency, self._clock)
        self._budget = RetryBudget()

    def __repr__(self) -> str:
        return f"LumosClient({self._settings.server_url!r})"

    @property
    def clock(self) -> Clock:
        """What all waits of the client go by."""
        return self._clock

    def close(self) -> None:
        """Closes the kept connections; the client cannot be used afterwards."""
        self._transport.close()

    def get(self, path: str, query: Query | None = None) -> dict[str, Any]:
        """The object at a path."""
        found = self._call("GET", path, query)
        if not isinstance(found, dict):
            raise UnexpectedAnswer("GET", path, 200, "an array instead of an object")
        return found

    def list(self, path: str, query: Query | None = None) -> list[dict[str, Any]]:
        """All objects of a list, over all its pages, each id once."""
        return [*paging.all_items(path, lambda number: self.page(path, query, number))]

    def page(self, path: str, query: Query | None = None, number: int = 1) -> Page:
        """One page of a list, of up to 100 objects; pages count from 1."""
        asked = {**(query or {}), "page": number, "size": paging.PAGE_SIZE}
        return paging.read_page(path, number, self._call("GET", path, asked))

    def post(self, path: str, body: Any, query: Query | None = None) -> Any:
        """Creates an object; returns it as Lumos answers."""
        return self._call("POST", path, query, body)

    def patch(self, path: str, body: Any, query: Query | None = None) -> Any:
        """Changes an object; returns it as Lumos answers."""
        return self._call("PATCH", path, query, body)

    def delete(self, path: str, query: Query | None = None) -> None:
        """Deletes an object. Raises NotFound only where it was gone before the first attempt."""
        self._call("DELETE", path, query)

    def _call(self, method: str, path: str, query: Query | None, body: Any = None) -> Any:
        call = Call(method, self._settings, self._budget, self._clock)
        failure: ApiError
        try:
            result = call.retrying()(self._attempt, call, method, path, query, body)
        except ApiError as error:
            failure = error
        else:
            self._budget.refill()
            return result
        # An earlier attempt of a repeated change may have been carried out.
        failure.in_doubt = failure.in_doubt or call.in_doubt
        failure.attempts = call.attempts
        raise failure

    def _attempt(self, call: Call, method: str, path: str, query: Query | None, body: Any) -> Any:
        request = self._transport.request(method, path)
        began = self._limiter.enter(call.seconds_left())
        if began is None:
            raise RateLimited(method, path)
        answer: answers.Answer | None = None
        try:
            if method != "GET":
                self._before_write()
            call.attempts += 1
            seconds = min(self._settings.request_timeout_seconds, max(call.seconds_left(), 0.001))
            answer = self._transport.send(request, query, body, seconds)
        finally:
            self._limiter.leave(began, answer)
        try:
            if method == "DELETE":
                return answers.check_deleted(request, answer)
            return answers.read_json(request, answer)
        except NotFound:
            if method == "DELETE" and call.attempts > 1:
                return None
            raise
