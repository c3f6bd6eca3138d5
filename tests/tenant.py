"""One company's Lumos on the emulator, as tests see it."""

from __future__ import annotations

from typing import Any

import httpx

PERMISSIONS = "/appstore/requestable_permissions"
RULES = "/appstore/pre_approval_rules"
OWN_SETTINGS = {"include_inherited_configs": "false"}


class Tenant:
    """Speaks to the tenant that `token` opens: as a person in Lumos, and as the test's director."""

    def __init__(self, url: str, token: str) -> None:
        self.url = url
        self.token = token
        # There is no TLS to verify; reading the certificates takes longer than a test's requests.
        headers = {"Authorization": f"Bearer {token}"}
        self._http = httpx.Client(base_url=url, headers=headers, verify=False)

    def close(self) -> None:
        self._http.close()

    def call(self, method: str, path: str, body: Any = None, **query: str) -> Any:
        """What Lumos answers; an answer that is no success fails the test."""
        response = self._http.request(method, path, json=body, params=query)
        assert response.is_success, f"{method} {path}: {response.status_code} {response.text}"
        return response.json() if response.content else None

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
        """A pre-approval rule."""
        found: dict[str, Any] = self.call("GET", f"{RULES}/{id}")
        return found

    def edit_rule(self, id: str, **fields: Any) -> None:
        """A pre-approval rule changed by hand."""
        rule = self.rule(id)
        self.call("PATCH", f"{RULES}/{id}", {"justification": rule["justification"], **fields})

    def remove_rule(self, id: str) -> None:
        """A pre-approval rule deleted by hand."""
        self.call("DELETE", f"{RULES}/{id}")

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

    def switch(self, **values: Any) -> None:
        """Set switches of the emulator."""
        self.call("PATCH", "/_emulator/switches", values)

    def fault(self, kind: str, **wanted: Any) -> None:
        """Let something go wrong."""
        self.call("POST", "/_emulator/faults", {"kind": kind, **wanted})

    def requests(self, *methods: str) -> list[dict[str, Any]]:
        """The requests so far, of all methods or of some, in the order of arrival."""
        recorded: list[dict[str, Any]] = self.call("GET", "/_emulator/requests")
        return [request for request in recorded if not methods or request["method"] in methods]

    def calls(self, *methods: str) -> list[str]:
        """The same as "METHOD path", with the path below the AppStore's address."""
        return [
            f"{request['method']} {request['path'].removeprefix('/appstore')}"
            for request in self.requests(*methods)
        ]

    def forget_requests(self) -> None:
        """Count requests from here on."""
        self.call("DELETE", "/_emulator/requests")
