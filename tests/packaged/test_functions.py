"""The lookups, as programs in other languages call them."""

from __future__ import annotations

from dataclasses import fields
from typing import Any

import pytest
from google.protobuf.json_format import MessageToDict
from pulumi.runtime.proto import provider_pb2 as proto
from pulumi_lumos.emulator import seed_ids
from pulumi_lumos.hosts.names import camel
from pulumi_lumos.lookups import kinds
from pulumi_lumos.lookups.kinds import LookupKind

from ..drivers.served import Driver, struct
from ..drivers.tenant import Tenant

KINDS = {one.function: one for one in vars(kinds).values() if isinstance(one, LookupKind)}
OKTA_GROUP = seed_ids.OKTA_GROUPS["Engineering"]
WEBHOOK_ID = next(iter(seed_ids.WEBHOOK_IDS.values()))
ASKED: dict[str, tuple[dict[str, str], str]] = {
    "get_access_policy": (
        {"id": seed_ids.ACCESS_POLICY_ID},
        f"/access_policies/{seed_ids.ACCESS_POLICY_ID}",
    ),
    "get_app": ({"name": "GitHub"}, f"/apps/{seed_ids.GITHUB_APP_ID}"),
    "get_group": ({"app_id": OKTA_GROUP.app_id, "name": "Engineering"}, f"/groups/{OKTA_GROUP.id}"),
    "get_inline_webhook": (
        {"id": WEBHOOK_ID},
        "/inline_webhooks",
    ),
    "get_permission": (
        {"app_id": seed_ids.SLACK_APP_ID, "label": "Guest channels"},
        f"/appstore/requestable_permissions/{seed_ids.SLACK_PERMISSION_ID}",
    ),
    "get_user": (
        {"email": "grace.okafor@acme.example"},
        f"/users/{seed_ids.USERS['Grace'].id}",
    ),
}
"""What a program asks of each lookup, and where Lumos has the object or lists it."""


def asking(function: str, arguments: dict[str, str]) -> proto.InvokeRequest:
    given = struct({camel(name): value for name, value in arguments.items()})
    return proto.InvokeRequest(tok=f"lumos:index:{camel(function)}", args=given)


def test_every_lookup_is_asked_here() -> None:
    assert ASKED.keys() == KINDS.keys()


@pytest.mark.parametrize("function", ASKED)
def test_a_lookup_answers_what_lumos_holds_in_camel_case(
    function: str, driver: Driver, tenant: Tenant
) -> None:
    arguments, address = ASKED[function]
    held: Any = tenant.call("GET", address)
    if isinstance(held, list):
        (held,) = (item for item in held if item["id"] == arguments["id"])
    answer = driver.ask("Invoke", asking(function, arguments))
    found = MessageToDict(getattr(answer, "return"))
    names = [one.name for one in fields(KINDS[function].result)]
    assert found == {camel(name): held[name] for name in names if held.get(name) is not None}


@pytest.mark.parametrize("function", ASKED)
def test_a_lookup_that_finds_nothing_is_a_sentence(function: str, driver: Driver) -> None:
    arguments, _ = ASKED[function]
    *within, (name, _) = arguments.items()
    wrong = driver.refused("Invoke", asking(function, {**dict(within), name: "11111111"}))
    assert wrong.startswith("NotOne: Lumos has no ") and "11111111" in wrong
    assert "\n" not in wrong
