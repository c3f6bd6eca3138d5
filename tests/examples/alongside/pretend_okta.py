"""Groups in the emulator's pretend Okta, of which Lumos learns by a sync, as of real ones."""

from __future__ import annotations

import os
import uuid
from typing import Any

import httpx
import pulumi
from pulumi import dynamic
from pulumi_lumos.emulator import seed_ids

GROUPS = f"/_emulator/apps/{seed_ids.OKTA_APP_ID}/source_groups"


class Okta(dynamic.ResourceProvider):
    """Makes and deletes groups; there is nothing to change about one."""

    def create(self, props: dict[str, Any]) -> dynamic.CreateResult:
        id = f"00g{uuid.uuid4().hex[:17]}"
        body = {"integration_specific_id": id, "name": props["group_name"]}
        _call("POST", GROUPS, json=body)
        return dynamic.CreateResult(id, props)

    def delete(self, _id: str, _props: dict[str, Any]) -> None:
        _call("DELETE", f"{GROUPS}/{_id}")


class Group(dynamic.Resource, module="okta", name="Group"):
    """A group; its id is the one that Okta gives it."""

    group_name: pulumi.Output[str]

    def __init__(self, name: str, group_name: str) -> None:
        super().__init__(Okta(), name, {"group_name": group_name})


def _call(method: str, path: str, **options: Any) -> None:
    token = {"Authorization": f"Bearer {os.environ['LUMOS_ACCESS_TOKEN']}"}
    answer = httpx.request(method, os.environ["LUMOS_SERVER_URL"] + path, headers=token, **options)
    answer.raise_for_status()
