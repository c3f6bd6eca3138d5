"""Resources with several mistakes at once."""

from __future__ import annotations

from typing import Any

from pulumi_lumos.emulator import seed_ids

Values = dict[str, Any]

KEY = "a-key-that-nobody-may-read"
NOWHERE = "an-app-that-never-was"
WHY = {"business_justification": "x"}
NOT_OF_THE_APP = {
    "id": seed_ids.GITHUB_APP_ID,
    "permissions": [{"id": seed_ids.SLACK_PERMISSION_ID}],
}

MIXED: dict[str, tuple[str, Values, set[str]]] = {
    "what Lumos says of an integration": (
        "App",
        {
            "name": "Okta",
            "app_class_id": "okta.com",
            "category": "Nonsense",
            "auth": {"apikey": KEY},
            "settings": {"region": "eu"},
        },
        {
            "auth.apikey",
            "auth.api_key",
            "settings.region",
            "settings.app_instance_identifier",
            "category",
        },
    ),
    "an integration that is none": (
        "App",
        {"name": "x", "app_class_id": "x.example", "auth": {}, "category": "Nonsense"},
        {"app_class_id", "category"},
    ),
    "the rules of an app": (
        "App",
        {
            "name": " x",
            "category": "Other",
            "description": "x" * 1001,
            "auth": {"api_key": KEY},
        },
        {"name", "description", "auth"},
    ),
    "neither everyone nor a condition": (
        "AccessPolicy",
        {"name": "x", **WHY, "apps": [], "is_everyone_condition": False},
        {"access_condition", "apps"},
    ),
    "both everyone and a condition": (
        "AccessPolicy",
        {
            "name": " x",
            **WHY,
            "apps": [{"id": seed_ids.SLACK_APP_ID}],
            "access_condition": {"equals": 1},
            "is_everyone_condition": True,
        },
        {"access_condition", "name"},
    ),
    "what Lumos says of the apps of a policy": (
        "AccessPolicy",
        {
            "name": "x",
            **WHY,
            "apps": [NOT_OF_THE_APP, {"id": NOWHERE}],
            "is_everyone_condition": True,
        },
        {"apps[0].permissions[0].id", "apps[1].id"},
    ),
    "an app": (
        "App",
        {
            "name": " Okta",
            "app_class_id": "okta.com",
            "category": "Nonsense",
            "description": "x" * 1001,
            "auth": {"apikey": KEY},
        },
        {"name", "category", "description", "auth.apikey", "auth.api_key"},
    ),
    "a policy": (
        "AccessPolicy",
        {
            "name": " x",
            **WHY,
            "apps": [NOT_OF_THE_APP, {"id": NOWHERE}],
            "is_everyone_condition": False,
        },
        {"name", "access_condition", "apps[0].permissions[0].id", "apps[1].id"},
    ),
    "a permission": (
        "RequestablePermission",
        {
            "app_id": NOWHERE,
            "label": "Admin ",
            "request_config": {"appstore_visibility": "VISIBLE"},
        },
        {"app_id", "label"},
    ),
}
"""Values with mistakes, and the properties that are wrong there."""

INSTANCE = "settings.app_instance_identifier"
"""What an integration without `settings` lacks."""
