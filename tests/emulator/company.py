"""A tenant as the tests speak of it."""

from __future__ import annotations

from typing import Any

import httpx
from pulumi_lumos.emulator import seed_ids

from ..patience import PATIENCE_SECONDS

PERMISSIONS = "/appstore/requestable_permissions"


class Company(httpx.Client):
    """An HTTP client of one tenant, with the few things that most tests do."""

    def __init__(self, url: str, token: str) -> None:
        super().__init__(
            base_url=url,
            headers={"Authorization": f"Bearer {token}"},
            timeout=PATIENCE_SECONDS,
            # The emulator is on this machine: no proxy, and no certificates to read per client.
            trust_env=False,
            verify=False,
        )

    def switch(self, **values: Any) -> None:
        self.patch("/_emulator/switches", json=values).raise_for_status()

    def fault(self, **fault: Any) -> None:
        self.post("/_emulator/faults", json=fault).raise_for_status()

    def requests(self) -> list[dict[str, Any]]:
        """What the emulator has recorded."""
        recorded: list[dict[str, Any]] = self.get("/_emulator/requests").json()
        return recorded

    def ok(self, method: str, url: str, body: Any = None, **query: Any) -> Any:
        """A request that must succeed; its JSON."""
        response = self.request(method, url, json=body, params=query)
        assert response.is_success, f"{response.status_code} {response.text}"
        return response.json() if response.content else None

    def refused(self, method: str, url: str, body: Any = None) -> list[tuple[str, str]]:
        """A request that must get a 422; its problems as (dotted place, message)."""
        response = self.request(method, url, json=body)
        assert response.status_code == 422, f"{response.status_code} {response.text}"
        detail = response.json()["detail"]
        return [(".".join(str(part) for part in e["loc"]), e["msg"]) for e in detail]

    def create(self, label: str = "Admin", **config: Any) -> Any:
        """A permission of Salesforce, as answered without what it inherits."""
        body = {"app_id": seed_ids.SALESFORCE_APP_ID, "label": label, "request_config": config}
        return self.ok("POST", PERMISSIONS, body, include_inherited_configs=False)

    def configure(self, permission: Any, **config: Any) -> Any:
        """Change the configuration of a permission; its new configuration, own values only."""
        body = {"request_config": config}
        url = f"{PERMISSIONS}/{permission['id']}"
        return self.ok("PATCH", url, body, include_inherited_configs=False)["request_config"]

    def add_salesforce(self, **settings: Any) -> Any:
        """Put Salesforce into the AppStore; its settings."""
        return self.ok("POST", "/appstore/apps", {"app_id": seed_ids.SALESFORCE_APP_ID, **settings})

    def change_salesforce(self, **settings: Any) -> Any:
        """Change Salesforce's settings in the AppStore."""
        url = f"/appstore/apps/{seed_ids.SALESFORCE_APP_ID}/settings"
        return self.ok("PATCH", url, settings)


def by_id(name: str) -> dict[str, str]:
    """A reference to a seeded group by Lumos's id."""
    group = seed_ids.GROUPS[name]
    return {"id": group.id, "app_id": group.app_id}


def by_source_id(name: str) -> dict[str, str]:
    """A reference to a seeded group by its source's id."""
    group = seed_ids.GROUPS[name]
    return {
        "integration_specific_id": group.integration_specific_id,
        "app_id": group.app_id,
    }


def user(name: str) -> dict[str, str]:
    """A reference to a seeded user."""
    return {"id": seed_ids.USERS[name].id}


def webhook(hook_type: str) -> dict[str, str]:
    """A reference to the seeded webhook of a type."""
    return {"id": seed_ids.WEBHOOK_IDS[hook_type]}


def ids(items: list[dict[str, Any]]) -> set[str]:
    """The ids of objects, in no order."""
    return {item["id"] for item in items}
