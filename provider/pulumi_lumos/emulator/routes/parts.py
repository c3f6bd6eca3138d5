"""What every route needs: the tenant of the request, and how answers are written."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import Depends, Query, Request

from pulumi_lumos.emulator.callers import Caller
from pulumi_lumos.emulator.exchange import CALLER, TENANT
from pulumi_lumos.emulator.state import Tenant


async def _tenant(request: Request) -> Tenant:
    tenant: Tenant = request.scope[TENANT]
    return tenant


async def _caller(request: Request) -> Caller:
    caller: Caller = request.scope[CALLER]
    return caller


Company = Annotated[Tenant, Depends(_tenant)]
Person = Annotated[Caller, Depends(_caller)]
Expand = Annotated[list[str] | None, Query()]


def answers(model: Any, status: int = 200) -> dict[str, Any]:
    """Settings of a route that answers `model`, with only the fields that the route sets."""
    return {
        "response_model": model,
        "status_code": status,
        "response_model_exclude_unset": True,
    }
