"""A tenant that has at least one object of every kind, for requests that can succeed."""

from __future__ import annotations

from typing import Any

from pulumi_lumos.emulator import seed_ids
from pulumi_lumos.emulator.seeds import demo

RULE_ID = seed_ids.stable_id("pre-approval-rule", "contract")
REQUEST_ID = seed_ids.stable_id("access-request", "contract")
TASK_ID = seed_ids.stable_id("task", "contract")
CUSTOM_APP_ID = seed_ids.stable_id("app", "contract")
ROLE = "app_admin"


def rich_seed() -> dict[str, Any]:
    """The demo company with a rule, a request and its task, an app made over the API and a role."""
    state = demo.company()
    slack_id, user = seed_ids.SLACK_APP_ID, {"id": seed_ids.CURRENT_USER_ID}
    permissions = [{"id": seed_ids.SLACK_PERMISSION_ID}]
    state["users"][seed_ids.CURRENT_USER_ID]["roles"].append(ROLE)
    state["pre_approval_rules"][RULE_ID] = {
        "id": RULE_ID,
        "app_id": slack_id,
        "justification": "On call",
        "time_based_access": ["2 hours", "7 days"],
        "preapproved_groups": [{"id": seed_ids.OKTA_GROUPS["On-call"].id}],
        "preapproved_permissions": permissions,
        "preapproved_users_by_attribute": [{"attribute": "department", "value": "IT"}],
        "preapproval_webhooks": [{"id": seed_ids.WEBHOOK_IDS["PRE_APPROVAL"]}],
    }
    state["access_requests"][REQUEST_ID] = {
        "id": REQUEST_ID,
        "app_id": slack_id,
        "app_name": "Slack",
        "requester_user": user,
        "target_user": user,
        "status": "PENDING_APPROVAL",
        "requested_at": "2026-01-01T00:00:00",
        "requestable_permissions": permissions,
    }
    state["tasks"][TASK_ID] = {
        "task_category": "APPROVAL",
        "app_id": slack_id,
        "target_user": user,
        "created_at": "2026-01-01T00:00:00",
        "assignees": {"users": [user], "groups": []},
        "access_request_id": REQUEST_ID,
    }
    state["clock"] = {"stopped_at": "2026-01-01T00:00:00+00:00"}
    custom = {**state["apps"][seed_ids.AWS_APP_ID], "id": CUSTOM_APP_ID}
    custom.update(app_class_id="", user_friendly_label="Deploys", connection_source="API")
    state["apps"][CUSTOM_APP_ID] = custom
    return state
