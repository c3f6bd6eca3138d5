"""Narrows the requests of the vendor's document to ids that exist.

Only what is sent is narrowed: unknown ids become wrong data, which has to be refused, and known
ones let requests get past "not found". What is answered is held against the document as it is.
"""

from __future__ import annotations

from typing import Any

from pulumi_lumos.emulator import seed_ids

from .rich_seed import CUSTOM_APP_ID, REQUEST_ID, ROLE, RULE_ID, TASK_ID

APPS = [seed_ids.SLACK_APP_ID, seed_ids.OKTA_APP_ID, CUSTOM_APP_ID]
USERS = [user.id for user in seed_ids.USERS.values()]
GROUPS = [group.id for group in seed_ids.GROUPS.values()]
IN_PATH = {
    "app_id": APPS,
    "user_id": USERS,
    "group_id": GROUPS,
    "permission_id": [seed_ids.SLACK_PERMISSION_ID],
    "pre_approval_rule_id": [RULE_ID],
    "access_policy_id": [seed_ids.ACCESS_POLICY_ID],
    "id": [REQUEST_ID],
    "task_id": [TASK_ID],
    "role_name": [ROLE],
    "app_class_id": ["okta.com", "slack.com"],
}
IN_BODY = {
    ("RequestablePermissionInput", "app_id"): APPS,
    ("AddAppToAppStoreInput", "app_id"): APPS,
    ("PreApprovalRuleInput", "app_id"): [seed_ids.SLACK_APP_ID],
    ("CreateAccessRequestInput", "app_id"): [seed_ids.SLACK_APP_ID],
    ("CreateAccessRequestInput", "requester_user_id"): USERS,
    ("CreateAccessRequestInput", "target_user_id"): USERS,
    ("AccessPolicyAppInput", "id"): APPS,
    ("BaseUser", "id"): USERS,
    ("BaseInlineWebhook", "id"): list(seed_ids.WEBHOOK_IDS.values()),
    ("RequestablePermissionBase", "id"): [seed_ids.SLACK_PERMISSION_ID],
    ("AccessPolicyPermissionInput", "id"): [seed_ids.SLACK_PERMISSION_ID],
}


def narrow(document: dict[str, Any]) -> dict[str, Any]:
    """Put the known ids into the document's parameters and request schemas, in place."""
    for item in document["paths"].values():
        for method, operation in item.items():
            for parameter in operation.get("parameters", []):
                new_role = parameter["name"] == "role_name" and method == "post"
                if parameter["in"] == "path" and not new_role:
                    parameter["schema"]["enum"] = IN_PATH[parameter["name"]]
    schemas = document["components"]["schemas"]
    for (schema, name), known in IN_BODY.items():
        schemas[schema]["properties"][name] = {"type": "string", "enum": known}
    group = schemas["BaseGroup"]["properties"]
    group["id"] = {"type": "string", "enum": GROUPS}
    schemas["BaseGroup"]["required"] = ["id"]
    for name in ("app_id", "integration_specific_id"):
        group[name] = {"type": "null"}
    return document
