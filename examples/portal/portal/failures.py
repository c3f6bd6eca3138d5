"""Pages for what goes wrong. A form that could not be sent is kept, to be sent again."""

from __future__ import annotations

from fastapi import FastAPI, Request
from fastapi.responses import Response
from pulumi_lumos.access import (
    ApiError,
    Forbidden,
    InvalidId,
    LumosError,
    NotFound,
    NotKnown,
    RateLimited,
    Unauthorized,
)

from portal.people import NoToken, NotSignedIn
from portal.rendering import go_to, page
from portal.visits import ForeignForm

SHOWN = {"length": "How long", "reason": "Reason", "target": "For"}
"""The fields of a kept form that people read; the others go along unseen."""


def add_to(app: FastAPI) -> None:
    """Let an application show these pages."""
    app.add_exception_handler(LumosError, _show_lumos_error)
    app.add_exception_handler(NotSignedIn, _ask_to_sign_in)
    app.add_exception_handler(NoToken, _say_no_token)
    app.add_exception_handler(ForeignForm, _refuse_form)
    app.add_exception_handler(404, _say_missing)


def _show_lumos_error(request: Request, error: Exception) -> Response:
    if isinstance(error, (NotFound, NotKnown, InvalidId)):
        text = str(error) if isinstance(error, NotKnown) else "Lumos has nothing at this address."
        return _problem(request, 404, "Not found", text)
    if isinstance(error, Forbidden):
        return _problem(request, 403, "Not allowed", "Lumos does not let you do or see this.")
    if isinstance(error, Unauthorized):
        text = "Lumos does not accept your token any more. Ask whoever runs this portal."
        return _problem(request, 403, "Not allowed", text)
    busy = isinstance(error, RateLimited)
    title = "Lumos is busy" if busy else "Lumos does not answer"
    return _retry(request, title, in_doubt=isinstance(error, ApiError) and error.in_doubt)


def _retry(request: Request, title: str, *, in_doubt: bool) -> Response:
    """Let people do the same again; nothing that they have written is lost."""
    form = getattr(request.state, "form", None)
    fields = [(name, str(value)) for name, value in form.multi_items()] if form else []
    shown = [(SHOWN[name], value) for name, value in fields if name in SHOWN and value]
    response = page(
        request, "retry.html", 503, title=title, fields=fields, shown=shown, in_doubt=in_doubt
    )
    response.headers["Retry-After"] = "10"
    return response


def _ask_to_sign_in(request: Request, _: Exception) -> Response:
    if request.app.state.portal.is_demo:
        return go_to("/demo")
    return _problem(request, 401, "Not signed in", "Sign in and come back.")


def _say_no_token(request: Request, _: Exception) -> Response:
    text = "This portal has no token of Lumos for you. Ask whoever runs it."
    return _problem(request, 403, "No access yet", text)


def _refuse_form(request: Request, _: Exception) -> Response:
    text = "This form is too old, or another site has sent it. Open the page again."
    return _problem(request, 403, "Not sent", text)


def _say_missing(request: Request, _: Exception) -> Response:
    return _problem(request, 404, "Not found", "There is no such page.")


def _problem(request: Request, status: int, title: str, text: str) -> Response:
    return page(request, "problem.html", status, title=title, text=text)
