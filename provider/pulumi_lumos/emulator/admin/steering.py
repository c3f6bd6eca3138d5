"""The emulator itself: recorded requests, switches, faults and the whole state."""

from __future__ import annotations

from typing import Any, Literal

from fastapi import APIRouter, Body
from pydantic import BaseModel, ConfigDict

from pulumi_lumos.emulator import saved_state, seeds
from pulumi_lumos.emulator.exchange import ADMIN_PREFIX
from pulumi_lumos.emulator.faults import FaultInput
from pulumi_lumos.emulator.refusal import Problems, invalid
from pulumi_lumos.emulator.routes.parts import Company
from pulumi_lumos.emulator.switches import SWITCHES

router = APIRouter(prefix=ADMIN_PREFIX)


class Reset(BaseModel):
    """The seed of this reset and of each later one."""

    model_config = ConfigDict(extra="forbid")

    seed: Literal["demo", "requests", "none"]


@router.get("/requests")
async def get_requests(tenant: Company) -> Any:
    """Every request since the start or the last DELETE, in the order of arrival."""
    return list(tenant.recorder.entries)


@router.delete("/requests", status_code=204)
async def forget_requests(tenant: Company) -> None:
    """Forget the requests and count from 1 again."""
    tenant.recorder.forget()


@router.get("/switches")
async def get_switches(tenant: Company) -> Any:
    """All switches with their values."""
    return tenant.switches


@router.patch("/switches")
async def set_switches(tenant: Company, values: dict[str, Any] = Body()) -> Any:  # noqa: B008
    """Set some switches, or none if one of them is wrong."""
    problems = Problems()
    for name, value in values.items():
        if name not in SWITCHES:
            problems.add(("body", name), "There is no such switch.")
        elif not SWITCHES[name].accepts(value):
            problems.add(("body", name), f"The switch takes {SWITCHES[name].accepted()}.")
    problems.raise_any()
    tenant.switch(values)
    return tenant.switches


@router.get("/faults")
async def get_faults(tenant: Company) -> Any:
    """The faults in force, and how many requests each has matched and struck."""
    return [fault.as_json() for fault in tenant.faults.all]


@router.post("/faults", status_code=201)
async def add_fault(tenant: Company, desired: FaultInput) -> Any:
    """Add a fault."""
    return tenant.faults.add(desired).as_json()


@router.delete("/faults", status_code=204)
async def clear_faults(tenant: Company) -> None:
    """Remove all faults."""
    tenant.faults.clear()


@router.get("/state")
async def get_state(tenant: Company) -> Any:
    """All objects of the tenant, in the shape that `--seed FILE` takes."""
    return tenant.export()


@router.put("/state", status_code=204)
async def set_state(tenant: Company, state: dict[str, Any] = Body()) -> None:  # noqa: B008
    """Replace all objects of the tenant; the body may leave out what `--seed FILE` may."""
    try:
        complete = saved_state.complete(state)
    except ValueError as error:
        raise invalid(("body",), f"The state cannot be used: {error}.") from None
    tenant.load(complete)
    tenant.touch()


@router.post("/reset", status_code=204)
async def reset(tenant: Company, desired: Reset | None = None) -> None:
    """Bring all objects back to the seed; switches, faults, tokens and recorded requests stay."""
    if desired is not None:
        tenant.seed = seeds.named(desired.seed)
    tenant.reset()
