"""App: a custom app."""

from __future__ import annotations

from typing import ClassVar

from ..drivers.tenant import Tenant
from .facts import KindFacts, Values


class AppFacts(KindFacts):
    """A custom app; tests/host/test_app.py has the integrations."""

    samples = (
        {
            "name": "Wiki",
            "category": "Internal",
            "description": "What everybody knows.",
            "logo_url": "https://wiki.acme.example/logo.png",
            "website_url": "https://wiki.acme.example",
            "request_instructions": "Ask here for the wiki.",
        },
        {
            "name": "Handbook",
            "category": "Collaboration",
            "description": "What everybody should know.",
            "logo_url": "https://handbook.acme.example/logo.png",
            "website_url": "https://handbook.acme.example",
            "request_instructions": "Ask here, and say why.",
        },
        {"name": "Guide", "category": "Collaboration", "description": "What a few know."},
    )
    samples_cannot_change: ClassVar = {
        name: "belongs to an integration: tests/host/test_app.py"
        for name in ("app_class_id", "auth", "settings", "version")
    }
    names_groups = False

    def held(self, tenant: Tenant, state: Values, id: str) -> Values:
        app = tenant.app(id)
        return {**app, "name": app["user_friendly_label"]}

    def is_there(self, tenant: Tenant, state: Values, id: str) -> bool:
        return not tenant.state()["apps"].get(id, {"disconnected": True})["disconnected"]

    def vanish(self, tenant: Tenant, state: Values, id: str) -> None:
        tenant.disconnect(id)

    def edit_by_hand(self, tenant: Tenant, state: Values, id: str) -> str:
        tenant.edit_app(id, description="By hand.")
        return 'description: "By hand." => "What everybody knows."'

    def add_unconfigured(self, tenant: Tenant) -> Values:
        return tenant.add_app("Some")

    def adopted(self, tenant: Tenant) -> Values:
        made = tenant.add_app("Sales wiki")
        given = {"name": "Sales wiki", "category": "Other", "description": "By hand."}
        return {**given, "adopt": made["id"]}

    def add_twin(self, tenant: Tenant, id: str) -> str:
        return str(tenant.add_app(tenant.app(id)["user_friendly_label"])["id"])
