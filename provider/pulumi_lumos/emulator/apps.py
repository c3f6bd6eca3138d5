"""Apps: what is kept of one, how it is answered and found."""

from __future__ import annotations

from typing import Any

from . import app_settings
from .permissions import matches
from .refusal import missing
from .state import Record, Tenant

SHOWN = (
    "id",
    "app_class_id",
    "instance_id",
    "user_friendly_label",
    "status",
    "sources",
    "logo_url",
    "website_url",
    "request_instructions",
    "description",
    "category",
    "disconnected",
    "sync_status",
)
CATEGORIES = (
    "Accounting & Finance",
    "Marketing & Analytics",
    "Content & Social Media",
    "Sales & Support",
    "Design & Creativity",
    "IT & Security",
    "Developers",
    "HR & Learning",
    "Office & Legal",
    "Communication",
    "Collaboration",
    "Commerce & Marketplaces",
    "Other",
    "Internal",
)

CUSTOM_INSTANCE_ID = "custom_app_import"
"""The instance_id of an app that `POST /apps` makes (a fact of the vendor's acceptance tests)."""


def new(app_class_id: str, name: str, **fields: Any) -> Record:
    """An app as it is kept. `connected` apps can sync the groups in their `source_groups`."""
    return {
        "app_class_id": app_class_id,
        "instance_id": "",
        "user_friendly_label": name,
        "status": "APPROVED",
        "sources": ["LUMOS_INTEGRATION"],
        "logo_url": None,
        "website_url": None,
        "request_instructions": None,
        "description": None,
        "category": None,
        "disconnected": False,
        "sync_status": None,
        "custom_attributes": {},
        "connection_source": "UI",
        "connected": False,
        "source_groups": {},
        "in_app_store": False,
        "settings": app_settings.blank(),
        # A null brings these values back (schema AppInputUpdate).
        "defaults": {
            "user_friendly_label": name,
            **{one: fields.get(one) for one in ("category", "description")},
        },
        **fields,
    }


def answer(app: Record, expand: list[str] | None = None) -> Record:
    """An app as Lumos answers it; custom attributes only when `expand` asks for them."""
    wants = "custom_attributes" in (expand or [])
    several = app["settings"]["provisioning"]["allow_multiple_permission_selection"]
    return {
        **{name: app[name] for name in SHOWN},
        "allow_multiple_permission_selection": several,
        "links": {
            "self": f"/apps/{app['id']}",
            "admin_url": f"https://lumos.example/apps/{app['id']}",
        },
        "custom_attributes": app["custom_attributes"] if wants else None,
    }


def named(apps: list[Record], name: str | None, *, exact: bool) -> list[Record]:
    """Apps whose name, instance or class a `name_search` finds."""
    if not name:
        return apps
    searched = ("user_friendly_label", "instance_id", "app_class_id")
    return [app for app in apps if matches([app[key] for key in searched], name, exact=exact)]


def is_listed(app: Record, groups: frozenset[str], *, searched: bool) -> bool:
    """Whether the AppStore shows an app to somebody who is in these groups.

    FULL is "Browse & Search" and NONE is "Hidden" on Lumos's screens, so only a
    search finds LIMITED; apps that somebody may not ask for are left out.
    """
    flow = app["settings"]["request_flow"]
    if flow["discoverability"] == "NONE" or (flow["discoverability"] == "LIMITED" and not searched):
        return False
    allowed = flow["allowed_groups"]
    everybody = allowed["type"] != "SPECIFIED_GROUPS"
    return everybody or any(group["id"] in groups for group in allowed["groups"])


def place_in_store(app_id: str) -> str:
    """The key that hides an app's place in the AppStore; the app's id hides the app itself."""
    return f"place of {app_id}"


def add_to_store(tenant: Tenant, app: Record) -> None:
    """Put an app into the AppStore."""
    if not app["in_app_store"]:
        tenant.hide_for_a_while(place_in_store(app["id"]))
    app["in_app_store"] = True


def in_store(tenant: Tenant, key: str) -> Record:
    """An app that is in the AppStore, else Lumos's 404."""
    app = tenant.get("apps", key)
    if not app["in_app_store"]:
        raise missing("AppStore app")
    return app


def shown_in_store(tenant: Tenant, key: str) -> Record:
    """The AppStore app that a GET by id shows, else Lumos's 404."""
    if tenant.is_hidden_by_id(place_in_store(key)):
        raise missing("AppStore app")
    return in_store(tenant, key)
