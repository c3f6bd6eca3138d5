"""A preview beside an object that is there, with a program whose values it knows in part."""

from __future__ import annotations

from typing import Any

import pytest
from pulumi.runtime import rpc
from pulumi_lumos.emulator import seed_ids
from pulumi_lumos.hosts.marks import PREVIEW_MARK

from ..drivers.dynamic_host import DynamicHost
from ..kinds import Values

OKTA_GROUP = seed_ids.OKTA_GROUPS["Salesforce Admins"]
IN_OKTA = {"app_id": OKTA_GROUP.app_id, "id": OKTA_GROUP.id}


def policy(operator: str = "and", **of_the_app: Any) -> Values:
    app = {"id": seed_ids.SLACK_APP_ID, "permissions": [], **of_the_app}
    return {
        "name": "Builders",
        "business_justification": "They build.",
        "apps": [app],
        "access_condition": {operator: [{"in": [{"userProperty": "title"}, ["Builder"]]}]},
    }


def permission(group: Values | None) -> Values:
    config = {"request_fulfillment_config": {"provisioning_group": group}} if group else {}
    return {"app_id": seed_ids.SALESFORCE_APP_ID, "label": "Builders", "request_config": config}


def policy_of_unknown_title() -> Values:
    given = policy("or")
    given["access_condition"]["or"][0]["in"][1] = [rpc.UNKNOWN]
    return given


PERMISSION = {"id": seed_ids.SLACK_PERMISSION_ID}
UNKNOWN_PERMISSION = {"id": rpc.UNKNOWN}


@pytest.mark.parametrize(
    ("kind", "there", "given"),
    [
        (
            "AccessPolicy",
            policy(permissions=[PERMISSION], is_preapproved=False),
            policy(permissions=[UNKNOWN_PERMISSION], is_preapproved=True),
        ),
        ("AccessPolicy", policy(), policy(permissions=[UNKNOWN_PERMISSION])),
        ("AccessPolicy", policy("and"), policy_of_unknown_title()),
        (
            "RequestablePermission",
            permission(None),
            permission({"app_id": OKTA_GROUP.app_id, "id": rpc.UNKNOWN}),
        ),
        (
            "RequestablePermission",
            permission(IN_OKTA),
            permission({"app_id": seed_ids.SLACK_APP_ID, "id": rpc.UNKNOWN}),
        ),
    ],
)
def test_what_a_known_part_tells_apart_is_not_taken_over(
    kind: str, there: Values, given: Values, host: DynamicHost, next_run: DynamicHost
) -> None:
    host.create(kind, host.check(kind, {}, there).inputs)
    failures = next_run.check(kind, {}, {**given, PREVIEW_MARK: True}).failures
    assert "already has" in " ".join(failures.values()), failures
