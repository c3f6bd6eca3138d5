"""App: a custom app."""

from __future__ import annotations

import json
from typing import ClassVar

from pulumi_lumos.emulator import seed_ids

from ..drivers.tenant import Tenant
from .facts import KindFacts, Values

AUTH = '{"api_key": "k"}'
"""What the state of an integration has as its credentials."""


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
    has_lists = False
    # A rule demands them of a custom app; tests/host/test_app.py clears those of an integration.
    never_cleared = ("name", "category", "description")
    left_to_other_tests: ClassVar = {
        (name,): "belongs to an integration, which tests/host/test_app.py connects"
        for name in ("app_class_id", "auth", "settings", "version")
    }
    of_another_kind = seed_ids.SLACK_PERMISSION_ID

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

    def exported(self, state: Values) -> Values:
        apps = state["apps"].items()
        return {
            id: app
            for id, app in apps
            if app["connection_source"] == "API" and not app["disconnected"]
        }

    def in_terraform(self, id: str, held: Values) -> Values:
        if not held["app_class_id"]:
            return {"id": id, "auth": None, "settings": None}
        instance = {"app_instance_identifier": held["instance_id"]} if held["instance_id"] else {}
        takes_consent = held["app_class_id"] == "slack.com"
        auth = "{}" if takes_consent else AUTH
        return {"id": id, "auth": auth, "settings": json.dumps(instance)}

    def add_twin(self, tenant: Tenant, id: str) -> str:
        return str(tenant.add_app(tenant.app(id)["user_friendly_label"])["id"])
