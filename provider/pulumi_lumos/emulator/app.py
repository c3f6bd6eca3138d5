"""The emulator as one ASGI application."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from starlette.responses import JSONResponse
from starlette.routing import Route

from . import admin, routes
from .exchange import TENANT, Exchange
from .refusal import InvalidError, RefusalError, as_sentence
from .tenants import Tenants


def create_app(
    seed: dict[str, Any],
    settings: dict[str, Any] | None = None,
    data: Path | None = None,
) -> Exchange:
    """Make an emulator whose tenants start with `seed` (see seeds.load) and these switches.

    With `data`, tenants are kept in that file and survive a restart.
    """
    tenants = Tenants(seed, settings, data)

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        saving = asyncio.create_task(tenants.save_often())
        yield
        saving.cancel()
        with suppress(asyncio.CancelledError):
            await saving
        tenants.save()

    app = FastAPI(lifespan=lifespan, openapi_url=None, redirect_slashes=False)
    for family in (*routes.FAMILIES, *admin.PARTS):
        app.include_router(family)
    app.add_exception_handler(RefusalError, _refused)
    app.add_exception_handler(InvalidError, _invalid)
    app.add_exception_handler(RequestValidationError, _malformed)
    app.add_exception_handler(405, _wrong_method)
    return Exchange(app, tenants)


async def _wrong_method(request: Request, _: Exception) -> JSONResponse:
    """A 405 that allows the methods of all routes of the path; FastAPI lists the first route's."""
    known = (route for family in routes.FAMILIES for route in family.routes)
    same = (r for r in known if isinstance(r, Route) and r.path_regex.match(request.url.path))
    methods = sorted({method for route in same for method in route.methods or ()})
    return JSONResponse({"detail": "Method Not Allowed"}, 405, {"Allow": ", ".join(methods)})


async def _refused(_: Request, refusal: Exception) -> JSONResponse:
    assert isinstance(refusal, RefusalError)
    return JSONResponse({"detail": refusal.detail}, refusal.status, refusal.headers)


async def _invalid(request: Request, invalid: Exception) -> JSONResponse:
    assert isinstance(invalid, InvalidError)
    return _unprocessable(request, invalid.errors)


async def _malformed(request: Request, error: Exception) -> JSONResponse:
    """FastAPI's own 422, without the echo of what was sent."""
    assert isinstance(error, RequestValidationError)
    kept = ("loc", "msg", "type")
    return _unprocessable(request, [{name: e[name] for name in kept} for e in error.errors()])


def _unprocessable(request: Request, errors: list[dict[str, Any]]) -> JSONResponse:
    as_string = request.scope[TENANT].switches["detail"] == "string"
    return JSONResponse({"detail": as_sentence(errors) if as_string else errors}, 422)
