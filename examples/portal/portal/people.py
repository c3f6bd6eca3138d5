"""Who uses the portal, and with which token of Lumos the portal acts for them.

No token ever reaches a browser. Each person has a token of their own, so Lumos decides what that
person may see, ask for and approve, and its log names the right person.
"""

from __future__ import annotations

import json
from collections import OrderedDict
from collections.abc import Callable
from pathlib import Path
from threading import Lock

from fastapi import Request
from pulumi_lumos.access import AccessClient, Settings

SignIn = Callable[[Request], "str | None"]
"""Gives the email address of whoever sent a request, or None."""
Tokens = Callable[[str], "str | None"]
"""Gives the token of a person by email address, or None."""

REQUEST_TIMEOUT_SECONDS = 4.0
DEADLINE_SECONDS = 6.0
LAG_SECONDS = 3.0
"""People wait before a screen: the portal says that Lumos is slow before they give up."""
MOST_CLIENTS = 200


class NotSignedIn(Exception):
    """Nobody is signed in."""


class NoToken(Exception):
    """The portal has no token for the person who is signed in."""


def by_header(name: str) -> SignIn:
    """Trust a header that the sign-in proxy in front of the portal sets on every request."""

    def sign_in(request: Request) -> str | None:
        return request.headers.get(name, "").strip().lower() or None

    return sign_in


def from_file(file: Path) -> Tokens:
    """Read tokens from a JSON file, by email address; a change of the file counts at once."""

    def token_of(email: str) -> str | None:
        tokens: dict[str, str] = json.loads(file.read_text(encoding="utf-8"))
        return {address.lower(): token for address, token in tokens.items()}.get(email)

    return token_of


class Clients:
    """One client of Lumos for each person who has been here lately."""

    def __init__(self, lumos_url: str, tokens: Tokens) -> None:
        self._url = lumos_url
        self._tokens = tokens
        self._lock = Lock()
        self._clients: OrderedDict[str, AccessClient] = OrderedDict()

    def of(self, email: str) -> AccessClient:
        """The client of a person. Raises NoToken."""
        token = self._tokens(email)
        if token is None:
            raise NoToken(email)
        with self._lock:
            client = self._clients.pop(token, None) or self._connect(token)
            self._clients[token] = client
            if len(self._clients) > MOST_CLIENTS:
                # Another thread may still use it: it ends when nobody does.
                self._clients.popitem(last=False)
            return client

    def _connect(self, token: str) -> AccessClient:
        settings = Settings(
            token,
            self._url,
            request_timeout_seconds=REQUEST_TIMEOUT_SECONDS,
            deadline_seconds=DEADLINE_SECONDS,
            max_retries=2,
            lag_seconds=LAG_SECONDS,
        )
        return AccessClient(settings)

    def close(self) -> None:
        """Close all connections."""
        with self._lock:
            for client in self._clients.values():
                client.close()
            self._clients.clear()
