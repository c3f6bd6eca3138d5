"""One company's Lumos on the emulator, as tests see it."""

from __future__ import annotations

from typing import Any

from pulumi_lumos.pytest_plugin import LumosEmulator

PERMISSIONS = "/appstore/requestable_permissions"
RULES = "/appstore/pre_approval_rules"
POLICIES = "/access_policies"
OWN_SETTINGS = {"include_inherited_configs": "false"}


class Tenant(LumosEmulator):
    """Speaks to the tenant that `token` opens: as a person in Lumos, and as the test's director."""

    def permission(self, id: str) -> dict[str, Any]:
        """A permission with its own configuration only."""
        found: dict[str, Any] = self.call("GET", f"{PERMISSIONS}/{id}", **OWN_SETTINGS)
        return found

    def permissions(self, app_id: str) -> list[dict[str, Any]]:
        """The permissions of an app, oldest first."""
        page = self.call("GET", PERMISSIONS, app_id=app_id, size="100", **OWN_SETTINGS)
        found: list[dict[str, Any]] = page["items"]
        return found

    def add_permission(self, app_id: str, label: str, **config: Any) -> dict[str, Any]:
        """A permission made by hand."""
        body = {"app_id": app_id, "label": label, "request_config": config}
        made: dict[str, Any] = self.call("POST", PERMISSIONS, body, **OWN_SETTINGS)
        return made

    def edit_permission(self, id: str, **fields: Any) -> None:
        """A permission changed by hand."""
        self.call("PATCH", f"{PERMISSIONS}/{id}", fields)

    def remove_permission(self, id: str) -> None:
        """A permission deleted by hand."""
        self.call("DELETE", f"{PERMISSIONS}/{id}")

    def rule(self, id: str) -> dict[str, Any]:
        found: dict[str, Any] = self.call("GET", f"{RULES}/{id}")
        return found

    def edit_rule(self, id: str, **fields: Any) -> None:
        """A pre-approval rule changed by hand."""
        rule = self.rule(id)
        self.call("PATCH", f"{RULES}/{id}", {"justification": rule["justification"], **fields})

    def remove_rule(self, id: str) -> None:
        """A pre-approval rule deleted by hand."""
        self.call("DELETE", f"{RULES}/{id}")

    def policy(self, id: str) -> dict[str, Any]:
        found: dict[str, Any] = self.call("GET", f"{POLICIES}/{id}")
        return found

    def add_policy(self, name: str, app_id: str, **fields: Any) -> dict[str, Any]:
        """An access policy made by hand, for everyone unless the fields say otherwise."""
        given = {"is_everyone_condition": "access_condition" not in fields, **fields}
        body = {
            "name": name,
            "business_justification": "By hand.",
            "apps": [{"id": app_id}],
            **given,
        }
        made: dict[str, Any] = self.call("POST", POLICIES, body)
        return made

    def edit_policy(self, id: str, **fields: Any) -> None:
        """An access policy changed by hand."""
        self.call("PUT", f"{POLICIES}/{id}", {**self.policy(id), **fields})

    def remove_policy(self, id: str) -> None:
        """An access policy deleted by hand."""
        self.call("DELETE", f"{POLICIES}/{id}")

    def app(self, id: str) -> dict[str, Any]:
        """An app, whether in the AppStore or not."""
        found: dict[str, Any] = self.call("GET", f"/apps/{id}")
        return found

    def add_app(self, name: str) -> dict[str, Any]:
        """A custom app that somebody has made by the API."""
        body = {"name": name, "category": "Other", "description": "By hand."}
        made: dict[str, Any] = self.call("POST", "/apps", body)
        return made

    def edit_app(self, id: str, **fields: Any) -> None:
        """The description of an app changed by hand."""
        self.call("PATCH", f"/apps/{id}", fields)

    def disconnect(self, id: str) -> None:
        """An app disconnected by hand."""
        self.call("DELETE", f"/apps/{id}")

    def settings(self, app_id: str) -> dict[str, Any]:
        """The AppStore settings of an app, with `in_app_store`."""
        found: dict[str, Any] = self.call("GET", f"/apps/{app_id}/settings")
        return found

    def edit_settings(self, app_id: str, **fields: Any) -> None:
        """The AppStore settings of an app changed by hand."""
        self.call("PATCH", f"/appstore/apps/{app_id}/settings", fields)

    def remove_from_app_store(self, app_id: str) -> None:
        """An app taken out of the AppStore by hand."""
        self.call("DELETE", f"/appstore/apps/{app_id}")

    def state(self) -> dict[str, Any]:
        """All objects of the tenant."""
        found: dict[str, Any] = self.call("GET", "/_emulator/state")
        return found

    def fault(self, kind: str, **desired: Any) -> None:
        self.call("POST", "/_emulator/faults", {"kind": kind, **desired})

    def calls(self, *methods: str) -> list[str]:
        """The same as "METHOD path", with the path below the AppStore's address."""
        return [
            f"{request['method']} {request['path'].removeprefix('/appstore')}"
            for request in self.requests(*methods)
        ]
