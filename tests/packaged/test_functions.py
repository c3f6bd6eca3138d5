"""The lookups, as programs in other languages call them."""

from __future__ import annotations

import re
from dataclasses import fields
from typing import Any

import pytest
from google.protobuf.json_format import MessageToDict
from pulumi.runtime import rpc
from pulumi.runtime.proto import provider_pb2 as proto
from pulumi_lumos.emulator import seed_ids
from pulumi_lumos.hosts.names import camel
from pulumi_lumos.lookups import kinds
from pulumi_lumos.lookups.kinds import LookupKind

from ..drivers.packaged_host import DECLARED, OF_PYTHON, in_camel_case
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


def asking(function: str, arguments: dict[str, Any]) -> proto.InvokeRequest:
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
    kept = {camel(name): held[name] for name in names if held.get(name) is not None}
    assert found == in_camel_case(kept)


@pytest.mark.parametrize("function", ASKED)
def test_a_lookup_that_finds_nothing_is_a_sentence(function: str, driver: Driver) -> None:
    arguments, _ = ASKED[function]
    *within, (name, _) = arguments.items()
    wrong = driver.refused("Invoke", asking(function, {**dict(within), name: "11111111"}))
    assert wrong.startswith("NotOne: Lumos has no ") and "11111111" in wrong
    assert "\n" not in wrong


WRONG: dict[str, tuple[dict[str, Any], str]] = {
    "none": ({}, "getGroup takes exactly one of id, name, integrationSpecificId, but got none"),
    "two": ({"id": "g", "integrationSpecificId": "00g"}, "but got id and integrationSpecificId"),
    "a number": ({"integrationSpecificId": 7}, "integrationSpecificId of getGroup must be a text"),
    "a flag": ({"name": True}, "name of getGroup must be a text, but is true or false."),
    "an object": ({"name": {"a": "b"}}, "must be a text, but is an object."),
    "a list": ({"name": ["a"]}, "must be a text, but is a list."),
    "unknown": ({"name": rpc.UNKNOWN}, "must be a text, but is not known yet."),
    "blank": ({"name": "Admins", "appId": " "}, "appId of getGroup must not be empty."),
    "misspelt": (
        {"nmae": "Admins"},
        "lumos:index:getGroup has no argument nmae; did you mean name",
    ),
    "as in Python": ({"name": "A", "app_id": "a"}, "has no argument app_id; did you mean appId?"),
    "another": ({"colour": "red"}, "no argument colour; it takes id, name, integrationSpecificId"),
}


@pytest.mark.parametrize(("given", "reason"), WRONG.values(), ids=WRONG)
def test_wrong_arguments_are_a_sentence_in_camel_case(
    given: dict[str, Any], reason: str, driver: Driver
) -> None:
    request = proto.InvokeRequest(tok="lumos:index:getGroup", args=struct(given))
    wrong = driver.refused("Invoke", request)
    assert reason in wrong
    assert OF_PYTHON.search(wrong) is None, wrong
    assert {*re.findall(r"\w+", wrong)} & {one for one in DECLARED if "_" in one} - {
        *given
    } == set()


def test_what_an_argument_needs_beside_it_is_named_in_camel_case(driver: Driver) -> None:
    wrong = driver.refused("Invoke", asking("get_permission", {"label": "Admin"}))
    assert wrong == "WrongArguments: getPermission takes appId beside label."
