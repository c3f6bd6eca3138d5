"""The client: HTTP's verbs on the paths of the Lumos API document, for all threads at once."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any
from weakref import finalize

from pulumi_lumos.config import Settings

from . import paging, responses
from .clock import Clock
from .errors import ApiError, NotFound, RateLimited, UnexpectedAnswer
from .forks import begin_afresh_in_children
from .paging import Page
from .rate_limiter import RateLimiter
from .request import Query, Request
from .retries import Attempts, RetryBudget
from .transport import Transport

if TYPE_CHECKING:
    import httpx

__all__ = ["LumosClient", "Page"]

Read = Callable[[Request, responses.Response], Any]
"""Turns an answer into data, or raises an ApiError."""


class LumosClient:
    """Lumos over HTTP. Safe to share between threads; every call ends within the deadline.

    Answers are plain dicts and lists. Failed calls raise an ApiError. What can do no harm is sent
    again by itself: GET, PATCH, PUT and DELETE after 429, 5xx, resets and timeouts; POST only where
    Lumos cannot have carried it out. Any other failed POST has `in_doubt` set: look the object up
    before trying again.

    `before_write` is called before each request that may change something; it raises, or ends the
    process, where nobody would learn of the change. `sends_secrets` is false where errors may
    repeat the values that were sent. `sleep` and `transport` are for tests.
    """

    def __init__(
        self,
        settings: Settings,
        *,
        before_write: Callable[[], object] = lambda: None,
        sends_secrets: bool = True,
        sleep: Callable[[float], object] = time.sleep,
        transport: httpx.BaseTransport | None = None,
    ) -> None:
        self._settings = settings
        self._sleep = sleep
        self._before_write = before_write
        self._sends_secrets = sends_secrets
        self._transport = Transport(settings, transport)
        # A client that no run holds any more leaves no connection open.
        finalize(self, self._transport.close).atexit = False
        self._set_off()
        begin_afresh_in_children(self)

    def _set_off(self) -> None:
        self._clock = Clock(self._sleep)
        self._limiter = RateLimiter(self._settings.max_concurrency, self._clock)
        self._budget = RetryBudget()

    def begin_afresh(self) -> None:
        """Share no connection and no lock with the process that this one was forked from."""
        self._transport.begin_afresh()
        self._set_off()

    def __repr__(self) -> str:
        return f"LumosClient({self._settings.server_url!r})"

    @property
    def clock(self) -> Clock:
        """The clock of all waits of the client."""
        return self._clock

    def close(self) -> None:
        """Close the kept connections; the client cannot be used afterwards."""
        self._transport.close()

    def get(self, path: str, query: Query | None = None) -> dict[str, Any]:
        """Read the object at a path."""
        with self._in_words_of_the_surface():
            found = self._call("GET", path, query)
            if not isinstance(found, dict):
                raise UnexpectedAnswer("GET", path, 200, "an array instead of an object")
            return found

    def list(self, path: str, query: Query | None = None) -> list[dict[str, Any]]:
        """List all objects, over all pages, each id once."""
        with self._in_words_of_the_surface():
            return [*paging.all_items(path, lambda number: self.page(path, query, number))]

    def values(self, path: str) -> Sequence[Any]:
        """Read the plain values of a list that has no objects, such as names."""
        with self._in_words_of_the_surface():
            found = self._call("GET", path, None)
            if not isinstance(found, list):
                raise UnexpectedAnswer("GET", path, 200, "an object instead of a list")
            return tuple(found)

    def page(self, path: str, query: Query | None = None, number: int = 1) -> Page:
        """Read one page of a list, of up to 100 objects; pages count from 1."""
        asked = {**(query or {}), "page": number, "size": paging.PAGE_SIZE}
        with self._in_words_of_the_surface():
            return paging.read_page(path, self._call("GET", path, asked))

    def post(self, path: str, body: Any, query: Query | None = None) -> Any:
        """Create an object; return Lumos's answer."""
        return self._call("POST", path, query, body)

    def act(self, path: str, body: Any = None) -> None:
        """Do something to an object, by a POST that Lumos answers without a body (204)."""
        self._call("POST", path, None, body, responses.check_done)

    def patch(self, path: str, body: Any, query: Query | None = None) -> Any:
        """Change an object; return Lumos's answer."""
        return self._call("PATCH", path, query, body)

    def put(self, path: str, body: Any, query: Query | None = None) -> Any:
        """Replace an object as a whole; return Lumos's answer."""
        return self._call("PUT", path, query, body)

    def delete(self, path: str, query: Query | None = None) -> None:
        """Delete an object; raise NotFound only if it was gone before the first attempt."""
        self._call("DELETE", path, query, None, responses.check_done)

    @contextmanager
    def _in_words_of_the_surface(self) -> Iterator[None]:
        """Let the errors of a call advise what can be done where they appear."""
        try:
            yield
        except ApiError as error:
            error.surface = self._settings.surface
            raise

    def _call(
        self,
        method: str,
        path: str,
        query: Query | None,
        body: Any = None,
        read: Read = responses.read_json,
    ) -> Any:
        call = Attempts(method, self._settings, self._budget, self._clock)
        failure: ApiError
        try:
            request = self._request(method, path, query, body)
            result = call.retrying()(self._attempt, call, request, read)
        except ApiError as error:
            failure = error
        else:
            self._budget.refill()
            return result
        # An earlier attempt of a repeated change may have been carried out.
        failure.in_doubt = failure.in_doubt or call.in_doubt
        failure.attempts = call.attempts
        with self._in_words_of_the_surface():
            raise failure

    def _request(self, method: str, path: str, query: Query | None, body: Any) -> Request:
        # No variable holds the token: a traceback may show locals.
        return Request(method, path, self._settings.access_token, query, body, self._sends_secrets)

    def _attempt(self, call: Attempts, request: Request, read: Read) -> Any:
        began = self._limiter.enter(call.seconds_left())
        if began is None:
            raise RateLimited(request.method, request.path)
        answer: responses.Response | None = None
        try:
            if request.changes_something:
                self._before_write()
            call.attempts += 1
            seconds = min(self._settings.request_timeout_seconds, max(call.seconds_left(), 0.001))
            answer = self._transport.send(request, seconds)
        finally:
            self._limiter.leave(began, answer)
        try:
            return read(request, answer)
        except NotFound:
            if request.method == "DELETE" and call.attempts > 1:
                return None
            raise
