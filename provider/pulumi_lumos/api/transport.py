"""One attempt at one request: the only file that imports httpx.

Nothing of httpx leaves this file: its requests hold the Authorization header, so its exceptions
are turned into ours outside of the `except` block, where Python would chain them.
"""

from __future__ import annotations

import platform
import time
from collections.abc import Mapping
from importlib.metadata import version
from typing import Any
from urllib.parse import urlsplit

import httpx

from pulumi_lumos.api.answers import Answer, Request
from pulumi_lumos.api.errors import (
    ApiError,
    ConfigError,
    ConnectionFailed,
    NoAnswer,
    UnexpectedAnswer,
)
from pulumi_lumos.config import Settings, is_loopback

CONNECT_TIMEOUT_SECONDS = 5.0
MAX_ANSWER_BYTES = 10_000_000

Query = Mapping[str, "str | bool | int | list[str]"]


class Transport:
    """Sends requests over kept-alive connections; safe to use from many threads at once."""

    def __init__(self, settings: Settings, transport: httpx.BaseTransport | None = None) -> None:
        self._token = settings.access_token
        self._http = _open(settings, transport)

    def close(self) -> None:
        self._http.close()

    def request(self, method: str, path: str) -> Request:
        return Request(method, path, self._token)

    def send(
        self, request: Request, query: Query | None, body: Any, timeout_seconds: float
    ) -> Answer:
        """One attempt, over within about `timeout_seconds`.

        Raises ConnectionFailed where nothing was sent, NoAnswer where no whole answer came.
        """
        failure: ApiError | None = None
        try:
            return self._exchange(request, query, body, timeout_seconds)
        except httpx.HTTPError as problem:
            failure = _failure(request, problem)
        raise failure

    def _exchange(self, request: Request, query: Query | None, body: Any, seconds: float) -> Answer:
        ends = time.monotonic() + seconds
        outgoing = self._http.build_request(
            request.method,
            request.path,
            params=query,
            json=body,
            timeout=_timeout(seconds),
        )
        response = self._http.send(outgoing, stream=True)
        try:
            # httpx bounds each read, not the whole: what is left holds for the body.
            outgoing.extensions["timeout"]["read"] = max(ends - time.monotonic(), 0.001)
            content = _read(request, response, ends)
        finally:
            response.close()
        headers = {name.lower(): value for name, value in response.headers.items()}
        return Answer(response.status_code, headers, content)


def _open(settings: Settings, transport: httpx.BaseTransport | None) -> httpx.Client:
    host = urlsplit(settings.server_url).hostname or ""
    direct = f"[{host}]" if ":" in host else host
    problem: str
    try:
        return httpx.Client(
            base_url=settings.server_url,
            headers={
                "Accept": "application/json",
                "Authorization": f"Bearer {settings.access_token}",
                "User-Agent": f"pulumi-lumos/{version('pulumi-lumos')}"
                f" python/{platform.python_version()}",
            },
            limits=httpx.Limits(
                max_connections=settings.max_concurrency,
                max_keepalive_connections=settings.max_concurrency,
                keepalive_expiry=30,
            ),
            follow_redirects=False,
            transport=transport,
            # None overrides a proxy of the environment: a proxy would get what is meant for here.
            mounts={f"all://{direct}": None} if is_loopback(host) else None,
        )
    except (ImportError, ValueError, OSError) as error:
        problem = str(error)
    raise ConfigError(
        f"The proxy or TLS variables of the environment (HTTPS_PROXY, ALL_PROXY, SSL_CERT_FILE)"
        f" cannot be used: {problem}. Correct or unset them."
    )


def _timeout(seconds: float) -> httpx.Timeout:
    # No pool timeout: the rate limiter lets no more requests through than there are connections.
    return httpx.Timeout(seconds, connect=min(CONNECT_TIMEOUT_SECONDS, seconds), pool=None)


def _read(request: Request, response: httpx.Response, ends: float) -> bytes:
    content = bytearray()
    for chunk in response.iter_bytes():
        content += chunk
        if len(content) > MAX_ANSWER_BYTES:
            raise UnexpectedAnswer(
                request.method,
                request.path,
                response.status_code,
                f"more than {MAX_ANSWER_BYTES:,} bytes",
                request.changes_something and response.status_code < 300,
            )
        if time.monotonic() > ends:
            raise httpx.ReadTimeout("the answer came too slowly")
    return bytes(content)


def _failure(request: Request, problem: httpx.HTTPError) -> ApiError:
    text = request.clean(str(problem)) or type(problem).__name__
    unsent = (
        httpx.ConnectError,
        httpx.ConnectTimeout,
        httpx.PoolTimeout,
        httpx.ProxyError,
        httpx.UnsupportedProtocol,
        httpx.LocalProtocolError,
    )
    if isinstance(problem, unsent):
        return ConnectionFailed(request.method, request.path, None, text)
    if isinstance(problem, httpx.DecodingError):
        return UnexpectedAnswer(
            request.method, request.path, None, "unreadable", request.changes_something
        )
    return NoAnswer(
        request.method,
        request.path,
        None,
        text,
        request.changes_something,
        timed_out=isinstance(problem, httpx.TimeoutException),
    )
