"""Apps and integrations as programs declare them, and what becomes of them."""

from __future__ import annotations

import json
from typing import Any

from pulumi_lumos.hosts.marks import PREVIEW_MARK

from ..drivers.dynamic_host import DynamicHost
from ..drivers.tenant import Tenant
from ..kinds import Values, samples

KIND = "App"
SECRET = "a-key-that-nobody-may-read"
WIKI = samples(KIND)[0]


def okta(**given: Any) -> Values:
    """An integration with credentials."""
    return {
        "name": "Okta of the subsidiary",
        "app_class_id": "okta.com",
        "auth": {"api_key": SECRET},
        "settings": {"app_instance_identifier": "subsidiary.okta.com"},
        **given,
    }


def sent(tenant: Tenant, method: str) -> list[Values]:
    """The bodies of all requests of a method."""
    return [
        body if isinstance(body, dict) else json.loads(body)
        for body in (one["body"] for one in tenant.requests(method))
    ]


def await_sync(tenant: Tenant, id: str) -> None:
    while tenant.app(id)["sync_status"] == "SYNCING":
        pass


def checked(host: DynamicHost, old: Values, new: Values) -> set[str]:
    """The paths that a preview finds wrong."""
    return set(host.check(KIND, old, {**new, PREVIEW_MARK: True}).failures)


ZOOM: Values = {
    "app_class_id": "zoom.us",
    "auth": {"client_id": "acme", "client_secret": SECRET},
    "settings": {"app_instance_identifier": "acme.zoom.us"},
}
"""An integration that the demo company does not have yet, without a name in the program."""


def zooms(tenant: Tenant) -> list[Values]:
    """All apps of that integration."""
    return [one for one in tenant.state()["apps"].values() if one["app_class_id"] == "zoom.us"]
