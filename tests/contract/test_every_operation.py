"""Every emulated operation can succeed, and answers as the vendor's document says."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import httpx
import pytest
import schemathesis
from pulumi_lumos.emulator import seed_ids as ids

from ..patience import PATIENCE_SECONDS
from .rich_seed import CUSTOM_APP_ID, REQUEST_ID, ROLE, RULE_ID, TASK_ID
from .vendor_document import load

schema = schemathesis.openapi.from_dict(load())
OPERATIONS = {
    f"{method.upper()} {path}"
    for path, item in schema.raw_schema["paths"].items()
    for method in item
}
SLACK, USER = ids.SLACK_APP_ID, {"id": ids.CURRENT_USER_ID}
PERMISSION = f"/appstore/requestable_permissions/{ids.SLACK_PERMISSION_ID}"
RULES, RULE = "/appstore/pre_approval_rules", f"/appstore/pre_approval_rules/{RULE_ID}"
GROUP = ids.OKTA_GROUPS["Engineering"]
GROUP_REFERENCE = {
    "app_id": GROUP.app_id,
    "integration_specific_id": GROUP.integration_specific_id,
}
POLICY = {
    "name": "Engineers",
    "business_justification": "Work",
    "apps": [{"id": SLACK, "permissions": [{"id": ids.SLACK_PERMISSION_ID}]}],
    "is_everyone_condition": True,
}
APPROVAL = {
    "request_approval_config_override": True,
    "approvers": {"groups": [GROUP_REFERENCE], "users": [USER]},
}
CONFIG = {
    "appstore_visibility": "VISIBLE",
    "allowed_groups_override": True,
    "allowed_groups": {"type": "SPECIFIED_GROUPS", "groups": [GROUP_REFERENCE]},
    "request_approval_config": APPROVAL,
    "request_fulfillment_config": {"provisioning_group": GROUP_REFERENCE},
}
SETTINGS = {
    "request_flow": {"admins": {"users": [USER], "groups": [GROUP_REFERENCE]}},
    "provisioning": {"default_permission": {"id": ids.SLACK_PERMISSION_ID}},
}
NEW_APP = {"name": "Wiki", "category": "Internal", "description": "Notes"}
ASKED = {"app_id": SLACK, "requestable_permission_ids": [ids.SLACK_PERMISSION_ID]}
POLICIES, POLICY_PATH = "/access_policies", f"/access_policies/{ids.ACCESS_POLICY_ID}"
TASK = f"/tasks/{TASK_ID}"
GRACE = ids.USERS["Grace"].id
ROLES = f"/users/{ids.CURRENT_USER_ID}/roles"
CALLS: list[tuple[str, str, Any]] = [
    ("GET", "/apps", None),
    ("GET", "/apps/categories", None),
    ("POST", "/apps", NEW_APP),
    ("POST", "/apps", {"app_class_id": "github.com", "auth": {"api_key": "k"}}),
    ("GET", "/integrations?query=okta", None),
    ("GET", "/integrations/okta.com", None),
    ("GET", "/integrations/okta.com/connection-schema", None),
    ("GET", f"/apps/{SLACK}?expand=custom_attributes", None),
    ("PATCH", f"/apps/{SLACK}", {"description": "Chat"}),
    ("PUT", f"/apps/{SLACK}", {"description": "Chat"}),
    ("GET", f"/apps/{SLACK}/settings", None),
    ("PATCH", f"/apps/{SLACK}/settings", {**SETTINGS, "in_app_store": True}),
    ("POST", f"/apps/{ids.OKTA_APP_ID}/sync", {"sync_type": "full_sync"}),
    ("DELETE", f"/apps/{CUSTOM_APP_ID}", None),
    ("GET", "/users/current", None),
    ("GET", "/users?expand=custom_attributes", None),
    ("GET", f"/users/{ids.CURRENT_USER_ID}", None),
    ("GET", f"/users/{ids.CURRENT_USER_ID}/accounts", None),
    ("GET", ROLES, None),
    ("DELETE", f"{ROLES}/{ROLE}", None),
    ("POST", f"{ROLES}/{ROLE}", None),
    ("GET", "/inline_webhooks", None),
    ("GET", "/groups", None),
    ("GET", f"/groups/{GROUP.id}", None),
    ("GET", f"/groups/{GROUP.id}/users", None),
    ("POST", "/appstore/apps", {"app_id": ids.SALESFORCE_APP_ID, "redirect_url": None}),
    ("GET", "/appstore/apps?all_visibilities=true", None),
    ("GET", f"/appstore/apps/{SLACK}", None),
    ("GET", f"/appstore/apps/{SLACK}/settings", None),
    ("PATCH", f"/appstore/apps/{SLACK}/settings", SETTINGS),
    ("GET", f"/appstore/apps/{SLACK}/requestable_permissions", None),
    ("GET", "/appstore/requestable_permissions", None),
    (
        "POST",
        "/appstore/requestable_permissions",
        {"app_id": SLACK, "label": "Admin", "request_config": CONFIG},
    ),
    ("GET", PERMISSION, None),
    ("PATCH", PERMISSION, {"request_config": CONFIG}),
    ("POST", "/appstore/access_request", ASKED),
    ("GET", "/appstore/access_requests", None),
    ("GET", f"/appstore/access_requests/{REQUEST_ID}", None),
    ("DELETE", f"/appstore/access_requests/{REQUEST_ID}", None),
    (
        "POST",
        RULES,
        {"app_id": SLACK, "justification": "On call", "preapproved_groups": [GROUP_REFERENCE]},
    ),
    ("GET", RULES, None),
    ("GET", RULE, None),
    ("PATCH", RULE, {"justification": "Still on call"}),
    ("DELETE", RULE, None),
    ("GET", POLICIES, None),
    ("POST", POLICIES, POLICY),
    ("GET", POLICY_PATH, None),
    ("PUT", POLICY_PATH, POLICY),
    ("DELETE", POLICY_PATH, None),
    ("GET", "/tasks?expand=assignees&expand=actions", None),
    ("GET", f"{TASK}?expand=comments", None),
    ("GET", f"{TASK}/actions", None),
    ("POST", f"{TASK}/perform-action", {"action_type": "APPROVE"}),
    ("POST", f"{TASK}/complete", None),
    ("POST", f"{TASK}/dismiss", None),
    ("POST", f"{TASK}/reassign", {"user_ids": [GRACE]}),
    ("POST", f"{TASK}/comments", {"comment": "Why?"}),
    ("GET", "/accounts?expand=app", None),
    ("GET", "/activity_logs?limit=1", None),
    ("DELETE", PERMISSION, None),
    ("DELETE", f"/appstore/apps/{SLACK}", None),
]


def operation_of(method: str, url: str) -> str:
    """The operation of the document that a call is one of; the most literal path wins."""
    path = url.partition("?")[0]
    known = sorted(
        (o for o in OPERATIONS if o.startswith(f"{method} ")), key=lambda o: o.count("{")
    )
    patterns = {o: re.sub(r"\{\w+\}", "[^/]+", o.partition(" ")[2]) for o in known}
    return next(o for o, pattern in patterns.items() if re.fullmatch(pattern, path))


@pytest.fixture(scope="module")
def lumos(lumos_url: str) -> Iterator[httpx.Client]:
    headers = {"Authorization": "Bearer lsk_every"}
    with httpx.Client(base_url=lumos_url, headers=headers, timeout=PATIENCE_SECONDS) as client:
        yield client


@pytest.mark.parametrize(("method", "url", "body"), CALLS, ids=[f"{m} {u}" for m, u, _ in CALLS])
def test_the_operation_succeeds_as_documented(
    lumos: httpx.Client, method: str, url: str, body: Any
) -> None:
    lumos.post("/_emulator/reset").raise_for_status()
    response = lumos.request(method, url, json=body) if body else lumos.request(method, url)
    assert response.is_success, response.text
    _, _, path = operation_of(method, url).partition(" ")
    assert (
        str(response.status_code) in schema.raw_schema["paths"][path][method.lower()]["responses"]
    )
    schema[path][method].validate_response(response)


def test_no_operation_of_the_document_is_left_out() -> None:
    assert {operation_of(method, url) for method, url, _ in CALLS} == OPERATIONS
