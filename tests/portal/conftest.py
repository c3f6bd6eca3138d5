"""The portal over the company of the seed `requests`."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from portal import demo_mode
from portal.app import create
from portal.people import Clients, by_header
from portal.visits import Portal
from pulumi_lumos.emulator import requests_seed_ids as ids

from ..emulator.requests.acme import Acme, acme
from .serving import HEADER, Visitor, serving

__all__ = ["People", "acme", "people", "portal_url"]

ADMINS = frozenset({ids.USERS["Ada"].email})


class People:
    """Gives the visitor of a name; everybody stays signed in."""

    def __init__(self, url: str) -> None:
        self.url = url
        self._known: dict[str, Visitor] = {}

    def __call__(self, name: str) -> Visitor:
        if name not in self._known:
            self._known[name] = Visitor(self.url, ids.USERS[name].email)
        return self._known[name]

    def leave(self) -> None:
        """Close all connections."""
        for visitor in self._known.values():
            visitor.http.close()


@pytest.fixture
def portal_url(acme: Acme) -> Iterator[str]:
    """The address of a portal whose people are named by a header."""
    token = acme.admin.headers["Authorization"].removeprefix("Bearer ")
    company = demo_mode.Company(acme.url, token, ADMINS)
    clients = Clients(acme.url, company.token_of)
    with serving(create(Portal(clients, by_header(HEADER), ADMINS))) as url:
        yield url
    clients.close()
    company.close()


@pytest.fixture
def people(portal_url: str) -> Iterator[People]:
    opened = People(portal_url)
    yield opened
    opened.leave()
