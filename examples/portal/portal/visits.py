"""What every page needs: who is there, and a form that really comes from this portal."""

from __future__ import annotations

import hmac
import secrets
from collections import OrderedDict
from dataclasses import dataclass, field
from threading import Lock
from typing import Annotated

from fastapi import Depends, Request
from pulumi_lumos.access import AccessClient, Submission
from starlette.datastructures import FormData

from portal.people import Clients, NotSignedIn, SignIn

MOST_SUBMISSIONS = 1000


class ForeignForm(Exception):
    """A form that another site may have sent in the name of a person (CSRF)."""


class Submissions:
    """The requests on their way, by person and form: a form that is sent twice asks once."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._kept: OrderedDict[tuple[str, str], Submission] = OrderedDict()

    def keep(self, email: str, form: str, made: Submission) -> Submission:
        """The submission that a form has begun; `made` where there is none for the same wish."""
        with self._lock:
            kept = self._kept.get((email, form))
            if kept is None or kept.wish != made.wish:
                kept = self._kept[email, form] = made
            if len(self._kept) > MOST_SUBMISSIONS:
                self._kept.popitem(last=False)
            return kept


@dataclass
class Portal:
    """What the pages share. `secret` signs forms: give all processes of a portal the same."""

    clients: Clients
    sign_in: SignIn
    admins: frozenset[str] = frozenset()
    secret: bytes = field(default_factory=lambda: secrets.token_bytes(32), repr=False)
    is_demo: bool = False
    submissions: Submissions = field(default_factory=Submissions)

    def signature(self, email: str) -> str:
        """What a form of this portal carries, and no other site can know."""
        return hmac.new(self.secret, email.encode(), "sha256").hexdigest()


@dataclass(frozen=True)
class Visit:
    """Somebody who is signed in."""

    email: str
    signature: str
    lumos: AccessClient
    is_admin: bool


async def find_email(request: Request) -> str:
    """Who is signed in. Raises NotSignedIn."""
    portal: Portal = request.app.state.portal
    email = portal.sign_in(request)
    if email is None:
        raise NotSignedIn
    return email


Email = Annotated[str, Depends(find_email)]


def visit(request: Request, email: Email) -> Visit:
    """Who is signed in, with their client. Raises NotSignedIn and NoToken."""
    portal: Portal = request.app.state.portal
    client = portal.clients.of(email)
    request.state.visit = Visit(email, portal.signature(email), client, email in portal.admins)
    visitor: Visit = request.state.visit
    return visitor


async def read_form(request: Request, email: Email) -> FormData:
    """The fields of a form of this portal. Raises ForeignForm for others'."""
    portal: Portal = request.app.state.portal
    form = await request.form()
    sent = str(form.get("signature", ""))
    if not hmac.compare_digest(sent.encode(), portal.signature(email).encode()):
        raise ForeignForm
    # Kept for the page that lets people send it again when Lumos does not answer.
    request.state.form = form
    return form


Visitor = Annotated[Visit, Depends(visit)]
Form = Annotated[FormData, Depends(read_form)]
