"""The demo company's Lumos, as its people see it: read, and edited by hand."""

from __future__ import annotations

from collections.abc import Iterator
from types import TracebackType
from typing import Any, NamedTuple

import httpx
from typing_extensions import Self

PERMISSIONS = "/appstore/requestable_permissions"
PAGE_SIZE = 100


class Offer(NamedTuple):
    """One permission of an app in the AppStore, with what decides about it."""

    app: str
    permission: str
    visibility: str
    group: str
    durations: str
    id: str


class Company:
    """The tenant of Lumos that an access token opens."""

    def __init__(self, server_url: str, access_token: str) -> None:
        headers = {"Authorization": f"Bearer {access_token}"}
        # A proxy has no business between this machine and itself.
        self._http = httpx.Client(base_url=server_url, headers=headers, trust_env=False)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._http.close()

    def offers(self) -> list[Offer]:
        """All permissions, visible or hidden, of the apps in the AppStore."""
        apps = self._all("/appstore/apps")
        return sorted(offer for app in apps for offer in self._offers_of(app))

    def hide(self, offer: Offer) -> None:
        """What an administrator does who hides a permission in the Lumos web page."""
        change = {"request_config": {"appstore_visibility": "HIDDEN"}}
        self._http.patch(f"{PERMISSIONS}/{offer.id}", json=change).raise_for_status()

    def _offers_of(self, app: dict[str, Any]) -> Iterator[Offer]:
        for permission in self._all(PERMISSIONS, app_id=app["id"]):
            config = permission["request_config"]
            fulfillment = config["request_fulfillment_config"]
            yield Offer(
                app=app["user_friendly_label"],
                permission=permission["label"],
                visibility=config["appstore_visibility"],
                group=(fulfillment.get("provisioning_group") or {}).get("name", ""),
                durations=", ".join(sorted(fulfillment.get("time_based_access") or [])),
                id=permission["id"],
            )

    def _all(self, path: str, **query: str) -> list[dict[str, Any]]:
        answer = self._http.get(path, params={**query, "size": str(PAGE_SIZE)}).raise_for_status()
        items: list[dict[str, Any]] = answer.json()["items"]
        return items
