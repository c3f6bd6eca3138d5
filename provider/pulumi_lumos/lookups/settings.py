"""Reads the apps of the AppStore with their settings, which Lumos answers one app at a time."""

from __future__ import annotations

from collections.abc import Collection
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ..api.errors import NotFound
from ..api.paging import identified
from ..api.paths import path
from ..declare.spec import Values
from .errors import LookupFailed
from .people import CALLS_AT_ONCE, Track, untracked

if TYPE_CHECKING:
    from ..api.client import LumosClient

SETTINGS = "/appstore/apps/{app_id}/settings"
_EVEN_HIDDEN = {"all_visibilities": "true"}


@dataclass(frozen=True)
class StoreApp:
    """An app of the AppStore; `flow` is the `request_flow` of its settings."""

    id: str
    label: str
    admin_url: str | None
    flow: Values


def store_apps(
    client: LumosClient, app_ids: Collection[str] = (), track: Track[Any] = untracked
) -> list[StoreApp]:
    """All apps of the AppStore, or some; raises LookupFailed and ApiError.

    An app that leaves the AppStore meanwhile is left out.
    """
    listed = identified("/appstore/apps", client.list("/appstore/apps", _EVEN_HIDDEN))
    apps = {str(app["id"]): app for app in listed}
    if missing := [id for id in app_ids if id not in apps]:
        raise LookupFailed(
            f"Not in the AppStore: {', '.join(missing)}. Add what is missing, or leave it out."
        )
    wanted = [id for id in apps if not app_ids or id in app_ids]
    with ThreadPoolExecutor(CALLS_AT_ONCE) as pool:
        read = track(pool.map(lambda id: _flow(client, id), wanted), len(wanted))
        flows = dict(zip(wanted, read, strict=True))
    return [_store_app(apps[id], flow) for id, flow in flows.items() if flow is not None]


def _store_app(app: Values, flow: Values) -> StoreApp:
    label = str(app.get("user_friendly_label") or app["id"])
    return StoreApp(str(app["id"]), label, (app.get("links") or {}).get("admin_url"), flow)


def _flow(client: LumosClient, app_id: str) -> Values | None:
    """The request flow of an app; None where the app has left the AppStore."""
    try:
        settings = client.get(path(SETTINGS, app_id=app_id))
    except NotFound:
        return None
    flow = settings.get("request_flow") if isinstance(settings, dict) else None
    return flow if isinstance(flow, dict) else {}
