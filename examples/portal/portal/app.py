"""Puts the portal together.

    uvicorn --factory portal.app:from_environment

PORTAL_LUMOS_URL is the address of Lumos, PORTAL_SIGN_IN_HEADER the header in which the sign-in
proxy names the person, PORTAL_TOKENS the file with the tokens, PORTAL_ADMINS the email addresses
that see the page of admins, PORTAL_SECRET what signs forms.
"""

from __future__ import annotations

import os
from collections.abc import Awaitable, Callable
from pathlib import Path

from fastapi import FastAPI, Request
from fastapi.responses import Response
from fastapi.staticfiles import StaticFiles

from portal import admins, catalog, failures, inbox, requests
from portal.people import Clients, by_header, from_file
from portal.rendering import FOLDER
from portal.visits import Portal

HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self';"
        " img-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
}


def create(portal: Portal) -> FastAPI:
    """The portal as an application."""
    app = FastAPI(title="Access portal", docs_url=None, redoc_url=None, openapi_url=None)
    app.state.portal = portal
    app.mount("/static", StaticFiles(directory=FOLDER / "static"), name="static")
    for part in (catalog, requests, inbox, admins):
        app.include_router(part.router)
    failures.add_to(app)
    app.middleware("http")(_add_headers)
    return app


async def _add_headers(
    request: Request, call_next: Callable[[Request], Awaitable[Response]]
) -> Response:
    response = await call_next(request)
    response.headers.update(HEADERS)
    if not request.url.path.startswith("/static/"):
        response.headers["Cache-Control"] = "no-store"
    return response


def from_environment() -> FastAPI:
    """The portal as it runs behind a sign-in proxy."""
    tokens = from_file(Path(os.environ["PORTAL_TOKENS"]))
    portal = Portal(
        Clients(os.environ.get("PORTAL_LUMOS_URL", "https://api.lumos.com"), tokens),
        sign_in=by_header(os.environ["PORTAL_SIGN_IN_HEADER"]),
        admins=frozenset(os.environ.get("PORTAL_ADMINS", "").lower().split()),
    )
    if secret := os.environ.get("PORTAL_SECRET"):
        portal.secret = secret.encode()
    return create(portal)
