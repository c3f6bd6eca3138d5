"""`/apps`: every app of the company, in the AppStore or not."""

from __future__ import annotations

from typing import Any, Literal

from fastapi import APIRouter

from pulumi_lumos.emulator import app_settings, apps, syncing, wire
from pulumi_lumos.emulator.integrations import INSTANCE, Integration, get_integration
from pulumi_lumos.emulator.merging import patch, sent
from pulumi_lumos.emulator.paging import AskedPage, page_of
from pulumi_lumos.emulator.refusal import Problems, RefusalError
from pulumi_lumos.emulator.requests import cancelling
from pulumi_lumos.emulator.state import Record, Tenant

from .parts import Company, Expand, answers

router = APIRouter(prefix="/apps")
METADATA = {
    "name": "user_friendly_label",
    "category": "category",
    "description": "description",
    "logo_url": "logo_url",
    "website_url": "website_url",
    "request_instructions": "request_instructions",
}
"""Fields of a request that change an app, with the field of the answer each one changes."""


@router.get("", **answers(wire.PageAppWithCustomAttributes))
async def list_apps(
    tenant: Company,
    paging: AskedPage,
    name_search: str | None = None,
    exact_match: bool = False,
    connection_source: Literal["API", "UI"] | None = None,
    disconnected: bool | None = None,
    expand: Expand = None,
) -> Any:
    """All apps of the company."""
    found = [
        app
        for app in tenant.listed(tenant.collections["apps"].values())
        if connection_source in (None, app["connection_source"])
        and (disconnected is None or app["disconnected"] == disconnected)
    ]
    named = apps.named(found, name_search, exact=exact_match)
    return page_of(named, paging, lambda app: apps.answer(app, expand))


@router.get("/categories", **answers(list[str]))
async def get_app_categories() -> Any:
    """The categories that a custom app can be given."""
    return list(apps.CATEGORIES)


@router.post("", **answers(wire.App))
async def create_app(tenant: Company, body: wire.AppInputCreate) -> Any:
    """Create a custom app or, given an `app_class_id`, connect an integration."""
    if body.app_class_id is None:
        return _app(tenant.add("apps", _custom_app(body)))
    integration = get_integration(body.app_class_id, 400)
    integration.check(body.auth or {}, body.settings or {})
    instance = str((body.settings or {}).get(INSTANCE, ""))
    _refuse_second(tenant, integration, instance)
    known = {"category": integration.category, "instance_id": instance, "connection_source": "API"}
    app = tenant.add("apps", apps.new(integration.app_class_id, integration.name, **known))
    _describe(tenant, app, sent(body, declared_defaults=False))
    _connect(tenant, app, integration)
    return _app(app)


@router.get("/{app_id}", **answers(wire.AppWithCustomAttributes))
async def get_app(tenant: Company, app_id: str, expand: Expand = None) -> Any:
    """One app."""
    return apps.answer(tenant.read("apps", app_id), expand)


@router.patch("/{app_id}", **answers(wire.App))
async def update_app(tenant: Company, app_id: str, body: wire.AppInputUpdate) -> Any:
    """Change what an app is called and how it is described."""
    app = tenant.get("apps", app_id)
    _describe(tenant, app, sent(body, declared_defaults=False))
    return _app(app)


@router.put("/{app_id}", **answers(wire.App))
async def reconnect_app(tenant: Company, app_id: str, body: wire.AppInputPut) -> Any:
    """Describe an app and, given credentials, connect its integration again."""
    app = tenant.get("apps", app_id)
    changes = sent(body, declared_defaults=False)
    credentials = any(changes.get(name) is not None for name in ("auth", "settings", "version"))
    if credentials:
        _check_credentials(app, body)
    _describe(tenant, app, changes)
    if credentials:
        _connect(tenant, app, get_integration(app["app_class_id"], 400))
    return _app(app)


def _check_credentials(app: Record, body: wire.AppInputPut) -> None:
    """Raise Lumos's refusal of credentials for an app."""
    if not body.app_class_id or body.app_class_id != app["app_class_id"]:
        raise RefusalError(400, "With credentials, give the app_class_id of the app.")
    if app["connection_source"] != "API":
        raise RefusalError(409, "Only apps that are managed over the API can be reconnected.")
    integration = get_integration(body.app_class_id, 400)
    integration.check(body.auth or {}, body.settings or {})
    if app["sync_status"] == "SYNCING":
        raise RefusalError(429, "A sync of this app is running, try again later.", retry_after=1)


@router.delete("/{app_id}", **answers(wire.DisconnectIntegrationOutput))
async def disconnect_app(tenant: Company, app_id: str) -> Any:
    """Disconnect an app that was made over the API; delete it if no other object names it."""
    app = tenant.get("apps", app_id)
    if app["connection_source"] != "API":
        raise RefusalError(409, "Only apps that are managed over the API can be disconnected.")
    app.update(connected=False, disconnected=True, in_app_store=False, sync_status=None)
    if not _is_named(tenant, app_id):
        tenant.remove("apps", app_id)
        cancelling.end_without_app(tenant, app_id)
        rules = tenant.collections["pre_approval_rules"]
        for rule in [rule for rule in rules.values() if rule["app_id"] == app_id]:
            tenant.remove("pre_approval_rules", rule["id"])
    tenant.touch()
    return {"id": app_id, "app_class_id": app["app_class_id"], "disconnected": True}


@router.get("/{app_id}/settings", **answers(wire.AppSettingOutput))
async def get_app_settings(tenant: Company, app_id: str) -> Any:
    """The AppStore settings of an app, in the AppStore or not."""
    settings = _settings(tenant, tenant.read("apps", app_id))
    if tenant.is_hidden_by_id(apps.place_in_store(app_id)):
        settings["in_app_store"] = False
    return settings


@router.patch("/{app_id}/settings", **answers(wire.AppSettingOutput))
async def update_app_settings(tenant: Company, app_id: str, body: wire.AppSettingInput) -> Any:
    """Change the settings of an app; `in_app_store` has the declared default false."""
    app = tenant.get("apps", app_id)
    changes = patch(tenant, body)
    in_app_store = changes.pop("in_app_store", app["in_app_store"])
    app_settings.change(tenant, app, changes)
    if in_app_store:
        apps.add_to_store(tenant, app)
    else:
        app["in_app_store"] = False
    return _settings(tenant, app)


@router.post("/{app_id}/sync", **answers(wire.TriggerSyncOutput, 202))
async def trigger_app_sync(tenant: Company, app_id: str, body: wire.TriggerSyncInput) -> Any:
    """Start a sync; `sync_status` of the app tells when it is done."""
    app = tenant.get("apps", app_id)
    syncing.start(tenant, app)
    return {"app_id": app_id, "sync_type": body.sync_type, "status": app["sync_status"]}


def _is_named(tenant: Tenant, app_id: str) -> bool:
    """Whether other objects still name an app, so that its record stays."""
    policies = tenant.collections["access_policies"].values()
    given = {app["id"] for policy in policies for app in policy["apps"]}
    return bool(tenant.permissions_by_app.get(app_id)) or app_id in given


def _refuse_second(tenant: Tenant, integration: Integration, instance: str) -> None:
    """Raise Lumos's 409 where the instance is there already, connected or not."""
    for app in tenant.collections["apps"].values():
        if (app["app_class_id"], app["instance_id"]) == (integration.app_class_id, instance):
            raise RefusalError(409, "An instance for this app already exists.")


def _app(app: Record) -> Record:
    answer = apps.answer(app)
    del answer["custom_attributes"]
    return answer


def _settings(tenant: Tenant, app: Record) -> Record:
    return {**app_settings.answer(tenant, app), "in_app_store": app["in_app_store"]}


def _custom_app(body: wire.AppInputCreate) -> Record:
    given = sent(body, declared_defaults=False)
    problems = Problems()
    for name in ("name", "category", "description"):
        if not given.get(name):
            problems.add(("body", name), "Required when creating a custom app.")
    if given.get("category") and given["category"] not in apps.CATEGORIES:
        problems.add(("body", "category"), f"{given['category']!r} is not a category.")
    problems.raise_any()
    own = {
        "sources": ["MANUAL"],
        "connection_source": "API",
        "instance_id": apps.CUSTOM_INSTANCE_ID,
    }
    app = apps.new("", given["name"], **own)
    app.update({field: given.get(name) for name, field in METADATA.items()})
    return app


def _describe(tenant: Tenant, app: Record, changes: Record) -> None:
    for name, field in METADATA.items():
        if name in changes:
            default = app["defaults"].get(field)
            if field == "user_friendly_label":
                default = default or app[field]  # No app is without a name.
            app[field] = default if changes[name] is None else changes[name]
    tenant.touch()


def _connect(tenant: Tenant, app: Record, integration: Integration) -> None:
    """Connect and sync; if it needs consent, somebody has to give that in Lumos's UI first."""
    app.update(connected=not integration.needs_consent, disconnected=False, connection_source="API")
    if app["connected"]:
        syncing.start(tenant, app)
