"""One attempt at one request: the only file that imports httpx.

Nothing of httpx leaves this file: its requests hold the Authorization header, so its exceptions
are turned into ours outside of the `except` block, where Python would chain them.
"""

from __future__ import annotations

import os
import platform
import ssl
import threading
import traceback
from collections.abc import Iterator
from importlib.metadata import version
from urllib.parse import urlsplit
from urllib.request import getproxies

import httpx

from pulumi_lumos.config import Settings, is_loopback
from pulumi_lumos.errors import ConfigError
from pulumi_lumos.printable import printable

from .bodies import ACCEPTED, MAX_ANSWER_BYTES, TooLong, Undecodable, read_body
from .errors import ApiError, ConnectionFailed, NoAnswer, UntrustedCertificate
from .network import Attempt, BoundedNetwork, NotReached
from .request import Request
from .responses import Response

CONNECT_TIMEOUT_SECONDS = 5.0
_LOCATION = "lumos.location"


class Transport:
    """Sends requests over kept-alive connections; safe to use from many threads at once."""

    def __init__(self, settings: Settings, transport: httpx.BaseTransport | None = None) -> None:
        self._settings = settings
        self._given = transport
        self._attempt = Attempt()
        self._opening = threading.Lock()
        self._networks: list[BoundedNetwork] = []
        self._http: httpx.Client | None = None
        self._opened()

    def close(self) -> None:
        if self._http is not None:
            self._http.close()

    def begin_afresh(self) -> None:
        """Open new connections from now on, and leave the old ones to the parent process."""
        for network in self._networks:
            network.close()
        self._attempt, self._opening = Attempt(), threading.Lock()
        self._networks, self._http = [], None

    def send(self, request: Request, timeout_seconds: float) -> Response:
        """Send one attempt, which ends within `timeout_seconds`.

        Raises ConnectionFailed where nothing was sent, NoAnswer where no whole answer came, and
        Unsendable.
        """
        content = request.content()
        failure: BaseException
        try:
            with self._attempt.within(timeout_seconds):
                return self._exchange(request, content, timeout_seconds)
        except httpx.InvalidURL:
            failure = request.too_long()
        except (httpx.HTTPError, OSError) as problem:
            failure = _failure(request, problem)
        except BaseException as problem:
            failure = _without_frames(problem)
        raise failure

    def _exchange(self, request: Request, content: bytes | None, seconds: float) -> Response:
        http = self._opened()
        outgoing = http.build_request(
            request.method,
            request.path,
            params=request.query,
            content=content,
            headers=None if content is None else {"Content-Type": "application/json"},
            timeout=httpx.Timeout(seconds, connect=min(CONNECT_TIMEOUT_SECONDS, seconds)),
        )
        response = http.send(outgoing, stream=True)
        headers = {name.lower(): value for name, value in response.headers.items()}
        headers.update(response.extensions.get(_LOCATION, {}))
        body, flaw = b"", ""
        try:
            body = read_body(response.iter_raw(), headers.get("content-encoding", ""))
        except TooLong:
            flaw = f"more than {MAX_ANSWER_BYTES:,} bytes"
        except Undecodable as problem:
            flaw = str(problem)
        finally:
            response.close()
        return Response(response.status_code, headers, body, flaw)

    def _opened(self) -> httpx.Client:
        with self._opening:
            if self._http is None:
                http = _open(self._settings, self._given)
                self._networks = list(_bounded(http, self._attempt))
                self._http = http
            return self._http


def trusted_certificates() -> str:
    """Name the certificates that are trusted, as httpx chooses them."""
    for variable in ("SSL_CERT_FILE", "SSL_CERT_DIR"):
        if place := os.environ.get(variable):
            return f"those of {variable}, {printable(place)}"
    return "those of Mozilla, from the package certifi"


def _open(settings: Settings, transport: httpx.BaseTransport | None) -> httpx.Client:
    host = urlsplit(settings.server_url).hostname or ""
    direct = f"[{host}]" if ":" in host else host
    problem = _mistake_in_environment()
    try:
        if not problem:
            return httpx.Client(
                base_url=settings.server_url,
                headers={
                    "Accept": "application/json",
                    "Accept-Encoding": ACCEPTED,
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
                # httpx reads where a redirect leads even if it does not follow, and fails there.
                event_hooks={"response": [_set_location_aside]},
                verify=_trust_in(settings.server_url),
                transport=transport,
                # None overrides a proxy of the environment, which would get calls to this machine.
                mounts={f"all://{direct}": None} if is_loopback(host) else None,
            )
    except httpx.InvalidURL:
        problem = "NO_PROXY names no hosts"
    except (ImportError, ValueError, OSError) as error:
        problem = printable(str(error))
    raise ConfigError(
        "The proxy or TLS variables of the environment (HTTPS_PROXY, ALL_PROXY, NO_PROXY,"
        f" SSL_CERT_FILE, SSL_CERT_DIR) cannot be used: {problem}. Correct or unset them."
    )


def _trust_in(url: str) -> ssl.SSLContext | bool:
    """The certificates to trust; True leaves them to httpx.

    A Lumos on this machine that speaks plain http shows no certificate. The client then trusts
    nobody and reads no certificates, because reading them is most of the work before a request.
    """
    if url.startswith("http:"):
        return ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    folders = os.environ.get("SSL_CERT_DIR")
    if folders and not os.environ.get("SSL_CERT_FILE"):
        # The oldest httpx that is allowed takes one folder only, and ignores a list of them.
        return ssl.create_default_context(capath=folders)
    return True


def _mistake_in_environment() -> str:
    """The first variable that names nothing, without its value, which may hold a password."""
    for scheme, address in getproxies().items():
        if scheme in ("http", "https", "all") and not _is_address(address):
            return f"{scheme.upper()}_PROXY is no address of a proxy"
    # Older releases of httpx ignore a file that is missing, and trust their own list.
    for variable, exists in (("SSL_CERT_FILE", os.path.isfile), ("SSL_CERT_DIR", _has_a_folder)):
        if (place := os.environ.get(variable)) and not exists(place):
            return f"{variable} names nothing that is there"
    return ""


def _has_a_folder(places: str) -> bool:
    """Whether one of the folders is there; OpenSSL reads SSL_CERT_DIR as a list, like PATH."""
    return any(map(os.path.isdir, places.split(os.pathsep)))


def _is_address(text: str) -> bool:
    try:
        port = httpx.URL(text if "://" in text else f"http://{text}").port
    except httpx.InvalidURL:
        return False
    return port is None or 0 < port < 65536


def _set_location_aside(response: httpx.Response) -> None:
    if (location := response.headers.pop("location", None)) is not None:
        response.extensions[_LOCATION] = {"location": location}


def _bounded(http: httpx.Client, attempt: Attempt) -> Iterator[BoundedNetwork]:
    """Let all connections of a client end with the attempt.

    httpx has no argument for the network below it. These are its private names: where they differ,
    each read is bounded, but not the whole (tests/api/test_deadline.py).
    """
    for transport in (http._transport, *http._mounts.values()):
        pool = getattr(transport, "_pool", None)
        if (backend := getattr(pool, "_network_backend", None)) is not None:
            network = BoundedNetwork(backend, attempt)
            pool._network_backend = network  # type: ignore[union-attr]
            yield network


def _without_frames(problem: BaseException) -> BaseException:
    """Replace the traceback by its text: frames of httpx hold the Authorization."""
    if hasattr(problem, "add_note"):  # from Python 3.11 on
        problem.add_note("".join(traceback.format_tb(problem.__traceback__)))
    problem.__cause__ = problem.__context__ = None
    return problem.with_traceback(None)


def _failure(request: Request, problem: httpx.HTTPError | OSError) -> ApiError:
    call = (request.method, request.path, None)
    text = request.clean(str(problem)) or type(problem).__name__
    if reason := _mistrust(problem):
        trusted = f"trusted are {trusted_certificates()}"
        return UntrustedCertificate(*call, f"{request.clean(reason)}; {trusted}")
    unsent = (
        NotReached,
        httpx.ConnectError,
        httpx.ConnectTimeout,
        httpx.PoolTimeout,
        httpx.ProxyError,
        httpx.UnsupportedProtocol,
        httpx.LocalProtocolError,
    )
    if isinstance(problem, unsent):
        return ConnectionFailed(*call, text)
    timed_out = isinstance(problem, (httpx.TimeoutException, TimeoutError))
    return NoAnswer(*call, text, request.changes_something, timed_out=timed_out)


def _mistrust(problem: BaseException | None) -> str:
    """Why a certificate was refused, if that is what happened."""
    while problem is not None and not isinstance(problem, ssl.SSLCertVerificationError):
        problem = problem.__cause__ or problem.__context__
    return getattr(problem, "verify_message", "") or (str(problem) if problem else "")
