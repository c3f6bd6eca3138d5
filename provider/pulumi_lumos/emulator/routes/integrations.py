"""`/integrations`: the catalog of what can be connected, and what connecting takes."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter

from pulumi_lumos.emulator import wire
from pulumi_lumos.emulator.integrations import INTEGRATIONS, Integration, get_integration
from pulumi_lumos.emulator.paging import AskedPage, page_of

from .parts import Company, answers

router = APIRouter(prefix="/integrations")


@router.get("", **answers(wire.PageIntegrationCatalogOutput))
async def list_integrations(_: Company, paging: AskedPage, query: str | None = None) -> Any:
    """The integrations, or those whose id or name contains the query."""
    desired = (query or "").casefold()
    found = [
        one
        for one in INTEGRATIONS.values()
        if desired in one.app_class_id.casefold() or desired in one.name.casefold()
    ]
    return page_of(found, paging, Integration.shown)


@router.get("/{app_class_id}", **answers(wire.IntegrationCatalogOutput))
async def get_integration_of(_: Company, app_class_id: str) -> Any:
    """One integration."""
    return get_integration(app_class_id).shown()


@router.get("/{app_class_id}/connection-schema", **answers(wire.IntegrationConnectionSchemaOutput))
async def get_connection_schema(_: Company, app_class_id: str) -> Any:
    """What connecting an integration takes."""
    found = get_integration(app_class_id)
    return {
        "app_class_id": app_class_id,
        "auth_schema": found.auth,
        "settings_schema": found.settings,
    }
