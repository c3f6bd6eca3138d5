"""`/appstore/apps`: the apps of the AppStore and their settings."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter

from pulumi_lumos.emulator import app_settings, apps, wire
from pulumi_lumos.emulator.callers import require_admin
from pulumi_lumos.emulator.merging import patch, sent
from pulumi_lumos.emulator.paging import AskedPage, page_of
from pulumi_lumos.emulator.permissions import conflict
from pulumi_lumos.emulator.refusal import invalid
from pulumi_lumos.emulator.requests import people

from .parts import Company, Expand, Person, answers

router = APIRouter(prefix="/appstore/apps")


@router.get("", **answers(wire.PageAppStoreApp))
async def get_appstore_apps(
    tenant: Company,
    caller: Person,
    paging: AskedPage,
    app_id: str | None = None,
    name_search: str | None = None,
    exact_match: bool = False,
    all_visibilities: bool = False,
    expand: Expand = None,
) -> Any:
    """Apps of the AppStore that the caller may ask for; all of them with `all_visibilities`."""
    if all_visibilities:
        require_admin(caller, "use all_visibilities")
    groups = frozenset() if all_visibilities else people.groups_of(tenant, caller.user_id)
    searched = bool(name_search or app_id)
    found = [
        app
        for app in tenant.collections["apps"].values()
        if app["in_app_store"]
        and not tenant.is_hidden(apps.place_in_store(app["id"]))
        and (not app_id or app["id"] == app_id)
        and (all_visibilities or apps.is_listed(app, groups, searched=searched))
    ]
    named = apps.named(tenant.listed(found), name_search, exact=exact_match)
    return page_of(named, paging, lambda app: apps.answer(app, expand))


@router.post("", **answers(wire.AppStoreAppSettingsOutput))
async def add_app_to_appstore(tenant: Company, body: wire.AddAppToAppStoreInput) -> Any:
    """Add an app to the AppStore; settings that are left out stay as they were."""
    app = tenant.find("apps", body.app_id)
    if app is None:
        raise invalid(("body", "app_id"), f"App {body.app_id} not found.")
    if app["in_app_store"] and tenant.switches["post_existing_app"] == "refuse":
        raise conflict(tenant, f"App {app['id']} is already in the AppStore.")
    changes = sent(body, declared_defaults=False)
    del changes["app_id"]
    app_settings.change(tenant, app, changes)
    apps.add_to_store(tenant, app)
    return app_settings.answer(tenant, app)


@router.get("/{app_id}", **answers(wire.AppStoreApp))
async def get_appstore_app(tenant: Company, app_id: str, expand: Expand = None) -> Any:
    """One app of the AppStore, without its settings."""
    return apps.answer(apps.shown_in_store(tenant, app_id), expand)


@router.delete("/{app_id}")
async def remove_app_from_appstore(tenant: Company, app_id: str) -> Any:
    """Take an app out of the AppStore; the app, its settings and its permissions stay."""
    apps.in_store(tenant, app_id)["in_app_store"] = False
    tenant.touch()
    return {}


@router.get("/{app_id}/settings", **answers(wire.AppStoreAppSettingsOutput))
async def get_appstore_app_settings(tenant: Company, app_id: str) -> Any:
    """The settings of an app of the AppStore."""
    return app_settings.answer(tenant, apps.shown_in_store(tenant, app_id))


@router.patch("/{app_id}/settings", **answers(wire.AppStoreAppSettingsOutput))
async def update_appstore_app_settings(
    tenant: Company, app_id: str, body: wire.AppStoreAppSettingsInput
) -> Any:
    """Change the settings of an app of the AppStore."""
    app = apps.in_store(tenant, app_id)
    app_settings.change(tenant, app, patch(tenant, body))
    return app_settings.answer(tenant, app)
